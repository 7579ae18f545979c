"""The conductor: one running session, from its start to its end.

It looks at the clock when it is told to, gives the speaker its cues ahead of time, and has every interval written down
as it ends. It knows no window: a page and a terminal use it alike, from one thread.
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

    `id` is the UUID under which the history will keep the run; `left_out` are the steps left out for today.
    """

    id: str
    timeline: Timeline
    stem: str
    definition: str
    left_out: frozenset[StepPath] = frozenset()

    def begun(self, clock: Clock) -> RunBegun:
        """Return this programme's run as it begins now."""
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
    """A session being run, begun when this is made, from its first interval or from the one at `index`.

    `before` is a run that was interrupted and now goes on: its ended intervals are kept, and it keeps its id. It goes
    on where it was interrupted, whatever `index` is.
    """

    def __init__(
        self,
        programme: RunPlan,
        *,
        clock: Clock,
        catalogue: Catalogue,
        announcer: CueScheduler,
        speaker: Speaker,
        record: RunRecorder,
        before: RunRecord | None = None,
        index: int = 0,
    ) -> None:
        self._clock = clock
        self._catalogue = catalogue
        self._announcer = announcer
        self._speaker = speaker
        self._record = record
        self._muted = False
        self._left = False
        self._run = programme.begun(clock) if before is None else before.begun
        self._state = _first_state(programme.timeline, clock, before, index)
        self._seen = self._state.seen
        self._until = _end_of_quiet(self._state)
        self._resume_at = _resume_at(self._state)
        record.begin(self._run)
        announcer.prepare(self._state.index)
        self._cue()

    @property
    def run_id(self) -> str:
        """The id under which the history keeps this run."""
        return self._run.id

    @property
    def state(self) -> PlayerState:
        """The player's state at the last look."""
        return self._state

    @property
    def timeline(self) -> Timeline:
        """What is being run."""
        return self._state.timeline

    @property
    def catalogue(self) -> Catalogue:
        """The exercises that it is run with."""
        return self._catalogue

    def look(self) -> Snapshot:
        """Look at the clock, let happen what is due, and return what there is to show."""
        self._look_at(self._clock.now())
        return self.snapshot()

    def glance(self) -> Milliseconds | None:
        """Return how much of the interval in progress has passed; None where more has happened: then look.

        It is a look that costs next to nothing, for pictures of what moves: a sleep is noticed, and sound is cued, as
        they are with any other.
        """
        now = self._clock.now()
        if now >= self._until or not 0 <= now - self._seen <= self._state.gap:
            return None
        self._seen = now
        if self._announcer.has_news(now):
            self._cue()
        return now - self._state.began

    def snapshot(self) -> Snapshot:
        """Return what there is to show, as of the last look."""
        return snapshot(self._state, self._seen, self._catalogue, muted=self._muted)

    def next_look(self) -> float | None:
        """Return in how many real milliseconds the next boundary is due, None when nothing but the person ends this."""
        due = self._state.due
        return None if due is None else max(0, due - self._clock.now()) / self._clock.speed

    def last_words(self) -> Milliseconds:
        """Return for how long sound goes on once the session is complete; none does when it was stopped."""
        return self._announcer.last_words() if self._state.ended is Ending.COMPLETED else 0

    def pause(self) -> None:
        """Pause, where it runs."""
        self._do(transitions.pause, cut=True)

    def resume(self) -> None:
        """Go on, where it is paused."""
        self._do(transitions.resume, cut=True)

    def toggle(self) -> None:
        """Pause, or go on."""
        self.look()
        if self._state.running:
            self.pause()
        else:
            self.resume()

    def skip(self) -> None:
        """End the interval in progress now."""
        self._do(transitions.skip, cut=True)

    def back(self) -> None:
        """Go back to the interval's start, or to the one before within its first two seconds."""
        self._do(transitions.back, cut=True)

    def extend(self) -> None:
        """Make the interval in progress ten seconds longer."""
        self._do(transitions.extend, cut=False)

    def done(self) -> None:
        """End an open interval, because the person says so."""
        self._do(transitions.done, cut=True)

    def stop(self) -> None:
        """End the session and keep what was done."""
        self._do(transitions.stop, cut=True)

    def leave(self) -> None:
        """Write down what was done so far, and play no more; the run has no end, and can be gone on with from here."""
        if self.look().live:
            self._left = True
            self.stop()

    def enter_reps(self, index: int, reps: int | None) -> None:
        """Note how many reps the person did in an interval that has ended, None for no count.

        Raises ValueError where it has not ended.
        """
        self._become(transitions.enter_reps(self._caught_up(), index, reps))

    def mute(self, muted: bool) -> None:
        """Turn the sound off, or on again; time goes on."""
        self._muted = muted
        self._speaker.mute(muted)

    def _do(self, change: Callable[[PlayerState, Milliseconds], PlayerState], *, cut: bool) -> None:
        """Carry out what the person wants, at this moment; `cut` says that it stops whatever is being said.

        Where it changes nothing, as going on does in a session that runs, nothing is cut either.
        """
        now = self._clock.now()
        self._look_at(now)
        after = change(self._state, now)
        if after == self._state:
            return
        self._become(after)
        if cut:
            self._speaker.silence()
        self._cue()

    def _look_at(self, now: Milliseconds) -> None:
        """Let happen what is due at `now`, and have it heard."""
        was_running = self._state.running
        self._become(transitions.tick(self._caught_up(), now))
        if was_running and self._state.paused_at is not None:
            self._speaker.silence()
        elif self._state.running and self._announcer.has_news(now):
            self._cue()

    def _caught_up(self) -> PlayerState:
        """Return the state with what was seen since at a glance."""
        return replace(self._state, seen=self._seen)

    def _become(self, state: PlayerState) -> None:
        """Take a new state, and have written down whatever ended on the way to it, and where it would be gone on."""
        before, self._state = self._state, state
        self._seen, self._until = state.seen, _end_of_quiet(state)
        ended = None if self._left else state.ended
        resume_at = _resume_at(state) if ended is None else None
        if resume_at != self._resume_at:
            self._resume_at = resume_at
            self._record.set_resume_at(self.run_id, resume_at)
        for interval, was, now in zip(state.timeline.intervals, before.past, state.past, strict=True):
            if now is not None and now != was:
                self._record.interval_ended(self.run_id, interval_record(interval, now))
        if ended is not None and before.ended is None:
            self._record.end(self.run_id, RUN_OUTCOMES[ended], self._clock.wall())

    def _cue(self) -> None:
        self._speaker.schedule(self._announcer.cues(self._state, self._clock.now()))


def _end_of_quiet(state: PlayerState) -> float:
    """Return the steady time until which nothing but time passes in a state, in milliseconds; it may be endless."""
    if not state.running:
        return -inf
    return inf if state.due is None else state.due


def first_open(timeline: Timeline, before: RunRecord) -> int:
    """Return the index of the interval that was in progress when the run `before` was interrupted."""
    behind = max((record.position for record in before.intervals), default=-1) + 1
    wanted = behind if before.resume_at is None else min(before.resume_at, behind)
    return min(wanted, len(timeline.intervals) - 1)


def _resume_at(state: PlayerState) -> int | None:
    """Return where a run is to be gone on with, None behind the last interval that has ended: there it is anyway."""
    return state.index if any(state.past[state.index :]) else None


def _first_state(timeline: Timeline, clock: Clock, before: RunRecord | None, index: int) -> PlayerState:
    """Return a session at its start, or at the first interval that an interrupted run had not ended."""
    gap = round(GAP * clock.speed)
    if before is None:
        return transitions.start(timeline, clock.now(), index=index, gap=gap)
    ended = {record.position: record for record in before.intervals}
    past = tuple(
        past_of(interval, record) if (record := ended.get(interval.index)) is not None else None
        for interval in timeline.intervals
    )
    return transitions.start(timeline, clock.now(), index=first_open(timeline, before), past=past, gap=gap)
