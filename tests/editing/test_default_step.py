"""Steps that are made of exercises."""

from __future__ import annotations

import pytest

from timer_app.definition.model import ExerciseStep, Hold, Reps, UntilDone
from timer_app.editing.default_step import own_step, usual_step
from timer_app.exercises.model import Exercise, Tempo, Usual


def exercise(usual: Usual | None = None, tempo: Tempo | None = None) -> Exercise:
    return Exercise("squat", "Squat", "The thighs.", "Stand.", ("Slowly", "Evenly"), "", tempo=tempo, usual=usual)


@pytest.mark.parametrize(
    ("usual", "step"),
    [
        (Usual(hold=30_000, sets=2, rest=15_000), ExerciseStep(Hold(30_000), "squat", sets=2, rest=15_000)),
        (Usual(reps=8, each_side=True), ExerciseStep(Reps(8), "squat", each_side=True)),
        (Usual(reps=10, last_rep_hold=10_000), ExerciseStep(Reps(10, last_rep_hold=10_000), "squat")),
        (Usual(sets=3), ExerciseStep(UntilDone(), "squat", sets=3)),
    ],
)
def test_an_exercise_comes_in_its_usual_dose(usual: Usual, step: ExerciseStep) -> None:
    assert usual_step(exercise(usual)) == step


def test_without_one_there_are_ten_reps_or_half_a_minute() -> None:
    assert usual_step(exercise(tempo=Tempo.plain(4_000))) == ExerciseStep(Reps(10), "squat")
    assert usual_step(exercise()) == ExerciseStep(Hold(30_000), "squat")


def test_an_exercise_of_the_authors_own_has_its_name_alone() -> None:
    assert own_step("Wall sit") == ExerciseStep(Hold(30_000), name="Wall sit")
