"""The keys of the text of a session, pressed in a real window. In the texts `|` is the caret."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.editor.conftest import CodeRig
from timer_app.definition.text_edit import TextEdit

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


def press(code: CodeRig, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(code.editor, key, modifiers)


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
def test_keys_change_lines(code: CodeRig, key: Qt.Key, modifiers: Qt.KeyboardModifier, before: str, after: str) -> None:
    code.show_marked(before)
    press(code, key, modifiers)
    assert code.marked == after
    assert code.replayed == code.editor.text
    assert len(code.changes) == 1


def test_home_goes_to_the_first_letter(code: CodeRig) -> None:
    code.show_marked("😀\n  hold: 3s|")
    press(code, Qt.Key.Key_Home)
    assert code.marked == "😀\n  |hold: 3s"
    press(code, Qt.Key.Key_Home, SHIFT)
    assert code.editor.selection() == (4, 2)


def test_lines_that_are_moved_keep_every_letter(code: CodeRig) -> None:
    code.show_marked("a\u2028\xa0|\nb")
    press(code, Qt.Key.Key_Down, ALT)
    assert code.marked == "b\na\u2028\xa0|"


def test_a_key_that_changes_nothing_emits_nothing(code: CodeRig) -> None:
    code.show_marked("|a")
    press(code, Qt.Key.Key_Backtab, SHIFT)
    press(code, Qt.Key.Key_Up, ALT)
    assert code.changes == []


def test_escape_and_tab_lead_on(code: CodeRig) -> None:
    press(code, Qt.Key.Key_Escape)
    press(code, Qt.Key.Key_Tab)
    assert code.after.hasFocus()
    assert code.editor.text == ""
    code.editor.setFocus()
    press(code, Qt.Key.Key_Tab)
    assert code.editor.text == "  "


def test_escape_and_shift_with_tab_lead_back(code: CodeRig) -> None:
    press(code, Qt.Key.Key_Escape)
    QTest.keyPress(code.editor, Qt.Key.Key_Shift)
    QTest.keyClick(code.editor, Qt.Key.Key_Backtab, SHIFT)
    assert not code.editor.hasFocus()


def test_another_key_after_escape_forgets_it(code: CodeRig) -> None:
    press(code, Qt.Key.Key_Escape)
    press(code, Qt.Key.Key_X)
    press(code, Qt.Key.Key_Tab)
    assert code.editor.text == "x "


@pytest.mark.parametrize("modifiers", [CONTROL, CONTROL | SHIFT])
def test_control_and_tab_lead_on_at_once(code: CodeRig, modifiers: Qt.KeyboardModifier) -> None:
    press(code, Qt.Key.Key_Tab, modifiers)
    assert not code.editor.hasFocus()
    assert code.editor.text == ""


def test_the_description_says_how_to_leave(code: CodeRig) -> None:
    assert code.editor.accessibleName() == "The session file as text"
    assert "Escape and then Tab" in code.editor.accessibleDescription()
    assert "Escape and then Tab" in code.editor.toolTip()


def claims(code: CodeRig, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether the text keeps a key from the shortcuts of the window."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
    event.ignore()
    QApplication.sendEvent(code.editor, event)
    return event.isAccepted()


def test_its_keys_are_kept_from_the_window(code: CodeRig) -> None:
    assert claims(code, Qt.Key.Key_Z, CONTROL)
    assert claims(code, Qt.Key.Key_F, CONTROL)
    assert claims(code, Qt.Key.Key_Up, ALT)
    assert claims(code, Qt.Key.Key_F8, NONE)
    assert claims(code, Qt.Key.Key_Escape, NONE)
    assert not claims(code, Qt.Key.Key_S, CONTROL)
    assert not claims(code, Qt.Key.Key_F5, NONE)
    press(code, Qt.Key.Key_Escape)
    assert not claims(code, Qt.Key.Key_Escape, NONE)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_the_menu_has_what_the_keys_do(code: CodeRig, qtbot: QtBot) -> None:
    code.show("a\n")
    asked: list[str] = []
    code.editor.undo_requested.connect(lambda: asked.append("undo"))
    place = code.editor.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, code.editor.mapToGlobal(place))
    QApplication.sendEvent(code.editor.viewport(), event)
    menu = code.editor.findChild(QMenu)
    assert menu is not None

    def action(words: str) -> QAction:
        return next(action for action in menu.actions() if action.text() == words)

    assert not action("Cut").isEnabled()
    action("Undo").trigger()
    action("Comment out").trigger()
    assert asked == ["undo"]
    assert code.editor.text == "# a\n"
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_a_place_is_gone_to(code: CodeRig) -> None:
    code.show("a: 😀b\n" * 100)
    moved: list[int] = []
    code.editor.caret_moved.connect(moved.append)
    code.editor.go_to(90, 5)
    assert moved == [89 * 6 + 4]
    middle = code.editor.viewport().height() / 2
    assert abs(code.editor.cursorRect().center().y() - middle) < 2 * code.editor.cursorRect().height()
    scrolled = code.editor.verticalScrollBar().value()
    code.editor.go_to(92, 1)
    code.editor.go_to(90, 5)
    assert code.editor.verticalScrollBar().value() == scrolled
    moved.clear()
    code.editor.go_to(0, 0)
    code.editor.go_to(1_000, 1_000)
    assert moved == [0, len(code.editor.text)]


def test_a_text_that_is_shown_again_keeps_the_caret(code: CodeRig) -> None:
    code.show_marked("a: |b")
    code.editor.show_text("a: b")
    assert code.marked == "a: |b"
    code.editor.show_text("")
    assert code.marked == "|"
    assert code.changes == []


def test_a_marked_word_is_searched(code: CodeRig) -> None:
    code.show("Plank\nside plank\n\nPLANK")
    code.editor.select(6, 10)
    press(code, Qt.Key.Key_F, CONTROL)
    field = code.editor.find_bar.field
    assert field.hasFocus()
    assert code.editor.find_bar.isVisible()
    assert field.text() == "side"
    QTest.keyClicks(field, "plank")
    assert code.editor.selection() == (11, 16)
    assert code.editor.find_bar.count.text() == "2 of 3"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert code.editor.selection() == (18, 23)
    QTest.keyClick(field, Qt.Key.Key_F3)
    assert code.editor.selection() == (0, 5)
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert code.editor.selection() == (18, 23)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert code.editor.hasFocus()
    assert code.editor.find_bar.isHidden()
    assert code.editor.selection() == (18, 23)
    assert code.changes == []


def test_the_bar_says_how_often_it_is_there(code: CodeRig) -> None:
    code.show_marked("|a\na\nb")
    QTest.keyClick(code.editor, Qt.Key.Key_F3)
    assert code.marked == "|a\na\nb"
    press(code, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(code.editor.find_bar.field, "a")
    code.editor.find_bar.next_requested.emit()
    assert code.editor.find_bar.count.text() == "2 of 2"
    code.editor.setFocus()
    press(code, Qt.Key.Key_F3, SHIFT)
    assert code.editor.find_bar.count.text() == "1 of 2"
    assert code.editor.viewport().geometry().top() >= code.editor.find_bar.geometry().bottom()


def test_what_is_not_there_is_not_found(code: CodeRig) -> None:
    code.show_marked("ab|c")
    press(code, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(code.editor.find_bar.field, "b.c")
    assert code.editor.find_bar.count.text() == "None"
    QTest.keyClick(code.editor.find_bar.field, Qt.Key.Key_Return)
    QTest.keyClick(code.editor.find_bar.field, Qt.Key.Key_Down)
    assert code.marked == "ab|c"
    code.editor.find_bar.field.clear()
    assert code.editor.find_bar.count.text() == ""


def test_a_change_is_the_least_there_is(code: CodeRig) -> None:
    code.show_marked("    a|")
    press(code, Qt.Key.Key_Backtab, SHIFT)
    assert code.changes == [TextEdit(2, "  ", "")]
