"""Writing a file so that a crash or a power cut leaves the old one or the new one, never a mixture."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

MAX_BYTES = 256 * 1024
"""The largest text file of a session or an exercise that is read, in bytes."""


def write_atomically(file: Path, content: bytes) -> None:
    """Replace `file` by one with `content`, safe against a power cut at any moment. Raises OSError."""
    with replacing(file) as out:
        out.write(content)


@contextmanager
def replacing(file: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content becomes `file` when all has gone well, and leaves no trace when not. Raises OSError.

    A file that was there keeps its permissions; a new one gets the usual ones. Missing folders are made.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
    try:
        with draft.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            shutil.copymode(file, draft)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
