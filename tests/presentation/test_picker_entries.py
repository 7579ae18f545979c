"""What can be added to a session, by what was typed."""

from __future__ import annotations

import pytest

from tests.ui.stage import _shipped
from timer_app.definition.model import ExerciseStep, Hold, Reps, RestStep
from timer_app.exercises.catalogue import LoadedCatalogue
from timer_app.exercises.model import Exercise
from timer_app.presentation.picker_entries import PickerEntry, best, offers

OWN = Exercise("wall-sit", "Wall sit", "The thighs.", "Back to a wall.", ("Slowly", "Evenly"), "Stop when it hurts.")


@pytest.fixture
def loaded() -> LoadedCatalogue:
    return _shipped()


def outline(loaded: LoadedCatalogue, typed: str = "") -> list[str]:
    return [row.title if isinstance(row, PickerEntry) else f"# {row.title}" for row in offers(loaded, typed)]


def begun_at(loaded: LoadedCatalogue, typed: str) -> PickerEntry:
    rows = offers(loaded, typed)
    row = rows[best(rows, typed)]
    assert isinstance(row, PickerEntry)
    return row


def test_a_rest_and_rounds_come_first_then_every_exercise_by_what_it_trains(loaded: LoadedCatalogue) -> None:
    shown = outline(loaded)
    assert shown[:3] == ["Rest", "Rounds", "# Core"]
    assert len([title for title in shown if not title.startswith("#")]) == 2 + len(loaded.catalogue)
    rows = [row for row in offers(loaded) if isinstance(row, PickerEntry)]
    assert (rows[0].step, rows[1].step) == (RestStep(30_000), None)
    assert begun_at(loaded, "").exercise is not None


def test_an_exercise_is_offered_in_its_usual_dose(loaded: LoadedCatalogue) -> None:
    offer = begun_at(loaded, "superman")
    assert offer.step == ExerciseStep(Reps(10, last_rep_hold=10_000), "superman", sets=2, rest=30_000)
    assert offer.detail == "2 × 10, last one held 10 s, rest 30 s"
    assert offer.spoken == "Superman, 2 × 10, last one held 10 s, rest 30 s"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("plank", "Plank"),
        (" PLANK ", "Plank"),
        ("side pl", "Side plank"),
        ("thigh hamstring", "Hamstring stretch"),
        ("rest", "Rest"),
        ("rou", "Rounds"),
        ("water", "Rest"),
        ("drink", "Drink of water"),
    ],
)
def test_the_search_begins_at_what_was_meant(loaded: LoadedCatalogue, typed: str, first: str) -> None:
    assert begun_at(loaded, typed).title == first


def test_what_was_typed_can_be_used_as_a_name(loaded: LoadedCatalogue) -> None:
    assert outline(loaded, "  Wall   sit ") == ["“Wall sit”"]
    offer = begun_at(loaded, "Wall sit")
    assert offer.step == ExerciseStep(Hold(30_000), name="Wall sit")
    assert offer.detail == "As an exercise of your own, 30 s"
    assert outline(loaded, "side")[-1] == "“side”"
    assert not any(title.startswith("“") for title in outline(loaded, "Side Plank"))
    long = begun_at(loaded, "x" * 200).step
    assert isinstance(long, ExerciseStep)
    assert long.name == "x" * 80


def test_one_that_may_be_meant_is_offered_before_a_name_of_ones_own(loaded: LoadedCatalogue) -> None:
    assert outline(loaded, "suprman") == ["# Did you mean", "Superman", "“suprman”"]
    assert begun_at(loaded, "suprman").title == "Superman"


def test_the_users_own_exercises_are_marked(loaded: LoadedCatalogue) -> None:
    mixed = LoadedCatalogue({OWN.id: OWN}, (), frozenset({OWN.id}))
    offer = begun_at(mixed, "wall")
    assert (offer.mark, offer.step) == ("yours", ExerciseStep(Hold(30_000), "wall-sit"))
    assert offer.spoken == "Wall sit, yours, 30 s"


def test_without_a_catalogue_there_is_still_something_to_begin_at() -> None:
    nothing = LoadedCatalogue({}, ())
    assert outline(nothing) == ["Rest", "Rounds"]
    assert begun_at(nothing, "").title == "Rest"
    assert best((), "") == -1
