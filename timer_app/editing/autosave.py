"""Drafts of unsaved sessions, so that a power cut loses nothing that was typed."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, ValidationError, convert, to_builtins

from timer_app.atomic_write import read_whole, write_atomically
from timer_app.clock import in_this_zone

_VERSION = 1
_SUFFIX = ".draft.json"
_LARGEST = 16 * 1024 * 1024


class Unsaved(Struct, frozen=True):
    """The text of a session being edited: `file` is where it will be saved, None for one that has no file yet.

    `origin` is the shipped file that it is a copy of, if any; `on_disk` is the text of `file` when it was opened or
    last saved, None where there was none. `title` is for the user, `at` is when the draft was saved.
    """

    key: str
    title: str
    text: str
    at: datetime
    file: Path | None = None
    origin: Path | None = None
    on_disk: str | None = None


class UnsavedWork:
    """A folder of drafts, one file for each edited session. All methods can be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, unsaved: Unsaved) -> None:
        """Save a draft atomically, replacing the one with the same key. Raises OSError."""
        data = {"version": _VERSION, **to_builtins(unsaved, enc_hook=str)}
        write_atomically(self._file(unsaved.key), json.dumps(data).encode("utf-8"))

    def delete(self, key: str) -> None:
        """Delete the draft with a key. Raises OSError."""
        self._file(key).unlink(missing_ok=True)

    def all(self) -> tuple[Unsaved, ...]:
        """Return all drafts, the newest first. Unreadable files are left out and stay in the folder."""
        try:
            files = sorted(file for file in self._folder.iterdir() if file.match(f"[!.]*{_SUFFIX}"))
        except OSError:
            return ()
        drafts = [unsaved for file in files if (unsaved := _read(file)) is not None]
        return tuple(sorted(drafts, key=lambda unsaved: unsaved.at, reverse=True))

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"


def _read(file: Path) -> Unsaved | None:
    """Return the draft in a file, or None if it is not as this program writes it."""
    try:
        data = json.loads(read_whole(file, _LARGEST))
        if data["version"] != _VERSION:
            return None
        data |= {"key": file.name.removesuffix(_SUFFIX), "at": _moment(data["at"], file)}
        draft = convert(data, Unsaved, dec_hook=_path)
        for text in (draft.title, draft.text, draft.on_disk or ""):
            # Half a character, which no file could hold.
            text.encode()
    except (OSError, ValueError, KeyError, TypeError, RecursionError, ValidationError):
        return None
    return draft


def _moment(text: str, file: Path) -> datetime:
    """Return when a draft was saved; the file's time where no zone has it, such as in the year 1."""
    at = datetime.fromisoformat(text)
    try:
        return in_this_zone(at)
    except OverflowError:
        return in_this_zone(datetime.fromtimestamp(file.stat().st_mtime, UTC))


def _path(_kind: type[Path], text: str) -> Path:
    """Return a stored path. Raises ValueError if it is not one."""
    if "\0" in text:
        raise ValueError(text)
    os.fsencode(text)
    return Path(text)
