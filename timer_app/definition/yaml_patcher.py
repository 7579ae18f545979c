"""Edit parts of a session's YAML text and keep the rest as it is.

Comments, quotes, blank lines and the order of keys stay as the author wrote them. A comment above a step, with no blank
line in between, moves with the step. Lines have Unix line ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TypeAlias

from msgspec import Struct

from timer_app.definition import format_fields
from timer_app.definition.serializer import entry, entry_in_braces, indented
from timer_app.definition.text_edit import TextEdit
from timer_app.definition.to_mapping import Outline, Value
from timer_app.schema.table_reader import Key, joined
from timer_app.schema.yaml_tree import Items, Node, Pairs, Scalar

# Keys of which one takes the other's place when a step changes.
_SLOTS = (
    {format_fields.EXERCISE.name, format_fields.OWN_NAME.name},
    {key.name for key in format_fields.WORK_KEYS},
    {format_fields.REP.name, format_fields.TEMPO.name},
)


class CannotPatch(Exception):  # noqa: N818 - not an error: the text is reformatted instead
    """The layout of the text does not allow small edits."""


class ItemLines(Struct, frozen=True):
    """The lines of one item: blank lines before it, then what belongs to it, its comments and the item itself."""

    blank: str
    start: int
    end: int


Part: TypeAlias = int | str
"""An item of a list as it will be: the index of one that there was, or the lines of a new one, its dash in front."""


class YamlPatcher:
    """Finds the edits that change parts of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def entries(self, node: Pairs, keys: Sequence[Key[object]], old: Outline, new: Outline) -> list[TextEdit]:
        """Return the edits that take the keys of a mapping from `old` to `new`, the last in the text first.

        In this order each fits the text that those before it leave. Raises CannotPatch.
        """
        existing = {name.text: (name, value) for name, value in joined(node, keys)}
        dropped = [key for key in existing if key in old and key not in new]
        added = [key for key in new if key not in existing]
        edits: list[TextEdit] = []
        for key in [key for key in dropped for slot in _SLOTS if key in slot]:
            new_key = next((name for name in added for slot in _SLOTS if key in slot and name in slot), None)
            if new_key is not None:
                dropped.remove(key)
                added.remove(new_key)
                name, value = existing[key]
                edits.append(self._over(name.start, self._end(value), self._one_line(new_key, new[new_key], node.flow)))
        for key, (name, value) in existing.items():
            if key in new and new[key] != old.get(key):
                edits.append(self._replace(name, value, new[key], flow=node.flow))
        kept = [key for key in existing if key not in dropped]
        if not kept:  # a mapping without keys has no lines
            raise CannotPatch
        order = [key.name for key in keys]
        if node.flow:
            edits += self._drop_in_braces(existing, dropped) + self._add_in_braces(existing, kept, added, new, order)
        else:
            edits += self._drop_lines(existing, dropped) + self._add_lines(existing, kept, added, new, order)
        return sorted(edits, reverse=True)

    def _edit(self, start: int, end: int, text: str) -> TextEdit:
        return TextEdit(start, self._text[start:end], text)

    def _replace(self, name: Scalar, value: Node, new: Value, *, flow: bool) -> TextEdit:
        """Return the edit that gives a key another value."""
        start, end = value.start, self._end(value)
        lines = isinstance(new, str) and "\n" in new and not self._rest_of_line(end).strip()
        if not flow and (lines or self._text[start : start + 1] in ("|", ">")):
            text = indented(entry(name.text, new), name.column - 1).strip()
            return self._edit(name.start, end, text)
        written = self._one_line(name.text, new, flow).removeprefix(f"{name.text}: ")
        if start == end:  # nothing stands behind the colon
            return self._edit(start, end, f" {written}")
        return self._over(start, end, written)

    def _over(self, start: int, end: int, text: str) -> TextEdit:
        """Return the edit that puts a text in place of another, and leaves a comment behind it in its column."""
        gap = re.match(" +(?=#)", self._rest_of_line(end))
        if gap is None:
            return self._edit(start, end, text)
        width = len(gap.group()) + (end - start) - len(text)
        return self._edit(start, end + len(gap.group()), text + " " * max(width, 1))

    def _one_line(self, key: str, value: Value, flow: bool) -> str:
        """Return an entry in one line: only in braces, or with several lines in it, does it need more quotes."""
        several = not isinstance(value, str | int) or (isinstance(value, str) and "\n" in value)
        return entry_in_braces(key, value) if flow or several else entry(key, value).rstrip("\n")

    def _drop_lines(self, existing: dict[str, tuple[Scalar, Node]], dropped: Sequence[str]) -> list[TextEdit]:
        """Return the edits that take entries out, each with its lines."""
        edits: list[TextEdit] = []
        names = list(existing)
        first = existing[names[0]][0].start
        beside_dash = bool(self._text[self._line_start(first) : first].strip())
        for index, key in enumerate(names):
            if key not in dropped:
                continue
            name, value = existing[key]
            if beside_dash and all(name in dropped for name in names[:index]):
                edits.append(self._edit(name.start, existing[names[index + 1]][0].start, ""))
            else:
                edits.append(self._edit(self._line_start(name.start), self._line_end(self._end(value)), ""))
        return edits

    def _drop_in_braces(self, existing: dict[str, tuple[Scalar, Node]], dropped: Sequence[str]) -> list[TextEdit]:
        """Return the edits that take entries out of braces, each with its comma."""
        edits: list[TextEdit] = []
        names = list(existing)
        for index, key in enumerate(names):
            if key not in dropped:
                continue
            if any(name not in dropped for name in names[:index]):
                edits.append(self._edit(self._end(existing[names[index - 1]][1]), self._end(existing[key][1]), ""))
            else:
                edits.append(self._edit(existing[key][0].start, existing[names[index + 1]][0].start, ""))
        return edits

    def _add_lines(
        self,
        existing: dict[str, tuple[Scalar, Node]],
        kept: Sequence[str],
        added: Sequence[str],
        new: Outline,
        order: Sequence[str],
    ) -> list[TextEdit]:
        """Return the edits that put entries in, each in lines of its own."""
        edits: list[TextEdit] = []
        for key in added:
            name, value = existing[_before(key, kept, order)]
            at = self._line_end(self._end(value))
            edits.append(self._edit(at, at, indented(entry(key, new[key]), name.column - 1)))
        return _merged(edits)

    def _add_in_braces(
        self,
        existing: dict[str, tuple[Scalar, Node]],
        kept: Sequence[str],
        added: Sequence[str],
        new: Outline,
        order: Sequence[str],
    ) -> list[TextEdit]:
        """Return the edits that put entries in, between the braces."""
        edits: list[TextEdit] = []
        for key in added:
            at = self._end(existing[_before(key, kept, order)][1])
            edits.append(self._edit(at, at, f", {self._one_line(key, new[key], flow=True)}"))
        return _merged(edits)

    def arrange(self, node: Items, parts: Sequence[Part], blank: str) -> list[TextEdit]:
        """Return the edits that put the items of a list in another order, with others among them or left out.

        `parts` are all items of the list as it will be, at least one; `blank` goes between them where nothing in the
        list shows what does.
        """
        if list(parts) == list(range(len(node.nodes))):
            return []
        if node.flow:
            raise CannotPatch
        item_lines = self.item_lines(node)
        between = item_lines[1].blank if len(item_lines) > 1 else blank
        indent = self._dash(node.nodes[0]) - self._line_start(node.nodes[0].start)
        lines: list[str] = []
        for index, part in enumerate(parts):
            before = item_lines[0].blank if not index else between
            if isinstance(part, str):
                lines += [before, indented(part, indent)]
                continue
            item = item_lines[part]
            lines.append(item.blank if index and part else before)
            lines.append(self._text[item.start : item.end])
        start = item_lines[0].start - len(item_lines[0].blank)
        return [self._edit(start, item_lines[-1].end, "".join(lines))]

    def relist(self, name: Scalar, node: Node, parts: Sequence[Part], blank: str) -> list[TextEdit]:
        """Return the edits that give a key of lines another list: as `arrange` does, from or to an empty one as well.

        A list in brackets gets lines of its own. Raises CannotPatch where its items have several lines each.
        """
        if isinstance(node, Items) and not node.flow and parts:
            return self.arrange(node, parts, blank)
        colon = self._text.index(":", name.end) + 1
        if isinstance(node, Items) and not node.flow:
            last = self.item_lines(node)[-1].end
            return [self._edit(self._line_end(colon), last, ""), self._edit(colon, colon, " []")]
        end = self._end(node)
        items = node.nodes if isinstance(node, Items) else ()
        texts = [part if isinstance(part, str) else self._in_braces(items[part]) for part in parts]
        lines = blank.join(indented(text, name.column + 1) for text in texts)
        if not lines:
            return [self._edit(colon, end, " []")]
        if end <= colon:  # there is nothing yet
            end = colon = self._line_end(colon) - 1
        return [self._edit(colon, end, "\n" + lines.removesuffix("\n"))]

    def item_text(self, node: Items, index: int) -> str:
        """Return the lines of an item of a list with the comments above it, its dash in the first column."""
        if node.flow:
            return self._in_braces(node.nodes[index])
        item = self.item_lines(node)[index]
        indent = self._dash(node.nodes[index]) - self._line_start(node.nodes[index].start)
        return indented(self._text[item.start : item.end], -indent)

    def _in_braces(self, node: Node) -> str:
        """Return an item of a list in brackets as an item in a line of its own."""
        text = self._text[node.start : self._end(node)]
        if "\n" in text:
            raise CannotPatch
        return f"- {text}\n"

    def item_lines(self, node: Items) -> list[ItemLines]:
        """Return the lines of each item of a list."""
        item_lines: list[ItemLines] = []
        edge = self._gap_start(self._line_start(self._dash(node.nodes[0])))
        for index, item in enumerate(node.nodes):
            dash = self._dash(item)
            begin = self._line_start(dash)
            blank, comments = _split(self._text[edge:begin])
            end = self._line_end(self._end(item))
            following = self._dash(node.nodes[index + 1]) if index + 1 < len(node.nodes) else None
            stop = self._line_start(following) if following is not None else len(self._text)
            edge = end + _tail(self._text[end:stop], dash - begin, last=following is None)
            item_lines.append(ItemLines(blank, begin - len(comments), edge))
        return item_lines

    def _gap_start(self, begin: int) -> int:
        """Return where the comments and blank lines above the line at `begin` start."""
        above = reversed(self._text[:begin].splitlines(keepends=True))
        return begin - sum(len(line) for line in takewhile(lambda line: line.strip()[:1] in ("", "#"), above))

    def _dash(self, node: Node) -> int:
        """Return the offset of the dash of an item, which stands in the item's first line."""
        begin = self._line_start(node.start)
        match = re.fullmatch(r"( *)- +", self._text[begin : node.start])
        if match is None:
            raise CannotPatch
        return begin + len(match.group(1))

    def _end(self, node: Node) -> int:
        """Return where a node's own text ends, without the blank lines and comments that follow."""
        if isinstance(node, Pairs) and not node.flow:
            return self._end(node.entries[-1][1])
        if isinstance(node, Items) and not node.flow:
            return self._end(node.nodes[-1])
        return node.start + len(self._text[node.start : node.end].rstrip())

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        """Return the offset after the end of the line that an offset is in."""
        return self._text.index("\n", offset) + 1

    def _rest_of_line(self, offset: int) -> str:
        return self._text[offset : self._line_end(offset)]


def _split(gap: str) -> tuple[str, str]:
    """Return the blank lines at the start of a gap between items, and the comments that go with the next item."""
    lines = gap.splitlines(keepends=True)
    blank = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    return "".join(lines[:blank]), "".join(lines[blank:])


def _tail(gap: str, indent: int, *, last: bool) -> int:
    """Return how much of the gap after an item belongs to it: comments right below it that the next does not claim.

    Those are comments with a blank line below them, or indented more than the dash of the list.
    """
    lines = gap.splitlines(keepends=True)
    comments = next((index for index, line in enumerate(lines) if not line.lstrip().startswith("#")), len(lines))
    ends_blank = comments < len(lines) and not lines[comments].strip()
    if last or not ends_blank:
        deeper = (len(line) - len(line.lstrip()) > indent for line in lines[:comments])
        comments = next((index for index, deep in enumerate(deeper) if not deep), comments)
    return sum(len(line) for line in lines[:comments])


def _before(key: str, kept: Sequence[str], order: Sequence[str]) -> str:
    """Return the kept key after which a new one is put: the last of those that come before it in the tables."""
    earlier = [name for name in kept if name in order and order.index(name) < order.index(key)]
    return max(earlier, key=order.index, default=kept[0])


def _merged(edits: Sequence[TextEdit]) -> list[TextEdit]:
    """Return insertions with those at the same place put together, in their order."""
    texts: dict[int, str] = {}
    for edit in edits:
        texts[edit.start] = texts.get(edit.start, "") + edit.added
    return [TextEdit(at, "", text) for at, text in texts.items()]
