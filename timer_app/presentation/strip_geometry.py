"""The geometry of the editor's timeline strip: its steps and ticks."""

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
"""The possible intervals of ticks."""


class Stretch(Struct, frozen=True):
    """A stretch of the strip, from 0 to 1."""

    left: float
    right: float


class Tick(Struct, frozen=True):
    """A labelled moment, and its position from 0 to 1."""

    at: Milliseconds
    across: float


def steps_in_order(timeline: Timeline) -> tuple[StepPath, ...]:
    """Return the paths of all steps that take time, each once, in order of first appearance."""
    return tuple(dict.fromkeys(interval.step for interval in timeline.intervals))


def belongs(step: StepPath, path: StepPath) -> bool:
    """Whether a step is the one at `path`, or inside the rounds at `path`."""
    return step[: len(path)] == path


def stretches(row: Sequence[Bar], path: StepPath, apart: float) -> tuple[Stretch, ...]:
    """Return the stretches of a step's bars; neighbours less than `apart` from each other are merged."""
    merged_stretches: list[Stretch] = []
    for bar in row:
        if belongs(bar.interval.step, path):
            if merged_stretches and bar.left - merged_stretches[-1].right < apart:
                merged_stretches[-1] = Stretch(merged_stretches[-1].left, bar.right)
            else:
                merged_stretches.append(Stretch(bar.left, bar.right))
    return tuple(merged_stretches)


def ticks(row: Sequence[Bar], least: float) -> tuple[Tick, ...]:
    """Return the ticks: round moments, at least `least` (of 1) apart from each other."""
    total = sum(bar.interval.length or 0 for bar in row)
    if not total:
        return ()
    for interval in _TICKS:
        placed = tuple(_placed(row, range(0, total + 1, interval))) if total / interval * least <= 1 else ()
        if placed and all(right.across - left.across >= least for left, right in pairwise(placed)):
            return placed
    return ()


def _placed(row: Sequence[Bar], moments: Iterable[Milliseconds]) -> Iterator[Tick]:
    """Yield the ticks of moments, in order. An open interval is drawn, but takes no time."""
    timed = [bar for bar in row if bar.interval.length]
    number = 0
    for at in moments:
        while number < len(timed) - 1 and timed[number + 1].interval.start <= at:
            number += 1
        bar = timed[number]
        fraction = (at - bar.interval.start) / (bar.interval.length or 1)
        yield Tick(at, bar.left + (bar.right - bar.left) * fraction)
