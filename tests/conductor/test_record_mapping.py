"""What is written down of a session that a person leads on and back: at each moment, what the player knows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.conductor.test_conductor import Rig
from timer_app.conductor.conductor import Conductor, resume_index
from timer_app.conductor.record_mapping import interval_record
from timer_app.conductor.start_run import is_done
from timer_app.definition.model import Amrap, ExerciseStep, Hold, Reps, UntilDone
from timer_app.history.records import IntervalOutcome, RunOutcome, RunRecord
from timer_app.player.state import Past

STEPS = (
    ExerciseStep(Hold(8_000), "plank", sets=2, rest=6_000),
    ExerciseStep(UntilDone(), name="Push-up"),
    ExerciseStep(Amrap(5_000), name="Burpee", sets=2, rest=4_000),
)
STROKES = (
    Conductor.skip,
    Conductor.back,
    Conductor.done,
    Conductor.extend,
    Conductor.pause,
    Conductor.resume,
    Conductor.poll,
)


def interrupted(rig: Rig) -> RunRecord:
    """What a start after a power cut would find of the run."""
    stands = tuple(record for _position, record in sorted(rig.record.stands.items()))
    return RunRecord(rig.record.begun[0], None, RunOutcome.INTERRUPTED, stands, resume_at=rig.record.resume_at)


def player_results(conductor: Conductor) -> list[Past]:
    """What the player knows of each interval that the disk can know too: an extension is in the time."""
    return [replace(past, extra=0) for past in conductor.state.past if past is not None]


@given(st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from(STROKES)), max_size=40))
def test_what_stands_is_what_the_player_knows(strokes: list[tuple[int, object]]) -> None:
    rig = Rig(STEPS)
    conductor = rig.begin()
    for wait, stroke in strokes:
        rig.play(conductor, wait / 1_000)
        assert callable(stroke)
        stroke(conductor)
        state = conductor.state
        results = zip(state.timeline.intervals, state.past, strict=True)
        done = {each.index: interval_record(each, past) for each, past in results if past is not None}
        assert rig.record.stands == done
        if state.ended is None:
            assert resume_index(state.timeline, interrupted(rig)) == state.index
            assert not is_done(state.timeline, interrupted(rig))
    if conductor.state.ended is None:
        resumed = Rig(STEPS, clock=rig.clock).begin(interrupted(rig))
        assert (resumed.state.index, player_results(resumed)) == (conductor.state.index, player_results(conductor))


@given(st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from(STROKES)), max_size=40))
def test_who_leaves_keeps_all_that_was_done_and_goes_on_from_there(strokes: list[tuple[int, object]]) -> None:
    rig, other_rig = Rig(STEPS), Rig(STEPS)
    conductor, stopped = rig.begin(), other_rig.begin()
    for wait, stroke in strokes:
        assert callable(stroke)
        for each, with_it in ((rig, conductor), (other_rig, stopped)):
            each.play(with_it, wait / 1_000)
            stroke(with_it)
    index, ended = conductor.state.index, conductor.state.ended
    conductor.leave()
    stopped.stop()
    assert rig.record.stands == other_rig.record.stands
    assert len(rig.record.ends) == (ended is not None)
    assert len(other_rig.record.ends) == 1
    if ended is None:
        assert resume_index(conductor.timeline, interrupted(rig)) == index
        assert not is_done(conductor.timeline, interrupted(rig))


def test_after_going_back_an_interruption_is_resumed_from_there() -> None:
    rig = Rig(STEPS)
    conductor = rig.begin()
    for _interval in range(3):
        conductor.skip()
    for _time in range(2):
        conductor.back()
    assert conductor.state.index == 1
    assert resume_index(conductor.timeline, interrupted(rig)) == 1
    assert sorted(rig.record.stands) == [0, 1, 2]
    conductor.pause()
    conductor.stop()
    assert sorted(rig.record.stands) == [0, 1, 2]


def test_who_goes_back_to_done_work_and_skips_on_has_it_done_still() -> None:
    rig = Rig((ExerciseStep(Reps(10), "superman", sets=2, rest=6_000),))
    conductor = rig.begin()
    rig.play(conductor, 51)
    assert conductor.state.index == 2
    conductor.back()
    conductor.skip()
    assert [(each.outcome, each.actual_reps) for each in rig.record.stands.values()] == [
        (IntervalOutcome.DONE, None),
        (IntervalOutcome.DONE, 10),
    ]
    conductor.back()
    rig.play(conductor, 41)
    assert rig.record.stands[1].attempts == 2
    conductor.back()
    rig.play(conductor, 5)
    conductor.stop()
    last = rig.record.stands[1]
    assert (last.outcome, last.actual, last.actual_reps, last.attempts) == (IntervalOutcome.DONE, 40_000, 10, 3)
    assert conductor.snapshot().spent == sum(each.actual for each in rig.record.stands.values())
