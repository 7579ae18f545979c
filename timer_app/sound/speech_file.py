"""The file that speech is rendered to, of which nothing stays behind, however the program ends."""

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
    """One file for one line after another. `shared` are the descriptors that the voice's process needs for it."""

    @property
    def name(self) -> str:
        """The path that the voice's process writes to."""

    @property
    def shared(self) -> tuple[int, ...]:
        """The descriptors that the voice's process has to inherit."""

    def clear(self) -> None:
        """Forget what was written to it. Raises OSError."""

    def read(self) -> bytes:
        """Return what has been written to it. Raises OSError."""


class _InMemory:
    """A file of Linux without a name in any folder, which is gone with the last process that has it open."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.name = f"/proc/self/fd/{descriptor}"
        self.shared = (descriptor,)

    def clear(self) -> None:
        os.ftruncate(self._descriptor, 0)

    def read(self) -> bytes:
        return os.pread(self._descriptor, os.fstat(self._descriptor).st_size, 0)


class _InFolder:
    """A file in a folder of its own. Should this process be killed, the voice's process deletes them."""

    shared = ()

    def __init__(self, folder: Path) -> None:
        self._file = folder / "speech.wav"
        self.name = str(self._file)

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)

    def read(self) -> bytes:
        return read_whole(self._file, LONGEST)


def has_memory_files() -> bool:
    """Tell whether a file without a name can be opened by another process, as Linux can where `/proc` is there."""
    return sys.platform == "linux" and Path("/proc/self/fd").is_dir()


@contextmanager
def speech_file() -> Iterator[SpeechFile]:
    """Give a file for speech, and let it go."""
    if sys.platform == "linux" and has_memory_files():
        descriptor = os.memfd_create("speech")
        try:
            yield _InMemory(descriptor)
        finally:
            os.close(descriptor)
    else:
        with TemporaryDirectory(prefix="timer-voice-", ignore_cleanup_errors=True) as folder:
            yield _InFolder(Path(folder))
