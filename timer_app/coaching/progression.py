"""Propose a longer hold in a session, from its last runs and the comfort after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.coaching.suggestion import BREAK, SORE
from timer_app.definition.model import ExerciseStep, Hold, Rounds, Session, Step, StepPath
from timer_app.exercises.model import Catalogue, Exercise
from timer_app.history.records import IntervalOutcome, RunOutcome, RunRecord
from timer_app.timeline.compile import compile_session
from timer_app.timeline.intervals import IntervalKind, Timeline

RUNS = 3
"""How many clean runs in a row come before a longer hold: our choice, about a week of practice."""

PAUSE = timedelta(days=14)
"""How long nothing is proposed for a session after an answer: our choice."""

_STEP: Milliseconds = 5_000
_TENTH = 10
"""A hold grows by 5 s, or by about a tenth if that is more: our choice."""


class Progression(Struct, frozen=True):
    """A proposal to lengthen the hold of `step` from `current` to `proposed`, in milliseconds.

    `mornings` is on how many mornings after the last runs the back was known to be no worse: 1 to 3.
    """

    path: StepPath
    step: ExerciseStep
    exercise: Exercise
    current: Milliseconds
    proposed: Milliseconds
    mornings: int


def next_progression(
    session: Session, runs: Sequence[RunRecord], catalogue: Catalogue, answered: date | None, today: date
) -> Progression | None:
    """Return the next hold of a session to lengthen, or None.

    `runs` are the session's newest, newest first, of which the last three count; `answered` is the day on which the
    user last said yes or no to a proposal for this session. The step that grows is the first whose exercise was done
    in each of them just as the session has it now, and whose hold is below the longest that is usual. Nothing grows
    after a break, when the back is sore, or where its comfort fell.
    """
    last = runs[:RUNS]
    if answered is not None and abs(today - answered) < PAUSE:
        return None
    if len(last) < RUNS or not all(run.outcome is RunOutcome.COMPLETED for run in last):
        return None
    if (today - last[0].begun.started_at.date()).days >= BREAK:
        return None
    mornings = sum(run.comfort_before is not None and run.comfort_next is not None for run in last)
    if not mornings or any(map(_felt_worse, last)) or _is_sore(last[0]):
        return None
    timeline = compile_session(session, catalogue)
    for path, step, exercise, hold in _growing(session.steps, catalogue):
        if all(_as_planned(run, timeline, exercise) for run in last):
            return Progression(path, step, exercise, hold, longer_hold(hold, exercise), mornings)
    return None


def longer_hold(hold: Milliseconds, exercise: Exercise) -> Milliseconds:
    """Return the next length of a hold in milliseconds, at most the longest usual one."""
    usual = exercise.usual
    most = usual.up_to if usual is not None else None
    more = hold + max(_STEP, round(hold / _TENTH / _STEP) * _STEP)
    return max(hold, min(more, most or hold))


def _growing(
    steps: Iterable[Step], catalogue: Catalogue, parent: StepPath = ()
) -> Iterator[tuple[StepPath, ExerciseStep, Exercise, Milliseconds]]:
    """Yield the steps whose holds are below the longest usual one, with their lengths."""
    for index, step in enumerate(steps):
        path = (*parent, index)
        if isinstance(step, Rounds):
            yield from _growing(step.steps, catalogue, path)
        elif isinstance(step, ExerciseStep) and isinstance(step.work, Hold) and step.exercise is not None:
            exercise = catalogue.get(step.exercise)
            if exercise is not None and longer_hold(step.work.length, exercise) > step.work.length:
                yield path, step, exercise, step.work.length


def _as_planned(run: RunRecord, timeline: Timeline, exercise: Exercise) -> bool:
    """Return whether a run did an exercise as the session has it now, every set and side to its end.

    Runs of an earlier version of the session, without the step or with another exercise, did not.
    """
    done = [
        interval
        for interval in run.intervals
        if interval.kind == IntervalKind.WORK and interval.exercise == exercise.id
    ]
    planned = (each for each in timeline.intervals if each.kind is IntervalKind.WORK and each.exercise == exercise.id)
    as_long = sorted(each.planned or 0 for each in done) == sorted(each.length or 0 for each in planned)
    return as_long and all(each.outcome is IntervalOutcome.DONE for each in done)


def _felt_worse(run: RunRecord) -> bool:
    """Return whether comfort fell after a run, or on the next morning."""
    before = run.comfort_before
    return before is not None and any(
        felt is not None and felt < before for felt in (run.comfort_after, run.comfort_next)
    )


def _is_sore(run: RunRecord) -> bool:
    felt = run.comfort_after if run.comfort_next is None else run.comfort_next
    return felt is not None and felt <= SORE
