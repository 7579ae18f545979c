"""A marker file with the run that was written last, to detect a history that has lost its newest commits.

The check of the log (`wal_check`) finds damage, but not a log that was cut off at the end of a commit or removed, nor a
file that was replaced by an older copy. With the marker these are found: its run is in the file, and not older than the
marker says. It is written after the commit and not synced, so it costs no waiting; it can be older than the history,
never newer.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from timer_app.atomic_write import open_handle, read_whole

SUFFIX = "-last"


def marker_file(file: Path) -> Path:
    """Return the path of a history's marker."""
    return file.with_name(file.name + SUFFIX)


def write_marker(connection: sqlite3.Connection, file: Path, run_id: str) -> None:
    """Write the marker for a run that has just been committed. Errors of the disk are ignored."""
    row = connection.execute("SELECT changed_at FROM run WHERE id = ?", (run_id,)).fetchone()
    if row is None:
        return
    payload = f"{row[0]} {run_id}".encode()
    with suppress(OSError), os.fdopen(open_handle(marker_file(file), os.O_RDWR | os.O_CREAT), "r+b") as note:
        # In its place: a new file would be brought to the disk at once by some systems.
        note.write(b"%08x " % crc32(payload) + payload)
        note.truncate()


def delete_marker(file: Path) -> None:
    """Delete the marker, if there is one. Raises OSError."""
    # On a read-only disk even deleting what does not exist is an error.
    if marker_file(file).exists():
        marker_file(file).unlink()


def is_behind_marker(connection: sqlite3.Connection, file: Path) -> bool:
    """Return whether the run of the marker is missing from the history, or older. Raises sqlite3.Error."""
    try:
        # Read before the history: another program may be writing both.
        note = read_whole(marker_file(file))
    except OSError:
        return False
    checksum, _space, payload = note.partition(b" ")
    if checksum != b"%08x" % crc32(payload):
        return False
    changed_at, run_id = payload.decode().split(" ", 1)
    row = connection.execute("SELECT changed_at FROM run WHERE id = ?", (run_id,)).fetchone()
    return row is None or row[0] < int(changed_at)
