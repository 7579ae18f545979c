"""A change of a text as a value: where, what goes, what comes. Every edit of a document is one of these.

Offsets count characters (code points), and every line ends as in Unix.
"""

from __future__ import annotations

from msgspec import Struct


class Change(Struct, frozen=True):
    """One replacement: at the offset `start`, `removed` gives way to `added`."""

    start: int
    removed: str
    added: str

    @property
    def end(self) -> int:
        """The offset after what is removed, in the text before."""
        return self.start + len(self.removed)

    @property
    def end_after(self) -> int:
        """The offset after what was added, in the text afterwards."""
        return self.start + len(self.added)

    @property
    def backwards(self) -> Change:
        """The change that undoes this one."""
        return Change(self.start, self.added, self.removed)

    def apply(self, text: str) -> str:
        """Return a text with the change made in it. Raises ValueError where it does not fit the text."""
        if text[self.start : self.end] != self.removed:
            raise ValueError("The change was made for another text.")
        return text[: self.start] + self.added + text[self.end :]


def difference(old: str, new: str) -> Change | None:
    """Return the smallest single replacement that makes `new` of `old`; None where they are equal."""
    if old == new:
        return None
    head = _alike(old, new)
    most = min(len(old), len(new)) - head
    tail = _alike(old[len(old) - most :][::-1], new[len(new) - most :][::-1])
    return Change(head, old[head : len(old) - tail], new[head : len(new) - tail])


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning: by halves, for slices are quick."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
