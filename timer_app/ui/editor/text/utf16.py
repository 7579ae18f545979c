"""Offsets and letters as Qt has them: it counts UTF-16 units, and some letters it takes for the end of a line.

An emoji is one character and two units. No text has halves of such pairs in it: a file in UTF-8 cannot.
"""

from __future__ import annotations

import re

_STRANGE = re.compile("[\0\r\u2028\u2029\ufdd0\ufdd1]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_NO_TEXT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_STAND_IN = "\ufffd"


def to_units(text: str, offset: int) -> int:
    """Return how many units the first `offset` characters of a text have."""
    return offset if text.isascii() else len(text[:offset].encode("utf-16-le")) // 2


def to_characters(text: str, units: int) -> int:
    """Return how many whole characters the first `units` units of a text have."""
    if text.isascii():
        return min(units, len(text))
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def shown(text: str) -> str:
    """Return a text as a widget can hold it: each letter that Qt would take for something else has a stand-in."""
    return _STRANGE.sub(_STAND_IN, text)


def cleaned(text: str) -> str:
    """Return a text from elsewhere as it may be inserted.

    All lines end as in Unix, what is no text is dropped, and tabs at a line's beginning, which YAML refuses, are two
    blanks each.
    """
    lines = _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text))
    return _INDENT.sub(lambda indent: indent.group().replace("\t", "  "), lines)
