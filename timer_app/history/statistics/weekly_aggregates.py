"""Sums of the runs by week, stored in the file so that statistics over many years read few rows.

The journal sums a week up when nothing else is to be written (`sum_up`). Changing a run removes its week from the table
`summed`, by triggers (see `migrations`); until it is summed up anew, the week is added up from its runs. So queries are
always up to date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

from timer_app.history.bounds import DAY as DAY_BOUND
from timer_app.history.db_file import week_seal, writing
from timer_app.history.row_mapping import validate
from timer_app.history.statistics.statistics import COUNTS_FROM

DONE = f"(r.outcome = 'completed' OR r.actual >= {COUNTS_FROM})"
"""`statistics.counts` in SQL."""

DAY = "(r.started_at / 1000000 + r.started_offset) / 86400"
"""The day of a run in the user's time zone then, as days since 1970."""

WEEK = f"({DAY} + 3) / 7"
"""The week of a run in the user's time zone then, counted from Monday, 29 December 1969."""

COMFORT_COLUMNS = (
    "rated, before_count, before_sum, after_count, after_sum, change_count, change_sum, next_count, next_sum"
)
"""How many runs have any rating of comfort; of each of the four values how many there are, and their sum."""

ADDED_UP = ", ".join(f"sum({column})" for column in COMFORT_COLUMNS.split(", "))
"""The columns of comfort, added up over many rows."""

_EPOCH = date(1970, 1, 1)
_RATED = "NOT (r.comfort_before IS NULL AND r.comfort_after IS NULL AND r.comfort_next IS NULL)"
_VALUES = ("r.comfort_before", "r.comfort_after", "r.comfort_after - r.comfort_before", "r.comfort_next")
_COMFORT = ", ".join((f"sum({_RATED})", *(f"count({each}), coalesce(sum({each}), 0)" for each in _VALUES)))

_RUNS = f"json_each(:weeks) AS w CROSS JOIN run AS r ON {WEEK} = w.value AND r.deleted_at IS NULL"

_DAYS = "day, runs, done, actual"
_LIVE_DAYS = f"""
    SELECT w.value, {DAY} AS day, count(*), sum({DONE}), sum(r.actual), {_COMFORT} FROM {_RUNS} GROUP BY w.value, day
"""  # noqa: S608 - constants

_EXERCISES = "exercise, own, title, runs, longest_hold, reps, time"
_LIVE_EXERCISES = f"""
    SELECT week, exercise, own, max(e.title), count(*), max(longest_hold), sum(reps), sum(time), {_COMFORT}
    FROM (
        SELECT w.value AS week, i.run AS run, i.exercise AS exercise,
            CASE WHEN i.exercise IS NULL THEN i.title END AS own, max(i.title) AS title,
            max(CASE WHEN i.kind = 'last_rep_hold' OR (i.planned_reps IS NULL AND i.actual_reps IS NULL)
                THEN i.actual ELSE 0 END) AS longest_hold,
            sum(coalesce(i.actual_reps, 0)) AS reps, sum(i.actual) AS time
        FROM {_RUNS} CROSS JOIN interval AS i ON i.run = r.number AND i.kind IN ('work', 'last_rep_hold')
        GROUP BY i.run, i.exercise, own
    ) AS e JOIN run AS r ON r.number = e.run
    GROUP BY week, exercise, own
"""  # noqa: S608 - constants

_COMMON = "beside, key, label"
_LIVE_COMMON = f"""
    SELECT w.value, 'session', r.stem, max(r.session), {_COMFORT} FROM {_RUNS} WHERE {_RATED} GROUP BY w.value, r.stem
    UNION ALL
    SELECT w.value, 'tag', t.kind, t.word, {_COMFORT} FROM {_RUNS} CROSS JOIN tag AS t ON t.run = r.number
    WHERE {_RATED} GROUP BY w.value, t.kind, t.word
"""  # noqa: S608 - constants

_TABLES = {
    "day_sum": (_DAYS, _LIVE_DAYS),
    "exercise_sum": (_EXERCISES, _LIVE_EXERCISES),
    "comfort_sum": (_COMMON, _LIVE_COMMON),
}
"""For each table of sums: its own columns between the week and the comfort, and how a week is added up anew."""

_UNSUMMED = f"""
    WITH RECURSIVE weeks (week) AS (
        SELECT (SELECT {WEEK} FROM run AS r WHERE r.deleted_at IS NULL ORDER BY {WEEK} LIMIT 1)
        UNION ALL
        SELECT (SELECT {WEEK} FROM run AS r WHERE r.deleted_at IS NULL AND {WEEK} > week ORDER BY {WEEK} LIMIT 1)
        FROM weeks WHERE week IS NOT NULL
    )
    SELECT week FROM weeks WHERE week IS NOT NULL AND week NOT IN (SELECT week FROM summed)
"""  # noqa: S608 - constants
"""The weeks to add up anew, found with one step along the index for each week."""

_ON = {"day": DAY_BOUND}

Row: TypeAlias = tuple[Any, ...]


def sum_up(connection: sqlite3.Connection) -> None:
    """Store the sums of every week that has none, each in a transaction of its own."""
    for (week,) in connection.execute(_UNSUMMED).fetchall():
        with writing(connection):
            for table, (columns, live) in _TABLES.items():
                connection.execute(f"DELETE FROM {table} WHERE week = ?", (week,))  # noqa: S608 - a table of ours
                connection.execute(
                    f"INSERT INTO {table} (week, {columns}, {COMFORT_COLUMNS}) {live}",
                    {"weeks": f"[{week}]"},
                )
            connection.execute("INSERT INTO summed (week) VALUES (?)", (week,))
            connection.execute("UPDATE summed SET seal = ? WHERE week = ?", (week_seal(connection, week), week))


def day_sums(
    connection: sqlite3.Connection, columns: str, first: date = date.min, last: date = date.max
) -> Iterator[Row]:
    """Yield the day (since 1970) and these columns for each day from `first` to `last` with a run, in any order.

    Raises DamagedFile for a day outside the bounds.
    """
    low, high = ((each - _EPOCH).days for each in (first, last))
    source, weeks = _source(connection, "day_sum", (low + 3) // 7, (high + 3) // 7)
    query = f"SELECT day, {columns} FROM {source} WHERE day BETWEEN :low AND :high"  # noqa: S608 - constants
    for row in connection.execute(query, {"low": low, "high": high, **weeks}):
        validate(_ON, row[:1])
        yield row


def sums(connection: sqlite3.Connection, table: str, query: str, **values: str) -> Iterator[Row]:
    """Return the rows of a query with these values, in which `{sums}` stands for all rows of a table of sums."""
    source, weeks = _source(connection, table)
    return connection.execute(query.format(sums=source), {**values, **weeks})


def _source(
    connection: sqlite3.Connection, table: str, low: int | None = None, high: int | None = None
) -> tuple[str, dict[str, str]]:
    """Return the rows of a table of sums as a source for a query, and the value of its `:weeks`."""
    columns, live = _TABLES[table]
    every = f"week, {columns}, {COMFORT_COLUMNS}"
    ready = f"SELECT {every} FROM {table} WHERE week IN (SELECT week FROM summed)"  # noqa: S608 - constants
    missing = [
        week
        for (week,) in connection.execute(_UNSUMMED)
        if (low is None or week >= low) and (high is None or week <= high)
    ]
    return f"(WITH every ({every}) AS ({ready} UNION ALL {live}) SELECT * FROM every)", {"weeks": json.dumps(missing)}  # noqa: S608 - constants
