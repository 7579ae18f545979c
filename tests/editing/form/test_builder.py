"""The form of a step: what it shows of any text, with what is wrong beside each field."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.definition.strategies import CATALOGUE, sessions
from timer_app.definition.model import Session, StepPath
from timer_app.definition.serializer import write_session
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.form.builder import form_of
from timer_app.editing.form.edited_values import line_value, values_of
from timer_app.editing.form.model import Control, Form, FormKind, FormLine, Group, Stray
from timer_app.editing.step_operations import StepOperations

READER = DraftReader("x", CATALOGUE)
OPERATIONS = StepOperations(READER)
HEAD = "format: 1\nname: Back\nsteps:\n"


def form(text: str, path: StepPath = (0,)) -> Form:
    return form_of(READER.read(text), path, CATALOGUE)


def step(*lines: str) -> Form:
    """Return the form of a step with these lines in a session that has nothing else."""
    return form(HEAD + "  - " + "\n    ".join(lines) + "\n")


def shown(of: Form) -> str:
    """Return a form as text: each field with what is written, or in brackets what holds; `!` where it is wrong."""
    return " · ".join(
        f"{field.name} {field.text or f'[{field.default}]'}{'!' if field.problems else ''}" for field in of.fields
    )


# What there is


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        (
            ["exercise: plank", "hold: 30s"],
            (
                "exercise plank · work hold · hold 30s · sets [1] · each_side [] · setup [10s, the session's] · "
                "about [On the mat.]"
            ),
        ),
        (
            ["exercise: superman", "reps: 10", "sets: 2"],
            (
                "exercise superman · work reps · reps 10 · pace usual · last_rep_hold [not at all] · sets 2 · "
                "rest [none] · each_side [] · setup [10s, the session's] · about [On the mat.]"
            ),
        ),
        (
            ["exercise: plank", "reps: 10", "tempo: {lift: 1s}", "each_side: true"],
            (
                "exercise plank · work reps · reps 10 · pace tempo · tempo.lift 1s · tempo.hold [not at all] · "
                "tempo.lower [not at all] · last_rep_hold [not at all] · sets [1] · each_side true · first_side left · "
                "switch [5s] · setup [10s, the session's] · about [On the mat.]"
            ),
        ),
        (
            ["name: Wall sit", "reps: 10", "first_side: right"],
            (
                "name Wall sit · work reps · reps 10 · pace usual · sets [1] · each_side [] · first_side right · "
                "setup [10s, the session's] · about []"
            ),
        ),
        (
            ["exercise: push-up", "until_done: true", "setup: 0"],
            "exercise push-up · work until_done · sets [1] · each_side [] · setup 0 · about [On the mat.]",
        ),
        (
            ["{exercise: burpee, amrap: 1:00}"],
            (
                "exercise burpee · work amrap · amrap 1:00 · sets [1] · each_side [] · setup [10s, the session's] · "
                "about [On the mat.]"
            ),
        ),
        (["rest: 30s"], "rest 30s · name [Rest]"),
        (["rounds: 1", "steps:", "  - rest: 5s"], "rounds 1 · shuffle []"),
        (["rounds: 3", "shuffle: true", "steps:", "  - rest: 5s"], "rounds 3 · rest [none] · shuffle true"),
    ],
)
def test_a_form_shows_what_its_step_can_have_and_nothing_else(lines: list[str], fields: str) -> None:
    of = step(*lines)
    assert shown(of) == fields
    assert of.strays == ()
    assert of.problems == ()


def test_the_session_has_a_form() -> None:
    of = form(
        "format: 1\nname: Back\ntags: [core, 'half, way']\nsetup: 20s\nsteps:\n  - {exercise: plank, hold: 5s}\n", ()
    )
    assert shown(of) == 'name Back · about [] · level [] · tags core, "half, way" · language [en] · setup 20s'
    assert (of.kind, of.says, of.mark) == (FormKind.SESSION, False, (1, 1))
    assert step("exercise: plank", "hold: 30s").field("setup") is not None
    inside = form("format: 1\nname: Back\nsetup: 20s\nsteps:\n  - {exercise: plank, hold: 5s}\n")
    setup = inside.field("setup")
    assert setup is not None
    assert (setup.default, setup.usual) == ("20s, the session's", 20_000)


def test_the_catalogues_pace_is_told() -> None:
    pace = step("exercise: superman", "reps: 10").field("pace")
    assert pace is not None
    assert pace.hint == "4s a rep, as in the catalogue."
    assert [option.label for option in pace.options] == ["The usual", "Time for a rep", "Up and down"]
    pace = step("exercise: plank", "reps: 10").field("pace")
    assert pace is not None
    assert pace.options[0].label == "Your own"
    assert "you say when the set is done" in pace.hint


def test_rounds_say_where_their_steps_are() -> None:
    of = form(HEAD + "  - rounds: 2\n    steps:\n      - rest: 5s\n      - rest: 6s\n")
    assert "2 steps" in of.note
    assert "The step that" in form(HEAD + "  - rounds: 2\n    steps:\n      - rest: 5s\n").note
    empty = step("rounds: 2", "steps: []")
    assert empty.note.startswith("Nothing is done in these rounds yet")
    assert empty.problems == ("The list is empty. Add at least one step.",)


# What is wrong


def test_what_is_wrong_stands_beside_its_field() -> None:
    of = step(
        "exercise: plnk",
        "hold: sixty",
        "reps: 5",
        "rep: 4s",
        "tempo: {lift: soon, raise: 1s}",
        "sets: many",
        "rest: 5s",
        "each_side: both",
        "say:",
        "  - {at: soon, line: ''}",
        "  - Hello",
        "  - {at: half, line: Half way, breathe}",
    )
    problems = {field.name: field.problems for field in of.fields if field.problems}
    assert problems == {
        "exercise": ('"plnk" is not in the catalogue. Did you mean plank?',),
        "hold": ('"sixty" is not a duration. Write 60s, 1:00 or 1m.',),
        "reps": ('"hold" and "reps" cannot stand together. Keep one of them.',),
        "pace": (
            '"rep" and "tempo" cannot stand together. Keep one of them.',
            '"raise" is not a key here. Use one of lift, hold, lower.',
        ),
        "tempo.lift": ('"soon" is not a duration. Write 60s, 1:00 or 1m.',),
        "sets": ('"many" is not a whole number. Write a whole number from 1 to 1000.',),
        "each_side": ('"both" is neither true nor false. Write true or false.',),
    }
    assert of.strays == (Stray("tempo.raise", "1s"),)
    assert of.lines == (
        FormLine(
            0,
            "soon",
            "",
            ('"soon" is not a moment. Write 15s, -10s or half.',),
            ("The value is empty. Write some words.",),
        ),
        FormLine(
            1,
            "",
            "",
            words_problems=('"Hello" is not a set of keys. Write "at: …", "line: Half way".',),
            raw="Hello",
        ),
        FormLine(2, "half", "Half way, breathe"),
    )
    assert of.problems == ()


def test_a_key_that_does_not_belong_is_shown_with_what_is_wrong_with_it() -> None:
    of = form(HEAD + "  - rest: 5s\n\n  - exercise: plank\n    setz: [left,\n      right]\n    hold: 5s\n", (1,))
    assert len(of.strays) == 1
    assert of.strays[0].problems == ('"setz" is not a key here. Did you mean sets?',)
    assert of.strays[0].text == "[left, right]"
    assert of.problems == ()
    head = form("format: 1\nnam: Back\nsteps:\n  - rest: 5s\n", ())
    assert [stray.key for stray in head.strays] == ["nam"]


@pytest.mark.parametrize(
    ("lines", "key", "text"),
    [
        (["exercise: plank", "hold: 5s", "tempo: 4s"], "tempo", "4s"),
        (["exercise: plank", "hold: 5s", "say: Hello"], "say", "Hello"),
        (["rounds: 2", "say: Hello", "name: A", "steps:", "  - rest: 5s"], "say", "Hello"),
    ],
)
def test_what_no_field_is_for_is_not_lost(lines: list[str], key: str, text: str) -> None:
    of = step(*lines)
    stray = of.strays[0]
    assert (stray.key, stray.text) == (key, text)
    assert stray.problems


def test_reps_with_a_tempo_that_is_none_are_in_phases_and_it_is_shown() -> None:
    of = step("exercise: plank", "reps: 5", "tempo: 4s")
    assert of.text("pace") == "tempo"
    assert of.text("tempo.lift") == ""
    pace = of.field("pace")
    assert pace is not None
    assert pace.problems


def test_until_done_is_shown_where_it_cannot_be() -> None:
    for lines in (["exercise: plank", "hold: 5s", "until_done: true"], ["exercise: plank", "until_done: maybe"]):
        field = step(*lines).field("until_done")
        assert field is not None
        assert field.problems


def test_of_a_session_that_has_only_just_been_begun_nothing_is_wrong() -> None:
    assert form("format: 1\nname: A\nsteps: []\n", ()).problems == ()
    assert form("format: 1\nname: A\nsteps: plank\n", ()).problems
    assert form("format: 1\nname: A\n", ()).problems


def test_what_is_missing_is_told_above_the_fields() -> None:
    of = step("sets: 3")
    assert of.problems == (
        '"exercise" or "name" is missing. Choose an exercise of the catalogue, or give one of your own a name.',
        '"hold", "reps", "until_done" or "amrap" is missing. Say how long it is held, or how many reps.',
    )
    assert shown(of).startswith("exercise [] · work [] · sets 3")
    assert of.field("work") is not None


@pytest.mark.parametrize(
    "lines",
    [
        ["exercise: push-up", "reps: 10", "last_rep_hold: 5s"],
        ["exercise: plank", "hold: 5s", "rep: 4s"],
        ["exercise: headstand", "hold: 5s"],
        ["exercise: plank"],
        ["hold: 5s"],
        ["rounds: 3", "steps: []"],
    ],
)
def test_what_to_do_is_true_of_the_fields_as_of_the_text(lines: list[str]) -> None:
    of = step(*lines)
    told = [*of.problems, *(problem for field in of.fields for problem in field.problems)]
    assert told
    assert not any(": " in problem or '"- "' in problem for problem in told)


def test_a_wrong_setup_of_the_session_holds_for_no_step() -> None:
    of = form("format: 1\nname: Back\nsetup: soon\nsteps:\n  - {exercise: plank, hold: 5s}\n")
    setup = of.field("setup")
    assert setup is not None
    assert setup.default == "10s, the session's"


# Texts that cannot be told


def test_a_broken_text_is_to_be_mended_first() -> None:
    of = form(HEAD + "  - {")
    assert of.broken
    assert of.kind is FormKind.NOTHING
    assert of.note.startswith("The text has to be mended first. Line 4: ")
    assert of.mark[0] == 4


def test_what_is_no_step_says_so_and_where() -> None:
    of = form(HEAD + "  - rest: 5s\n  - Plank\n", (1,))
    assert (of.kind, of.broken, of.mark) == (FormKind.NOTHING, False, (5, 5))
    assert of.note.startswith('This is no step yet. "Plank" is not a step.')
    assert form(HEAD + "  - rest: 5s\n", (7,)).note == "There is no such step any more."


# Finding one's way


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("steps[0].reps", "reps"),
        ("steps[0].tempo", "pace"),
        ("steps[0].tempo.lift", "tempo.lift"),
        ("steps[0].say[1].at", "say[1].at"),
        ("steps[0]", "exercise"),
        ("steps[0].nothing", "exercise"),
    ],
)
def test_a_finding_leads_to_a_field(where: str, name: str) -> None:
    assert step("exercise: superman", "reps: 5", "tempo: {lift: 1s}").named(where) == name


def test_other_findings_lead_to_other_fields() -> None:
    head = form("format: 1\nname: Back\ntags: [core]\nsteps:\n  - rest: 5s\n", ())
    assert head.named("tags[0]") == "tags"
    assert head.named("say[0]") == "name"
    assert step("exercise: plank", "hold: 5s").named("steps[0].tempo") == "exercise"
    assert form(HEAD + "  - {").named("steps[0]") == ""
    assert step("exercise: plank", "hold: 5s", "say: Hello").named("steps[0].say") == "say"


def test_a_field_is_kept_where_it_was() -> None:
    before = step("exercise: superman", "reps: 5", "sets: 1", "rest: 5s")
    after = step("exercise: superman", "reps: 5", "sets: 1")
    kept = after.with_cleared_field("rest", before)
    assert [field.name for field in kept.fields] == [field.name for field in before.fields]
    assert (kept.text("rest"), kept.given("rest")) == ("", False)
    assert after.with_cleared_field("sets", before) is after
    assert after.with_cleared_field("amrap", before) is after
    alone = replace(after, fields=())
    assert [field.name for field in alone.with_cleared_field("rest", before).fields] == ["rest"]
    assert (alone.text("rest"), alone.given("rest")) == ("", False)


def test_every_field_has_what_a_person_needs() -> None:
    for of in (
        step("exercise: superman", "reps: 5", "tempo: {lift: 1s}", "sets: 2", "each_side: true"),
        step("name: Wall", "hold: 5s"),
        step("rest: 5s"),
        step("rounds: 2", "steps:", "  - rest: 5s"),
        form(HEAD + "  - rest: 5s\n", ()),
    ):
        for field in of.fields:
            assert field.label
            assert field.group in Group
            assert bool(field.options) == (field.control in (Control.CHOICE, Control.LIST))


# The other way round


@settings(max_examples=25, deadline=None)
@given(sessions)
def test_what_a_form_shows_says_what_is_written(session: Session) -> None:
    draft = READER.read(write_session(session))
    for path in [(), *(place.path for place in draft.places())]:
        of = form_of(draft, path, CATALOGUE)
        assert not of.strays
        for field in of.fields:
            if field.given:
                values = values_of(of, field.name, field.text)
                again = READER.read(OPERATIONS.set_values(draft, path, values).text)
                assert again.session == draft.session, (field, values)
        for line in of.lines:
            for name, value in (("at", line.at), ("line", line.words)):
                again = READER.read(OPERATIONS.set_line(draft, path, line.index, line_value(name, value)).text)
                assert again.session == draft.session


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("abehlmnopstu: -\n[]{},'\"0123"), max_size=60), st.integers(0, 2))
def test_any_text_has_a_form(text: str, number: int) -> None:
    path: StepPath = () if number == 0 else (number - 1,)
    of = form(HEAD + "  - exercise: plank\n    hold: 5s\n  - " + text, path)
    assert of.path == path
    assert of.fields or of.note
