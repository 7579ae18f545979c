"""What holds of every session that is written, whatever it was before."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.definition.strategies import sessions, steps
from tests.definition.test_reading import EXAMPLE
from tests.definition.test_writing import EXAMPLE_SESSION, REST, read
from timer_app.definition.model import ExerciseStep, Level, Session, Step
from timer_app.definition.writing import write_session

COMMENTS = {
    0: ["    # an id from the exercise catalogue", "   # between sets; never after the last one"],
    1: ["     # or, shorter, `rep: 4s`", "   # the tenth is held"],
    2: ["   # the full time on each side, left first"],
    4: ["   # a block of steps, repeated", "   # between rounds; never after the last one"],
    5: ["   # an exercise of the author's own, not in the catalogue"],
    6: ["   # open: goes on when the person says so (Space, click, media key)"],
    7: ["   # as many reps as possible; the count is asked for afterwards"],
}


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_whatever_is_written_reads_back(session: Session) -> None:
    assert read(write_session(session)) == session


@settings(max_examples=60, deadline=None)
@given(sessions, sessions)
def test_any_session_can_be_written_into_the_text_of_any_other(old: Session, new: Session) -> None:
    assert read(write_session(new, write_session(old))) == new


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_steps_can_be_moved_taken_out_changed_and_put_in(data: st.DataObject) -> None:
    moved = data.draw(st.permutations(EXAMPLE_SESSION.steps))
    kept = [step for step in moved if data.draw(st.integers(0, 5))]
    for fresh in data.draw(st.lists(steps(1), max_size=2)):
        kept.insert(data.draw(st.integers(0, len(kept))), fresh)
    kept = [_changed(data, step) for step in kept] or [REST]
    session = replace(EXAMPLE_SESSION, steps=tuple(kept), level=data.draw(st.none() | st.sampled_from(Level)))
    text = write_session(session, EXAMPLE)
    assert read(text) == session
    assert text.startswith("# yaml-language-server: $schema=../assets/session.schema.json\nformat: 1\n")
    for index, comments in COMMENTS.items():
        if EXAMPLE_SESSION.steps[index] in kept:
            assert all(comment in text for comment in comments), "comments stay where their step stays"


def _changed(data: st.DataObject, step: Step) -> Step:
    if not isinstance(step, ExerciseStep) or data.draw(st.integers(0, 2)):
        return step
    return replace(step, sets=data.draw(st.integers(1, 9)), rest=data.draw(st.sampled_from([0, 5_000])))


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_an_unchanged_session_leaves_every_byte_of_any_text(session: Session) -> None:
    text = write_session(session)
    assert write_session(session, text) == text
