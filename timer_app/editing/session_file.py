"""The bytes of a session file: read for editing, written back, and never over what somebody else wrote meanwhile.

The editor works on lines that end as in Unix. What the file had at its lines' ends and in front of its first line is
kept, and a text that is what it was is written as the very bytes that it was.
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
    """What a file holds: its bytes, and the text in them with lines that end as in Unix."""

    raw: bytes
    text: str

    def with_text(self, text: str) -> Content:
        """Return the content with another text, its lines ended and its head marked as they are here."""
        if text == self.text:
            return self
        old = self.raw.decode("utf-8")
        mark = _MARK if old.startswith(_MARK) else ""
        windows = 2 * old.count("\r\n") > old.count("\n")
        written = mark + (text.replace("\n", "\r\n") if windows else text)
        return Content(written.encode("utf-8"), text)


def new_content(text: str) -> Content:
    """Return the content of a file that is made anew."""
    return Content(text.encode("utf-8"), text)


def read_content(file: Path) -> Content:
    """Return what a file holds. Raises Problem where it cannot be read, or cannot be edited here."""
    content = read_if_exists(file)
    if content is None:
        raise unreadable(file, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
    return content


def read_if_exists(file: Path) -> Content | None:
    """Return what a file holds, or None where there is none. Raises Problem as `read_content` does."""
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
    """The file is no longer what it was when it was opened or last saved. `content` is what it holds now, if any."""

    def __init__(self, file: Path, content: Content | None) -> None:
        self.content = content
        gone = _("{file} was deleted by another program meanwhile.")
        other = _("{file} was changed by another program meanwhile.")
        super().__init__((gone if content is None else other).format(file=file.name))


def check_unchanged(file: Path, known: Content | None) -> None:
    """Raise ChangedMeanwhile where a file is not what is known of it; `known` is None for a file that is not there.

    Raises Problem where that cannot be told.
    """
    now = read_if_exists(file)
    if (now.raw if now is not None else None) != (known.raw if known is not None else None):
        raise ChangedMeanwhile(file, now)


def save_content(content: Content, file: Path, known: Content | None) -> None:
    """Write a file, all of it or not at all, unless it is another by now than what is known of it.

    Raises ChangedMeanwhile, with nothing written, and Problem where it cannot be written.
    """
    check_unchanged(file, known)
    save_bytes(content.raw, file)
