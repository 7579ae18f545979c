"""The bars of a drawn session: one for each interval, its width the length, its height the kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline

OPEN_WIDTH: Milliseconds = 20_000
"""The width of an interval without a length, in milliseconds."""

_HEIGHTS = {
    IntervalKind.WORK: 1.0,
    IntervalKind.LAST_REP_HOLD: 1.0,
    IntervalKind.SETUP: 0.42,
    IntervalKind.SWITCH: 0.42,
    IntervalKind.REST: 0.26,
}

_NARROW = 2.0
"""Narrower bars, in logical pixels, are merged with their neighbours."""


class Bar(Struct, frozen=True):
    """The left and right edge of an interval, from 0 to 1, and its height, from 0 to 1."""

    interval: Interval
    left: float
    right: float
    height: float


def bars(timeline: Timeline) -> tuple[Bar, ...]:
    """Return the bars of a timeline, from left to right; together they reach from 0 to 1."""
    widths = [OPEN_WIDTH if interval.length is None else interval.length for interval in timeline.intervals]
    whole = sum(widths) or 1
    drawn: list[Bar] = []
    start = 0
    for interval, width in zip(timeline.intervals, widths, strict=True):
        drawn.append(Bar(interval, start / whole, (start + width) / whole, _HEIGHTS[interval.kind]))
        start += width
    return tuple(drawn)


def merged(row: Sequence[Bar], width: float) -> tuple[Bar, ...]:
    """Return the bars to draw in `width` logical pixels, where too narrow ones are merged into the longest of them.

    So two thousand intervals cost no more to paint than there are pixels.
    """
    least = _NARROW / max(1.0, width)
    drawn: list[Bar] = []
    narrow: list[Bar] = []
    for bar in row:
        wide = bar.right - bar.left >= least
        if not wide:
            narrow.append(bar)
        if narrow and (wide or bar.right - narrow[0].left >= least):
            drawn.append(_as_one(narrow))
            narrow = []
        if wide:
            drawn.append(bar)
    return (*drawn, _as_one(narrow)) if narrow else tuple(drawn)


def _as_one(narrow: Sequence[Bar]) -> Bar:
    longest = max(narrow, key=lambda bar: bar.right - bar.left)
    return replace(longest, left=narrow[0].left, right=narrow[-1].right)


def bar_at(row: Sequence[Bar], across: float) -> Bar | None:
    """Return the bar at a position from 0 to 1, or None outside."""
    number = bisect_right(row, across, key=lambda bar: bar.left) - 1
    return row[number] if number >= 0 and across < row[number].right else None


def bar_text(interval: Interval) -> str:
    """Return the text of one interval: `Plank · set 2 of 3 · 1:00, from 2:10`."""
    purpose = interval.title if interval.works or interval.kind is IntervalKind.REST else formatting.kind(interval.kind)
    parts = [purpose, formatting.interval_detail(interval) if interval.works else ""]
    length = _("until you say done") if interval.length is None else formatting.clock_time(interval.length)
    start = _("{length}, from {start}").format(length=length, start=formatting.clock_time(interval.start))
    return " · ".join(part for part in (*parts, start) if part)


def describe(timeline: Timeline) -> str:
    """Return the description of a whole timeline for a screen reader."""
    spans = sum(interval.works for interval in timeline.intervals)
    work = sum(interval.length or 0 for interval in timeline.intervals if interval.works)
    counted = ngettext("{n} span of work", "{n} spans of work", spans).format(n=spans)
    return _("The session drawn: {total} in all, {spans}, {work} of it work.").format(
        total=formatting.total(timeline), spans=counted, work=formatting.clock_time(work)
    )
