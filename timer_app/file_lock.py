"""A lock on a file, which the system takes back when its process ends however that comes about: none can be stale."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from timer_app.atomic_write import make_folder, open_handle

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """A lock on a file that belongs to one process at most, or, `shared`, to as many as take it so.

    On Windows, which knows no such thing, a shared one is the first's.
    """

    def __init__(self, file: Path, *, shared: bool = False) -> None:
        self._file = file
        self._shared = shared
        self._handle: BinaryIO | None = None
        self.usable = True

    @property
    def held(self) -> bool:
        """Whether this one has it."""
        return self._handle is not None

    def acquire(self) -> bool:
        """Acquire the lock without waiting; return whether it is held. Without its file it is not `usable`."""
        if self._handle is not None:
            return True
        try:
            make_folder(self._file.parent)
            handle = os.fdopen(open_handle(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "ab")
        except OSError:
            self.usable = False
            return False
        if not _lock(handle, shared=self._shared):
            handle.close()
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Release it. The file stays: whoever deletes it could let two in."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None


def _lock(handle: BinaryIO, *, shared: bool) -> bool:
    """Lock a file without waiting, and return whether that worked."""
    try:
        if sys.platform == "win32":
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
