"""An edit of a text as a value: where, what is removed, what is added.

Offsets count characters (code points), and every line ends as in Unix.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class TextEdit(Struct, frozen=True, order=True):
    """One replacement: at the offset `start`, `removed` gives way to `added`.

    `selection` is the anchor and the caret afterwards; None where the edit leaves them to the view.
    """

    start: int
    removed: str
    added: str
    selection: tuple[int, int] | None = None

    @property
    def end(self) -> int:
        """The offset after what is removed, in the text before."""
        return self.start + len(self.removed)

    @property
    def end_after(self) -> int:
        """The offset after what was added, in the text afterwards."""
        return self.start + len(self.added)

    @property
    def inverse(self) -> TextEdit:
        """The edit that undoes this one."""
        return TextEdit(self.start, self.added, self.removed)

    @property
    def trimmed(self) -> TextEdit | None:
        """The edit without what it would replace by the same, and without a selection; None where nothing is left."""
        least = difference(self.removed, self.added)
        return TextEdit(self.start + least.start, least.removed, least.added) if least is not None else None

    def apply(self, text: str) -> str:
        """Return a text with the edit made in it. Raises ValueError where it does not fit the text."""
        if text[self.start : self.end] != self.removed:
            raise ValueError("The edit was made for another text.")
        return text[: self.start] + self.added + text[self.end :]


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Return a text with edits made in it one after the other. Raises ValueError where one does not fit."""
    for edit in edits:
        text = edit.apply(text)
    return text


def difference(old: str, new: str) -> TextEdit | None:
    """Return the smallest single replacement that makes `new` of `old`; None where they are equal."""
    if old == new:
        return None
    head = _common_prefix(old, new)
    most = min(len(old), len(new)) - head
    tail = _common_prefix(old[len(old) - most :][::-1], new[len(new) - most :][::-1])
    return TextEdit(head, old[head : len(old) - tail], new[head : len(new) - tail])


def _common_prefix(first: str, second: str) -> int:
    """Return the length of the longest common prefix, by bisection: comparing slices is fast."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
