"""What exercises train, in a few large groups, so that a list of them can be looked through."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from timer_app.exercises.model import Exercise


class Area(StrEnum):
    """A part of the body, or what an exercise is for, in the order in which lists show them."""

    CORE = "core"
    BACK = "back"
    LEGS = "legs"
    SHOULDERS = "shoulders"
    MOVING = "moving"
    RECOVERY = "recovery"
    OTHER = "other"


_WORDS: tuple[tuple[str, Area], ...] = (
    # What would be taken for a back, or a front, that it is not comes first.
    *(
        (word, Area.LEGS)
        for word in ("back of the thigh", "backs of the legs", "front of the thigh", "front of the hip")
    ),
    *((word, Area.CORE) for word in ("front of the trunk", "sides of the trunk", "trunk", "belly")),
    *((word, Area.RECOVERY) for word in ("pressed and loosened", "rest,", "warmth", "calm", "short break")),
    *((word, Area.MOVING) for word in ("whole body", "heart", "running", "sit, stand", "hips, loosely", "it wakes")),
    *((word, Area.BACK) for word in ("back", "spine", "waist")),
    *((word, Area.LEGS) for word in ("thigh", "hip", "calf", "buttock", "leg")),
    *((word, Area.SHOULDERS) for word in ("shoulder", "chest", "arms")),
)
_ALWAYS = (Area.RECOVERY, Area.MOVING)
"""Areas that are told by what an exercise is for, wherever in its sentence that stands."""


def area_of(exercise: Exercise) -> Area:
    """Return the area that an exercise trains first of all, by the words that say what it trains.

    Words in another language, or of other things, are `OTHER`.
    """
    text = exercise.trains.casefold()
    found = [(text.find(word), number) for number, (word, _area) in enumerate(_WORDS) if word in text]
    for always in _ALWAYS:
        if any(_WORDS[number][1] is always for _at, number in found):
            return always
    return _WORDS[min(found)[1]][1] if found else Area.OTHER


def by_area(exercises: Iterable[Exercise]) -> dict[Area, tuple[Exercise, ...]]:
    """Return the exercises of each area, by name; areas in their order, and none without exercises."""
    grouped: dict[Area, list[Exercise]] = {area: [] for area in Area}
    for exercise in sorted(exercises, key=lambda one: (one.name.casefold(), one.id)):
        grouped[area_of(exercise)].append(exercise)
    return {area: tuple(found) for area, found in grouped.items() if found}
