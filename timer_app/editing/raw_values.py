"""Read the values of a mapping as text, whatever they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from timer_app.schema.table_reader import Key, joined
from timer_app.schema.yaml_tree import Items, Node, Pairs, Scalar


class Written:
    """The values of a mapping as they stand in a text, by the names of their keys; what is no mapping has none.

    `keys` are those that it may have, and `offset` is what to add to the node's offsets to find it in the text.
    """

    def __init__(self, node: Node | None, keys: Sequence[Key[object]], text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        entries = joined(node, keys) if isinstance(node, Pairs) else ()
        self._entries = {name.text: (name, value) for name, value in entries}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the keys that are there, in order."""
        return tuple(self._entries)

    def given(self, name: str) -> bool:
        """Whether a key is there."""
        return name in self._entries

    def value(self, name: str) -> Node | None:
        """Return the node of a key's value, None where it is not there."""
        entry = self._entries.get(name)
        return entry[1] if entry is not None else None

    def text(self, name: str) -> str:
        """Return what is written for a key, in one line where it is more than a single value; empty for nothing."""
        value = self.value(name)
        return self._raw(value) if value is not None else ""

    def position(self, name: str) -> tuple[int, int]:
        """Return the line and column of a key that is there, counted as its node does."""
        key = self._entries[name][0]
        return key.line, key.column

    def items(self, name: str) -> tuple[str, ...] | None:
        """Return the items of a list, each in one line; an empty one for a key that is not there, None for no list."""
        value = self.value(name)
        if value is None:
            return ()
        return tuple(map(self._raw, value.nodes)) if isinstance(value, Items) else None

    def item(self, name: str, index: int, keys: Sequence[Key[object]]) -> Written | None:
        """Return an item of a list that is a mapping of these keys; None where it is none."""
        value = self.value(name)
        node = value.nodes[index] if isinstance(value, Items) else None
        return Written(node, keys, self._text, self._offset) if isinstance(node, Pairs) else None

    def within(self, name: str, keys: Sequence[Key[object]]) -> Written:
        """Return the mapping that is a key's value; one without keys where it is none."""
        return Written(self.value(name), keys, self._text, self._offset)

    def _raw(self, node: Node) -> str:
        if isinstance(node, Scalar):
            return node.text
        return " ".join(self._text[node.start + self._offset : node.end + self._offset].split())


def tags_line(node: Node | None, otherwise: str) -> str:
    """Return a list of words with commas between them, in quotes where they have a comma in them; else `otherwise`."""
    if not isinstance(node, Items) or not all(isinstance(item, Scalar) for item in node.nodes):
        return otherwise
    return ", ".join(_quoted(item.text) for item in node.nodes if isinstance(item, Scalar))


def tags_in(line: str) -> list[str]:
    """Return the words of a line with commas between them: the other way round from `tags_line`."""
    words = next(csv.reader([line.strip()], skipinitialspace=True), [])
    return [word.strip() for word in words if word.strip()]


def _quoted(word: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([word])
    return out.getvalue()
