"""Runs to write down, for the tests of the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from timer_app.history.db_file import definition_hash
from timer_app.history.records import IntervalOutcome, IntervalRecord, RunBegun, RunOutcome, RunRecord

EVENING = datetime(2026, 3, 14, 18, 30, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
TEXT = "format: 1\nname: Planks by the minute\nsteps:\n  - {exercise: plank, hold: 1:00, sets: 3, rest: 1:00}\n"


def begun(
    run_id: str = "a", started_at: datetime = EVENING, name: str = "Planks by the minute", text: str = TEXT
) -> RunBegun:
    stem = name.lower().replace(" ", "-")
    return RunBegun(run_id, name, stem, text, definition_hash(text), 310_000, started_at)


def plank(position: int = 1, actual: int = 60_000, outcome: IntervalOutcome = IntervalOutcome.DONE) -> IntervalRecord:
    return IntervalRecord(position, "plank", "Plank", "work", None, 1, None, 60_000, actual, outcome)


def reps(position: int = 2, done: int | None = None) -> IntervalRecord:
    return IntervalRecord(position, None, "Wall push", "work", "left", 2, 3, None, 1, IntervalOutcome.SKIPPED, 10, done)


def run(
    run_id: str = "a",
    started_at: datetime = EVENING,
    *,
    outcome: RunOutcome = RunOutcome.COMPLETED,
    name: str = "Planks by the minute",
    actual: int = 60_000,
    note: str = "",
) -> RunRecord:
    ended_at = started_at + timedelta(minutes=6)
    return RunRecord(begun(run_id, started_at, name), ended_at, outcome, (plank(actual=actual),), note=note)


def utc(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
