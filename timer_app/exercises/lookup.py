"""Find an exercise by its name or id."""

from __future__ import annotations

from timer_app.exercises.model import Catalogue, Exercise
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.schema.near_names import advice
from timer_app.schema.table_reader import nearest
from timer_app.schema.yaml_errors import clipped


def find_exercise(name: str, catalogue: Catalogue) -> Exercise:
    """Return the exercise with this id or, in any case, this name. Raises Problem, with suggestions."""
    exercise = exercise_named(name, catalogue)
    if exercise is not None:
        return exercise
    ids = {word: exercise.id for word, exercise in _by_word(catalogue).items()}
    raise Problem(_('There is no exercise called "{name}".').format(name=clipped(name)), advice(name, ids))


def exercise_named(name: str, catalogue: Catalogue) -> Exercise | None:
    """Return the exercise with this id or, in any case, this name, or None."""
    return _by_word(catalogue).get(name.strip().casefold())


def closest_exercise(name: str, catalogue: Catalogue) -> Exercise | None:
    """Return the exercise that was probably meant by a name that is nearly right, or None."""
    by_word = _by_word(catalogue)
    meant = nearest(name.strip().casefold(), by_word)
    return None if meant is None else by_word[meant]


def _by_word(catalogue: Catalogue) -> dict[str, Exercise]:
    return {word: exercise for exercise in catalogue.values() for word in (exercise.name.casefold(), exercise.id)}
