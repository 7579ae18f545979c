"""What keys do to the lines of a text: Enter, Tab, comments, and moving lines up and down.

Each function takes the text and a selection from the offset `anchor` to the offset `caret`, where the user is, and
returns an edit with the selection after it, or None where there is nothing to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from timer_app.definition.text_edit import TextEdit

STEP = "  "
"""One step of indentation."""

_ROW = re.compile(r" *(?:- +)*")
_OPENS = re.compile(r"[^#\"']*:(?: *| +[|>][-+0-9]*)(?: #.*)?\Z")
_COMMENT = re.compile(r"( *)# ?")


def break_line(text: str, anchor: int, caret: int) -> TextEdit:
    """Begin a new line in the column in which the text goes on: below its key, or two deeper behind `key:`."""
    start, end = sorted((anchor, caret))
    begin = text.rfind("\n", 0, start) + 1
    head = text[begin:start]
    if not head.strip():
        added, start = "\n" + head, begin
    else:
        match = _ROW.match(head)
        column = match.end() if match else 0
        added = "\n" + " " * column + (STEP if _OPENS.match(head[column:]) else "")
        end += len(text[end:]) - len(text[end:].lstrip(" "))
    at = start + len(added)
    return TextEdit(start, text[start:end], added, (at, at))


def indent(text: str, anchor: int, caret: int) -> TextEdit:
    """Put blanks in up to the next even column; before each line where several are selected."""
    if "\n" not in text[min(anchor, caret) : max(anchor, caret)]:
        start, end = sorted((anchor, caret))
        column = start - (text.rfind("\n", 0, start) + 1)
        added = " " * (len(STEP) - column % len(STEP))
        at = start + len(added)
        return TextEdit(start, text[start:end], added, (at, at))
    return _rewrite(text, anchor, caret, lambda line: STEP + line if line else line)


def outdent(text: str, anchor: int, caret: int) -> TextEdit | None:
    """Take up to two blanks out at the beginning of each selected line."""
    edit = _rewrite(text, anchor, caret, lambda line: line[min(len(STEP), len(line) - len(line.lstrip(" "))) :])
    return edit if edit.removed != edit.added else None


def outdent_before_caret(text: str, anchor: int, caret: int) -> TextEdit | None:
    """Take back one step of indentation before the caret; None where there is none, or something is selected."""
    begin = text.rfind("\n", 0, caret) + 1
    column = caret - begin
    if anchor != caret or column < len(STEP) or text[begin:caret].strip(" "):
        return None
    start = caret - (column % len(STEP) or len(STEP))
    return TextEdit(start, text[start:caret], "", (start, start))


def home(text: str, caret: int) -> int:
    """Return the offset of a line's first letter, or from there of the line's beginning."""
    begin = text.rfind("\n", 0, caret) + 1
    line = text[begin:].partition("\n")[0]
    first = begin + len(line) - len(line.lstrip(" "))
    return begin if caret == first else first


def toggle_comment(text: str, anchor: int, caret: int) -> TextEdit | None:
    """Make comments of the selected lines, or lines again where all of them are comments; blank ones stay."""
    first, last = _whole_lines(text, anchor, caret)
    lines = [line for line in text[first:last].split("\n") if line.strip()]
    if not lines:
        return None
    if all(_COMMENT.match(line) for line in lines):
        return _rewrite(text, anchor, caret, lambda line: _COMMENT.sub(r"\1", line, count=1))
    column = min(len(line) - len(line.lstrip(" ")) for line in lines)
    return _rewrite(text, anchor, caret, lambda line: f"{line[:column]}# {line[column:]}" if line.strip() else line)


def move_lines(text: str, anchor: int, caret: int, *, up: bool) -> TextEdit | None:
    """Let the selected lines change places with the line above or below them; None where there is none."""
    first, last = _whole_lines(text, anchor, caret)
    if (first == 0) if up else (last == len(text)):
        return None
    lines = text[first:last]
    if up:
        begin = text.rfind("\n", 0, first - 1) + 1
        neighbour = text[begin : first - 1]
        start, removed, added, shift = begin, text[begin:last], f"{lines}\n{neighbour}", -len(neighbour) - 1
    else:
        end = text.find("\n", last + 1)
        neighbour = text[last + 1 : len(text) if end < 0 else end]
        start, removed, added, shift = first, f"{lines}\n{neighbour}", f"{neighbour}\n{lines}", len(neighbour) + 1
    # A selection that ends at the beginning of the line below can come to end beyond the text.
    return TextEdit(start, removed, added, (min(anchor + shift, len(text)), min(caret + shift, len(text))))


def _whole_lines(text: str, anchor: int, caret: int) -> tuple[int, int]:
    """Return where the selected lines begin and end; one at whose beginning the selection ends is not among them."""
    start, end = sorted((anchor, caret))
    first = text.rfind("\n", 0, start) + 1
    if start < end and text[end - 1] == "\n":
        end -= 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last


def _rewrite(text: str, anchor: int, caret: int, write: Callable[[str], str]) -> TextEdit:
    """Rewrite each selected line; the selection stays on its characters."""
    first, last = _whole_lines(text, anchor, caret)
    old = text[first:last].split("\n")
    new = [write(line) for line in old]
    selection = (_follow(anchor - first, old, new) + first, _follow(caret - first, old, new) + first)
    return TextEdit(first, text[first:last], "\n".join(new), selection)


def _follow(offset: int, old: list[str], new: list[str]) -> int:
    """Return where an offset in old lines is in the new ones: as far from its line's end as it was."""
    moved = 0
    for before, after in zip(old, new, strict=True):
        if offset <= len(before):
            return moved + max(0, offset + len(after) - len(before)) if offset else moved
        offset -= len(before) + 1
        moved += len(after) + 1
    return moved + offset
