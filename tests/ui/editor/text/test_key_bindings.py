"""The keys of the text of a session, pressed in a real window. In the texts `|` is the caret."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.editor.conftest import Desk
from timer_app.definition.text_edit import TextEdit

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


def press(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(desk.edit, key, modifiers)


@pytest.mark.parametrize(
    ("key", "modifiers", "before", "after"),
    [
        (Qt.Key.Key_Return, NONE, "  - rest: 5s|", "  - rest: 5s\n    |"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "steps:|", "steps:\n  |"),
        (Qt.Key.Key_Return, SHIFT, "a: b|", "a: b\n|"),
        (Qt.Key.Key_Tab, NONE, "|hold: 3s", "  |hold: 3s"),
        (Qt.Key.Key_Backtab, SHIFT, "  |hold: 3s", "|hold: 3s"),
        (Qt.Key.Key_Slash, CONTROL, "hold: 3s|", "# hold: 3s|"),
        (Qt.Key.Key_Slash, CONTROL | SHIFT, "# hold: 3s|", "hold: 3s|"),
        (Qt.Key.Key_Backspace, NONE, "    |a", "  |a"),
        (Qt.Key.Key_Backspace, NONE, "  a|b", "  |b"),
        (Qt.Key.Key_Up, ALT, "a\nb|", "b|\na"),
        (Qt.Key.Key_Down, ALT, "a|\nb", "b\na|"),
    ],
)
def test_keys_change_lines(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, before: str, after: str) -> None:
    desk.show_marked(before)
    press(desk, key, modifiers)
    assert desk.marked == after
    assert desk.replayed == desk.edit.text
    assert len(desk.changes) == 1


def test_home_goes_to_the_first_letter(desk: Desk) -> None:
    desk.show_marked("😀\n  hold: 3s|")
    press(desk, Qt.Key.Key_Home)
    assert desk.marked == "😀\n  |hold: 3s"
    press(desk, Qt.Key.Key_Home, SHIFT)
    assert desk.edit._selection() == (4, 2)


def test_lines_that_are_moved_keep_every_letter(desk: Desk) -> None:
    desk.show_marked("a\u2028\xa0|\nb")
    press(desk, Qt.Key.Key_Down, ALT)
    assert desk.marked == "b\na\u2028\xa0|"


def test_a_key_that_changes_nothing_tells_nothing(desk: Desk) -> None:
    desk.show_marked("|a")
    press(desk, Qt.Key.Key_Backtab, SHIFT)
    press(desk, Qt.Key.Key_Up, ALT)
    assert desk.changes == []


def test_escape_and_tab_lead_on(desk: Desk) -> None:
    press(desk, Qt.Key.Key_Escape)
    press(desk, Qt.Key.Key_Tab)
    assert desk.after.hasFocus()
    assert desk.edit.text == ""
    desk.edit.setFocus()
    press(desk, Qt.Key.Key_Tab)
    assert desk.edit.text == "  "


def test_escape_and_shift_with_tab_lead_back(desk: Desk) -> None:
    press(desk, Qt.Key.Key_Escape)
    QTest.keyPress(desk.edit, Qt.Key.Key_Shift)
    QTest.keyClick(desk.edit, Qt.Key.Key_Backtab, SHIFT)
    assert not desk.edit.hasFocus()


def test_another_key_after_escape_forgets_it(desk: Desk) -> None:
    press(desk, Qt.Key.Key_Escape)
    press(desk, Qt.Key.Key_X)
    press(desk, Qt.Key.Key_Tab)
    assert desk.edit.text == "x "


@pytest.mark.parametrize("modifiers", [CONTROL, CONTROL | SHIFT])
def test_control_and_tab_lead_on_at_once(desk: Desk, modifiers: Qt.KeyboardModifier) -> None:
    press(desk, Qt.Key.Key_Tab, modifiers)
    assert not desk.edit.hasFocus()
    assert desk.edit.text == ""


def test_how_to_leave_is_told(desk: Desk) -> None:
    assert desk.edit.accessibleName() == "The session file as text"
    assert "Escape and then Tab" in desk.edit.accessibleDescription()
    assert "Escape and then Tab" in desk.edit.toolTip()


def claims(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether the text keeps a key from the shortcuts of the window."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
    event.ignore()
    QApplication.sendEvent(desk.edit, event)
    return event.isAccepted()


def test_its_keys_are_kept_from_the_window(desk: Desk) -> None:
    assert claims(desk, Qt.Key.Key_Z, CONTROL)
    assert claims(desk, Qt.Key.Key_F, CONTROL)
    assert claims(desk, Qt.Key.Key_Up, ALT)
    assert claims(desk, Qt.Key.Key_F8, NONE)
    assert claims(desk, Qt.Key.Key_Escape, NONE)
    assert not claims(desk, Qt.Key.Key_S, CONTROL)
    assert not claims(desk, Qt.Key.Key_F5, NONE)
    press(desk, Qt.Key.Key_Escape)
    assert not claims(desk, Qt.Key.Key_Escape, NONE)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_the_menu_has_what_the_keys_do(desk: Desk, qtbot: QtBot) -> None:
    desk.show("a\n")
    asked: list[str] = []
    desk.edit.undo_requested.connect(lambda: asked.append("undo"))
    place = desk.edit.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, desk.edit.mapToGlobal(place))
    QApplication.sendEvent(desk.edit.viewport(), event)
    menu = desk.edit.findChild(QMenu)
    assert menu is not None

    def action(words: str) -> QAction:
        return next(action for action in menu.actions() if action.text() == words)

    assert not action("Cut").isEnabled()
    action("Undo").trigger()
    action("Comment out").trigger()
    assert asked == ["undo"]
    assert desk.edit.text == "# a\n"
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_a_place_is_gone_to(desk: Desk) -> None:
    desk.show("a: 😀b\n" * 100)
    moved: list[int] = []
    desk.edit.caret_moved.connect(moved.append)
    desk.edit.go_to(90, 5)
    assert moved == [89 * 6 + 4]
    middle = desk.edit.viewport().height() / 2
    assert abs(desk.edit.cursorRect().center().y() - middle) < 2 * desk.edit.cursorRect().height()
    scrolled = desk.edit.verticalScrollBar().value()
    desk.edit.go_to(92, 1)
    desk.edit.go_to(90, 5)
    assert desk.edit.verticalScrollBar().value() == scrolled
    moved.clear()
    desk.edit.go_to(0, 0)
    desk.edit.go_to(1_000, 1_000)
    assert moved == [0, len(desk.edit.text)]


def test_a_text_that_is_shown_again_keeps_the_caret(desk: Desk) -> None:
    desk.show_marked("a: |b")
    desk.edit.show_text("a: b")
    assert desk.marked == "a: |b"
    desk.edit.show_text("")
    assert desk.marked == "|"
    assert desk.changes == []


def test_a_marked_word_is_searched(desk: Desk) -> None:
    desk.show("Plank\nside plank\n\nPLANK")
    desk.edit._select(6, 10)
    press(desk, Qt.Key.Key_F, CONTROL)
    field = desk.edit._find.field
    assert field.hasFocus()
    assert desk.edit._find.isVisible()
    assert field.text() == "side"
    QTest.keyClicks(field, "plank")
    assert desk.edit._selection() == (11, 16)
    assert desk.edit._find._count.text() == "2 of 3"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.edit._selection() == (18, 23)
    QTest.keyClick(field, Qt.Key.Key_F3)
    assert desk.edit._selection() == (0, 5)
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert desk.edit._selection() == (18, 23)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert desk.edit.hasFocus()
    assert desk.edit._find.isHidden()
    assert desk.edit._selection() == (18, 23)
    assert desk.changes == []


def test_the_bar_says_how_often_it_is_there(desk: Desk) -> None:
    desk.show_marked("|a\na\nb")
    QTest.keyClick(desk.edit, Qt.Key.Key_F3)
    assert desk.marked == "|a\na\nb"
    press(desk, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(desk.edit._find.field, "a")
    desk.edit._find.next_requested.emit()
    assert desk.edit._find._count.text() == "2 of 2"
    desk.edit.setFocus()
    press(desk, Qt.Key.Key_F3, SHIFT)
    assert desk.edit._find._count.text() == "1 of 2"
    assert desk.edit.viewport().geometry().top() >= desk.edit._find.geometry().bottom()


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    desk.show_marked("ab|c")
    press(desk, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(desk.edit._find.field, "b.c")
    assert desk.edit._find._count.text() == "None"
    QTest.keyClick(desk.edit._find.field, Qt.Key.Key_Return)
    QTest.keyClick(desk.edit._find.field, Qt.Key.Key_Down)
    assert desk.marked == "ab|c"
    desk.edit._find.field.clear()
    assert desk.edit._find._count.text() == ""


def test_a_change_is_the_least_there_is(desk: Desk) -> None:
    desk.show_marked("    a|")
    press(desk, Qt.Key.Key_Backtab, SHIFT)
    assert desk.changes == [TextEdit(2, "  ", "")]
