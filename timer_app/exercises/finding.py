"""Finding an exercise by what a person calls it."""

from __future__ import annotations

from timer_app.exercises.model import Catalogue, Exercise
from timer_app.fields import nearest
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.yaml_words import clipped


def find_exercise(name: str, catalogue: Catalogue) -> Exercise:
    """Return the exercise with this id or, in any case, this name. Raises Problem, with what may have been meant."""
    wanted = name.strip().casefold()
    known = {word: one for one in catalogue.values() for word in (one.name.casefold(), one.id)}
    found = known.get(wanted)
    if found is not None:
        return found
    meant = nearest(wanted, known)
    advice = (
        _("Did you mean {name}?").format(name=known[meant].id)
        if meant is not None
        else _("List them to see which there are.")
    )
    raise Problem(_('There is no exercise called "{name}".').format(name=clipped(name)), advice)
