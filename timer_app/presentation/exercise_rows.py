"""List rows of the exercises, grouped by body area and filtered by words."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from timer_app.exercises.body_areas import Area, by_area
from timer_app.exercises.catalogue import LoadedCatalogue
from timer_app.exercises.model import Exercise
from timer_app.i18n import _
from timer_app.presentation.exercise_text import area_title


class ExerciseRow(Struct, frozen=True):
    """The row of one exercise; `own` where it comes from the user's folder."""

    exercise: Exercise
    area: Area
    own: bool

    def has(self, words: tuple[str, ...]) -> bool:
        """Whether every word is in its name, its id, its area or what it trains."""
        exercise = self.exercise
        own = _("yours") if self.own else ""
        text = " ".join((exercise.name, exercise.id, exercise.trains, area_title(self.area), own))
        return all(word in text.casefold() for word in words)


class Heading(Struct, frozen=True):
    """The heading above the exercises of one area."""

    title: str


Row = ExerciseRow | Heading


def exercise_rows(loaded: LoadedCatalogue, text: str = "") -> tuple[Row, ...]:
    """Return the exercises that have every word of `text`, with a heading above those of each area."""
    words = tuple(text.casefold().split())

    def rows() -> Iterator[Row]:
        for area, exercises in by_area(loaded.catalogue.values()).items():
            candidates = (ExerciseRow(exercise, area, exercise.id in loaded.own) for exercise in exercises)
            matches = [row for row in candidates if row.has(words)]
            if matches:
                yield Heading(area_title(area))
                yield from matches

    return tuple(rows())
