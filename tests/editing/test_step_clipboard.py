from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.definition.strategies import CATALOGUE, steps
from tests.definition.test_parser import EXAMPLE
from timer_app.definition.model import Step
from timer_app.definition.parser import read_document
from timer_app.definition.serializer import write_item
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.step_clipboard import steps_in
from timer_app.editing.step_operations import StepOperations
from timer_app.problems import Problem

READER = DraftReader("x", CATALOGUE)


def pasted(text: str) -> tuple[Step, ...]:
    changed = StepOperations(READER).insert(READER.read("format: 1\nname: A\nsteps: []\n"), (0,), steps_in(text))
    session = read_document(changed.text, "x", None).session
    assert session is not None
    return session.steps


@settings(max_examples=40, deadline=None)
@given(st.lists(steps(2), min_size=1, max_size=3))
def test_what_is_copied_is_pasted_as_it_was(copied: list[Step]) -> None:
    text = "".join([write_item(step) for step in copied])
    assert pasted(text) == tuple(copied)
    mailed = "\n\n" + "".join(f"    {line}\r\n" for line in text.rstrip("\n").split("\n"))
    assert pasted(mailed) == tuple(copied) or "|" in text


def test_steps_keep_their_comments() -> None:
    operations = StepOperations(READER)
    text = "".join(operations.items_of(READER.read(EXAMPLE), [(0,), (4,)]))
    assert text.startswith("- exercise: plank             # an id from the exercise catalogue\n  hold: 1:00\n")
    assert steps_in(text)[1].startswith("- rounds: 3                   # a block of steps, repeated\n")


def test_a_whole_session_and_a_single_step_are_taken_too() -> None:
    assert len(pasted(EXAMPLE)) == 8
    assert steps_in("exercise: plank\nhold: 30s") == ["- exercise: plank\n  hold: 30s\n"]
    assert steps_in("rounds: 2\nsteps:\n  - rest: 5s") == ["- rounds: 2\n  steps:\n    - rest: 5s\n"]
    assert steps_in("[{rest: 5s}, {exercise: plank, hold: 5s}]") == [
        "- {rest: 5s}\n",
        "- {exercise: plank, hold: 5s}\n",
    ]


@pytest.mark.parametrize("text", ["", "hello", "- a\n- b", "a: 1", '"', "steps: 3", "[{rest:\n 5s}]"])
def test_what_are_no_steps_is_told(text: str) -> None:
    with pytest.raises(Problem, match="no steps"):
        steps_in(text)
