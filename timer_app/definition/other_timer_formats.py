"""Convert the shared files of other interval timers, and list what could not be converted.

JAWT shares `{title, version, position, sets: [{repetitions, exercises: [{name, duration}]}]}` with seconds, and keeps
`{workouts: [...]}`; TimeR keeps `{folders, timers: [{name, loop, steps, startStep, endStep}]}` with steps of
`{label, length, behaviour, type}` in milliseconds and groups of `{name, loop, steps}`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.format_fields import FORMAT_KEY
from timer_app.definition.model import ExerciseStep, Hold, RestStep, Rounds, Session, Step
from timer_app.durations import LONGEST, SHORTEST
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.schema.yaml_errors import clipped

_RESTS = ("rest", "pause", "break", "recovery")
_MOST_ROUNDS = 1_000
_DEEPEST = 8


class Converted(Struct, frozen=True):
    """A converted session, and what could not be converted, in the user's language."""

    session: Session
    lost: tuple[str, ...]


def convert(text: str, catalogue: Catalogue) -> tuple[Converted, ...] | None:
    """Return the sessions in a file of another timer, or None where the text is none that is known.

    Exercises that have the name of one in the catalogue become it.
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(tree, Mapping) or FORMAT_KEY.name in tree:
        return None
    names = {name.casefold(): exercise.id for exercise in catalogue.values() for name in (exercise.name, exercise.id)}
    for key, read in (("sets", _jawt), ("workouts", _jawt), ("timers", _timer), ("steps", _timer)):
        inner = tree.get(key)
        if isinstance(inner, list):
            trees = inner if key in ("workouts", "timers") else [tree]
            return tuple(session for session in (read(item, names) for item in trees) if session is not None)
    return None


@dataclass(slots=True)
class _Loss:
    """Collects what is lost, each thing once."""

    texts: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        if text not in self.texts:
            self.texts.append(text)

    def add_unknown(self, tree: Mapping[str, object], known_keys: Sequence[str], what: str) -> None:
        """Add the keys that have a value and are not converted."""
        for key, value in tree.items():
            if key not in known_keys and value not in (None, "", [], {}):
                self.add(_('"{key}" of {what} is not carried over.').format(key=clipped(str(key)), what=what))


def _jawt(tree: object, names: Mapping[str, str]) -> Converted | None:
    """Return a workout of JAWT's; None where it is none."""
    if not isinstance(tree, Mapping):
        return None
    loss = _Loss()
    loss.add_unknown(tree, ("title", "version", "position", "sets", "id"), _("the workout"))
    steps: list[Step] = []
    for block in _mappings(tree.get("sets")):
        loss.add_unknown(block, ("id", "repetitions", "exercises", "position"), _("a set"))
        inner: list[Step] = []
        for exercise in _mappings(block.get("exercises")):
            loss.add_unknown(exercise, ("id", "name", "duration", "position"), _("an exercise"))
            length = _number(exercise.get("duration"))
            inner += _timed(_text(exercise.get("name")), round(length * 1000), names, loss)
        steps += _repeated(inner, block.get("repetitions"), loss)
    return _finished(_text(tree.get("title")), steps, loss)


def _timer(tree: object, names: Mapping[str, str]) -> Converted | None:
    """Return a timer of TimeR's; None where it is none."""
    if not isinstance(tree, Mapping):
        return None
    loss = _Loss()
    loss.add_unknown(
        tree, ("id", "name", "loop", "steps", "startStep", "endStep", "folderId", "sortOrder"), _("the timer")
    )
    first = _timer_steps([tree.get("startStep")], names, loss, 0)
    last = _timer_steps([tree.get("endStep")], names, loss, 0)
    inner = _timer_steps(tree.get("steps"), names, loss, 0)
    return _finished(_text(tree.get("name")), [*first, *_repeated(inner, tree.get("loop"), loss), *last], loss)


def _timer_steps(tree: object, names: Mapping[str, str], loss: _Loss, depth: int) -> list[Step]:
    steps: list[Step] = []
    for step in _mappings(tree):
        if isinstance(step.get("steps"), list):
            loss.add_unknown(step, ("id", "name", "loop", "steps", "type"), _("a group"))
            if depth < _DEEPEST:
                steps += _repeated(_timer_steps(step["steps"], names, loss, depth + 1), step.get("loop"), loss)
            else:
                loss.add(_("Groups that are nested too deep are left out."))
            continue
        loss.add_unknown(step, ("id", "label", "length", "behaviour", "type"), _("a step"))
        for behaviour in _mappings(step.get("behaviour")):
            kind = clipped(_text(behaviour.get("type")) or _("unnamed"))
            loss.add(_('The behaviour "{kind}" of steps is not carried over.').format(kind=kind))
        steps += _timed(_text(step.get("label")), round(_number(step.get("length"))), names, loss)
    return steps


def _timed(name: str, length: Milliseconds, names: Mapping[str, str], loss: _Loss) -> list[Step]:
    """Return a step of `length`, or none and add the loss if the length is out of range."""
    own = _name(name, loss)
    if not SHORTEST <= length <= LONGEST:
        loss.add(_('"{name}" is left out: its length is not between 0.1 s and 4 h.').format(name=clipped(own)))
        return []
    if name.casefold() in _RESTS:
        return [RestStep(length, None if name.casefold() == "rest" else own)]
    exercise = names.get(name.casefold())
    if exercise is not None:
        return [ExerciseStep(Hold(length), exercise=exercise)]
    return [ExerciseStep(Hold(length), name=own or _("Exercise"))]


def _repeated(steps: Sequence[Step], times: object, loss: _Loss) -> list[Step]:
    """Return steps as rounds where they are done more than once."""
    count = round(_number(times))
    if count > _MOST_ROUNDS:
        loss.add(_("More than {limit} rounds become {limit}.").format(limit=_MOST_ROUNDS))
    if count <= 1 or not steps:
        return list(steps)
    return [Rounds(min(count, _MOST_ROUNDS), tuple(steps))]


def _finished(title: str, steps: Sequence[Step], loss: _Loss) -> Converted | None:
    """Return the session; None where nothing of it is left. Its steps follow one another without time to set up."""
    if not steps:
        return None
    session = Session(name=_name(title, loss) or _("Imported session"), steps=tuple(steps), setup=0)
    return Converted(session, tuple(loss.texts))


def _name(text: str, loss: _Loss) -> str:
    """Return a text as a name: in one line, and no longer than a name can be."""
    name = " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())
    if len(name) > 80:
        loss.add(_('The name "{name}" is cut to 80 characters.').format(name=clipped(name)))
    return name[:80].strip()


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _number(value: object) -> float:
    """Return a number that a count or a length can be, else 0."""
    return value if isinstance(value, int | float) and 0 <= value <= LONGEST * 10 else 0
