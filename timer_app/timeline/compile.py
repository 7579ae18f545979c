"""Session to timeline: every interval of a session, in order, before anything is played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from random import Random

from timer_app.clock import Milliseconds
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    Hold,
    Reps,
    RestStep,
    Rounds,
    Session,
    Side,
    Step,
    StepPath,
)
from timer_app.exercises.model import Catalogue, Tempo
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.timeline.intervals import Interval, Kind, Timeline


def compile_session(
    session: Session,
    catalogue: Catalogue,
    *,
    leave_out: AbstractSet[StepPath] = frozenset(),
    seed: int | None = None,
) -> Timeline:
    """Return the timeline of a session.

    Steps in `leave_out` are left out for today, and so is a rest that has no work left on one of its sides. Rounds
    that shuffle are put in an order that `seed` settles; with None they keep the order in which they are written.
    Raises Problem when nothing is left to do.
    """
    expansion = _Expansion(session, catalogue, leave_out, Random(seed) if seed is not None else None)  # noqa: S311 - an order of exercises guards nothing
    intervals: list[Interval] = []
    start = 0
    for interval in expansion.steps(session.steps, (), None):
        intervals.append(replace(interval, index=len(intervals), start=start))
        start += interval.length or 0
    if not intervals:
        raise Problem(_("Nothing is left to do in this session."), _("Choose at least one step."))
    return Timeline(name=session.name, language=session.language, intervals=tuple(intervals))


@dataclass(frozen=True, slots=True)
class _Round:
    """Which round of how many a step is expanded in."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class _Expansion:
    session: Session
    catalogue: Catalogue
    leave_out: AbstractSet[StepPath]
    order: Random | None

    def steps(self, steps: Sequence[Step], path: StepPath, turn: _Round | None) -> Iterator[Interval]:
        for index in self._kept(steps, path):
            yield from self._step(steps[index], (*path, index), turn)

    def _step(self, step: Step, path: StepPath, turn: _Round | None) -> Iterator[Interval]:
        match step:
            case RestStep():
                yield _rest(step.length, path, turn, step)
            case Rounds():
                yield from self._rounds(step, path)
            case _:
                yield from self._exercise(step, path, turn)

    def _rounds(self, block: Rounds, path: StepPath) -> Iterator[Interval]:
        kept = self._kept(block.steps, path)
        if block.shuffle and self.order is not None:
            self.order.shuffle(kept)
        for number in range(1, block.count + 1):
            turn = _Round(number, block.count)
            for index in kept:
                yield from self._step(block.steps[index], (*path, index), turn)
            if block.rest and number < block.count:
                yield _rest(block.rest, path, turn)

    def _exercise(self, step: ExerciseStep, path: StepPath, turn: _Round | None) -> Iterator[Interval]:
        work = self._work(step, path, turn)
        sides: tuple[Side | None, ...] = (step.first_side, step.first_side.other) if step.each_side else (None,)
        setup = self.session.setup if step.setup is None else step.setup
        if setup:
            yield _beside(work, Kind.SETUP, setup, 1, sides[0])
        for number in range(1, step.sets + 1):
            for side in sides:
                if side is not None and side is not sides[0] and step.switch:
                    yield _beside(work, Kind.SWITCH, step.switch, number, side)
                yield replace(work, set=number, side=side)
                if isinstance(step.work, Reps) and step.work.last_rep_hold:
                    yield _beside(work, Kind.LAST_REP_HOLD, step.work.last_rep_hold, number, side)
            if step.rest and number < step.sets:
                yield _rest(step.rest, path, turn)

    def _work(self, step: ExerciseStep, path: StepPath, turn: _Round | None) -> Interval:
        """Return the step's work, with everything that is the same in each of its sets."""
        known = self.catalogue.get(step.exercise) if step.exercise is not None else None
        usual = known.tempo if known is not None else None
        length, tempo = _length(step, usual)
        return Interval(
            index=0,
            kind=Kind.WORK,
            start=0,
            length=length,
            title=step.name or (known.name if known is not None else step.exercise or ""),
            step=path,
            exercise=step.exercise,
            about=step.about,
            sets=step.sets,
            round=turn.number if turn else None,
            rounds=turn.count if turn else None,
            reps=step.work.count if isinstance(step.work, Reps) else None,
            tempo=tempo,
            amrap=isinstance(step.work, Amrap),
            say=step.say,
        )

    def _kept(self, steps: Sequence[Step], path: StepPath) -> list[int]:
        """Return the indices of the steps that stay, without the rests that lead to or from nothing any more."""
        staying = [index for index in range(len(steps)) if self._stays(steps[index], (*path, index))]
        if len(staying) == len(steps):
            return staying
        return [index for index in staying if not isinstance(steps[index], RestStep) or _rests(steps, staying, index)]

    def _stays(self, step: Step, path: StepPath) -> bool:
        if path in self.leave_out:
            return False
        return not isinstance(step, Rounds) or bool(self._kept(step.steps, path))


def _rests(steps: Sequence[Step], staying: Sequence[int], index: int) -> bool:
    """Whether the rest at `index` still has what it led to, and something to rest from, as far as it ever had."""
    leads_on = index + 1 == len(steps) or index + 1 in staying
    had_work = any(not isinstance(step, RestStep) for step in steps[:index])
    has_work = any(other < index and not isinstance(steps[other], RestStep) for other in staying)
    return leads_on and (has_work or not had_work)


def _length(step: ExerciseStep, usual: Tempo | None) -> tuple[Milliseconds | None, Tempo | None]:
    """Return how long one set's work takes, None when the person ends it, and the pace of its reps."""
    match step.work:
        case Hold(length) | Amrap(length):
            return length, None
        case Reps(count, tempo):
            pace = tempo or usual
            return (count * pace.rep, pace) if pace is not None else (None, None)
        case _:
            return None, None


def _beside(work: Interval, kind: Kind, length: Milliseconds, number: int, side: Side | None) -> Interval:
    """Return the setup, switch or last-rep hold that goes with some work."""
    reps, tempo = (work.reps, work.tempo) if kind is Kind.SETUP else (None, None)
    return replace(work, kind=kind, length=length, set=number, side=side, reps=reps, tempo=tempo, amrap=False, say=())


def _rest(length: Milliseconds, path: StepPath, turn: _Round | None, step: RestStep | None = None) -> Interval:
    return Interval(
        index=0,
        kind=Kind.REST,
        start=0,
        length=length,
        title=(step.name if step else None) or _("Rest"),
        step=path,
        round=turn.number if turn else None,
        rounds=turn.count if turn else None,
        say=step.say if step else (),
    )
