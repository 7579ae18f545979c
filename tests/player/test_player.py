"""The player, driven by hand: strokes on keys and looks at the clock."""

from __future__ import annotations

import pytest

from timer_app.exercises.model import Tempo
from timer_app.player.state import Ending, Outcome, Past, PlayerState
from timer_app.player.transitions import back, done, enter_reps, extend, pause, resume, skip, start, stop, tick
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline


def timeline(*lengths: int | None) -> Timeline:
    intervals: list[Interval] = []
    begins = 0
    for index, length in enumerate(lengths):
        kind = IntervalKind.WORK if index % 2 else IntervalKind.SETUP
        intervals.append(Interval(index, kind, begins, length, f"step {index}", (index,)))
        begins += length or 0
    return Timeline("Test", "en", tuple(intervals))


PLANK = timeline(10_000, 60_000, 45_000)


def ticked(state: PlayerState, until: int, every: int = 1000) -> PlayerState:
    """Look at the clock regularly, as a page does, until `until`."""
    for now in range(state.seen + every, until + 1, every):
        state = tick(state, now)
    return tick(state, until)


def described(state: PlayerState) -> str:
    """The state as a picture: `done 10.0 · > 1 3.0/60.0`."""
    past = [f"{entry.outcome} {entry.spent / 1000}" for entry in state.past if entry is not None]
    if state.ended is not None:
        return " · ".join([*past, state.ended])
    length = "open" if state.length is None else str(state.length / 1000)
    mark = "||" if state.paused_at is not None else ">"
    return " · ".join([*past, f"{mark} {state.index} {state.elapsed(state.seen) / 1000}/{length}"])


def test_a_boundary_is_passed_on_its_due_time_whenever_it_is_polled() -> None:
    state = ticked(start(PLANK, 0), 9_600)
    assert described(state) == "> 0 9.6/10.0"
    state = tick(state, 11_300)
    assert described(state) == "done 10.0 · > 1 1.3/60.0"
    assert state.due == 70_000


def test_a_tick_passes_all_the_boundaries_that_lie_behind() -> None:
    state = tick(start(timeline(100, 100, 100, 5_000), 0), 1_000)
    assert described(state) == "done 0.1 · done 0.1 · done 0.1 · > 3 0.7/5.0"


def test_a_boundary_is_passed_at_its_own_millisecond_and_not_before() -> None:
    assert tick(start(timeline(1_000, 1_000), 0), 999).index == 0
    assert tick(start(timeline(1_000, 1_000), 0), 1_000).index == 1


def test_the_session_ends_by_itself() -> None:
    state = ticked(start(PLANK, 500), 116_000)
    assert described(state) == "done 10.0 · done 60.0 · done 45.0 · completed"
    assert (state.interval, state.length, state.due, state.left(116_000), state.elapsed(116_000)) == (
        None,
        None,
        None,
        0,
        0,
    )
    assert tick(state, 200_000).past == state.past


def test_a_pause_moves_what_remains() -> None:
    state = pause(ticked(start(PLANK, 0), 12_000), 13_000)
    assert described(state) == "done 10.0 · || 1 3.0/60.0"
    assert state.due is None
    state = resume(ticked(state, 100_000), 100_250)
    assert described(state) == "done 10.0 · > 1 3.0/60.0"
    assert state.due == 157_250


def test_pausing_twice_and_resuming_what_runs_change_nothing() -> None:
    paused = pause(start(PLANK, 0), 1_000)
    assert pause(paused, 2_000).paused_at == 1_000
    running = start(PLANK, 0)
    assert resume(running, 1_000) == tick(running, 1_000)
    ended = stop(running, 1_000)
    assert resume(ended, 2_000).ended is Ending.STOPPED


def test_skip_distinguishes_what_was_never_begun_from_what_was_cut_short() -> None:
    state = skip(start(PLANK, 0), 1_999)
    assert described(state) == "skipped 1.999 · > 1 0.0/60.0"
    assert described(skip(state, 3_999)) == "skipped 1.999 · cut_short 2.0 · > 2 0.0/45.0"


def test_skipping_the_last_interval_completes_the_session() -> None:
    state = skip(start(timeline(4_000), 0), 1_000)
    assert described(state) == "skipped 1.0 · completed"
    assert skip(state, 2_000).past == state.past
    assert back(state, 2_000).ended is Ending.COMPLETED


def test_skipping_while_paused_stays_paused_at_the_start_of_the_next() -> None:
    state = skip(pause(start(PLANK, 0), 500), 90_000)
    assert described(state) == "skipped 0.5 · || 1 0.0/60.0"
    assert described(resume(state, 95_000)) == "skipped 0.5 · > 1 0.0/60.0"


def test_back_goes_to_the_start_and_within_two_seconds_to_the_interval_before() -> None:
    state = ticked(start(PLANK, 0), 30_000)
    state = back(state, 30_000)
    assert described(state) == "done 10.0 · cut_short 20.0 · > 1 0.0/60.0"
    state = back(state, 31_999)
    assert (state.index, state.elapsed(31_999)) == (0, 0)
    assert back(state, 32_500).index == 0
    state = back(ticked(state, 34_000), 34_000)
    assert (state.index, state.elapsed(34_000)) == (0, 0)


def test_back_from_the_exact_edge_of_the_window_stays() -> None:
    state = ticked(start(PLANK, 0), 11_000)
    assert back(state, 11_999).index == 0
    assert back(state, 12_000).index == 1


def test_what_was_done_stays_done_after_going_back_and_skipping_on() -> None:
    state = back(ticked(start(PLANK, 0), 70_000), 70_500)
    assert described(state) == "done 10.0 · done 60.0 · > 1 0.0/60.0"
    assert (state.spent(71_000), state.left(71_000)) == (10_500, 104_500)
    state = skip(state, 71_000)
    assert described(state) == "done 10.0 · done 60.0 · > 2 0.0/45.0"
    assert described(stop(state, 71_000)) == "done 10.0 · done 60.0 · stopped"


@pytest.mark.parametrize(
    ("attempts", "best"),
    [
        ([Past(Outcome.SKIPPED, 1_000), Past(Outcome.SKIPPED, 500)], Past(Outcome.SKIPPED, 1_000)),
        ([Past(Outcome.SKIPPED, 1_000), Past(Outcome.DONE, 60_000)], Past(Outcome.DONE, 60_000)),
        ([Past(Outcome.DONE, 60_000), Past(Outcome.SKIPPED, 1_000)], Past(Outcome.DONE, 60_000)),
        ([Past(Outcome.CUT_SHORT, 9_000), Past(Outcome.CUT_SHORT, 8_000)], Past(Outcome.CUT_SHORT, 9_000, attempts=2)),
        ([Past(Outcome.CUT_SHORT, 9_000), Past(Outcome.DONE, 8_000)], Past(Outcome.DONE, 8_000, attempts=2)),
        ([Past(Outcome.DONE, 70_000, 10_000), Past(Outcome.DONE, 60_000)], Past(Outcome.DONE, 70_000, 10_000, None, 2)),
        ([Past(Outcome.DONE, 5_000, reps=12), Past(Outcome.DONE, 9_000)], Past(Outcome.DONE, 5_000, 0, 12, 2)),
        ([Past(Outcome.DONE, 0, reps=3), Past(Outcome.CUT_SHORT, 9_000)], Past(Outcome.DONE, 0, 0, 3, 2)),
        ([Past(Outcome.DONE, 60_000)] * 3, Past(Outcome.DONE, 60_000, attempts=3)),
    ],
)
def test_the_best_attempt_counts_and_all_that_were_more_than_a_moment_are_counted(
    attempts: list[Past], best: Past
) -> None:
    first, *later = attempts
    for attempt in later:
        first = first.repeated(attempt)
    assert first == best


def test_of_equal_attempts_the_first_is_kept() -> None:
    state = ticked(start(PLANK, 0), 70_000)
    state = enter_reps(state, 1, 14)
    state = ticked(back(state, 70_500), 130_600)
    assert state.past[1] == Past(Outcome.DONE, 60_000, reps=14, attempts=2)


def test_what_was_done_before_going_back_is_kept_when_it_is_stopped() -> None:
    state = back(ticked(start(PLANK, 0), 50_000), 50_000)
    state = stop(ticked(state, 55_000), 55_500)
    assert described(state) == "done 10.0 · cut_short 40.0 · stopped"
    assert state.spent(55_500) == 50_000
    assert state.past[1] == Past(Outcome.CUT_SHORT, 40_000, attempts=2)


def test_an_extension_is_for_this_interval_only_and_is_remembered() -> None:
    state = extend(extend(start(PLANK, 0), 1_000), 1_500)
    assert (state.length, state.remaining(1_500), state.left(1_500)) == (30_000, 28_500, 133_500)
    state = ticked(state, 30_000)
    assert described(state) == "done 30.0 · > 1 0.0/60.0"
    assert state.past[0] == Past(Outcome.DONE, 30_000, extra=20_000)


def test_an_open_interval_waits_for_the_user() -> None:
    state = ticked(start(timeline(10_000, None, 5_000), 0), 99_000)
    assert described(state) == "done 10.0 · > 1 89.0/open"
    assert (state.remaining(99_000), state.due, state.left(99_000)) == (None, None, 5_000)
    assert extend(state, 99_000).extra == 0
    assert described(done(state, 99_500)) == "done 10.0 · done 89.5 · > 2 0.0/5.0"


def test_done_is_for_open_intervals() -> None:
    assert described(done(start(PLANK, 0), 1_000)) == "> 0 1.0/10.0"
    assert done(stop(start(PLANK, 0), 1_000), 1_100).ended is Ending.STOPPED


def test_stopping_keeps_what_was_done() -> None:
    state = stop(ticked(extend(start(PLANK, 0), 0), 40_000), 40_500)
    assert described(state) == "done 20.0 · cut_short 20.5 · stopped"
    assert stop(state, 41_000).past == state.past
    assert state.past[2] is None


def test_stopping_before_anything_was_done_leaves_nothing_behind() -> None:
    assert stop(start(PLANK, 0), 0).past == (None, None, None)


def test_stopping_while_paused_counts_no_pause() -> None:
    assert described(stop(pause(start(PLANK, 0), 1_500), 60_000)) == "cut_short 1.5 · stopped"


@pytest.mark.parametrize("gap", [2_001, 60_000, 86_400_000])
def test_a_gap_pauses_at_the_last_moment_that_was_seen(gap: int) -> None:
    state = tick(ticked(start(PLANK, 0), 9_000), 9_000 + gap)
    assert (described(state), state.slept) == ("|| 0 9.0/10.0", True)
    state = resume(state, 9_000 + gap + 700)
    assert (described(state), state.slept) == ("> 0 9.0/10.0", False)


def test_two_seconds_are_not_a_gap() -> None:
    assert tick(ticked(start(PLANK, 0), 9_000), 11_000).index == 1


def test_a_key_pressed_after_a_gap_completes_nothing() -> None:
    state = skip(ticked(start(PLANK, 0), 9_000), 70_000)
    assert described(state) == "cut_short 9.0 · || 1 0.0/60.0"


def test_a_pause_after_a_gap_is_still_reported_as_sleep() -> None:
    assert pause(ticked(start(PLANK, 0), 9_000), 70_000).slept


def test_a_clock_of_another_speed_has_its_own_gap() -> None:
    assert tick(start(PLANK, 0, gap=120_000), 100_000).index == 2


def test_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="went back from 500 to 499"):
        tick(tick(start(PLANK, 0), 500), 499)


def test_a_session_can_begin_in_the_middle_with_what_was_done_before() -> None:
    before = (Past(Outcome.DONE, 10_000), None, None)
    state = ticked(start(PLANK, 5_000, index=1, past=before), 6_000)
    assert described(state) == "done 10.0 · > 1 1.0/60.0"
    assert state.spent(6_000) == 11_000


def test_reps_are_entered_once_the_interval_has_ended() -> None:
    state = ticked(start(PLANK, 0), 70_500)
    assert enter_reps(state, 1, 14).past[1] == Past(Outcome.DONE, 60_000, reps=14)
    with pytest.raises(ValueError, match="interval 2"):
        enter_reps(state, 2, 14)
    with pytest.raises(ValueError, match="count of -1"):
        enter_reps(state, 1, -1)
    taken_back = enter_reps(enter_reps(state, 1, 14), 1, None)
    assert taken_back.past[1] == Past(Outcome.DONE, 60_000)


def test_reps_of_a_set_have_a_pace() -> None:
    assert Tempo(1_000, 1_000, 2_000).rep == Tempo.plain(4_000).rep == 4_000
