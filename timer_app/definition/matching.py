"""Which item of a list each item of a changed list was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")


def match(old: Sequence[T], new: Sequence[T], kin: Callable[[T], object]) -> list[int | None]:
    """Return, for each item of `new`, the index of the item of `old` that it was, or None where it is new.

    Items that are equal are the same, in place or moved. Of those that are left over, one of the same `kin` is taken
    for the same one changed, best in the same stretch of the list; and in the same stretch also one of the same class.
    """
    origins: list[int | None] = [None] * len(new)
    stretches: list[tuple[list[int], list[int]]] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            origins[new_from:new_to] = range(old_from, old_to)
        else:
            stretches.append((list(range(old_from, old_to)), list(range(new_from, new_to))))
    left = [index for olds, _news in stretches for index in olds]
    for index in [index for _olds, news in stretches for index in news]:
        origin = next((other for other in left if old[other] == new[index]), None)
        if origin is not None:
            origins[index] = origin
            left.remove(origin)
    everywhere = [([*left], [index for _olds, news in stretches for index in news])]
    for looks_same, places in ((kin, stretches), (kin, everywhere), (type, stretches)):
        for olds, news in places:
            for index in news:
                if origins[index] is None:
                    origins[index] = _kindred(old, new[index], [other for other in olds if other in left], looks_same)
                    left = [other for other in left if other != origins[index]]
    return origins


def _kindred(old: Sequence[T], item: T, candidates: Sequence[int], looks_same: Callable[[T], object]) -> int | None:
    """Return the first candidate of the same class that also looks the same, or None."""
    for other in candidates:
        if type(old[other]) is type(item) and looks_same(old[other]) == looks_same(item):
            return other
    return None
