"""Tokenize a session's text line by line, for syntax colours; any text will do."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from enum import StrEnum

from msgspec import Struct

from timer_app.durations import is_duration

_MOST_BRACKETS = 30


class TokenKind(StrEnum):
    """The kinds of tokens."""

    KEY = "key"
    VALUE = "value"
    TEXT = "text"
    QUOTED = "quoted"
    BLOCK = "block"
    COMMENT = "comment"
    DASH = "dash"
    PUNCTUATION = "punctuation"
    EXERCISE = "exercise"
    UNKNOWN = "unknown"


class Span(Struct, frozen=True):
    """A part of a line, from the character `start` up to `end`."""

    start: int
    end: int
    kind: TokenKind


class State(Struct, frozen=True):
    """What the next line goes on with: an open quote, a text after `|` or `>`, or so many open brackets.

    `within` is the quote's sign, or `|`; empty for none. All of them end before a line that is not indented deeper than
    `indent`, the column in which they began. So a quote that is being typed never runs through the whole text.
    """

    within: str = ""
    depth: int = 0
    indent: int = 0

    @property
    def number(self) -> int:
        """The state as a number from 0."""
        return (self.indent * (_MOST_BRACKETS + 1) + self.depth) * len(_WITHIN) + _WITHIN.index(self.within)

    @classmethod
    def of(cls, number: int) -> State:
        """Return the state that has a number; the first one for -1."""
        rest, within = divmod(max(0, number), len(_WITHIN))
        indent, depth = divmod(rest, _MOST_BRACKETS + 1)
        return cls(_WITHIN[within], depth, indent)


_WITHIN = ("", '"', "'", "|")
START = State()

_INDENT = re.compile(r"[ \t]*")
_DASH = re.compile(r"[ \t]*(-)(?=[ \t]|\Z)")
_KEY = re.compile(
    r"""("(?:\\.|[^"\\])*"[ \t]*|'(?:''|[^'])*'[ \t]*|[^\s#"'\[\]{},:&*!|>%@`][^#,\[\]{}:]*):(?=[ \t,\]}]|\Z)"""
)
_BLOCK = re.compile(r"[ \t]*([|>][-+0-9]*)[ \t]*(#.*)?\Z")
_PLAIN = re.compile(r"(?:[^:#]|:(?![ \t]|\Z)|(?<![ \t])#)+")
_PLAIN_IN_BRACES = re.compile(r"(?:[^:#,\[\]{}]|:(?![ \t,\]}]|\Z)|(?<![ \t])#)+")
_CLOSE = {'"': re.compile(r'(?:\\.|[^"\\])*"'), "'": re.compile(r"(?:''|[^'])*'(?!')")}
_VALUES = frozenset({"true", "false", "half"})


def tokenize(line: str, state: State, exercise_ids: Container[str]) -> tuple[tuple[Span, ...], State]:
    """Return the parts of a line, in order and without blanks between them, and the state in which the next one begins.

    `state` is that of the line before. `exercise_ids` are the ids of exercises.
    """
    painter = _Line(line, exercise_ids)
    return painter.tokenize(state), painter.state


class _Line:
    """One line while it is taken apart: `at` is how far that has come."""

    def __init__(self, line: str, exercise_ids: Container[str]) -> None:
        self._line = line
        self._exercise_ids = exercise_ids
        self._at = 0
        self._key = ""
        self._alone = False  # whether the line belongs to no key and no item: then nothing goes on after it
        self.state = START

    def tokenize(self, state: State) -> tuple[Span, ...]:
        """Return the parts of the line."""
        indent = _end(_INDENT, self._line, 0)
        blank = indent == len(self._line)
        if state != START and (blank or indent > state.indent):
            self.state = state
            self._at = indent
        if blank:
            return ()
        return tuple(span for span in self._spans() if span.start < span.end)

    def _spans(self) -> Iterator[Span]:
        if self.state.within == "|":
            yield self._rest(TokenKind.BLOCK)
            return
        if self.state.within:
            yield self._quoted(self._at, self.state.within)
        elif not self.state.depth:
            yield from self._beginning()
        yield from self._values()

    def _beginning(self) -> Iterator[Span]:
        """Yield the dashes and the key that a line begins with."""
        column = -1
        while dash := _DASH.match(self._line, self._at):
            self._at = column = dash.start(1)
            yield self._span_to(dash.end(1), TokenKind.DASH)
        self._skip_blanks()
        column = self._at if _KEY.match(self._line, self._at) else column
        self._alone = column < 0
        self.state = State(indent=max(0, column))

    def _values(self) -> Iterator[Span]:
        """Yield what comes after that: keys, brackets, quotes, words and comments."""
        while not self._skip_blanks():
            letter = self._line[self._at]
            if letter == "#" and (self._at == 0 or self._line[self._at - 1] in " \t"):
                yield self._rest(TokenKind.COMMENT)
            elif self._may_be_key and (match := _KEY.match(self._line, self._at)):
                yield from self._key_with_colon(match.group(1).rstrip(), match.end())
            elif self._may_be_block and (match := _BLOCK.match(self._line, self._at)):
                yield self._span_to(match.end(1), TokenKind.PUNCTUATION)
                self._skip_blanks()
                yield self._rest(TokenKind.COMMENT)
                self.state = State("|", indent=self.state.indent)
                return
            elif letter in "[]{},":
                yield self._bracket(letter)
            elif letter in "\"'":
                self._at += 1
                yield self._quoted(self._at - 1, letter)
            else:
                yield self._plain()
        if self._alone or not (self.state.depth or self.state.within):
            self.state = START

    @property
    def _may_be_key(self) -> bool:
        return not self._key or self.state.depth > 0

    @property
    def _may_be_block(self) -> bool:
        return bool(self._key) and not self.state.depth

    def _key_with_colon(self, key: str, end: int) -> Iterator[Span]:
        self._key = key
        yield self._span_to(self._at + len(key), TokenKind.KEY)
        self._at = end - 1
        yield self._span_to(end, TokenKind.PUNCTUATION)

    def _bracket(self, sign: str) -> Span:
        """Return a bracket, a brace or a comma, and count it."""
        change = {"[": 1, "{": 1, ",": 0}.get(sign, -1)
        depth = min(_MOST_BRACKETS, max(0, self.state.depth + change))
        self.state = State(self.state.within, depth, self.state.indent)
        if sign != "[":
            self._key = ""
        return self._span_to(self._at + 1, TokenKind.PUNCTUATION)

    def _quoted(self, start: int, sign: str) -> Span:
        """Return a quote that begins at `start` or in a line before, up to its end or the line's."""
        close = _CLOSE[sign].match(self._line, self._at)
        self._at = close.end() if close else len(self._line)
        self.state = State("" if close else sign, self.state.depth, self.state.indent)
        return Span(start, self._at, TokenKind.QUOTED)

    def _plain(self) -> Span:
        """Return words without quotes."""
        start = self._at
        self._at = max(start + 1, _end(_PLAIN_IN_BRACES if self.state.depth else _PLAIN, self._line, start))
        words = self._line[start : self._at].rstrip()
        if self._key == "exercise":
            kind = TokenKind.EXERCISE if words in self._exercise_ids else TokenKind.UNKNOWN
        else:
            kind = TokenKind.VALUE if words in _VALUES or is_duration(words.removeprefix("-")) else TokenKind.TEXT
        return Span(start, start + len(words), kind)

    def _span_to(self, end: int, kind: TokenKind) -> Span:
        """Return the part up to `end`."""
        span = Span(self._at, end, kind)
        self._at = end
        return span

    def _rest(self, kind: TokenKind) -> Span:
        return self._span_to(len(self._line), kind)

    def _skip_blanks(self) -> bool:
        """Go on to what is not blank; return whether there is nothing more."""
        self._at = _end(_INDENT, self._line, self._at)
        return self._at == len(self._line)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Return where the match of a pattern at `start` ends."""
    match = pattern.match(text, start)
    return match.end() if match else start
