"""The list of what can be written: when it comes, what Enter does, and when it goes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.definition.strategies import CATALOGUE
from tests.ui.editor.conftest import CodeRig
from timer_app.ui.editor.text import completion_popup

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(code: CodeRig, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(code.editor, key, modifiers)


def offered(code: CodeRig) -> list[str]:
    return [choice.word for choice in code.editor.popup.choices]


def chosen(code: CodeRig) -> str | None:
    choice = code.editor.popup.chosen
    return None if choice is None else choice.word


def test_a_key_that_is_begun_is_offered_and_taken_with_enter(code: CodeRig) -> None:
    QTest.keyClicks(code.editor, "ste")
    assert offered(code) == ["steps"]
    assert chosen(code) == "steps"
    press(code, Qt.Key.Key_Return)
    assert code.marked == "steps:\n  - |"
    assert code.replayed == code.editor.text


def test_after_a_key_its_words_are_shown_and_enter_stays_enter(code: CodeRig) -> None:
    QTest.keyClicks(code.editor, "lev")
    press(code, Qt.Key.Key_Tab)
    assert code.marked == "level: |"
    assert offered(code) == ["gentle", "beginner", "regular", "advanced"]
    assert chosen(code) is None
    press(code, Qt.Key.Key_Return)
    assert code.marked == "level: \n  |"
    assert offered(code) == []


def test_an_exercise_is_found_by_its_name(code: CodeRig) -> None:
    code.show_marked("steps:\n  - exercise: |")
    QTest.keyClicks(code.editor, "Child's p")
    assert offered(code) == ["childs-pose"]
    press(code, Qt.Key.Key_Return)
    assert code.marked == "steps:\n  - exercise: childs-pose|"
    assert offered(code) == []


def test_a_word_that_is_complete_lets_enter_begin_a_line(code: CodeRig) -> None:
    code.show_marked("steps:\n  - exercise: |")
    QTest.keyClicks(code.editor, "plank")
    assert offered(code) == ["plank", "side-plank"]
    assert chosen(code) is None
    press(code, Qt.Key.Key_Return)
    assert code.marked == "steps:\n  - exercise: plank\n    |"


def test_the_arrows_choose(code: CodeRig) -> None:
    code.show_marked("steps:\n  - exercise: |")
    press(code, Qt.Key.Key_Space, CONTROL)
    assert chosen(code) == "bird-dog"
    press(code, Qt.Key.Key_Up)
    assert chosen(code) == "superman"
    press(code, Qt.Key.Key_Down)
    press(code, Qt.Key.Key_Down)
    assert chosen(code) == "burpee"
    press(code, Qt.Key.Key_PageDown)
    assert chosen(code) == "superman"
    press(code, Qt.Key.Key_PageUp)
    assert chosen(code) == "bird-dog"
    press(code, Qt.Key.Key_Tab)
    assert code.marked == "steps:\n  - exercise: bird-dog|"


def test_escape_closes_it_and_only_it(code: CodeRig) -> None:
    QTest.keyClicks(code.editor, "st")
    press(code, Qt.Key.Key_Escape)
    assert offered(code) == []
    press(code, Qt.Key.Key_Tab)
    assert code.editor.hasFocus()
    assert code.editor.text == "st  "


def test_values_are_shown_when_they_are_asked_for(code: CodeRig) -> None:
    code.show_marked("setup: |")
    QTest.keyClicks(code.editor, "1")
    assert offered(code) == []
    press(code, Qt.Key.Key_Space, CONTROL)
    assert offered(code) == ["10s", "15s"]
    QTest.keyClicks(code.editor, "5")
    assert offered(code) == ["15s"]
    press(code, Qt.Key.Key_Backspace)
    assert offered(code) == ["10s", "15s"]
    QTest.keyClicks(code.editor, "7")
    assert offered(code) == []


def test_it_goes_where_there_is_nothing_to_offer(code: CodeRig) -> None:
    code.show_marked("na|")
    press(code, Qt.Key.Key_Space, CONTROL)
    assert offered(code) == ["name"]
    QTest.keyClicks(code.editor, ":")
    assert offered(code) == []
    press(code, Qt.Key.Key_Space, CONTROL)
    assert offered(code) == []


def test_it_goes_with_the_caret_and_with_the_focus(code: CodeRig) -> None:
    QTest.keyClicks(code.editor, "st")
    press(code, Qt.Key.Key_Left)
    assert offered(code) == []
    press(code, Qt.Key.Key_Space, CONTROL)
    assert offered(code) != []
    code.after.setFocus()
    assert offered(code) == []


def test_deleting_does_not_bring_it(code: CodeRig) -> None:
    code.show_marked("step|")
    press(code, Qt.Key.Key_Backspace)
    assert offered(code) == []


def test_a_click_takes_a_choice(code: CodeRig) -> None:
    QTest.keyClicks(code.editor, "se")
    view = code.editor.popup.list
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert code.marked == "setup: |"
    assert code.editor.hasFocus()


def test_it_stands_at_the_caret_and_in_the_window(code: CodeRig) -> None:
    code.show_marked("steps:\n" + "  - rest: 5s\n" * 100 + "  - exercise: |")
    code.editor.ensureCursorVisible()
    QTest.keyClicks(code.editor, "p")
    popup, window = code.editor.popup, code.window
    assert popup.isVisible()
    assert window.rect().contains(popup.geometry())
    caret = code.editor.viewport().mapTo(window, code.editor.cursorRect().topLeft())
    assert popup.geometry().bottom() < caret.y() + 1
    code.editor.go_to(1, 7)
    press(code, Qt.Key.Key_Return)
    QTest.keyClicks(code.editor, "- e")
    caret = code.editor.viewport().mapTo(window, code.editor.cursorRect().bottomLeft())
    assert popup.geometry().top() > caret.y() - 1
    assert popup.geometry().contains(caret + QPoint(10, 20))


def test_it_says_what_it_shows(code: CodeRig, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(completion_popup, "announce", lambda _widget, text, **_more: announced.append(text))
    QTest.keyClicks(code.editor, "se")
    words = "setup. Time to get into position before each exercise. Left out: 10s. 1 of 1."
    assert announced[-1] == words
    model = code.editor.popup.list.model()
    assert model.index(0, 0).data() == "setup: Time to get into position before each exercise. Left out: 10s."
    assert code.editor.popup.list.accessibleName() == "What can be written here"
    press(code, Qt.Key.Key_Tab)
    QTest.keyClicks(code.editor, "5s")
    press(code, Qt.Key.Key_Return)
    QTest.keyClicks(code.editor, "lev")
    press(code, Qt.Key.Key_Tab)
    assert announced[-1] == "4 suggestions"


def test_a_long_explanation_can_be_read_in_its_tooltip(code: CodeRig) -> None:
    wild = replace(CATALOGUE["plank"], trains="<b>all</b>")
    code.editor.show_catalogue({"plank": wild})
    code.show_marked("steps:\n  - exercise: |")
    press(code, Qt.Key.Key_Space, CONTROL)
    tip = code.editor.popup.list.model().index(0, 0).data(int(Qt.ItemDataRole.ToolTipRole))
    assert tip == "<p>Plank. &lt;b&gt;all&lt;/b&gt;</p>"
