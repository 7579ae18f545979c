"""Compute the length and the number of intervals of a session without compiling it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.model import Amrap, ExerciseStep, Hold, Reps, RestStep, Session, Step
from timer_app.exercises.model import Catalogue, Tempo

MAX_INTERVALS = 2_000
MAX_TOTAL: Milliseconds = 8 * 60 * 60 * 1000


class DurationTotals(Struct, frozen=True):
    """The totals of a session: intervals, total milliseconds with open intervals as 0, and how many are open."""

    intervals: int = 0
    total: Milliseconds = 0
    open_intervals: int = 0

    def __add__(self, other: DurationTotals) -> DurationTotals:
        """Return the sum."""
        return DurationTotals(
            self.intervals + other.intervals, self.total + other.total, self.open_intervals + other.open_intervals
        )

    def __mul__(self, times: int) -> DurationTotals:
        """Return a multiple; nothing for 0 or less."""
        times = max(times, 0)
        return DurationTotals(self.intervals * times, self.total * times, self.open_intervals * times)


def measure(session: Session, catalogue: Catalogue) -> DurationTotals:
    """Return the totals of a session. An exercise that is not in the catalogue has no usual tempo."""
    return _sum(measure_step(step, session.setup, catalogue) for step in session.steps)


def measure_step(step: Step, setup: Milliseconds, catalogue: Catalogue) -> DurationTotals:
    """Return the totals of one step in a session with this `setup`."""
    if isinstance(step, RestStep):
        return _pause(step.length)
    if isinstance(step, ExerciseStep):
        return _exercise(step, setup, catalogue)
    inner = _sum(measure_step(within, setup, catalogue) for within in step.steps)
    return inner * step.count + _pause(step.rest) * (step.count - 1)


def tempo_of(step: ExerciseStep, catalogue: Catalogue) -> Tempo | None:
    """Return the pace of a step's reps: the author's own, else the catalogue's; None where neither says one."""
    if not isinstance(step.work, Reps):
        return None
    if step.work.tempo is not None or step.exercise is None:
        return step.work.tempo
    exercise = catalogue.get(step.exercise)
    return exercise.tempo if exercise else None


def work_length(step: ExerciseStep, catalogue: Catalogue) -> Milliseconds | None:
    """Return the length of one interval of a step's work, without a last-rep hold; None where it is open."""
    if isinstance(step.work, Hold | Amrap):
        return step.work.length
    tempo = tempo_of(step, catalogue)
    return step.work.count * tempo.rep if tempo and isinstance(step.work, Reps) else None


def _exercise(step: ExerciseStep, setup: Milliseconds, catalogue: Catalogue) -> DurationTotals:
    length = work_length(step, catalogue)
    side = DurationTotals(1, length or 0, int(length is None))
    if isinstance(step.work, Reps):
        side += _pause(step.work.last_rep_hold)
    one_set = side + _pause(step.switch) + side if step.each_side else side
    sets = one_set * step.sets + _pause(step.rest) * (step.sets - 1)
    return _pause(setup if step.setup is None else step.setup) + sets


def _pause(length: Milliseconds) -> DurationTotals:
    """Return an interval of `length`; one of no length is none at all."""
    return DurationTotals(1, length) if length else DurationTotals()


def _sum(parts: Iterable[DurationTotals]) -> DurationTotals:
    total = DurationTotals()
    for part in parts:
        total += part
    return total
