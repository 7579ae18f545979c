"""The allowed values of each column of the history, for imports and for what is read.

Whatever the program writes is within these bounds; what is beyond them need not be shown anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.model import Side
from timer_app.history.records import IntervalOutcome, PauseKind, RunOutcome, TagKind
from timer_app.i18n import _

LONGEST: Milliseconds = 1_000_000_000
"""The longest recorded length of an interval: eleven days."""

_MOST = 1_000_000_000
_LONGEST_RUN: Milliseconds = 10_000 * LONGEST
_LARGEST_SUM = 1_000_000_000_000_000
_LONGEST_ID = 200
_DAY_SECONDS = 86_400
# Far from the ends of the calendar, beyond which another zone's date, or the week before, would lie.
_FIRST, _LAST = date(1900, 1, 1), date(2900, 12, 31)
_FIRST_DAY, _LAST_DAY = ((each - date(1970, 1, 1)).days for each in (_FIRST, _LAST))


class Bound(Struct, frozen=True):
    """The allowed values of a column: a test, a description in words, and whether it is a text.

    `sql` is a condition on a column `{0}` that fails wherever the bound does not hold, but for what a text is made of.
    """

    accepts: Callable[[object], bool]
    describe: Callable[[], str]
    sql: str
    is_text: bool = False


def whole_number(low: int, high: int) -> Bound:
    """Return the bound of a whole number."""
    return Bound(
        lambda value: type(value) is int and low <= value <= high,
        lambda: _("a whole number from {low} to {high}").format(low=low, high=high),
        f"typeof({{0}}) = 'integer' AND {{0}} BETWEEN {low} AND {high}",
    )


def one_of(choices: Iterable[str]) -> Bound:
    """Return the bound of a word that is one of `choices`."""
    words = tuple(map(str, choices))
    return Bound(
        lambda value: isinstance(value, str) and value in words,
        lambda: _("one of {choices}").format(choices=", ".join(words)),
        f"{{0}} IN ({', '.join(map(repr, words))})",
    )


def optional(bound: Bound) -> Bound:
    """Return the bound that also accepts NULL."""
    sql = f"({{0}} IS NULL OR {bound.sql})"
    return Bound(lambda value: value is None or bound.accepts(value), bound.describe, sql, bound.is_text)


def describe_invalid(bounds: Mapping[str, Bound], values: Sequence[object]) -> str:
    """Return what is wrong in the values, given in the order of the columns; empty where all are valid."""
    for (column, bound), value in zip(bounds.items(), values, strict=True):
        if not bound.accepts(value):
            return _("{where} is not {wanted}").format(where=column, wanted=bound.describe())
    return ""


def _is_text(value: object) -> bool:
    """Return whether it is a text that SQLite and UTF-8 can store."""
    return isinstance(value, str) and "\0" not in value and (value.isascii() or _is_unicode(value))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and value.isprintable()


def is_texts(value: object) -> bool:
    """Return whether a JSON value is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _as_json(holds: Callable[[object], bool]) -> Callable[[object], bool]:
    """Return a test whether a text is JSON for which `holds` is true."""

    def is_such(value: object) -> bool:
        try:
            return isinstance(value, str) and _is_text(value) and holds(json.loads(value))
        except (ValueError, RecursionError):
            return False

    return is_such


def _is_state(value: object) -> bool:
    """Return whether a JSON value is the state that a change of a run or a pause records."""
    return isinstance(value, dict) and all(name in _STATE and _STATE[name](each) for name, each in value.items())


def _is_tags(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(tag, list) and len(tag) == 2 and TAG["kind"].accepts(tag[0]) and TAG["word"].accepts(tag[1])
        for tag in value
    )


_TEXT_SQL = "typeof({0}) = 'text' AND instr({0}, char(0)) = 0"

TEXT = Bound(_is_text, lambda: _("a text"), _TEXT_SQL, is_text=True)
ID = Bound(_is_id, lambda: _("an id"), _TEXT_SQL, is_text=True)
TEXTS = Bound(_as_json(is_texts), lambda: _("a list of texts"), _TEXT_SQL, is_text=True)
FLAG = whole_number(0, 1)
COUNT = optional(whole_number(0, _MOST))
COMFORT = optional(whole_number(0, 10))
EFFORT = optional(whole_number(1, 10))


def _named(bound: Bound, describe: Callable[[], str]) -> Bound:
    return Bound(bound.accepts, describe, bound.sql)


LENGTH = _named(whole_number(0, LONGEST), lambda: _("a length of up to {days} days").format(days=LONGEST // 86_400_000))
_SPENT = _named(whole_number(0, _LONGEST_RUN), lambda: _("a length that a run can have"))
DAY = _named(whole_number(_FIRST_DAY, _LAST_DAY), lambda: _span(_("a day from {first} to {last}")))
MOMENT = _named(
    whole_number(_FIRST_DAY * _DAY_SECONDS * 1_000_000, _LAST_DAY * _DAY_SECONDS * 1_000_000),
    lambda: _span(_("a time from {first} to {last}")),
)
OFFSET = _named(whole_number(1 - _DAY_SECONDS, _DAY_SECONDS - 1), lambda: _("the offset of a zone, under a day"))


def _span(text: str) -> str:
    return text.format(first=_FIRST.year, last=_LAST.year)


DEFINITION: Mapping[str, Bound] = {"text": TEXT}

RUN: Mapping[str, Bound] = {
    "id": ID,
    "session": TEXT,
    "stem": TEXT,
    "started_at": MOMENT,
    "started_offset": OFFSET,
    "ended_at": optional(MOMENT),
    "ended_offset": optional(OFFSET),
    "outcome": one_of(RunOutcome),
    "planned": LENGTH,
    "actual": _SPENT,
    "effort": EFFORT,
    "comfort_before": COMFORT,
    "comfort_after": COMFORT,
    "note": TEXT,
    "comfort_next": COMFORT,
    "away": FLAG,
    "next_asked": FLAG,
    "left_out": TEXTS,
    "changed_at": MOMENT,
    "deleted_at": optional(MOMENT),
    "resume_at": COUNT,
}

INTERVAL: Mapping[str, Bound] = {
    "position": whole_number(0, _MOST),
    "exercise": optional(TEXT),
    "title": TEXT,
    "kind": TEXT,
    "side": optional(one_of(Side)),
    "set": COUNT,
    "round": COUNT,
    "planned": optional(LENGTH),
    "actual": LENGTH,
    "outcome": one_of(IntervalOutcome),
    "planned_reps": COUNT,
    "actual_reps": COUNT,
    "attempts": whole_number(1, _MOST),
}

TAG: Mapping[str, Bound] = {"kind": one_of(TagKind), "word": TEXT}

PAUSE: Mapping[str, Bound] = {
    "id": ID,
    "kind": one_of(PauseKind),
    "first_day": DAY,
    "last_day": optional(DAY),
    "note": TEXT,
    "changed_at": MOMENT,
    "deleted_at": optional(MOMENT),
}

_STATE: Mapping[str, Callable[[object], bool]] = {
    **{name: RUN[name].accepts for name in ("effort", "comfort_before", "comfort_after", "comfort_next", "note")},
    **{name: PAUSE[name].accepts for name in ("kind", "first_day", "last_day")},
    "tags": _is_tags,
    "deleted": lambda value: isinstance(value, bool),
}
"""The fields of a run or a pause that a change records."""

_CHANGED = Bound(_as_json(_is_state), lambda: _("what can be changed, in JSON"), _TEXT_SQL, is_text=True)

CHANGE: Mapping[str, Bound] = {
    "made_at": MOMENT,
    "subject": one_of(("run", "pause")),
    "id": ID,
    "before": _CHANGED,
    "after": _CHANGED,
    "undone": FLAG,
}

_SUM = optional(whole_number(-_LARGEST_SUM, _LARGEST_SUM))


def sum_bounds(columns: Mapping[str, str]) -> dict[str, Bound]:
    """Return the bounds of a table of sums, by the types of its columns."""
    return {
        name: DAY if name == "day" else optional(TEXT) if kind == "TEXT" else _SUM for name, kind in columns.items()
    }
