"""Another exercise in a step's place: what stays, and what changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.definition.strategies import exercise_steps
from timer_app.definition.duration_totals import work_length
from timer_app.definition.exercise_swap import alternatives, swapped
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    HalfWay,
    Hold,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    UntilDone,
    Work,
)
from timer_app.durations import LONGEST
from timer_app.exercises.model import Exercise, Tempo
from timer_app.problems import Problem

_TEMPOS = {
    "superman": Tempo(1_000, 1_000, 2_000),
    "bird-dog": Tempo(2_000, 2_000, 2_000),
    "push-up": Tempo(1_000, 0, 2_000),
    "side-plank": Tempo(1_000, 10_000, 1_000),
}
_LADDER = {"superman": ("bird-dog", None), "plank": ("knee-plank", "push-up"), "push-up": ("plank", "gone")}


def _exercise(name: str) -> Exercise:
    easier, harder = _LADDER.get(name, (None, None))
    return Exercise(name, name.title(), "", "", (), "", easier=easier, harder=harder, tempo=_TEMPOS.get(name))


CATALOGUE = {
    name: _exercise(name)
    for name in ("plank", "knee-plank", "push-up", "superman", "bird-dog", "side-plank", "knee-side-plank", "burpee")
}


def swap(old: str, new: str, work: Work) -> Work:
    """The work of a step once its exercise is another."""
    session = Session("S", (ExerciseStep(work, old),))
    changed = swapped(session, {(0,): new}, CATALOGUE).steps[0]
    assert isinstance(changed, ExerciseStep)
    assert changed.exercise == new
    return changed.work


OWN = Tempo.plain(5_000)


@pytest.mark.parametrize(
    ("old", "new", "work", "becomes"),
    [
        # Held and held, reps and reps: the work stays, and a pace of the catalogue's is the new exercise's.
        ("plank", "knee-plank", Hold(60_000), Hold(60_000)),
        ("superman", "bird-dog", Reps(10, None, 10_000), Reps(10, None, 10_000)),
        ("superman", "bird-dog", Reps(10, OWN), Reps(10, OWN)),
        # What moves can be held by an author who wants it so, and stays held.
        ("superman", "bird-dog", Hold(20_000), Hold(20_000)),
        # A pace that is mostly a pause is a hold.
        ("knee-side-plank", "side-plank", Hold(10_000), Hold(10_000)),
        ("side-plank", "knee-side-plank", Reps(6), Reps(6, Tempo(1_000, 10_000, 1_000))),
        ("side-plank", "knee-side-plank", Reps(6, OWN), Reps(6, OWN)),
        # From held to reps: as many as fit, one at least.
        ("plank", "push-up", Hold(60_000), Reps(20)),
        ("plank", "push-up", Hold(1_000), Reps(1)),
        ("plank", "push-up", Hold(LONGEST), Reps(1_000)),
        # From reps to held: as long as they would have taken, the last rep's hold too.
        ("superman", "plank", Reps(10, None, 10_000), Hold(50_000)),
        ("superman", "plank", Reps(10, OWN), Hold(50_000)),
        ("superman", "plank", Reps(1_000, Tempo.plain(LONGEST)), Hold(LONGEST)),
        # At the person's own pace nothing is known of how long they take.
        ("burpee", "plank", Reps(10), Reps(10)),
        # As many as possible is a time of its own; what is held is not counted.
        ("superman", "bird-dog", Amrap(60_000), Amrap(60_000)),
        ("superman", "plank", Amrap(60_000), Hold(60_000)),
        ("plank", "push-up", UntilDone(), UntilDone()),
    ],
)
def test_the_work_fits_the_new_exercise(old: str, new: str, work: Work, becomes: Work) -> None:
    assert swap(old, new, work) == becomes


def test_all_but_the_exercise_its_work_and_the_words_about_it_stays() -> None:
    step = ExerciseStep(
        Hold(30_000),
        "plank",
        about="Elbows under your shoulders.",
        sets=3,
        rest=20_000,
        each_side=True,
        setup=5_000,
        say=(SayLine(HalfWay(), "Half way"),),
    )
    inner = Rounds(2, (RestStep(10_000), step), rest=30_000)
    session = Session("S", (RestStep(5_000), inner), about="Mine", tags=("core",))
    changed = swapped(session, {(1, 1): "knee-plank"}, CATALOGUE)
    wanted = replace(step, exercise="knee-plank", about=None, say=())
    assert changed == replace(session, steps=(RestStep(5_000), replace(inner, steps=(RestStep(10_000), wanted))))


def test_no_swap_changes_nothing() -> None:
    session = Session("S", (ExerciseStep(Hold(30_000), "plank"),))
    assert swapped(session, {}, CATALOGUE) == session


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ((5,), "plank"),
        ((0,), "plank"),
        ((1,), "plank"),
        ((1, 3), "plank"),
        ((2, 0), "plank"),
        ((2,), "no-such"),
        ((3,), "plank"),
        ((4,), "plank"),
    ],
)
def test_a_step_that_is_not_there_any_more_is_told(path: tuple[int, ...], new: str) -> None:
    steps = (
        RestStep(5_000),
        Rounds(2, (ExerciseStep(Hold(10_000), "plank"),)),
        ExerciseStep(Hold(30_000), "plank"),
        ExerciseStep(Hold(30_000), name="Wall sit"),
        ExerciseStep(Hold(30_000), "unknown"),
    )
    with pytest.raises(Problem, match="not there any more"):
        swapped(Session("S", steps), {path: new}, CATALOGUE)


def test_the_alternatives_are_the_exercises_own() -> None:
    def names(step: ExerciseStep | RestStep) -> list[str | None]:
        return [other.id if other else None for other in alternatives(step, CATALOGUE)]

    hold = Hold(10_000)
    assert names(ExerciseStep(hold, "plank")) == ["knee-plank", "push-up"]
    assert names(ExerciseStep(hold, "push-up")) == ["plank", None]
    assert names(ExerciseStep(hold, "superman")) == ["bird-dog", None]
    assert names(ExerciseStep(hold, name="Wall sit")) == [None, None]
    assert names(ExerciseStep(hold, "unknown")) == [None, None]
    assert names(RestStep(5_000)) == [None, None]


@given(exercise_steps(), st.sampled_from(sorted(CATALOGUE)), st.sampled_from(sorted(CATALOGUE)))
def test_a_swapped_step_takes_no_other_length_than_it_must(step: ExerciseStep, old: str, new: str) -> None:
    before = replace(step, exercise=old, name=None)
    session = Session("S", (before,))
    after = swapped(session, {(0,): new}, CATALOGUE).steps[0]
    assert isinstance(after, ExerciseStep)
    if isinstance(before.work, Hold) and before.work.length <= 3_000_000:
        least = min(tempo.rep for tempo in _TEMPOS.values())
        length = work_length(after, CATALOGUE)
        assert length is not None
        assert abs(length - before.work.length) <= max(least, 6_000)
    assert (after.sets, after.rest, after.each_side, after.setup) == (
        before.sets,
        before.rest,
        before.each_side,
        before.setup,
    )
