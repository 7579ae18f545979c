"""What the history adds up to: days, weeks and the streak. Days are those of the place where the person was."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from timer_app.clock import Milliseconds
from timer_app.history.records import RunOutcome, RunSummary

COUNTS_FROM: Milliseconds = 60_000
"""A run that was not completed still counts for its day once this long was truly spent in it."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What was done in a stretch of time: runs, time truly spent in milliseconds, and days with something done."""

    runs: int
    time: Milliseconds
    days: int

    @property
    def minutes(self) -> int:
        """The time in whole minutes, rounded."""
        return round(self.time / 60_000)


@dataclass(frozen=True, slots=True)
class Streak:
    """Weeks in a row that met the aim.

    `weeks` counts them, this week as soon as it has met the aim; `days` are those done this week, out of `aim`.
    """

    weeks: int
    days: int
    aim: int


def counts(run: RunSummary) -> bool:
    """Return whether the run makes its day a day with something done."""
    return run.outcome is RunOutcome.COMPLETED or run.actual >= COUNTS_FROM


def day_of(run: RunSummary) -> date:
    """Return the date on the person's own calendar when the run began."""
    return run.started_at.date()


def week_of(day: date) -> date:
    """Return the Monday of the week that `day` is in."""
    return day - timedelta(days=day.weekday())


def days_done(runs: Iterable[RunSummary]) -> frozenset[date]:
    """Return the days with something done."""
    return frozenset(day_of(run) for run in runs if counts(run))


def totals(runs: Iterable[RunSummary], first: date, last: date) -> Totals:
    """Return what the runs from the day `first` to the day `last`, both included, add up to."""
    chosen = [run for run in runs if first <= day_of(run) <= last]
    return Totals(len(chosen), sum(run.actual for run in chosen), len(days_done(chosen)))


def week_totals(runs: Iterable[RunSummary], today: date) -> Totals:
    """Return what this week's runs, from Monday to Sunday, add up to."""
    monday = week_of(today)
    return totals(runs, monday, monday + timedelta(days=6))


def streak(days: Collection[date], aim: int, today: date) -> Streak:
    """Return how many weeks in a row had `aim` days (1 to 7) with something done.

    A week that is still going on adds to the streak when it has met the aim, and never breaks it. Raises ValueError for
    another aim.
    """
    if not 1 <= aim <= 7:
        raise ValueError(f"the aim is 1 to 7 days a week, not {aim}")
    each_week: dict[date, int] = {}
    for day in set(days):
        monday = week_of(day)
        each_week[monday] = each_week.get(monday, 0) + 1
    this_week = week_of(today)
    done = each_week.get(this_week, 0)
    weeks = int(done >= aim)
    monday = this_week - timedelta(weeks=1)
    while each_week.get(monday, 0) >= aim:
        weeks += 1
        monday -= timedelta(weeks=1)
    return Streak(weeks, done, aim)
