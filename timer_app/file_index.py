"""What was read from files, remembered between starts, so that only what changed is read again.

An index is a cache: when it is missing, damaged, of another version or cannot be written, the files are read instead.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from timer_app.files import write_atomically

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"
Stamp: TypeAlias = tuple[int, int, int]
"""By which a file's change is seen: when it was written in nanoseconds, its size, and its number in the file system."""


def stamp(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return status.st_mtime_ns, status.st_size, status.st_ino


class FileIndex:
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
        content = json.dumps({"version": self._version, "files": files}, ensure_ascii=False, separators=(",", ":"))
        try:
            write_atomically(self._file, content.encode("utf-8", "surrogatepass"))
        except OSError:
            return  # the files are read again next time: slower, and nothing else

    def _load(self) -> dict[str, tuple[Stamp, Json]]:
        if self._file is None:
            return {}
        try:
            tree = json.loads(self._file.read_bytes())
            if tree["version"] != self._version:
                return {}
            return {path: ((when, size, number), value) for path, (when, size, number, value) in tree["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}
