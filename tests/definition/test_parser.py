from __future__ import annotations

import pytest

from tests.definition.strategies import CATALOGUE
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    FromEnd,
    FromStart,
    HalfWay,
    Hold,
    Level,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    Side,
    UntilDone,
    path_of,
    where,
)
from timer_app.definition.parser import check_session, read_document, read_session
from timer_app.exercises.model import Tempo
from timer_app.problems import UnreadableFile

EXAMPLE = """\
# yaml-language-server: $schema=../assets/session.schema.json
format: 1
name: Runner core
about: Core and lower-back strength for the day after a long run.
level: regular                  # gentle | beginner | regular | advanced
tags: [core, runners]
language: en                    # BCP 47 tag of the names and spoken lines below
setup: 10s                      # time to get into position before each exercise
steps:
  - exercise: plank             # an id from the exercise catalogue
    hold: 1:00
    sets: 3
    rest: 30s                   # between sets; never after the last one

  - exercise: superman
    reps: 10
    tempo: {lift: 1s, hold: 1s, lower: 2s}     # or, shorter, `rep: 4s`
    last_rep_hold: 10s          # the tenth is held
    sets: 3
    rest: 45s

  - exercise: knee-to-chest
    hold: 20s
    each_side: true             # the full time on each side, left first
    switch: 5s
    sets: 2

  - rest: 1:00

  - rounds: 3                   # a block of steps, repeated
    rest: 45s                   # between rounds; never after the last one
    steps:
      - {exercise: bird-dog, reps: 8, rep: 6s, each_side: true}
      - {exercise: side-plank, hold: 20s, each_side: true}

  - name: Wall sit              # an exercise of the author's own, not in the catalogue
    about: Back flat on the wall, knees at a right angle.
    hold: 45s
    say:
      - {at: 15s, line: Knees over ankles}
      - {at: half, line: Half way, breathe out slowly}
      - {at: -10s, line: Ten seconds, stay tall}

  - exercise: push-up
    until_done: true            # open: goes on when the person says so (Space, click, media key)
  - exercise: burpee
    amrap: 1:00                 # as many reps as possible; the count is asked for afterwards
"""


def read(steps: str, head: str = "format: 1\nname: X\n") -> Session:
    return read_session(head + "steps:\n" + steps, "x.session.yaml", CATALOGUE)


def step(body: str) -> ExerciseStep:
    (only,) = read(f"  - {{exercise: plank, {body}}}\n").steps
    assert isinstance(only, ExerciseStep)
    return only


def test_everything_that_an_author_can_write() -> None:
    assert read_session(EXAMPLE, "runner-core.session.yaml", CATALOGUE) == Session(
        name="Runner core",
        about="Core and lower-back strength for the day after a long run.",
        level=Level.REGULAR,
        tags=("core", "runners"),
        language="en",
        setup=10_000,
        steps=(
            ExerciseStep(Hold(60_000), exercise="plank", sets=3, rest=30_000),
            ExerciseStep(Reps(10, Tempo(1_000, 1_000, 2_000), 10_000), exercise="superman", sets=3, rest=45_000),
            ExerciseStep(Hold(20_000), exercise="knee-to-chest", each_side=True, switch=5_000, sets=2),
            RestStep(60_000),
            Rounds(
                3,
                (
                    ExerciseStep(Reps(8, Tempo.plain(6_000)), exercise="bird-dog", each_side=True),
                    ExerciseStep(Hold(20_000), exercise="side-plank", each_side=True),
                ),
                rest=45_000,
            ),
            ExerciseStep(
                Hold(45_000),
                name="Wall sit",
                about="Back flat on the wall, knees at a right angle.",
                say=(
                    SayLine(FromStart(15_000), "Knees over ankles"),
                    SayLine(HalfWay(), "Half way, breathe out slowly"),
                    SayLine(FromEnd(10_000), "Ten seconds, stay tall"),
                ),
            ),
            ExerciseStep(UntilDone(), exercise="push-up"),
            ExerciseStep(Amrap(60_000), exercise="burpee"),
        ),
    )


def test_what_is_left_out_has_its_default() -> None:
    session = read("  - {exercise: plank, hold: 30s}\n")
    assert session == Session("X", (ExerciseStep(Hold(30_000), exercise="plank"),))
    assert (session.setup, session.language, session.tags, session.level) == (10_000, "en", (), None)
    (only,) = session.steps
    assert isinstance(only, ExerciseStep)
    assert (only.sets, only.rest, only.each_side, only.first_side, only.switch) == (1, 0, False, Side.LEFT, 5_000)
    assert only.setup is None


@pytest.mark.parametrize(
    ("body", "attribute", "value"),
    [
        ("hold: 1:30", "work", Hold(90_000)),
        ("hold: 0:30", "work", Hold(30_000)),
        ("hold: 030", "work", Hold(30_000)),
        ('hold: "90"', "work", Hold(90_000)),
        ("hold: 30s, sets: 030", "sets", 30),
        ("hold: 30s, setup: 0", "setup", 0),
        ("hold: 30s, first_side: right", "first_side", Side.RIGHT),
        ("hold: 30s, about: no", "about", "no"),
        ("hold: 30s, about: 2026-01-01", "about", "2026-01-01"),
        ("hold: 30s, about: a,b", "about", "a,b"),
        ("hold: 30s, about: 'one, two, two'", "about", "one, two, two"),
        ("hold: 30s, about: one, two, two", "about", "one, two, two"),
        ("hold: 30s, say: []", "say", ()),
        ("hold: 30s, say: [{at: 0, line: Now}]", "say", (SayLine(FromStart(0), "Now"),)),
        ("reps: 5", "work", Reps(5)),
        ("reps: 5, tempo: {lift: 1s, hold: 0s}", "work", Reps(5, Tempo(1_000))),
    ],
)
def test_values_are_the_text_that_was_written(body: str, attribute: str, value: object) -> None:
    assert getattr(step(body), attribute) == value


def test_reps_of_the_catalogue_have_its_pace() -> None:
    text = "  - {exercise: superman, reps: 5, last_rep_hold: 5s, say: [{at: -20s, line: Slowly}]}\n"
    (only,) = read(text).steps
    assert isinstance(only, ExerciseStep)
    assert only.work == Reps(5, None, 5_000)


def test_a_text_of_several_lines() -> None:
    session = read("  - rest: 5s\n    name: Water\n", "format: 1\nname: X\nabout: |\n  One.\n\n    Two.\n")
    assert session.about == "One.\n\n  Two."
    assert session.steps == (RestStep(5_000, "Water"),)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_line_ends_and_a_byte_order_mark(newline: str, mark: bytes) -> None:
    text = 'format: 1\nname: "Núñez"\nsteps:\n  - rest: 5s\n'.replace("\n", newline)
    assert read_session(mark + text.encode(), "x", CATALOGUE).name == "Núñez"
    broken = text.replace("5s", "five")
    (finding,) = check_session(mark + broken.encode(), "x", CATALOGUE)
    assert (finding.line, finding.column) == (4, 11)


def test_every_problem_is_raised_at_once_in_the_order_of_lines() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_session("format: 1\nsteps:\n  - rest: x\n  - plank\nlevel: 3\n", "x", CATALOGUE)
    assert [finding.line for finding in raised.value.findings] == [1, 3, 4, 5]


def test_too_many_problems_end_the_reading() -> None:
    text = "format: 1\nname: X\n" + "name: Y\n" * 500
    assert len(check_session(text, "x", CATALOGUE)) == 100
    steps = "format: 1\nname: X\nsteps:\n" + "  - {exercise: plnak}\n" * 500
    assert len(check_session(steps, "x", CATALOGUE)) == 100


def test_too_many_steps_and_values() -> None:
    many = "format: 1\nname: X\nsteps:\n" + "  - rest: 1\n" * 2_001
    assert "more than 2000 items" in str(check_session(many, "x", CATALOGUE)[0])
    keys = "format: 1\n" + "".join(f"key-{number}: 1\n" for number in range(101))
    assert "more than 100 keys" in str(check_session(keys, "x", CATALOGUE)[0])
    more = "format: 1\nname: X\nsteps:\n" + "  - {rest: 1, name: a, say: [{at: 0, line: b}]}\n" * 2_000
    assert "more than 20000 values" in str(check_session(more, "x", CATALOGUE)[0])


def test_a_file_with_too_many_lines_is_not_read() -> None:
    (finding,) = check_session("#\n" * 20_001, "x", CATALOGUE)
    assert (finding.line, finding.problem) == (20_001, "the file has more than 20000 lines")


def test_a_file_that_is_too_large_is_not_read() -> None:
    text = "# é\n" + "# 23456789 123456789\n" * 15_000
    for content in (text, text.encode()):
        (finding,) = check_session(content, "x", CATALOGUE)
        assert finding.line > 12_000
        assert "larger than 256 KiB" in finding.problem
    assert "larger" in check_session("é" * 140_000, "x", CATALOGUE)[0].problem


def test_with_no_catalogue_nothing_is_said_of_exercises() -> None:
    text = "format: 1\nname: X\nsteps:\n  - {exercise: headstand, hold: 4h, sets: 1000, say: [{at: 5h, line: x}]}\n"
    assert len(check_session(text, "x", CATALOGUE)) == 2
    assert len(read_document(text, "x", None).findings) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("format: [1]\nname: X\nsteps: [{rest: 5}]\n", "a list is not the number of a format"),
        ("format:\nname: X\nsteps: [{rest: 5}]\n", "the value is empty"),
        ("format: 1\nname: X\nlevel: [a]\nsteps: [{rest: 5}]\n", "a list is not one of the words"),
        ("format: 1\nname: X\nlanguage: {a: b}\nsteps: [{rest: 5}]\n", "a set of keys is not a language tag"),
        ("format: 1\nname: X\nsteps: [{rest: 5, say: [{at: [1], line: x}]}]\n", "a list is not a moment"),
        ("format: 1\nname: X\nsteps: [{rest: 5, say: [{at: -0, line: x}]}]\n", '"0" is too short'),
        ("format: 1\nname: X\nsteps: [{exercise: [a], hold: 5}]\n", "a list is not an exercise"),
        ("format: 1\nname: X\nsteps: [{exercise: plank, hold: 5, sets: [1]}]\n", "a list is not a whole number"),
        ("format: 1\nname: X\nsteps: [{exercise: plank, hold: 5, each_side: [1]}]\n", "a list is not true or false"),
        ("format: 1\nname: X\nsteps: [{exercise: plank, reps: 5, rep: x, last_rep_hold: 5}]\n", "is not a duration"),
        ("format: 1\nname: X\nsteps: [{exercise: plank, reps: 5, rep: x, say: [{at: half, line: y}]}]\n", "duration"),
        (f"format: 1\nname: X\n{'x' * 99}: 1\nsteps: [{{rest: 5}}]\n", "is not a key here"),
        ("format: 1\nname: X\nsteps: [{name: 'a', b, hold: 5}]\n", '"b" is not a key here'),
        ("format: 1\nname: X\nsteps: [{hold: 5, b, name: a}]\n", '"b" is not a key here'),
        ("format: 1\nname: X\nsteps: [{b, hold: 5, name: a}]\n", '"b" is not a key here'),
    ],
)
def test_one_problem(text: str, problem: str) -> None:
    (finding,) = check_session(text, "x", CATALOGUE)
    assert problem in finding.problem


@pytest.mark.parametrize("place", ["name", "about", "level", "tags", "language", "setup", "format", "steps", "root"])
def test_what_was_refused_already_is_not_told_about_twice(place: str) -> None:
    fields = {
        "format": "1",
        "name": "X",
        "about": "Y",
        "level": "regular",
        "tags": "[a]",
        "language": "en",
        "setup": "5",
    }
    fields |= {"steps": "[{rest: 5}]", place: "*x"}
    text = "*x" if place == "root" else "".join(f"{key}: {value}\n" for key, value in fields.items())
    (finding,) = check_session(text, "x", CATALOGUE)
    assert "alias" in finding.problem


@pytest.mark.parametrize("place", ["step", "exercise", "hold", "tempo", "say", "line", "sets", "each_side", "at"])
def test_what_was_refused_in_a_step_is_not_told_about_twice(place: str) -> None:
    fields = {"exercise": "plank", "reps": "5", "tempo": "{lift: 1}", "sets": "1", "each_side": "true"}
    fields |= {"say": "[{at: 1, line: x}]"}
    if place == "hold":
        fields = {"exercise": "plank", "hold": "*x"}
    elif place in ("line", "at"):
        fields["say"] = "[{at: *x, line: x}]" if place == "at" else "[*x]"
    elif place != "step":
        fields[place] = "*x"
    step_text = "*x" if place == "step" else "{" + ", ".join(f"{key}: {value} " for key, value in fields.items()) + "}"
    (finding,) = check_session(f"format: 1\nname: X\nsteps:\n  - {step_text}\n", "x", CATALOGUE)
    assert "alias" in finding.problem


@pytest.mark.parametrize("number", ["01", "1"])
def test_the_format_is_one(number: str) -> None:
    assert not check_session(f"format: {number}\nname: X\nsteps: [{{rest: 5}}]\n", "x", CATALOGUE)


@pytest.mark.parametrize("number", ["0", "2", "11", "١", "1.0", "-1", "one", '"1"'])
def test_any_other_format_is_not_known(number: str) -> None:
    (finding,) = check_session(f"format: {number}\nname: X\nsteps: [{{rest: 5}}]\n", "x", CATALOGUE)
    assert "does not know format" in finding.problem


def test_a_step_is_found_by_its_place() -> None:
    assert where((3, 0)) == "steps[3].steps[0]"
    assert path_of(where((3, 0))) == (3, 0)


def test_the_other_side() -> None:
    assert (Side.LEFT.opposite, Side.RIGHT.opposite) == (Side.RIGHT, Side.LEFT)
