"""Text that somebody else wrote, such as a name, a note or a path, made harmless for a terminal and for the window.

A terminal obeys the control characters in it, and a bidirectional override turns round what stands beside it. Such
characters are shown by their codes instead, as Python writes them.
"""

import re

_BIDI = "\u202a-\u202e\u2066-\u2069"
_UNSEEN = "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0001"
"""Characters without a width that no language needs, and the ends of lines that only Unicode knows.

The joiners and the marks of direction that Arabic, Hebrew, Persian and joined emoji need are not among them.
"""

UNSAFE = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}{_UNSEEN}]")
"""One character that is not to be obeyed; tabs and the ends of lines are."""

_NO_TEXT = re.compile("[\ud800-\udfff]")
_UNSAFE_IN_LINE = re.compile(f"[\t\n]|{UNSAFE.pattern}")


def as_text(name: str) -> str:
    """Return a name of a file or a folder as text, with the codes of those bytes of it that are none."""
    return _NO_TEXT.sub(_code, name)


def plain_text(text: str) -> str:
    """Return a text of any number of lines with nothing in it that a terminal or a window would obey."""
    return UNSAFE.sub(_code, text)


def plain_line(text: str) -> str:
    """Return a text as one line with nothing in it that would be obeyed: the end of a line is shown by its code too."""
    return _UNSAFE_IN_LINE.sub(_code, text)


def _code(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        # How Python keeps the bytes of a file name that are no UTF-8.
        return f"\\x{code - 0xDC00:02x}"
    return ascii(found[0])[1:-1]
