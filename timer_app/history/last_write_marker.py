"""A note beside the history of the run that was written last, so that a history which has gone back is noticed.

The log tells of damage (see `write_ahead`), but not that it was cut off cleanly where a commit ends, nor that it is not
there any more, nor that the file is an older copy of itself. The note does: a run that it names is in the file, and not
older than it says. It is written after the commit and not forced to the disk, so it costs no waiting; on a disk that
keeps its word it can be behind the history, never ahead of it. Where the disk lost both, nothing can tell.
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
    """Return where the note of a history lies, if there is one."""
    return file.with_name(file.name + SUFFIX)


def write_marker(connection: sqlite3.Connection, file: Path, run_id: str) -> None:
    """Note that a run was written into the history, just now and last. What cannot be noted is left."""
    row = connection.execute("SELECT changed_at FROM run WHERE id = ?", (run_id,)).fetchone()
    if row is None:
        return
    said = f"{row[0]} {run_id}".encode()
    with suppress(OSError), os.fdopen(open_handle(marker_file(file), os.O_RDWR | os.O_CREAT), "r+b") as note:
        # In its place: a new file would be brought to the disk at once by some systems.
        note.write(b"%08x " % crc32(said) + said)
        note.truncate()


def delete_marker(file: Path) -> None:
    """Take the note away, if there is one. Raises OSError."""
    # A disk that may not be written to minds being asked to take away what is not there.
    if marker_file(file).exists():
        marker_file(file).unlink()


def is_behind_marker(connection: sqlite3.Connection, file: Path) -> bool:
    """Return whether the history has not what was written last, as far as that is known. Raises sqlite3.Error."""
    try:
        # Before the history is looked at: somebody may be writing both.
        note = read_whole(marker_file(file))
    except OSError:
        return False
    checksum, _space, said = note.partition(b" ")
    if checksum != b"%08x" % crc32(said):
        return False
    changed_at, run_id = said.decode().split(" ", 1)
    row = connection.execute("SELECT changed_at FROM run WHERE id = ?", (run_id,)).fetchone()
    return row is None or row[0] < int(changed_at)
