"""The steps of a session as the lines of its plan, with the exercises that can be done in each today."""

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
    """An exercise to do in a step, by its id; None is the one that the author wrote."""

    words: str
    exercise: str | None
    chosen: bool


class PlanLine(Struct, frozen=True):
    """One step as the plan shows it. `length` is all that it takes, its setup and rests too; open parts count as 0.

    `choices` are the exercises that can be done in it today, none where there is nothing to choose; it is `swapped`
    when one is chosen that the author did not write. `exercise` is the id of the one that is done, where it has one.
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
        """Whether another exercise is done today."""
        return any(choice.chosen and choice.exercise is not None for choice in self.choices)

    @property
    def depth(self) -> int:
        """How many rounds it stands in."""
        return len(self.path) - 1


def plan_lines(
    session: Session, catalogue: Catalogue, timeline: Timeline, swaps: Swaps = MappingProxyType({})
) -> tuple[PlanLine, ...]:
    """Return the lines of a session's plan, in order.

    `session` is as its author wrote it, and `timeline` all of it with the `swaps` of today, and nothing left out.
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
        """Yield the lines of steps as they were written and as they are today."""
        for index, (before, step) in enumerate(zip(written, today, strict=True)):
            path = (*above, index)
            phase = Phase.REST if isinstance(step, RestStep) else Phase.WORK
            title, detail = formatting.step_title(step, self.catalogue), formatting.step_detail(step, self.catalogue)
            if path in self.swaps:
                instead = _("instead of {exercise}").format(exercise=formatting.step_title(before, self.catalogue))
                detail = f"{instead}, {detail}"
            known = step.exercise if isinstance(step, ExerciseStep) else None
            yield PlanLine(path, title, detail, phase, self.lengths.get(path, 0), self._choices(before, path), known)
            if isinstance(before, Rounds) and isinstance(step, Rounds):
                yield from self.of(before.steps, step.steps, path)

    def _choices(self, step: Step, path: StepPath) -> tuple[SwapChoice, ...]:
        easier, harder = alternatives(step, self.catalogue)
        now = self.swaps.get(path)
        found = ((easier, _("Easier: {exercise}")), (harder, _("Harder: {exercise}")))
        others = [
            SwapChoice(text.format(exercise=one.name), one.id, one.id == now) for one, text in found if one is not None
        ]
        as_written = _("As written: {exercise}").format(exercise=formatting.step_title(step, self.catalogue))
        return (*others, SwapChoice(as_written, None, now is None)) if others else ()
