"""The values of the script: a line to place, a placed sound, and a dropped line."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from timer_app.clock import Milliseconds

Lengths: TypeAlias = Mapping[str, Milliseconds]
"""How long each text takes to speak, rounded up to a whole millisecond. A text that is not in it has no clip."""


class LineKind(StrEnum):
    """What a line is for."""

    COUNT = "count"
    GO = "go"
    REP = "rep"
    SWITCH = "switch"
    REST = "rest"
    NEXT = "next"
    SAY = "say"
    HALF = "half"
    TEN = "ten"
    FORM = "form"
    LAST_SET = "last_set"
    END = "end"


class Tone(StrEnum):
    """The events that have a tone of their own, whose sound depends on the tone set."""

    COUNT = "count"
    GO = "go"
    REST = "rest"
    REP = "rep"
    HALF = "half"
    DONE = "done"


class Align(StrEnum):
    """Whether a line begins at a moment, or ends by it."""

    BEGINS_AT = "begins_at"
    ENDS_BY = "ends_by"


class CueLine(Struct, frozen=True):
    """A line to be said in one interval, before it is placed.

    `interval` is the interval's index; one past the last interval means after the session's end, where time is not
    bounded. `earliest`, `at` and `latest` are milliseconds from the interval's start; `latest` is None where only the
    interval's own end bounds the line. The line may sound anywhere between `earliest` and `latest`; with BEGINS_AT it
    begins at `at` or as soon after as is free, but at most `slip` after it (None: as late as still fits); with ENDS_BY
    it ends at `at` or as late before as is free. A line with `exact` begins on `at` to the millisecond or not at all.
    `importance` runs from 1 (always wins) to 5. `variants` go from long to short and may be empty; `tone` sounds where
    no variant fits, or has no clip, and may be None: then the line is dropped. Lines of one interval and kind that are
    `together` are all said in words, or all sounded as tones, or all left out, so that a count is never half of each.
    """

    interval: int
    kind: LineKind
    importance: int
    align: Align
    at: Milliseconds
    earliest: Milliseconds = 0
    latest: Milliseconds | None = None
    variants: tuple[str, ...] = ()
    tone: Tone | None = None
    exact: bool = False
    slip: Milliseconds | None = None
    together: bool = False


class Sound(Struct, frozen=True):
    """A placed line: `offset` milliseconds from its interval's start, for `length` milliseconds.

    Exactly one of `words` and `tone` is set. A sound after the session's end has the interval one past the last.
    """

    interval: int
    offset: Milliseconds
    length: Milliseconds
    kind: LineKind
    importance: int
    words: str | None = None
    tone: Tone | None = None

    @property
    def end(self) -> Milliseconds:
        """Where it ends, in milliseconds from its interval's start."""
        return self.offset + self.length


class Dropped(Struct, frozen=True):
    """A line that did not fit: it was shortened, or left out.

    `words` is the longest variant that has a clip, empty where it is a tone that did not fit; it needed `needed`
    milliseconds where at most `free` were free. `shortened_to` is the variant that is said instead, or None when
    nothing is said (there may be a tone). A text that has no clip is not a matter of room, and is not reported.
    """

    interval: int
    kind: LineKind
    words: str
    needed: Milliseconds
    free: Milliseconds
    shortened_to: str | None = None


class SoundPlan(Struct, frozen=True):
    """The sounds of a session, in order, and the lines that were shortened or left out."""

    sounds: tuple[Sound, ...]
    dropped: tuple[Dropped, ...] = ()

    def of(self, interval: int) -> tuple[Sound, ...]:
        """Return the sounds of one interval, in order."""
        return tuple(sound for sound in self.sounds if sound.interval == interval)
