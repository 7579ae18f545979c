"""Progress of each exercise: longest hold, reps and time, in total and by week."""

from __future__ import annotations

import sqlite3
from datetime import date
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.history.row_mapping import day
from timer_app.history.statistics.weekly_aggregates import sums

WORK = ("work", "last_rep_hold")
"""The kinds of interval in which an exercise is done; the others prepare for it or rest from it."""

_QUERY = """
    SELECT exercise, own, title, week, runs, longest_hold, reps, time FROM {sums} ORDER BY exercise, own, week
"""


class DoneExercise(Struct, frozen=True):
    """Totals of an exercise over some time: runs, the longest hold, reps, and time in milliseconds.

    A hold is work without reps, or the hold on the last rep. What was skipped or cut short counts as far as it went.
    """

    runs: int
    longest_hold: Milliseconds
    reps: int
    time: Milliseconds

    def __add__(self, other: DoneExercise) -> DoneExercise:
        """Return the totals of two times that have no run in common."""
        longest = max(self.longest_hold, other.longest_hold)
        return DoneExercise(self.runs + other.runs, longest, self.reps + other.reps, self.time + other.time)


class ExerciseProgress(Struct, frozen=True):
    """An exercise: its id (None for an author's own), its title, its totals, and those of each week.

    Weeks are given by their Mondays, oldest first; weeks without it are left out.
    """

    exercise: str | None
    title: str
    total: DoneExercise
    weeks: tuple[tuple[date, DoneExercise], ...]


def progress(connection: sqlite3.Connection) -> tuple[ExerciseProgress, ...]:
    """Return the progress of every exercise, the one with the most time first."""
    exercises = []
    for (exercise, own), rows in groupby(sums(connection, "exercise_sum", _QUERY), key=itemgetter(0, 1)):
        weeks, title = [], own or ""
        for _exercise, _own, name, week, *numbers in rows:
            weeks.append((day(week * 7 - 3), DoneExercise(*numbers)))
            title = max(title, name)
        total = sum((done for _monday, done in weeks), DoneExercise(0, 0, 0, 0))
        exercises.append(ExerciseProgress(exercise, title, total, tuple(weeks)))
    return tuple(
        sorted(exercises, key=lambda each: (-each.total.time, each.exercise is None, each.exercise or each.title))
    )
