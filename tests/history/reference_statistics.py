"""What the history adds up to, by simple computations on runs in memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from timer_app.history.records import RunRecord, RunSummary
from timer_app.history.statistics.comfort_stats import MOST_REST, Comfort, Mean
from timer_app.history.statistics.exercise_progress import WORK, DoneExercise, ExerciseProgress
from timer_app.history.statistics.statistics import counts, day_of, week_of


def progress_of(runs: Iterable[RunRecord]) -> tuple[ExerciseProgress, ...]:
    """Return the same as `progress`."""
    weeks: dict[tuple[str | None, str], dict[date, DoneExercise]] = {}
    titles: dict[tuple[str | None, str], str] = {}
    for run in runs:
        monday = week_of(run.begun.started_at.date())
        of_run: dict[tuple[str | None, str], DoneExercise] = {}
        for interval in run.intervals:
            if interval.kind not in WORK:
                continue
            key = (interval.exercise, "" if interval.exercise is not None else interval.title)
            held = interval.kind == WORK[1] or (interval.planned_reps is None and interval.actual_reps is None)
            here = DoneExercise(0, interval.actual if held else 0, interval.actual_reps or 0, interval.actual)
            of_run[key] = of_run.get(key, DoneExercise(1, 0, 0, 0)) + here
            titles[key] = max(titles.get(key, ""), interval.title)
        for key, done in of_run.items():
            each = weeks.setdefault(key, {})
            each[monday] = each[monday] + done if monday in each else done
    found = [
        ExerciseProgress(key[0], titles[key], sum(each.values(), DoneExercise(0, 0, 0, 0)), tuple(sorted(each.items())))
        for key, each in weeks.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.total.time, each.exercise is None, each.exercise or each.title)))


def comfort_of(runs: Collection[RunSummary]) -> Comfort:
    """Return the comfort in some runs that have any rating of it."""
    changes = (
        None if run.comfort_after is None or run.comfort_before is None else run.comfort_after - run.comfort_before
        for run in runs
    )
    return Comfort(
        len(runs),
        _mean(run.comfort_before for run in runs),
        _mean(run.comfort_after for run in runs),
        _mean(changes),
        _mean(run.comfort_next for run in runs),
    )


def _mean(values: Iterable[int | None]) -> Mean:
    there = [value for value in values if value is not None]
    return Mean(len(there), sum(there) / len(there) if there else None)


def days_done(runs: Iterable[RunSummary]) -> frozenset[date]:
    """Return the days with something done."""
    return frozenset(day_of(run) for run in runs if counts(run))


def rest_before(runs: Iterable[RunSummary], days: Collection[date]) -> Mapping[str, int]:
    """Return for each run's id how many days of rest came before its day, 7 for more, too; none for the first day.

    `days` are those with something done.
    """
    ordered = sorted(days)
    found = {}
    for run in runs:
        place = bisect_left(ordered, day_of(run))
        if place:
            found[run.id] = min((day_of(run) - ordered[place - 1]).days - 1, MOST_REST)
    return found
