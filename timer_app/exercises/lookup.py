"""Finding an exercise by what a person calls it."""

from __future__ import annotations

from timer_app.exercises.model import Catalogue, Exercise
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.schema.near_names import advice
from timer_app.schema.table_reader import nearest
from timer_app.schema.yaml_errors import clipped


def find_exercise(name: str, catalogue: Catalogue) -> Exercise:
    """Return the exercise with this id or, in any case, this name. Raises Problem, with what may have been meant."""
    found = exercise_called(name, catalogue)
    if found is not None:
        return found
    ids = {word: exercise.id for word, exercise in _by_word(catalogue).items()}
    raise Problem(_('There is no exercise called "{name}".').format(name=clipped(name)), advice(name, ids))


def exercise_called(name: str, catalogue: Catalogue) -> Exercise | None:
    """Return the exercise with this id or, in any case, this name, or None."""
    return _by_word(catalogue).get(name.strip().casefold())


def exercise_meant(name: str, catalogue: Catalogue) -> Exercise | None:
    """Return the exercise that was probably meant by a name that is nearly right, or None."""
    known = _by_word(catalogue)
    meant = nearest(name.strip().casefold(), known)
    return None if meant is None else known[meant]


def _by_word(catalogue: Catalogue) -> dict[str, Exercise]:
    return {word: one for one in catalogue.values() for word in (one.name.casefold(), one.id)}
