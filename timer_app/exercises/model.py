"""The values of an exercise in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from timer_app.clock import Milliseconds


class Tempo(Struct, frozen=True):
    """The pace of one rep in milliseconds: the way up, a pause at the top, the way down.

    A pace given as one number (`rep: 4s`) has no phases: all of it is `lift` and `phased` is False.
    """

    lift: Milliseconds
    hold: Milliseconds = 0
    lower: Milliseconds = 0
    phased: bool = True

    @classmethod
    def plain(cls, rep: Milliseconds) -> Tempo:
        """Return a pace of `rep` milliseconds a rep, with no phases."""
        return cls(lift=rep, phased=False)

    @property
    def rep(self) -> Milliseconds:
        """The length of one rep in milliseconds."""
        return self.lift + self.hold + self.lower


class Usual(Struct, frozen=True):
    """The usual dose of an exercise, for a beginner or in regular practice.

    It is held for `hold` milliseconds, or done `reps` times at the exercise's tempo, the last rep of each set held for
    `last_rep_hold`; with neither it goes on until the user is done. `rest` lies between the `sets`.
    A hold that grows with practice is usual up to `up_to` milliseconds; a stretch does not grow, and has None.
    """

    hold: Milliseconds | None = None
    reps: int | None = None
    last_rep_hold: Milliseconds = 0
    sets: int = 1
    rest: Milliseconds = 0
    each_side: bool = False
    up_to: Milliseconds | None = None


class Exercise(Struct, frozen=True):
    """One exercise: its name, what it trains, how to get into position, and its caution.

    `position` says how to get into position; `cues` are form cues of at most eight words; `easier` and `harder` are
    ids of other exercises. `tempo` is the usual pace, None where the exercise is held. `dose` says how much is
    usual, and who says so; `usual` is one such dose, to begin with. `poses` is how it is drawn, as its file has it:
    see `figures.parser.read_figure`.
    """

    id: str
    name: str
    trains: str
    position: str
    cues: tuple[str, ...]
    caution: str
    easier: str | None = None
    harder: str | None = None
    tempo: Tempo | None = None
    dose: str | None = None
    usual: Usual | None = None
    poses: str | None = None


Catalogue: TypeAlias = Mapping[str, Exercise]
"""Exercises by their id."""
