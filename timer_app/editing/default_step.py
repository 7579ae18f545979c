"""Make a step of an exercise, with its usual dose."""

from __future__ import annotations

from timer_app.clock import Milliseconds
from timer_app.definition.model import ExerciseStep, Hold, Reps, UntilDone, Work
from timer_app.exercises.model import Exercise, Usual

OWN_HOLD: Milliseconds = 30_000
"""How long what has no usual dose is held; our choice, in the middle of what is usual for a stretch or a plank."""

OWN_REPS = 10


def usual_step(exercise: Exercise) -> ExerciseStep:
    """Return a step of an exercise in its usual dose, at its usual tempo.

    Where its file names none, it is ten reps of what has a tempo, and half a minute of anything else.
    """
    usual = exercise.usual
    if usual is None:
        return ExerciseStep(Hold(OWN_HOLD) if exercise.tempo is None else Reps(OWN_REPS), exercise.id)
    return ExerciseStep(_work(usual), exercise.id, sets=usual.sets, rest=usual.rest, each_side=usual.each_side)


def own_step(name: str) -> ExerciseStep:
    """Return a step of an exercise of the author's own, which is in no catalogue."""
    return ExerciseStep(Hold(OWN_HOLD), name=name)


def _work(usual: Usual) -> Work:
    if usual.hold is not None:
        return Hold(usual.hold)
    return UntilDone() if usual.reps is None else Reps(usual.reps, last_rep_hold=usual.last_rep_hold)
