"""What is told of changes: exactly what the text has become, whatever was typed, pasted or dropped."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.editor.conftest import Desk
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


def do(desk: Desk, deed: tuple[str, object, object]) -> None:
    edit, (name, one, other) = desk.edit, deed
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
        edit._select(min(one, len(edit.text)), min(other, len(edit.text)))
    elif name == "drag":
        assert isinstance(one, int)
        drag(desk, one)
    else:
        assert isinstance(one, int)
        start = min(one, len(edit.text))
        change = TextEdit(start, edit.text[start : start + 2], str(other))
        edit.apply(change)
        desk.replayed = change.apply(desk.replayed)


def drag(desk: Desk, target: int) -> None:
    """Move what is selected, as Qt does when it is dropped in its own text: out and in again in one block of edits."""
    edit = desk.edit
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
def test_the_text_is_what_the_changes_say(desk: Desk, text: str, deeds: list[tuple[str, object, object]]) -> None:
    desk.show(text)
    for deed in deeds:
        do(desk, deed)
        assert desk.edit.text == desk.replayed
        held = desk.edit.document().toRawText().replace("\u2029", "\n")
        assert held == shown(desk.replayed)
        assert desk.edit.caret <= len(desk.replayed)


@given(st.text(LETTERS, max_size=20), st.data())
def test_units_and_characters_lead_to_one_another(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    units = to_units(text, offset)
    assert to_characters(text, units) == offset
    assert units == len(text[:offset]) + sum(letter > "\uffff" for letter in text[:offset])


def test_half_an_emoji_is_none() -> None:
    assert to_characters("a😀b", 2) == 1
    assert to_characters("abc", 7) == 3


def test_what_is_shown_is_held_to_the_letter(desk: Desk) -> None:
    desk.show(STRANGE)
    assert desk.edit.text == STRANGE
    assert desk.changes == []
    QTest.keyClicks(desk.edit, "x")
    assert desk.edit.text == "x" + STRANGE
    assert desk.changes == [TextEdit(0, "", "x")]


def test_typing_after_an_emoji_is_told_in_characters(desk: Desk) -> None:
    desk.show_marked("name: 🧘|\nsteps:")
    QTest.keyClick(desk.edit, Qt.Key.Key_X)
    QTest.keyClick(desk.edit, Qt.Key.Key_Backspace)
    QTest.keyClick(desk.edit, Qt.Key.Key_Backspace)
    assert desk.changes == [TextEdit(7, "", "x"), TextEdit(7, "x", ""), TextEdit(6, "🧘", "")]


def test_the_caret_is_told_after_the_change_that_moved_it(desk: Desk) -> None:
    told: list[object] = []
    desk.edit.changed.connect(told.append)
    desk.edit.caret_moved.connect(told.append)
    desk.show_marked("😀|")
    QTest.keyClicks(desk.edit, "ab")
    QTest.keyClick(desk.edit, Qt.Key.Key_Return)
    assert told == [1, TextEdit(1, "", "a"), 2, TextEdit(2, "", "b"), 3, TextEdit(3, "", "\n"), 4]


def test_what_is_being_composed_is_not_written_yet(desk: Desk) -> None:
    desk.show_marked("a|b")
    QApplication.sendEvent(desk.edit, QInputMethodEvent("ni hao", []))
    assert desk.changes == []
    event = QInputMethodEvent("", [])
    event.setCommitString("你好")
    QApplication.sendEvent(desk.edit, event)
    assert desk.changes == [TextEdit(1, "", "你好")]


def test_what_is_pasted_has_the_line_ends_of_unix(desk: Desk) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("a\r\nb\rc\u2029d\0e\tf\n\t\tg\n  \th")
    QTest.keyClick(desk.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.edit.text == "a\nb\nc\nde\tf\n    g\n    h"
    assert desk.changes == [TextEdit(0, "", desk.edit.text)]


def test_what_is_copied_is_what_is_there(desk: Desk) -> None:
    desk.show("a\xa0b\nc")
    QTest.keyClick(desk.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(desk.edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "a\xa0b\nc"


@pytest.mark.qt_log_ignore("does not support raise")
def test_more_than_a_file_can_hold_is_not_pasted(desk: Desk) -> None:
    desk.show_marked("name: |x")
    data = QMimeData()
    data.setText("y" * (256 * 1024 + 1))
    desk.edit.insertFromMimeData(data)
    assert desk.marked == "name: |x"
    assert desk.changes == []


def test_a_drop_of_the_own_text_moves_it(desk: Desk) -> None:
    desk.show("one 😀\ntwo\n")
    desk.edit._select(0, 3)
    cursor = QTextCursor(desk.edit.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    place = QPointF(desk.edit.cursorRect(cursor).center())
    data = desk.edit.createMimeDataFromSelection()
    actions, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    viewport = desk.edit.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(place.toPoint(), actions, data, left, none))
    QApplication.sendEvent(viewport, QDropEvent(place, actions, data, left, none))
    assert desk.edit.text == "one 😀\ntwo\none"


@pytest.mark.parametrize(("source", "expected"), [("a\x85b", "a\nb"), ("\ud800x", "x"), ("\ufffe\x1b[0m", "[0m")])
def test_what_comes_from_elsewhere_is_cleaned(source: str, expected: str) -> None:
    assert cleaned(source) == expected


def test_a_change_from_elsewhere_is_made_and_not_told(desk: Desk) -> None:
    desk.show_marked("hold: |30s\n")
    desk.edit.apply(TextEdit(6, "30s", "1:00"))
    assert desk.marked == "hold: 1:00|\n"
    assert desk.changes == []
    with pytest.raises(ValueError, match="another text"):
        desk.edit.apply(TextEdit(0, "x", ""))
    assert desk.edit.text == "hold: 1:00\n"


def test_without_the_focus_the_caret_stays_with_its_words(desk: Desk) -> None:
    desk.show_marked("name: x\nhold: |30s\n")
    desk.after.setFocus()
    desk.edit.apply(TextEdit(0, "", "# first\n"))
    assert desk.marked == "# first\nname: x\nhold: |30s\n"


def test_a_change_above_leaves_in_view_what_is(desk: Desk) -> None:
    desk.show("".join(f"line{number}: x\n" for number in range(300)))
    desk.after.setFocus()
    desk.edit.verticalScrollBar().setValue(150)
    assert desk.edit.firstVisibleBlock().text() == "line150: x"
    desk.edit.apply(TextEdit(0, "", "a\nb\nc\n"))
    assert desk.edit.firstVisibleBlock().text() == "line150: x"
    desk.edit.apply(TextEdit(0, "a\nb\n", ""))
    assert desk.edit.firstVisibleBlock().text() == "line150: x"


def test_the_line_on_top_can_be_taken_away(desk: Desk) -> None:
    lines = [f"line{number}: x\n" for number in range(300)]
    desk.show("".join(lines))
    desk.after.setFocus()
    desk.edit.verticalScrollBar().setValue(150)
    before = "".join(lines[:149])
    desk.edit.apply(TextEdit(len(before), "".join(lines[149:152]), ""))
    assert desk.edit.text == before + "".join(lines[152:])
    assert desk.edit.firstVisibleBlock().text() == "line152: x"


def test_undoing_is_asked_for(desk: Desk) -> None:
    asked: list[str] = []
    desk.edit.undo_requested.connect(lambda: asked.append("undo"))
    desk.edit.redo_requested.connect(lambda: asked.append("redo"))
    QTest.keyClicks(desk.edit, "a")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.edit, Qt.Key.Key_Z, control)
    QTest.keyClick(desk.edit, Qt.Key.Key_Z, control | shift)
    QTest.keyClick(desk.edit, Qt.Key.Key_Y, control)
    assert asked == ["undo", "redo", "redo"]
    assert desk.edit.text == "a"
