"""The edits that the code editor emits for typing, pasting and dropping."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.editor.conftest import CodeRig
from timer_app.definition.text_edit import TextEdit
from timer_app.ui.editor.text.utf16 import cleaned, shown, to_characters, to_units

STRANGE = "a😀\u2028b\u2029\xa0c\ufdd0\0d\r\te\n\U0001f9d8x"
LETTERS = st.sampled_from(["a", "z", ":", " ", "-", "\n", "é", "😀", "\u2028", "\u2029", "\xa0", "\t", "\r", "\0", "{"])
TEXTS = st.text(LETTERS, max_size=14)
KEYS = st.sampled_from(
    [
        (Qt.Key.Key_A, "a"),
        (Qt.Key.Key_Space, " "),
        (Qt.Key.Key_Return, "\r"),
        (Qt.Key.Key_Backspace, "\b"),
        (Qt.Key.Key_Delete, ""),
        (Qt.Key.Key_Tab, "\t"),
        (Qt.Key.Key_Left, ""),
        (Qt.Key.Key_Up, ""),
        (Qt.Key.Key_End, ""),
        (Qt.Key.Key_Home, ""),
    ]
)
MODIFIERS = st.sampled_from(
    [
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
    ]
)
DEEDS = st.one_of(
    st.tuples(st.just("key"), KEYS, MODIFIERS),
    st.tuples(st.just("paste"), TEXTS, st.none()),
    st.tuples(st.just("compose"), st.sampled_from(["é", "你好", "😀\n"]), st.none()),
    st.tuples(st.just("comment"), st.none(), st.none()),
    st.tuples(st.just("cut"), st.none(), st.none()),
    st.tuples(st.just("select"), st.integers(0, 40), st.integers(0, 40)),
    st.tuples(st.just("drag"), st.integers(0, 40), st.none()),
    st.tuples(st.just("apply"), st.integers(0, 40), TEXTS),
)


def do(code: CodeRig, deed: tuple[str, object, object]) -> None:
    edit, (name, one, other) = code.editor, deed
    if name == "key":
        assert isinstance(one, tuple)
        QTest.keyClick(edit, one[0], other)  # type: ignore[call-overload]
    elif name == "paste":
        data = QMimeData()
        data.setText(str(one))
        edit.insertFromMimeData(data)
    elif name == "compose":
        event = QInputMethodEvent()
        event.setCommitString(str(one))
        QApplication.sendEvent(edit, event)
    elif name == "comment":
        QTest.keyClick(edit, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    elif name == "cut":
        edit.cut()
    elif name == "select":
        assert isinstance(one, int)
        assert isinstance(other, int)
        edit.select(min(one, len(edit.text)), min(other, len(edit.text)))
    elif name == "drag":
        assert isinstance(one, int)
        drag(code, one)
    else:
        assert isinstance(one, int)
        start = min(one, len(edit.text))
        change = TextEdit(start, edit.text[start : start + 2], str(other))
        edit.apply(change)
        code.replayed = change.apply(code.replayed)


def drag(code: CodeRig, target: int) -> None:
    """Move what is selected, as Qt does when it is dropped in its own text: out and in again in one block of edits."""
    edit = code.editor
    data = edit.createMimeDataFromSelection()
    place = QTextCursor(edit.document())
    place.setPosition(to_units(edit.text, min(target, len(edit.text))))
    place.beginEditBlock()
    edit.textCursor().removeSelectedText()
    edit.setTextCursor(place)
    edit.insertFromMimeData(data)
    place.endEditBlock()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.lists(DEEDS, max_size=12))
def test_the_text_is_what_the_changes_say(code: CodeRig, text: str, deeds: list[tuple[str, object, object]]) -> None:
    code.show(text)
    for deed in deeds:
        do(code, deed)
        assert code.editor.text == code.replayed
        held = code.editor.document().toRawText().replace("\u2029", "\n")
        assert held == shown(code.replayed)
        assert code.editor.caret <= len(code.replayed)


@given(st.text(LETTERS, max_size=20), st.data())
def test_units_and_characters_lead_to_one_another(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    units = to_units(text, offset)
    assert to_characters(text, units) == offset
    assert units == len(text[:offset]) + sum(letter > "\uffff" for letter in text[:offset])


def test_half_an_emoji_is_none() -> None:
    assert to_characters("a😀b", 2) == 1
    assert to_characters("abc", 7) == 3


def test_what_is_shown_is_held_to_the_letter(code: CodeRig) -> None:
    code.show(STRANGE)
    assert code.editor.text == STRANGE
    assert code.changes == []
    QTest.keyClicks(code.editor, "x")
    assert code.editor.text == "x" + STRANGE
    assert code.changes == [TextEdit(0, "", "x")]


def test_edits_after_an_emoji_are_in_characters(code: CodeRig) -> None:
    code.show_marked("name: 🧘|\nsteps:")
    QTest.keyClick(code.editor, Qt.Key.Key_X)
    QTest.keyClick(code.editor, Qt.Key.Key_Backspace)
    QTest.keyClick(code.editor, Qt.Key.Key_Backspace)
    assert code.changes == [TextEdit(7, "", "x"), TextEdit(7, "x", ""), TextEdit(6, "🧘", "")]


def test_the_caret_is_emitted_after_the_edit_that_moved_it(code: CodeRig) -> None:
    emitted: list[object] = []
    code.editor.changed.connect(emitted.append)
    code.editor.caret_moved.connect(emitted.append)
    code.show_marked("😀|")
    QTest.keyClicks(code.editor, "ab")
    QTest.keyClick(code.editor, Qt.Key.Key_Return)
    assert emitted == [1, TextEdit(1, "", "a"), 2, TextEdit(2, "", "b"), 3, TextEdit(3, "", "\n"), 4]


def test_what_is_being_composed_is_not_written_yet(code: CodeRig) -> None:
    code.show_marked("a|b")
    QApplication.sendEvent(code.editor, QInputMethodEvent("ni hao", []))
    assert code.changes == []
    event = QInputMethodEvent("", [])
    event.setCommitString("你好")
    QApplication.sendEvent(code.editor, event)
    assert code.changes == [TextEdit(1, "", "你好")]


def test_what_is_pasted_has_the_line_ends_of_unix(code: CodeRig) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("a\r\nb\rc\u2029d\0e\tf\n\t\tg\n  \th")
    QTest.keyClick(code.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert code.editor.text == "a\nb\nc\nde\tf\n    g\n    h"
    assert code.changes == [TextEdit(0, "", code.editor.text)]


def test_what_is_copied_is_what_is_there(code: CodeRig) -> None:
    code.show("a\xa0b\nc")
    QTest.keyClick(code.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(code.editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "a\xa0b\nc"


@pytest.mark.qt_log_ignore("does not support raise")
def test_more_than_a_file_can_hold_is_not_pasted(code: CodeRig) -> None:
    code.show_marked("name: |x")
    data = QMimeData()
    data.setText("y" * (256 * 1024 + 1))
    code.editor.insertFromMimeData(data)
    assert code.marked == "name: |x"
    assert code.changes == []


def test_a_drop_of_the_own_text_moves_it(code: CodeRig) -> None:
    code.show("one 😀\ntwo\n")
    code.editor.select(0, 3)
    cursor = QTextCursor(code.editor.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    place = QPointF(code.editor.cursorRect(cursor).center())
    data = code.editor.createMimeDataFromSelection()
    actions, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    viewport = code.editor.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(place.toPoint(), actions, data, left, none))
    QApplication.sendEvent(viewport, QDropEvent(place, actions, data, left, none))
    assert code.editor.text == "one 😀\ntwo\none"


@pytest.mark.parametrize(("source", "expected"), [("a\x85b", "a\nb"), ("\ud800x", "x"), ("\ufffe\x1b[0m", "[0m")])
def test_what_comes_from_elsewhere_is_cleaned(source: str, expected: str) -> None:
    assert cleaned(source) == expected


def test_an_edit_from_elsewhere_is_applied_and_not_emitted(code: CodeRig) -> None:
    code.show_marked("hold: |30s\n")
    code.editor.apply(TextEdit(6, "30s", "1:00"))
    assert code.marked == "hold: 1:00|\n"
    assert code.changes == []
    with pytest.raises(ValueError, match="another text"):
        code.editor.apply(TextEdit(0, "x", ""))
    assert code.editor.text == "hold: 1:00\n"


def test_without_the_focus_the_caret_stays_with_its_words(code: CodeRig) -> None:
    code.show_marked("name: x\nhold: |30s\n")
    code.after.setFocus()
    code.editor.apply(TextEdit(0, "", "# first\n"))
    assert code.marked == "# first\nname: x\nhold: |30s\n"


def test_a_change_above_leaves_in_view_what_is(code: CodeRig) -> None:
    code.show("".join(f"line{number}: x\n" for number in range(300)))
    code.after.setFocus()
    code.editor.verticalScrollBar().setValue(150)
    assert code.editor.firstVisibleBlock().text() == "line150: x"
    code.editor.apply(TextEdit(0, "", "a\nb\nc\n"))
    assert code.editor.firstVisibleBlock().text() == "line150: x"
    code.editor.apply(TextEdit(0, "a\nb\n", ""))
    assert code.editor.firstVisibleBlock().text() == "line150: x"


def test_the_line_on_top_can_be_taken_away(code: CodeRig) -> None:
    lines = [f"line{number}: x\n" for number in range(300)]
    code.show("".join(lines))
    code.after.setFocus()
    code.editor.verticalScrollBar().setValue(150)
    before = "".join(lines[:149])
    code.editor.apply(TextEdit(len(before), "".join(lines[149:152]), ""))
    assert code.editor.text == before + "".join(lines[152:])
    assert code.editor.firstVisibleBlock().text() == "line152: x"


def test_undoing_is_asked_for(code: CodeRig) -> None:
    asked: list[str] = []
    code.editor.undo_requested.connect(lambda: asked.append("undo"))
    code.editor.redo_requested.connect(lambda: asked.append("redo"))
    QTest.keyClicks(code.editor, "a")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(code.editor, Qt.Key.Key_Z, control)
    QTest.keyClick(code.editor, Qt.Key.Key_Z, control | shift)
    QTest.keyClick(code.editor, Qt.Key.Key_Y, control)
    assert asked == ["undo", "redo", "redo"]
    assert code.editor.text == "a"
