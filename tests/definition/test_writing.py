from __future__ import annotations

import difflib
from dataclasses import replace

import pytest

from tests.definition.test_reading import EXAMPLE
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    FromEnd,
    HalfWay,
    Hold,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    Side,
    Step,
    UntilDone,
)
from timer_app.definition.reading import read_document
from timer_app.definition.writing import write_session, written_value
from timer_app.exercises.model import Tempo


def read(text: str) -> Session:
    reading = read_document(text, "x", None)
    assert reading.session is not None, reading.findings
    return reading.session


def changes(old: str, new: str) -> list[str]:
    """Return the lines taken out and put in."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and not line.startswith(("---", "+++"))]


def with_steps(*edited: Step, text: str = EXAMPLE) -> list[str]:
    return changes(text, write_session(replace(read(text), steps=edited), text))


def exercise(step: Step) -> ExerciseStep:
    assert isinstance(step, ExerciseStep)
    return step


EXAMPLE_SESSION = read(EXAMPLE)
PLANK, SUPERMAN, KNEE, WALL, PUSH_UP, BURPEE = (exercise(EXAMPLE_SESSION.steps[at]) for at in (0, 1, 2, 5, 6, 7))
REST = EXAMPLE_SESSION.steps[3]


@pytest.mark.parametrize("text", [EXAMPLE, EXAMPLE.rstrip("\n"), EXAMPLE.replace("\n", "\r\n"), "\ufeff" + EXAMPLE])
def test_an_unchanged_session_leaves_every_byte(text: str) -> None:
    assert write_session(EXAMPLE_SESSION, text) == text


def test_a_new_file_looks_like_this() -> None:
    session = Session(
        "Back: on Sunday",
        (
            ExerciseStep(Reps(8, Tempo(1_000, 0, 2_500)), exercise="bird-dog", setup=0, first_side=Side.RIGHT),
            RestStep(30_000, "Water"),
            Rounds(2, (ExerciseStep(UntilDone(), name="no"), Rounds(2, (RestStep(5_000),))), shuffle=True),
            ExerciseStep(Hold(90_000), exercise="plank", switch=3_000, say=(SayLine(HalfWay(), "Half way, hold"),)),
        ),
        about="One.\nTwo.",
        tags=("core", "a, b"),
        language="de",
        setup=0,
    )
    assert (
        write_session(session)
        == """\
format: 1
name: 'Back: on Sunday'
about: |-
  One.
  Two.
tags: [core, 'a, b']
language: de
setup: 0s
steps:
  - exercise: bird-dog
    reps: 8
    tempo: {lift: 1s, lower: 2.5s}
    first_side: right
    setup: 0s

  - rest: 30s
    name: Water

  - rounds: 2
    shuffle: true
    steps:
      - name: no
        until_done: true
      - rounds: 2
        steps:
          - rest: 5s

  - exercise: plank
    hold: 1:30
    switch: 3s
    say:
      - {at: half, line: 'Half way, hold'}
"""
    )


def test_short_steps_stand_close_together() -> None:
    assert write_session(Session("X", (RestStep(5_000), RestStep(6_000)))).endswith("  - rest: 5s\n  - rest: 6s\n")


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        (replace(EXAMPLE_SESSION, name="Other: one"), ["-name: Runner core", "+name: 'Other: one'"]),
        (
            replace(EXAMPLE_SESSION, setup=5_500),
            [
                "-setup: 10s                      # time to get into position before each exercise",
                "+setup: 5.5s                     # time to get into position before each exercise",
            ],
        ),
        (
            replace(EXAMPLE_SESSION, about=None),
            ["-about: Core and lower-back strength for the day after a long run."],
        ),
        (replace(EXAMPLE_SESSION, tags=("back",)), ["-tags: [core, runners]", "+tags: [back]"]),
    ],
)
def test_a_change_of_one_field_changes_its_line_alone(session: Session, expected: list[str]) -> None:
    assert changes(EXAMPLE, write_session(session, EXAMPLE)) == expected


def test_a_changed_step_keeps_its_comments() -> None:
    edited = replace(PLANK, work=Hold(45_000), sets=4, each_side=True)
    assert with_steps(edited, *EXAMPLE_SESSION.steps[1:]) == [
        "-    hold: 1:00",
        "-    sets: 3",
        "+    hold: 45s",
        "+    sets: 4",
        "+    each_side: true",
    ]


def test_one_kind_of_work_takes_the_place_of_another() -> None:
    edited = replace(SUPERMAN, work=Amrap(60_000))
    assert with_steps(PLANK, edited, *EXAMPLE_SESSION.steps[2:]) == [
        "-    reps: 10",
        "-    tempo: {lift: 1s, hold: 1s, lower: 2s}     # or, shorter, `rep: 4s`",
        "-    last_rep_hold: 10s          # the tenth is held",
        "+    amrap: 1:00",
    ]


def test_an_exercise_becomes_the_author_s_own() -> None:
    edited = replace(PLANK, exercise=None, name="My plank")
    assert with_steps(edited, *EXAMPLE_SESSION.steps[1:]) == [
        "-  - exercise: plank             # an id from the exercise catalogue",
        "+  - name: My plank              # an id from the exercise catalogue",
    ]


def test_a_moved_step_takes_its_lines_along() -> None:
    moved = with_steps(SUPERMAN, PLANK, *EXAMPLE_SESSION.steps[2:])
    assert sorted(line[1:] for line in moved if line[0] == "-") == sorted(line[1:] for line in moved if line[0] == "+")


COMMENTED = """\
format: 1
name: X
steps:

  # --- warm up ---

  # slowly
  - exercise: plank
    hold: 30s
    # not too long

  # the heart of it
  - exercise: superman      # arms ahead
    reps: 5
  # said of superman, with a line after it

  - rest: 30s
    # the end of the last step
# the end of the file
"""


def test_comments_go_where_their_step_goes() -> None:
    plank, superman, rest = read(COMMENTED).steps
    text = write_session(Session("X", (rest, superman, plank)), COMMENTED)
    assert (
        text
        == """\
format: 1
name: X
steps:

  - rest: 30s
    # the end of the last step

  # the heart of it
  - exercise: superman      # arms ahead
    reps: 5
  # said of superman, with a line after it

  # --- warm up ---

  # slowly
  - exercise: plank
    hold: 30s
    # not too long
# the end of the file
"""
    )


def test_a_step_put_in_is_set_off_like_the_others() -> None:
    plank, superman, rest = read(COMMENTED).steps
    text = write_session(Session("X", (plank, superman, RestStep(5_000), rest)), COMMENTED)
    assert changes(COMMENTED, text) == ["+  - rest: 5s", "+"]


def test_a_step_taken_out_takes_its_comments() -> None:
    plank, _superman, rest = read(COMMENTED).steps
    removed = changes(COMMENTED, write_session(Session("X", (plank, rest)), COMMENTED))
    assert removed == [
        "-  # the heart of it",
        "-  - exercise: superman      # arms ahead",
        "-    reps: 5",
        "-  # said of superman, with a line after it",
        "-",
    ]


def test_rounds_are_changed_inside() -> None:
    rounds = EXAMPLE_SESSION.steps[4]
    assert isinstance(rounds, Rounds)
    bird, side = rounds.steps
    slower = replace(exercise(bird), work=Reps(8, Tempo.plain(7_000)), each_side=False, setup=0)
    edited = replace(rounds, count=4, steps=(side, slower, RestStep(3_000)))
    assert with_steps(PLANK, SUPERMAN, KNEE, REST, edited, WALL, PUSH_UP, BURPEE) == [
        "-  - rounds: 3                   # a block of steps, repeated",
        "+  - rounds: 4                   # a block of steps, repeated",
        "-      - {exercise: bird-dog, reps: 8, rep: 6s, each_side: true}",
        "+      - {exercise: bird-dog, reps: 8, rep: 7s, setup: 0s}",
        "+      - rest: 3s",
    ]


def test_spoken_lines_are_changed_one_by_one() -> None:
    first, half, last = WALL.say
    said = (first, SayLine(half.at, "Half way, and on"), last, SayLine(FromEnd(5_000), "Five"))
    edited = [step if step is not WALL else replace(WALL, say=said) for step in EXAMPLE_SESSION.steps]
    assert with_steps(*edited) == [
        "-      - {at: half, line: Half way, breathe out slowly}",
        "+      - {at: half, line: 'Half way, and on'}",
        "+      - {at: -5s, line: Five}",
    ]


@pytest.mark.parametrize(
    ("steps_text", "new_steps", "expected"),
    [
        # The key beside the dash goes, and the next one takes its place.
        ("  - sets: 2\n    exercise: plank\n    hold: 5s\n", ExerciseStep(Hold(5_000), exercise="plank"),
         "  - exercise: plank\n    hold: 5s\n"),
        ("  - {sets: 2, rest: 3s, exercise: plank, hold: 5s}\n", ExerciseStep(Hold(5_000), exercise="plank"),
         "  - {exercise: plank, hold: 5s}\n"),
        ("  - {exercise: plank, hold: 5s, sets: 2, rest: 3s}\n", ExerciseStep(Hold(5_000), exercise="plank"),
         "  - {exercise: plank, hold: 5s}\n"),
        ("  - {exercise: plank, hold: 5s}\n",
         ExerciseStep(Hold(5_000), exercise="plank", sets=2, rest=1_000, about="a, b\nc"),
         '  - {exercise: plank, about: "a, b\\nc", hold: 5s, sets: 2, rest: 1s}\n'),
        ("  - {exercise: plank, hold: 5s}\n",
         ExerciseStep(Hold(5_000), exercise="plank", say=(SayLine(HalfWay(), "x"),)),
         "  - {exercise: plank, hold: 5s, say: [{at: half, line: x}]}\n"),
        # A default that the author wrote out is changed in its place.
        ("  - {exercise: plank, hold: 5s, sets: 1}\n", ExerciseStep(Hold(5_000), exercise="plank", sets=3),
         "  - {exercise: plank, hold: 5s, sets: 3}\n"),
        ("  - name: a\n    about: |\n      One.\n      Two.\n    hold: 5s\n",
         ExerciseStep(Hold(5_000), name="a", about="Three.\n\nFour."),
         "  - name: a\n    about: |-\n      Three.\n\n      Four.\n    hold: 5s\n"),
        ("  - name: a\n    about: One. # why\n    hold: 5s\n",
         ExerciseStep(Hold(5_000), name="a", about="Three.\nFour."),
         '  - name: a\n    about: "Three.\\nFour." # why\n    hold: 5s\n'),
        ("  - name: a\n    about: One.\n    hold: 5s\n",
         ExerciseStep(Hold(5_000), name="a", about="Three.\nFour."),
         "  - name: a\n    about: |-\n      Three.\n      Four.\n    hold: 5s\n"),
        ("  - {rest: 5s, say: [{at: 1s, line: a}]}\n", RestStep(5_000, "b", (SayLine(HalfWay(), "a"),)),
         "  - {rest: 5s, name: b, say: [{at: half, line: a}]}\n"),
        ("  - {rest: 5s, say: [{at: 1s, line: a}]}\n",
         RestStep(5_000, None, (SayLine(HalfWay(), "a"), SayLine(FromEnd(1_000), "b"))),
         "  - {rest: 5s, say: [{at: half, line: a}, {at: -1s, line: b}]}\n"),
        ("  - rest: 5s\n    say:\n      - at: 1s\n        line: a\n",
         RestStep(5_000, None, (SayLine(HalfWay(), "a"), SayLine(FromEnd(1_000), "b"))),
         "  - rest: 5s\n    say:\n      - at: half\n        line: a\n      - {at: -1s, line: b}\n"),
        ("- rest: 5s\n", RestStep(6_000, "Water"), "- rest: 6s\n  name: Water\n"),
        # Laid out in ways that small changes do not fit: written anew.
        ("  -\n    rest: 5s\n", RestStep(6_000), "  -\n    rest: 6s\n"),
    ],
)  # fmt: skip
def test_small_changes(steps_text: str, new_steps: Step, expected: str) -> None:
    text = "format: 1\nname: X\nsteps:\n" + steps_text
    assert write_session(Session("X", (new_steps,)), text) == "format: 1\nname: X\nsteps:\n" + expected


@pytest.mark.parametrize(
    "steps_text",
    [
        "steps: [{rest: 5s}, {rest: 6s}]\n",
        "steps:\n  -\n    rest: 5s\n  -\n    rest: 6s\n",
        "? steps\n: - rest: 5s\n  - rest: 6s\n",
    ],
)
def test_an_unusual_layout_is_written_anew_below_its_first_comments(steps_text: str) -> None:
    text = "# mine\n# and more\nformat: 1\nname: X\n" + steps_text
    written = write_session(Session("X", (RestStep(6_000),)), text)
    assert read(written) == Session("X", (RestStep(6_000),))
    assert written.startswith("# mine\n# and more\nformat: 1\n")


def test_a_broken_text_is_replaced() -> None:
    session = Session("X", (RestStep(6_000),))
    assert write_session(session, "# mine") == "# mine\n" + write_session(session)
    assert write_session(session, "not a session\n") == write_session(session)
    assert write_session(session, "") == write_session(session)


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = "\ufeff" + EXAMPLE.replace("\n", "\r\n")
    written = write_session(replace(EXAMPLE_SESSION, name="Y"), text)
    assert written == text.replace("name: Runner core", "name: Y")


def test_a_text_without_a_last_line_end_gets_one_when_it_changes() -> None:
    text = "format: 1\nname: X\nsteps:\n  - rest: 5s"
    assert write_session(Session("X", (RestStep(6_000),)), text) == "format: 1\nname: X\nsteps:\n  - rest: 6s\n"


def test_one_value_is_quoted_where_it_has_to_be() -> None:
    assert [written_value(text) for text in ("plank", "a: b", "true", "a\nb")] == [
        "plank",
        "'a: b'",
        "'true'",
        '"a\\nb"',
    ]
