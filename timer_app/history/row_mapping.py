"""Convert records to rows and back. Every change of a run goes through here, and updates its seal.

Each function works inside the caller's transaction, and is idempotent.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, TypeAlias

from timer_app.history.bounds import DAY, INTERVAL, LONGEST, RUN, Bound, describe_invalid
from timer_app.history.db_file import definition_hash, row_seal, run_seal
from timer_app.history.errors import DamagedFile
from timer_app.history.records import (
    IntervalOutcome,
    IntervalRecord,
    Pause,
    RunBegun,
    RunOutcome,
    RunRecord,
    RunSummary,
    Tag,
)

Row: TypeAlias = tuple[Any, ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NOT_YET = 0
"""The `changed_at` of a new row, before it is sealed."""

_SUMMARY = {
    name: RUN[name]
    for name in (
        *("id", "session", "stem", "started_at", "started_offset", "ended_at", "ended_offset", "outcome", "planned"),
        *("actual", "effort", "comfort_before", "comfort_after", "note", "comfort_next", "away"),
    )
}
_AT = {name: RUN[name] for name in ("started_at", "started_offset")}
_ON = {"day": DAY}

SUMMARY_COLUMNS = ", ".join(f"r.{name}" for name in _SUMMARY)
INTERVAL_COLUMNS = ", ".join(f'"{name}"' for name in INTERVAL)


def write_begun(connection: sqlite3.Connection, run: RunBegun, changed_at: datetime) -> None:
    """Write the start of a run. A run that exists already is resumed: its end is removed."""
    _put_begun(connection, run)
    _seal(connection, run.id, changed_at)


def write_interval(connection: sqlite3.Connection, run_id: str, interval: IntervalRecord, changed_at: datetime) -> None:
    """Write how an interval ended, in place of an older row. Raises LookupError for an unknown run."""
    connection.execute(PUT_INTERVAL, _interval_row(run_number(connection, run_id), interval))
    _seal(connection, run_id, changed_at)


def write_resume_at(connection: sqlite3.Connection, run_id: str, position: int | None, changed_at: datetime) -> None:
    """Write where a run would be resumed. Raises LookupError for an unknown run."""
    connection.execute("UPDATE run SET resume_at = ? WHERE id = ?", (position, run_id))
    _seal(connection, run_id, changed_at)


def write_end(
    connection: sqlite3.Connection, run_id: str, outcome: RunOutcome, ended_at: datetime, changed_at: datetime
) -> None:
    """Write how a run ended. Raises LookupError for an unknown run."""
    connection.execute(
        "UPDATE run SET outcome = ?, ended_at = ?, ended_offset = ?, resume_at = NULL WHERE id = ?",
        (outcome.value, *moment(ended_at), run_id),
    )
    _seal(connection, run_id, changed_at)


def write_rating(
    connection: sqlite3.Connection,
    run_id: str,
    rating: tuple[int | None, int | None, int | None, str | None],
    changed_at: datetime,
) -> None:
    """Write effort, comfort before and after, and the note; None leaves a value as it is.

    Raises LookupError for an unknown run.
    """
    effort, before, after, note = rating
    columns = ("effort", "comfort_before", "comfort_after", "note")
    assignments = ", ".join(f"{column} = coalesce(?, {column})" for column in columns)
    values = (effort, before, after, None if note is None else clean(note))
    connection.execute(f"UPDATE run SET {assignments} WHERE id = ?", (*values, run_id))  # noqa: S608 - column names of ours
    _seal(connection, run_id, changed_at)


def write_next_morning(connection: sqlite3.Connection, run_id: str, comfort: int | None, changed_at: datetime) -> None:
    """Write the comfort on the morning after a run; None only records that it was asked.

    Raises LookupError for an unknown run.
    """
    connection.execute("UPDATE run SET comfort_next = ?, next_asked = 1 WHERE id = ?", (comfort, run_id))
    _seal(connection, run_id, changed_at)


def write_pause(connection: sqlite3.Connection, pause: Pause, changed_at: datetime) -> None:
    """Write a pause, in place of the one with its id."""
    first, last = (None if each is None else days_since_1970(each) for each in (pause.first, pause.last))
    connection.execute(
        """
        INSERT INTO pause (id, kind, first_day, last_day, note, changed_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, first_day = excluded.first_day,
            last_day = excluded.last_day, note = excluded.note, deleted_at = NULL
        """,
        (pause.id, pause.kind.value, first, last, clean(pause.note), _NOT_YET),
    )
    (before,) = connection.execute("SELECT changed_at FROM pause WHERE id = ?", (pause.id,)).fetchone()
    seal_pause_as(connection, pause.id, change_time(changed_at, before))


def write_run(connection: sqlite3.Connection, run: RunRecord, changed_at: datetime) -> None:
    """Write a whole run, for an import or a demonstration."""
    _put_begun(connection, run.begun)
    number = run_number(connection, run.begun.id)
    ended = (None, None) if run.ended_at is None else moment(run.ended_at)
    outcome = RunOutcome.INTERRUPTED if run.ended_at is None else run.outcome
    rating = (run.effort, run.comfort_before, run.comfort_after, run.comfort_next, clean(run.note))
    connection.execute(
        """
        UPDATE run SET effort = ?, comfort_before = ?, comfort_after = ?, comfort_next = ?, note = ?, away = ?,
            outcome = ?, ended_at = ?, ended_offset = ?, resume_at = ? WHERE number = ?
        """,
        (*rating, int(run.away), outcome.value, *ended, run.resume_at, number),
    )
    put_tags(connection, number, run.tags)
    connection.executemany(PUT_INTERVAL, (_interval_row(number, interval) for interval in run.intervals))
    _seal(connection, run.begun.id, changed_at)


def summary(row: Row) -> RunSummary:
    """Return the run of a row of SUMMARY_COLUMNS. Raises DamagedFile for what cannot be one."""
    validate(_SUMMARY, row)
    return RunSummary(
        id=row[0],
        session=row[1],
        stem=row[2],
        started_at=local_time(row[3], row[4]),
        ended_at=None if row[5] is None else local_time(row[5], row[6]),
        outcome=RunOutcome(row[7]),
        planned=row[8],
        actual=row[9],
        effort=row[10],
        comfort_before=row[11],
        comfort_after=row[12],
        note=row[13],
        comfort_next=row[14],
        away=bool(row[15]),
    )


def interval_of(row: Row) -> IntervalRecord:
    """Return the interval of a row of INTERVAL_COLUMNS. Raises DamagedFile for what cannot be one."""
    validate(INTERVAL, row)
    *first, outcome, planned_reps, actual_reps, attempts = row
    return IntervalRecord(*first, IntervalOutcome(outcome), planned_reps, actual_reps, attempts)  # type: ignore[call-arg] # nine columns come first


def moment(when: datetime) -> tuple[int, int]:
    """Return microseconds since 1970 in UTC, and the zone's offset in seconds. Raises ValueError without a zone."""
    offset = when.utcoffset()
    if offset is None:
        raise ValueError("a time in the history needs its zone")
    return (when - _EPOCH) // _MICROSECOND, int(offset.total_seconds())


def local_time(microseconds: int, offset: int) -> datetime:
    """Return a time in the zone where the user was. Raises DamagedFile outside the bounds."""
    validate(_AT, (microseconds, offset))
    return (_EPOCH + timedelta(microseconds=microseconds)).astimezone(timezone(timedelta(seconds=offset)))


def days_since_1970(when: date) -> int:
    """Return the days from 1970-01-01 to `when`."""
    return (when - _EPOCH.date()).days


def day(number: int) -> date:
    """Return the date of a number of days since 1970. Raises DamagedFile outside the bounds."""
    validate(_ON, (number,))
    return _EPOCH.date() + timedelta(days=number)


def validate(bounds: Mapping[str, Bound], values: Sequence[object]) -> None:
    """Raise DamagedFile where a value is not within its bounds."""
    if wrong := describe_invalid(bounds, values):
        raise DamagedFile((wrong,))


def clean(text: str) -> str:
    """Return `text` without NUL, and with a question mark for each lone surrogate."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def run_number(connection: sqlite3.Connection, run_id: str) -> int:
    """Return the row number of a run in this file. Raises LookupError for an unknown run."""
    row = connection.execute("SELECT number FROM run WHERE id = ?", (run_id,)).fetchone()
    if row is None:
        raise LookupError(f"no run {run_id!r} in the history")
    return int(row[0])


def definition_number(connection: sqlite3.Connection, text: str) -> int:
    """Return the row number of a definition's text, inserted if it is new."""
    text = clean(text)
    fingerprint = definition_hash(text)
    connection.execute("INSERT INTO definition (hash, text) VALUES (?, ?) ON CONFLICT DO NOTHING", (fingerprint, text))
    row = connection.execute("SELECT number FROM definition WHERE hash = ?", (fingerprint,)).fetchone()
    return int(row[0])


PUT_INTERVAL = f"""
    INSERT INTO interval (run, {INTERVAL_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run, position) DO UPDATE SET
        exercise = excluded.exercise, title = excluded.title, kind = excluded.kind, side = excluded.side,
        "set" = excluded."set", round = excluded.round, planned = excluded.planned, actual = excluded.actual,
        outcome = excluded.outcome, planned_reps = excluded.planned_reps, actual_reps = excluded.actual_reps,
        attempts = excluded.attempts
"""  # noqa: S608 - column names of ours


def _put_begun(connection: sqlite3.Connection, run: RunBegun) -> None:
    definition = definition_number(connection, run.definition)
    connection.execute(
        """
        INSERT INTO run
            (id, session, stem, definition, planned, started_at, started_offset, left_out, outcome, changed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'interrupted', ?)
        ON CONFLICT (id) DO UPDATE SET ended_at = NULL, ended_offset = NULL, outcome = 'interrupted', deleted_at = NULL
        """,
        (
            run.id,
            clean(run.session),
            clean(run.stem),
            definition,
            run.planned,
            *moment(run.started_at),
            _normalised(clean(run.left_out)),
            _NOT_YET,
        ),
    )


def _normalised(text: str) -> str:
    """Return JSON in one fixed format, so that export and import change nothing."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return "[]"


def _interval_row(number: int, interval: IntervalRecord) -> Row:
    return (
        number,
        interval.position,
        None if interval.exercise is None else clean(interval.exercise),
        clean(interval.title),
        clean(str(interval.kind)),
        None if interval.side is None else clean(str(interval.side)),
        interval.set,
        interval.round,
        interval.planned,
        # An interval may be left open for weeks.
        min(interval.actual, LONGEST),
        interval.outcome.value,
        interval.planned_reps,
        interval.actual_reps,
        interval.attempts,
    )


def put_tags(connection: sqlite3.Connection, number: int, tags: Iterable[Tag]) -> None:
    """Replace a run's tags; empty words are left out."""
    connection.execute("DELETE FROM tag WHERE run = ?", (number,))
    words = ((number, tag.kind.value, clean(tag.word).strip()) for tag in tags)
    query = "INSERT INTO tag (run, kind, word) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    connection.executemany(query, (row for row in words if row[2]))


def seal_run_as(connection: sqlite3.Connection, number: int, changed_at: int) -> None:
    """Update a run's total, `changed_at` and seal."""
    connection.execute(
        """
        UPDATE run SET changed_at = ?, actual = (SELECT coalesce(sum(actual), 0) FROM interval WHERE run = ?)
        WHERE number = ?
        """,
        (changed_at, number, number),
    )
    connection.execute("UPDATE run SET seal = ? WHERE number = ?", (run_seal(connection, number), number))


def seal_pause_as(connection: sqlite3.Connection, pause_id: str, changed_at: int) -> None:
    """Update a pause's `changed_at` and seal."""
    connection.execute("UPDATE pause SET changed_at = ? WHERE id = ?", (changed_at, pause_id))
    number = connection.execute("SELECT number FROM pause WHERE id = ?", (pause_id,)).fetchone()[0]
    connection.execute("UPDATE pause SET seal = ? WHERE number = ?", (row_seal(connection, "pause", number), number))


def change_time(now: datetime, before: int) -> int:
    """Return the time of a change in microseconds since 1970, always later than the one before.

    The clock may have been set back, and the last change must win in a merge.
    """
    return max(moment(now)[0], before + 1)


def _seal(connection: sqlite3.Connection, run_id: str, changed_at: datetime) -> None:
    number = run_number(connection, run_id)
    (before,) = connection.execute("SELECT changed_at FROM run WHERE number = ?", (number,)).fetchone()
    seal_run_as(connection, number, change_time(changed_at, before))
