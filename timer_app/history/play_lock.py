"""A mark beside the history, there as long as a program plays a session: what it has not ended was not interrupted."""

from __future__ import annotations

from pathlib import Path

from timer_app.file_lock import FileLock

SUFFIX = "-playing"


def play_lock(file: Path) -> FileLock:
    """Return the mark of a history for a program that plays; several can have it at a time."""
    return FileLock(_lock_file(file), shared=True)


def is_playing(file: Path) -> bool:
    """Return whether any program plays a session that is written into this history."""
    if not _lock_file(file).exists():
        return False
    alone = FileLock(_lock_file(file))
    taken = alone.take()
    alone.release()
    return not taken and alone.usable


def _lock_file(file: Path) -> Path:
    return file.with_name(file.name + SUFFIX)
