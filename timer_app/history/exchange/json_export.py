"""Convert the whole history to a JSON document and back, as docs/history-json.md describes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeAlias, TypeVar, cast

from timer_app.clock import Milliseconds
from timer_app.definition.model import Side
from timer_app.history.bounds import DAY, ID, INTERVAL, LONGEST, MOMENT, RUN, Bound, is_texts, one_of
from timer_app.history.db_file import definition_hash
from timer_app.history.exchange.export_formats import run_json
from timer_app.history.reader import record_of
from timer_app.history.records import (
    IntervalOutcome,
    IntervalRecord,
    Pause,
    PauseKind,
    RunBegun,
    RunOutcome,
    RunRecord,
    Tag,
    TagKind,
)
from timer_app.history.row_mapping import (
    clean,
    days_since_1970,
    local_time,
    moment,
    seal_pause_as,
    seal_run_as,
    write_pause,
    write_run,
)
from timer_app.history.run_edits import pauses
from timer_app.i18n import _
from timer_app.schema.yaml_errors import clipped

FORMAT = "guided-session-timer history"
VERSION = 1

Deletions: TypeAlias = dict[str, dict[str, tuple[int, int]]]
"""For `run` and `pause`, when each id was deleted and changed, in microseconds since 1970."""

_Node: TypeAlias = Mapping[str, object]
_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


class DocumentError(ValueError):
    """A text that is no history in JSON, with a reason for the user. Never leaves this package."""


def document(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the pieces of a JSON document; the same history always gives the same text."""
    yield f'{{"format": {_text(FORMAT)}, "version": {VERSION},\n "definitions": {{'
    query = """
        SELECT hash, text FROM definition WHERE number IN (SELECT definition FROM run WHERE deleted_at IS NULL)
        ORDER BY hash
    """
    yield from _listed(f"{_text(fingerprint)}: {_text(text)}" for fingerprint, text in connection.execute(query))
    yield '},\n "runs": ['
    runs = connection.execute(
        "SELECT id, changed_at, next_asked FROM run WHERE deleted_at IS NULL ORDER BY started_at, id"
    )
    yield from _listed(_text(_run_node(connection, *row)) for row in runs)
    yield '],\n "pauses": ['
    changed = dict(connection.execute("SELECT id, changed_at FROM pause"))
    yield from _listed(_text(_pause_node(pause, changed[pause.id])) for pause in reversed(pauses(connection)))
    yield '],\n "deleted": {'
    for table, name in (("run", "runs"), ("pause", "pauses")):
        yield f'{", " if table == "pause" else ""}"{name}": ['
        rows = connection.execute(
            f"SELECT id, deleted_at, changed_at FROM {table} WHERE deleted_at IS NOT NULL ORDER BY id"  # noqa: S608 - a table of ours
        )
        yield from _listed(
            _text({"id": of_id, "deleted_at": _moment_text(deleted), "changed_at": _moment_text(changed_at)})
            for of_id, deleted, changed_at in rows
        )
        yield "]"
    yield "}}\n"


def load_document(text: bytes, into: sqlite3.Connection) -> Deletions:
    """Write the runs and pauses of a document into an empty history; return its deletions.

    Raises DocumentError.
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(_("it is not JSON")) from error
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise DocumentError(_("it is not a history of this program"))
    version = tree.get("version")
    if type(version) is not int or version < 1:
        raise DocumentError(_("its version is missing"))
    if version > VERSION:
        raise DocumentError(_("it was written by a newer version of this program"))
    definitions = _definitions(tree)
    for where, node in _nodes(tree, "runs", ""):
        run = _run(node, where, definitions)
        write_run(into, run, run.begun.started_at)
        into.execute("UPDATE run SET next_asked = ? WHERE id = ?", (_flag(node, "next_asked", where), run.begun.id))
        number = into.execute("SELECT number FROM run WHERE id = ?", (run.begun.id,)).fetchone()[0]
        seal_run_as(into, number, _when(node, "changed_at", where))
    for where, node in _nodes(tree, "pauses", ""):
        pause = _pause(node, where)
        changed_at = _when(node, "changed_at", where)
        write_pause(into, pause, local_time(changed_at, 0))
        seal_pause_as(into, pause.id, changed_at)
    return _deleted(tree)


def _listed(items: Iterator[str]) -> Iterator[str]:
    """Yield the items of a JSON list, each on a line of its own."""
    before = "\n  "
    for item in items:
        yield before + item
        before = ",\n  "


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _moment_text(microseconds: int) -> str:
    return local_time(microseconds, 0).astimezone(UTC).isoformat()


def _run_node(connection: sqlite3.Connection, run_id: str, changed_at: int, next_asked: int) -> dict[str, object]:
    record = record_of(connection, run_id)
    if record is None:
        raise LookupError(f"no run {run_id!r} in the history")
    node = {
        "definition": record.begun.definition_hash,
        "next_asked": bool(next_asked),
        "changed_at": _moment_text(changed_at),
    }
    return run_json(record) | node


def _pause_node(pause: Pause, changed_at: int) -> dict[str, object]:
    return {
        "id": pause.id,
        "kind": pause.kind.value,
        "first": pause.first.isoformat(),
        "last": None if pause.last is None else pause.last.isoformat(),
        "note": pause.note,
        "changed_at": _moment_text(changed_at),
    }


def _wrong(where: str, expected: str) -> DocumentError:
    return DocumentError(_("{where} is not {wanted}").format(where=where, wanted=expected))


def _nodes(parent: _Node, key: str, where: str) -> Iterator[tuple[str, _Node]]:
    items = parent.get(key, [])
    place = f"{where}.{key}" if where else key
    if not isinstance(items, list):
        raise _wrong(place, _("a list"))
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            raise _wrong(f"{place}[{number}]", _("an object"))
        yield f"{place}[{number}]", cast("_Node", item)


def _definitions(tree: _Node) -> Mapping[str, str]:
    definitions = tree.get("definitions", {})
    if not isinstance(definitions, dict):
        raise _wrong("definitions", _("an object"))
    for fingerprint, text in definitions.items():
        if not isinstance(text, str) or _fingerprint(text) != fingerprint:
            raise _wrong(f"definitions.{clipped(fingerprint)}", _("the text of that SHA-256"))
    return definitions


def _fingerprint(text: str) -> str | None:
    """Return the SHA-256 of a text in hex; None for a text with lone surrogates."""
    try:
        return definition_hash(text)
    except UnicodeEncodeError:
        return None


def _run(node: _Node, where: str, definitions: Mapping[str, str]) -> RunRecord:
    fingerprint = _words(node, "definition", where)
    if fingerprint not in definitions:
        raise _wrong(f"{where}.definition", _("among the definitions"))
    left_out = node.get("left_out", [])
    if not is_texts(left_out):
        raise _wrong(f"{where}.left_out", RUN["left_out"].describe())
    intervals = tuple(_interval(each, place) for place, each in _nodes(node, "intervals", where))
    if not RUN["actual"].accepts(sum(interval.actual for interval in intervals)):
        raise _wrong(f"{where}.intervals", RUN["actual"].describe())
    return RunRecord(
        begun=RunBegun(
            id=_id(node, where),
            session=_words(node, "session", where),
            stem=_words(node, "stem", where),
            definition=definitions[fingerprint],
            definition_hash=fingerprint,
            planned=_length(node, "planned_seconds", where) or 0,
            started_at=_moment(node, "started_at", where),
            left_out=_text(left_out),
        ),
        ended_at=_or_none(_moment, node, "ended_at", where),
        outcome=_choice(node, "outcome", where, RunOutcome),
        intervals=intervals,
        effort=_whole(node, "effort", where, RUN),
        comfort_before=_whole(node, "comfort_before", where, RUN),
        comfort_after=_whole(node, "comfort_after", where, RUN),
        comfort_next=_whole(node, "comfort_next", where, RUN),
        note=_words(node, "note", where, ""),
        tags=tuple(
            Tag(_choice(each, "kind", place, TagKind), _words(each, "word", place))
            for place, each in _nodes(node, "tags", where)
        ),
        away=_flag(node, "away", where),
        resume_at=_whole(node, "resume_at", where, RUN),
    )


def _interval(node: _Node, where: str) -> IntervalRecord:
    position = _whole(node, "position", where, INTERVAL)
    actual = _length(node, "actual_seconds", where)
    if position is None or actual is None:
        raise _wrong(where, _("an interval with its position and actual_seconds"))
    return IntervalRecord(
        position=position,
        exercise=_or_none(_words, node, "exercise", where),
        title=_words(node, "title", where, ""),
        kind=_words(node, "kind", where),
        side=None if node.get("side") is None else _choice(node, "side", where, Side),
        set=_whole(node, "set", where, INTERVAL),
        round=_whole(node, "round", where, INTERVAL),
        planned=_length(node, "planned_seconds", where),
        actual=actual,
        outcome=_choice(node, "outcome", where, IntervalOutcome),
        planned_reps=_whole(node, "planned_reps", where, INTERVAL),
        actual_reps=_whole(node, "actual_reps", where, INTERVAL),
        attempts=1 if node.get("attempts") is None else _whole(node, "attempts", where, INTERVAL) or 1,
    )


def _pause(node: _Node, where: str) -> Pause:
    first = _day(node, "first", where)
    last = _or_none(_day, node, "last", where)
    if last is not None and last < first:
        raise _wrong(f"{where}.last", _("a day after the first"))
    kind = _choice(node, "kind", where, PauseKind)
    return Pause(_id(node, where), kind, first, last, _words(node, "note", where, ""))


def _deleted(tree: _Node) -> Deletions:
    deleted = tree.get("deleted", {})
    if not isinstance(deleted, dict):
        raise _wrong("deleted", _("an object"))
    return {
        table: {
            _id(node, where): (_when(node, "deleted_at", where), _when(node, "changed_at", where))
            for where, node in _nodes(deleted, name, "deleted")
        }
        for table, name in (("run", "runs"), ("pause", "pauses"))
    }


def _words(node: _Node, key: str, where: str, default: str | None = None) -> str:
    value = node.get(key, default)
    if not isinstance(value, str):
        raise _wrong(f"{where}.{key}", _("a text"))
    return clean(value)


def _id(node: _Node, where: str) -> str:
    value = _words(node, "id", where)
    if not ID.accepts(value):
        raise _wrong(f"{where}.id", ID.describe())
    return value


def _whole(node: _Node, key: str, where: str, bounds: Mapping[str, Bound]) -> int | None:
    value = node.get(key)
    if not bounds[key].accepts(value):
        raise _wrong(f"{where}.{key}", bounds[key].describe())
    return cast("int | None", value)


def _length(node: _Node, key: str, where: str) -> Milliseconds | None:
    value = node.get(key)
    if value is None:
        return None
    # Before rounding, which fails for infinity and NaN.
    if type(value) not in (int, float) or not 0 <= cast("float", value) <= LONGEST / 1000:
        raise _wrong(f"{where}.{key}", _("a length in seconds, up to {most}").format(most=LONGEST // 1000))
    return round(cast("float", value) * 1000)


def _flag(node: _Node, key: str, where: str) -> bool:
    value = node.get(key, False)
    if not isinstance(value, bool):
        raise _wrong(f"{where}.{key}", _("true or false"))
    return value


def _choice(node: _Node, key: str, where: str, kind: type[_E]) -> _E:
    value = node.get(key)
    if isinstance(value, str) and value in list(kind):
        return kind(value)
    raise _wrong(f"{where}.{key}", one_of(kind).describe())


def _moment(node: _Node, key: str, where: str) -> datetime:
    expected = _("a time with its zone, as in 2026-03-14T18:30:00+01:00")
    try:
        value = datetime.fromisoformat(_words(node, key, where))
    except ValueError as error:
        raise _wrong(f"{where}.{key}", expected) from error
    if value.tzinfo is None:
        raise _wrong(f"{where}.{key}", expected)
    if not MOMENT.accepts(moment(value)[0]):
        raise _wrong(f"{where}.{key}", MOMENT.describe())
    return value


def _when(node: _Node, key: str, where: str) -> int:
    return moment(_moment(node, key, where))[0]


def _day(node: _Node, key: str, where: str) -> date:
    expected = _("a day, as in 2026-03-14")
    try:
        value = date.fromisoformat(_words(node, key, where))
    except ValueError as error:
        raise _wrong(f"{where}.{key}", expected) from error
    if not DAY.accepts(days_since_1970(value)):
        raise _wrong(f"{where}.{key}", DAY.describe())
    return value


def _or_none(read: Callable[[_Node, str, str], _T], node: _Node, key: str, where: str) -> _T | None:
    return None if node.get(key) is None else read(node, key, where)
