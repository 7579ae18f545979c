"""Transitions of the player: pure functions from one state to the next.

Each ticks first, so a command never comes before a boundary that has already passed. `now` is the
steady time in milliseconds and never goes back: ValueError if it does.
"""

from __future__ import annotations

from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.player.state import BACK_WINDOW, EXTENSION, GAP, Ending, Outcome, Past, PlayerState
from timer_app.timeline.intervals import Timeline


def start(
    timeline: Timeline,
    now: Milliseconds,
    *,
    index: int = 0,
    past: tuple[Past | None, ...] | None = None,
    gap: Milliseconds = GAP,
) -> PlayerState:
    """Return a session that begins at `now`, from its first interval or from the one at `index`.

    `past` are the results of an interrupted run that is resumed.
    """
    return PlayerState(timeline, index, now, now, past or (None,) * len(timeline.intervals), gap=gap)


def tick(state: PlayerState, now: Milliseconds) -> PlayerState:
    """Return the state at `now`: every boundary since the last tick is passed, each on its due time.

    After a gap of more than `state.gap` the computer slept or the program hung: then the session is paused at the last
    tick, and nothing is completed meanwhile.
    """
    if now < state.seen:
        raise ValueError(f"time went back from {state.seen} to {now}")
    if not state.running:
        return replace(state, seen=now)
    if now - state.seen > state.gap:
        return replace(state, paused_at=state.seen, slept=True, seen=now)
    state = replace(state, seen=now)
    while (due := state.due) is not None and due <= now:
        state = _next(state, due, Outcome.DONE)
    return state


def pause(state: PlayerState, now: Milliseconds) -> PlayerState:
    """Return the session paused at `now`; nothing changes where it does not run."""
    state = tick(state, now)
    return replace(state, paused_at=now, slept=False) if state.running else state


def resume(state: PlayerState, now: Milliseconds) -> PlayerState:
    """Return the session resumed where it was paused; nothing changes where it is not."""
    state = tick(state, now)
    if state.paused_at is None or state.ended is not None:
        return state
    return replace(state, began=state.began + now - state.paused_at, paused_at=None, slept=False)


def skip(state: PlayerState, now: Milliseconds) -> PlayerState:
    """Return the session with the interval in progress ended now: skipped at its very start, cut short later on."""
    state = tick(state, now)
    if state.ended is not None:
        return state
    outcome = Outcome.SKIPPED if state.elapsed(now) < BACK_WINDOW else Outcome.CUT_SHORT
    return _next(state, _moment(state, now), outcome)


def back(state: PlayerState, now: Milliseconds) -> PlayerState:
    """Return the session at the start of its interval, or of the one before within the first two seconds.

    Nothing that was done is lost: what is done again counts where it is better.
    """
    state = tick(state, now)
    if state.ended is not None:
        return state
    spent, index, past = state.elapsed(now), state.index, state.past
    if spent < BACK_WINDOW:
        index = max(index - 1, 0)
    else:
        past = _with_attempt(state, Past(Outcome.CUT_SHORT, spent, state.extra))
    return replace(state, index=index, began=_moment(state, now), past=past, extra=0)


def extend(state: PlayerState, now: Milliseconds, by: Milliseconds = EXTENSION) -> PlayerState:
    """Return the session with the interval in progress, and no other, longer by `by`; an open one stays as it is."""
    state = tick(state, now)
    return state if state.length is None else replace(state, extra=state.extra + by)


def done(state: PlayerState, now: Milliseconds) -> PlayerState:
    """Return the session with an open interval ended now; a timed one stays as it is."""
    state = tick(state, now)
    interval = state.interval
    if interval is None or not interval.is_open:
        return state
    return _next(state, _moment(state, now), Outcome.DONE)


def stop(state: PlayerState, now: Milliseconds) -> PlayerState:
    """Return the session stopped: what was done is kept, and the interval in progress is cut short."""
    state = tick(state, now)
    if state.ended is not None:
        return state
    spent = state.elapsed(now)
    past = _with_attempt(state, Past(Outcome.CUT_SHORT, spent, state.extra)) if spent else state.past
    return replace(state, past=past, ended=Ending.STOPPED, paused_at=None, slept=False)


def enter_reps(state: PlayerState, index: int, reps: int | None) -> PlayerState:
    """Return the session with the user's count for the interval at `index`, which must have ended.

    `reps` is 0 or more, or None for no count. Raises ValueError where the interval has not ended, or
    for a count below 0.
    """
    past = state.past[index]
    if past is None or (reps is not None and reps < 0):
        raise ValueError(f"no count of {reps} can be entered for interval {index}")
    return replace(state, past=_with(state.past, index, replace(past, reps=reps)))


def _moment(state: PlayerState, now: Milliseconds) -> Milliseconds:
    """Return the session's own present: `now`, or the moment at which it was paused."""
    return now if state.paused_at is None else state.paused_at


def _next(state: PlayerState, moment: Milliseconds, outcome: Outcome) -> PlayerState:
    """Return the session with the interval in progress ended at `moment`, where the next one begins."""
    past = _with_attempt(state, Past(outcome, moment - state.began, state.extra))
    index = state.index + 1
    if index == len(state.timeline.intervals):
        return replace(state, index=index, past=past, extra=0, paused_at=None, slept=False, ended=Ending.COMPLETED)
    return replace(state, index=index, began=moment, past=past, extra=0)


def _with_attempt(state: PlayerState, attempt: Past) -> tuple[Past | None, ...]:
    """Return the results, with an attempt at the interval in progress that has just ended."""
    before = state.past[state.index]
    return _with(state.past, state.index, attempt if before is None else before.repeated(attempt))


def _with(past: tuple[Past | None, ...], index: int, entry: Past) -> tuple[Past | None, ...]:
    return (*past[:index], entry, *past[index + 1 :])
