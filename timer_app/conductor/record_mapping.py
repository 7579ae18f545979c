"""Map the player's results to history records and back."""

from __future__ import annotations

from msgspec.structs import replace

from timer_app.history.records import IntervalOutcome, IntervalRecord, RunOutcome
from timer_app.player.state import Ending, Outcome, Past
from timer_app.timeline.intervals import Interval

_OUTCOMES = {
    Outcome.DONE: IntervalOutcome.DONE,
    Outcome.SKIPPED: IntervalOutcome.SKIPPED,
    Outcome.CUT_SHORT: IntervalOutcome.CUT_SHORT,
}

RUN_OUTCOMES = {Ending.COMPLETED: RunOutcome.COMPLETED, Ending.STOPPED: RunOutcome.STOPPED}


def interval_record(interval: Interval, past: Past) -> IntervalRecord:
    """Return the history's record of an interval that has ended."""
    return IntervalRecord(
        position=interval.index,
        exercise=interval.exercise,
        title=interval.title,
        kind=interval.kind,
        side=interval.side,
        set=interval.set,
        round=interval.round,
        planned=interval.length,
        actual=past.spent,
        outcome=_OUTCOMES[past.outcome],
        planned_reps=interval.reps if interval.works else None,
        actual_reps=_reps(interval, past),
        attempts=past.attempts,
    )


def past_of(interval: Interval, record: IntervalRecord) -> Past:
    """Return the player's view of an interval that was done before an interruption."""
    outcome = next(outcome for outcome, recorded in _OUTCOMES.items() if recorded is record.outcome)
    past = Past(outcome, record.actual, attempts=record.attempts)
    # A count that the clock gives was not given by the user.
    return past if _reps(interval, past) == record.actual_reps else replace(past, reps=record.actual_reps)


def _reps(interval: Interval, past: Past) -> int | None:
    """Return how many reps were done: counted by the user, or by the clock where the pace is set."""
    if past.reps is not None or not interval.works or interval.reps is None:
        return past.reps
    if past.outcome is Outcome.DONE:
        return interval.reps
    return min(past.spent // interval.tempo.rep, interval.reps) if interval.tempo is not None else None
