"""Read and write the bytes of a session file, never over what another program wrote meanwhile.

The editor works with Unix line ends. The file's own line ends and byte order mark are kept, and an unchanged text is
written as the same bytes.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from msgspec import Struct

from timer_app.atomic_write import MAX_BYTES, read_start, unreadable
from timer_app.definition.serializer import save_bytes
from timer_app.i18n import _
from timer_app.problems import Finding, Problem, UnreadableFile
from timer_app.schema.yaml_tree import decode

_MARK = "\ufeff"


class Content(Struct, frozen=True):
    """The content of a file: its bytes, and its text with Unix line ends."""

    raw: bytes
    text: str

    def with_text(self, text: str) -> Content:
        """Return the content with another text, and the same line ends and byte order mark."""
        if text == self.text:
            return self
        old = self.raw.decode("utf-8")
        mark = _MARK if old.startswith(_MARK) else ""
        windows = 2 * old.count("\r\n") > old.count("\n")
        written = mark + (text.replace("\n", "\r\n") if windows else text)
        return Content(written.encode("utf-8"), text)


def new_content(text: str) -> Content:
    """Return the content of a new file."""
    return Content(text.encode("utf-8"), text)


def read_content(file: Path) -> Content:
    """Return the content of a file. Raises Problem if it cannot be read or edited."""
    content = read_if_exists(file)
    if content is None:
        raise unreadable(file, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
    return content


def read_if_exists(file: Path) -> Content | None:
    """Return the content of a file, None if there is no file. Raises Problem as `read_content` does."""
    try:
        raw = read_start(file, MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(file, error) from error
    if len(raw) > MAX_BYTES:
        what = _("{file} is larger than {limit} KiB, too large to be edited here.")
        raise Problem(what.format(file=file.name, limit=MAX_BYTES // 1024), _("Split it into several sessions."))
    text = decode(raw, str(file))
    if isinstance(text, Finding):
        raise UnreadableFile([text])
    return Content(raw, text.replace("\r\n", "\n").replace("\r", "\n"))


class ChangedMeanwhile(Problem):
    """Another program changed the file since it was opened or saved. `content` is what it holds now, if any."""

    def __init__(self, file: Path, content: Content | None) -> None:
        self.content = content
        deleted = _("{file} was deleted by another program meanwhile.")
        changed = _("{file} was changed by another program meanwhile.")
        super().__init__((deleted if content is None else changed).format(file=file.name))


def check_unchanged(file: Path, expected: Content | None) -> None:
    """Raise ChangedMeanwhile if a file does not hold what is `expected`, None for no file.

    Raises Problem if the file cannot be read.
    """
    current = read_if_exists(file)
    if (current.raw if current is not None else None) != (expected.raw if expected is not None else None):
        raise ChangedMeanwhile(file, current)


def save_content(content: Content, file: Path, expected: Content | None) -> None:
    """Write a file atomically, unless it does not hold what is `expected`.

    Raises ChangedMeanwhile, with nothing written, and Problem if it cannot be written.
    """
    check_unchanged(file, expected)
    save_bytes(content.raw, file)
