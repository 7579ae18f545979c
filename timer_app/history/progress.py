"""How each exercise grew: its longest hold, its reps and its time, in all and week by week."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from timer_app.clock import Milliseconds
from timer_app.history.records import RunRecord
from timer_app.history.rows import day
from timer_app.history.statistics import week_of
from timer_app.history.sums import sums

WORK = ("work", "last_rep_hold")
"""The kinds of interval in which an exercise is done; the others prepare for it or rest from it."""

_QUERY = """
    SELECT exercise, own, title, week, runs, longest_hold, reps, time FROM {sums} ORDER BY exercise, own, week
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done of an exercise in some time: in how many runs, the longest hold, reps, and time in milliseconds.

    A hold is work that has no reps, and the hold on the last rep. What was skipped or cut short counts as far as it
    went.
    """

    runs: int
    longest_hold: Milliseconds
    reps: int
    time: Milliseconds

    def __add__(self, other: Done) -> Done:
        """Return what was done in both times; no run is in both."""
        longest = max(self.longest_hold, other.longest_hold)
        return Done(self.runs + other.runs, longest, self.reps + other.reps, self.time + other.time)


@dataclass(frozen=True, slots=True)
class ExerciseProgress:
    """An exercise over the years: its id (None for an author's own), its title, all of it, and each week of it.

    Weeks are called by their Mondays, oldest first; weeks without it are left out.
    """

    exercise: str | None
    title: str
    total: Done
    weeks: tuple[tuple[date, Done], ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others: its id, or its title where it has none."""
        return self.exercise or "", "" if self.exercise else self.title


def progress(connection: sqlite3.Connection) -> tuple[ExerciseProgress, ...]:
    """Return every exercise that was ever done, the one with the most time first."""
    found = []
    for (exercise, own), rows in groupby(sums(connection, "exercise_sum", _QUERY), key=itemgetter(0, 1)):
        weeks, title = [], own or ""
        for _exercise, _own, name, week, *numbers in rows:
            weeks.append((day(week * 7 - 3), Done(*numbers)))
            title = max(title, name)
        found.append(_progress(exercise, title, weeks))
    return _sorted(found)


def progress_of(runs: Iterable[RunRecord]) -> tuple[ExerciseProgress, ...]:
    """Return the same as `progress` of runs in memory, by a simple computation."""
    weeks: dict[tuple[str | None, str], dict[date, Done]] = {}
    titles: dict[tuple[str | None, str], str] = {}
    for run in runs:
        monday = week_of(run.begun.started_at.date())
        of_run: dict[tuple[str | None, str], Done] = {}
        for interval in run.intervals:
            if interval.kind not in WORK:
                continue
            key = (interval.exercise, "" if interval.exercise is not None else interval.title)
            held = interval.kind == WORK[1] or (interval.planned_reps is None and interval.actual_reps is None)
            here = Done(0, interval.actual if held else 0, interval.actual_reps or 0, interval.actual)
            of_run[key] = of_run.get(key, Done(1, 0, 0, 0)) + here
            titles[key] = max(titles.get(key, ""), interval.title)
        for key, done in of_run.items():
            each = weeks.setdefault(key, {})
            each[monday] = each[monday] + done if monday in each else done
    return _sorted(_progress(key[0], titles[key], sorted(each.items())) for key, each in weeks.items())


def _progress(exercise: str | None, title: str, weeks: list[tuple[date, Done]]) -> ExerciseProgress:
    total = Done(0, 0, 0, 0)
    for _monday, done in weeks:
        total += done
    return ExerciseProgress(exercise, title, total, tuple(weeks))


def _sorted(found: Iterable[ExerciseProgress]) -> tuple[ExerciseProgress, ...]:
    return tuple(sorted(found, key=lambda each: (-each.total.time, each.exercise is None, each.exercise or each.title)))
