"""What comes of what is typed or chosen in a form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.definition.strategies import CATALOGUE as BARE
from tests.editing.form.test_builder import HEAD
from timer_app.definition.model import ExerciseStep, Hold, Reps, StepPath
from timer_app.definition.to_mapping import Value
from timer_app.editing.default_step import own_step, usual_step
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.form.builder import form_of
from timer_app.editing.form.edited_values import (
    Values,
    exchange,
    line_value,
    new_line,
    own_values,
    tidied_moment,
    values_of,
    without,
)
from timer_app.editing.form.model import Form
from timer_app.editing.raw_values import tags_in
from timer_app.editing.step_operations import StepOperations
from timer_app.exercises.model import Catalogue, Exercise, Tempo, Usual


def _usual(id_: str, usual: Usual, tempo: Tempo | None = None) -> Exercise:
    return Exercise(id_, id_.capitalize(), "The legs.", "Stand tall.", (), "Slowly.", tempo=tempo, usual=usual)


CATALOGUE: Catalogue = {
    **BARE,
    "bridge": _usual("bridge", Usual(reps=12, last_rep_hold=5_000, sets=2, rest=30_000), Tempo(1_000, 0, 2_000)),
    "lunge": _usual("lunge", Usual(reps=8, each_side=True), Tempo.plain(3_000)),
    "squat": _usual("squat", Usual(hold=20_000)),
}
READER = DraftReader("x", CATALOGUE)
OPERATIONS = StepOperations(READER)


def text_of(*lines: str) -> str:
    return HEAD + "  - " + "\n    ".join(lines) + "\n"


def step(*lines: str) -> Form:
    return form(text_of(*lines))


def form(text: str, path: StepPath = (0,)) -> Form:
    return form_of(READER.read(text), path, CATALOGUE)


def after(values: Values, *lines: str) -> list[str]:
    """Return the lines of a step once its keys have these values."""
    text = OPERATIONS.set_values(READER.read(text_of(*lines)), (0,), values).text
    return [line[4:] for line in text.removeprefix(HEAD).splitlines()]


PLANK = ("exercise: plank", "hold: 30s")
SUPERMAN = ("exercise: superman", "reps: 10")


# Fields


@pytest.mark.parametrize(
    ("lines", "name", "text", "value"),
    [
        (PLANK, "hold", "1m30", "1:30"),
        (PLANK, "hold", " 90 ", "1:30"),
        (PLANK, "hold", "015", "15s"),
        (PLANK, "hold", "1.5", "1.5s"),
        (PLANK, "hold", "a bit", "a bit"),
        (PLANK, "hold", "..", ".."),
        (PLANK, "hold", "", ""),
        (PLANK, "sets", "03", 3),
        (PLANK, "sets", "3 or 4", "3 or 4"),
        (PLANK, "sets", " ", None),
        (PLANK, "about", " Long\nand calm \n", "Long\nand calm"),
        (PLANK, "each_side", "true", True),
        ((*PLANK, "reps: 5"), "reps", "", None),
        ((*PLANK, "each_side: true"), "first_side", "left", None),
        ((*PLANK, "each_side: true"), "first_side", "right", "right"),
        (("name: Wall", "hold: 5s"), "name", "", ""),
        (("rest: 5s",), "rest", "", ""),
        (("rest: 5s",), "name", "", None),
    ],
)
def test_a_text_gives_a_value(lines: tuple[str, ...], name: str, text: str, value: Value | None) -> None:
    assert values_of(step(*lines), name, text) == {name: value}


def test_tags_are_words_with_commas_between_them() -> None:
    of = form(HEAD + "  - rest: 5s\n", ())
    assert values_of(of, "tags", 'core, "half, way",, back ') == {"tags": ["core", "half, way", "back"]}
    assert values_of(of, "tags", " , ") == {"tags": None}
    assert values_of(of, "level", "gentle") == {"level": "gentle"}
    assert tags_in("") == []
    odd = form("format: 1\nname: Back\ntags: core\nsteps:\n  - rest: 5s\n", ())
    assert odd.text("tags") == "core"


def test_a_field_that_is_not_there_gives_nothing() -> None:
    assert values_of(step(*PLANK), "reps", "5") == {}


def test_switching_the_sides_off_takes_what_belongs_to_them() -> None:
    lines = (*PLANK, "each_side: true", "first_side: right", "switch: 8s")
    assert values_of(step(*lines), "each_side", "") == {"each_side": None, "first_side": None, "switch": None}


def test_the_phases_of_a_rep_change_one_by_one() -> None:
    lines = (*SUPERMAN, "tempo: {lift: 1s, raise: 3s}")
    of = step(*lines)
    assert values_of(of, "tempo.lower", "2") == {"tempo": {"lift": "1s", "lower": "2s", "raise": "3s"}}
    assert values_of(of, "tempo.lift", "") == {"tempo": {"lift": "", "raise": "3s"}}
    assert without(of, "tempo.raise") == {"tempo": {"lift": "1s"}}
    assert without(of, "tempo") == {"tempo": None}
    assert without(of, "sids") == {"sids": None}


# The kind of work


@pytest.mark.parametrize(
    ("lines", "work", "values"),
    [
        (PLANK, "hold", {}),
        (PLANK, "reps", {"hold": None, "reps": 10}),
        (PLANK, "until_done", {"hold": None, "until_done": True}),
        (PLANK, "amrap", {"hold": None, "amrap": "30s"}),
        (("exercise: plank", "hold: soon"), "amrap", {"hold": None, "amrap": "1:00"}),
        (("exercise: burpee", "amrap: 45"), "hold", {"amrap": None, "hold": "45s"}),
        (("exercise: burpee", "until_done: true"), "hold", {"until_done": None, "hold": "30s"}),
        (("exercise: squat", "reps: 5"), "hold", {"reps": None, "hold": "20s"}),
        (("exercise: bridge", "hold: 5s"), "reps", {"hold": None, "reps": 12, "last_rep_hold": "5s"}),
        (("exercise: lunge", "hold: 5s"), "reps", {"hold": None, "reps": 8}),
        (("exercise: bridge", "until_done: true"), "hold", {"until_done": None, "hold": "30s"}),
        (
            (*SUPERMAN, "rep: 4s", "last_rep_hold: 5s"),
            "hold",
            {"reps": None, "rep": None, "last_rep_hold": None, "hold": "30s"},
        ),
        ((*SUPERMAN, "tempo: {lift: 1s}"), "until_done", {"reps": None, "tempo": None, "until_done": True}),
        ((*PLANK, "tempo: {lift: 1s}"), "amrap", {"hold": None, "tempo": None, "amrap": "30s"}),
        (("sets: 2",), "hold", {"hold": "30s"}),
    ],
)
def test_another_kind_of_work_replaces_what_belongs_to_the_old_one(
    lines: tuple[str, ...], work: str, values: Values
) -> None:
    assert values_of(step(*lines), "work", work) == values


@pytest.mark.parametrize(
    ("lines", "pace", "values"),
    [
        (SUPERMAN, "usual", {}),
        (SUPERMAN, "rep", {"rep": "4s"}),
        (SUPERMAN, "tempo", {"tempo": {"lift": "1s", "hold": "1s", "lower": "2s"}}),
        (("exercise: plank", "reps: 5"), "rep", {"rep": "4s"}),
        (("exercise: plank", "reps: 5"), "tempo", {"tempo": {"lift": "2s", "lower": "2s"}}),
        (("exercise: lunge", "reps: 5"), "tempo", {"tempo": {"lift": "1.5s", "lower": "1.5s"}}),
        ((*SUPERMAN, "rep: 3"), "tempo", {"rep": None, "tempo": {"lift": "1.5s", "lower": "1.5s"}}),
        ((*SUPERMAN, "rep: 0.1"), "tempo", {"rep": None, "tempo": {"lift": "0.1s"}}),
        ((*SUPERMAN, "tempo: {lift: 1s, lower: 4s}"), "rep", {"tempo": None, "rep": "5s"}),
        ((*SUPERMAN, "tempo: {lift: soon}"), "rep", {"tempo": None, "rep": "4s"}),
        ((*SUPERMAN, "rep: 3", "last_rep_hold: 5s"), "usual", {"rep": None}),
        (
            ("exercise: plank", "reps: 5", "rep: 3", "last_rep_hold: 5s"),
            "usual",
            {"rep": None, "last_rep_hold": None},
        ),
    ],
)
def test_another_pace_is_as_fast_as_the_old_one(lines: tuple[str, ...], pace: str, values: Values) -> None:
    assert values_of(step(*lines), "pace", pace) == values


# Another exercise


def test_an_exercise_becomes_ones_own_and_is_done_in_the_same_way() -> None:
    assert own_values(step(*PLANK)) == {"exercise": None, "name": "Plank", "about": "On the mat."}
    assert after(own_values(step(*SUPERMAN)), *SUPERMAN) == [
        "name: Superman",
        "about: On the mat.",
        "reps: 10",
        "tempo: {lift: 1s, hold: 1s, lower: 2s}",
    ]
    assert own_values(step("exercise: lunge", "reps: 5"))["rep"] == "3s"
    assert "rep" not in own_values(step("exercise: lunge", "reps: 5", "rep: 2s"))
    assert own_values(step("exercise: plnk", "hold: 5s")) == {"exercise": None, "name": "plnk"}
    assert "about" not in own_values(step(*PLANK, "about: Calm"))


def exchanged(new: ExerciseStep, *lines: str) -> list[str]:
    draft = READER.read(text_of(*lines))
    return after(exchange(draft, (0,), form_of(draft, (0,), CATALOGUE), new, CATALOGUE), *lines)


def test_another_exercise_keeps_how_much_of_it_there_is() -> None:
    wanted = usual_step(CATALOGUE["plank"])
    assert exchanged(wanted, *SUPERMAN, "sets: 3", "last_rep_hold: 5s") == ["exercise: plank", "reps: 10", "sets: 3"]
    assert exchanged(wanted, *SUPERMAN, "rep: 2s", "last_rep_hold: 5s", "about: Calm") == [
        "exercise: plank",
        "reps: 10",
        "rep: 2s",
        "last_rep_hold: 5s",
    ]
    assert exchanged(usual_step(CATALOGUE["bridge"]), *SUPERMAN, "last_rep_hold: 5s") == [
        "exercise: bridge",
        "reps: 10",
        "last_rep_hold: 5s",
    ]
    assert exchanged(own_step("Wall sit"), "exercise: plank", "hold: 45s") == ["name: Wall sit", "hold: 45s"]
    assert exchanged(wanted, "name: Wall sit", "about: Back flat", "hold: 45s") == ["exercise: plank", "hold: 45s"]


def test_what_was_usual_becomes_what_is_usual() -> None:
    lines = ("exercise: bridge", "reps: 12", "last_rep_hold: 5s", "sets: 2", "rest: 30s", "setup: 5s")
    assert READER.read(text_of(*lines)).session is not None
    assert exchanged(usual_step(CATALOGUE["squat"]), *lines) == ["exercise: squat", "hold: 20s", "setup: 5s"]
    assert exchanged(usual_step(CATALOGUE["lunge"]), *lines) == [
        "exercise: lunge",
        "reps: 8",
        "each_side: true",
        "setup: 5s",
    ]
    assert exchanged(ExerciseStep(Hold(5_000), "plank"), "exercise: plnk") == ["exercise: plank", "hold: 5s"]
    assert exchanged(ExerciseStep(Reps(5), "plank"), "exercise: push-up", "until_done: true") == [
        "exercise: plank",
        "until_done: true",
    ]


# Lines


@pytest.mark.parametrize(
    ("typed", "tidy", "value"),
    [
        ("half", "half", "half"),
        ("Half way", "half", "half"),
        ("½", "half", "half"),
        ("15", "15s", "15s"),
        (" 15s ", "15s", "15s"),
        ("-10", "-10s", "-10s"),
        ("- 10 s", "-10 s", "-10 s"),
        ("−1m30", "-1:30", "-1:30"),
        ("-0", "-0s", "-0s"),
        ("1m30", "1:30", "1:30"),
        ("-1.5", "-1.5s", "-1.5s"),
        ("soon", "soon", "soon"),
        ("-soon", "-soon", "-soon"),
        ("", "", ""),
    ],
)
def test_a_moment_is_taken_as_people_type_it(typed: str, tidy: str, value: Value) -> None:
    assert tidied_moment(typed) == tidy
    assert line_value("at", typed) == {"at": value}


def test_the_words_of_a_line_are_taken_as_they_are() -> None:
    assert line_value("line", " Half way ") == {"line": "Half way"}


def test_a_new_line_comes_half_way_where_there_is_one() -> None:
    assert new_line(step(*PLANK)) == {"at": "half", "line": ""}
    assert new_line(step(*SUPERMAN)) == {"at": "half", "line": ""}
    assert new_line(step("exercise: plank", "reps: 5", "rep: 2s")) == {"at": "half", "line": ""}
    for lines in (
        (*PLANK, "say:", "  - {at: half, line: Half way}"),
        ("exercise: plank", "reps: 5"),
        ("name: Wall", "reps: 5"),
        ("exercise: plank", "until_done: true"),
    ):
        assert new_line(step(*lines)) == {"at": "5s", "line": ""}


@given(st.text(max_size=20))
def test_any_text_is_a_value(text: str) -> None:
    of = step(*SUPERMAN, "tempo: {lift: 1s}", "sets: 2", "each_side: true")
    for field in of.fields:
        if field.name not in ("work", "pace"):
            assert len(values_of(of, field.name, text)) >= 1
    line_value("at", text)
