"""Work that is not saved yet, kept as it is typed, so that a power cut takes none of it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from timer_app.atomic_write import read_whole, write_atomically
from timer_app.clock import in_this_zone

_VERSION = 1
_SUFFIX = ".draft.json"
_LARGEST = 16 * 1024 * 1024


class Unsaved(Struct, frozen=True):
    """The text of a session being edited: `file` is where it will be saved, None for one that has no file yet.

    `origin` is the shipped file that it is a copy of, if any; `on_disk` is the text of `file` when it was opened or
    last saved, None where there was none. `title` is what the person knows it by, `at` when it was kept.
    """

    key: str
    title: str
    text: str
    at: datetime
    file: Path | None = None
    origin: Path | None = None
    on_disk: str | None = None


class UnsavedWork:
    """A folder with one file for each session that is being edited. All methods can be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, work: Unsaved) -> None:
        """Keep work in place of what was kept under its key, all of it or not at all. Raises OSError."""
        data = {
            "version": _VERSION,
            "title": work.title,
            "text": work.text,
            "at": work.at.isoformat(),
            "file": _text(work.file),
            "origin": _text(work.origin),
            "on_disk": work.on_disk,
        }
        write_atomically(self._file(work.key), json.dumps(data).encode("utf-8"))

    def delete(self, key: str) -> None:
        """Keep nothing under a key any more. Raises OSError."""
        self._file(key).unlink(missing_ok=True)

    def all(self) -> tuple[Unsaved, ...]:
        """Return all that is kept, the newest first. What cannot be read stays in the folder and is left out."""
        try:
            files = sorted(file for file in self._folder.iterdir() if file.match(f"[!.]*{_SUFFIX}"))
        except OSError:
            return ()
        found = [work for file in files if (work := _read(file)) is not None]
        return tuple(sorted(found, key=lambda work: work.at, reverse=True))

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"


def _read(file: Path) -> Unsaved | None:
    """Return what a file keeps, or None where it is not as this program writes it."""
    try:
        data = json.loads(read_whole(file, _LARGEST))
        if data["version"] != _VERSION:
            return None
        texts = [data["title"], data["text"]]
        optional = [data["on_disk"], data["file"], data["origin"]]
        if not all(isinstance(text, str) for text in [*texts, *(text for text in optional if text is not None)]):
            return None
        for text in (*texts, data["on_disk"] or ""):
            # Half a character, which no file could hold.
            text.encode()
        return Unsaved(
            key=file.name.removesuffix(_SUFFIX),
            title=data["title"],
            text=data["text"],
            at=_moment(data["at"], file),
            file=_path(data["file"]),
            origin=_path(data["origin"]),
            on_disk=data["on_disk"],
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _moment(text: str, file: Path) -> datetime:
    """Return when a draft was kept; of a time that no zone can tell, such as the year 1, that of its file."""
    at = datetime.fromisoformat(text)
    try:
        return in_this_zone(at)
    except OverflowError:
        return in_this_zone(datetime.fromtimestamp(file.stat().st_mtime, UTC))


def _text(file: Path | None) -> str | None:
    return None if file is None else str(file)


def _path(text: str | None) -> Path | None:
    """Return a path that was kept. Raises ValueError for what can be none."""
    if text is None:
        return None
    if "\0" in text:
        raise ValueError(text)
    os.fsencode(text)
    return Path(text)
