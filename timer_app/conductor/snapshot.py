"""A snapshot of a running session: what the run page and the terminal show at one moment."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.exercises.model import Catalogue, Tempo
from timer_app.player.state import Ending, Outcome, PlayerState
from timer_app.timeline.intervals import Interval, IntervalKind

HINT_TURN: Milliseconds = 12_000
"""How long a form cue is shown before the next one: our choice, some three breaths."""


class Status(StrEnum):
    """Whether the session is running, paused or over."""

    RUNNING = "running"
    PAUSED = "paused"
    SLEPT = "slept"
    COMPLETED = "completed"
    STOPPED = "stopped"


class RepPhase(StrEnum):
    """The phase of a rep."""

    LIFT = "lift"
    HOLD = "hold"
    LOWER = "lower"


class RepNow(Struct, frozen=True):
    """The rep in progress: its number of `count`, from 1; its phase, None where the pace has none; how far it has come.

    `progress` runs from 0 to 1 within the phase, or within the rep where there are no phases.
    """

    number: int
    count: int
    phase: RepPhase | None
    progress: float


class Snapshot(Struct, frozen=True):
    """A running session at one moment. Times are milliseconds; `remaining` and `length` are None in an open interval.

    `interval` is None once the session has ended. `upcoming` are the intervals after this one, the next work last and
    nothing behind it. `left` counts open intervals as 0, and is then "at least" (`left_is_open`). `hint` is how to get
    into position, or a form cue, and may be empty.
    """

    status: Status
    index: int
    interval: Interval | None
    elapsed: Milliseconds
    length: Milliseconds | None
    remaining: Milliseconds | None
    rep: RepNow | None
    upcoming: tuple[Interval, ...]
    spent: Milliseconds
    left: Milliseconds
    left_is_open: bool
    hint: str
    muted: bool

    @property
    def seconds(self) -> int | None:
        """The whole seconds that a countdown shows: 60 at the start of a minute, 1 in its last second."""
        return None if self.remaining is None else -(-self.remaining // 1000)

    @property
    def live(self) -> bool:
        """Whether the session has not ended."""
        return self.status not in (Status.COMPLETED, Status.STOPPED)


def snapshot(state: PlayerState, now: Milliseconds, catalogue: Catalogue, *, muted: bool = False) -> Snapshot:
    """Return what there is to show of `state` at `now`, the steady time in milliseconds."""
    intervals = state.timeline.intervals
    interval = state.interval
    elapsed = state.elapsed(now)
    return Snapshot(
        status=_status(state),
        index=state.index,
        interval=interval,
        elapsed=elapsed,
        length=state.length,
        remaining=state.remaining(now),
        rep=rep_at(interval, elapsed) if interval is not None else None,
        upcoming=_upcoming(state) if interval is not None else (),
        spent=state.spent(now),
        left=state.left(now),
        left_is_open=interval is not None and any(later.is_open for later in intervals[state.index :]),
        hint=_hint(state, elapsed, catalogue),
        muted=muted,
    )


def rep_entry_index(state: PlayerState) -> int | None:
    """Return the index of the work whose reps the user can enter now: the one that has just ended, or None."""
    for index in range(state.index - 1, -1, -1) if state.interval is not None and not state.interval.works else ():
        interval, past = state.timeline.intervals[index], state.past[index]
        if interval.works:
            counts = interval.amrap and past is not None and past.outcome is not Outcome.SKIPPED
            return index if counts else None
    return None


def rep_at(interval: Interval, elapsed: Milliseconds) -> RepNow | None:
    """Return the rep in progress `elapsed` milliseconds into an interval; None where reps have no pace.

    In the time by which work was extended, the last rep stays.
    """
    if interval.kind is not IntervalKind.WORK or interval.reps is None or interval.tempo is None:
        return None
    tempo = interval.tempo
    done = min(elapsed // tempo.rep, interval.reps - 1)
    phase, progress = _phase(tempo, min(elapsed - done * tempo.rep, tempo.rep))
    return RepNow(done + 1, interval.reps, phase, progress)


def _phase(tempo: Tempo, into: Milliseconds) -> tuple[RepPhase | None, float]:
    if not tempo.phased:
        return None, into / tempo.rep
    begins = 0
    for phase, length in ((RepPhase.LIFT, tempo.lift), (RepPhase.HOLD, tempo.hold), (RepPhase.LOWER, tempo.lower)):
        if length and into < begins + length:
            return phase, (into - begins) / length
        begins += length
    return (RepPhase.LOWER if tempo.lower else RepPhase.HOLD if tempo.hold else RepPhase.LIFT), 1.0


def _status(state: PlayerState) -> Status:
    if state.ended is not None:
        return Status.COMPLETED if state.ended is Ending.COMPLETED else Status.STOPPED
    if state.paused_at is None:
        return Status.RUNNING
    return Status.SLEPT if state.slept else Status.PAUSED


def _upcoming(state: PlayerState) -> tuple[Interval, ...]:
    """Return the intervals up to the next work, without the setup that leads to it."""
    following = state.timeline.following(state.index)
    if following is None:
        return state.timeline.intervals[state.index + 1 :]
    between = state.timeline.intervals[state.index + 1 : following.index + 1]
    return tuple(interval for interval in between if interval.kind is not IntervalKind.SETUP)


def _hint(state: PlayerState, elapsed: Milliseconds, catalogue: Catalogue) -> str:
    """Return a hint for now: in work a form cue, turn by turn; before it, how to get into position."""
    interval = state.interval
    if interval is None:
        return ""
    ahead = interval if interval.kind is not IntervalKind.REST else state.timeline.following(interval.index)
    if ahead is None:
        return ""
    exercise = catalogue.get(ahead.exercise or "")
    if interval.works and exercise is not None and exercise.cues:
        return exercise.cues[elapsed // HINT_TURN % len(exercise.cues)]
    return ahead.about or (exercise.position if exercise is not None else "")
