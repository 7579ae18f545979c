"""What exercises train, in a few groups."""

from __future__ import annotations

import pytest

from timer_app.exercises.body_areas import Area, area_of, by_area
from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.model import Exercise
from timer_app.paths import assets


def exercise(trains: str, name: str = "X") -> Exercise:
    return Exercise(name.casefold(), name, trains, "", (), "")


@pytest.mark.parametrize(
    ("trains", "area"),
    [
        ("The front of the trunk, kindly to the back.", Area.CORE),
        ("The back of the thigh.", Area.LEGS),
        ("The back and the trunk.", Area.BACK),
        ("The back of the thigh, pressed and loosened.", Area.RECOVERY),
        ("The shoulders and the upper back.", Area.SHOULDERS),
        ("The heart and legs, easily.", Area.MOVING),
        ("Der Rumpf.", Area.OTHER),
        ("", Area.OTHER),
    ],
)
def test_an_area_is_what_is_named_first(trains: str, area: Area) -> None:
    assert area_of(exercise(trains)) is area


def test_every_shipped_exercise_has_an_area_and_no_area_is_endless() -> None:
    groups = by_area(load_catalogue(assets() / "exercises").catalogue.values())
    assert Area.OTHER not in groups
    assert all(2 <= len(group) <= 20 for group in groups.values())


def test_areas_come_in_their_order_and_exercises_by_name() -> None:
    groups = by_area([exercise("The calf.", "b"), exercise("The calf.", "A"), exercise("The belly.", "Z")])
    assert list(groups) == [Area.CORE, Area.LEGS]
    assert [item.name for item in groups[Area.LEGS]] == ["A", "b"]
