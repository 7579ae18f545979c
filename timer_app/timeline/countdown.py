"""The countdown: when 3, 2, 1 are said in an interval."""

from __future__ import annotations

from timer_app.clock import Milliseconds
from timer_app.timeline.intervals import Interval, IntervalKind

SECOND: Milliseconds = 1_000
COUNTED_FROM: Milliseconds = 20_000
"""Work of this length or more is counted out."""
COUNTED_REP: Milliseconds = 4_000
"""Work in shorter reps has no countdown: the numbers of the reps are the count."""


def countdown(interval: Interval, before: Interval | None) -> tuple[Milliseconds, ...]:
    """Return where 1, 2, 3 are counted, in milliseconds from the interval's start: those that fit into it.

    They stand on the last whole seconds of a setup, rest or switch, and of long work. What begins with the interval
    itself (a switch, the rest after work) keeps its first moment, so that a rest of 2 s counts 1 alone.
    """
    length = interval.length
    if length is None or (interval.works and not _is_counted_work(interval, length)):
        return ()
    first = 1 if interval.works or marks_its_start(interval, before) else 0
    return tuple(length - n * SECOND for n in (1, 2, 3) if length - n * SECOND >= first)


def marks_its_start(interval: Interval, before: Interval | None) -> bool:
    """Whether a pause begins with a line or a tone of its own: a switch does, and what follows work."""
    return interval.kind is IntervalKind.SWITCH or (before is not None and before.works)


def _is_counted_work(interval: Interval, length: Milliseconds) -> bool:
    return length >= COUNTED_FROM and (interval.tempo is None or interval.tempo.rep >= COUNTED_REP)
