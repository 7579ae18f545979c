"""Convert between characters and the UTF-16 units of Qt, and replace characters that Qt takes for line ends.

An emoji is one character and two units. No text has lone surrogates: a file in UTF-8 cannot.
"""

from __future__ import annotations

import re

_STRANGE = re.compile("[\0\r\u2028\u2029\ufdd0\ufdd1]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_NO_TEXT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_STAND_IN = "\ufffd"


def to_units(text: str, offset: int) -> int:
    """Return the number of units in the first `offset` characters of a text."""
    return offset if text.isascii() else len(text[:offset].encode("utf-16-le")) // 2


def to_characters(text: str, units: int) -> int:
    """Return the number of whole characters in the first `units` units of a text."""
    if text.isascii():
        return min(units, len(text))
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def shown(text: str) -> str:
    """Return a text with replacements for the characters that Qt would take for something else."""
    return _STRANGE.sub(_STAND_IN, text)


def cleaned(text: str) -> str:
    """Return pasted text as it may be inserted.

    Lines end with a line feed, control characters are dropped, and tabs at a line's start, which YAML refuses, become
    two spaces each.
    """
    lines = _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text))
    return _INDENT.sub(lambda indent: indent.group().replace("\t", "  "), lines)
