"""A session definition as values: what an author wrote, nothing that is derived.

Lengths are whole milliseconds. The values have the meaning of their keys in the file, without its layout.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct, field

from timer_app.clock import Milliseconds
from timer_app.exercises.model import Tempo

DEFAULT_SETUP: Milliseconds = 10_000
DEFAULT_SWITCH: Milliseconds = 5_000


class Level(StrEnum):
    """For whom a session is meant."""

    GENTLE = "gentle"
    BEGINNER = "beginner"
    REGULAR = "regular"
    ADVANCED = "advanced"


class Side(StrEnum):
    """The user's own left or right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def opposite(self) -> Side:
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Hold(Struct, frozen=True):
    """One position, held for `length` milliseconds."""

    length: Milliseconds


class Reps(Struct, frozen=True):
    """A number of repetitions.

    `tempo` is the author's own pace; with None the catalogue's is taken, and where there is none either the reps are
    at the user's own pace (open). `last_rep_hold` is held after the last rep of each set; 0 means none.
    """

    count: int
    tempo: Tempo | None = None
    last_rep_hold: Milliseconds = 0


class UntilDone(Struct, frozen=True):
    """Work that lasts until the user ends it."""


class Amrap(Struct, frozen=True):
    """As many reps as possible in `length` milliseconds; the count is asked for afterwards."""

    length: Milliseconds


Work: TypeAlias = Hold | Reps | UntilDone | Amrap


class FromStart(Struct, frozen=True):
    """A moment counted from the interval's start, in milliseconds."""

    offset: Milliseconds


class FromEnd(Struct, frozen=True):
    """A moment counted back from the interval's end, in milliseconds (a positive number)."""

    offset: Milliseconds


class HalfWay(Struct, frozen=True):
    """The middle of the interval."""


Moment: TypeAlias = FromStart | FromEnd | HalfWay


class SayLine(Struct, frozen=True):
    """A line of the author's own, begun at `at`."""

    at: Moment
    line: str


class ExerciseStep(Struct, frozen=True):
    """One exercise: its work, how often, and the pauses in between.

    Exactly one of `exercise` (a catalogue id) and `name` (the author's own) is set. `about` is None where the
    catalogue's text serves. `setup` is None where the session's is taken.
    """

    work: Work
    exercise: str | None = None
    name: str | None = None
    about: str | None = None
    sets: int = 1
    rest: Milliseconds = 0
    each_side: bool = False
    first_side: Side = Side.LEFT
    switch: Milliseconds = DEFAULT_SWITCH
    setup: Milliseconds | None = None
    say: tuple[SayLine, ...] = ()


class RestStep(Struct, frozen=True):
    """A rest of its own, perhaps with a name ("Drink of water")."""

    length: Milliseconds
    name: str | None = None
    say: tuple[SayLine, ...] = ()


class Rounds(Struct, frozen=True):
    """A block of steps, repeated `count` times with `rest` in between; with `shuffle` in a new order each run."""

    count: int
    steps: tuple[Step, ...]
    rest: Milliseconds = 0
    shuffle: bool = False


Step: TypeAlias = ExerciseStep | RestStep | Rounds

StepPath: TypeAlias = tuple[int, ...]
"""The path to a step: its index in the session's steps, then in each of its rounds, from 0."""


def where(path: StepPath) -> str:
    """Return a path as messages write it: `(3, 0)` is `steps[3].steps[0]`."""
    return ".".join(f"steps[{index}]" for index in path)


def path_of(where: str) -> StepPath:
    """Return the path that `where` wrote."""
    return tuple(int(index) for index in re.findall(r"\d+", where))


class Session(Struct, frozen=True):
    """A whole session definition."""

    name: str
    steps: tuple[Step, ...]
    about: str | None = None
    level: Level | None = None
    tags: tuple[str, ...] = ()
    language: str = "en"
    setup: Milliseconds = DEFAULT_SETUP
    format: int = field(default=1)
