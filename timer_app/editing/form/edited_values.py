"""Convert what was typed or chosen in a form to values of its step's keys; None removes a key.

Any text is accepted: invalid ones stay in the file, with a problem shown beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.definition import format_fields
from timer_app.definition.model import ExerciseStep, Side, StepPath
from timer_app.definition.to_mapping import Outline, Value, step_outline
from timer_app.durations import format_duration, is_duration
from timer_app.editing.default_step import OWN_HOLD, OWN_REPS, usual_step
from timer_app.editing.draft_parser import Draft
from timer_app.editing.form.model import PACE, WORK, Control, Field, Form, Pace, WorkKind
from timer_app.editing.input_parsing import duration_of, tidied_duration
from timer_app.editing.raw_values import tags_in
from timer_app.exercises import tempo_field
from timer_app.exercises.model import Catalogue, Tempo, Usual
from timer_app.i18n import _

Values: TypeAlias = "Mapping[str, Value | None]"

_NUMBER = re.compile(r"[0-9]{1,6}\Z")
_REPS_ALONE = (format_fields.REP.name, format_fields.TEMPO.name, format_fields.LAST_REP_HOLD.name)
_SIDES_ALONE = (format_fields.FIRST_SIDE.name, format_fields.SWITCH.name)
_OWN_AMRAP: Milliseconds = 60_000
_OWN_REP: Milliseconds = 4_000
"""Default lengths of a rep and of an AMRAP without a usual dose; our choice."""

_TENTH: Milliseconds = 100
_DOSE = (
    *(key.name for key in format_fields.WORK_KEYS),
    *_REPS_ALONE,
    format_fields.SETS.name,
    format_fields.REST.name,
    format_fields.EACH_SIDE.name,
    *_SIDES_ALONE,
)


def values_of(form: Form, name: str, text: str) -> Values:
    """Return the values for a text in one of the form's fields; none if nothing changes."""
    field = form.field(name)
    if field is None:
        return {}
    if name == WORK:
        return _work(form, WorkKind(text))
    if name == PACE:
        return _pace(form, Pace(text))
    if name.startswith(f"{format_fields.TEMPO.name}."):
        return {format_fields.TEMPO.name: _phases(form, {name: value_of(field, text)})}
    value = value_of(field, text)
    if name == format_fields.EACH_SIDE.name and value is None:
        return {name: None, **_without(form, _SIDES_ALONE)}
    return {name: value}


def value_of(field: Field, text: str) -> Value | None:
    """Return the value for a text in a field: None for an empty one, or an empty text if the field is required."""
    plain = text.strip()
    value: Value | None = plain
    if not plain:
        value = "" if field.required else None
    elif field.control is Control.COUNT and _NUMBER.match(plain):
        value = int(plain)
    elif field.control in (Control.LENGTH, Control.PAUSE):
        value = tidied_duration(plain)
    elif field.control is Control.FLAG:
        value = True if plain == "true" else None
    elif field.control is Control.WORDS:
        value = tags_in(plain) or None
    elif field.control is Control.CHOICE and plain == Side.LEFT:
        value = None
    return value


def without(form: Form, key: str) -> Values:
    """Return the values that remove a stray."""
    name, _dot, phase = key.partition(".")
    if name == format_fields.TEMPO.name and phase:
        return {name: _phases(form, {key: None})}
    return {key: None}


def own_values(form: Form) -> Values:
    """Return the values that turn a catalogue exercise into one of the author's own, done in the same way."""
    exercise = form.exercise
    values: dict[str, Value | None] = {
        format_fields.EXERCISE.name: None,
        format_fields.OWN_NAME.name: exercise.name if exercise is not None else form.text(format_fields.EXERCISE.name),
    }
    if exercise is not None and not form.given(format_fields.HOW_TO.name):
        values[format_fields.HOW_TO.name] = exercise.position
    if exercise is not None and exercise.tempo is not None and form.text(PACE) == Pace.USUAL:
        values.update(_at(exercise.tempo))
    return values


def exchange(draft: Draft, path: StepPath, form: Form, chosen: ExerciseStep, catalogue: Catalogue) -> Values:
    """Return the values that put another exercise in a step's place: `chosen`, in its usual dose.

    How much of it there is stays, unless it is what is usual for the old exercise or none is given: then it is what is
    usual for the new one. What the author wrote about how to do the old one goes.
    """
    outline = step_outline(chosen)
    identity: dict[str, Value | None] = {
        key.name: outline.get(key.name) for key in (format_fields.EXERCISE, format_fields.OWN_NAME)
    }
    identity |= _without(form, (format_fields.HOW_TO.name,))
    step = draft.step(path)
    if not form.text(WORK) or (isinstance(step, ExerciseStep) and _is_usual(step, catalogue)):
        return {**_without(form, _DOSE), **identity, **{key: outline[key] for key in _DOSE if key in outline}}
    new = catalogue.get(chosen.exercise) if chosen.exercise is not None else None
    unpaced = new is None or new.tempo is None
    if unpaced and form.text(PACE) == Pace.USUAL:
        return {**identity, **_without(form, (format_fields.LAST_REP_HOLD.name,))}
    return identity


def line_value(name: str, text: str) -> Outline:
    """Return the value for a text as the moment (`at`) or the words (`line`) of a spoken line."""
    return {name: tidied_moment(text) if name == format_fields.AT.name else text.strip()}


def tidied_moment(text: str) -> str:
    """Return a typed moment in the spelling of the format: `-1m30` as `-1:30`, `halfway` as `half`; else unchanged."""
    plain = " ".join(text.split())
    if plain.casefold() in ("half", "halfway", "half way", "1/2", "½", _("half way")):
        return "half"
    minus = plain[:1] in ("-", "−", "–")
    length = tidied_duration(plain[1:] if minus else plain)
    if not is_duration(length):
        return plain
    return f"-{length}" if minus else length


def new_line(form: Form) -> Outline:
    """Return a new spoken line: at the first moment that fits, without words."""
    opens = form.text(WORK) == WorkKind.UNTIL_DONE or (
        form.text(WORK) == WorkKind.REPS
        and form.text(PACE) == Pace.USUAL
        and (form.exercise is None or form.exercise.tempo is None)
    )
    moments = {line.at for line in form.lines}
    at: Value = "half" if not opens and "half" not in moments else "5s"
    return {format_fields.AT.name: at, format_fields.LINE.name: ""}


def _without(form: Form, names: tuple[str, ...]) -> dict[str, Value | None]:
    """Return the values that remove those of the keys that are written."""
    return {name: None for name in names if form.given(name) or _has(form, name)}


def _has(form: Form, name: str) -> bool:
    """Return whether a key is written that has no field of its own name."""
    if name == format_fields.TEMPO.name and form.text(PACE) == Pace.PHASES:
        return True
    if name == format_fields.UNTIL_DONE.name and form.text(WORK) == WorkKind.UNTIL_DONE:
        return True
    return any(stray.key == name for stray in form.strays)


def _work(form: Form, chosen: WorkKind) -> Values:
    """Return the values for another kind of work, with the same amount or the exercise's usual one."""
    if form.text(WORK) == chosen:
        return {}
    usual = form.exercise.usual if form.exercise is not None else None
    values = _without(form, tuple(key.name for key in format_fields.WORK_KEYS))
    if chosen is not WorkKind.REPS:
        values |= _without(form, _REPS_ALONE)
    match chosen:
        case WorkKind.HOLD:
            length = _valid_length(form.text(format_fields.AMRAP.name))
            values[chosen] = length or format_duration(usual.hold if usual is not None and usual.hold else OWN_HOLD)
        case WorkKind.AMRAP:
            values[chosen] = _valid_length(form.text(format_fields.HOLD.name)) or format_duration(_OWN_AMRAP)
        case WorkKind.REPS:
            values |= _usual_reps(usual)
        case _:
            values[chosen] = True
    return {str(key): value for key, value in values.items()}


def _usual_reps(usual: Usual | None) -> Values:
    """Return an exercise's usual reps, with its usual hold of the last one."""
    if usual is None or not usual.reps:
        return {WorkKind.REPS: OWN_REPS}
    if not usual.last_rep_hold:
        return {WorkKind.REPS: usual.reps}
    return {WorkKind.REPS: usual.reps, format_fields.LAST_REP_HOLD.name: format_duration(usual.last_rep_hold)}


def _valid_length(text: str) -> Value | None:
    """Return a length in the spelling of the format, or None if it is not valid."""
    return tidied_duration(text) if duration_of(text) is not None else None


def _pace(form: Form, chosen: Pace) -> Values:
    """Return the values for another source of the pace, at the same speed."""
    if form.text(PACE) == chosen:
        return {}
    values = _without(form, (format_fields.REP.name, format_fields.TEMPO.name))
    usual = form.exercise.tempo if form.exercise is not None else None
    match chosen:
        case Pace.USUAL:
            return values if usual is not None else {**values, **_without(form, (format_fields.LAST_REP_HOLD.name,))}
        case Pace.REP:
            return {**values, format_fields.REP.name: format_duration(_rep_of(form, usual))}
        case _:
            length = _rep_of(form, usual)
            phased = usual if usual is not None and usual.phased and usual.rep == length else _halves(length)
            return {**values, format_fields.TEMPO.name: _written(phased)}


def _rep_of(form: Form, usual: Tempo | None) -> Milliseconds:
    """Return the length of a rep in the form, in milliseconds."""
    written = duration_of(form.text(format_fields.REP.name))
    if written is not None:
        return written
    phases = [
        duration_of(form.text(f"{format_fields.TEMPO.name}.{key.name}"), zero=True) or 0
        for key in tempo_field.TEMPO_KEYS
    ]
    return sum(phases) or (usual.rep if usual is not None else _OWN_REP)


def _halves(rep: Milliseconds) -> Tempo:
    """Return a tempo with half a rep for the way up and half for the way down."""
    lift = max(_TENTH, rep // 2 // _TENTH * _TENTH)
    return Tempo(lift, 0, rep - lift)


def _at(pace: Tempo) -> dict[str, Value | None]:
    """Return the values of a written pace."""
    return (
        {format_fields.TEMPO.name: _written(pace)}
        if pace.phased
        else {format_fields.REP.name: format_duration(pace.rep)}
    )


def _written(pace: Tempo) -> Outline:
    phases = {tempo_field.LIFT.name: pace.lift, tempo_field.HOLD.name: pace.hold, tempo_field.LOWER.name: pace.lower}
    return {name: format_duration(length) for name, length in phases.items() if length}


def _phases(form: Form, changed: Mapping[str, Value | None]) -> Outline:
    """Return the written phases of a rep with some of them changed, strays included."""
    inside = f"{format_fields.TEMPO.name}."
    values: dict[str, Value | None] = {}
    for field in form.fields:
        if field.name.startswith(inside):
            values[field.name] = value_of(field, field.text)
    values |= {stray.key: stray.text for stray in form.strays if stray.key.startswith(inside)}
    values |= changed
    return {name.removeprefix(inside): value for name, value in values.items() if value is not None}


def _is_usual(step: ExerciseStep, catalogue: Catalogue) -> bool:
    """Return whether a step is a catalogue exercise in its usual dose."""
    exercise = catalogue.get(step.exercise) if step.exercise is not None else None
    return exercise is not None and replace(step, about=None, setup=None, say=()) == usual_step(exercise)
