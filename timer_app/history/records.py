"""The values that the history stores: runs, intervals, tags and pauses."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from timer_app.clock import Milliseconds


class RunOutcome(StrEnum):
    """How a run ended. A run is `interrupted` while nothing has ended it: as after a power cut."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


class IntervalOutcome(StrEnum):
    """How an interval ended."""

    DONE = "done"
    SKIPPED = "skipped"
    CUT_SHORT = "cut_short"


class TagKind(StrEnum):
    """What a tag is about: sleep, shoes, the surface, or what helped."""

    SLEEP = "sleep"
    SHOES = "shoes"
    SURFACE = "surface"
    HELPED = "helped"


class Tag(Struct, frozen=True, order=True):
    """The user's own word or two about a run."""

    kind: TagKind
    word: str


class PauseKind(StrEnum):
    """Why nothing was done for some days."""

    ILLNESS = "illness"
    HOLIDAY = "holiday"
    REST = "rest"


class Pause(Struct, frozen=True):
    """Days that break no streak, both ends included; with no last day it goes on. `id` is a UUID as text."""

    id: str
    kind: PauseKind
    first: date
    last: date | None
    note: str = ""


class RunBegun(Struct, frozen=True):
    """A run at its start.

    `id` is a UUID as text; `session` is the session's name and `stem` its file's; `definition` is the text that was
    run, kept so that later edits never rewrite the past, and `definition_hash` its SHA-256 in hex; `planned` is the
    length in milliseconds of what was planned, open intervals counted as 0; `started_at` carries its zone's offset.
    `left_out` names the steps that were left out for that day, by their paths in the definition, as a list in JSON.
    """

    id: str
    session: str
    stem: str
    definition: str
    definition_hash: str
    planned: Milliseconds
    started_at: datetime
    left_out: str = "[]"


class IntervalRecord(Struct, frozen=True):
    """One interval of a run, once it has ended: its best attempt, where the user went back to it.

    `position` is its index in the timeline, from 0. `kind` and `side` are the timeline's words. `planned` is None for
    an open interval. `actual` is the time truly spent, pauses left out. `planned_reps` and `actual_reps` are None where
    there are none, or where they are not known. `attempts` is how often it was tried.
    """

    position: int
    exercise: str | None
    title: str
    kind: str
    side: str | None
    set: int | None
    round: int | None
    planned: Milliseconds | None
    actual: Milliseconds
    outcome: IntervalOutcome
    planned_reps: int | None = None
    actual_reps: int | None = None
    attempts: int = 1


class RunRecord(Struct, frozen=True):
    """A run in the history.

    `effort` is 1 to 10; comfort before, after and on the next morning is 0 to 10; each is None where it was left out.
    `tags` are sorted. `away` means that the user added it by hand, having done it away from the computer. `resume_at`
    is the position at which a run without an end is resumed, None behind its last interval.
    """

    begun: RunBegun
    ended_at: datetime | None
    outcome: RunOutcome
    intervals: tuple[IntervalRecord, ...]
    effort: int | None = None
    comfort_before: int | None = None
    comfort_after: int | None = None
    note: str = ""
    comfort_next: int | None = None
    tags: tuple[Tag, ...] = ()
    away: bool = False
    resume_at: int | None = None

    @property
    def actual(self) -> Milliseconds:
        """The time truly spent in all intervals, in milliseconds."""
        return sum(interval.actual for interval in self.intervals)


class RunSummary(Struct, frozen=True):
    """A run without its intervals, as in a list."""

    id: str
    session: str
    stem: str
    started_at: datetime
    ended_at: datetime | None
    outcome: RunOutcome
    planned: Milliseconds
    actual: Milliseconds
    effort: int | None = None
    comfort_before: int | None = None
    comfort_after: int | None = None
    note: str = ""
    comfort_next: int | None = None
    away: bool = False


class RunRecorder(Protocol):
    """The recorder of a run as it happens. No call waits for the disk, and none raises for a bad disk."""

    def begin(self, run: RunBegun) -> None:
        """Record the start of a run."""

    def interval_ended(self, run_id: str, interval: IntervalRecord) -> None:
        """Record how an interval ended."""

    def set_resume_at(self, run_id: str, position: int | None) -> None:
        """Record where the run would be resumed: None behind the last interval, else where the user went back to."""

    def end(self, run_id: str, outcome: RunOutcome, ended_at: datetime) -> None:
        """Record how the run ended."""

    def rate(
        self,
        run_id: str,
        *,
        effort: int | None = None,
        comfort_before: int | None = None,
        comfort_after: int | None = None,
        note: str | None = None,
    ) -> None:
        """Record ratings and the note; None leaves a value as it is."""


class Unrecorded:
    """A recorder that discards everything, to try a session."""

    def begin(self, run: RunBegun) -> None:
        """Do nothing."""

    def interval_ended(self, run_id: str, interval: IntervalRecord) -> None:
        """Do nothing."""

    def set_resume_at(self, run_id: str, position: int | None) -> None:
        """Do nothing."""

    def end(self, run_id: str, outcome: RunOutcome, ended_at: datetime) -> None:
        """Do nothing."""

    def rate(
        self,
        run_id: str,
        *,
        effort: int | None = None,
        comfort_before: int | None = None,
        comfort_after: int | None = None,
        note: str | None = None,
    ) -> None:
        """Do nothing."""
