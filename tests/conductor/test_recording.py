"""What is written down of a session that a person leads on and back: at each moment, what the player knows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.conductor.test_conductor import Stage
from timer_app.conductor.conductor import Conductor, first_open
from timer_app.conductor.recording import interval_record
from timer_app.definition.model import Amrap, ExerciseStep, Hold, UntilDone
from timer_app.history.records import RunOutcome, RunRecord

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
    Conductor.look,
)


def interrupted(stage: Stage) -> RunRecord:
    """What a start after a power cut would find of the run."""
    stands = tuple(record for _position, record in sorted(stage.record.stands.items()))
    return RunRecord(stage.record.begun[0], None, RunOutcome.INTERRUPTED, stands)


@given(st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from(STROKES)), max_size=40))
def test_what_stands_is_what_the_player_knows(strokes: list[tuple[int, object]]) -> None:
    stage = Stage(STEPS)
    conductor = stage.begin()
    for wait, stroke in strokes:
        stage.play(conductor, wait / 1_000)
        assert callable(stroke)
        stroke(conductor)
        state = conductor.state
        known = zip(state.timeline.intervals, state.past, strict=True)
        done = {each.index: interval_record(each, past) for each, past in known if past is not None}
        assert stage.record.stands == done
        if state.ended is None:
            assert first_open(state.timeline, interrupted(stage)) == state.index


def test_after_going_back_an_interruption_is_gone_on_with_from_there() -> None:
    stage = Stage(STEPS)
    conductor = stage.begin()
    for _interval in range(3):
        conductor.skip()
    for _time in range(2):
        conductor.back()
    assert conductor.state.index == 1
    assert first_open(conductor.timeline, interrupted(stage)) == 1
    conductor.pause()
    conductor.stop()
    assert sorted(stage.record.stands) == [0]
