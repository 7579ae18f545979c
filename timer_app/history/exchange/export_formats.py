"""Export formats of the history: JSON, CSV for spreadsheets, iCalendar."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from unicodedata import category

from timer_app.clock import Milliseconds
from timer_app.history.records import IntervalRecord, RunOutcome, RunRecord
from timer_app.i18n import _

RUN_COLUMNS = (
    "id",
    "session",
    "stem",
    "started_at",
    "ended_at",
    "outcome",
    "planned_seconds",
    "actual_seconds",
    "effort",
    "comfort_before",
    "comfort_after",
    "comfort_next",
    "note",
    "tags",
    "away",
)
"""The columns of a CSV with one row a run."""

INTERVAL_COLUMNS = (
    "run",
    "session",
    "started_at",
    "position",
    "exercise",
    "title",
    "kind",
    "side",
    "set",
    "round",
    "planned_seconds",
    "actual_seconds",
    "planned_reps",
    "actual_reps",
    "outcome",
    "attempts",
)
"""The columns of a CSV with one row an interval."""

_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_CELL_ENDS = r";|\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_PASSED_OVER = r"\x00-\x20\s\"\u200b-\u200f\u2060\ufeff"
_FORMULA = re.compile(rf"(^|[{_CELL_ENDS}])(?=[{_PASSED_OVER}]*[=+\-@＝＋－＠])|^(?= *[\t\r\n])")
_ICS_LINE = 75


def runs_json(records: Iterable[RunRecord]) -> list[dict[str, object]]:
    """Return the runs as `history list --json` prints them: keys may be added, never changed. Lengths in seconds."""
    return [run_json(record) for record in records]


def run_json(record: RunRecord) -> dict[str, object]:
    """Return one run as `history list --json` prints it."""
    begun = record.begun
    return {
        "id": begun.id,
        "session": begun.session,
        "stem": begun.stem,
        "started_at": begun.started_at.isoformat(),
        "ended_at": None if record.ended_at is None else record.ended_at.isoformat(),
        "outcome": record.outcome.value,
        "planned_seconds": _seconds(begun.planned),
        "actual_seconds": _seconds(record.actual),
        "effort": record.effort,
        "comfort_before": record.comfort_before,
        "comfort_after": record.comfort_after,
        "comfort_next": record.comfort_next,
        "note": record.note,
        "tags": [{"kind": tag.kind.value, "word": tag.word} for tag in record.tags],
        "left_out": json.loads(begun.left_out),
        "away": record.away,
        "resume_at": record.resume_at,
        "intervals": [_interval(interval) for interval in record.intervals],
    }


def runs_csv(records: Iterable[RunRecord]) -> Iterator[str]:
    """Yield the lines of a CSV with one row a run, oldest first, in UTF-8 with a byte order mark.

    What a spreadsheet would run as a formula is escaped by an apostrophe (see `harmless`).
    """
    yield _BYTE_ORDER_MARK + _row(RUN_COLUMNS)
    for record in _oldest_first(records):
        row = run_json(record) | {"tags": "; ".join(f"{tag.kind}: {tag.word}" for tag in record.tags)}
        yield _row([row[column] for column in RUN_COLUMNS])


def intervals_csv(records: Iterable[RunRecord]) -> Iterator[str]:
    """Yield the lines of a CSV with one row an interval, as in `runs_csv`."""
    yield _BYTE_ORDER_MARK + _row(INTERVAL_COLUMNS)
    for record in _oldest_first(records):
        begun = record.begun
        of_run = {"run": begun.id, "session": begun.session, "started_at": begun.started_at.isoformat()}
        for interval in record.intervals:
            row = of_run | _interval(interval)
            yield _row([row[column] for column in INTERVAL_COLUMNS])


def calendar(records: Iterable[RunRecord]) -> Iterator[str]:
    """Yield the lines of an iCalendar file (RFC 5545) with one event a run, oldest first.

    An event's UID is the run's id, so that a calendar imports each run once.
    """
    yield from ("BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", "PRODID:-//Guided Session Timer//History//EN\r\n")
    for record in _oldest_first(records):
        begun = record.begun
        ended_at = record.ended_at or begun.started_at + timedelta(milliseconds=record.actual)
        # A clock that was set back in between must not end a run before it began: calendars refuse that.
        start, stamp = _utc(begun.started_at), _utc(max(begun.started_at, ended_at))
        about = [_outcome(record.outcome), *([record.note] if record.note else [])]
        for line in (
            "BEGIN:VEVENT",
            f"UID:{_ics_text(begun.id)}@guided-session-timer",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{start}",
            # An event has to end after its start; without an end it is a moment.
            *([f"DTEND:{stamp}"] if stamp > start else []),
            f"SUMMARY:{_ics_text(begun.session)}",
            "DESCRIPTION:" + _ics_text("\n".join(about)),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ):
            yield from _folded(line)
    yield "END:VCALENDAR\r\n"


def harmless(text: str) -> str:
    """Escape a text so that no spreadsheet runs it, or a part of it, as a formula.

    Where a semicolon separates the cells, as in half of Europe, quotes in the middle of a line are ignored: what
    follows a semicolon, a bar, a tab or the end of a line is a cell of its own. Quotes at the start of such a cell are
    skipped, as blanks and invisible characters are.
    """
    return _FORMULA.sub(r"\1'", text)


def _oldest_first(records: Iterable[RunRecord]) -> list[RunRecord]:
    return sorted(records, key=attrgetter("begun.started_at", "begun.id"))


def _interval(interval: IntervalRecord) -> dict[str, object]:
    return {
        "position": interval.position,
        "exercise": interval.exercise,
        "title": interval.title,
        "kind": interval.kind,
        "side": interval.side,
        "set": interval.set,
        "round": interval.round,
        "planned_seconds": None if interval.planned is None else _seconds(interval.planned),
        "actual_seconds": _seconds(interval.actual),
        "planned_reps": interval.planned_reps,
        "actual_reps": interval.actual_reps,
        "outcome": interval.outcome.value,
        "attempts": interval.attempts,
    }


def _seconds(length: Milliseconds) -> int | float:
    """Return whole seconds as a whole number, and others to the millisecond."""
    return length // 1000 if length % 1000 == 0 else length / 1000


def _row(cells: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) if isinstance(cell, str) else _cell(cell) for cell in cells])
    return line.getvalue()


def _cell(value: object) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _outcome(outcome: RunOutcome) -> str:
    return {
        RunOutcome.COMPLETED: _("Completed"),
        RunOutcome.STOPPED: _("Stopped"),
        RunOutcome.INTERRUPTED: _("Interrupted"),
    }[outcome]


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _ics_text(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = "\\n".join(text.splitlines())
    return "".join(character for character in text if character == "\t" or category(character) != "Cc")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 bytes, none cut inside a character."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > _ICS_LINE:
            yield piece + "\r\n"
            piece = " "
        piece += character
    yield piece + "\r\n"
