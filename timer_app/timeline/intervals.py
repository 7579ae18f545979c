"""The timeline: a session as a flat sequence of intervals."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.model import SayLine, Side, StepPath
from timer_app.exercises.model import Tempo


class IntervalKind(StrEnum):
    """What an interval is for."""

    SETUP = "setup"
    WORK = "work"
    LAST_REP_HOLD = "last_rep_hold"
    SWITCH = "switch"
    REST = "rest"


class Interval(Struct, frozen=True):
    """One stretch of a session, from one boundary to the next.

    `start` is milliseconds from the session's start, with open intervals counted as 0. `length` is None when the
    interval is open: the user ends it. `exercise` is a catalogue id, None for a rest and for an
    exercise of the author's own; `title` is what the screen calls it. Sets and rounds count from 1. A setup belongs to
    the exercise, set and side that it leads to; a switch has the side that it leads to. `reps` and `tempo` are set for
    work in reps, `tempo` being None at the user's own pace. `amrap` marks work whose count is asked for afterwards.
    """

    index: int
    kind: IntervalKind
    start: Milliseconds
    length: Milliseconds | None
    title: str
    step: StepPath
    exercise: str | None = None
    about: str | None = None
    set: int | None = None
    sets: int | None = None
    side: Side | None = None
    round: int | None = None
    rounds: int | None = None
    reps: int | None = None
    tempo: Tempo | None = None
    amrap: bool = False
    say: tuple[SayLine, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the user ends it, not the clock."""
        return self.length is None

    @property
    def works(self) -> bool:
        """Whether it is work, rather than rest or preparation."""
        return self.kind in (IntervalKind.WORK, IntervalKind.LAST_REP_HOLD)


class Timeline(Struct, frozen=True):
    """A compiled session: its name, its language, and its intervals in order, at least one."""

    name: str
    language: str
    intervals: tuple[Interval, ...]

    @property
    def total(self) -> Milliseconds:
        """The length of all intervals in milliseconds, open ones counted as 0: then it is "at least"."""
        return sum(interval.length or 0 for interval in self.intervals)

    @property
    def open_intervals(self) -> int:
        """The number of open intervals."""
        return sum(interval.is_open for interval in self.intervals)

    def following(self, index: int) -> Interval | None:
        """Return the next interval of work after the one at `index`, or None when there is none."""
        return next((later for later in self.intervals[index + 1 :] if later.works), None)
