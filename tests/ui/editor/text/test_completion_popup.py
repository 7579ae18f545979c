"""The list of what can be written: when it comes, what Enter does, and when it goes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.definition.strategies import CATALOGUE
from tests.ui.editor.conftest import Desk
from timer_app.ui.editor.text import completion_popup

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(desk.edit, key, modifiers)


def offered(desk: Desk) -> list[str]:
    return [choice.word for choice in desk.edit._popup.choices]


def chosen(desk: Desk) -> str | None:
    choice = desk.edit._popup.chosen
    return None if choice is None else choice.word


def test_a_key_that_is_begun_is_offered_and_taken_with_enter(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "ste")
    assert offered(desk) == ["steps"]
    assert chosen(desk) == "steps"
    press(desk, Qt.Key.Key_Return)
    assert desk.marked == "steps:\n  - |"
    assert desk.replayed == desk.edit.text


def test_after_a_key_its_words_are_shown_and_enter_stays_enter(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "lev")
    press(desk, Qt.Key.Key_Tab)
    assert desk.marked == "level: |"
    assert offered(desk) == ["gentle", "beginner", "regular", "advanced"]
    assert chosen(desk) is None
    press(desk, Qt.Key.Key_Return)
    assert desk.marked == "level: \n  |"
    assert offered(desk) == []


def test_an_exercise_is_found_by_its_name(desk: Desk) -> None:
    desk.show_marked("steps:\n  - exercise: |")
    QTest.keyClicks(desk.edit, "Child's p")
    assert offered(desk) == ["childs-pose"]
    press(desk, Qt.Key.Key_Return)
    assert desk.marked == "steps:\n  - exercise: childs-pose|"
    assert offered(desk) == []


def test_a_word_that_is_complete_lets_enter_begin_a_line(desk: Desk) -> None:
    desk.show_marked("steps:\n  - exercise: |")
    QTest.keyClicks(desk.edit, "plank")
    assert offered(desk) == ["plank", "side-plank"]
    assert chosen(desk) is None
    press(desk, Qt.Key.Key_Return)
    assert desk.marked == "steps:\n  - exercise: plank\n    |"


def test_the_arrows_choose(desk: Desk) -> None:
    desk.show_marked("steps:\n  - exercise: |")
    press(desk, Qt.Key.Key_Space, CONTROL)
    assert chosen(desk) == "bird-dog"
    press(desk, Qt.Key.Key_Up)
    assert chosen(desk) == "superman"
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_Down)
    assert chosen(desk) == "burpee"
    press(desk, Qt.Key.Key_PageDown)
    assert chosen(desk) == "superman"
    press(desk, Qt.Key.Key_PageUp)
    assert chosen(desk) == "bird-dog"
    press(desk, Qt.Key.Key_Tab)
    assert desk.marked == "steps:\n  - exercise: bird-dog|"


def test_escape_closes_it_and_only_it(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "st")
    press(desk, Qt.Key.Key_Escape)
    assert offered(desk) == []
    press(desk, Qt.Key.Key_Tab)
    assert desk.edit.hasFocus()
    assert desk.edit.text == "st  "


def test_values_are_shown_when_they_are_asked_for(desk: Desk) -> None:
    desk.show_marked("setup: |")
    QTest.keyClicks(desk.edit, "1")
    assert offered(desk) == []
    press(desk, Qt.Key.Key_Space, CONTROL)
    assert offered(desk) == ["10s", "15s"]
    QTest.keyClicks(desk.edit, "5")
    assert offered(desk) == ["15s"]
    press(desk, Qt.Key.Key_Backspace)
    assert offered(desk) == ["10s", "15s"]
    QTest.keyClicks(desk.edit, "7")
    assert offered(desk) == []


def test_it_goes_where_there_is_nothing_to_offer(desk: Desk) -> None:
    desk.show_marked("na|")
    press(desk, Qt.Key.Key_Space, CONTROL)
    assert offered(desk) == ["name"]
    QTest.keyClicks(desk.edit, ":")
    assert offered(desk) == []
    press(desk, Qt.Key.Key_Space, CONTROL)
    assert offered(desk) == []


def test_it_goes_with_the_caret_and_with_the_focus(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "st")
    press(desk, Qt.Key.Key_Left)
    assert offered(desk) == []
    press(desk, Qt.Key.Key_Space, CONTROL)
    assert offered(desk) != []
    desk.after.setFocus()
    assert offered(desk) == []


def test_deleting_does_not_bring_it(desk: Desk) -> None:
    desk.show_marked("step|")
    press(desk, Qt.Key.Key_Backspace)
    assert offered(desk) == []


def test_a_click_takes_a_choice(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "se")
    view = desk.edit._popup._view
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.marked == "setup: |"
    assert desk.edit.hasFocus()


def test_it_stands_at_the_caret_and_in_the_window(desk: Desk) -> None:
    desk.show_marked("steps:\n" + "  - rest: 5s\n" * 100 + "  - exercise: |")
    desk.edit.ensureCursorVisible()
    QTest.keyClicks(desk.edit, "p")
    popup, window = desk.edit._popup, desk.window
    assert popup.isVisible()
    assert window.rect().contains(popup.geometry())
    caret = desk.edit.viewport().mapTo(window, desk.edit.cursorRect().topLeft())
    assert popup.geometry().bottom() < caret.y() + 1
    desk.edit.go_to(1, 7)
    press(desk, Qt.Key.Key_Return)
    QTest.keyClicks(desk.edit, "- e")
    caret = desk.edit.viewport().mapTo(window, desk.edit.cursorRect().bottomLeft())
    assert popup.geometry().top() > caret.y() - 1
    assert popup.geometry().contains(caret + QPoint(10, 20))


def test_it_says_what_it_shows(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(completion_popup, "announce", lambda _widget, text, **_more: told.append(text))
    QTest.keyClicks(desk.edit, "se")
    words = "setup. Time to get into position before each exercise. Left out: 10s. 1 of 1."
    assert told[-1] == words
    model = desk.edit._popup._view.model()
    assert model.index(0, 0).data() == "setup: Time to get into position before each exercise. Left out: 10s."
    assert desk.edit._popup._view.accessibleName() == "What can be written here"
    press(desk, Qt.Key.Key_Tab)
    QTest.keyClicks(desk.edit, "5s")
    press(desk, Qt.Key.Key_Return)
    QTest.keyClicks(desk.edit, "lev")
    press(desk, Qt.Key.Key_Tab)
    assert told[-1] == "4 suggestions"


def test_a_long_explanation_can_be_read_in_its_tooltip(desk: Desk) -> None:
    wild = replace(CATALOGUE["plank"], trains="<b>all</b>")
    desk.edit.show_catalogue({"plank": wild})
    desk.show_marked("steps:\n  - exercise: |")
    press(desk, Qt.Key.Key_Space, CONTROL)
    tip = desk.edit._popup._view.model().index(0, 0).data(int(Qt.ItemDataRole.ToolTipRole))
    assert tip == "<p>Plank. &lt;b&gt;all&lt;/b&gt;</p>"
