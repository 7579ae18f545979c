"""A session file while it is being changed: what can be told of it, whatever is wrong in it or not there yet.

A text is read anew with every key that is pressed, so it is read in *pieces*: the session's own keys, and each of its
steps by itself. What has not changed since is remembered. A text that cannot be taken apart with certainty is read as a
whole; either way the reading is the same, to the last word of the last finding.
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
"""Characters up to which a text is taken apart: too few for more bytes than a whole text may have."""

_STEPS_LINE = re.compile(rf"^{format_fields.STEPS.name}:[ ]*(?:#.*)?\n", re.MULTILINE)
_UNCLEAR = re.compile(r"^(?:---|\.\.\.|%)|[\r\x85\u2028\u2029]", re.MULTILINE)
"""What begins or ends a document, and what YAML takes for the end of a line though no text editor does."""
_DASH = re.compile(r"( *)- ")
_BLANK = re.compile(r" *(?:#.*)?\Z")
_STEP_WHERE = re.compile(r"(?:steps\[\d+\]\.?)+")
_ABOVE = f"{format_fields.STEPS.name}:\n"
"""What stands above a step that is read by itself, so that it is as deep in its text as it is in the whole."""


class Piece(Struct, frozen=True):
    """One step of the session's own list, with all that it holds, as it was read.

    Its `node` counts offsets and lines from a text of its own: `offset` and `line` are what to add to them. `steps`
    are those in it that are sound, by their paths with the first index taken as 0.
    """

    node: Node
    offset: int
    line: int
    steps: Mapping[StepPath, Step]


class StepLocation(Struct, frozen=True):
    """Where a step of a draft stands: its node, and what to add to the node's offsets and lines."""

    path: StepPath
    node: Node
    offset: int
    line: int

    @property
    def keys(self) -> tuple[Key[object], ...]:
        """The table of the sort of step that it is, or is meant to be."""
        return keys_of(self.node) if isinstance(self.node, Pairs) else ()

    @property
    def inner(self) -> tuple[Node, ...]:
        """The nodes of the steps that it holds; empty where it is no rounds."""
        steps_node = self.node.get(format_fields.STEPS.name) if isinstance(self.node, Pairs) else None
        return steps_node.nodes if self.keys is format_fields.ROUNDS_KEYS and isinstance(steps_node, Items) else ()

    @property
    def below(self) -> Iterator[StepLocation]:
        """The steps that it holds, without those in them."""
        for index, node in enumerate(self.inner):
            yield StepLocation((*self.path, index), node, self.offset, self.line)

    @property
    def mapping(self) -> Pairs | None:
        """Its keys and values with the offsets of the whole text; None where it is no mapping."""
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
        """Return what is written for a key that has a single value, empty where there is none."""
        value = self.node.get(key.name) if isinstance(self.node, Pairs) else None
        return value.text if isinstance(value, Scalar) else ""

    def given(self, key: Key[object]) -> bool:
        """Whether the key is written at all."""
        return isinstance(self.node, Pairs) and self.node.get(key.name) is not None


class Draft(Struct, frozen=True):
    """A text as far as it can be told: `session` is None while it has findings.

    `head` is the mapping of the session's own keys, with the offsets of the text but in the steps of a `Piece`; None
    where the text is no YAML, or no mapping: then nothing in it can be changed but the text itself. `steps_key` is the
    key of the list of steps, and `steps_node` that list where it was not read piece by piece.
    """

    text: str
    session: Session | None
    findings: tuple[Finding, ...]
    head: Pairs | None
    pieces: tuple[Piece, ...]
    steps_key: Scalar | None
    steps_node: Node | None = None

    def list_of(self, path: StepPath) -> tuple[Scalar, Node] | None:
        """Return the key and the list of the steps that rounds hold, or the session itself for the empty path.

        None where no list is written there.
        """
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
        """Whether the text has to be mended before anything but the text can be changed."""
        return self.head is None

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What is wrong with it. That the list of a session that has only just been begun is empty still is nothing."""
        begun = isinstance(self.steps_node, Items) and not self.steps_node.nodes
        return tuple(finding for finding in self.findings if not begun or finding.where != format_fields.STEPS.name)

    def place(self, path: StepPath) -> StepLocation | None:
        """Return where the step at a path stands, or None where there is none."""
        location: StepLocation | None = None
        for depth in range(1, len(path) + 1):
            siblings = location.below if location is not None else self.tops
            location = next((place for place in siblings if place.path == path[:depth]), None)
            if location is None:
                return None
        return location

    @property
    def tops(self) -> Iterator[StepLocation]:
        """The steps of the session's own list, without those that they hold."""
        for index, piece in enumerate(self.pieces):
            yield StepLocation((index,), piece.node, piece.offset, piece.line)

    def last_line(self, place: StepLocation) -> int:
        """Return the line that a step ends in, without the blank lines and the comments that follow it."""
        last = _last(place.node)
        text = self.text[last.start + place.offset : last.end + place.offset]
        return last.line + place.line + text.rstrip().count("\n")

    def step(self, path: StepPath) -> Step | None:
        """Return the step at a path, or None where there is none without a problem."""
        inside = bool(path) and path[0] < len(self.pieces)
        return self.pieces[path[0]].steps.get((0, *path[1:])) if inside else None

    def places(self) -> Iterator[StepLocation]:
        """Yield every step, each before those that it holds."""
        pending = list(self.tops)[::-1]
        while pending:
            place = pending.pop()
            yield place
            pending += list(place.below)[::-1]

    def path_at(self, offset: int) -> StepPath:
        """Return the path of the step that an offset of the text lies in, empty where it lies before them all."""
        path: StepPath = ()
        for place in self.places():
            line = self.text.rfind("\n", 0, place.start) + 1
            begins = line if not self.text[line : place.start].strip(" -") else place.start
            if begins > offset:
                break
            path = place.path
        return path

    def findings_of(self, path: StepPath) -> tuple[Finding, ...]:
        """Return what is wrong with a step itself, without the steps that it holds; of the head for the empty path."""
        name = where(path)
        return tuple(finding for finding in self.problems if step_of(finding) == name)


def step_of(finding: Finding) -> str:
    """Return the step that a finding is about, as messages name it; empty for the session as a whole."""
    match = _STEP_WHERE.match(finding.where)
    return match.group().rstrip(".") if match else ""


class DraftReader:
    """Reads one text again and again while it is changed. `file` is what findings call it."""

    def __init__(self, file: str, catalogue: Catalogue) -> None:
        self._file = file
        self._catalogue = catalogue
        self._head: tuple[str, Tree] | None = None
        self._pieces: dict[str, _Reading] = {}

    def read(self, text: str) -> Draft:
        """Return what can be told of a text."""
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
        """Read a text piece by piece; None where it cannot be taken apart, or not all of it is YAML."""
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
            report.findings.extend(_placed(finding, index, line) for finding in reading.findings)
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
        """Read what stands above the first step, with an empty step after it.

        A step means the same by itself only where the list of steps is the last of the session's own keys.
        """
        if self._head is None or self._head[0] != above:
            self._head = above, read_tree(f"{above}-\n", self._file)
        return self._head[1]

    def _assemble(
        self, root: Pairs, pieces: Sequence[Piece], steps: tuple[Step, ...] | None, report: Report
    ) -> Session | None:
        """Return the session of a head and its pieces, and report what is wrong with the head and with the whole."""

        def placed(index: int) -> Node:
            return _shifted(pieces[index].node, pieces[index].offset, pieces[index].line)

        record = read_pairs(root, format_fields.SESSION_KEYS, "", report)
        return assemble(record, placed, steps, report, self._catalogue)

    def _read_piece(self, text: str) -> _Reading | None:
        """Read one step by itself; None where it is not one step, or has in it what is refused in any YAML.

        What is told of that may name another line, which by itself the step does not know.
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
    """What was read of one piece of text, with the lines and paths of a text that has it alone.

    `whole` is the step as far as it goes, which tells how long it is also where something in it has a problem.
    """

    node: Node
    steps: Mapping[StepPath, Step]
    whole: Step | None
    findings: tuple[Finding, ...]
    values: int


NodeT = TypeVar("NodeT", bound=Node)


def _shifted(node: NodeT, offset: int, line: int) -> NodeT:
    """Return a node that stands so many characters and lines further down, with all that is in it."""
    moved = replace(node, line=node.line + line, start=node.start + offset, end=node.end + offset)
    if isinstance(moved, Items):
        return replace(moved, nodes=tuple(_shifted(inner, offset, line) for inner in moved.nodes))
    if isinstance(moved, Pairs):
        entries = ((_shifted(name, offset, line), _shifted(value, offset, line)) for name, value in moved.entries)
        return replace(moved, entries=tuple(entries))
    return moved


def _last(node: Node) -> Node:
    """Return what stands last in a node: those with others in them end only where the next begins."""
    if isinstance(node, Pairs) and not node.flow and node.entries:
        return _last(node.entries[-1][1])
    if isinstance(node, Items) and not node.flow:
        return _last(node.nodes[-1])
    return node


def _placed(finding: Finding, index: int, line: int) -> Finding:
    """Return a finding in the only step of a text as one in the step at `index`, so many lines further down."""
    name = where((index,)) + finding.where.removeprefix(where((0,))) if finding.where else ""
    return Finding(finding.file, finding.line + line, finding.column, name, finding.problem, finding.instead)


def _split(text: str) -> tuple[int, list[int]] | None:
    """Return where the key of the steps stands, and where the line of each begins; None where it is unclear."""
    found = _STEPS_LINE.search(text)
    if found is None or len(text) > _LARGEST or text.count("\n") > MAX_LINES or _UNCLEAR.search(text):
        return None
    starts: list[int] = []
    at, indent = found.end(), -1
    for line in text[at:].split("\n"):
        dash = _DASH.match(line)
        if dash is not None and indent in (-1, len(dash.group(1))):
            indent = len(dash.group(1))
            starts.append(at)
        elif not _BLANK.match(line) and (indent < 0 or not line.startswith(" " * (indent + 1))):
            return None
        at += len(line) + 1
    return (found.start(), starts) if 0 < len(starts) <= MAX_ITEMS else None
