"""Find the target of steps that are moved by keys, dropped or added: the path of the step before which they go.

`Lists` is the shape of a session: the number of steps in each list, by the path of its rounds, the session's own by
the empty path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from timer_app.definition.model import StepPath
from timer_app.presentation.step_rows import RowKind, TreeRow

Lists: TypeAlias = Mapping[StepPath, int]

_EDGE = 0.28
"""The share of the height of rounds, at top and bottom, that drops before or after them, not into them."""


class Edge(StrEnum):
    """The part of a row that marks a drop target."""

    TOP = "top"
    BOTTOM = "bottom"
    WHOLE = "whole"


class Landing(Struct, frozen=True):
    """A drop target: its path, and the row and edge that mark it."""

    at: StepPath
    row: StepPath
    edge: Edge


def lists_of(rows: Iterable[TreeRow]) -> dict[StepPath, int]:
    """Return the shape of the session in rows."""
    lists: dict[StepPath, int] = {(): 0}
    for row in rows:
        if row.kind is RowKind.ROUNDS:
            lists[row.path] = 0
        if row.path:
            lists[row.path[:-1]] += 1
    return lists


def after(path: StepPath, lists: Lists) -> StepPath:
    """Return the target right after a step, in empty rounds, or at the end for the session itself."""
    if not lists.get(path, 1):
        return (*path, 0)
    return _sibling(path, 1) if path else (lists[()],)


def above(chosen: Sequence[StepPath], _lists: Lists) -> StepPath | None:
    """Return the target one further up, from the top of rounds the one before them; None where there is none."""
    first = chosen[0]
    if first[-1] > 0:
        return _sibling(first, -1)
    return first[:-1] or None


def below(chosen: Sequence[StepPath], lists: Lists) -> StepPath | None:
    """Return the target one further down, from the end of rounds the one after them; None where there is none."""
    last = chosen[-1]
    if last[-1] + 1 < lists[last[:-1]]:
        return _sibling(last, 2)
    return _sibling(last[:-1], 1) if len(last) > 1 else None


def inwards(chosen: Sequence[StepPath], lists: Lists) -> StepPath | None:
    """Return the target at the end of the rounds right above, else at the start of those right below, or None."""
    before, following = _sibling(chosen[0], -1), _sibling(chosen[-1], 1)
    if before in lists:
        return (*before, lists[before])
    return (*following, 0) if following in lists else None


def outwards(chosen: Sequence[StepPath], _lists: Lists) -> StepPath | None:
    """Return the target right after the rounds around the first step, or None."""
    return _sibling(chosen[0][:-1], 1) if len(chosen[0]) > 1 else None


def within_itself(moved: Iterable[StepPath], at: StepPath) -> bool:
    """Whether a target lies in one of the moved steps."""
    return any(len(at) > len(path) and at[: len(path)] == path for path in moved)


def stays(moved: Sequence[StepPath], at: StepPath) -> bool:
    """Whether moving steps to `at` would change nothing."""
    first = moved[0]
    together = all(path == _sibling(first, number) for number, path in enumerate(moved))
    return together and at[:-1] == first[:-1] and first[-1] <= at[-1] <= first[-1] + len(moved)


def landing(row: StepPath, height: float, level: int, lists: Lists, folded: Collection[StepPath]) -> Landing:
    """Return the target of a drop over a row.

    `height` is the position in the row, 0.0 at its top to 1.0 at its bottom; `level` the depth in rounds at the mouse,
    which distinguishes the end of rounds from what comes after them.
    """
    if not row:
        return Landing((0,), row, Edge.BOTTOM)
    if row in lists:
        if height < _EDGE:
            return Landing(row, row, Edge.TOP)
        if height <= 1 - _EDGE:
            return Landing((*row, lists[row]), row, Edge.WHOLE)
        if lists[row] and row not in folded:
            return Landing((*row, 0), row, Edge.BOTTOM)
    elif height < 0.5:
        return Landing(row, row, Edge.TOP)
    at = _sibling(row, 1)
    while len(at) > 1 and len(at) > level + 1 and at[-1] == lists[at[:-1]]:
        at = _sibling(at[:-1], 1)
    return Landing(at, row, Edge.BOTTOM)


def _sibling(path: StepPath, steps: int) -> StepPath:
    return (*path[:-1], path[-1] + steps)
