"""`timer-app exercises`: what can be done in a session, exercise by exercise."""

from __future__ import annotations

import textwrap
from argparse import Namespace
from collections.abc import Mapping

from timer_app.cli.output import print_error, print_json, print_lines
from timer_app.context import AppContext
from timer_app.editing.default_step import usual_step
from timer_app.exercises.body_areas import area_of, by_area
from timer_app.exercises.lookup import find_exercise
from timer_app.exercises.model import Catalogue, Exercise, Usual
from timer_app.i18n import _
from timer_app.presentation.exercise_text import area_title, tempo_text
from timer_app.presentation.formatting import step_detail

_WIDTH = 100


def run(context: AppContext, options: Namespace) -> int:
    """List the exercises, or describe one. Raises Problem."""
    catalogue = context.catalogue
    if options.name is not None:
        exercise = find_exercise(options.name, catalogue)
        if options.json:
            return print_json(_as_json(exercise))
        print_lines(*_description(exercise, catalogue))
        return 0
    if options.json:
        return print_json([_as_json(exercise) for exercise in catalogue.values()])
    _print_list(catalogue)
    for finding in context.loaded_catalogue.findings:
        print_error(f"timer-app: {finding}")
    return 0


def _print_list(catalogue: Catalogue) -> None:
    width = max((len(identifier) for identifier in catalogue), default=0)
    name_width = max((len(exercise.name) for exercise in catalogue.values()), default=0)
    for number, (area, exercises) in enumerate(by_area(catalogue.values()).items()):
        print_lines(*([""] if number else []), area_title(area))
        for exercise in exercises:
            print_lines(f"  {exercise.id:{width}}  {exercise.name:{name_width}}  {exercise.trains}")


def _description(exercise: Exercise, catalogue: Catalogue) -> list[str]:
    """Return an exercise in full, as lines."""
    facts = [
        (_("trains"), exercise.trains),
        (_("position"), exercise.position),
        *((_("cue"), cue) for cue in exercise.cues),
        (_("careful"), exercise.caution),
        (_("how much"), exercise.dose or ""),
        (_("usual"), step_detail(usual_step(exercise), catalogue) if exercise.usual is not None else ""),
        (_("tempo"), tempo_text(exercise.tempo)),
        (_("easier"), _named(exercise.easier, catalogue)),
        (_("harder"), _named(exercise.harder, catalogue)),
    ]
    width = max(len(word) for word, _text in facts)
    lines = [f"{exercise.name} ({exercise.id})"]
    before = ""
    for word, text in facts:
        first = f"  {word if word != before else '':{width}}  "
        before = word
        lines += textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
    return lines


def _named(identifier: str | None, catalogue: Catalogue) -> str:
    if identifier is None:
        return ""
    exercise = catalogue.get(identifier)
    return identifier if exercise is None else f"{exercise.name} ({identifier})"


def _as_json(exercise: Exercise) -> Mapping[str, object]:
    tempo = exercise.tempo
    pace: dict[str, float] | None = None
    if tempo is not None:
        phases = {"rep": tempo.rep, "lift": tempo.lift, "hold": tempo.hold, "lower": tempo.lower}
        pace = {phase: length / 1000 for phase, length in phases.items()}
    return {
        "exercise": exercise.id,
        "name": exercise.name,
        "trains": exercise.trains,
        "area": area_of(exercise),
        "position": exercise.position,
        "cues": list(exercise.cues),
        "caution": exercise.caution,
        "dose": exercise.dose,
        "usual": None if exercise.usual is None else _usual_json(exercise.usual),
        "tempo_seconds": pace,
        "easier": exercise.easier,
        "harder": exercise.harder,
    }


def _usual_json(usual: Usual) -> Mapping[str, object]:
    return {
        "hold_seconds": None if usual.hold is None else usual.hold / 1000,
        "reps": usual.reps,
        "last_rep_hold_seconds": usual.last_rep_hold / 1000,
        "sets": usual.sets,
        "rest_seconds": usual.rest / 1000,
        "each_side": usual.each_side,
    }
