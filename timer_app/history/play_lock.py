"""A lock held while a program plays a session: a run without an end is then not an interrupted one."""

from __future__ import annotations

from pathlib import Path

from timer_app.file_lock import FileLock

SUFFIX = "-playing"


def play_lock(file: Path) -> FileLock:
    """Return the lock of a history for a program that plays; several can hold it at a time."""
    return FileLock(_lock_file(file), shared=True)


def is_playing(file: Path) -> bool:
    """Return whether any program plays a session and records it in this history."""
    if not _lock_file(file).exists():
        return False
    alone = FileLock(_lock_file(file))
    acquired = alone.acquire()
    alone.release()
    return not acquired and alone.usable


def _lock_file(file: Path) -> Path:
    return file.with_name(file.name + SUFFIX)
