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


def type_in(doc: Document, words: str, at: int) -> None:
    for number, letter in enumerate(words):
        doc.apply([TextEdit(at + number, "", letter)], "Type", TYPING)


def undo_all(doc: Document) -> int:
    steps = 0
    while doc.undo():
        steps += 1
    return steps


def test_undo_takes_back_one_change_and_redo_does_it_again() -> None:
    doc = document()
    assert not doc.unsaved
    doc.set_text(EXAMPLE.replace("1:00", "2:00", 1), "Change hold")
    changed = doc.text
    assert (doc.undo_label, doc.redo_label, doc.unsaved) == ("Change hold", "", True)
    assert doc.undo() == (TextEdit(EXAMPLE.index("1:00"), "2", "1"),)
    assert (doc.text, doc.undo_label, doc.redo_label, doc.unsaved) == (EXAMPLE, "", "Change hold", False)
    assert doc.redo() == (TextEdit(EXAMPLE.index("1:00"), "1", "2"),)
    assert doc.text == changed
    assert doc.redo() == ()
    assert doc.set_text(changed, "Nothing") == ()


def test_a_new_change_ends_what_could_be_done_again() -> None:
    doc = document()
    doc.set_text(EXAMPLE + "#", "One")
    doc.undo()
    doc.set_text(EXAMPLE + "##", "Two")
    assert doc.redo() == ()
    assert undo_all(doc) == 1


def test_typing_is_undone_word_by_word() -> None:
    doc = document("# ")
    type_in(doc, "good old words\n", 2)
    texts = [doc.text]
    while doc.undo():
        texts.append(doc.text)
    assert texts == ["# good old words\n", "# good old words", "# good old ", "# good ", "# "]


def test_deleting_in_one_direction_is_one_step_and_typing_after_it_another() -> None:
    doc = document("# abcdef")
    for end in (8, 7, 6):
        doc.apply([TextEdit(end - 1, "# abcdef"[end - 1], "")], "Type", TYPING)
    doc.apply([TextEdit(2, "a", "")], "Type", TYPING)
    doc.apply([TextEdit(2, "b", "")], "Type", TYPING)
    doc.apply([TextEdit(2, "", "x")], "Type", TYPING)
    assert doc.text == "# xc"
    assert undo_all(doc) == 3


def test_a_long_word_is_undone_in_parts() -> None:
    doc = document("#")
    type_in(doc, "x" * 100, 1)
    assert undo_all(doc) == 3


def test_a_field_is_one_step_until_it_is_left() -> None:
    doc = document("a: \n")
    for at in (3, 4):
        doc.apply([TextEdit(at, "", "1")], "Change a", "a")
    doc.commit()
    doc.apply([TextEdit(5, "", "1")], "Change a", "a")
    doc.apply([TextEdit(6, "", "1")], "Change b", "b")
    assert undo_all(doc) == 3


def test_what_is_done_after_saving_is_a_step_of_its_own() -> None:
    doc = document("#")
    type_in(doc, "a", 1)
    doc.mark_saved()
    type_in(doc, "b", 2)
    doc.undo()
    assert (doc.text, doc.unsaved) == ("#a", False)
    doc.mark_on_disk(None)
    assert doc.unsaved


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int, str]]]:
    """A session's text, and what is done to it: with the form, or by hand."""
    text = draw(st.sampled_from([EXAMPLE]) | sessions.map(write_session))
    kinds = st.sampled_from(["type", "cut", "value", "insert", "remove", "move", "copy", "wrap", "unwrap", "undo"])
    words = st.sampled_from(["x", " ", "\n", "- ", '"', "# a\n", "30s", "{", "é😀", "  - rest: 5s\n"])
    return text, draw(st.lists(st.tuples(kinds, st.integers(0, 999), st.integers(0, 999), words), max_size=12))


KEYS: dict[object, str] = {format_fields.REST_KEYS: "rest", format_fields.ROUNDS_KEYS: "rounds"}


def do(doc: Document, operations: StepOperations, deed: tuple[str, int, int, str]) -> None:
    """Do one thing to a document, as a person could."""
    kind, first, second, words = deed
    text, draft = doc.text, doc.draft
    paths: list[StepPath] = [place.path for place in draft.places()]
    if kind == "type":
        doc.apply([TextEdit(first % (len(text) + 1), "", words)], kind, TYPING)
    elif kind == "cut":
        start = first % (len(text) + 1)
        doc.apply([TextEdit(start, text[start : start + second % 30], "")], kind, TYPING)
    elif kind == "undo":
        doc.undo()
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
            doc.apply(result.edits, kind, f"{path}" if kind == "value" else "")
        assert doc.text == result.text


def undo_to_the_first(text: str, done: list[tuple[str, int, int, str]]) -> None:
    content = Content(("\ufeff" + text.replace("\n", "\r\n")).encode(), text)
    reader = DraftReader("x", CATALOGUE)
    doc, operations = Document(text, reader, text), StepOperations(reader)
    for deed in done:
        try:
            do(doc, operations, deed)
        except Problem:
            continue
    last = doc.text
    steps = undo_all(doc)
    assert doc.text == text
    assert content.with_text(doc.text).raw == content.raw
    for _step in range(steps):
        doc.redo()
    assert doc.text == last


@settings(max_examples=40, deadline=None)
@given(edits())
def test_undoing_all_gives_the_first_text_back_to_the_byte(doc: tuple[str, list[tuple[str, int, int, str]]]) -> None:
    undo_to_the_first(*doc)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(max_examples=1_000, deadline=None)
@given(edits())
def test_undoing_all_after_a_thousand_ways_of_editing(doc: tuple[str, list[tuple[str, int, int, str]]]) -> None:
    undo_to_the_first(*doc)


def test_a_change_for_another_text_is_refused(tmp_path: Path) -> None:
    doc = document()
    with pytest.raises(ValueError, match="another text"):
        doc.apply([TextEdit(0, "nothing of the sort", "")], "x")
    file = tmp_path / "x.session.yaml"
    file.write_bytes(b"a: 1\r\n")
    assert read_content(file).text == "a: 1\n"
