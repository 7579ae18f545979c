"""Find rows with invalid values in a history whose structure and seals are sound.

Another program wrote them: seals are no secret. An import with such a row is refused; the user's own history is read
without it, until the journal moves it into a file of its own.
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
    """A row with an invalid value: its table, number and name, and what is wrong.

    An interval or a tag makes its run invalid; in the table `summed` it is a week whose sums are invalid.
    """

    table: str
    number: int
    name: str
    reason: str

    def __str__(self) -> str:
        name = f" ({self.name})" if self.name else ""
        return f"{self.table} {self.number}{name}: {self.reason}"


def find_invalid_rows(connection: sqlite3.Connection) -> tuple[InvalidRow, ...]:
    """Return all invalid rows of a history of any version. Raises sqlite3.Error."""
    with _as_stored(connection):
        return tuple(_invalid_rows(connection))


def copy_valid_rows(connection: sqlite3.Connection, without: Iterable[InvalidRow]) -> sqlite3.Connection:
    """Return a copy of a history in memory, in the newest version, without its sums and some rows.

    Only checked values are copied: no table, trigger or default of the other file.
    """
    memory = empty_store()
    excluded = {table: json.dumps([row.number for row in without if row.table == table]) for table in _KEPT}
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
            memory.executemany(insert, connection.execute(query, (excluded[of],)))
    return memory


def query_valid_rows(connection: sqlite3.Connection, query: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
    """Return the result of a query, repeated without the invalid rows where it fails because of them.

    Raises what the query raises where no row is invalid.
    """
    try:
        return query(connection)
    except Exception as error:
        # An invalid row can make any query fail, in its own way.
        if isinstance(error, Problem | LookupError) or is_disk_error(error) or findings(connection):
            raise
        invalid = find_invalid_rows(connection)
        if not invalid:
            raise
    with closing(copy_valid_rows(connection, invalid)) as memory:
        return query(memory)


def quarantine_invalid_rows(connection: sqlite3.Connection, kept: Path) -> RowsSetAside | None:
    """Delete the invalid rows from the open history; return the problem to report, None without any.

    Their content is written to the file `kept` first. Raises OSError, sqlite3.Error.
    """
    invalid = find_invalid_rows(connection)
    if not invalid:
        return None
    listed = tuple(row for row in invalid if row.table != "summed")
    if listed:
        with _as_stored(connection):
            content = [_row_content(connection, row) for row in listed]
        write_atomically(kept, (json.dumps(content, indent=1, default=_blob) + "\n").encode())
    with writing(connection):
        for row in invalid:
            _delete_row(connection, row)
    return RowsSetAside(tuple(map(str, listed)), kept) if listed else None


def _invalid_rows(connection: sqlite3.Connection) -> Iterator[InvalidRow]:
    texts = {number: reason for number, _values, reason in _rows(connection, "definition", DEFINITION)}
    yield from _invalid_runs(connection, texts)
    # After their runs: in this order they can be deleted.
    yield from (InvalidRow("definition", number, "", reason) for number, reason in texts.items() if reason)
    for number, values, reason in _rows(connection, "pause", PAUSE):
        if wrong := reason or _unfit_pause(values):
            yield InvalidRow("pause", number, _name(values["note"]), wrong)
    for number, _values, reason in _rows(connection, "change", CHANGE):
        if reason:
            yield InvalidRow("change", number, "", reason)
    yield from _invalid_sums(connection)


def _invalid_runs(connection: sqlite3.Connection, texts: Mapping[int, str]) -> Iterator[InvalidRow]:
    """Yield the runs that are invalid, or whose parts are; `texts` has what is wrong in each definition."""
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
    """Yield the number and the values of each row, and what is wrong in it, if anything."""
    bounds = _present(connection, table, bounds)
    if not bounds:
        return
    columns = ", ".join(f'"{name}"' for name in bounds)
    for number, *values in connection.execute(f"SELECT number, {columns} FROM {table} ORDER BY number"):  # noqa: S608 - names of ours
        yield number, dict(zip(bounds, values, strict=True)), describe_invalid(bounds, values)


def _wrong_parts(
    connection: sqlite3.Connection, table: str, bounds: Mapping[str, Bound], of: str = "run"
) -> dict[int, str]:
    """Return the runs, or the weeks, with invalid rows in another table, and what is wrong in the first of each.

    There are many rows, so SQLite filters them first, and each distinct text is checked once.
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
    reasons: dict[int, str] = {}
    columns = ", ".join(f'"{name}"' for name in bounds)
    query = f"SELECT {of}, {columns} FROM {table} WHERE {condition} ORDER BY {of}"  # noqa: S608 - names of ours
    for number, *values in connection.execute(query):
        if number not in reasons and (reason := describe_invalid(bounds, values)):
            reasons[number] = f"{table} {values[0]}: {reason}" if table == "interval" else f"{table}: {reason}"
    return reasons


def _present(connection: sqlite3.Connection, table: str, bounds: Mapping[str, Bound]) -> dict[str, Bound]:
    """Return the bounds of those columns that a table of this version has."""
    columns = _columns(connection, table)
    return {name: bound for name, bound in bounds.items() if name in columns}


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the columns of a table with their types; none where there is no such table yet."""
    return dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)))


def _unfit_run(values: Mapping[str, object]) -> str:
    """Return what is inconsistent in a run whose single values are valid."""
    together = (values["ended_at"] is None) == (values["ended_offset"] is None)
    return "" if together else _("ended_at and ended_offset do not go together")


def _unfit_pause(values: Mapping[str, object]) -> str:
    first, last = values["first_day"], values["last_day"]
    backwards = isinstance(first, int) and isinstance(last, int) and last < first
    return _("last_day is before first_day") if backwards else ""


def _name(words: object) -> str:
    """Return the name of a row for a message."""
    return clipped(words) if isinstance(words, str) else ""


@contextmanager
def _as_stored(connection: sqlite3.Connection) -> Iterator[None]:
    """Read texts with any bytes: those that are not UTF-8 become lone surrogates."""
    connection.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str


def _row_content(connection: sqlite3.Connection, row: InvalidRow) -> dict[str, object]:
    """Return the content of a row and of its parts."""
    places = {row.table: "number = ?"}
    if row.table == "run":
        places |= {"interval": "run = ?", "tag": "run = ?"}
        places["definition"] = "number = (SELECT definition FROM run WHERE number = ?)"
    if row.table in _CHANGED:
        places["change"] = _CHANGES.format(table=row.table)
    listed: dict[str, object] = {"wrong": f"{row.table} {row.number}: {row.reason}"}
    for table, place in places.items():
        columns = _columns(connection, table)
        rows = connection.execute(f"SELECT * FROM {table} WHERE {place}", (row.number,))  # noqa: S608 - constants
        listed[table] = [dict(zip(columns, values, strict=True)) for values in rows]
    return listed


def _blob(value: object) -> dict[str, str]:
    """Return bytes as JSON: an object with hex digits."""
    if not isinstance(value, bytes):
        raise TypeError(f"{value!r} has no place in JSON")
    return {"hex": value.hex()}


def _delete_row(connection: sqlite3.Connection, row: InvalidRow) -> None:
    if row.table == "summed":
        connection.execute("DELETE FROM summed WHERE week = ?", (row.number,))
        return
    if row.table in _CHANGED:
        # Undoing a change of it would fail.
        connection.execute(f"DELETE FROM change WHERE {_CHANGES.format(table=row.table)}", (row.number,))  # noqa: S608 - constants
    if row.table == "run":
        for part in ("interval", "tag"):
            connection.execute(f"DELETE FROM {part} WHERE run = ?", (row.number,))  # noqa: S608 - a table of ours
    connection.execute(f"DELETE FROM {row.table} WHERE number = ?", (row.number,))  # noqa: S608 - a table of ours
