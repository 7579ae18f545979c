from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.definition.strategies import CATALOGUE, sessions
from tests.definition.test_parser import EXAMPLE
from timer_app.definition import format_fields
from timer_app.definition.model import ExerciseStep, Hold, RestStep
from timer_app.definition.parser import read_document
from timer_app.definition.serializer import write_session
from timer_app.editing.draft_parser import Draft, DraftReader, StepLocation, step_of

TEXT = """\
format: 1
name: Back
steps:
  # the first
  - exercise: plank
    hold: 30s

  - rounds: 2
    steps:
      - exercise: superman
        reps: ten
      - {rest: 10s, name: Sip}
  - name: Wall sit
    hold: 45s   # long
"""

TOO_LONG = TEXT.replace("ten", "10").replace("30s", "30s\n    say: soon").replace("45s", "4h\n    sets: 3")


def read(text: str) -> Draft:
    return DraftReader("x", CATALOGUE).read(text)


def place(draft: Draft, *path: int) -> StepLocation:
    found = draft.place(path)
    assert found is not None
    return found


def shown(draft: Draft) -> list[tuple[object, ...]]:
    """Return what a draft tells of each of its steps."""
    return [
        (step.path, step.first_line, step.start, step.keys, draft.step(step.path), draft.findings_of(step.path))
        for step in draft.places()
    ]


SPICES = st.sampled_from(
    (
        *(
            "\n",
            " ",
            "  ",
            "-",
            "- ",
            ":",
            "#",
            '"',
            "'",
            "{",
            "}",
            "[",
            "]",
            "|",
            "0",
            "x",
            "😀",
            "\t",
            "\x85",
            "\u2028",
        ),
        *("steps:\n", "\n---\n", "\n  - rest: 5s\n", "&a ", "*a", "!t ", "format: 2\n", "\n# note\n", "rounds: 2", ","),
    )
)


@st.composite
def slips(draw: st.DrawFn) -> list[str]:
    """A text as it stands after each of a few slips of the hand."""
    text = draw(st.sampled_from([TEXT, EXAMPLE]) | sessions.map(write_session))
    texts = [text]
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(SPICES | st.just("")) + text[end:]
        texts.append(text)
    return texts


@settings(max_examples=60, deadline=None)
@given(slips())
@example([TEXT, TEXT.replace("hold: 45s", "name: Lean")]).via("a line told in words")
@example([TOO_LONG]).via("a length that counts though a line to be said has a problem")
def test_what_is_read_in_pieces_is_what_is_read_as_a_whole(texts: list[str]) -> None:
    again = DraftReader("x", CATALOGUE)
    for text in texts:
        draft = again.read(text)
        whole = DraftReader("x", CATALOGUE)._whole(text)
        assert draft.findings == whole.findings == read_document(text, "x", CATALOGUE).findings
        assert draft.session == whole.session
        assert draft.broken == whole.broken
        assert shown(draft) == shown(whole)
        for offset in range(0, len(text) + 1, len(text) // 3 + 1):
            assert draft.path_at(offset) == whole.path_at(offset)


def test_a_text_as_people_write_it_is_read_in_pieces() -> None:
    for text in (TEXT, EXAMPLE, TEXT.replace("  - ", "- ").replace("    ", "  ")):
        assert DraftReader("x", CATALOGUE)._in_pieces(text) is not None


@pytest.mark.parametrize("text", [TEXT.replace("format: 1", "format: 2"), f"- a\n{TEXT}", f"{TEXT}level: gentle\n"])
def test_any_other_text_is_read_as_a_whole(text: str) -> None:
    reader = DraftReader("x", CATALOGUE)
    assert reader._in_pieces(text) is None
    assert reader.read(text).findings == read_document(text, "x", CATALOGUE).findings


STEPS = "steps:\n  - rest: 5s\n"


@pytest.mark.parametrize(
    "text",
    [
        f"  format: 1\n  name: A\n{STEPS}",
        f"format: 1\nname: A\nabout: |\n {STEPS}",
        f"{{format: 1, name: A,\n{STEPS}",
        f'format: 1\nname: "A\n{STEPS}',
        f"format: 1\nname: A\n{STEPS}{STEPS}",
        f"format: 1\n{STEPS}name: A\n{STEPS}",
        f"name: &a A\n{STEPS}",
        f"- name: A\n  {STEPS}",
        f"- name: A\n{STEPS}",
        f"format: 1\nname: A\n- a\n{STEPS}",
        f"format: 1\nname: A\nsteps: # none\n\n{STEPS}",
    ],
)
def test_a_list_of_steps_that_stands_where_it_cannot_be_is_told_of_as_in_a_whole_text(text: str) -> None:
    draft = read(text)
    assert draft.findings == read_document(text, "x", CATALOGUE).findings
    assert draft.findings


@pytest.mark.parametrize("marks", ["", "\ufeff", "\ufeff\ufeff"])
def test_a_byte_order_mark_moves_nothing(marks: str) -> None:
    text = marks + TEXT
    draft = read(text)
    assert draft.findings == read_document(f"\ufeff{text}".encode(), "x", CATALOGUE).findings
    if not draft.broken:
        assert all(draft.text[each.start :].startswith(("exercise", "rounds", "{", "name")) for each in draft.places())
    unusable = read(f"{marks}a: \x07")
    assert unusable.findings == read_document(f"\ufeff{unusable.text}".encode(), "x", CATALOGUE).findings


def test_the_limits_of_a_text_are_those_of_a_whole_one() -> None:
    values = "format: 1\nname: A\nsteps:\n" + "".join(f"  - [{'[?],' * 1_500}]\n" for _ in range(5))
    lines = f"format: 1\nname: A\n{STEPS}" + "\n" * 20_000
    for text, problem in ((values, "more than 20000 values"), (lines, "more than 20000 lines")):
        draft = read(text)
        assert draft.findings == read_document(text, "x", CATALOGUE).findings
        assert problem in draft.findings[0].problem


def test_that_a_session_has_no_steps_yet_is_a_finding_and_no_problem() -> None:
    draft = read("format: 1\nname: A\nlevel: soft\nsteps: []\n")
    assert [finding.where for finding in draft.findings] == ["level", "steps"]
    assert [finding.where for finding in draft.problems] == ["level"]
    assert draft.problems == draft.findings_of(())
    for text in ("format: 1\nname: A\n", "format: 1\nname: A\nsteps:\n", "format: 1\nname: A\nsteps: soon\n"):
        assert read(text).problems == read(text).findings != ()


def test_a_piece_that_has_not_changed_is_not_read_again() -> None:
    reader = DraftReader("x", CATALOGUE)
    before = reader.read(TEXT)
    after = reader.read(TEXT.replace("30s", "45s").replace("name: Back", "name: Back\nabout: For Sundays"))
    assert after.pieces[1].node is before.pieces[1].node
    assert place(after, 1).first_line == place(before, 1).first_line + 1
    assert after.step((0,)) == ExerciseStep(Hold(45_000), exercise="plank")


def test_it_tells_each_step_whatever_is_wrong_in_another() -> None:
    draft = read(TEXT)
    assert draft.session is None
    assert [each.path for each in draft.places()] == [(0,), (1,), (1, 0), (1, 1), (2,)]
    assert draft.step((0,)) == ExerciseStep(Hold(30_000), exercise="plank")
    assert draft.step((1,)) is None
    assert draft.step((1, 0)) is None
    assert draft.step((1, 1)) == RestStep(10_000, "Sip")
    assert draft.step(()) is None
    assert draft.step((3,)) is None
    assert [finding.where for finding in draft.findings_of((1, 0))] == ["steps[1].steps[0].reps"]
    assert not draft.findings_of((1,))
    assert [step_of(finding) for finding in draft.findings] == ["steps[1].steps[0]"]


def test_a_step_with_a_wrong_value_is_not_sound_whatever_else_is_in_it() -> None:
    assert read(TEXT.replace("hold: 30s", "hold: 30s\n    sets: 0")).step((0,)) is None


def test_it_tells_where_a_step_stands_and_what_is_written_in_it() -> None:
    draft = read(TEXT)
    assert place(draft, 1, 0).text_of(format_fields.REPS) == "ten"
    assert place(draft, 1, 0).keys is format_fields.EXERCISE_KEYS
    assert place(draft, 1, 1).keys is format_fields.REST_KEYS
    assert place(draft, 1).given(format_fields.ROUNDS)
    assert place(draft, 1).text_of(format_fields.STEPS) == ""
    assert draft.text[place(draft, 2).start :].startswith("name: Wall sit")
    assert draft.place((9,)) is None
    assert draft.place((0, 0)) is None
    assert draft.place(()) is None


def test_a_step_that_is_no_mapping_has_no_keys() -> None:
    draft = read("format: 1\nname: A\nsteps:\n  - plank\n")
    assert place(draft, 0).keys == ()
    assert place(draft, 0).text_of(format_fields.EXERCISE) == ""
    assert not place(draft, 0).given(format_fields.EXERCISE)
    assert place(draft, 0).inner == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (TEXT, [(5, 6), (8, 12), (10, 11), (12, 12), (13, 14)]),
        (f"{TEXT}# done\n\n", [(5, 6), (8, 12), (10, 11), (12, 12), (13, 14)]),
        (f"{TEXT}level: gentle\n", [(5, 6), (8, 12), (10, 11), (12, 12), (13, 14)]),
        (f"name: A\n{STEPS}\n  # a note\n  - hold:\n\n  - rest: 1s\n", [(3, 3), (6, 6), (8, 8)]),
        ("name: A\nsteps:\n  - about: |\n      Long\n\n      and calm\n\n  - a\n\n  - b\n", [(3, 6), (8, 8), (10, 10)]),
        ("steps:\n  - {rest: 5s,\n     name: Sip}\n\n  - say:\n    - a\n\n  - rest: 1s\n", [(2, 3), (5, 6), (8, 8)]),
        ("steps:\n  - ? [a]\n    : b\n  - rest: 1s", [(2, 3), (4, 4)]),
    ],
)
def test_a_step_ends_where_its_own_text_does(text: str, lines: list[tuple[int, int]]) -> None:
    draft = read(text)
    assert [(place.first_line, draft.last_line(place)) for place in draft.places()] == lines


def test_it_finds_the_step_that_the_caret_is_in() -> None:
    draft = read(TEXT)
    assert draft.path_at(TEXT.index("name: Back")) == ()
    assert draft.path_at(TEXT.index("- exercise: plank")) == (0,)
    assert draft.path_at(TEXT.index("hold: 30s")) == (0,)
    assert draft.path_at(TEXT.index("  - rounds")) == (1,)
    assert draft.path_at(TEXT.index("ten")) == (1, 0)
    assert draft.path_at(TEXT.index("Sip")) == (1, 1)
    assert draft.path_at(len(TEXT)) == (2,)


def test_a_text_that_is_no_yaml_is_broken_and_still_tells_why() -> None:
    for text in ('name: "Back\n', "", "- a\n", "just words\n"):
        draft = read(text)
        assert draft.broken
        assert draft.findings
        assert list(draft.places()) == []
    assert not read("format: 1\nname: Back\n").broken


def test_the_limits_of_a_whole_session_are_told_at_the_step_that_passes_them() -> None:
    text = "format: 1\nname: A\nsteps:\n" + "  - {exercise: plank, hold: 3:00:00}\n" * 4
    draft = read(text)
    assert [(finding.line, finding.where) for finding in draft.findings] == [(6, "steps[2]")]


def test_a_text_too_large_to_be_taken_apart_is_read_as_a_whole() -> None:
    text = TEXT + "#" * 50_000 + "\n"
    assert read(text).findings == read(TEXT).findings


def test_more_findings_than_anybody_mends_at_once_are_cut_off_in_the_same_place() -> None:
    text = "format: 1\nname: A\nsteps:\n" + "  - exercise: plank\n    hold: x\n" * 150
    assert read(text).findings == read_document(text, "x", CATALOGUE).findings
