"""Write the history into files, and check history files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from timer_app.atomic_write import open_file, replacing
from timer_app.history.backups import copy_to
from timer_app.history.db_file import findings, is_empty, open_for_reading, open_newest_for_reading
from timer_app.history.errors import (
    DamagedFile,
    is_disk_error,
    not_checked,
    not_read,
    not_written,
)
from timer_app.history.exchange.json_export import document
from timer_app.history.last_write_marker import is_behind_marker
from timer_app.history.row_validation import find_invalid_rows, query_valid_rows
from timer_app.history.wal_check import has_cut_log
from timer_app.i18n import _


class FileCheck(Struct, frozen=True):
    """The result of checking a history file: how many runs are in it, and what is wrong, empty when it is sound.

    `invalid_rows` describes rows with invalid values in a file that is sound but for them.
    """

    runs: int
    findings: tuple[str, ...]
    invalid_rows: tuple[str, ...] = ()


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write a text file atomically. Raises Problem."""
    try:
        with replacing(file) as out:
            for line in lines:
                out.write(line.encode())
    except OSError as error:
        raise not_written(file, error) from error


def write_document(history: Path, file: Path) -> None:
    """Export a history to a JSON file. Raises Problem."""
    try:
        with closing(open_newest_for_reading(history)) as connection:
            connection.execute("BEGIN")
            query_valid_rows(connection, lambda sound: write_lines(file, document(sound)))
    except (sqlite3.Error, DamagedFile) as error:
        raise not_read(history, error) from error


def check_target(history: Path, file: Path, *, replace: bool) -> None:
    """Raise Problem where a file would overwrite the history itself, or without `replace` any other file."""
    if not file.exists():
        return
    if not replace:
        raise not_written(file, FileExistsError(_("there is a file of that name already")))
    if history.exists() and file.samefile(history):
        raise not_written(file, FileExistsError(_("it is your history itself")))


def write_backup(history: Path, file: Path) -> None:
    """Copy a history into one file, replacing one of that name. Raises Problem."""
    try:
        with closing(open_newest_for_reading(history)) as connection:
            copy_to(connection, file)
    except OSError as error:
        raise not_written(file, error) from error
    except (sqlite3.Error, DamagedFile) as error:
        if is_disk_error(error):
            raise not_written(file, error) from error
        raise not_read(history, error) from error


def check_file(file: Path) -> FileCheck:
    """Check a history from end to end, read-only. Raises Problem for a file of another program."""
    try:
        if is_empty(file):
            return FileCheck(0, ())
        cut = (_("the end of its log cannot be read"),) if has_cut_log(file) else ()
        with closing(open_for_reading(file)) as connection:
            missing_end = (_("what was written last is missing"),) if is_behind_marker(connection, file) else ()
            problems = cut + missing_end + findings(connection)
            if problems:
                return FileCheck(0, problems)
            (runs,) = connection.execute("SELECT count(*) FROM run WHERE deleted_at IS NULL").fetchone()
            return FileCheck(runs, (), tuple(map(str, find_invalid_rows(connection))))
    except DamagedFile as error:
        return FileCheck(0, error.findings)
    except (sqlite3.Error, OSError) as error:
        if is_disk_error(error):
            raise not_read(file, error) from error
        return FileCheck(0, (str(error),))


def check_copy(file: Path) -> FileCheck:
    """Check a history file or a safety copy that the user named. Raises Problem where there is none."""
    try:
        open_file(file).close()
    except OSError as error:
        raise not_checked(file, error) from error
    return check_file(file)
