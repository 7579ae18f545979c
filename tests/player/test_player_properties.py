"""What always holds, whatever the person does and whenever anybody looks at the clock."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from timer_app.player.state import Ending, Outcome, Past, PlayerState
from timer_app.player.transitions import back, done, enter_reps, extend, pause, resume, skip, start, stop, tick
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline

LENGTHS = st.lists(st.one_of(st.none(), st.integers(100, 120_000)), min_size=1, max_size=12)


def timeline(lengths: list[int | None]) -> Timeline:
    intervals: list[Interval] = []
    begins = 0
    for index, length in enumerate(lengths):
        intervals.append(Interval(index, IntervalKind.WORK, begins, length, f"step {index}", (index,)))
        begins += length or 0
    return Timeline("Test", "en", tuple(intervals))


def worth(past: Past) -> tuple[int, int, int]:
    """How good an attempt was: done, cut short or skipped, then the reps, then the time."""
    rank = [Outcome.SKIPPED, Outcome.CUT_SHORT, Outcome.DONE].index(past.outcome)
    return rank, past.reps or 0, past.spent


class Session(RuleBasedStateMachine):
    """A person with a keyboard, and a clock that is looked at now and then."""

    state: PlayerState
    now: int
    results: tuple[Past | None, ...]

    @initialize(lengths=LENGTHS, now=st.integers(0, 10**12))
    def begin(self, lengths: list[int | None], now: int) -> None:
        self.now = now
        self.state = start(timeline(lengths), now)
        self.results = self.state.past

    @rule(after=st.one_of(st.integers(0, 2_000), st.integers(0, 90_000)))
    def tick(self, after: int) -> None:
        was = self.state
        self.now += after
        self.state = tick(was, self.now)
        if after > was.gap:
            assert self.state.past == was.past, "nothing is completed behind the person's back"

    @rule(
        change=st.sampled_from([pause, resume, skip, back, extend, done]),
        after=st.integers(0, 2_000),
    )
    def press(self, change: object, after: int) -> None:
        assert callable(change)
        self.now += after
        self.state = change(self.state, self.now)

    @rule(after=st.integers(0, 2_000), really=st.integers(0, 9))
    def stop(self, after: int, really: int) -> None:
        if really == 0:
            self.now += after
            self.state = stop(self.state, self.now)

    @invariant()
    def every_interval_is_accounted_for_once(self) -> None:
        state = self.state
        if state.ended is None:
            assert all(state.past[: state.index])
            reached = sum(past is not None for past in state.past)
            assert all(state.past[:reached]), "what was done is done from the first interval on"
            assert reached >= state.index
        elif state.ended is Ending.COMPLETED:
            assert all(state.past)

    @rule(reps=st.integers(0, 20), data=st.data())
    def count(self, reps: int, data: st.DataObject) -> None:
        tried = [index for index, past in enumerate(self.state.past) if past is not None]
        if tried:
            index = data.draw(st.sampled_from(tried))
            results = self.state.past[index]
            # What the user corrects is not for the player to judge.
            self.state = enter_reps(self.state, index, max(reps, (results and results.reps) or 0))

    @invariant()
    def what_was_done_never_becomes_less(self) -> None:
        for before, now in zip(self.results, self.state.past, strict=True):
            if before is not None:
                assert now is not None
                assert worth(now) >= worth(before)
                assert now.attempts >= before.attempts
        self.results = self.state.past

    @invariant()
    def elapsed_and_remaining_are_the_length(self) -> None:
        elapsed, remaining, length = self.state.elapsed(self.now), self.state.remaining(self.now), self.state.length
        assert elapsed >= 0
        if length is not None:
            assert remaining is not None
            assert elapsed + remaining == length
            assert remaining > 0

    @invariant()
    def spent_and_left_are_what_is_planned_with_what_the_user_changed(self) -> None:
        state = self.state
        if state.ended is not None:
            return
        intervals = state.timeline.intervals
        behind = zip(intervals[: state.index], state.past, strict=False)
        changed = sum(past.spent - (interval.length or 0) for interval, past in behind if past)
        current = intervals[state.index]
        open_now = state.elapsed(self.now) if current.is_open else state.extra
        assert state.spent(self.now) + state.left(self.now) == state.timeline.total + changed + open_now


TestSession = Session.TestCase
TestSession.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


@given(steps=st.lists(st.integers(1, 2_000), min_size=5, max_size=200))
def test_ticks_do_not_change_when_anything_happens(steps: list[int]) -> None:
    lengths: list[int | None] = [1_500, 700, 20_000, 300, 4_000] * 20
    often = seldom = start(timeline(lengths), 0)
    now = 0
    for step in steps:
        for moment in range(now + 50, now + step, 50):
            often = tick(often, moment)
        now += step
        often, seldom = tick(often, now), tick(seldom, now)
    assert often == seldom


def test_a_day_of_play_drifts_by_nought() -> None:
    minute: list[int | None] = [10_100, 49_900]
    state = start(timeline(minute * 1_440), 7)
    now = 7
    while state.ended is None:
        now += 1_999
        state = tick(state, now)
        if state.ended is None:
            assert state.began == 7 + state.timeline.intervals[state.index].start
    assert state.spent(now) == 86_400_000
