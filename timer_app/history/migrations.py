"""The schema of the history file: migration *n* takes a file of version *n - 1* to version *n*.

A released migration is never changed; the next one is added after it.
"""

from __future__ import annotations

from typing import TypeAlias

Migration: TypeAlias = tuple[str, ...]
"""The statements of one step, in order."""

# Times are microseconds since 1970 in UTC, with the zone's offset in seconds beside them; lengths are milliseconds.
# `number` is this file's own key; `id` is the run's on any computer. `changed_at` decides which of two
# computers has the newer version. `seal` is a checksum over the run and its intervals, for SQLite has none.
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

# What the user adds to a run afterwards, what was left out of it for that day, pauses, and the changes that can be
# undone. Days are whole days since 1970 in the user's time zone. The new columns' defaults add nothing to a seal (see
# `db_file`), so that the runs of version 1 need not be sealed again.
_0002_LOOKING_BACK: Migration = (
    "ALTER TABLE run ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE run ADD COLUMN comfort_next INTEGER CHECK (comfort_next BETWEEN 0 AND 10)",
    "ALTER TABLE run ADD COLUMN next_asked INTEGER NOT NULL DEFAULT 0 CHECK (next_asked IN (0, 1))",
    "ALTER TABLE run ADD COLUMN away INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1))",
    """
    CREATE TABLE tag (
        run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('sleep', 'shoes', 'surface', 'helped')),
        word TEXT NOT NULL,
        PRIMARY KEY (run, kind, word)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX tag_by_word ON tag (kind, word)",
    """
    CREATE TABLE pause (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('illness', 'holiday', 'rest')),
        first_day INTEGER NOT NULL,
        last_day INTEGER,
        note TEXT NOT NULL DEFAULT '',
        changed_at INTEGER NOT NULL,
        deleted_at INTEGER,
        seal INTEGER NOT NULL DEFAULT 0,
        CHECK (last_day >= first_day)
    ) STRICT
    """,
    # What was changed, as it was before and as it is since, in JSON: only what differs. `undone` changes can be redone.
    """
    CREATE TABLE change (
        number INTEGER PRIMARY KEY,
        made_at INTEGER NOT NULL,
        subject TEXT NOT NULL CHECK (subject IN ('run', 'pause')),
        id TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
        seal INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
)

# The sums of each week (see `weekly_aggregates`). `summed` has the weeks whose sums are valid, each with a seal over
# them; inserting, changing or deleting a run removes its week. Weeks are counted from Monday, 29 December 1969.
_WEEK = "((started_at / 1000000 + started_offset) / 86400 + 3) / 7"
_WEEK_OF = {name: _WEEK.replace("started", f"{name}.started") for name in ("new", "old")}
_COMFORT = """
        rated INTEGER NOT NULL,
        before_count INTEGER NOT NULL,
        before_sum INTEGER NOT NULL,
        after_count INTEGER NOT NULL,
        after_sum INTEGER NOT NULL,
        change_count INTEGER NOT NULL,
        change_sum INTEGER NOT NULL,
        next_count INTEGER NOT NULL,
        next_sum INTEGER NOT NULL
"""
_0003_SUMS: Migration = (
    f"CREATE INDEX run_by_week ON run ({_WEEK}) WHERE deleted_at IS NULL",
    "CREATE TABLE summed (week INTEGER PRIMARY KEY, seal INTEGER NOT NULL DEFAULT 0) STRICT",
    f"""
    CREATE TABLE day_sum (
        week INTEGER NOT NULL,
        day INTEGER NOT NULL,
        runs INTEGER NOT NULL,
        done INTEGER NOT NULL,
        actual INTEGER NOT NULL,
        {_COMFORT},
        PRIMARY KEY (week, day)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE TABLE exercise_sum (
        week INTEGER NOT NULL,
        exercise TEXT,
        own TEXT,
        title TEXT NOT NULL,
        runs INTEGER NOT NULL,
        longest_hold INTEGER NOT NULL,
        reps INTEGER NOT NULL,
        time INTEGER NOT NULL,
        {_COMFORT}
    ) STRICT
    """,
    "CREATE INDEX exercise_sum_by_week ON exercise_sum (week)",
    f"""
    CREATE TABLE comfort_sum (
        week INTEGER NOT NULL,
        beside TEXT NOT NULL CHECK (beside IN ('session', 'tag')),
        key TEXT NOT NULL,
        label TEXT NOT NULL,
        {_COMFORT},
        PRIMARY KEY (week, beside, key, label)
    ) STRICT, WITHOUT ROWID
    """,
    *(
        f"CREATE TRIGGER {name} AFTER {event} ON run BEGIN DELETE FROM summed WHERE week IN ({weeks}); END"  # noqa: S608 - constants
        for name, event, weeks in (
            ("run_came", "INSERT", _WEEK_OF["new"]),
            ("run_changed", "UPDATE", f"{_WEEK_OF['old']}, {_WEEK_OF['new']}"),
            ("run_went", "DELETE", _WEEK_OF["old"]),
        )
    ),
)

# Where a run without an end is resumed, when the user had gone back before it was interrupted, and how often each
# interval was tried. As in version 2, the defaults add nothing to a seal.
_0004_REPEATED: Migration = (
    "ALTER TABLE run ADD COLUMN resume_at INTEGER CHECK (resume_at >= 0)",
    "ALTER TABLE interval ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1 CHECK (attempts > 0)",
)

MIGRATIONS: tuple[Migration, ...] = (_0001_RUNS, _0002_LOOKING_BACK, _0003_SUMS, _0004_REPEATED)
