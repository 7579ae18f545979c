"""Parse a session file while it is being edited, whatever is wrong with it or missing.

A text is parsed at every key press, so it is parsed in *pieces*: the session's own keys, and each of its steps by
itself. Unchanged pieces are cached. A text that cannot be split with certainty is parsed as a whole; the result is the
same either way, to the last word of the last finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from timer_app.definition import format_fields
from timer_app.definition.model import Session, Step, StepPath, where
from timer_app.definition.parser import assemble, of_another_format, read_nodes
from timer_app.definition.step_parser import StepReader, keys_of
from timer_app.exercises.model import Catalogue
from timer_app.problems import Finding
from timer_app.schema.table_reader import Key, Report, read_pairs
from timer_app.schema.yaml_tree import (
    MAX_FINDINGS,
    MAX_ITEMS,
    MAX_LINES,
    MAX_VALUES,
    Items,
    Node,
    Pairs,
    Scalar,
    Tree,
    read_tree,
)

_LARGEST = 40_000
"""The most characters of a text that is split: too few for more bytes than a whole text may have."""

_STEPS_LINE = re.compile(rf"^{format_fields.STEPS.name}:[ ]*(?:#.*)?\n", re.MULTILINE)
_UNCLEAR = re.compile(r"^(?:---|\.\.\.|%)|[\r\x85\u2028\u2029]", re.MULTILINE)
"""Document markers, and characters that end a line in YAML but in no text editor."""
_DASH = re.compile(r"( *)- ")
_BLANK = re.compile(r" *(?:#.*)?\Z")
_STEP_WHERE = re.compile(r"(?:steps\[\d+\]\.?)+")
_ABOVE = f"{format_fields.STEPS.name}:\n"
"""The line above a step that is parsed by itself, which nests it as deep as in the whole text."""


class Piece(Struct, frozen=True):
    """One parsed step of the session's own list, with all that it holds.

    Its `node` has offsets and lines of its own text: add `offset` and `line` to them. `steps` are the valid ones in it,
    by their paths with 0 as the first index.
    """

    node: Node
    offset: int
    line: int
    steps: Mapping[StepPath, Step]


class StepLocation(Struct, frozen=True):
    """The location of a step in a draft: its node, and what to add to the node's offsets and lines."""

    path: StepPath
    node: Node
    offset: int
    line: int

    @property
    def keys(self) -> tuple[Key[object], ...]:
        """The keys of the kind of step that it is, or is meant to be."""
        return keys_of(self.node) if isinstance(self.node, Pairs) else ()

    @property
    def inner(self) -> tuple[Node, ...]:
        """The nodes of the steps in it; empty if it is not rounds."""
        steps_node = self.node.get(format_fields.STEPS.name) if isinstance(self.node, Pairs) else None
        return steps_node.nodes if self.keys is format_fields.ROUNDS_KEYS and isinstance(steps_node, Items) else ()

    @property
    def below(self) -> Iterator[StepLocation]:
        """The steps directly in it."""
        for index, node in enumerate(self.inner):
            yield StepLocation((*self.path, index), node, self.offset, self.line)

    @property
    def mapping(self) -> Pairs | None:
        """Its keys and values with the offsets of the whole text; None if it is not a mapping."""
        return _shifted(self.node, self.offset, self.line) if isinstance(self.node, Pairs) else None

    @property
    def first_line(self) -> int:
        """The line that it begins in, from 1."""
        return self.node.line + self.line

    @property
    def start(self) -> int:
        """The offset at which it begins, after its dash."""
        return self.node.start + self.offset

    def text_of(self, key: Key[object]) -> str:
        """Return the text of a key with a single value, empty if there is none."""
        value = self.node.get(key.name) if isinstance(self.node, Pairs) else None
        return value.text if isinstance(value, Scalar) else ""

    def given(self, key: Key[object]) -> bool:
        """Return whether a key is written."""
        return isinstance(self.node, Pairs) and self.node.get(key.name) is not None


class Draft(Struct, frozen=True):
    """A parsed text: `session` is None while it has findings.

    `head` is the mapping of the session's own keys, with the offsets of the text except in the steps of a `Piece`; None
    if the text is no YAML, or no mapping: then only the text can be edited. `steps_key` is the key of the list of
    steps, and `steps_node` that list if it was not parsed in pieces.
    """

    text: str
    session: Session | None
    findings: tuple[Finding, ...]
    head: Pairs | None
    pieces: tuple[Piece, ...]
    steps_key: Scalar | None
    steps_node: Node | None = None

    def list_of(self, path: StepPath) -> tuple[Scalar, Node] | None:
        """Return the key and the list of steps of rounds, or of the session for the empty path; None for no list."""
        if path:
            place = self.place(path)
            mapping = place.mapping if place is not None else None
            entries = mapping.entries if mapping is not None else ()
            return next((entry for entry in entries if entry[0].text == format_fields.STEPS.name), None)
        if self.steps_key is None or self.steps_node is not None:
            return (self.steps_key, self.steps_node) if self.steps_key and self.steps_node else None
        nodes = tuple(_shifted(piece.node, piece.offset, piece.line) for piece in self.pieces)
        return self.steps_key, Items(nodes[0].line, nodes[0].column, nodes[0].start, nodes[-1].end, nodes)

    @property
    def broken(self) -> bool:
        """Whether the text has to be corrected before anything but the text can be edited."""
        return self.head is None

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings, except that a new session has no steps yet."""
        begun = isinstance(self.steps_node, Items) and not self.steps_node.nodes
        return tuple(finding for finding in self.findings if not begun or finding.where != format_fields.STEPS.name)

    def place(self, path: StepPath) -> StepLocation | None:
        """Return the location of the step at a path, or None."""
        location: StepLocation | None = None
        for depth in range(1, len(path) + 1):
            siblings = location.below if location is not None else self.tops
            location = next((place for place in siblings if place.path == path[:depth]), None)
            if location is None:
                return None
        return location

    @property
    def tops(self) -> Iterator[StepLocation]:
        """The steps of the session's own list, without those inside them."""
        for index, piece in enumerate(self.pieces):
            yield StepLocation((index,), piece.node, piece.offset, piece.line)

    def last_line(self, place: StepLocation) -> int:
        """Return the last line of a step, without the blank lines and comments after it."""
        last = _last(place.node)
        text = self.text[last.start + place.offset : last.end + place.offset]
        return last.line + place.line + text.rstrip().count("\n")

    def step(self, path: StepPath) -> Step | None:
        """Return the step at a path, or None if there is none or it has a problem."""
        inside = bool(path) and path[0] < len(self.pieces)
        return self.pieces[path[0]].steps.get((0, *path[1:])) if inside else None

    def places(self) -> Iterator[StepLocation]:
        """Yield every step, each before those inside it."""
        pending = list(self.tops)[::-1]
        while pending:
            place = pending.pop()
            yield place
            pending += list(place.below)[::-1]

    def path_at(self, offset: int) -> StepPath:
        """Return the path of the step at an offset of the text, empty before the first step."""
        path: StepPath = ()
        for place in self.places():
            line = self.text.rfind("\n", 0, place.start) + 1
            begins = line if not self.text[line : place.start].strip(" -") else place.start
            if begins > offset:
                break
            path = place.path
        return path

    def findings_of(self, path: StepPath) -> tuple[Finding, ...]:
        """Return the findings of a step without those inside it; of the head for the empty path."""
        name = where(path)
        return tuple(finding for finding in self.problems if step_of(finding) == name)


def step_of(finding: Finding) -> str:
    """Return the step of a finding, as `where` writes it; empty for the session as a whole."""
    match = _STEP_WHERE.match(finding.where)
    return match.group().rstrip(".") if match else ""


class DraftReader:
    """Parses one text again and again while it is edited. `file` is its name in findings."""

    def __init__(self, file: str, catalogue: Catalogue) -> None:
        self._file = file
        self._catalogue = catalogue
        self._head: tuple[str, Tree] | None = None
        self._pieces: dict[str, _Reading] = {}

    def read(self, text: str) -> Draft:
        """Return a text as a draft."""
        return self._in_pieces(text) or self._whole(text)

    def _whole(self, text: str) -> Draft:
        tree = read_tree(text, self._file)
        reading = read_nodes(tree, self._file, self._catalogue)
        root = tree.root
        if not isinstance(root, Pairs):
            return Draft(text, None, reading.findings, None, (), None)
        key, steps = next((entry for entry in root.entries if entry[0].text == format_fields.STEPS.name), (None, None))
        nodes = steps.nodes if isinstance(steps, Items) else ()
        pieces = tuple(
            Piece(
                node,
                0,
                0,
                {(0, *path[1:]): step for path, step in reading.steps.items() if path[0] == index},
            )
            for index, node in enumerate(nodes)
        )
        return Draft(text, reading.session, reading.findings, root, pieces, key, steps)

    def _in_pieces(self, text: str) -> Draft | None:
        """Parse a text in pieces; None if it cannot be split, or not all of it is YAML."""
        parts = _split(text)
        if parts is None:
            return None
        steps_at, starts = parts
        head = self._read_head(text[: text.index("-", starts[0])])
        root = head.root
        if head.findings or not isinstance(root, Pairs) or root.entries[-1][0].start != steps_at:
            return None
        if of_another_format(root, Report(self._file)):
            return None
        read: dict[str, _Reading] = {}
        pieces: list[Piece] = []
        steps: list[Step] = []
        report = Report(self._file)
        values = head.values
        line = text.count("\n", 0, starts[0]) - 1
        for index, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
            piece_text = text[start:end]
            reading = self._pieces.get(piece_text) or read.get(piece_text) or self._read_piece(piece_text)
            if reading is None:
                return None
            read[piece_text] = reading
            pieces.append(Piece(reading.node, start - len(_ABOVE), line, reading.steps))
            if reading.whole is not None:
                steps.append(reading.whole)
            report.findings.extend(_relocated(finding, index, line) for finding in reading.findings)
            values += reading.values
            line += piece_text.count("\n")
        self._pieces = read
        key, empty = root.entries[-1]
        steps_node = Items(empty.line, empty.column, empty.start, len(text), tuple(piece.node for piece in pieces))
        root = replace(root, end=len(text), entries=(*root.entries[:-1], (key, steps_node)))
        session = self._assemble(root, pieces, tuple(steps) if len(steps) == len(pieces) else None, report)
        findings = tuple(sorted(report.findings))
        if len(findings) >= MAX_FINDINGS or values > MAX_VALUES:
            return None
        return Draft(text, None if findings else session, findings, root, tuple(pieces), key)

    def _read_head(self, above: str) -> Tree:
        """Parse what is above the first step, with an empty step after it.

        A step means the same by itself only if the list of steps is the last of the session's own keys.
        """
        if self._head is None or self._head[0] != above:
            self._head = above, read_tree(f"{above}-\n", self._file)
        return self._head[1]

    def _assemble(
        self, root: Pairs, pieces: Sequence[Piece], steps: tuple[Step, ...] | None, report: Report
    ) -> Session | None:
        """Return the session of a head and its pieces, and report what is wrong with them."""

        def placed(index: int) -> Node:
            return _shifted(pieces[index].node, pieces[index].offset, pieces[index].line)

        record = read_pairs(root, format_fields.SESSION_KEYS, "", report)
        return assemble(record, placed, steps, report, self._catalogue)

    def _read_piece(self, text: str) -> _Reading | None:
        """Parse one step by itself; None if it is not one step, or has YAML that is refused.

        The findings of refused YAML may name other lines, which the step by itself does not have.
        """
        tree = read_tree(_ABOVE + text, self._file)
        steps_node = tree.root.entries[0][1] if isinstance(tree.root, Pairs) and len(tree.root.entries) == 1 else None
        if tree.findings or not isinstance(steps_node, Items) or len(steps_node.nodes) != 1:
            return None
        report = Report(self._file)
        reader = StepReader(self._catalogue, report)
        steps = reader.read_steps(steps_node.nodes, (), 0)
        return _Reading(
            steps_node.nodes[0], reader.read, steps[0] if steps else None, tuple(report.findings), tree.values
        )


class _Reading(Struct, frozen=True):
    """A parsed piece, with the lines and paths of a text of its own.

    `whole` is the step as far as it is valid: it has a length even if something in it has a problem.
    """

    node: Node
    steps: Mapping[StepPath, Step]
    whole: Step | None
    findings: tuple[Finding, ...]
    values: int


NodeT = TypeVar("NodeT", bound=Node)


def _shifted(node: NodeT, offset: int, line: int) -> NodeT:
    """Return a node, with all that is in it, moved down by so many characters and lines."""
    moved = replace(node, line=node.line + line, start=node.start + offset, end=node.end + offset)
    if isinstance(moved, Items):
        return replace(moved, nodes=tuple(_shifted(inner, offset, line) for inner in moved.nodes))
    if isinstance(moved, Pairs):
        entries = ((_shifted(name, offset, line), _shifted(value, offset, line)) for name, value in moved.entries)
        return replace(moved, entries=tuple(entries))
    return moved


def _last(node: Node) -> Node:
    """Return the innermost last node: a collection ends only where the next node begins."""
    if isinstance(node, Pairs) and not node.flow and node.entries:
        return _last(node.entries[-1][1])
    if isinstance(node, Items) and not node.flow:
        return _last(node.nodes[-1])
    return node


def _relocated(finding: Finding, index: int, line: int) -> Finding:
    """Return a finding in the only step of a text as one in the step at `index`, moved down by `line` lines."""
    name = where((index,)) + finding.where.removeprefix(where((0,))) if finding.where else ""
    return Finding(finding.file, finding.line + line, finding.column, name, finding.problem, finding.instead)


def _split(text: str) -> tuple[int, list[int]] | None:
    """Return the offsets of the key of the steps and of each step's line; None if they are not certain."""
    match = _STEPS_LINE.search(text)
    if match is None or len(text) > _LARGEST or text.count("\n") > MAX_LINES or _UNCLEAR.search(text):
        return None
    starts: list[int] = []
    at, indent = match.end(), -1
    for line in text[at:].split("\n"):
        dash = _DASH.match(line)
        if dash is not None and indent in (-1, len(dash.group(1))):
            indent = len(dash.group(1))
            starts.append(at)
        elif not _BLANK.match(line) and (indent < 0 or not line.startswith(" " * (indent + 1))):
            return None
        at += len(line) + 1
    return (match.start(), starts) if 0 < len(starts) <= MAX_ITEMS else None
