"""Find the context of a caret in the text of a session, however broken the text is.

The text is not parsed: what is being typed is not YAML yet. The path of keys to the caret follows from indentation and
the lines above, and inside braces from brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from msgspec import Struct

ITEM = "-"
"""An item of a list in a path."""

_PREFIX = re.compile(r" *(?:- +)*")
_ROW = re.compile(r" *(?:-(?: +|$))*")
_KEY = re.compile(r"([A-Za-z_][\w-]*) *:(?: +|$)")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_WORD = re.compile(r"[\w-]*")
_TOKEN = re.compile(
    r"""(?P<quoted>"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?)
    |(?P<comment>(?<=\s)\#[^\n]*)
    |(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)
    |(?P<colon>:(?=[\s,\[\]{}]|\Z))
    |(?P<word>(?:[^\s,\[\]{}:]|:(?![\s,\[\]{}]|\Z))+)""",
    re.VERBOSE | re.DOTALL,
)


class CaretContext(Struct, frozen=True):
    """The context of a caret.

    `path` leads from the whole text to the set of keys that the caret is in, such as `("steps", "-", "say", "-")`;
    `given` are the keys that are there, with what stands behind them in their line. `key` is the one whose value is
    being written, None where a key is. The word that is being written begins at the offset `start`, its set of keys in
    the column `column` (from 0), and `flow` is whether that is in braces.
    """

    path: tuple[str, ...]
    given: dict[str, str]
    key: str | None
    start: int
    column: int
    flow: bool


def find_context(text: str, offset: int) -> CaretContext | None:
    """Return the context of an offset; None in comments, quotes and texts, and where it is not certain."""
    begin = text.rfind("\n", 0, offset) + 1
    head = text[begin:offset]
    above = text[:begin].split("\n")[-2::-1]
    inside = _opened(head, above)
    if inside is not None:
        line, rows = inside
        start = begin - sum(len(row) + 1 for row in rows) if rows else begin
        return _in_braces(text, offset, start, line, above[len(rows) :])
    prefix = _prefix(head)
    key = _KEY.match(head, prefix)
    value = head[key.end() :] if key else ""
    if value.startswith(("#", '"', "'", "|", ">")) or " #" in value or not (key or _WORD.fullmatch(head, prefix)):
        return None
    location = _climb(head[: key.end()] if key else head[:prefix], above, prefix)
    if location is None:
        return None
    path, given = location
    for name, value in _below(text[offset:].split("\n")[1:], prefix):
        given.setdefault(name, value)
    start = key.end() if key else prefix
    return CaretContext(path, given, key.group(1) if key else None, begin + start, prefix, flow=False)


class _Row(Struct, frozen=True):
    """One line: the columns of its dashes and of its key, and what stands behind them."""

    indent: int
    levels: tuple[tuple[int, str], ...]
    value: str


def _row(line: str) -> _Row | None:
    """Return the structure of a line; None for a blank line or a comment."""
    if not line.strip() or line.lstrip().startswith("#"):
        return None
    prefix = _end(_ROW, line)
    levels = [(column, ITEM) for column, letter in enumerate(line[:prefix]) if letter == ITEM]
    key = _KEY.match(line, prefix)
    if key:
        levels.append((prefix, key.group(1)))
    value = _COMMENT.sub("", line[key.end() if key else prefix :]).strip()
    return _Row(len(line) - len(line.lstrip(" ")), tuple(levels), value)


def _rows(lines: Iterable[str]) -> Iterator[_Row]:
    return (row for row in map(_row, lines) if row is not None)


def _prefix(head: str) -> int:
    """Return the column behind a line's indentation and dashes."""
    return _end(_PREFIX, head)


def _end(pattern: re.Pattern[str], text: str) -> int:
    """Return where the match of a pattern ends at a text's start."""
    match = pattern.match(text)
    return match.end() if match else 0


def _climb(own: str, above: list[str], column: int) -> tuple[tuple[str, ...], dict[str, str]] | None:
    """Return the path to the set of keys in `column`, and its keys so far; None where the lines do not fit together.

    `own` is the caret's line up to its key, and `above` are the lines above it, going upwards.
    """
    path: list[str] = []
    given: dict[str, str] = {}
    joined, item = True, False  # whether this line begins the set of keys itself; whether a dash stands in `column`
    skipped = _skippable(column, item=False)
    for line in chain((own,), above):
        row = _row(line) if joined or not line.startswith(skipped) else None
        if row is None:
            joined = False
            continue
        joined = joined or not (row.value or any(word != ITEM for _column, word in row.levels))
        for place, word in reversed(row.levels):
            if place > column or (place == column and word == ITEM):
                continue
            if word == ITEM:
                if item or not joined:
                    return None
                path.append(ITEM)
                column, item = place, True
            elif place == column and not item:
                joined = True
                if not path:
                    given.setdefault(word, row.value)
            elif row.value:
                return None
            else:
                path.append(word)
                column, item, joined = place, False, True
        joined = False
        skipped = _skippable(column, item=item)
    return None if item else (tuple(reversed(path)), given)


def _skippable(column: int, *, item: bool) -> tuple[str, ...]:
    """Return the beginnings of lines to skip quickly: those that are deeper, or items of the same list."""
    blanks = " " * column
    return (f"{blanks} ", f"{blanks}{ITEM}") if item else (f"{blanks} ",)


def _below(lines: list[str], column: int) -> Iterator[tuple[str, str]]:
    """Yield the keys in `column` in the lines below, up to where their set ends."""
    deeper = _skippable(column, item=False)
    for row in _rows(line for line in lines if not line.startswith(deeper)):
        if row.indent < column:
            return
        place, word = row.levels[0] if row.levels else (-1, ITEM)
        if place == column and word != ITEM:
            yield word, row.value


def _opened(head: str, above: list[str]) -> tuple[str, list[str]] | None:
    """Return the line that opens the braces in which the caret may be, and the lines from there on, going upwards.

    None where no line does. The line is returned up to the brace.
    """
    prefix = _prefix(head)
    key = _KEY.match(head, prefix)
    start = key.end() if key else prefix
    if head[start : start + 1] in ("{", "["):
        return head[:start], []
    indent = head[: len(head) - len(head.lstrip(" "))]
    for index, line in enumerate(above if indent else ()):
        row = None if line.startswith(indent) else _row(line)
        if row is not None:
            if row.value[:1] not in ("{", "["):
                return None
            return line[: line.index(row.value)], above[: index + 1]
    return None


@dataclass(slots=True)
class _OpenBracket:
    """A bracket or a brace that is open: what stands in it so far."""

    opener: str
    key: str | None = None
    start: int | None = None
    given: dict[str, str] = field(default_factory=dict)

    def end_key(self, before: str) -> None:
        """Take what stands at the end of `before` for a key, if none is there yet."""
        if self.key is None:
            self.key = self._written(before)
            self.start = None

    def end_entry(self, before: str) -> None:
        """Take what stands at the end of `before` for a key's value."""
        if self.key is not None:
            self.given[self.key] = self._written(before)
        self.key = self.start = None

    def _written(self, before: str) -> str:
        return "" if self.start is None else before[self.start :].strip()


def _in_braces(text: str, offset: int, begin: int, line: str, above: list[str]) -> CaretContext | None:
    """Return the context of an offset in braces that are opened after `line`, which begins at the offset `begin`."""
    first = begin + len(line)
    frames = _unclosed(text[first:offset])
    location = _climb(line, above, _prefix(line))
    if not frames or frames[-1].opener == "[" or location is None:
        return None
    key = _KEY.match(line, _prefix(line))
    path = [*location[0], key.group(1)] if key else [*location[0]]
    path.extend(ITEM if frame.opener == "[" else frame.key or "" for frame in frames[:-1])
    inner = frames[-1]
    start = offset if inner.start is None else first + inner.start
    if inner.key is None and not _WORD.fullmatch(text, start, offset):
        return None
    given = dict(inner.given)
    for name in _later(text[offset:].partition("\n")[0]):
        given.setdefault(name, "")
    return CaretContext(tuple(path), given, inner.key, start, _prefix(line), flow=True)


def _unclosed(text: str) -> list[_OpenBracket]:
    """Return the brackets and braces that are open at a text's end; none in a quote or a comment."""
    frames: list[_OpenBracket] = []
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind in ("comment", "quoted") and token.end() == len(text) and _is_open(token.group()):
            return []
        if kind == "close":
            frames.pop()
            if not frames:
                break
        elif kind == "comma":
            frames[-1].end_entry(text[: token.start()])
        elif kind == "colon":
            frames[-1].end_key(text[: token.start()])
        elif kind != "comment":
            if frames and frames[-1].start is None:
                frames[-1].start = token.start()
            if kind == "open":
                frames.append(_OpenBracket(token.group()))
    return frames


def _is_open(token: str) -> bool:
    """Whether a token is a comment or a quote that has not been closed."""
    return token.startswith("#") or (token[0] in "\"'" and (len(token) == 1 or token[-1] != token[0]))


def _later(tail: str) -> Iterator[str]:
    """Yield the keys that follow in the same braces, in the same line."""
    depth, word = 0, ""
    for token in _TOKEN.finditer(tail):
        depth += {"open": 1, "close": -1}.get(token.lastgroup or "", 0)
        if depth < 0:
            return
        if token.lastgroup == "colon" and depth == 0 and word:
            yield word
        word = token.group() if token.lastgroup == "word" else ""
