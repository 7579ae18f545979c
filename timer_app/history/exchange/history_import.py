"""Import another computer's history, a safety copy, or a history in JSON.

The files are not trusted: every value is checked first (see `bounds` and `row_validation`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from timer_app.atomic_write import open_file
from timer_app.history.backups import copy_to
from timer_app.history.db_file import empty_store, findings, open_for_reading, writing
from timer_app.history.errors import (
    DamagedFile,
    HistoryRefused,
    not_imported,
    not_read,
    summarise,
)
from timer_app.history.exchange.json_export import Deletions, DocumentError, load_document
from timer_app.history.last_write_marker import delete_marker
from timer_app.history.merge import MergeResult, merge
from timer_app.history.row_mapping import seal_pause_as, seal_run_as
from timer_app.history.row_validation import copy_valid_rows, find_invalid_rows
from timer_app.history.run_edits import restore
from timer_app.i18n import _

_MEBIBYTE = 1024 * 1024
_LARGEST = 512 * _MEBIBYTE
"""The largest history file that is imported, in bytes: a hundred thousand runs."""

_LARGEST_DOCUMENT = 256 * _MEBIBYTE
"""The largest in JSON, in bytes, which takes several times its size in memory: forty thousand runs."""

_SQLITE = b"SQLite format 3\0"
_INDEXES = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
_TABLES = ("interval", "tag", "run", "definition", "pause", "change", "summed")


class _LoadedHistory(Struct, frozen=True):
    """Another history in memory, its deletions, and its invalid rows, which are left out."""

    connection: sqlite3.Connection
    deleted: Deletions
    invalid_rows: tuple[str, ...]


def import_into(connection: sqlite3.Connection, file: Path, restored_at: datetime | None = None) -> MergeResult:
    """Merge a history in JSON, a history file or a safety copy into the open history.

    What was deleted here after its last change there stays deleted, and a file with an invalid row is refused. With
    `restored_at`, the current time, a safety copy is restored: deleted runs come back, which can be undone, and invalid
    rows are left out.

    Works inside the caller's transaction. Raises Problem for a file that cannot be used.
    """
    with _load(file) as loaded:
        if loaded.invalid_rows and restored_at is None:
            raise not_imported(file, summarise(loaded.invalid_rows))
        merged = merge(connection, loaded.connection)
        merged = replace(merged, changed=merged.changed + _apply_deletions(connection, loaded.deleted))
        if restored_at is None:
            return merged
        return replace(
            merged, back=_restore_deleted(connection, loaded.connection, restored_at), left_out=loaded.invalid_rows
        )


def restore_into(connection: sqlite3.Connection, backup: Path) -> MergeResult:
    """Merge a safety copy, or another computer's history file, into the open history.

    Works inside the caller's transaction. The copy may be of an older version. Raises
    HistoryRefused, or HistoryUnreadable when the copy is not sound.
    """
    try:
        loaded = _load_history(backup)
    except (sqlite3.Error, DamagedFile) as error:
        raise not_read(backup, error) from error
    with closing(loaded.connection):
        return replace(merge(connection, loaded.connection), left_out=loaded.invalid_rows)


def replace_with(connection: sqlite3.Connection, own: Path, file: Path, kept: Path) -> MergeResult:
    """Replace the open history `own` by another, after copying it to `kept`.

    Works inside the caller's transaction. Raises Problem for a file that cannot be used; OSError, sqlite3.Error.
    """
    with _load(file) as loaded:
        # SQLite makes no copy through a connection that is about to write.
        with closing(open_for_reading(own)) as before:
            copy_to(before, kept)
        for table in _TABLES:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours
        merged = merge(connection, loaded.connection)
        delete_marker(own)
        return replace(merged, left_out=loaded.invalid_rows, kept=kept)


@contextmanager
def _load(file: Path) -> Iterator[_LoadedHistory]:
    """Yield another history, in memory. Raises NotImported."""
    try:
        with open_file(file) as source:
            start = source.read(len(_SQLITE))
            largest = _LARGEST if start == _SQLITE else _LARGEST_DOCUMENT
            # So that a huge file costs nothing.
            if os.fstat(source.fileno()).st_size > largest:
                raise not_imported(file, _("it is larger than {size} MiB").format(size=largest // _MEBIBYTE))
            text = b"" if start == _SQLITE else start + source.read(largest)
    except OSError as error:
        raise not_imported(file, error.strerror or str(error)) from error
    try:
        loaded = _load_history(file) if start == _SQLITE else _load_json(text)
    except DocumentError as error:
        raise not_imported(file, str(error)) from error
    except (sqlite3.Error, DamagedFile) as error:
        reasons = error.findings if isinstance(error, DamagedFile) else (str(error),)
        raise not_imported(file, _("it is damaged ({what})").format(what=summarise(reasons))) from error
    except HistoryRefused as error:
        reason = _("it belongs to another program, or to a newer version of this one")
        raise not_imported(file, reason) from error
    with closing(loaded.connection):
        yield loaded


def _load_json(text: bytes) -> _LoadedHistory:
    memory = empty_store()
    try:
        with writing(memory):
            return _LoadedHistory(memory, load_document(text, memory), ())
    except BaseException:
        memory.close()
        raise


def _load_history(file: Path) -> _LoadedHistory:
    """Read a sound history of any version. Raises HistoryRefused; DamagedFile, sqlite3.Error when it is not sound."""
    with closing(open_for_reading(file)) as source:
        source.execute("BEGIN")
        # The bounds replace the checks of the tables.
        source.execute("PRAGMA ignore_check_constraints = ON")
        if reasons := _foreign_expressions(source) or findings(source):
            raise DamagedFile(reasons)
        invalid_rows = find_invalid_rows(source)
        return _LoadedHistory(copy_valid_rows(source, invalid_rows), {}, tuple(map(str, invalid_rows)))


def _foreign_expressions(source: sqlite3.Connection) -> tuple[str, ...]:
    """Return a finding for indexes or columns with expressions that are not ours: reading them might never end."""
    generated = "SELECT s.name FROM sqlite_schema AS s JOIN pragma_table_xinfo(s.name) AS c WHERE c.hidden"
    with closing(empty_store()) as ours:
        made_here = {" ".join(sql.split()) for (sql,) in ours.execute(_INDEXES)}
    made = {" ".join(sql.split()) for (sql,) in source.execute(_INDEXES)}
    is_ours = made <= made_here and source.execute(generated).fetchone() is None
    return () if is_ours else ("the tables are not as they were made",)


def _restore_deleted(connection: sqlite3.Connection, memory: sqlite3.Connection, now: datetime) -> int:
    """Restore the runs and pauses that are deleted here and not in the other history; return how many runs."""
    runs = 0
    for subject in ("run", "pause"):
        present = {row[0] for row in memory.execute(f"SELECT id FROM {subject} WHERE deleted_at IS NULL")}  # noqa: S608 - a table of ours
        query = f"SELECT id FROM {subject} WHERE deleted_at IS NOT NULL ORDER BY number"  # noqa: S608 - a table of ours
        for (of_id,) in connection.execute(query).fetchall():
            if of_id in present:
                restore(connection, subject, of_id, now)
                runs += subject == "run"
    return runs


def _apply_deletions(connection: sqlite3.Connection, deletions: Deletions) -> int:
    """Delete what another computer deleted after it was last changed here; return how many runs."""
    runs = 0
    for table, times in deletions.items():
        query = f"SELECT id, number, changed_at FROM {table} WHERE deleted_at IS NULL"  # noqa: S608 - a table of ours
        for of_id, number, changed_at in connection.execute(query).fetchall():
            if of_id not in times or times[of_id][1] <= changed_at:
                continue
            update = f"UPDATE {table} SET deleted_at = ? WHERE number = ?"  # noqa: S608 - a table of ours
            connection.execute(update, (times[of_id][0], number))
            if table == "run":
                runs += 1
                seal_run_as(connection, number, times[of_id][1])
            else:
                seal_pause_as(connection, of_id, times[of_id][1])
    return runs
