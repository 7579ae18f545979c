"""Session to timeline: every interval of a session, in order, before anything is played."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import takewhile
from random import Random

from msgspec import Struct

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
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline


def compile_session(
    session: Session,
    catalogue: Catalogue,
    *,
    leave_out: AbstractSet[StepPath] = frozenset(),
    seed: int | None = None,
    like: tuple[int, Timeline] | None = None,
) -> Timeline:
    """Return the timeline of a session.

    Steps in `leave_out` are left out for today, and so is a rest that has no work left on one of its sides. Rounds
    that shuffle are put in an order that `seed` settles; with None they keep the order in which they are written.
    Raises Problem when nothing is left to do.

    `like` is a timeline of which so many steps at the beginning are the same, in a session with the same setup: their
    intervals are taken from it, as while a session is written. It goes with nothing left out and no seed.
    """
    expansion = _Expansion(session, catalogue, leave_out, Random(seed) if seed is not None else None)  # noqa: S311 - an order of exercises guards nothing
    same = 0
    if like is not None:
        same, before = like
        expansion.intervals = list(takewhile(lambda interval: interval.step[0] < same, before.intervals))
        expansion.end = sum(interval.length or 0 for interval in expansion.intervals)
    expansion.add_steps(session.steps, (), None, same)
    intervals = expansion.intervals
    if not intervals:
        raise Problem(_("Nothing is left to do in this session."), _("Choose at least one step."))
    return Timeline(name=session.name, language=session.language, intervals=tuple(intervals))


class _Round(Struct, frozen=True):
    """Which round of how many a step is expanded in."""

    number: int
    count: int


@dataclass(slots=True)
class _Expansion:
    """Expands steps one after the other into `intervals`, which end `end` milliseconds after the session's start."""

    session: Session
    catalogue: Catalogue
    leave_out: AbstractSet[StepPath]
    order: Random | None
    intervals: list[Interval] = field(default_factory=list)
    end: Milliseconds = 0

    def add_steps(self, steps: Sequence[Step], path: StepPath, turn: _Round | None, first: int = 0) -> None:
        """Add the intervals of the steps that are kept, from the one at index `first` on."""
        for index in self._kept(steps, path)[first:]:
            self._add_step(steps[index], (*path, index), turn)

    def _add_step(self, step: Step, path: StepPath, turn: _Round | None) -> None:
        match step:
            case RestStep():
                self._add(_rest(step.length, path, turn, step), IntervalKind.REST, step.length)
            case Rounds():
                self._add_rounds(step, path)
            case _:
                self._add_exercise(step, path, turn)

    def _add_rounds(self, block: Rounds, path: StepPath) -> None:
        kept = self._kept(block.steps, path)
        if block.shuffle and self.order is not None:
            self.order.shuffle(kept)
        for number in range(1, block.count + 1):
            turn = _Round(number, block.count)
            for index in kept:
                self._add_step(block.steps[index], (*path, index), turn)
            if block.rest and number < block.count:
                self._add(_rest(block.rest, path, turn), IntervalKind.REST, block.rest)

    def _add_exercise(self, step: ExerciseStep, path: StepPath, turn: _Round | None) -> None:
        work = self._work(step, path, turn)
        sides: tuple[Side | None, ...] = (step.first_side, step.first_side.opposite) if step.each_side else (None,)
        setup = self.session.setup if step.setup is None else step.setup
        if setup:
            self._add(work, IntervalKind.SETUP, setup, 1, sides[0])
        for number in range(1, step.sets + 1):
            for side in sides:
                if side is not None and side is not sides[0] and step.switch:
                    self._add(work, IntervalKind.SWITCH, step.switch, number, side)
                self._add(work, IntervalKind.WORK, work.length, number, side)
                if isinstance(step.work, Reps) and step.work.last_rep_hold:
                    self._add(work, IntervalKind.LAST_REP_HOLD, step.work.last_rep_hold, number, side)
            if step.rest and number < step.sets:
                self._add(_rest(step.rest, path, turn), IntervalKind.REST, step.rest)

    def _add(
        self,
        like: Interval,
        kind: IntervalKind,
        length: Milliseconds | None,
        number: int | None = None,
        side: Side | None = None,
    ) -> None:
        """Add an interval like another, of this kind and length, after those that there are.

        What is said belongs to work and rests alone, and the reps to work and to what leads to it.
        """
        itself = kind in (IntervalKind.WORK, IntervalKind.REST)
        leads = itself or kind is IntervalKind.SETUP
        # Each field by hand: `replace` takes three times as long, and an editor compiles with every key.
        made = Interval(
            index=len(self.intervals),
            kind=kind,
            start=self.end,
            length=length,
            title=like.title,
            step=like.step,
            exercise=like.exercise,
            about=like.about,
            set=number,
            sets=like.sets,
            side=side,
            round=like.round,
            rounds=like.rounds,
            reps=like.reps if leads else None,
            tempo=like.tempo if leads else None,
            amrap=like.amrap and itself,
            say=like.say if itself else (),
        )
        self.intervals.append(made)
        self.end += length or 0

    def _work(self, step: ExerciseStep, path: StepPath, turn: _Round | None) -> Interval:
        """Return the step's work, with everything that is the same in each of its sets and sides."""
        known = self.catalogue.get(step.exercise) if step.exercise is not None else None
        usual = known.tempo if known is not None else None
        length, tempo = _length(step, usual)
        return Interval(
            index=0,
            kind=IntervalKind.WORK,
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


def _rest(length: Milliseconds, path: StepPath, turn: _Round | None, step: RestStep | None = None) -> Interval:
    return Interval(
        index=0,
        kind=IntervalKind.REST,
        start=0,
        length=length,
        title=(step.name if step else None) or _("Rest"),
        step=path,
        round=turn.number if turn else None,
        rounds=turn.count if turn else None,
        say=step.say if step else (),
    )
