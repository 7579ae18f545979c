"""A temporary file for rendered speech, which is deleted however the program ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from timer_app.atomic_write import read_whole
from timer_app.sound.clips import LONGEST


class SpeechFile(Protocol):
    """A file for one line after another."""

    @property
    def name(self) -> str:
        """The path that the voice worker writes to."""

    @property
    def shared(self) -> tuple[int, ...]:
        """The file descriptors that the voice worker has to inherit."""

    def clear(self) -> None:
        """Empty the file. Raises OSError."""

    def read(self) -> bytes:
        """Return the file's content. Raises OSError."""


class _MemoryFile:
    """An anonymous file of Linux, which is gone with the last process that has it open."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.name = f"/proc/self/fd/{descriptor}"
        self.shared = (descriptor,)

    def clear(self) -> None:
        os.ftruncate(self._descriptor, 0)

    def read(self) -> bytes:
        return os.pread(self._descriptor, os.fstat(self._descriptor).st_size, 0)


class _FolderFile:
    """A file in a folder of its own. If this process is killed, the voice worker deletes both."""

    shared = ()

    def __init__(self, folder: Path) -> None:
        self._file = folder / "speech.wav"
        self.name = str(self._file)

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)

    def read(self) -> bytes:
        return read_whole(self._file, LONGEST)


def has_memory_files() -> bool:
    """Return whether another process can open an anonymous file: on Linux, where there is `/proc`."""
    return sys.platform == "linux" and Path("/proc/self/fd").is_dir()


@contextmanager
def speech_file() -> Iterator[SpeechFile]:
    """Yield a file for speech, and delete it."""
    if sys.platform == "linux" and has_memory_files():
        descriptor = os.memfd_create("speech")
        try:
            yield _MemoryFile(descriptor)
        finally:
            os.close(descriptor)
    else:
        with TemporaryDirectory(prefix="timer-voice-", ignore_cleanup_errors=True) as folder:
            yield _FolderFile(Path(folder))
