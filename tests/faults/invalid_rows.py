"""Histories with a row that no reader can show, rightly sealed, as another hand could make them."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from msgspec.structs import replace

from tests.demo import demo_runs
from tests.history.runs import EVENING, reps, run
from timer_app.history.db_file import open_store, row_seal, run_seal, week_seal, writing
from timer_app.history.records import Pause, PauseKind, Tag, TagKind
from timer_app.history.row_mapping import write_run
from timer_app.history.run_edits import RunFeedback, put_pause, set_feedback
from timer_app.history.statistics.weekly_aggregates import sum_up

PAUSE = Pause("flu", PauseKind.ILLNESS, date(2026, 3, 2), date(2026, 3, 8), "at home")

Value = int | float | str | bytes | None


@dataclass(frozen=True, slots=True)
class InvalidValue:
    """A value that is none: in which table and column, and whether it stands there as a text whatever its bytes."""

    table: str
    column: str
    value: Value
    as_text: bool = False

    def __str__(self) -> str:
        return f"{self.table}.{self.column} = {self.value!r:.40}"


_NUMBERS: tuple[Value, ...] = (2**63 - 1, -(2**63), 2**62, -(2**62), 1.5, 9e999, "soon", b"\x01")
_MOMENTS = (*_NUMBERS, 253_402_300_800_000_000, -62_135_596_800_000_001, 29_400_000_000_000_000 + 2**40)
_SMALL = (*_NUMBERS, -1)
_DAYS = (*_NUMBERS, 4_000_000, 2_932_897, -719_163)
_OFFSETS = (*_NUMBERS, 10**9, 86_400, -86_400)
_WORDS: tuple[Value, ...] = ("won", "", 5, b"done")
_NO_JSON = ("{not json", "", "[" * 100_000, '[1, "a"', "NaN", '"a"', "{}", "[1]", '[{"a": []}]')
_NO_STATE = ("{not json", "", "[" * 100_000, "[]", '{"effort": 99}', '{"started_at": 1}', '{"tags": [["sleep"]]}')
_NO_ID = ("", "a\nb", "a\x1b[2Jb", "a\N{RIGHT-TO-LEFT OVERRIDE}b", "a\x7f", "a\N{LINE SEPARATOR}", "i" * 201)

INVALID: dict[tuple[str, str], tuple[Value, ...]] = {
    ("run", "id"): _NO_ID,
    ("run", "planned"): _SMALL,
    ("run", "started_at"): _MOMENTS,
    ("run", "started_offset"): _OFFSETS,
    ("run", "ended_at"): (*_MOMENTS, None),
    ("run", "ended_offset"): (*_OFFSETS, None),
    ("run", "outcome"): _WORDS,
    ("run", "actual"): _SMALL,
    ("run", "effort"): (*_SMALL, 0, 11),
    ("run", "comfort_before"): (*_SMALL, 11),
    ("run", "comfort_after"): (*_SMALL, 11),
    ("run", "comfort_next"): (*_SMALL, 11),
    ("run", "changed_at"): _MOMENTS,
    ("run", "deleted_at"): _MOMENTS,
    ("run", "left_out"): _NO_JSON,
    ("run", "next_asked"): (*_SMALL, 2),
    ("run", "away"): (*_SMALL, 2),
    ("interval", "position"): _SMALL,
    ("interval", "side"): ("middle", "", 5),
    ("interval", "set"): _SMALL,
    ("interval", "round"): _SMALL,
    ("interval", "planned"): _SMALL,
    ("interval", "actual"): _SMALL,
    ("interval", "planned_reps"): _SMALL,
    ("interval", "actual_reps"): _SMALL,
    ("interval", "outcome"): _WORDS,
    ("tag", "kind"): _WORDS,
    ("pause", "id"): _NO_ID,
    ("pause", "kind"): _WORDS,
    ("pause", "first_day"): _DAYS,
    ("pause", "last_day"): (*_DAYS, 0),
    ("pause", "changed_at"): _MOMENTS,
    ("pause", "deleted_at"): _MOMENTS,
    ("change", "made_at"): _MOMENTS,
    ("change", "subject"): ("week", "", 5),
    ("change", "id"): _NO_ID,
    ("change", "before"): _NO_STATE,
    ("change", "after"): _NO_STATE,
    ("change", "undone"): (*_SMALL, 2),
    ("day_sum", "day"): _DAYS,
    ("exercise_sum", "time"): _NUMBERS,
}
"""For each column the values that it cannot have."""

TEXTS = {
    "definition": ("text",),
    "run": ("id", "session", "stem", "note", "left_out", "outcome"),
    "interval": ("exercise", "title", "kind", "side", "outcome"),
    "tag": ("kind", "word"),
    "pause": ("id", "kind", "note"),
    "change": ("subject", "id", "before", "after"),
    "exercise_sum": ("title",),
    "comfort_sum": ("label",),
}
"""The columns with texts."""

NO_UTF8 = (b"\xff", b"caf\xe9", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"a\0b")


def all_invalid() -> Iterator[InvalidValue]:
    """Give every value that is tried, each once."""
    for (table, column), values in INVALID.items():
        yield from (InvalidValue(table, column, value) for value in values)
    for table, columns in TEXTS.items():
        for column in columns:
            yield from (InvalidValue(table, column, value, as_text=True) for value in NO_UTF8)


def random_invalid(rng: Random) -> InvalidValue:
    """Return a value made up at random."""
    if rng.random() < 0.4:
        table = rng.choice(list(TEXTS))
        broken = "Größe ".encode() + bytes(rng.choices(range(0x80, 0xC0), k=rng.randrange(1, 9)))
        return InvalidValue(table, rng.choice(TEXTS[table]), broken, as_text=True)
    table, column = rng.choice([each for each, values in INVALID.items() if set(_NUMBERS) <= set(values)])
    far = rng.choice((-1, 1)) * rng.randrange(2**61, 2**63)
    return InvalidValue(table, column, rng.choice((far, float(far), rng.random(), rng.randbytes(4))))


def write_sample_history(file: Path, runs: int = 3) -> None:
    """Write a history with something in every table, all of it sound."""
    with closing(open_store(file)) as connection:
        with writing(connection):
            for record in islice(demo_runs(EVENING), runs):
                write_run(connection, replace(record, comfort_after=5), record.begun.started_at)
            mine = replace(run("mine"), intervals=(reps(2, 9),), tags=(Tag(TagKind.SHOES, "red"),), comfort_after=6)
            write_run(connection, mine, EVENING)
            set_feedback(connection, "mine", RunFeedback(comfort_after=7, note="well", tags=mine.tags), EVENING)
            put_pause(connection, PAUSE, EVENING - timedelta(days=3))
        sum_up(connection)
        connection.execute("PRAGMA journal_mode = DELETE")


def write_invalid(file: Path, wrong: InvalidValue) -> int:
    """Put a value into the newest row of a history and seal all; return the row's number.

    Where the tables' checks refuse it, they are taken out first. Of an interval or a tag the number is that of its
    run, of a sum that of its week.
    """
    try:
        return _write(file, wrong)
    except sqlite3.IntegrityError:
        remove_checks(file)
        return _write(file, wrong)


def _write(file: Path, wrong: InvalidValue) -> int:
    of = {"interval": "run", "tag": "run"}.get(wrong.table, "week" if wrong.table.endswith("_sum") else "number")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        number = connection.execute(f"SELECT max({of}) FROM {wrong.table}").fetchone()[0]
        value = "CAST(CAST(? AS BLOB) AS TEXT)" if wrong.as_text else "?"
        with writing(connection):
            query = f'UPDATE {wrong.table} SET "{wrong.column}" = {value} WHERE {of} = ?'
            connection.execute(query, (wrong.value, number))
            seal(connection)
    return int(number)


def seal(connection: sqlite3.Connection) -> None:
    """Seal every row as this program would."""
    for number, text in connection.execute("SELECT number, CAST(text AS BLOB) FROM definition").fetchall():
        fingerprint = hashlib.sha256(text).hexdigest()
        connection.execute("UPDATE definition SET hash = ? WHERE number = ?", (fingerprint, number))
    for (number,) in connection.execute("SELECT number FROM run").fetchall():
        connection.execute("UPDATE run SET seal = ? WHERE number = ?", (run_seal(connection, number), number))
    for table in ("pause", "change"):
        for (number,) in connection.execute(f"SELECT number FROM {table}").fetchall():
            value = row_seal(connection, table, number)
            connection.execute(f"UPDATE {table} SET seal = ? WHERE number = ?", (value, number))
    for (week,) in connection.execute("SELECT week FROM summed").fetchall():
        connection.execute("UPDATE summed SET seal = ? WHERE week = ?", (week_seal(connection, week), week))


def remove_checks(file: Path) -> None:
    """Take the checks, the types' strictness and the references out of the tables of a file."""
    check = r",?\s*CHECK \((?:[^()]|\([^()]*\))*\)"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA writable_schema = ON")
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall():
            bare = re.sub(check, "", sql).replace("STRICT, ", "").replace("STRICT", "")
            bare = re.sub(r" REFERENCES \w+ \(number\)( ON DELETE CASCADE)?", "", bare)
            connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (bare, name))
