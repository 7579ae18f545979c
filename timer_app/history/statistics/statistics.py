"""Days, weeks and streaks. Days are in the time zone where the user was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.history.records import Pause, RunOutcome, RunSummary

_WEEK = timedelta(weeks=1)

COUNTS_FROM: Milliseconds = 60_000
"""A run that was not completed still counts for its day once this long was truly spent in it."""


class Streak(Struct, frozen=True):
    """Weeks in a row that met the aim.

    `weeks` counts them, this week as soon as it has met the aim; `days` are those done this week, out of `aim`.
    """

    weeks: int
    days: int
    aim: int


class MinuteStreak(Struct, frozen=True):
    """Weeks in a row that met an aim of minutes; `minutes` are those done this week, out of `aim`."""

    weeks: int
    minutes: float
    aim: int

    @property
    def met(self) -> bool:
        """Whether this week has met the aim, a millisecond allowed for what sums of fractions lose."""
        return self.minutes >= self.aim - 1 / 60_000


def counts(run: RunSummary) -> bool:
    """Return whether the run counts for its day: completed, or at least a minute long."""
    return run.outcome is RunOutcome.COMPLETED or run.actual >= COUNTS_FROM


def day_of(run: RunSummary) -> date:
    """Return the date on which the run began, in the user's time zone then."""
    return run.started_at.date()


def week_of(day: date) -> date:
    """Return the Monday of the week that `day` is in."""
    return day - timedelta(days=day.weekday())


def latest_day(today: date) -> date:
    """Return the last day that can have a run: tomorrow, across the date line."""
    return today + timedelta(days=1)


def streak(days: Collection[date], aim: int, today: date, pauses: Iterable[Pause] = ()) -> Streak:
    """Return how many weeks in a row had `aim` days (1 to 7) with a run.

    The current week adds to the streak when it has met the aim, and never breaks it. Neither does a week with a day of
    a pause in it. Raises ValueError for another aim.
    """
    if not 1 <= aim <= 7:
        raise ValueError(f"the aim is 1 to 7 days a week, not {aim}")
    each_week: dict[date, int] = {}
    for day in set(days):
        monday = week_of(day)
        each_week[monday] = each_week.get(monday, 0) + 1
    met = {monday for monday, done in each_week.items() if done >= aim}
    return Streak(_in_a_row(met, today, pauses), each_week.get(week_of(today), 0), aim)


def streak_of_minutes(
    minutes: Mapping[date, float], aim: int, today: date, pauses: Iterable[Pause] = ()
) -> MinuteStreak:
    """Return how many weeks in a row had `aim` minutes or more, by the minutes of each day; pauses as in `streak`.

    Raises ValueError for an aim below 1.
    """
    if aim < 1:
        raise ValueError(f"the aim is a minute a week or more, not {aim}")
    each_week: dict[date, float] = {}
    for day, spent in minutes.items():
        monday = week_of(day)
        each_week[monday] = each_week.get(monday, 0.0) + spent
    met = {monday for monday, spent in each_week.items() if MinuteStreak(0, spent, aim).met}
    return MinuteStreak(_in_a_row(met, today, pauses), each_week.get(week_of(today), 0.0), aim)


def paused_weeks(pauses: Iterable[Pause], today: date) -> frozenset[date]:
    """Return the Mondays of all weeks up to this one with a day of a pause in them."""
    mondays: set[date] = set()
    for pause in pauses:
        monday, last = week_of(pause.first), week_of(min(today, pause.last or today))
        while monday <= last:
            mondays.add(monday)
            monday += _WEEK
    return frozenset(mondays)


def current_pause(pauses: Iterable[Pause], today: date) -> Pause | None:
    """Return the pause that has started and has no end yet, or None."""
    return next((pause for pause in pauses if pause.last is None and pause.first <= today), None)


def _in_a_row(met: Collection[date], today: date, pauses: Iterable[Pause]) -> int:
    """Return how many weeks met the aim, back from this one to the first that neither met it nor had a pause."""
    forgiven = paused_weeks(pauses, today)
    monday = week_of(today)
    weeks = int(monday in met)
    monday -= _WEEK
    while monday in met or monday in forgiven:
        weeks += monday in met
        monday -= _WEEK
    return weeks
