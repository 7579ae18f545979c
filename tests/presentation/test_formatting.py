"""Lengths, dates and steps in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from timer_app.definition.model import Amrap, ExerciseStep, Hold, Reps, RestStep, Rounds, Step, UntilDone
from timer_app.exercises.model import Exercise, Tempo
from timer_app.presentation import formatting

PLANK = Exercise("plank", "Plank", "core", "On your forearms", (), "")
SUPERMAN = Exercise("superman", "Superman", "back", "Face down", (), "", tempo=Tempo(1000, 1000, 2000))
CATALOGUE = {"plank": PLANK, "superman": SUPERMAN}


@pytest.mark.parametrize(
    ("length", "shown"),
    [(0, "0:00"), (499, "0:00"), (500, "0:01"), (45_000, "0:45"), (310_000, "5:10"), (3_723_000, "1:02:03")],
)
def test_a_length_as_a_clock_shows_it(length: int, shown: str) -> None:
    assert formatting.clock_time(length) == shown


@pytest.mark.parametrize(
    ("length", "shown"),
    [(40_000, "40 s"), (60_000, "1 min"), (290_000, "5 min"), (3_600_000, "1 h"), (3_900_000, "1 h 5 min")],
)
def test_a_length_roughly(length: int, shown: str) -> None:
    assert formatting.about_minutes(length) == shown


@pytest.mark.parametrize(("length", "shown"), [(6_000, "6 s"), (1_500, "1.5 s"), (60_000, "1:00"), (90_000, "1:30")])
def test_a_short_length_in_a_plan(length: int, shown: str) -> None:
    assert formatting.brief(length) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (-1, "today"),
        (0, "today"),
        (1, "yesterday"),
        (3, "3 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (59, "8 weeks ago"),
        (60, "2 months ago"),
        (800, "2 years ago"),
    ],
)
def test_how_long_ago(days: int, shown: str) -> None:
    today = date(2026, 3, 14)
    assert formatting.ago(today - timedelta(days=days), today) == shown


def test_days_and_moments_by_name() -> None:
    today = date(2026, 3, 14)
    assert formatting.day_name(today, today) == "Today"
    assert formatting.day_name(date(2026, 3, 13), today) == "Yesterday"
    assert formatting.day_name(date(2026, 3, 9), today) == "Monday 9 March"
    assert formatting.day_name(date(2025, 12, 31), today) == "31 December 2025"
    assert formatting.moment(datetime(2026, 3, 14, 18, 30, tzinfo=UTC)) == "Saturday 14 March 2026, 18:30"
    assert [formatting.short_month(month) for month in (1, 12)] == ["Jan", "Dec"]


@pytest.mark.parametrize(
    ("step", "title", "detail"),
    [
        (ExerciseStep(Hold(60_000), exercise="plank", sets=2, rest=45_000), "Plank", "2 × 1:00, rest 45 s"),
        (ExerciseStep(Hold(60_000), exercise="plank", rest=45_000), "Plank", "1:00"),
        (ExerciseStep(Reps(8), exercise="superman"), "Superman", "8 × 4 s"),
        (
            ExerciseStep(Reps(10, last_rep_hold=10_000), exercise="superman", sets=3, each_side=True),
            "Superman",
            "3 × 10, last one held 10 s, each side",
        ),
        (ExerciseStep(Reps(12), name="Squat"), "Squat", "12 at your own pace"),
        (ExerciseStep(Amrap(60_000), name="Burpee"), "Burpee", "as many as you can in 1:00"),
        (ExerciseStep(UntilDone(), name="Push-up"), "Push-up", "until you say done"),
        (ExerciseStep(Hold(1_000), exercise="unknown-thing"), "unknown-thing", "1 s"),
        (RestStep(30_000), "Rest", "30 s"),
        (RestStep(30_000, name="Drink of water"), "Drink of water", "30 s"),
        (Rounds(3, (RestStep(1_000),), rest=45_000, shuffle=True), "3 rounds", "rest 45 s, in another order each time"),
        (Rounds(1, (RestStep(1_000),)), "1 round", ""),
    ],
)
def test_steps_in_words(step: Step, title: str, detail: str) -> None:
    assert formatting.step_title(step, CATALOGUE) == title
    assert formatting.step_detail(step, CATALOGUE) == detail
