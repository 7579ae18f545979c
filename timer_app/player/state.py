"""The state of the player, and what is derived from it at a moment.

The remaining time is derived from when the interval began; nothing is counted down.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.timeline.intervals import Interval, Timeline

GAP: Milliseconds = 2_000
"""The longest time between two ticks, in milliseconds, that is not a sleep or a hang."""

BACK_WINDOW: Milliseconds = 2_000
"""Within this time of an interval's start, in milliseconds, going back means the interval before."""

EXTENSION: Milliseconds = 10_000
"""How much `extend` adds to an interval, in milliseconds."""


class Outcome(StrEnum):
    """How an interval ended."""

    DONE = "done"
    SKIPPED = "skipped"
    CUT_SHORT = "cut_short"


class Ending(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"


class Past(Struct, frozen=True):
    """The best attempt at an interval: how it ended, the milliseconds truly spent, and what it was extended by.

    `reps` is the count that the user gave, None where none was asked for or given. `attempts` is how often the interval
    was tried: one more each time that the user went back to it and did not skip it at once.
    """

    outcome: Outcome
    spent: Milliseconds
    extra: Milliseconds = 0
    reps: int | None = None
    attempts: int = 1

    def repeated(self, again: Past) -> Past:
        """Return the better of this attempt and a later one: this one where they are equal."""
        best = max(self, again, key=_worth)
        return replace(best, attempts=max(1, _tries(self) + _tries(again)))


class PlayerState(Struct, frozen=True):
    """A session being played, as of the last tick.

    `index` is the interval in progress, and the number of intervals once the session has ended by itself. `began` is
    the steady time at which the interval began, moved on by the pauses in it. `seen` is the time of the last tick.
    `paused_at` is None while it runs; `slept` is set where the player paused itself. `extra` is what the interval was
    extended by. `past` has an entry for each interval, None until it was tried: from `index` on there are entries only
    where the user has gone back. `gap` is `GAP` in the clock's own milliseconds.
    """

    timeline: Timeline
    index: int
    began: Milliseconds
    seen: Milliseconds
    past: tuple[Past | None, ...]
    paused_at: Milliseconds | None = None
    slept: bool = False
    extra: Milliseconds = 0
    ended: Ending | None = None
    gap: Milliseconds = GAP

    @property
    def interval(self) -> Interval | None:
        """The interval in progress, None once the session has ended."""
        return self.timeline.intervals[self.index] if self.ended is None else None

    @property
    def running(self) -> bool:
        """Whether time counts: the session is neither paused nor ended."""
        return self.paused_at is None and self.ended is None

    @property
    def length(self) -> Milliseconds | None:
        """The length of the interval in progress with its extension, None when it is open or all has ended."""
        interval = self.interval
        if interval is None or interval.length is None:
            return None
        return interval.length + self.extra

    @property
    def due(self) -> Milliseconds | None:
        """The steady time at which the interval in progress ends if nothing is done, None when nothing would end it."""
        return self.began + self.length if self.running and self.length is not None else None

    def elapsed(self, now: Milliseconds) -> Milliseconds:
        """Return how much of the interval in progress has passed at `now`, in milliseconds, pauses left out."""
        if self.ended is not None:
            return 0
        return (now if self.paused_at is None else self.paused_at) - self.began

    def remaining(self, now: Milliseconds) -> Milliseconds | None:
        """Return how much of the interval in progress is left at `now`, in milliseconds; None when it is open."""
        return None if self.length is None else self.length - self.elapsed(now)

    def spent(self, now: Milliseconds) -> Milliseconds:
        """Return the time truly spent until `now`, in milliseconds: up to where the session is, and in all at its end.

        Of an interval that was repeated its best attempt counts.
        """
        counted = self.past[: self.index] if self.ended is None else self.past
        return sum(past.spent for past in counted if past is not None) + self.elapsed(now)

    def left(self, now: Milliseconds) -> Milliseconds:
        """Return what is still planned of the whole session at `now`, in milliseconds, open intervals counted as 0."""
        if self.ended is not None:
            return 0
        ahead = sum(interval.length or 0 for interval in self.timeline.intervals[self.index + 1 :])
        return (self.remaining(now) or 0) + ahead


def _worth(past: Past) -> tuple[bool, bool, int, Milliseconds]:
    """Return what attempts are compared by: done before cut short before skipped, then reps, then time."""
    return past.outcome is Outcome.DONE, past.outcome is not Outcome.SKIPPED, past.reps or 0, past.spent


def _tries(past: Past) -> int:
    """Return how many attempts there were, without one that was over as soon as it had begun."""
    return past.attempts if past.outcome is Outcome.DONE or past.spent >= BACK_WINDOW else 0
