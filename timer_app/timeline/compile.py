"""Compile a session to a timeline: all its intervals in order."""

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
    reuse: tuple[int, Timeline] | None = None,
) -> Timeline:
    """Return the timeline of a session.

    Steps in `leave_out` are left out for today, and so is a rest that has no work left on one of its sides. Rounds
    that shuffle are ordered by `seed`; with None they keep the order in which they are written.
    Raises Problem when nothing is left to do.

    `reuse` is a number of first steps and a timeline with the same ones, of a session with the same setup: their
    intervals are reused, as in the editor. Use it only with nothing left out and no seed.
    """
    expansion = _Expansion(session, catalogue, leave_out, Random(seed) if seed is not None else None)  # noqa: S311 - an order of exercises guards nothing
    same = 0
    if reuse is not None:
        same, before = reuse
        expansion.intervals = list(takewhile(lambda interval: interval.step[0] < same, before.intervals))
        expansion.end = sum(interval.length or 0 for interval in expansion.intervals)
    expansion.add_steps(session.steps, (), None, same)
    intervals = expansion.intervals
    if not intervals:
        raise Problem(_("Nothing is left to do in this session."), _("Choose at least one step."))
    return Timeline(name=session.name, language=session.language, intervals=tuple(intervals))


class _Round(Struct, frozen=True):
    """The round that a step is expanded in, from 1, and their number."""

    number: int
    count: int


@dataclass(slots=True)
class _Expansion:
    """Expands steps into `intervals`, which end `end` milliseconds after the session's start."""

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
        template: Interval,
        kind: IntervalKind,
        length: Milliseconds | None,
        number: int | None = None,
        side: Side | None = None,
    ) -> None:
        """Append an interval like `template`, of this kind and length.

        Only work and rests keep the author's lines; only work and setups keep the reps.
        """
        itself = kind in (IntervalKind.WORK, IntervalKind.REST)
        leads = itself or kind is IntervalKind.SETUP
        # Each field by hand: `replace` takes three times as long, and an editor compiles with every key.
        made = Interval(
            index=len(self.intervals),
            kind=kind,
            start=self.end,
            length=length,
            title=template.title,
            step=template.step,
            exercise=template.exercise,
            about=template.about,
            set=number,
            sets=template.sets,
            side=side,
            round=template.round,
            rounds=template.rounds,
            reps=template.reps if leads else None,
            tempo=template.tempo if leads else None,
            amrap=template.amrap and itself,
            say=template.say if itself else (),
        )
        self.intervals.append(made)
        self.end += length or 0

    def _work(self, step: ExerciseStep, path: StepPath, turn: _Round | None) -> Interval:
        """Return the step's work, with what is the same in each of its sets and sides."""
        exercise = self.catalogue.get(step.exercise) if step.exercise is not None else None
        usual = exercise.tempo if exercise is not None else None
        length, tempo = _length(step, usual)
        return Interval(
            index=0,
            kind=IntervalKind.WORK,
            start=0,
            length=length,
            title=step.name or (exercise.name if exercise is not None else step.exercise or ""),
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
        """Return the indices of the steps to keep, without rests that have no work left on one side."""
        kept = [index for index in range(len(steps)) if self._is_kept(steps[index], (*path, index))]
        if len(kept) == len(steps):
            return kept
        return [index for index in kept if not isinstance(steps[index], RestStep) or _rests(steps, kept, index)]

    def _is_kept(self, step: Step, path: StepPath) -> bool:
        if path in self.leave_out:
            return False
        return not isinstance(step, Rounds) or bool(self._kept(step.steps, path))


def _rests(steps: Sequence[Step], kept: Sequence[int], index: int) -> bool:
    """Whether the rest at `index` has kept the step after it and work before it, if it had them."""
    leads_on = index + 1 == len(steps) or index + 1 in kept
    had_work = any(not isinstance(step, RestStep) for step in steps[:index])
    has_work = any(earlier < index and not isinstance(steps[earlier], RestStep) for earlier in kept)
    return leads_on and (has_work or not had_work)


def _length(step: ExerciseStep, usual: Tempo | None) -> tuple[Milliseconds | None, Tempo | None]:
    """Return how long one set's work takes, None when it is open, and the pace of its reps."""
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
