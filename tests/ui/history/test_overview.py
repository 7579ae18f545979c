"""What is said of this week is true on every day of it, and kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel

from tests.ui.conftest import Front
from tests.ui.history_samples import add_plank
from tests.ui.stage import Stage
from timer_app.presentation.history_summary import Summary
from timer_app.ui.history.overview import Week, encouragement, headline

MONDAY = date(2026, 3, 9)
SHORT = "A short one counts as much as a long one."
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

EVERY_WEEK = [
    Week(MONDAY + timedelta(days=day), done, aim, done_today=done_today)
    for day, aim, done, done_today in product(range(7), range(1, 8), range(8), (False, True))
    if done_today <= done <= day + done_today
]
"""Every day of the week, with every number of days done by then, for every aim."""


def told(week: Week) -> str:
    return f"{headline(week)}. {encouragement(week)}"


@pytest.mark.parametrize(
    ("day", "done", "aim", "words"),
    [
        ("Mon", 0, 4, "A new week. 4 days meet your aim. " + SHORT),
        ("Wed", 0, 4, "Still time this week. 4 days meet your aim. " + SHORT),
        ("Wed", 1, 4, "You have made a start this week. 3 more days meet your aim. " + SHORT),
        ("Fri", 3, 4, "Well under way this week. 1 more day meets your aim. " + SHORT),
        ("Fri", 4, 4, "This week's aim is met. Whatever comes on top is a gift. Rest counts too."),
        ("Sat", 1, 4, "1 day done this week. All of it counts. A new week begins on Monday."),
        ("Sat", 0, 3, "A quiet week. Weeks like that happen. A new week begins on Monday."),
        ("Sun", 2, 4, "2 days done this week. All of it counts. A new week begins tomorrow."),
        ("Sun", 3, 4, "Well under way this week. 1 more day meets your aim. " + SHORT),
    ],
)
def test_the_week_in_words(day: str, done: int, aim: int, words: str) -> None:
    assert told(Week(MONDAY + timedelta(days=DAYS.index(day)), done, aim)) == words


def test_no_week_is_told_what_is_not_true() -> None:
    for week in EVERY_WEEK:
        words, day = told(week), week.today.weekday()
        days_left = 7 - day - week.done_today
        wanted = re.search(r"(\d+) (?:more )?days? meets? your aim", words)
        assert (wanted is not None) is (0 < week.aim - week.done <= days_left), week
        assert wanted is None or int(wanted[1]) == week.aim - week.done, week
        assert (" more day" in words) is (wanted is not None and week.done > 0), week
        assert ("aim is met" in words) is (week.done >= week.aim), week
        assert ("A new week begins" in words) is (week.aim - week.done > days_left), week
        assert "begins tomorrow" not in words or day == 6, week
        assert "begins on Monday" not in words or day < 6, week
        assert ("A new week." in words) <= (day == 0 and not week.done), week
        assert ("well under way" in words.lower()) <= (2 * week.done >= week.aim), week
        assert not re.search(r"\b(only|failed|missed|not|never|late|behind)\b", words), week


def test_whoever_has_done_something_today_has_a_day_less() -> None:
    saturday = Week(MONDAY + timedelta(days=5), 2, 4)
    assert saturday.reachable
    assert not replace(saturday, done_today=True).reachable


@pytest.mark.parametrize(
    ("day", "done", "aim", "words"),
    [
        ("Mon", 0, 60, "A new week. 60 minutes meet your aim."),
        ("Sun", 59, 60, "Well under way this week. 1 more minute meets your aim."),
        ("Sun", 0, 1_500, "A quiet week. Weeks like that happen. A new week begins tomorrow."),
        ("Mon", 0, 1_500, "A new week. 1500 minutes meet your aim."),
        ("Sat", 20, 600, "20 minutes done this week. All of it counts. A new week begins on Monday."),
    ],
)
def test_an_aim_of_minutes_in_words(day: str, done: int, aim: int, words: str) -> None:
    assert told(Week(MONDAY + timedelta(days=DAYS.index(day)), done, aim, minutes=True)) == words


@pytest.mark.parametrize(
    ("done", "weeks", "words"),
    [
        (0, 0, "A pause this week. A pause is a pause. Come back when it suits you."),
        (1, 5, "1 day done this week. A pause is a pause: your weeks in a row wait for you."),
        (4, 5, "This week's aim is met. Whatever comes on top is a gift. Rest counts too."),
    ],
)
def test_a_week_with_a_pause_in_words(done: int, weeks: int, words: str) -> None:
    assert told(Week(MONDAY + timedelta(days=3), done, 4, weeks, paused=True)) == words


@pytest.mark.parametrize(
    ("minutes", "title", "done"),
    [(30.0, "This week's aim is met", "30 of 30"), (29.6, "Well under way this week", "29 of 30")],
)
def test_what_is_rounded_up_meets_no_aim(
    open_window: Callable[[], Front], stage: Stage, minutes: float, title: str, done: str
) -> None:
    add_plank(stage, "a")
    stage.services.settings.save(replace(stage.services.settings.value, weekly_aim_minutes=30))
    overview = open_window().open_history().overview
    overview.show_summary(replace(Summary.nothing(), today=MONDAY, minutes={MONDAY: minutes}))
    assert overview._title.text() == title
    assert done in [label.text() for label in overview.figures.findChildren(QLabel)]
