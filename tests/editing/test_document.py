from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.definition.strategies import CATALOGUE, sessions
from tests.definition.test_parser import EXAMPLE
from timer_app.definition import format_fields
from timer_app.definition.model import StepPath
from timer_app.definition.serializer import write_session
from timer_app.definition.text_edit import TextEdit
from timer_app.editing.document import TYPING, Document
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.session_file import Content, read_content
from timer_app.editing.step_operations import StepOperations, StepResult
from timer_app.problems import Problem


def document(text: str = EXAMPLE) -> Document:
    return Document(text, DraftReader("x", CATALOGUE), text)


def type_in(made: Document, words: str, at: int) -> None:
    for number, letter in enumerate(words):
        made.apply([TextEdit(at + number, "", letter)], "Type", TYPING)


def undo_all(made: Document) -> int:
    steps = 0
    while made.undo():
        steps += 1
    return steps


def test_undo_takes_back_one_change_and_redo_does_it_again() -> None:
    made = document()
    assert not made.unsaved
    made.set_text(EXAMPLE.replace("1:00", "2:00", 1), "Change hold")
    changed = made.text
    assert (made.undo_label, made.redo_label, made.unsaved) == ("Change hold", "", True)
    assert made.undo() == (TextEdit(EXAMPLE.index("1:00"), "2", "1"),)
    assert (made.text, made.undo_label, made.redo_label, made.unsaved) == (EXAMPLE, "", "Change hold", False)
    assert made.redo() == (TextEdit(EXAMPLE.index("1:00"), "1", "2"),)
    assert made.text == changed
    assert made.redo() == ()
    assert made.set_text(changed, "Nothing") == ()


def test_a_new_change_ends_what_could_be_done_again() -> None:
    made = document()
    made.set_text(EXAMPLE + "#", "One")
    made.undo()
    made.set_text(EXAMPLE + "##", "Two")
    assert made.redo() == ()
    assert undo_all(made) == 1


def test_typing_is_undone_word_by_word() -> None:
    made = document("# ")
    type_in(made, "good old words\n", 2)
    texts = [made.text]
    while made.undo():
        texts.append(made.text)
    assert texts == ["# good old words\n", "# good old words", "# good old ", "# good ", "# "]


def test_deleting_in_one_direction_is_one_step_and_typing_after_it_another() -> None:
    made = document("# abcdef")
    for end in (8, 7, 6):
        made.apply([TextEdit(end - 1, "# abcdef"[end - 1], "")], "Type", TYPING)
    made.apply([TextEdit(2, "a", "")], "Type", TYPING)
    made.apply([TextEdit(2, "b", "")], "Type", TYPING)
    made.apply([TextEdit(2, "", "x")], "Type", TYPING)
    assert made.text == "# xc"
    assert undo_all(made) == 3


def test_a_long_word_is_undone_in_parts() -> None:
    made = document("#")
    type_in(made, "x" * 100, 1)
    assert undo_all(made) == 3


def test_a_field_is_one_step_until_it_is_left() -> None:
    made = document("a: \n")
    for at in (3, 4):
        made.apply([TextEdit(at, "", "1")], "Change a", "a")
    made.commit()
    made.apply([TextEdit(5, "", "1")], "Change a", "a")
    made.apply([TextEdit(6, "", "1")], "Change b", "b")
    assert undo_all(made) == 3


def test_what_is_done_after_saving_is_a_step_of_its_own() -> None:
    made = document("#")
    type_in(made, "a", 1)
    made.mark_saved()
    type_in(made, "b", 2)
    made.undo()
    assert (made.text, made.unsaved) == ("#a", False)
    made.mark_on_disk(None)
    assert made.unsaved


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int, str]]]:
    """A session's text, and what is done to it: with the form, or by hand."""
    text = draw(st.sampled_from([EXAMPLE]) | sessions.map(write_session))
    kinds = st.sampled_from(["type", "cut", "value", "insert", "remove", "move", "copy", "wrap", "unwrap", "undo"])
    words = st.sampled_from(["x", " ", "\n", "- ", '"', "# a\n", "30s", "{", "é😀", "  - rest: 5s\n"])
    return text, draw(st.lists(st.tuples(kinds, st.integers(0, 999), st.integers(0, 999), words), max_size=12))


KEYS: dict[object, str] = {format_fields.REST_KEYS: "rest", format_fields.ROUNDS_KEYS: "rounds"}


def do(made: Document, operations: StepOperations, deed: tuple[str, int, int, str]) -> None:
    """Do one thing to a document, as a person could."""
    kind, first, second, words = deed
    text, draft = made.text, made.draft
    paths: list[StepPath] = [place.path for place in draft.places()]
    if kind == "type":
        made.apply([TextEdit(first % (len(text) + 1), "", words)], kind, TYPING)
    elif kind == "cut":
        start = first % (len(text) + 1)
        made.apply([TextEdit(start, text[start : start + second % 30], "")], kind, TYPING)
    elif kind == "undo":
        made.undo()
    elif paths:
        path, other = paths[first % len(paths)], paths[second % len(paths)]
        place = draft.place(path)
        keys = place.keys if place is not None else ()
        ways: dict[str, Callable[[], StepResult]] = {
            "value": lambda: operations.set_values(draft, path, {KEYS.get(keys, "sets"): second % 9}),
            "insert": lambda: operations.insert(draft, path, ["- rest: 7s\n"]),
            "remove": lambda: operations.remove(draft, [path, other]),
            "move": lambda: operations.move(draft, [path], other),
            "copy": lambda: operations.duplicate(draft, [path]),
            "wrap": lambda: operations.wrap(draft, [path]),
            "unwrap": lambda: operations.unwrap(draft, path),
        }
        result = ways[kind]()
        if result.edits:
            made.apply(result.edits, kind, f"{path}" if kind == "value" else "")
        assert made.text == result.text


def undo_to_the_first(text: str, done: list[tuple[str, int, int, str]]) -> None:
    content = Content(("\ufeff" + text.replace("\n", "\r\n")).encode(), text)
    reader = DraftReader("x", CATALOGUE)
    made, operations = Document(text, reader, text), StepOperations(reader)
    for deed in done:
        try:
            do(made, operations, deed)
        except Problem:
            continue
    last = made.text
    steps = undo_all(made)
    assert made.text == text
    assert content.with_text(made.text).raw == content.raw
    for _step in range(steps):
        made.redo()
    assert made.text == last


@settings(max_examples=40, deadline=None)
@given(edits())
def test_undoing_all_gives_the_first_text_back_to_the_byte(made: tuple[str, list[tuple[str, int, int, str]]]) -> None:
    undo_to_the_first(*made)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(max_examples=1_000, deadline=None)
@given(edits())
def test_undoing_all_after_a_thousand_ways_of_editing(made: tuple[str, list[tuple[str, int, int, str]]]) -> None:
    undo_to_the_first(*made)


def test_a_change_for_another_text_is_refused(tmp_path: Path) -> None:
    made = document()
    with pytest.raises(ValueError, match="another text"):
        made.apply([TextEdit(0, "nothing of the sort", "")], "x")
    file = tmp_path / "x.session.yaml"
    file.write_bytes(b"a: 1\r\n")
    assert read_content(file).text == "a: 1\n"
