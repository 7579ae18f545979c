"""Work that is not saved yet, kept as it is typed, so that a power cut takes none of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from timer_app.clock import in_this_zone
from timer_app.files import write_atomically

_VERSION = 1
_SUFFIX = ".draft.json"


@dataclass(frozen=True, slots=True)
class Unsaved:
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

    def keep(self, work: Unsaved) -> None:
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

    def forget(self, key: str) -> None:
        """Keep nothing under a key any more. Raises OSError."""
        self._file(key).unlink(missing_ok=True)

    def all(self) -> tuple[Unsaved, ...]:
        """Return all that is kept, the newest first. What cannot be read stays in the folder and is left out."""
        files = sorted(self._folder.glob(f"[!.]*{_SUFFIX}")) if self._folder.is_dir() else []
        found = [work for file in files if (work := _read(file)) is not None]
        return tuple(sorted(found, key=lambda work: work.at, reverse=True))

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"


def _read(file: Path) -> Unsaved | None:
    """Return what a file keeps, or None where it is not as this program writes it."""
    try:
        data = json.loads(file.read_bytes())
        if data["version"] != _VERSION:
            return None
        texts = [data["title"], data["text"]]
        optional = [data["on_disk"], data["file"], data["origin"]]
        if not all(isinstance(text, str) for text in [*texts, *(text for text in optional if text is not None)]):
            return None
        return Unsaved(
            key=file.name.removesuffix(_SUFFIX),
            title=data["title"],
            text=data["text"],
            at=in_this_zone(datetime.fromisoformat(data["at"])),
            file=_path(data["file"]),
            origin=_path(data["origin"]),
            on_disk=data["on_disk"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _text(file: Path | None) -> str | None:
    return None if file is None else str(file)


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)
