from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.history.records import RunOutcome, RunSummary
from timer_app.history.statistics import Streak, Totals, counts, day_of, days_done, streak, totals, week_of, week_totals

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
    assert days_done([_summary(MONDAY, 0, RunOutcome.INTERRUPTED)]) == frozenset()


def test_a_day_is_the_one_where_the_person_was() -> None:
    assert day_of(_summary(MONDAY)) == MONDAY


def test_totals_of_a_week() -> None:
    runs = [_summary(MONDAY + timedelta(days=offset), 7) for offset in (-1, 0, 0, 6, 7)]
    assert week_totals(runs, MONDAY + timedelta(days=3)) == Totals(3, 21 * 60_000, 2)
    assert totals(runs, MONDAY - timedelta(days=1), MONDAY).minutes == 21
    assert totals((), MONDAY, MONDAY) == Totals(0, 0, 0)
