"""What the tree says of a draft, as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.definition.strategies import CATALOGUE
from timer_app.clock import Milliseconds
from timer_app.definition.model import StepPath
from timer_app.editing.draft_parser import DraftReader
from timer_app.presentation.step_rows import RowKind, StepRowBuilder, TreeRow

HEAD = "format: 1\nname: Back\nsteps:\n"


def rows(text: str, lengths: dict[StepPath, Milliseconds] | None = None) -> list[TreeRow]:
    return StepRowBuilder(CATALOGUE).rows(DraftReader("x", CATALOGUE).read(text), lengths or {})


def row_texts(steps: str) -> list[tuple[str, str]]:
    """Return the title and the detail of each step; a title that stands for none in brackets."""
    return [(f"[{row.title}]" if row.is_placeholder else row.title, row.detail) for row in rows(HEAD + steps)[1:]]


def test_valid_steps_are_formatted_as_everywhere() -> None:
    assert row_texts("""\
  - exercise: plank
    hold: 1m
    sets: 2
    rest: 45s
  - rounds: 1
    steps:
      - rest: 30s
        name: Sip
""") == [("Plank", "2 × 1:00, rest 45 s"), ("1 round", ""), ("Sip", "30 s")]


def test_invalid_steps_show_the_written_text() -> None:
    assert row_texts("""\
  - exercise: plank
    hold: sixty
    sets: 3
    rest: 20s
  - exercise: plnk
    reps: lots
    each_side: true
  - exercise: superman
    reps: 8
    sets: 0
    last_rep_hold: 5s
  - name: Wall sit
    amrap: 60
    hold:
  - name: Plank
    amrap: 30s
    exercise: plank
  - rest: a while
  - rounds: many
    rest: 10s
    shuffle: true
    steps:
      - hello
""") == [
        ("Plank", "3 × sixty, rest 20 s"),
        ("plnk", "lots at your own pace, each side"),
        ("Superman", "0 × 8, last one held 5 s"),
        ("Wall sit", "how long?"),
        ("Plank", "as many as you can in 30 s"),
        ("Rest", "a while"),
        ("many rounds", "rest 10 s, in another order each time"),
        ("hello", ""),
    ]


def test_what_is_not_there_yet_has_something_in_its_place() -> None:
    assert row_texts("""\
  - exercise:
  - exercise: plank
    reps:
  - exercise: plank
    amrap:
  - exercise: plank
    until_done: true
    hold: 5s
  - rest:
  - rounds:
    steps: []
""") == [
        ("[New exercise]", "how long, or how many?"),
        ("Plank", "how many?"),
        ("Plank", "how long?"),
        ("Plank", "5 s"),
        ("Rest", "how long?"),
        ("[New rounds]", "no steps yet"),
    ]
    first = rows("format: 1\nname:\nsteps: []\n")[0]
    assert (first.title, first.is_placeholder, first.problems) == (
        "New session",
        True,
        ("name: the value is empty; write some words",),
    )


def test_the_pace_of_reps_is_shown_where_something_else_is_wrong() -> None:
    assert row_texts("""\
  - exercise: superman
    reps: 8
    say: [{at: 9m, line: Late}]
  - exercise: plank
    reps: 8
    rep: 3s
    say: [{at: 9m, line: Late}]
  - exercise: plank
    reps: 8
    tempo: {lift: 1s}
    sets: 0
""") == [("Superman", "8 × 4 s"), ("Plank", "8 × 3 s"), ("Plank", "0 × 8")]


def test_each_row_has_its_own_problems() -> None:
    _session, rounds, plank, rest = rows(
        HEAD + "  - rounds: 2\n    steps:\n      - exercise: plank\n        hold: soon\n      - rest: 5s\n"
    )
    assert (rounds.problems, rest.problems) == ((), ())
    assert plank.problems == ('hold: "soon" is not a duration; write 60s, 1:00 or 1m',)


def test_a_screen_reader_hears_all_of_it() -> None:
    text = HEAD + "  - rest: 5s\n  - rounds: 2\n    steps:\n      - exercise: plank\n        hold: soon\n"
    assert [row.spoken for row in rows(text, {(): 65_000, (0,): 5_000})] == [
        "Session: Back, the session’s own settings, 1:05",
        "Step 1: Rest, 5 s, 0:05",
        "Step 2: 2 rounds",
        'Step 1: Plank, soon, in 2 rounds. Problem: hold: "soon" is not a duration; write 60s, 1:00 or 1m',
    ]


def test_a_move_is_announced_with_the_new_number() -> None:
    text = HEAD + "  - rest: 5s\n  - rounds: 2\n    steps:\n      - exercise: plank\n        hold: 5s\n"
    assert [row.moved for row in rows(text)[1:]] == [
        "Rest, now step 1 of 2",
        "2 rounds, now step 2 of 2",
        "Plank, now step 1 of 1 in 2 rounds",
    ]


@pytest.mark.parametrize(
    "step",
    [
        "{exercise: plank, hold: 1m, sets: 2, rest: 45s, each_side: true}",
        "{exercise: superman, reps: 8, last_rep_hold: 5s}",
        "{exercise: plank, reps: 8, rep: 1.5s}",
        "{exercise: plank, reps: 8, sets: 3}",
        "{name: Wall sit, amrap: 90s, sets: 1, rest: 10s}",
        "{exercise: plank, until_done: true, sets: 2, rest: 0s}",
    ],
)
def test_a_step_with_a_problem_beside_its_dose_says_the_same_as_without(step: str) -> None:
    wrong = step.replace("}", ", setup: soon}")
    assert row_texts(f"  - {wrong}\n") == row_texts(f"  - {step}\n")
    assert rows(f"{HEAD}  - {wrong}\n")[1].problems


STEPS = (
    "  - {exercise: plank, hold: 1m}\n",
    "  - {exercise: plank, hold: soon}\n",
    "  - rest: 30s\n",
    "  - rounds: 2\n    steps:\n      - rest: 5s\n      - {exercise: superman, reps: 8}\n",
    "  - rounds: 2\n    steps: []\n",
    "  - rounds: 2\n    steps:\n      - rest: soon\n",
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.lists(st.sampled_from(STEPS), max_size=4), st.integers(0, 9)), max_size=6))
def test_rows_built_one_after_another_equal_new_ones(drafts: list[tuple[list[str], int]]) -> None:
    reader, teller = DraftReader("x", CATALOGUE), StepRowBuilder(CATALOGUE)
    for steps, cut in drafts:
        text = HEAD + "".join(steps)
        draft = reader.read(text[: len(text) - cut])
        lengths: dict[StepPath, Milliseconds] = {(0,): 1_000 * cut}
        assert teller.rows(draft, lengths) == StepRowBuilder(CATALOGUE).rows(draft, lengths)


def test_kinds_are_distinguished() -> None:
    text = HEAD + "  - rest:\n  - rounds: 2\n    steps:\n      - exercise: plank\n        hold: 5s\n"
    assert [row.kind for row in rows(text)] == [RowKind.SESSION, RowKind.REST, RowKind.ROUNDS, RowKind.WORK]
