"""Swap an exercise of a session for an easier or a harder one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec.structs import replace

from timer_app.definition.duration_totals import tempo_of
from timer_app.definition.model import Amrap, ExerciseStep, Hold, Reps, Rounds, Session, Step, StepPath, Work
from timer_app.durations import LONGEST
from timer_app.exercises.model import Catalogue, Exercise
from timer_app.i18n import _
from timer_app.problems import Problem

Swaps: TypeAlias = Mapping[StepPath, str]
"""The id of the exercise that is done instead, by the step that it is done in."""

_MOST_REPS = 1_000


def swapped(session: Session, swaps: Swaps, catalogue: Catalogue) -> Session:
    """Return the session with other exercises of the catalogue in some of its steps.

    Sets, rests, sides and setup stay, and so does the work, at the author's own pace where there is one and at the
    new exercise's where it came from the catalogue. Only between an exercise that moves and one that is held the work
    changes, to what takes as long: a minute of plank becomes twenty push-ups of three seconds, and ten supermans a
    hold for as long as they take, the last rep's hold too. Words that the author wrote about the old exercise are left
    out. Raises Problem when a step or an exercise is not there any more.
    """
    steps = session.steps
    for path, exercise in swaps.items():
        steps = _with(steps, path, exercise, catalogue)
    return replace(session, steps=steps)


def alternatives(step: Step, catalogue: Catalogue) -> tuple[Exercise | None, Exercise | None]:
    """Return the easier and the harder exercise that a step can be swapped against, None where there is none."""
    exercise = catalogue.get(step.exercise) if isinstance(step, ExerciseStep) and step.exercise is not None else None
    if exercise is None:
        return None, None
    easier, harder = (catalogue.get(id_) if id_ is not None else None for id_ in (exercise.easier, exercise.harder))
    return easier, harder


def _with(steps: tuple[Step, ...], path: StepPath, exercise: str, catalogue: Catalogue) -> tuple[Step, ...]:
    """Return the steps with another exercise in the one that `path` leads to."""
    index, below = path[0], path[1:]
    step = steps[index] if index < len(steps) else None
    changed: Step
    if isinstance(step, Rounds) and below:
        changed = replace(step, steps=_with(step.steps, below, exercise, catalogue))
    else:
        changed = swap_step(None if below else step, exercise, catalogue)
    return (*steps[:index], changed, *steps[index + 1 :])


def swap_step(step: Step | None, exercise: str, catalogue: Catalogue) -> ExerciseStep:
    """Return a step with another exercise of the catalogue in it, as `swapped` does."""
    new = catalogue.get(exercise)
    if not isinstance(step, ExerciseStep) or step.exercise is None or new is None:
        raise _missing_step()
    old = catalogue.get(step.exercise)
    if old is None:
        raise _missing_step()
    return replace(step, exercise=new.id, work=_work(step, old, new, catalogue), about=None, say=())


def _work(step: ExerciseStep, old: Exercise, new: Exercise, catalogue: Catalogue) -> Work:
    """Return what there is to do of the new exercise."""
    work, before, after = step.work, _moves(old), _moves(new)
    if isinstance(work, Hold) and after and not before and new.tempo is not None:
        return Reps(min(_MOST_REPS, max(1, round(work.length / new.tempo.rep))))
    if isinstance(work, Amrap) and before and not after:
        return Hold(work.length)
    if isinstance(work, Reps) and new.tempo is None:
        pace = tempo_of(step, catalogue)
        if pace is not None and before:
            return Hold(min(LONGEST, work.count * pace.rep + work.last_rep_hold))
        # At the pace of the old one: a hold that was counted goes on being counted.
        return replace(work, tempo=pace)
    return work


def _moves(exercise: Exercise) -> bool:
    """Whether an exercise is done in reps rather than held: at its usual pace it moves longer than it stays."""
    tempo = exercise.tempo
    return tempo is not None and tempo.lift + tempo.lower > tempo.hold


def _missing_step() -> Problem:
    what = _("A step that was to be swapped is not there any more.")
    return Problem(what, _("Look at the session's steps again, then start it."))
