"""Complete keys, exercises and usual values at a caret in the text of a session.

The completions come from the tables of the format, and from the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from timer_app.definition import format_fields
from timer_app.durations import is_duration, parse_duration
from timer_app.editing.text.caret_context import ITEM, CaretContext, find_context
from timer_app.exercises import tempo_field
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _, ngettext
from timer_app.schema.table_reader import Key
from timer_app.schema.value_types import Flag
from timer_app.schema.value_types import OneOf as Words
from timer_app.timeline.phrase_parser import spoken_languages


class CompletionItem(Struct, frozen=True):
    """A completion: the word, its meaning, and what is inserted after it, such as `: `.

    It also matches by its `name`.
    """

    word: str
    about: str
    after: str = ""
    name: str = ""


class Completion(Struct, frozen=True):
    """The choices, best first, for what stands from `start` to `end` (offsets in characters); there is at least one.

    `eager` is whether to show them without a request.
    """

    start: int
    end: int
    choices: tuple[CompletionItem, ...]
    eager: bool


_PLACES: Mapping[tuple[str, str], str] = {
    ("session", "steps"): "steps",
    ("steps", ITEM): "step",
    ("step", "steps"): "steps",
    ("step", "say"): "lines",
    ("lines", ITEM): "line",
    ("step", "tempo"): "tempo",
}
"""Where each key, or an item of a list, leads from each place of a session."""

_TABLES: Mapping[str, tuple[Key[object], ...]] = {
    "session": format_fields.SESSION_KEYS,
    "step": (*format_fields.EXERCISE_KEYS, *format_fields.ROUNDS_KEYS),
    "line": format_fields.SAY_KEYS,
    "tempo": tempo_field.TEMPO_KEYS,
}
_BEGINNINGS: tuple[Key[object], ...] = (
    format_fields.EXERCISE,
    format_fields.REST_LENGTH,
    format_fields.ROUNDS,
    format_fields.OWN_NAME,
)
_STARTS: Mapping[str, tuple[Key[object], ...]] = {"steps": _BEGINNINGS, "lines": (format_fields.AT,)}
_LISTS: tuple[Key[object], ...] = (format_fields.STEPS, format_fields.SAY)

_PAUSES = ("10s", "15s", "30s", "45s", "1:00")
_REP = ("2s", "3s", "4s", "5s", "6s")
_PHASE = ("1s", "2s", "3s")
_COUNTS = ("2", "3", "4", "5")
_USUAL: Mapping[str, tuple[str, ...]] = {
    "format": (str(format_fields.FORMAT),),
    "hold": ("10s", "20s", "30s", "45s", "1:00", "1:30"),
    "reps": ("5", "6", "8", "10", "12", "15"),
    "amrap": ("30s", "1:00", "2:00", "5:00"),
    "rep": _REP,
    "tempo": ("{lift: 1s, lower: 2s}", "{lift: 1s, hold: 1s, lower: 2s}", "{lift: 2s, hold: 2s, lower: 2s}"),
    "last_rep_hold": ("5s", "10s", "15s"),
    "sets": _COUNTS,
    "rest": _PAUSES,
    "switch": ("3s", "5s", "10s"),
    "setup": ("0", "5s", "10s", "15s", "20s"),
    "rounds": _COUNTS,
    "at": ("half", "5s", "15s", "-10s"),
    "lift": _PHASE,
    "lower": _PHASE,
}
"""Values that are usual in sessions, by the names of their keys."""

_REST_OF_WORD = re.compile(r"[^\s,\[\]{}#:]*")
_REST_OF_VALUE = re.compile(r"[^\s,\[\]{}#]*")
_APART = re.compile(r"[\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’")


def complete(text: str, offset: int, catalogue: Catalogue) -> Completion | None:
    """Return the completions at an offset of a session's text, which may be broken; None if there are none."""
    context = find_context(text, offset)
    place = _place(context.path) if context is not None else None
    if context is None or place is None:
        return None
    typed = text[context.start : offset]
    rest = (_REST_OF_WORD if context.key is None else _REST_OF_VALUE).match(text, offset)
    end = rest.end() if rest else offset
    choices: Iterable[CompletionItem]
    if context.key is None:
        choices, eager = _keys(place, context, catalogue), True
        if text[end : end + 1] == ":":
            choices = [replace(choice, after="") for choice in choices]
    else:
        key = next((key for key in _TABLES.get(place, ()) if key.name == context.key), None)
        choices = _exercises(catalogue) if key is format_fields.EXERCISE else _values(key, place)
        eager = key is format_fields.EXERCISE or (key is not None and isinstance(key.kind, Words | Flag))
    matches = _matching(typed, choices)
    if not matches or [choice.word + choice.after for choice in matches] == [typed]:
        return None
    return Completion(context.start, end, matches, eager)


def _place(path: tuple[str, ...]) -> str | None:
    """Return which part of a session a path leads to; None for none."""
    place: str | None = "session"
    for word in path:
        place = _PLACES.get((place or "", word))
    return place


def _keys(place: str, context: CaretContext, catalogue: Catalogue) -> Iterator[CompletionItem]:
    """Yield the keys that can be written in a place beside those that are there; in a list, how an item begins."""
    for key in _STARTS.get(place, ()):
        if not context.flow:
            yield CompletionItem(f"{ITEM} {key.name}", key.about, ": ")
    keys = _step_keys(context.given, catalogue) if place == "step" else _TABLES.get(place, ())
    for key in keys:
        if key.name not in context.given:
            after = f":\n{' ' * (context.column + 2)}{ITEM} " if key in _LISTS and not context.flow else ": "
            yield CompletionItem(key.name, _about(key), after)


def _about(key: Key[object]) -> str:
    if key.default is None:
        return key.about
    return _("{about} Left out: {default}.").format(about=key.about, default=_written(key.default))


def _written(value: object) -> str:
    """Return a default as it stands in a file."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _step_keys(given: Mapping[str, str], catalogue: Catalogue) -> Iterable[Key[object]]:
    """Return the keys that go with those that a step has, whatever sort of step it is so far."""
    if given.keys() & {"rounds", "steps", "shuffle"}:
        return format_fields.ROUNDS_KEYS
    if given.keys() <= {"rest", "name", "say"} and "rest" in given:
        return format_fields.REST_KEYS
    excluded = _excluded(given, catalogue)
    keys = tuple(key for key in format_fields.EXERCISE_KEYS if key not in excluded)
    return keys if given else dict.fromkeys((*_BEGINNINGS, *(key for key in keys if key is not format_fields.REST)))


def _excluded(given: Mapping[str, str], catalogue: Catalogue) -> set[Key[object]]:
    """Return the keys of an exercise that cannot stand beside those that are there."""
    excluded: set[Key[object]] = set()
    for together in (
        (format_fields.EXERCISE, format_fields.OWN_NAME),
        format_fields.WORK_KEYS,
        (format_fields.REP, format_fields.TEMPO),
    ):
        if any(key.name in given for key in together):
            excluded.update(together)
    exercise = catalogue.get(given.get("exercise", ""))
    if "reps" not in given:
        excluded |= {format_fields.REP, format_fields.TEMPO, format_fields.LAST_REP_HOLD}
    elif not given.keys() & {"rep", "tempo"} and (exercise is None or exercise.tempo is None):
        excluded.add(format_fields.LAST_REP_HOLD)
    if given.get("each_side") in (None, "false"):
        excluded |= {format_fields.FIRST_SIDE, format_fields.SWITCH}
    return excluded


def _exercises(catalogue: Catalogue) -> Iterator[CompletionItem]:
    for id_, exercise in sorted(catalogue.items()):
        yield CompletionItem(id_, f"{exercise.name}. {exercise.trains}", name=exercise.name)


def _values(key: Key[object] | None, place: str) -> Iterator[CompletionItem]:
    """Yield the words that a key's value can be, or that are usual."""
    if key is None:
        return
    kind = key.kind
    words: Iterable[str] = _USUAL.get(key.name, ())
    if isinstance(kind, Words):
        words = (word.value for word in kind.words)
    elif isinstance(kind, Flag):
        words = ("true",) if kind.only_true else ("true", "false")
    elif key is format_fields.LANGUAGE:
        words = spoken_languages()
    elif place == "tempo":
        words = _PHASE
    for word in words:
        default = key.default is not None and word == _written(key.default)
        yield CompletionItem(word, _("The same as leaving it out.") if default else _in_words(word))


def _in_words(value: str) -> str:
    """Return the meaning of a length or a moment; empty where it is evident."""
    length = value.removeprefix(ITEM)
    if value == "half":
        return _("Half way.")
    if length.isdecimal() or not is_duration(length):
        return ""
    count = parse_duration(length) // 1_000
    if value != length:
        return ngettext("{count} second before the end.", "{count} seconds before the end.", count).format(count=count)
    return ngettext("{count} second.", "{count} seconds.", count).format(count=count)


def _matching(typed: str, choices: Iterable[CompletionItem]) -> tuple[CompletionItem, ...]:
    """Return the choices that match what was typed, best first: each word typed begins one of the choice's."""
    typed_words = _parts(typed)
    ranked: list[tuple[int, CompletionItem]] = []
    for choice in choices:
        parts = [*_parts(choice.word), *_parts(choice.name)]
        if all(any(part.startswith(word) for part in parts) for word in typed_words):
            rank = 0 if choice.word == typed else 1 if choice.word.startswith(typed) else 2
            ranked.append((rank, choice))
    return tuple(choice for _rank, choice in sorted(ranked, key=lambda pair: pair[0]))


def _parts(text: str) -> list[str]:
    """Return a text's words, in lower case and with no apostrophes."""
    return [part for part in _APART.split(text.lower().translate(_APOSTROPHES)) if part]
