"""Where things stand in the editor's drawing of a session: its steps from left to right, and its ticks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.model import StepPath
from timer_app.presentation.session_bars import Bar
from timer_app.timeline.intervals import Timeline

_SECOND: Milliseconds = 1_000
_MINUTE = 60 * _SECOND
_TICKS: tuple[Milliseconds, ...] = (
    *(seconds * _SECOND for seconds in (5, 10, 15, 30)),
    *(minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30, 60, 120)),
)
"""How far apart ticks may be."""


class Stretch(Struct, frozen=True):
    """A stretch of the drawing, from 0 to 1 across."""

    left: float
    right: float


class Tick(Struct, frozen=True):
    """A moment that is written below the drawing, and where that is, from 0 to 1 across."""

    at: Milliseconds
    across: float


def steps_in_order(timeline: Timeline) -> tuple[StepPath, ...]:
    """Return the paths of all steps that take time, each once, in the order in which they first come."""
    return tuple(dict.fromkeys(interval.step for interval in timeline.intervals))


def belongs(step: StepPath, path: StepPath) -> bool:
    """Whether a step is the one that `path` leads to, or stands in the rounds that it leads to."""
    return step[: len(path)] == path


def stretches(row: Sequence[Bar], path: StepPath, apart: float) -> tuple[Stretch, ...]:
    """Return where the bars of a step are; neighbours that are less than `apart` from each other are one stretch."""
    found: list[Stretch] = []
    for bar in row:
        if belongs(bar.interval.step, path):
            if found and bar.left - found[-1].right < apart:
                found[-1] = Stretch(found[-1].left, bar.right)
            else:
                found.append(Stretch(bar.left, bar.right))
    return tuple(found)


def ticks(row: Sequence[Bar], least: float) -> tuple[Tick, ...]:
    """Return the moments to write below the drawing: round ones, at least `least` (of 1) apart from each other."""
    total = sum(bar.interval.length or 0 for bar in row)
    if not total:
        return ()
    for every in _TICKS:
        placed = tuple(_placed(row, range(0, total + 1, every))) if total / every * least <= 1 else ()
        if placed and all(two.across - one.across >= least for one, two in pairwise(placed)):
            return placed
    return ()


def _placed(row: Sequence[Bar], moments: Iterable[Milliseconds]) -> Iterator[Tick]:
    """Yield where moments are, in order. An open interval is drawn, and takes no time."""
    timed = [bar for bar in row if bar.interval.length]
    number = 0
    for at in moments:
        while number < len(timed) - 1 and timed[number + 1].interval.start <= at:
            number += 1
        bar = timed[number]
        into = (at - bar.interval.start) / (bar.interval.length or 1)
        yield Tick(at, bar.left + (bar.right - bar.left) * into)
