"""Read the history: runs, sessions, statistics."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from timer_app.history.bounds import DEFINITION, RUN, TAG
from timer_app.history.db_file import open_newest_for_reading
from timer_app.history.errors import DamagedFile, history_gone, not_read
from timer_app.history.missing_file import is_missing
from timer_app.history.play_lock import is_playing
from timer_app.history.records import Pause, RunBegun, RunOutcome, RunRecord, RunSummary, Tag, TagKind
from timer_app.history.row_mapping import (
    INTERVAL_COLUMNS,
    SUMMARY_COLUMNS,
    day,
    interval_of,
    local_time,
    moment,
    summary,
    validate,
)
from timer_app.history.row_validation import copy_valid_rows, find_invalid_rows, query_valid_rows
from timer_app.history.run_edits import HistoryEdit, pauses, redoable, undoable
from timer_app.history.statistics.comfort_stats import (
    Comfort,
    ComfortGrouping,
    ComfortObservation,
    comfort_by,
    comfort_by_week,
    next_morning_due,
)
from timer_app.history.statistics.exercise_progress import ExerciseProgress, progress
from timer_app.history.statistics.weekly_aggregates import DAY, WEEK, day_sums, sums
from timer_app.history.unsaved_rows import unsaved_files

_EPOCH_DAY = date(1970, 1, 1)
_DAY_LONG = 86_400_000_000
_RECORD = {"resume_at": RUN["resume_at"], "left_out": RUN["left_out"], **DEFINITION}
"""The bounds of what is read of a run besides the columns of the list."""

_Answer = TypeVar("_Answer")
# Each tag word is searched once, and not for each run that has it.
_HOLDS = """
    (
        holds(r.session) OR r.note <> '' AND holds(r.note) OR r.number IN (
            SELECT run FROM tag
            WHERE (kind, word) IN (SELECT kind, word FROM tag GROUP BY kind, word HAVING holds(word))
        )
    )
"""
_REMEMBERED = 4096
"""How many texts a search caches: there are far fewer names of sessions than runs."""

# The plus keeps the runs in the order of their times, along the index for that.
_IN_WEEKS = f"+({WEEK}) IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
_WITH_EXERCISE = """
    EXISTS (
        SELECT 1 FROM interval
        WHERE run = r.number AND kind IN ('work', 'last_rep_hold') AND coalesce(exercise, title) = ?
    )
"""
_STEMS = """
    WITH RECURSIVE stems (stem) AS (
        SELECT min(stem) FROM run WHERE deleted_at IS NULL
        UNION ALL
        SELECT (SELECT min(stem) FROM run WHERE deleted_at IS NULL AND stem > stems.stem)
        FROM stems WHERE stem IS NOT NULL
    )
"""
"""Each session's stem once, with one step along the index for each."""


class History:
    """The runs in the history `file`, which is empty where the file never existed and is not created.

    Each call opens and closes the file, so that it can be used from any thread and the file can be put aside between
    calls. Every call raises HistoryRefused for a file of another program or a newer version, and HistoryUnreadable for
    one that is damaged, missing or out of reach. Deleted runs are left out.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection | None = None, spare: Path | None = None) -> None:
        self._file = file
        self._spare = spare
        self._connection = connection

    @contextmanager
    def snapshot(self) -> Iterator[History]:
        """Yield a reader of one consistent state, for several queries on this thread: the file is opened once."""
        with self._reading() as connection:
            yield History(self._file, connection)

    @contextmanager
    def without_invalid_rows(self) -> Iterator[tuple[History, tuple[str, ...]]]:
        """Yield a reader without invalid rows, and what is wrong with each of these.

        All rows are checked first, which takes a while; other calls check only after a query has failed.
        """
        with self._reading() as connection:
            invalid = find_invalid_rows(connection)
            memory = copy_valid_rows(connection, invalid) if invalid else None
        if memory is None:
            yield self, ()
            return
        with closing(memory):
            yield History(self._file, memory), tuple(map(str, invalid))

    def count(self) -> int:
        """Return the number of runs."""
        return self._query(lambda connection: sum(int(runs) for _day, runs in day_sums(connection, "runs")))

    def runs(
        self,
        limit: int = 200,
        *,
        until: datetime | None = None,
        since: datetime | None = None,
        first: date | None = None,
        last: date | None = None,
        session: str | None = None,
        exercise: str | None = None,
        outcome: RunOutcome | None = None,
        search: str | None = None,
    ) -> tuple[RunSummary, ...]:
        """Return the newest `limit` runs that match, newest first.

        They started between `since` and `until`, on the days from `first` to `last`; `session` is a file's stem;
        `exercise` is its id, or its title where it has none; `search` is part of the session's name, of the note or of
        a tag, in any case.
        """
        low, high = (None if each is None else (each - _EPOCH_DAY).days for each in (first, last))

        def read(connection: sqlite3.Connection) -> tuple[RunSummary, ...]:
            filters = (
                ("r.started_at <= ?", None if until is None else moment(until)[0]),
                ("r.started_at >= ?", None if since is None else moment(since)[0]),
                # No zone is a whole day away from UTC: these two use the index, the next two are exact.
                ("r.started_at >= ?", None if low is None else (low - 1) * _DAY_LONG),
                ("r.started_at < ?", None if high is None else (high + 2) * _DAY_LONG),
                (f"{DAY} >= ?", low),
                (f"{DAY} <= ?", high),
                ("r.stem = ?", session),
                (_IN_WEEKS, None if exercise is None else _weeks_with(connection, exercise)),
                (_WITH_EXERCISE, exercise),
                ("r.outcome = ?", None if outcome is None else outcome.value),
            )
            conditions = ["r.deleted_at IS NULL", *(condition for condition, value in filters if value is not None)]
            values = [value for _condition, value in filters if value is not None]
            if search:
                conditions.append(_HOLDS)
                connection.create_function("holds", 1, _contains(search), deterministic=True)
            query = (
                f"SELECT {SUMMARY_COLUMNS} FROM run AS r WHERE {' AND '.join(conditions)}"  # noqa: S608 - conditions of ours
                " ORDER BY r.started_at DESC LIMIT ?"
            )
            return tuple(summary(row) for row in connection.execute(query, (*values, limit)))

        return self._query(read)

    def records(self) -> tuple[RunRecord, ...]:
        """Return all runs with their intervals, newest first, as an export needs them."""
        newest = "SELECT id FROM run WHERE deleted_at IS NULL ORDER BY started_at DESC"

        def read(connection: sqlite3.Connection) -> tuple[RunRecord, ...]:
            records = (record_of(connection, row[0]) for row in connection.execute(newest).fetchall())
            return tuple(record for record in records if record is not None)

        return self._query(read)

    def run(self, run_id: str) -> RunRecord:
        """Return one run with its intervals. Raises KeyError when there is none."""
        record = self._query(lambda connection: _record(connection, "r.id = ? AND r.deleted_at IS NULL", run_id))
        if record is None:
            raise KeyError(run_id)
        return record

    def unfinished(self) -> RunRecord | None:
        """Return the newest run without an end, which is being done or can be resumed; None when there is none."""
        newest = "SELECT id FROM run WHERE ended_at IS NULL AND deleted_at IS NULL ORDER BY started_at DESC LIMIT 1"

        def read(connection: sqlite3.Connection) -> RunRecord | None:
            row = connection.execute(newest).fetchone()
            return None if row is None else record_of(connection, row[0])

        return self._query(read)

    def is_playing(self) -> bool:
        """Return whether a program plays a session now: a run without an end may be the one it plays."""
        return is_playing(self._file)

    @property
    def has_unsaved_files(self) -> bool:
        """Whether there are unsaved writes that the journal imports at its next start."""
        return bool(unsaved_files(self._file, self._spare))

    def last_done(self) -> Mapping[str, datetime]:
        """Return the start of each session's last completed run, by its file's stem."""
        query = f"""
            {_STEMS} SELECT stem, r.started_at, r.started_offset FROM stems JOIN run AS r USING (stem)
            WHERE r.number = (
                SELECT number FROM run WHERE deleted_at IS NULL AND stem = stems.stem AND outcome = 'completed'
                ORDER BY started_at DESC LIMIT 1
            )
        """  # noqa: S608 - a constant
        return self._query(
            lambda connection: MappingProxyType(
                {stem: local_time(when, offset) for stem, when, offset in connection.execute(query)}
            )
        )

    def sessions(self) -> Mapping[str, str]:
        """Return the sessions that were ever run: the newest name of each, by its file's stem."""
        query = f"""
            {_STEMS} SELECT stem, (
                SELECT session FROM run WHERE deleted_at IS NULL AND stem = stems.stem ORDER BY started_at DESC LIMIT 1
            ) FROM stems WHERE stem IS NOT NULL
        """  # noqa: S608 - a constant
        return self._query(lambda connection: MappingProxyType(dict(connection.execute(query))))

    def minutes_by_day(self, first: date, last: date) -> Mapping[date, float]:
        """Return the minutes truly spent on each day from `first` to `last`, both included; no days without a run."""

        def read(connection: sqlite3.Connection) -> Mapping[date, float]:
            spent = sorted(day_sums(connection, "actual", first, last))
            return MappingProxyType({day(number): time / 60_000 for number, time in spent})

        return self._query(read)

    def days_done(self) -> frozenset[date]:
        """Return all days with a run that counts (see `statistics.counts`)."""
        return self._query(
            lambda connection: frozenset(day(number) for number, done in day_sums(connection, "done") if done)
        )

    def progress(self) -> tuple[ExerciseProgress, ...]:
        """Return the progress of each exercise, the one with the most time first."""
        return self._query(progress)

    def comfort_by(self, grouping: ComfortGrouping) -> tuple[ComfortObservation, ...]:
        """Return comfort by session, exercise, rest or tag, the most observed first."""
        return self._query(lambda connection: comfort_by(connection, grouping))

    def comfort_by_week(self, first: date, last: date) -> Mapping[date, Comfort]:
        """Return the comfort in each week from that of `first` to that of `last`, by their Mondays."""
        return self._query(lambda connection: MappingProxyType(comfort_by_week(connection, first, last)))

    def next_morning_due(self, today: date) -> RunSummary | None:
        """Return yesterday's run whose next-morning comfort was not asked for yet, or None."""
        return self._query(lambda connection: next_morning_due(connection, today))

    def tag_words(self, kind: TagKind) -> tuple[str, ...]:
        """Return the user's own words for a kind of tag, the most used first."""
        query = "SELECT word FROM tag WHERE kind = ? GROUP BY word ORDER BY count(*) DESC, word"
        return self._query(lambda connection: tuple(row[0] for row in connection.execute(query, (kind.value,))))

    def pauses(self) -> tuple[Pause, ...]:
        """Return all pauses, newest first."""
        return self._query(pauses)

    def undoable(self, now: datetime) -> HistoryEdit | None:
        """Return the change that would be undone next, or None."""
        return self._query(lambda connection: undoable(connection, now))

    def redoable(self, now: datetime) -> HistoryEdit | None:
        """Return the change that would be made again next, or None."""
        return self._query(lambda connection: redoable(connection, now))

    def _query(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        with self._reading() as connection:
            return query_valid_rows(connection, question)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Yield an open file in one read transaction."""
        if self._connection is not None:
            yield self._connection
            return
        try:
            connection = self._open()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.close()
        except (sqlite3.Error, UnicodeDecodeError, OSError, DamagedFile) as error:
            raise not_read(self._file, error) from error

    def _open(self) -> sqlite3.Connection:
        if is_missing(self._file):
            raise history_gone(self._file)
        return open_newest_for_reading(self._file)


def record_of(connection: sqlite3.Connection, run_id: str) -> RunRecord | None:
    """Return a run with its intervals, deleted or not; None when there is none. Raises DamagedFile, sqlite3.Error."""
    return _record(connection, "r.id = ?", run_id)


def _record(connection: sqlite3.Connection, condition: str, run_id: str) -> RunRecord | None:
    columns = f"{SUMMARY_COLUMNS}, r.resume_at, r.number, r.left_out, d.hash, d.text"
    query = f"SELECT {columns} FROM run AS r JOIN definition AS d ON d.number = r.definition WHERE {condition}"  # noqa: S608 - conditions of ours
    row = connection.execute(query, (run_id,)).fetchone()
    if row is None:
        return None
    *of_summary, resume_at, number, left_out, fingerprint, text = row
    run = summary(tuple(of_summary))
    validate(_RECORD, (resume_at, left_out, text))
    intervals = f"SELECT {INTERVAL_COLUMNS} FROM interval WHERE run = ? ORDER BY position"  # noqa: S608 - column names of ours
    return RunRecord(
        begun=RunBegun(run.id, run.session, run.stem, text, fingerprint, run.planned, run.started_at, left_out),
        ended_at=run.ended_at,
        outcome=run.outcome,
        intervals=tuple(interval_of(interval) for interval in connection.execute(intervals, (number,))),
        effort=run.effort,
        comfort_before=run.comfort_before,
        comfort_after=run.comfort_after,
        note=run.note,
        comfort_next=run.comfort_next,
        tags=_tags(connection, number),
        away=run.away,
        resume_at=resume_at,
    )


def _weeks_with(connection: sqlite3.Connection, exercise: str) -> str:
    """Return the weeks in which an exercise was done, as a JSON list."""
    query = "SELECT DISTINCT week FROM {sums} WHERE coalesce(exercise, own) = :exercise"
    return json.dumps([row[0] for row in sums(connection, "exercise_sum", query, exercise=exercise)])


def _tags(connection: sqlite3.Connection, number: int) -> tuple[Tag, ...]:
    tags = connection.execute("SELECT kind, word FROM tag WHERE run = ?", (number,)).fetchall()
    for tag in tags:
        validate(TAG, tag)
    return tuple(sorted(Tag(TagKind(kind), word) for kind, word in tags))


def _contains(search: str) -> Callable[[str], bool]:
    """Return a cached test whether a text contains `search`, in any case."""
    part = search.casefold()

    @lru_cache(_REMEMBERED)
    def holds(text: str) -> bool:
        return part in text.casefold()

    return holds
