"""YAML text as a tree of nodes that know where they stand.

The tree is built from PyYAML's *events* and keeps every scalar as the text that was written, so `1:30` stays `1:30` and
`no` stays `no`. Anchors, aliases, tags, merge keys, directives, second documents and keys given twice have no use here
and each has a known attack: they are refused, with the place where they stand. Only the parser written in Python is
used, because the one in C can be made to crash the process, and it is stopped at the first limit that a text passes.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from typing import NoReturn, cast

import yaml
from msgspec import Struct
from yaml.emitter import Emitter
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from timer_app.atomic_write import MAX_BYTES
from timer_app.i18n import _
from timer_app.problems import Finding
from timer_app.schema.yaml_errors import clipped, explain

MAX_LINES = 20_000
MAX_DEPTH = 12
MAX_VALUES = 20_000
"""How many keys and values a text may have: far more than a session of 2,000 intervals needs."""
MAX_ITEMS = 2_000
MAX_KEYS = 100
MAX_FINDINGS = 100
"""The number of findings at which reading stops."""

# What YAML calls unprintable, and the newlines that no editor counts as such.
_UNUSABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Texts that YAML 1.2 takes for something else where they stand without quotes.
_NO_TEXT = re.compile(
    r"~?|null|Null|NULL|true|True|TRUE|false|False|FALSE|=|<<"
    r"|[-+]?(?:[0-9][0-9_]*|0o[0-7]+|0x[0-9a-fA-F]+)|[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[0-9]{4}-[0-9]{2}-[0-9]{2}.*"
)
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Node(Struct, frozen=True):
    """Something in a text: it begins at `line` and `column` (from 1), which are the offsets `start` to `end`."""

    line: int
    column: int
    start: int
    end: int


class Scalar(Node, frozen=True):
    """A single value, as the text that was written; `quoted` where it stood in quotes or in a block."""

    text: str
    quoted: bool = False


class Bare(Scalar, frozen=True):
    """What stands for the value of a word in braces that has no colon, such as the `b` of `{a: 1, b}`."""


class Items(Node, frozen=True):
    """A list; `flow` where it is written in brackets."""

    nodes: tuple[Node, ...]
    flow: bool = False


class Pairs(Node, frozen=True):
    """Keys with their values, in order and each key once but for bare ones; `flow` where they stand in braces."""

    entries: tuple[tuple[Scalar, Node], ...]
    flow: bool = False

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


class Refused(Node, frozen=True):
    """A value that has been refused and reported already."""


class Tree(Struct, frozen=True):
    """A text as it was read: `root` is None where reading had to stop, and then there is at least one finding.

    `values` says how many keys and values it has.
    """

    text: str
    root: Node | None
    findings: tuple[Finding, ...]
    values: int = 0


class _Stop(Exception):  # noqa: N818 - a way out of the builder, never seen outside
    """Reading cannot go on."""


class _TooDeep(yaml.MarkedYAMLError):
    """Brackets and braces are nested too deep."""


class _Parser(Reader, Scanner, Parser):
    """The part of PyYAML that is used: text to events, with no values made of them."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def fetch_flow_collection_start(self, TokenClass: type[yaml.Token]) -> None:  # noqa: N803 - PyYAML's name
        """Stop at the first bracket that is too deep, before the thousand that may follow it."""
        if self.flow_level >= MAX_DEPTH:
            raise _TooDeep(None, None, None, self.get_mark())
        super().fetch_flow_collection_start(TokenClass)


def written_scalar(text: str, *, flow: bool) -> str:
    """Return a text in one line, in quotes where it needs them; within braces and brackets (`flow`) it needs more."""
    out = io.StringIO()
    emitter = Emitter(out, width=sys.maxsize, allow_unicode=True)
    about = emitter.analyze_scalar(text)
    if (about.allow_flow_plain if flow else about.allow_block_plain) and not _NO_TEXT.fullmatch(text):
        return text
    if about.allow_single_quoted and not about.multiline:
        return "'" + text.replace("'", "''") + "'"
    emitter.write_double_quoted(text, split=False)
    return out.getvalue()


def decode(content: bytes | str, file: str) -> str | Finding:
    """Return the text of a file's bytes, without their byte order mark, or what is wrong with them.

    A text stays as it is, so that the offsets in it are those of its nodes; YAML passes over a mark at its beginning.
    """
    if isinstance(content, str):
        return content
    if content.startswith(_BYTE_ORDER_MARKS):
        return Finding(file, 1, 1, "", _("the file is UTF-16, not UTF-8"), _("save it as UTF-8"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mark = 3 if content.startswith(b"\xef\xbb\xbf") else 0
        before = content[mark : error.start + mark].decode("utf-8", "replace")
        line, column = _place(before, len(before))
        return Finding(file, line, column, "", _("this byte is not UTF-8 text"), _("save the file as UTF-8"))


def read_tree(content: bytes | str, file: str) -> Tree:
    """Read a text into a tree. Never raises for what is in the text: see the tree's findings."""
    if len(content) > MAX_BYTES or (isinstance(content, str) and len(content.encode("utf-8", "replace")) > MAX_BYTES):
        return Tree("", None, (_too_large(content, file),))
    text = decode(content, file)
    if isinstance(text, Finding):
        return Tree("", None, (text,))
    if text.count("\n") > MAX_LINES:
        problem = _("the file has more than {limit} lines").format(limit=MAX_LINES)
        return Tree(text, None, (Finding(file, MAX_LINES + 1, 1, "", problem, _("split it into several files")),))
    unusable = _UNUSABLE.search(text)
    if unusable:
        line, column = _place(text, unusable.start())
        name = f"U+{ord(unusable.group()):04X}"
        problem = _("the character {name} has no place in a text").format(name=name)
        return Tree(text, None, (Finding(file, line, column, "", problem, _("delete it")),))
    return _Builder(text, file).build()


def _too_large(content: bytes | str, file: str) -> Finding:
    """Return the finding that a text is too large, at the place where it passes the limit."""
    head = content[:MAX_BYTES]
    text = head if isinstance(head, str) else head.decode("utf-8", "replace")
    line, column = _place(text, len(text))
    limit = _("the file is larger than {limit} KiB").format(limit=MAX_BYTES // 1024)
    return Finding(file, line, column, "", limit, _("split it into several sessions"))


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column, from 1, of an offset."""
    before = text[:offset].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


class _Builder:
    """Turns the events of one text into nodes, and collects what is refused on the way."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._findings: list[Finding] = []
        self._values = 0
        self._parser = _Parser(text)
        self._next = self._events()

    def build(self) -> Tree:
        """Return the tree, or only its findings where reading had to stop."""
        root: Node | None = None
        try:
            root = self._document()
        except _Stop:
            root = None
        return Tree(self._text, root, tuple(sorted(self._findings)), self._values)

    def _events(self) -> Iterator[yaml.Event]:
        """Yield PyYAML's events; a text that is not YAML ends them with a finding."""
        try:
            while True:
                yield cast("yaml.Event", self._parser.get_event())  # type: ignore[no-untyped-call]  # the stubs leave it bare
        except _TooDeep as error:
            mark = cast("yaml.Mark", error.problem_mark)
            self._refuse_depth(mark.line + 1, mark.column + 1)
        except yaml.MarkedYAMLError as error:
            words = explain(error.context or "", error.problem or "")
            mark = (error.context_mark if words.at_context else None) or error.problem_mark or self._parser.get_mark()
            self._refuse(mark.line + 1, mark.column + 1, words.problem, words.instead)
            raise _Stop from None
        except (ValueError, OverflowError):
            # An escape such as "\UFFFFFFFF" names no character; PyYAML lets chr() raise.
            mark = self._parser.get_mark()
            problem = _("this escape names no character")
            self._refuse(mark.line + 1, mark.column + 1, problem, _("write the character itself"))
            raise _Stop from None

    def _document(self) -> Node | None:
        next(self._next)  # the stream's start
        event = next(self._next)
        if isinstance(event, yaml.StreamEndEvent):
            self._refuse(1, 1, _("the file is empty"), _('write its fields, such as "name: …"'))
            return None
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            self._refuse_at(event, _("a line that begins with % has no use here"), _("delete the line"))
        root = self._node(next(self._next), 1)
        next(self._next)  # the document's end
        event = next(self._next)
        if not isinstance(event, yaml.StreamEndEvent):
            problem = _("a second document begins here")
            self._refuse_at(event, problem, _('keep one in each file, and delete the "---"'))
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        """Build the node that begins with `event`."""
        self._values += 1
        if self._values > MAX_VALUES:
            problem = _("the file has more than {limit} values").format(limit=MAX_VALUES)
            self._refuse_at(event, problem, _("split it into several files"))
            raise _Stop
        place = _mark(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse_at(
                event,
                _("an alias (*{name}) has no use here").format(name=clipped(str(event.anchor))),
                _("write the value itself"),
            )
            return Refused(*place, _end(event))
        self._refuse_properties(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if depth > MAX_DEPTH:
            self._refuse_depth(place[0], place[1])
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(event, place, depth)
        return self._pairs(event, place, depth)

    def _refuse_depth(self, line: int, column: int) -> NoReturn:
        """Report a list or mapping that is nested too deep, and stop."""
        problem = _("this is nested more than {limit} deep").format(limit=MAX_DEPTH)
        self._refuse(line, column, problem, _("take a level out"))
        raise _Stop

    def _refuse_properties(self, event: yaml.Event) -> None:
        """Report an anchor or a tag in front of a node; the node itself can still be read."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self._refuse_at(
                event,
                _("an anchor (&{name}) has no use here").format(name=clipped(str(anchor))),
                _("delete it"),
            )
        if tag is not None:
            self._refuse_at(event, _("a tag ({name}) has no use here").format(name=clipped(str(tag))), _("delete it"))

    def _scalar(self, event: yaml.ScalarEvent, place: tuple[int, int, int]) -> Node:
        unusable = _UNUSABLE.search(event.value)
        if unusable:
            problem = _("the character {name} has no place in a text").format(name=f"U+{ord(unusable.group()):04X}")
            self._refuse_at(event, problem, _("take its escape out of the quotes"))
            return Refused(*place, _end(event))
        return Scalar(*place, _end(event), event.value, quoted=bool(event.style))

    def _items(self, event: yaml.SequenceStartEvent, place: tuple[int, int, int], depth: int) -> Items:
        nodes: list[Node] = []
        while not isinstance(inner := next(self._next), yaml.SequenceEndEvent):
            nodes.append(self._node(inner, depth + 1))
            if len(nodes) > MAX_ITEMS:
                problem = _("the list has more than {limit} items").format(limit=MAX_ITEMS)
                self._refuse(place[0], place[1], problem, _("split it into several files"))
                raise _Stop
        return Items(*place, _end(inner), tuple(nodes), flow=bool(event.flow_style))

    def _pairs(self, event: yaml.Event, place: tuple[int, int, int], depth: int) -> Pairs:
        flow = bool(getattr(event, "flow_style", False))
        entries: list[tuple[Scalar, Node]] = []
        lines: dict[str, int] = {}
        while not isinstance(inner := next(self._next), yaml.MappingEndEvent):
            key = self._node(inner, depth + 1)
            value = self._node(next(self._next), depth + 1)
            if not isinstance(key, Scalar):
                if not isinstance(key, Refused):
                    self._refuse(key.line, key.column, _("a key must be one word"), _('write "key: value"'))
            elif key.text == "<<" and not key.quoted:
                self._refuse(key.line, key.column, _("a merge key (<<) has no use here"), _("write the keys out"))
            elif flow and isinstance(value, Scalar) and ":" not in self._text[key.end : value.end]:
                entries.append((key, Bare(key.line, key.column, key.end, key.end, "")))
            elif key.text in lines:
                problem = _('"{key}" is given twice, first in line {line}')
                problem = problem.format(key=clipped(key.text), line=lines[key.text])
                self._refuse(key.line, key.column, problem, _("keep one of them"))
            else:
                lines[key.text] = key.line
                entries.append((key, value))
            if len(entries) > MAX_KEYS:
                problem = _("there are more than {limit} keys").format(limit=MAX_KEYS)
                self._refuse(place[0], place[1], problem, _("leave out what the format does not know"))
                raise _Stop
        return Pairs(*place, _end(inner), tuple(entries), flow=flow)

    def _refuse_at(self, event: yaml.Event, problem: str, instead: str) -> None:
        line, column, _start = _mark(event)
        self._refuse(line, column, problem, instead)

    def _refuse(self, line: int, column: int, problem: str, instead: str) -> None:
        self._findings.append(Finding(self._file, line, column, "", problem, instead))
        if len(self._findings) >= MAX_FINDINGS:
            raise _Stop


def _mark(event: yaml.Event) -> tuple[int, int, int]:
    """Return an event's line and column, from 1, and its offset."""
    mark = cast("yaml.Mark", event.start_mark)  # the parser gives every event its marks
    return mark.line + 1, mark.column + 1, mark.index


def _end(event: yaml.Event) -> int:
    """Return the offset of an event's end."""
    return cast("yaml.Mark", event.end_mark).index
