"""The conductor: run one session from its start to its end.

It reads the clock when it is polled, gives the speaker its cues ahead of time, and records every interval as it ends.
It knows no window: the run page and the terminal both use it, each from one thread.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from timer_app.clock import Clock, Milliseconds
from timer_app.conductor.cue_scheduler import CueScheduler
from timer_app.conductor.record_mapping import RUN_OUTCOMES, interval_record, past_of
from timer_app.conductor.snapshot import Snapshot, snapshot
from timer_app.definition.model import StepPath, where
from timer_app.exercises.model import Catalogue
from timer_app.history.records import RunBegun, RunRecord, RunRecorder
from timer_app.player import transitions
from timer_app.player.state import GAP, Ending, PlayerState
from timer_app.sound.ports import Speaker
from timer_app.timeline.intervals import Timeline


class RunPlan(Struct, frozen=True):
    """What is to be run: the timeline, and the definition that it came from, by its stem and its text.

    `id` is the UUID of the run in the history; `left_out` are the steps left out for today.
    """

    id: str
    timeline: Timeline
    stem: str
    definition: str
    left_out: frozenset[StepPath] = frozenset()

    def begun(self, clock: Clock) -> RunBegun:
        """Return the record of a run of this plan that begins now."""
        return RunBegun(
            id=self.id,
            session=self.timeline.name,
            stem=self.stem,
            definition=self.definition,
            definition_hash=hashlib.sha256(self.definition.encode()).hexdigest(),
            planned=self.timeline.total,
            started_at=clock.wall(),
            left_out=json.dumps([where(path) for path in sorted(self.left_out)]),
        )


class Conductor:
    """A running session, started by the constructor at its first interval or at the one at `index`.

    `before` is an interrupted run to resume: it keeps its id and its ended intervals, and continues where it was
    interrupted, whatever `index` is.
    """

    def __init__(
        self,
        plan: RunPlan,
        *,
        clock: Clock,
        catalogue: Catalogue,
        scheduler: CueScheduler,
        speaker: Speaker,
        record: RunRecorder,
        before: RunRecord | None = None,
        index: int = 0,
    ) -> None:
        self._clock = clock
        self._catalogue = catalogue
        self._scheduler = scheduler
        self._speaker = speaker
        self._record = record
        self._muted = False
        self._detached = False
        self._run = plan.begun(clock) if before is None else before.begun
        self._state = _first_state(plan.timeline, clock, before, index)
        self._seen = self._state.seen
        self._next_change_at = _next_change(self._state)
        self._resume_at = _resume_at(self._state)
        record.begin(self._run)
        scheduler.prepare(self._state.index)
        self._cue()

    @property
    def run_id(self) -> str:
        """The id of this run in the history."""
        return self._run.id

    @property
    def state(self) -> PlayerState:
        """The player's state at the last poll."""
        return self._state

    @property
    def timeline(self) -> Timeline:
        """The timeline being run."""
        return self._state.timeline

    @property
    def catalogue(self) -> Catalogue:
        """The exercises that the session is run with."""
        return self._catalogue

    def poll(self) -> Snapshot:
        """Advance to the present and return what there is to show."""
        self._advance_to(self._clock.now())
        return self.snapshot()

    def poll_elapsed(self) -> Milliseconds | None:
        """Return the elapsed time of the interval in progress; None where more has happened, and `poll` is needed.

        A cheap poll for animation: a sleep is noticed and sound is cued as by `poll`.
        """
        now = self._clock.now()
        if now >= self._next_change_at or not 0 <= now - self._seen <= self._state.gap:
            return None
        self._seen = now
        if self._scheduler.has_changes(now):
            self._cue()
        return now - self._state.began

    def snapshot(self) -> Snapshot:
        """Return what there is to show, as of the last poll."""
        return snapshot(self._state, self._seen, self._catalogue, muted=self._muted)

    def due_in(self) -> float | None:
        """Return in how many real milliseconds the next boundary is due, None when only the user ends the interval."""
        due = self._state.due
        return None if due is None else max(0, due - self._clock.now()) / self._clock.speed

    def outro_length(self) -> Milliseconds:
        """Return for how many milliseconds sound goes on after a completed session, 0 when it was stopped."""
        return self._scheduler.outro_length() if self._state.ended is Ending.COMPLETED else 0

    def pause(self) -> None:
        """Pause, if it is running."""
        self._apply(transitions.pause, cut=True)

    def resume(self) -> None:
        """Resume, if it is paused."""
        self._apply(transitions.resume, cut=True)

    def toggle(self) -> None:
        """Pause or resume."""
        self.poll()
        if self._state.running:
            self.pause()
        else:
            self.resume()

    def skip(self) -> None:
        """End the interval in progress now."""
        self._apply(transitions.skip, cut=True)

    def back(self) -> None:
        """Go back to the start of the interval, or to the one before within its first two seconds."""
        self._apply(transitions.back, cut=True)

    def extend(self) -> None:
        """Make the interval in progress ten seconds longer."""
        self._apply(transitions.extend, cut=False)

    def done(self) -> None:
        """End an open interval."""
        self._apply(transitions.done, cut=True)

    def stop(self) -> None:
        """End the session and keep what was done."""
        self._apply(transitions.stop, cut=True)

    def leave(self) -> None:
        """Record what was done so far and stop playing; the run has no end and can be resumed from here."""
        if self.poll().live:
            self._detached = True
            self.stop()

    def enter_reps(self, index: int, reps: int | None) -> None:
        """Set how many reps the user did in an interval that has ended, None for no count.

        Raises ValueError where it has not ended.
        """
        self._set_state(transitions.enter_reps(self._current(), index, reps))

    def mute(self, muted: bool) -> None:
        """Turn the sound off, or on again; time goes on."""
        self._muted = muted
        self._speaker.mute(muted)

    def _apply(self, change: Callable[[PlayerState, Milliseconds], PlayerState], *, cut: bool) -> None:
        """Apply a command of the user now; with `cut` it silences whatever is being said.

        Where it changes nothing, as `resume` does in a running session, nothing is cut either.
        """
        now = self._clock.now()
        self._advance_to(now)
        after = change(self._state, now)
        if after == self._state:
            return
        self._set_state(after)
        if cut:
            self._speaker.silence()
        self._cue()

    def _advance_to(self, now: Milliseconds) -> None:
        """Pass every boundary that is due at `now`, and cue its sound."""
        was_running = self._state.running
        self._set_state(transitions.tick(self._current(), now))
        if was_running and self._state.paused_at is not None:
            self._speaker.silence()
        elif self._state.running and self._scheduler.has_changes(now):
            self._cue()

    def _current(self) -> PlayerState:
        """Return the state as of the last cheap poll."""
        return replace(self._state, seen=self._seen)

    def _set_state(self, state: PlayerState) -> None:
        """Set the state; record the intervals that have ended on the way to it, and where the run would resume."""
        before, self._state = self._state, state
        self._seen, self._next_change_at = state.seen, _next_change(state)
        ended = None if self._detached else state.ended
        resume_at = _resume_at(state) if ended is None else None
        if resume_at != self._resume_at:
            self._resume_at = resume_at
            self._record.set_resume_at(self.run_id, resume_at)
        for interval, previous, past in zip(state.timeline.intervals, before.past, state.past, strict=True):
            if past is not None and past != previous:
                self._record.interval_ended(self.run_id, interval_record(interval, past))
        if ended is not None and before.ended is None:
            self._record.end(self.run_id, RUN_OUTCOMES[ended], self._clock.wall())

    def _cue(self) -> None:
        self._speaker.schedule(self._scheduler.cues(self._state, self._clock.now()))


def _next_change(state: PlayerState) -> float:
    """Return the steady time in milliseconds of the next change that comes by itself: -inf if paused, inf if none."""
    if not state.running:
        return -inf
    return inf if state.due is None else state.due


def resume_index(timeline: Timeline, before: RunRecord) -> int:
    """Return the index of the interval that was in progress when the run `before` was interrupted."""
    after_last = max((record.position for record in before.intervals), default=-1) + 1
    index = after_last if before.resume_at is None else min(before.resume_at, after_last)
    return min(index, len(timeline.intervals) - 1)


def _resume_at(state: PlayerState) -> int | None:
    """Return the index to resume a run at, None where that is the one after the last ended interval."""
    return state.index if any(state.past[state.index :]) else None


def _first_state(timeline: Timeline, clock: Clock, before: RunRecord | None, index: int) -> PlayerState:
    """Return the state at the start of a run, or where an interrupted run resumes."""
    gap = round(GAP * clock.speed)
    if before is None:
        return transitions.start(timeline, clock.now(), index=index, gap=gap)
    ended = {record.position: record for record in before.intervals}
    past = tuple(
        past_of(interval, record) if (record := ended.get(interval.index)) is not None else None
        for interval in timeline.intervals
    )
    return transitions.start(timeline, clock.now(), index=resume_index(timeline, before), past=past, gap=gap)
