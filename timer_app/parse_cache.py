"""What was read from files, remembered between starts, so that only what changed is read again.

An index is a cache: when it is missing, damaged, of another version or cannot be written, the files are read instead.
Its first line is the checksum of what follows, so that a flipped bit is no other session; what is recalled is looked at
before it is used, by its type.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

from timer_app.atomic_write import read_whole, write_atomically

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"
Stamp: TypeAlias = tuple[int, int, int]
"""By which a file's change is seen: when it was written in nanoseconds, its size, and its number in the file system."""

_LARGEST = 16 * 1024 * 1024


def stamp(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return status.st_mtime_ns, status.st_size, status.st_ino


class ParseCache:
    """Remembers one value for each file, as long as the file's stamp stays the same.

    `version` names everything else that the values depend on. With no `file` it remembers while the program runs.
    """

    def __init__(self, file: Path | None, version: str) -> None:
        self._file = file
        self._version = version
        self._known = self._load()
        self._seen: dict[str, tuple[Stamp, Json]] = {}

    def recall(self, path: str, now: Stamp) -> Json:
        """Return what was remembered of a file, if it has not changed since; else None."""
        known = self._known.get(path)
        if known is None or known[0] != now:
            return None
        self._seen[path] = known
        return known[1]

    def remember(self, path: str, now: Stamp, value: Json) -> None:
        """Remember a value of a file."""
        self._seen[path] = (now, value)

    def save(self) -> None:
        """Keep what was recalled or remembered since the last time, and forget the rest."""
        changed = self._seen != self._known
        self._known, self._seen = self._seen, {}
        if self._file is None or not changed:
            return
        files = {path: [*when, value] for path, (when, value) in self._known.items()}
        text = json.dumps({"version": self._version, "files": files}, ensure_ascii=False, separators=(",", ":"))
        content = text.encode("utf-8", "surrogatepass")
        try:
            write_atomically(self._file, b"%08x\n" % crc32(content) + content)
        except OSError:
            return  # the files are read again next time: slower, and nothing else

    def _load(self) -> dict[str, tuple[Stamp, Json]]:
        if self._file is None:
            return {}
        try:
            checksum, _line_end, content = read_whole(self._file, _LARGEST).partition(b"\n")
            if checksum != b"%08x" % crc32(content):
                return {}
            tree = json.loads(content)
            if tree["version"] != self._version:
                return {}
            return {path: ((when, size, number), value) for path, (when, size, number, value) in tree["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}


def text_of(value: object) -> str:
    """Return a text that was remembered. Raises TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def optional_text(value: object) -> str | None:
    """Return a text that was remembered, or None. Raises TypeError for anything else."""
    return None if value is None else text_of(value)


def texts_of(value: object) -> tuple[str, ...]:
    """Return texts that were remembered. Raises TypeError for anything else."""
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return tuple(map(text_of, value))


def number_of(value: object) -> int:
    """Return a count or a length that was remembered. Raises TypeError for anything else."""
    if type(value) is not int or value < 0:
        raise TypeError(value)
    return value


def optional_number(value: object) -> int | None:
    """Return a count or a length that was remembered, or None. Raises TypeError for anything else."""
    return None if value is None else number_of(value)


def answer_of(value: object) -> bool:
    """Return a yes or a no that was remembered. Raises TypeError for anything else."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value
