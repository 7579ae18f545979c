"""Rows of a history that no page could show, found in a file that is whole and sealed all the same.

They come from another hand than this program's: seals are no secret. What comes in with such a row is refused; in the
own history the rest is read without it, until the journal takes it out and keeps it in a file of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from timer_app.atomic_write import write_atomically
from timer_app.history.bounds import (
    CHANGE,
    DEFINITION,
    INTERVAL,
    PAUSE,
    RUN,
    TAG,
    Bound,
    describe_invalid,
    sum_bounds,
)
from timer_app.history.db_file import empty_store, findings, writing
from timer_app.history.errors import RowsSetAside, is_disk_error
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.schema.yaml_errors import clipped

_PARTS = {"interval": INTERVAL, "tag": TAG}
_SUMS = ("day_sum", "exercise_sum", "comfort_sum")
_KEPT = ("definition", "run", "interval", "tag", "pause", "change")
"""All tables but the sums, each after those that it refers to."""

_CHANGED = ("run", "pause")
_CHANGES = "subject = '{table}' AND id IN (SELECT id FROM {table} WHERE number = ?)"
"""The changes of a run or a pause."""

_Answer = TypeVar("_Answer")


class InvalidRow(Struct, frozen=True):
    """A row that cannot be shown: its table, its number there, what it may be called, and what is wrong.

    An interval or a tag makes its run invalid; `summed` is a week whose sums are none.
    """

    table: str
    number: int
    name: str
    reason: str

    def __str__(self) -> str:
        name = f" ({self.name})" if self.name else ""
        return f"{self.table} {self.number}{name}: {self.reason}"


def find_invalid_rows(connection: sqlite3.Connection) -> tuple[InvalidRow, ...]:
    """Return all rows of a history of any version that cannot be shown. Raises sqlite3.Error."""
    with _as_stored(connection):
        return tuple(_invalid_rows(connection))


def copy_valid_rows(connection: sqlite3.Connection, without: Iterable[InvalidRow]) -> sqlite3.Connection:
    """Return a history of the newest version, in memory, with all of another one but its sums and some rows.

    Nothing of the other's making is in it but values that were looked at: no table, trigger or default of its own.
    """
    memory = empty_store()
    gone = {table: json.dumps([row.number for row in without if row.table == table]) for table in _KEPT}
    with writing(memory):
        for table in _KEPT:
            ours = _columns(memory, table)
            columns = ", ".join(f'"{name}"' for name in _columns(connection, table) if name in ours)
            if not columns:
                continue
            number, of = ("run", "run") if table in _PARTS else ("number", table)
            query = f"SELECT {columns} FROM {table} WHERE {number} NOT IN (SELECT value FROM json_each(?))"  # noqa: S608 - names of ours
            places = ", ".join("?" * (columns.count(",") + 1))
            insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names of ours
            memory.executemany(insert, connection.execute(query, (gone[of],)))
    return memory


def query_valid_rows(connection: sqlite3.Connection, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
    """Return what a question to a history gives; where rows that cannot be shown stand in its way, without them.

    Raises whatever the question raises where no row is to blame.
    """
    try:
        return question(connection)
    except Exception as error:
        # Any reader may stumble over such a row, each in its own way: what comes of it is no fault of theirs.
        if isinstance(error, Problem | LookupError) or is_disk_error(error) or findings(connection):
            raise
        invalid = find_invalid_rows(connection)
        if not invalid:
            raise
    with closing(copy_valid_rows(connection, invalid)) as memory:
        return question(memory)


def quarantine_invalid_rows(connection: sqlite3.Connection, kept: Path) -> RowsSetAside | None:
    """Take the rows that cannot be shown out of the open history; return what to tell, None without any.

    All that is in them is written into the file `kept` first. Raises OSError, sqlite3.Error.
    """
    invalid = find_invalid_rows(connection)
    if not invalid:
        return None
    told = tuple(row for row in invalid if row.table != "summed")
    if told:
        with _as_stored(connection):
            content = [_whole(connection, row) for row in told]
        write_atomically(kept, (json.dumps(content, indent=1, default=_blob) + "\n").encode())
    with writing(connection):
        for row in invalid:
            _take_out(connection, row)
    return RowsSetAside(tuple(map(str, told)), kept) if told else None


def _invalid_rows(connection: sqlite3.Connection) -> Iterator[InvalidRow]:
    texts = {number: reason for number, _values, reason in _rows(connection, "definition", DEFINITION)}
    yield from _invalid_runs(connection, texts)
    # After the runs of it: in this order they can be taken out.
    yield from (InvalidRow("definition", number, "", reason) for number, reason in texts.items() if reason)
    for number, values, reason in _rows(connection, "pause", PAUSE):
        if wrong := reason or _unfit_pause(values):
            yield InvalidRow("pause", number, _name(values["note"]), wrong)
    for number, _values, reason in _rows(connection, "change", CHANGE):
        if reason:
            yield InvalidRow("change", number, "", reason)
    yield from _invalid_sums(connection)


def _invalid_runs(connection: sqlite3.Connection, texts: Mapping[int, str]) -> Iterator[InvalidRow]:
    """Give the runs that are invalid, by themselves or in what goes with them; `texts` has what is wrong in each."""
    parts = [_wrong_parts(connection, table, bounds) for table, bounds in _PARTS.items()]
    used = dict(connection.execute("SELECT number, definition FROM run"))
    for number, values, reason in _rows(connection, "run", RUN):
        wrong = reason or _unfit_run(values) or next((part[number] for part in parts if number in part), "")
        of_definition = texts.get(used[number], _("it is missing"))
        if wrong or of_definition:
            yield InvalidRow("run", number, _name(values["session"]), wrong or f"definition: {of_definition}")


def _invalid_sums(connection: sqlite3.Connection) -> Iterator[InvalidRow]:
    for table in _SUMS:
        columns = _columns(connection, table)
        columns.pop("week", None)
        for week, reason in _wrong_parts(connection, table, sum_bounds(columns), of="week").items():
            yield InvalidRow("summed", week, "", reason)


def _rows(
    connection: sqlite3.Connection, table: str, bounds: Mapping[str, Bound]
) -> Iterator[tuple[int, dict[str, object], str]]:
    """Give the number and the values of each row, and what is wrong in it by itself, if anything."""
    bounds = _present(connection, table, bounds)
    if not bounds:
        return
    columns = ", ".join(f'"{name}"' for name in bounds)
    for number, *values in connection.execute(f"SELECT number, {columns} FROM {table} ORDER BY number"):  # noqa: S608 - names of ours
        yield number, dict(zip(bounds, values, strict=True)), describe_invalid(bounds, values)


def _wrong_parts(
    connection: sqlite3.Connection, table: str, bounds: Mapping[str, Bound], of: str = "run"
) -> dict[int, str]:
    """Return the runs, or the weeks, that have wrong rows in another table, and what is wrong in the first of each.

    There are many rows, so SQLite looks first; texts that are in many of them are looked at once.
    """
    bounds = _present(connection, table, bounds)
    if not bounds:
        return {}
    texts = {name: bound for name, bound in bounds.items() if bound.is_text}
    distinct = f"SELECT DISTINCT {', '.join(texts) or 0} FROM {table}"  # noqa: S608 - names of ours
    if texts and any(describe_invalid(texts, values) for values in connection.execute(distinct)):
        condition = "1"
    else:
        each = (f"coalesce({bound.sql}, 0)".format(f'"{name}"') for name, bound in bounds.items())
        condition = f"NOT ({' AND '.join(each)})"
    found: dict[int, str] = {}
    columns = ", ".join(f'"{name}"' for name in bounds)
    query = f"SELECT {of}, {columns} FROM {table} WHERE {condition} ORDER BY {of}"  # noqa: S608 - names of ours
    for number, *values in connection.execute(query):
        if number not in found and (reason := describe_invalid(bounds, values)):
            found[number] = f"{table} {values[0]}: {reason}" if table == "interval" else f"{table}: {reason}"
    return found


def _present(connection: sqlite3.Connection, table: str, bounds: Mapping[str, Bound]) -> dict[str, Bound]:
    """Return the bounds of those columns that a table of this version has."""
    columns = _columns(connection, table)
    return {name: bound for name, bound in bounds.items() if name in columns}


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the columns of a table with their types; none where there is no such table yet."""
    return dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)))


def _unfit_run(values: Mapping[str, object]) -> str:
    """Return what does not go together in a run whose values are sound one by one."""
    together = (values["ended_at"] is None) == (values["ended_offset"] is None)
    return "" if together else _("ended_at and ended_offset do not go together")


def _unfit_pause(values: Mapping[str, object]) -> str:
    first, last = values["first_day"], values["last_day"]
    backwards = isinstance(first, int) and isinstance(last, int) and last < first
    return _("last_day is before first_day") if backwards else ""


def _name(words: object) -> str:
    """Return what a row may be called by."""
    return clipped(words) if isinstance(words, str) else ""


@contextmanager
def _as_stored(connection: sqlite3.Connection) -> Iterator[None]:
    """Let texts be read whatever their bytes: those that are not UTF-8 become half characters, and back again."""
    connection.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str


def _whole(connection: sqlite3.Connection, row: InvalidRow) -> dict[str, object]:
    """Return all that is in a row and goes with it."""
    places = {row.table: "number = ?"}
    if row.table == "run":
        places |= {"interval": "run = ?", "tag": "run = ?"}
        places["definition"] = "number = (SELECT definition FROM run WHERE number = ?)"
    if row.table in _CHANGED:
        places["change"] = _CHANGES.format(table=row.table)
    told: dict[str, object] = {"wrong": f"{row.table} {row.number}: {row.reason}"}
    for table, place in places.items():
        columns = _columns(connection, table)
        found = connection.execute(f"SELECT * FROM {table} WHERE {place}", (row.number,))  # noqa: S608 - constants
        told[table] = [dict(zip(columns, values, strict=True)) for values in found]
    return told


def _blob(value: object) -> dict[str, str]:
    """Return how bytes stand in JSON, which knows none."""
    if not isinstance(value, bytes):
        raise TypeError(f"{value!r} has no place in JSON")
    return {"hex": value.hex()}


def _take_out(connection: sqlite3.Connection, row: InvalidRow) -> None:
    if row.table == "summed":
        connection.execute("DELETE FROM summed WHERE week = ?", (row.number,))
        return
    if row.table in _CHANGED:
        # Undone, it would be looked for in vain.
        connection.execute(f"DELETE FROM change WHERE {_CHANGES.format(table=row.table)}", (row.number,))  # noqa: S608 - constants
    if row.table == "run":
        for part in ("interval", "tag"):
            connection.execute(f"DELETE FROM {part} WHERE run = ?", (row.number,))  # noqa: S608 - a table of ours
    connection.execute(f"DELETE FROM {row.table} WHERE number = ?", (row.number,))  # noqa: S608 - a table of ours
