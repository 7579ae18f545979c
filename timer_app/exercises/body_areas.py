"""Group exercises by the area of the body that they train."""

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
    # Phrases come before the single words that they contain.
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
"""Areas that win wherever in the sentence their words stand."""


def area_of(exercise: Exercise) -> Area:
    """Return the main area that an exercise trains, by the words of `trains`.

    Without a known word it is `OTHER`.
    """
    text = exercise.trains.casefold()
    matches = [(text.find(word), number) for number, (word, _area) in enumerate(_WORDS) if word in text]
    for always in _ALWAYS:
        if any(_WORDS[number][1] is always for _at, number in matches):
            return always
    return _WORDS[min(matches)[1]][1] if matches else Area.OTHER


def by_area(exercises: Iterable[Exercise]) -> dict[Area, tuple[Exercise, ...]]:
    """Return the exercises of each area, by name; areas in their order, and none without exercises."""
    grouped: dict[Area, list[Exercise]] = {area: [] for area in Area}
    for exercise in sorted(exercises, key=lambda exercise: (exercise.name.casefold(), exercise.id)):
        grouped[area_of(exercise)].append(exercise)
    return {area: tuple(matches) for area, matches in grouped.items() if matches}
