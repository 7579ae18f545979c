"""The usual doses: each exercise has one, within what its file says is usual, and it makes a step that runs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import pytest

from tests.content.test_exercises import IDS
from timer_app.definition.duration_totals import work_length
from timer_app.definition.model import Session
from timer_app.definition.parser import read_session
from timer_app.definition.serializer import write_session
from timer_app.editing.default_step import usual_step
from timer_app.exercises.body_areas import Area, area_of
from timer_app.exercises.model import Catalogue, Exercise, Usual

UNCOUNTED = {"burpee", "drink-of-water", "push-up"}
"""What is done for as long as one can or likes."""

AMOUNT = re.compile(r"(\d+|once|twice)(?: (?:to|or) (\d+))?(?: (seconds|minutes|sets))?( or more)?")
WORDS = {"once": 1, "twice": 2}
UNITS = {"seconds": (1, "seconds"), "minutes": (60, "seconds"), "sets": (1, "sets")}


@dataclass(frozen=True)
class Amount:
    """An amount that a dose states: so many seconds, sets or times."""

    unit: str
    low: float
    high: float

    def holds(self, number: float) -> bool:
        return self.low <= number <= self.high


def amounts(dose: str) -> list[Amount]:
    found = []
    for low, high, unit, more in AMOUNT.findall(dose):
        worth, called = UNITS.get(unit, (1, "times"))
        least = WORDS.get(low) or int(low)
        most = math.inf if more else int(high or least)
        found.append(Amount(called, least * worth, most * worth))
    return found


def lies_within(exercise: Exercise, usual: Usual, dose: str) -> bool:
    """Whether a usual dose is one that the sentence allows, as far as the sentence states it."""
    sides = 2 if usual.each_side and "side" not in dose else 1
    stated = amounts(dose)
    seconds = [amount for amount in stated if amount.unit == "seconds"]
    times = [amount for amount in stated if amount.unit == "times"]
    sets = [amount for amount in stated if amount.unit == "sets"] or (times if usual.reps is None else [])
    if usual.reps is not None:
        enough = any(amount.holds(usual.reps * sides) for amount in times)
    elif seconds:
        enough = any(amount.holds((usual.hold or 0) / 1000) for amount in seconds)
    else:
        assert exercise.tempo is not None
        rep, sets = exercise.tempo.rep, []
        enough = any(amount.holds((usual.hold or 0) / rep) for amount in times)
    return enough and (not sets or any(amount.holds(usual.sets) for amount in sets))


def test_amounts_are_found_in_a_sentence() -> None:
    assert amounts("15 to 30 seconds, 2 to 4 a side") == [Amount("seconds", 15, 30), Amount("times", 2, 4)]
    assert amounts("12 to 15 in 2 or 3 sets") == [Amount("times", 12, 15), Amount("sets", 2, 3)]
    assert amounts("2 minutes or more") == [Amount("seconds", 120, math.inf)]
    assert amounts("10 seconds, twice a side") == [Amount("seconds", 10, 10), Amount("times", 2, 2)]
    assert amounts("A few sips") == []


@pytest.mark.parametrize("identifier", IDS)
def test_every_exercise_has_a_usual_dose_within_what_it_says_is_usual(catalogue: Catalogue, identifier: str) -> None:
    exercise = catalogue[identifier]
    usual = exercise.usual
    assert usual is not None
    assert exercise.dose is not None
    if identifier in UNCOUNTED:
        assert amounts(exercise.dose) == []
        return
    # A dose of the one source or of the other, not of half of each.
    assert any(lies_within(exercise, usual, dose) for dose in exercise.dose.split(");")), (usual, exercise.dose)


def test_a_hold_grows_as_far_as_its_dose_says_and_no_stretch_does(catalogue: Catalogue) -> None:
    growing = {exercise.id: exercise for exercise in catalogue.values() if exercise.usual and exercise.usual.up_to}
    assert set(growing) == {"plank", "knee-plank", "side-plank", "six-inch-scissors", "bent-knee-scissors"}
    for exercise in growing.values():
        assert exercise.usual is not None
        most = max(amount.high for amount in amounts(exercise.dose or "") if amount.unit == "seconds")
        assert exercise.usual.up_to == most * 1000, exercise.id
        assert area_of(exercise) is Area.CORE, exercise.id


def test_more_than_is_usual_would_be_found(catalogue: Catalogue) -> None:
    plank, bird_dog, cobra = (catalogue[name] for name in ("plank", "bird-dog", "cobra"))
    for exercise, usual in (
        (plank, Usual(hold=90_000)),
        (bird_dog, Usual(reps=8, each_side=True)),
        (cobra, Usual(hold=15_000, sets=5)),
    ):
        assert not any(lies_within(exercise, usual, dose) for dose in (exercise.dose or "").split(");"))


def test_the_usual_doses_make_a_session_that_reads_back(catalogue: Catalogue) -> None:
    session = Session("Everything", tuple(usual_step(catalogue[identifier]) for identifier in IDS))
    assert read_session(write_session(session), "x", catalogue) == session


def test_what_is_counted_has_a_pace(catalogue: Catalogue) -> None:
    """Else the step would wait for the person to say done, which nobody expects of ten reps."""
    for exercise in catalogue.values():
        if exercise.usual is not None and exercise.usual.reps is not None:
            assert work_length(usual_step(exercise), catalogue), exercise.id


def test_sides_are_done_in_turn_where_the_figure_has_sides(catalogue: Catalogue) -> None:
    """A dose that is told a side is done on each: but rolling from side to side is one movement."""
    for exercise in catalogue.values():
        if " a side" in (exercise.dose or "") and exercise.usual is not None:
            assert exercise.usual.each_side, exercise.id
