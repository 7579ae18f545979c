"""The exercises as rows of a list: by what they train, filtered by words."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from timer_app.exercises.body_areas import Area, by_area
from timer_app.exercises.catalogue import LoadedCatalogue
from timer_app.exercises.model import Exercise
from timer_app.i18n import _
from timer_app.presentation.exercise_text import area_title


class ExerciseRow(Struct, frozen=True):
    """One exercise as the list shows it; `own` where it comes from the person's folder."""

    exercise: Exercise
    area: Area
    own: bool

    def has(self, words: tuple[str, ...]) -> bool:
        """Whether every word is in its name, its id, its area or what it trains."""
        one = self.exercise
        text = " ".join((one.name, one.id, one.trains, area_title(self.area), _("yours") if self.own else ""))
        return all(word in text.casefold() for word in words)


class Heading(Struct, frozen=True):
    """The title above the exercises of one area."""

    title: str


Row = ExerciseRow | Heading


def exercise_rows(loaded: LoadedCatalogue, text: str = "") -> tuple[Row, ...]:
    """Return the exercises that have every word of `text`, with a heading above those of each area."""
    words = tuple(text.casefold().split())

    def rows() -> Iterator[Row]:
        for area, exercises in by_area(loaded.catalogue.values()).items():
            every = (ExerciseRow(one, area, one.id in loaded.own) for one in exercises)
            found = [row for row in every if row.has(words)]
            if found:
                yield Heading(area_title(area))
                yield from found

    return tuple(rows())
