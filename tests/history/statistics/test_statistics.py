from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.history.records import Pause, PauseKind, RunOutcome, RunSummary
from timer_app.history.statistics.statistics import (
    MinuteStreak,
    Streak,
    counts,
    day_of,
    streak,
    streak_of_minutes,
    week_of,
)

MONDAY = date(2026, 3, 9)
ZONE = timezone(timedelta(hours=-8))


def _summary(day: date, minutes: int = 5, outcome: RunOutcome = RunOutcome.COMPLETED) -> RunSummary:
    when = datetime(day.year, day.month, day.day, 23, 50, tzinfo=ZONE)
    return RunSummary(str(day), "Planks", "planks", when, None, outcome, 310_000, minutes * 60_000)


def _days(text: str, monday: date = MONDAY) -> set[date]:
    """Return the days marked in weeks like `x..x.x. xxx....`, the last of which begins on `monday`."""
    weeks = text.split()
    first = monday - timedelta(weeks=len(weeks) - 1)
    return {first + timedelta(days=number) for number, mark in enumerate("".join(weeks)) if mark == "x"}


@pytest.mark.parametrize(
    ("weeks", "today", "expected"),
    [
        ("xxx.... xxx.... xxx....", 6, Streak(3, 3, 3)),
        ("xxx.... xxx.... xx.....", 2, Streak(2, 2, 3)),  # this week goes on
        ("xxx.... xx..... xxx....", 6, Streak(1, 3, 3)),
        ("xxx.... xxx.... ....... .......", 0, Streak(0, 0, 3)),
        ("....... xxx.... .......", 6, Streak(1, 0, 3)),
        ("x.x.x.x ......x x.x.x..", 6, Streak(1, 3, 3)),
        (".......", 0, Streak(0, 0, 3)),
    ],
)
def test_a_streak_counts_weeks_that_met_the_aim(weeks: str, today: int, expected: Streak) -> None:
    assert streak(_days(weeks), 3, MONDAY + timedelta(days=today)) == expected


@pytest.mark.parametrize("aim", [0, 8])
def test_an_aim_is_one_to_seven_days(aim: int) -> None:
    with pytest.raises(ValueError, match="1 to 7"):
        streak((), aim, MONDAY)


@given(
    st.sets(st.dates(date(2025, 1, 1), date(2025, 6, 1))),
    st.integers(1, 7),
    st.dates(date(2025, 1, 1), date(2025, 6, 1)),
)
def test_one_more_day_never_shortens_a_streak(days: set[date], aim: int, more: date) -> None:
    today = date(2025, 6, 1)
    assert streak(days | {more}, aim, today).weeks >= streak(days, aim, today).weeks


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_week_begins_on_monday(day: date) -> None:
    assert week_of(day).weekday() == 0
    assert timedelta() <= day - week_of(day) < timedelta(days=7)


def test_a_run_that_was_stopped_at_once_does_not_make_its_day() -> None:
    assert counts(_summary(MONDAY, 0))
    assert counts(_summary(MONDAY, 1, RunOutcome.STOPPED))
    assert not counts(_summary(MONDAY, 0, RunOutcome.STOPPED))
    assert not counts(_summary(MONDAY, 0, RunOutcome.INTERRUPTED))


def test_a_day_is_the_one_where_the_person_was() -> None:
    assert day_of(_summary(MONDAY)) == MONDAY


def _pause(first: date, last: date | None, kind: PauseKind = PauseKind.HOLIDAY) -> Pause:
    return Pause(str(first), kind, first, last)


@pytest.mark.parametrize(
    ("weeks", "first", "last", "expected"),
    [
        ("xxx.... ....... xxx....", "2026-03-04", "2026-03-06", 2),  # away in the middle week
        ("xxx.... x...... xxx....", "2026-03-08", "2026-03-08", 2),  # one day of rest is enough
        ("xxx.... ....... xxx....", "2026-02-25", "2026-03-01", 1),  # the pause was the week before
        ("xxx.... xxx.... .......", "2026-03-09", None, 2),  # ill since Monday
        ("xxx.... xxx.... xxx....", "2026-02-23", "2026-03-15", 3),  # what was done all the same counts
        ("....... ....... xxx....", "2026-02-23", "2026-03-08", 1),
        ("xxx.... ....... xxx....", "2026-03-14", None, 1),  # what is to come forgives nothing
    ],
)
def test_a_pause_does_not_break_a_streak(weeks: str, first: str, last: str | None, expected: int) -> None:
    pause = _pause(date.fromisoformat(first), None if last is None else date.fromisoformat(last))
    assert streak(_days(weeks), 3, MONDAY + timedelta(days=4), [pause]).weeks == expected


def test_an_aim_of_minutes() -> None:
    minutes = {MONDAY: 20.0, MONDAY + timedelta(days=6): 40.0, MONDAY - timedelta(days=1): 60.0}
    assert streak_of_minutes(minutes, 60, MONDAY) == MinuteStreak(2, 60.0, 60)
    assert streak_of_minutes(minutes, 61, MONDAY) == MinuteStreak(0, 60.0, 61)
    assert streak_of_minutes({MONDAY: 0.1 + 0.2 + 59.7}, 60, MONDAY).weeks == 1
    with pytest.raises(ValueError, match="minute"):
        streak_of_minutes({}, 0, MONDAY)


_NEAR = st.dates(MONDAY - timedelta(days=70), MONDAY + timedelta(days=20))
_PAUSES = st.lists(st.tuples(_NEAR, st.none() | st.integers(0, 20)), max_size=3).map(
    lambda spans: [_pause(first, None if days is None else first + timedelta(days=days)) for first, days in spans]
)


@given(st.dictionaries(_NEAR, st.integers(1, 40)), st.integers(1, 7), st.integers(1, 90), _PAUSES, st.integers(0, 6))
def test_a_streak_by_walking_back_day_by_day(
    minutes: dict[date, int], aim: int, aim_minutes: int, pauses: list[Pause], of_week: int
) -> None:
    """Against a simple computation that looks at each day of each week."""
    today = MONDAY + timedelta(days=of_week)

    def walked(met: Callable[[list[date]], bool]) -> int:
        weeks = 0
        for back in range(20):
            week = [MONDAY + timedelta(days=day - 7 * back) for day in range(7)]
            paused = any(
                pause.first <= day <= (pause.last or today) and day <= today for pause in pauses for day in week
            )
            if met(week):
                weeks += 1
            elif back and not paused:
                break
        return weeks

    days = streak(minutes, aim, today, pauses)
    assert days.weeks == walked(lambda week: sum(day in minutes for day in week) >= aim)
    spent = streak_of_minutes(minutes, aim_minutes, today, pauses)
    assert spent.weeks == walked(lambda week: sum(minutes.get(day, 0) for day in week) >= aim_minutes)
    assert streak(minutes, aim, today).weeks <= days.weeks
