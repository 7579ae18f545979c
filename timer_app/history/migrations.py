"""The shape of the history file, step by step: migration *n* takes a file of version *n - 1* to version *n*.

A migration that was released is never changed; the next one is added after it. They are Python so that they travel
wherever the code does.
"""

from __future__ import annotations

from typing import TypeAlias

Migration: TypeAlias = tuple[str, ...]
"""The statements of one step, in order."""

# Times are microseconds since 1970 in UTC, with the zone's offset in seconds beside them; lengths are milliseconds.
# `number` is this file's own key; `id` is the run's for ever, on any computer. A run's `changed_at` lets two computers
# tell which of them knows better. `seal` is a checksum over the run and its intervals, for SQLite has none.
_0001_RUNS: Migration = (
    """
    CREATE TABLE definition (
        number INTEGER PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE run (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        session TEXT NOT NULL,
        stem TEXT NOT NULL,
        definition INTEGER NOT NULL REFERENCES definition (number),
        planned INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        started_offset INTEGER NOT NULL,
        ended_at INTEGER,
        ended_offset INTEGER,
        outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'stopped', 'interrupted')),
        actual INTEGER NOT NULL DEFAULT 0,
        effort INTEGER CHECK (effort BETWEEN 1 AND 10),
        comfort_before INTEGER CHECK (comfort_before BETWEEN 0 AND 10),
        comfort_after INTEGER CHECK (comfort_after BETWEEN 0 AND 10),
        note TEXT NOT NULL DEFAULT '',
        changed_at INTEGER NOT NULL,
        deleted_at INTEGER,
        seal INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE interval (
        run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        exercise TEXT,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        side TEXT,
        "set" INTEGER,
        round INTEGER,
        planned INTEGER,
        actual INTEGER NOT NULL,
        planned_reps INTEGER,
        actual_reps INTEGER,
        outcome TEXT NOT NULL CHECK (outcome IN ('done', 'skipped', 'cut_short')),
        PRIMARY KEY (run, position)
    ) STRICT, WITHOUT ROWID
    """,
    # The list of runs, and the minutes of each day without looking at a run's row. `deleted_at` is in it although it is
    # always NULL there: without it SQLite looks at the row to be sure.
    """
    CREATE INDEX run_by_time ON run (started_at, started_offset, actual, outcome, deleted_at)
    WHERE deleted_at IS NULL
    """,
    "CREATE INDEX run_by_stem ON run (stem, started_at, outcome, started_offset) WHERE deleted_at IS NULL",
    "CREATE INDEX run_unfinished ON run (started_at) WHERE ended_at IS NULL AND deleted_at IS NULL",
)

MIGRATIONS: tuple[Migration, ...] = (_0001_RUNS,)
