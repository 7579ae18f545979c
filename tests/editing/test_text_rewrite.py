"""A session's text with another name or other exercises: all else stays as its author wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.definition.strategies import CATALOGUE, sessions
from tests.definition.test_parser import EXAMPLE
from tests.definition.test_serializer import changes, read
from timer_app.definition.exercise_swap import swapped
from timer_app.definition.model import ExerciseStep, Session
from timer_app.definition.serializer import write_session
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.text_rewrite import renamed, with_swaps
from timer_app.problems import Problem

TEXT = """# mine
format: 1
name: Mine  # on Sundays
steps:
  - exercise: plank     # the long one
    hold: 60s
    sets: 2
    say:
      - {at: half, line: Half way}
  - rounds: 2
    steps:
      - {exercise: superman, reps: 10, last_rep_hold: 10s}
      # rest a little
      - rest: 5s
"""


def test_a_new_name_changes_its_line_alone() -> None:
    assert renamed(TEXT, "Mine: again", CATALOGUE) == TEXT.replace("Mine  # on", "'Mine: again' # on")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_and_the_last_line_gets_one(end: str) -> None:
    text = EXAMPLE.rstrip("\n").replace("\n", end)
    changed = EXAMPLE.replace("name: Runner core", "name: Y")
    assert renamed(text, "Y", CATALOGUE) == (changed.replace("\n", end) if end == "\r\n" else changed)


@settings(max_examples=60, deadline=None)
@given(sessions, sessions)
def test_a_renamed_text_reads_as_the_session_with_that_name(session: Session, other: Session) -> None:
    text = write_session(session)
    assert read(renamed(text, other.name, CATALOGUE)) == replace(session, name=other.name)


def test_a_swapped_exercise_takes_its_place_and_leaves_the_rest() -> None:
    swaps = {(0,): "push-up", (1, 0): "bird-dog"}
    text = with_swaps(TEXT, swaps, CATALOGUE)
    assert read(text) == swapped(read(TEXT), swaps, CATALOGUE)
    assert changes(TEXT, text) == [
        "-  - exercise: plank     # the long one",
        "+  - exercise: push-up   # the long one",
        "-    say:",
        "-      - {at: half, line: Half way}",
        "-      - {exercise: superman, reps: 10, last_rep_hold: 10s}",
        "+      - {exercise: bird-dog, reps: 10, last_rep_hold: 10s}",
    ]


@settings(max_examples=100, deadline=None)
@given(sessions, st.data())
def test_a_swapped_text_reads_as_the_swapped_session(session: Session, data: st.DataObject) -> None:
    draft = DraftReader("x", CATALOGUE).read(write_session(session))
    found = [(place.path, draft.step(place.path)) for place in draft.places()]
    known = [path for path, step in found if isinstance(step, ExerciseStep) and step.exercise in CATALOGUE]
    paths = data.draw(st.lists(st.sampled_from(known), unique=True)) if known else []
    swaps = {path: data.draw(st.sampled_from(sorted(CATALOGUE))) for path in paths}
    assert read(with_swaps(draft.text, swaps, CATALOGUE)) == swapped(session, swaps, CATALOGUE)


def test_a_step_that_is_not_there_any_more_is_told() -> None:
    for path in ((5,), (1,), (1, 1), (0, 0)):
        with pytest.raises(Problem, match="not there any more"):
            with_swaps(TEXT, {path: "bird-dog"}, CATALOGUE)
