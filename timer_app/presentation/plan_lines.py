"""The lines of a session's plan, with the exercises that each step can be swapped for today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.exercise_swap import Swaps, alternatives, swapped
from timer_app.definition.model import ExerciseStep, RestStep, Rounds, Session, Step, StepPath
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.presentation.phase import Phase
from timer_app.timeline.intervals import Timeline


class SwapChoice(Struct, frozen=True):
    """An exercise for a step, by its id; None is the one as written."""

    words: str
    exercise: str | None
    chosen: bool


class PlanLine(Struct, frozen=True):
    """The line of one step. `length` includes its setup and rests; open parts count as 0.

    `choices` are the exercises for it, empty where there is only one; it is `swapped` when another than the written one
    is chosen. `exercise` is the id of the chosen one, where it has one.
    """

    path: StepPath
    title: str
    detail: str
    phase: Phase
    length: Milliseconds
    choices: tuple[SwapChoice, ...] = ()
    exercise: str | None = None

    @property
    def swapped(self) -> bool:
        """Whether another exercise than the written one is chosen."""
        return any(choice.chosen and choice.exercise is not None for choice in self.choices)

    @property
    def depth(self) -> int:
        """The number of rounds around the step."""
        return len(self.path) - 1


def plan_lines(
    session: Session, catalogue: Catalogue, timeline: Timeline, swaps: Swaps = MappingProxyType({})
) -> tuple[PlanLine, ...]:
    """Return the lines of a session's plan, in order.

    `session` is as written, and `timeline` the whole of it with the `swaps` of today, and nothing left out.
    """
    lengths: dict[StepPath, Milliseconds] = {}
    for interval in timeline.intervals:
        for end in range(1, len(interval.step) + 1):
            path = interval.step[:end]
            lengths[path] = lengths.get(path, 0) + (interval.length or 0)
    today = swapped(session, swaps, catalogue)
    return tuple(_Lines(catalogue, lengths, swaps).of(session.steps, today.steps, ()))


class _Lines(Struct, frozen=True):
    catalogue: Catalogue
    lengths: Mapping[StepPath, Milliseconds]
    swaps: Swaps

    def of(self, written: Sequence[Step], today: Sequence[Step], above: StepPath) -> Iterator[PlanLine]:
        """Yield the lines of steps, given as written and as swapped for today."""
        for index, (before, step) in enumerate(zip(written, today, strict=True)):
            path = (*above, index)
            phase = Phase.REST if isinstance(step, RestStep) else Phase.WORK
            title, detail = formatting.step_title(step, self.catalogue), formatting.step_detail(step, self.catalogue)
            if path in self.swaps:
                instead = _("instead of {exercise}").format(exercise=formatting.step_title(before, self.catalogue))
                detail = f"{instead}, {detail}"
            exercise = step.exercise if isinstance(step, ExerciseStep) else None
            yield PlanLine(path, title, detail, phase, self.lengths.get(path, 0), self._choices(before, path), exercise)
            if isinstance(before, Rounds) and isinstance(step, Rounds):
                yield from self.of(before.steps, step.steps, path)

    def _choices(self, step: Step, path: StepPath) -> tuple[SwapChoice, ...]:
        easier, harder = alternatives(step, self.catalogue)
        now = self.swaps.get(path)
        options = ((easier, _("Easier: {exercise}")), (harder, _("Harder: {exercise}")))
        others = [
            SwapChoice(text.format(exercise=alternative.name), alternative.id, alternative.id == now)
            for alternative, text in options
            if alternative is not None
        ]
        as_written = _("As written: {exercise}").format(exercise=formatting.step_title(step, self.catalogue))
        return (*others, SwapChoice(as_written, None, now is None)) if others else ()
