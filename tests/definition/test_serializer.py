from __future__ import annotations

import difflib

import pytest

from tests.definition.test_parser import EXAMPLE
from timer_app.definition.model import (
    ExerciseStep,
    HalfWay,
    Hold,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    Side,
    UntilDone,
)
from timer_app.definition.parser import read_document
from timer_app.definition.serializer import reformat, write_line, write_session, written_value
from timer_app.exercises.model import Tempo


def read(text: str) -> Session:
    reading = read_document(text, "x", None)
    assert reading.session is not None, reading.findings
    return reading.session


EXAMPLE_SESSION = read(EXAMPLE)


def changes(old: str, new: str) -> list[str]:
    """Return the lines taken out and put in."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and not line.startswith(("---", "+++"))]


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


def test_a_session_reads_back() -> None:
    assert read(write_session(EXAMPLE_SESSION)) == EXAMPLE_SESSION
    counted = Session("X", (ExerciseStep(Reps(5), exercise="plank"),))
    assert read(write_session(counted)) == counted
    assert write_line({"at": "1:30", "line": "a: b"}) == "- {at: 1:30, line: 'a: b'}\n"


def test_short_steps_stand_close_together() -> None:
    assert write_session(Session("X", (RestStep(5_000), RestStep(6_000)))).endswith("  - rest: 5s\n  - rest: 6s\n")


def test_what_is_written_again_has_its_first_comments() -> None:
    session = Session("X", (RestStep(6_000),))
    for text in ("", "not a session\n", "format: 1\n# mine\n"):
        assert reformat(session, text) == write_session(session)
    for text in ("# mine\n# and more", "# mine\n# and more\nformat: 1\n"):
        assert reformat(session, text) == "# mine\n# and more\n" + write_session(session)


@pytest.mark.parametrize(
    "about",
    ["One.\n\nTwo.", "One.\n  Two.\nThree.", "One.\n \nTwo.", "One.\n\u3000\nTwo.", "One.\u2028Two.\nThree"],
)
def test_several_lines_read_back(about: str) -> None:
    session = Session("X", (RestStep(5_000),), about=about)
    assert read(write_session(session)) == session


def test_one_value_is_quoted_where_it_has_to_be() -> None:
    assert [written_value(text) for text in ("plank", "a: b", "true", "a\nb")] == [
        "plank",
        "'a: b'",
        "'true'",
        '"a\\nb"',
    ]
