"""An index of what was read from files, kept between starts, so that only changed files are read again.

An index is a cache: when it is missing, damaged, of another version or cannot be written, the files are read instead.
Its first line is the checksum of what follows, so that a flipped bit is noticed; the rest is converted to its type.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Generic, TypeAlias, TypeVar
from zlib import crc32

from msgspec import ValidationError, convert, to_builtins

from timer_app.atomic_write import read_whole, write_atomically

T = TypeVar("T")
Stamp: TypeAlias = tuple[int, int, int]
"""By which a file's change is seen: when it was written in nanoseconds, its size, and its number in the file system."""

_LARGEST = 16 * 1024 * 1024


def stamp(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return status.st_mtime_ns, status.st_size, status.st_ino


class ParseCache(Generic[T]):
    """Remembers one value of type `kind` for each file, as long as the file's stamp stays the same.

    `version` names everything else that the values depend on. With no `file` it remembers while the program runs.
    """

    def __init__(self, file: Path | None, version: str, kind: type[T]) -> None:
        self._file = file
        self._version = version
        self._kind = kind
        self._saved = self._load()
        self._used: dict[str, tuple[Stamp, T]] = {}

    def recall(self, path: str, now: Stamp) -> T | None:
        """Return what was remembered of a file, if it has not changed since; else None."""
        saved = self._saved.get(path)
        if saved is None or saved[0] != now:
            return None
        self._used[path] = saved
        return saved[1]

    def remember(self, path: str, now: Stamp, value: T) -> None:
        """Remember a value of a file."""
        self._used[path] = (now, value)

    def save(self) -> None:
        """Save what was recalled or remembered since the last time, and forget the rest."""
        changed = self._used != self._saved
        self._saved, self._used = self._used, {}
        if self._file is None or not changed:
            return
        tree = {"version": self._version, "files": to_builtins(self._saved, enc_hook=str)}
        content = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        try:
            write_atomically(self._file, b"%08x\n" % crc32(content) + content)
        except OSError:
            return  # the files are read again next time: slower, and nothing else

    def _load(self) -> dict[str, tuple[Stamp, T]]:
        if self._file is None:
            return {}
        try:
            checksum, _line_end, content = read_whole(self._file, _LARGEST).partition(b"\n")
            if checksum != b"%08x" % crc32(content):
                return {}
            # Not msgspec's decoder, which takes no file name that is not UTF-8.
            tree = json.loads(content)
            if tree["version"] != self._version:
                return {}
            return {path: (convert(when, Stamp), self._read(value)) for path, (when, value) in tree["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError):
            return {}

    def _read(self, value: object) -> T:
        return convert(value, self._kind, dec_hook=_from_text)


def _from_text(kind: type[Any], text: str) -> object:
    """Return a value that JSON has as a text, such as a path."""
    return kind(text)
