"""The entries of the exercise picker for a typed text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.model import ExerciseStep, RestStep
from timer_app.editing.default_step import own_step, usual_step
from timer_app.exercises.catalogue import LoadedCatalogue
from timer_app.exercises.lookup import closest_exercise, exercise_named
from timer_app.exercises.model import Exercise
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.presentation.exercise_rows import ExerciseRow, Heading, exercise_rows

REST: Milliseconds = 30_000
"""The length of a new rest; our choice: what is usual between sets."""

MOST_LETTERS = 80
"""The maximum length of the name of an author's own exercise."""


class PickerEntry(Struct, frozen=True):
    """An entry to add: a `step`, or rounds to fill where that is None.

    `detail` is its amount, `mark` whose it is, and `about` its description where it is no `exercise`.
    """

    title: str
    detail: str
    step: ExerciseStep | RestStep | None
    about: str = ""
    exercise: Exercise | None = None
    mark: str = ""

    @property
    def spoken(self) -> str:
        """The text for a screen reader."""
        return ", ".join(part for part in (self.title, self.mark, self.detail) if part)


Row: TypeAlias = PickerEntry | Heading


def offers(loaded: LoadedCatalogue, typed: str = "", *, exercises_alone: bool = False) -> tuple[Row, ...]:
    """Return the entries that have every word of `typed`, and one of an own exercise with `typed` as its name.

    Where no exercise has them all, the most similar one is offered. With `exercises_alone` there is neither a rest nor
    rounds.
    """
    text = " ".join(typed.split())
    others = () if exercises_alone else _matching_others(text)
    return (*others, *_exercises(loaded, text))


def best(rows: Sequence[Row], typed: str) -> int:
    """Return the index of the row to select: the title that equals or begins with `typed`, else the first entry.

    Where nothing is typed it is the first exercise. It is -1 where there is no entry.
    """
    text = " ".join(typed.split()).casefold()
    titles = [row.title.casefold() if isinstance(row, PickerEntry) else None for row in rows]
    if text in titles:
        return titles.index(text)
    if not text:
        first = next((n for n, row in enumerate(rows) if isinstance(row, PickerEntry) and row.exercise is not None), -1)
        return first if first >= 0 else _first(titles)
    return next((n for n, title in enumerate(titles) if title is not None and title.startswith(text)), _first(titles))


def _first(titles: Sequence[str | None]) -> int:
    return next((n for n, title in enumerate(titles) if title is not None), -1)


def _matching_others(text: str) -> Iterator[Row]:
    words = text.casefold().split()
    for offer in _others():
        entry_words = f"{offer.title} {offer.about}".casefold().split()
        if all(any(part.startswith(word) for part in entry_words) for word in words):
            yield offer


def _exercises(loaded: LoadedCatalogue, text: str) -> Iterator[Row]:
    rows = exercise_rows(loaded, text)
    for row in rows:
        yield _exercise(row, loaded) if isinstance(row, ExerciseRow) else row
    if not text:
        return
    if not rows:
        meant = closest_exercise(text, loaded.catalogue)
        for row in exercise_rows(loaded, meant.id) if meant is not None else ():
            if isinstance(row, ExerciseRow) and row.exercise == meant:
                yield Heading(_("Did you mean"))
                yield _exercise(row, loaded)
    if exercise_named(text, loaded.catalogue) is None:
        yield _own(text[:MOST_LETTERS].strip())


def _exercise(row: ExerciseRow, loaded: LoadedCatalogue) -> PickerEntry:
    step = usual_step(row.exercise)
    mark = _("yours") if row.own else ""
    detail = formatting.step_detail(step, loaded.catalogue)
    return PickerEntry(row.exercise.name, detail, step, exercise=row.exercise, mark=mark)


def _others() -> tuple[PickerEntry, PickerEntry]:
    """Return the entries of a rest and of rounds."""
    rest = _("A pause of its own, such as a drink of water. The rest between sets belongs to the exercise itself.")
    rounds = _("Steps that are done again and again, such as three rounds of four exercises. Put steps into them next.")
    return (
        PickerEntry(_("Rest"), formatting.brief(REST), RestStep(REST), rest),
        PickerEntry(_("Rounds"), _("Steps to repeat"), None, rounds),
    )


def _own(name: str) -> PickerEntry:
    about = _("It is not in the list. How it is done, and for how long, you say next.")
    step = own_step(name)
    detail = _("As an exercise of your own, {length}").format(length=formatting.step_detail(step, {}))
    return PickerEntry(_("“{name}”").format(name=name), detail, step, about)
