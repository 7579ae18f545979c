"""The catalogue: it is whole, and each exercise can be read, heard and trusted."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.content.prose import UNSPEAKABLE, flaws, sentences, untidy
from timer_app.definition.model import ExerciseStep, Reps, Session
from timer_app.exercises.model import Catalogue, Exercise

CORE = """
    plank knee-plank side-plank knee-side-plank bird-dog curl-up superman six-inch-scissors bent-knee-scissors
    feet-up-sit-up bridge pelvic-tilt dead-bug
"""
BACK = """
    knee-to-chest double-knee-to-chest knee-twist knee-rolls cobra cat-cow childs-pose seated-twist chair-twist
    trunk-rotation back-extension standing-twist forward-bend side-stretch
"""
LEGS = """
    hamstring-stretch partner-hamstring-stretch hip-flexor-stretch it-band-stretch straight-calf-stretch
    bent-calf-stretch figure-four-stretch quad-stretch
"""
MOVEMENT = """
    march heel-digs knee-lifts shoulder-rolls knee-bends leg-swings strides walk
    foam-roll-calf foam-roll-hamstring foam-roll-quad foam-roll-outer-thigh foam-roll-upper-back
    ice-pack heat-pack posture-check drink-of-water slow-breathing
"""
EXAMPLES = "push-up burpee"
"""Used by the example of the session format."""
IDS = sorted(f"{CORE} {BACK} {LEGS} {MOVEMENT} {EXAMPLES}".split())

SOURCES = {
    "NHS leaflets",
    "Chartered Society of Physiotherapy and Versus Arthritis",
    "hospital physiotherapy sheets",
    "McGill",
    "ACSM stretching guidance",
    "running coaches and clinicians",
    "our choice",
}


@pytest.fixture(params=IDS)
def exercise(request: pytest.FixtureRequest, catalogue: Catalogue) -> Exercise:
    """Each exercise in turn; one that is missing fails here."""
    return catalogue[request.param]


def test_no_exercise_is_without_a_test(catalogue: Catalogue) -> None:
    assert sorted(catalogue) == IDS


def test_the_words_are_plain(exercise: Exercise) -> None:
    assert untidy(exercise.name) == []
    for text in (exercise.trains, exercise.position, exercise.caution, exercise.dose or ""):
        assert flaws(text) == [], text


def test_the_position_can_be_said_in_the_setup(exercise: Exercise) -> None:
    """Two sentences of some twenty words; the first, which always has to fit, is enough by itself."""
    said = sentences(exercise.position)
    assert len(said) <= 2
    assert len(exercise.position.split()) <= 20
    assert len(said[0].split()) <= 12
    assert UNSPEAKABLE.findall(exercise.position) == []


def test_the_cues_can_be_heard_in_passing(exercise: Exercise) -> None:
    assert 2 <= len(exercise.cues) <= 3
    assert len(set(exercise.cues)) == len(exercise.cues)
    for cue in exercise.cues:
        assert len(cue.split()) <= 8
        assert untidy(cue) == []
        assert not cue.endswith(".")
        assert UNSPEAKABLE.findall(cue) == []


def test_the_dose_says_who_says_so(exercise: Exercise) -> None:
    named = [source for group in re.findall(r"\(([^)]*)\)", exercise.dose or "") for source in group.split("; ")]
    assert named
    assert set(named) <= SOURCES


def test_easier_and_harder_lead_somewhere_and_back(catalogue: Catalogue) -> None:
    for exercise in catalogue.values():
        for other in (exercise.easier, exercise.harder):
            assert other is None or other in catalogue, exercise.id
        if exercise.harder is not None:
            assert catalogue[exercise.harder].easier == exercise.id


def test_easier_and_harder_never_lead_in_a_circle(catalogue: Catalogue) -> None:
    order: TopologicalSorter[str] = TopologicalSorter()
    for exercise in catalogue.values():
        if exercise.easier is not None:
            order.add(exercise.id, exercise.easier)
        if exercise.harder is not None:
            order.add(exercise.harder, exercise.id)
    order.prepare()


def test_every_exercise_is_used_or_offered_by_one_that_is(catalogue: Catalogue, sessions: dict[str, Session]) -> None:
    met: set[str] = set()
    ahead = [step.exercise for session in sessions.values() for step in session.steps if isinstance(step, ExerciseStep)]
    while ahead:
        name = ahead.pop()
        if name is not None and name not in met:
            met.add(name)
            ahead += [catalogue[name].easier, catalogue[name].harder]
    assert sorted(met) == IDS


def test_what_is_done_in_reps_has_a_usual_tempo(catalogue: Catalogue, sessions: dict[str, Session]) -> None:
    for session in sessions.values():
        for step in session.steps:
            if isinstance(step, ExerciseStep) and isinstance(step.work, Reps):
                assert catalogue[step.exercise or ""].tempo is not None, step.exercise


@pytest.mark.parametrize(
    ("exercise_id", "warning"),
    [
        ("feet-up-sit-up", "Sheets for sore backs avoid full sit-ups"),
        ("feet-up-sit-up", "do the curl-up instead"),
        ("cobra", "Stop if pain runs down the leg"),
        ("childs-pose", "go half way"),
        ("strides", "Only when warm"),
        ("foam-roll-upper-back", "Never on the low back"),
        ("foam-roll-outer-thigh", "Never on the hip bone"),
        ("heat-pack", "Look at the skin after 5 minutes"),
        ("ice-pack", "Look at the skin after 5 minutes"),
    ],
)
def test_cautions_that_must_be_there(catalogue: Catalogue, exercise_id: str, warning: str) -> None:
    assert warning in catalogue[exercise_id].caution


@pytest.mark.parametrize("spot", ["calf", "hamstring", "quad", "outer-thigh", "upper-back"])
def test_every_roll_keeps_off_new_injuries(catalogue: Catalogue, spot: str) -> None:
    assert "new injury" in catalogue[f"foam-roll-{spot}"].caution


def test_a_partner_is_told_to_move_slowly_and_to_stop_when_told(catalogue: Catalogue) -> None:
    assert {"Partner moves slowly", "You say stop"} <= set(catalogue["partner-hamstring-stretch"].cues)


def test_the_posture_check_is_for_desk_and_road(catalogue: Catalogue) -> None:
    said = " ".join(catalogue["posture-check"].cues).lower()
    for part in ("ribs over hips", "screen at eye height", "low back supported", "long spine"):
        assert part in said


def test_the_files_are_called_by_their_ids(catalogue: Catalogue) -> None:
    folder = Path(__file__).parents[2] / "assets" / "exercises"
    assert sorted(file.name for file in folder.iterdir()) == [f"{name}.yaml" for name in sorted(catalogue)]
