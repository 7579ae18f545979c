"""Merge two histories by the ids of runs, so that merging twice changes nothing.

Of a run in both, the version that was changed last wins. With equal times, one that is not deleted wins, and else the
one whose row sorts last; so two computers that import each other's history end up with the same. No interval is lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from timer_app.history.errors import summarise
from timer_app.history.records import Tag, TagKind
from timer_app.history.row_mapping import (
    INTERVAL_COLUMNS,
    PUT_INTERVAL,
    definition_number,
    put_tags,
    run_number,
    seal_pause_as,
    seal_run_as,
)
from timer_app.i18n import _, ngettext

_RUN_COLUMNS = (
    "id",
    "session",
    "stem",
    "planned",
    "started_at",
    "started_offset",
    "ended_at",
    "ended_offset",
    "outcome",
    "effort",
    "comfort_before",
    "comfort_after",
    "note",
    "deleted_at",
    "left_out",
    "comfort_next",
    "next_asked",
    "away",
    "resume_at",
)
"""The columns of a run that mean the same in every file, without `changed_at`."""

_PAUSE_COLUMNS = ("id", "kind", "first_day", "last_day", "note", "deleted_at")

_Values: TypeAlias = tuple[str | int | None, ...]


class MergeResult(Struct, frozen=True):
    """How many runs were new, and how many were updated.

    `back` counts deleted runs that were restored, `pauses` those that are new or updated. `left_out` names invalid rows
    that were not imported. Where the whole history was replaced, `kept` is a copy of it.
    """

    new: int
    changed: int
    back: int = 0
    pauses: int = 0
    left_out: tuple[str, ...] = ()
    kept: Path | None = None

    def describe(self) -> tuple[str, ...]:
        """Return the result in sentences."""
        parts = (
            (self.new, ngettext("{n} run is new.", "{n} runs are new.", self.new)),
            (
                self.changed,
                ngettext("{n} run was brought up to date.", "{n} runs were brought up to date.", self.changed),
            ),
            (self.back, ngettext("{n} deleted run is back.", "{n} deleted runs are back.", self.back)),
            (
                self.pauses,
                ngettext(
                    "{n} pause is new or brought up to date.", "{n} pauses are new or brought up to date.", self.pauses
                ),
            ),
        )
        describe = [text.format(n=n) for n, text in parts if n] or [_("All that is in it was here already.")]
        if self.kept is not None:
            kept = _("As it was before, it is kept as {file}.").format(file=self.kept)
            describe = [_("Your history is now as in that file."), kept]
        if self.left_out:
            describe.append(_("Left out, since it cannot be shown: {rows}.").format(rows=summarise(self.left_out)))
        return tuple(describe)


class _Run(Struct, frozen=True):
    """A run without the numbers that differ from file to file."""

    changed_at: int
    values: _Values
    definition: str
    tags: tuple[tuple[str, str], ...]
    intervals: Mapping[int, _Values]

    @property
    def _rank(self) -> tuple[int, bool, str]:
        """The order in which versions of a run win: by time, not deleted, and by content."""
        present = self.values[_RUN_COLUMNS.index("deleted_at")] is None
        return self.changed_at, present, repr((self.values, self.definition, self.tags))

    def merged(self, other: _Run) -> _Run:
        """Return the merge with another version of the run; it is commutative."""
        mine, others = self._rank, other._rank
        winner, loser = (self, other) if mine >= others else (other, self)
        intervals = {**loser.intervals, **winner.intervals}
        if mine == others:
            for position in self.intervals.keys() & other.intervals.keys():
                intervals[position] = max(self.intervals[position], other.intervals[position], key=repr)
        return _Run(winner.changed_at, winner.values, winner.definition, winner.tags, intervals)


def merge(target: sqlite3.Connection, source: sqlite3.Connection) -> MergeResult:
    """Merge the runs and pauses of `source` into `target`. Both are histories of the newest version.

    Works inside the caller's transaction.
    """
    numbers = dict(target.execute("SELECT id, number FROM run"))
    new = changed = 0
    for run_id, number in source.execute("SELECT id, number FROM run ORDER BY number").fetchall():
        theirs = _read(source, number)
        if run_id not in numbers:
            _write(target, theirs)
            new += theirs.values[_RUN_COLUMNS.index("deleted_at")] is None
            continue
        ours = _read(target, numbers[run_id])
        if theirs == ours:
            continue
        merged = ours.merged(theirs)
        if merged != ours:
            _write(target, merged)
            changed += 1
    return MergeResult(new, changed, pauses=_merge_pauses(target, source))


def _read(connection: sqlite3.Connection, number: int) -> _Run:
    picked = ", ".join(f"r.{column}" for column in _RUN_COLUMNS)
    query = f"SELECT r.changed_at, d.text, {picked} FROM run AS r JOIN definition AS d ON d.number = r.definition"  # noqa: S608 - column names of ours
    changed_at, text, *values = connection.execute(f"{query} WHERE r.number = ?", (number,)).fetchone()
    tags = connection.execute("SELECT kind, word FROM tag WHERE run = ? ORDER BY kind, word", (number,))
    intervals = connection.execute(f"SELECT {INTERVAL_COLUMNS} FROM interval WHERE run = ?", (number,))  # noqa: S608 - column names of ours
    return _Run(changed_at, tuple(values), text, tuple(tags), {row[0]: row for row in intervals})


def _write(connection: sqlite3.Connection, run: _Run) -> None:
    """Insert or update a run; its intervals are replaced, none is deleted."""
    updates = ", ".join(f"{column} = excluded.{column}" for column in ("definition", *_RUN_COLUMNS[1:]))
    places = ", ".join("?" * (len(_RUN_COLUMNS) + 2))
    connection.execute(
        f"INSERT INTO run (definition, changed_at, {', '.join(_RUN_COLUMNS)}) VALUES ({places})"  # noqa: S608 - column names of ours
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        (definition_number(connection, run.definition), run.changed_at, *run.values),
    )
    number = run_number(connection, str(run.values[0]))
    put_tags(connection, number, (Tag(TagKind(kind), word) for kind, word in run.tags))
    connection.executemany(PUT_INTERVAL, ((number, *row) for row in run.intervals.values()))
    seal_run_as(connection, number, run.changed_at)


def _merge_pauses(target: sqlite3.Connection, source: sqlite3.Connection) -> int:
    """Merge the pauses, and return how many are new or updated, without new ones that are deleted."""
    count = 0
    columns = ", ".join(_PAUSE_COLUMNS)
    query = f"SELECT changed_at, {columns} FROM pause ORDER BY number"  # noqa: S608 - column names of ours
    existing = {row[1]: row for row in target.execute(query)}
    updates = ", ".join(f"{column} = excluded.{column}" for column in _PAUSE_COLUMNS[1:])
    for row in source.execute(query):
        ours = existing.get(row[1])
        if ours is None or _rank_of_pause(row) > _rank_of_pause(ours):
            target.execute(
                f"INSERT INTO pause (changed_at, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - column names of ours
                f" ON CONFLICT (id) DO UPDATE SET {updates}",
                row,
            )
            seal_pause_as(target, row[1], row[0])
            count += ours is not None or row[-1] is None
    return count


def _rank_of_pause(row: _Values) -> tuple[int, bool, str]:
    return int(row[0] or 0), row[-1] is None, repr(row)
