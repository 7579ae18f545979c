"""The history out of the program and in again: whole files, made and looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from timer_app.files import replacing
from timer_app.history.backups import copy_to, load_copy
from timer_app.history.documents import DocumentError, document, load_document
from timer_app.history.last_commit import has_gone_back
from timer_app.history.mending import bring_back
from timer_app.history.merging import Merged, merge
from timer_app.history.rows import seal_pause_as, seal_run_as
from timer_app.history.store import empty_store, findings, is_empty, open_for_reading, writing
from timer_app.history.troubles import (
    DamagedFile,
    HistoryRefused,
    HistoryUnreadable,
    is_worldly,
    not_checked,
    not_imported,
    not_read,
    not_written,
)
from timer_app.history.write_ahead import has_cut_log
from timer_app.i18n import _

_LARGEST_DOCUMENT = 1 << 30
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Checked:
    """A history file that was looked at: how many runs are in it, and what is wrong, nothing when it is sound."""

    runs: int
    findings: tuple[str, ...]


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write a text file, whole or not at all. Raises Problem."""
    try:
        with replacing(file) as out:
            for line in lines:
                out.write(line.encode())
    except OSError as error:
        raise not_written(file, error) from error


def write_document(history: Path, file: Path) -> None:
    """Write all of a history into a JSON file. Raises Problem."""
    try:
        with closing(_open(history)) as connection:
            connection.execute("BEGIN")
            write_lines(file, document(connection))
    except (sqlite3.Error, DamagedFile) as error:
        raise not_read(history, error) from error


def look_before_writing(history: Path, file: Path, *, replace: bool) -> None:
    """Raise Problem where a file would be written over the history itself, or over another one without `replace`."""
    if not file.exists():
        return
    if not replace:
        raise not_written(file, FileExistsError(_("there is a file of that name already")))
    if history.exists() and file.samefile(history):
        raise not_written(file, FileExistsError(_("it is your history itself")))


def write_backup(history: Path, file: Path) -> None:
    """Write all of a history into one file, which is a history of its own, in place of one of that name.

    Raises Problem.
    """
    try:
        with closing(_open(history)) as connection:
            file.parent.mkdir(parents=True, exist_ok=True)
            copy_to(connection, file)
    except OSError as error:
        raise not_written(file, error) from error
    except (sqlite3.Error, DamagedFile) as error:
        if is_worldly(error):
            raise not_written(file, error) from error
        raise not_read(history, error) from error


def import_into(connection: sqlite3.Connection, file: Path, back_at: datetime | None = None) -> Merged:
    """Bring a history in JSON, a history file or a safety copy into the open history: nothing there is lost.

    What was deleted here after it was last changed there stays deleted, so that two computers become equal. With
    `back_at`, the time it is now, it comes back, and can be undone: a safety copy is restored.
    Works inside the caller's transaction. Raises Problem for a file that cannot be used.
    """
    try:
        with file.open("rb") as source:
            is_database = source.read(len(_SQLITE)) == _SQLITE
        if not is_database and file.stat().st_size > _LARGEST_DOCUMENT:
            raise not_imported(file, _("it is too large"))
        text = b"" if is_database else file.read_bytes()
    except OSError as error:
        raise not_imported(file, error.strerror or str(error)) from error
    with closing(empty_store() if not is_database else sqlite3.connect(":memory:", isolation_level=None)) as memory:
        if is_database:
            _load_database(file, memory)
            merged = merge(connection, memory)
        else:
            try:
                with writing(memory):
                    deleted = load_document(text, memory)
            except DocumentError as error:
                raise not_imported(file, str(error)) from error
            merged = merge(connection, memory)
            merged = replace(merged, changed=merged.changed + _take_away(connection, deleted))
        return merged if back_at is None else replace(merged, back=_bring_back(connection, memory, back_at))


def check_file(file: Path) -> Checked:
    """Look through a history from end to end; nothing in it is changed. Raises Problem where it is not ours."""
    try:
        if is_empty(file):
            return Checked(0, ())
        cut = (_("the end of its log cannot be read"),) if has_cut_log(file) else ()
        with closing(open_for_reading(file)) as connection:
            behind = (_("what was written last is missing"),) if has_gone_back(connection, file) else ()
            found = cut + behind + findings(connection)
            runs = 0 if found else connection.execute("SELECT count(*) FROM run WHERE deleted_at IS NULL").fetchone()[0]
            return Checked(runs, found)
    except DamagedFile as error:
        return Checked(0, error.findings)
    except (sqlite3.Error, OSError) as error:
        if is_worldly(error):
            raise not_read(file, error) from error
        return Checked(0, (str(error),))


def check_copy(file: Path) -> Checked:
    """Look through a history file or a safety copy that was named. Raises Problem where there is none."""
    try:
        file.open("rb").close()
    except OSError as error:
        raise not_checked(file, error) from error
    return check_file(file)


def _load_database(file: Path, memory: sqlite3.Connection) -> None:
    try:
        load_copy(file, memory)
    except HistoryUnreadable as error:
        raise not_imported(file, _("it is damaged")) from error
    except HistoryRefused as error:
        reason = _("it belongs to another program, or to a newer version of this one")
        raise not_imported(file, reason) from error


def _open(history: Path) -> sqlite3.Connection:
    return empty_store() if is_empty(history) else open_for_reading(history)


def _bring_back(connection: sqlite3.Connection, memory: sqlite3.Connection, now: datetime) -> int:
    """Bring back what is deleted here and there in the other history; return how many runs."""
    back = 0
    for subject in ("run", "pause"):
        there = {row[0] for row in memory.execute(f"SELECT id FROM {subject} WHERE deleted_at IS NULL")}  # noqa: S608 - a table of ours
        gone = f"SELECT id FROM {subject} WHERE deleted_at IS NOT NULL ORDER BY number"  # noqa: S608 - a table of ours
        for (of_id,) in connection.execute(gone).fetchall():
            if of_id in there:
                bring_back(connection, subject, of_id, now)
                back += subject == "run"
    return back


def _take_away(connection: sqlite3.Connection, deleted: dict[str, dict[str, tuple[int, int]]]) -> int:
    """Delete what another computer deleted after it was last changed here; return how many runs."""
    gone = 0
    for table, tombs in deleted.items():
        known = f"SELECT id, number, changed_at FROM {table} WHERE deleted_at IS NULL"  # noqa: S608 - a table of ours
        for of_id, number, changed_at in connection.execute(known).fetchall():
            if of_id not in tombs or tombs[of_id][1] <= changed_at:
                continue
            query = f"UPDATE {table} SET deleted_at = ? WHERE number = ?"  # noqa: S608 - a table of ours
            connection.execute(query, (tombs[of_id][0], number))
            if table == "run":
                gone += 1
                seal_run_as(connection, number, tombs[of_id][1])
            else:
                seal_pause_as(connection, of_id, tombs[of_id][1])
    return gone
