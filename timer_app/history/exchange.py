"""The history in forms that other programs read."""

from __future__ import annotations

from collections.abc import Iterable

from timer_app.clock import Milliseconds
from timer_app.history.records import IntervalRecord, RunRecord


def runs_json(records: Iterable[RunRecord]) -> list[dict[str, object]]:
    """Return the runs as `history list --json` prints them: keys may be added, never changed. Lengths in seconds."""
    return [_run(record) for record in records]


def _run(record: RunRecord) -> dict[str, object]:
    begun = record.begun
    return {
        "id": begun.id,
        "session": begun.session,
        "stem": begun.stem,
        "started_at": begun.started_at.isoformat(),
        "ended_at": None if record.ended_at is None else record.ended_at.isoformat(),
        "outcome": record.outcome.value,
        "planned_seconds": _seconds(begun.planned),
        "actual_seconds": _seconds(record.actual),
        "effort": record.effort,
        "comfort_before": record.comfort_before,
        "comfort_after": record.comfort_after,
        "note": record.note,
        "intervals": [_interval(interval) for interval in record.intervals],
    }


def _interval(interval: IntervalRecord) -> dict[str, object]:
    return {
        "position": interval.position,
        "exercise": interval.exercise,
        "title": interval.title,
        "kind": interval.kind,
        "side": interval.side,
        "set": interval.set,
        "round": interval.round,
        "planned_seconds": None if interval.planned is None else _seconds(interval.planned),
        "actual_seconds": _seconds(interval.actual),
        "planned_reps": interval.planned_reps,
        "actual_reps": interval.actual_reps,
        "outcome": interval.outcome.value,
    }


def _seconds(length: Milliseconds) -> int | float:
    """Return whole seconds as a whole number, and others to the millisecond."""
    return length // 1000 if length % 1000 == 0 else length / 1000
