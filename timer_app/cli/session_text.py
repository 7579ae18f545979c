"""Words for sessions and their intervals in the terminal."""

from __future__ import annotations

from timer_app.clock import Milliseconds
from timer_app.definition.model import Side
from timer_app.i18n import _
from timer_app.presentation.formatting import clock_time
from timer_app.timeline.intervals import Interval, IntervalKind


def length_text(total: Milliseconds, open_intervals: int) -> str:
    """Return a session's length, as a minimum where it has open intervals."""
    return _("at least {length}").format(length=clock_time(total)) if open_intervals else clock_time(total)


def interval_word(kind: IntervalKind) -> str:
    """Return the word for what an interval is for."""
    return {
        IntervalKind.SETUP: _("Get ready"),
        IntervalKind.WORK: _("Work"),
        IntervalKind.LAST_REP_HOLD: _("Hold"),
        IntervalKind.SWITCH: _("Switch"),
        IntervalKind.REST: _("Rest"),
    }[kind]


def interval_title(interval: Interval) -> str:
    """Return an interval's title with its side and its set, where it has them."""
    sides = {Side.LEFT: _("left"), Side.RIGHT: _("right")}
    parts = [interval.title]
    if interval.side is not None:
        parts.append(sides[interval.side])
    if interval.sets is not None and interval.sets > 1:
        parts.append(f"{interval.set}/{interval.sets}")
    return " ".join(parts)
