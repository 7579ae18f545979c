"""Write the ID3 tag of an MP3 file: a title, and chapters that a player can jump to.

ID3 version 2.3, which the players that know chapters read, with its "Chapter Frame Addendum" (id3.org, 2005). Only
these few frames are ever written, so they are written here: the library that is usual for it is under the GPL.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from timer_app.clock import Milliseconds

MOST_CHAPTERS: Final = 255
"""The table of contents counts its entries in one byte."""

_UTF16: Final = b"\x01"
_TOP_AND_IN_ORDER: Final = 0b11
_NO_OFFSET: Final = 0xFFFF_FFFF


class Chapter(Struct, frozen=True):
    """A stretch of the sound with a title, in milliseconds from its start."""

    start: Milliseconds
    end: Milliseconds
    title: str


def id3_tag(title: str, chapters: Sequence[Chapter]) -> bytes:
    """Return the tag with a title and at most `MOST_CHAPTERS` chapters; the last of them includes the rest."""
    kept = list(chapters[:MOST_CHAPTERS])
    if len(kept) < len(chapters):
        kept[-1] = Chapter(kept[-1].start, chapters[-1].end, kept[-1].title)
    frames = _text("TIT2", title)
    if kept:
        names = [f"chapter{number}".encode() + b"\0" for number in range(len(kept))]
        contents = b"contents\0" + bytes([_TOP_AND_IN_ORDER, len(kept)]) + b"".join(names)
        frames += _frame("CTOC", contents)
        for name, chapter in zip(names, kept, strict=True):
            times = struct.pack(">4I", chapter.start, chapter.end, _NO_OFFSET, _NO_OFFSET)
            frames += _frame("CHAP", name + times + _text("TIT2", chapter.title))
    return b"ID3\x03\x00\x00" + _syncsafe(len(frames)) + frames


def _text(name: str, text: str) -> bytes:
    # A lone surrogate, which no file name or session should hold, becomes a question mark.
    return _frame(name, _UTF16 + text.encode("utf-16", "replace"))


def _frame(name: str, content: bytes) -> bytes:
    return name.encode() + struct.pack(">IH", len(content), 0) + content


def _syncsafe(size: int) -> bytes:
    """Return a size as a syncsafe integer: four bytes of seven bits, so that none looks like a frame's start."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
