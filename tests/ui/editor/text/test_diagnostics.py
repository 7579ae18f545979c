"""The problems of a text: where they are underlined, told and gone to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QTextCharFormat, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.definition.strategies import CATALOGUE
from tests.ui.editor.conftest import Desk
from timer_app.definition.parser import check_session
from timer_app.definition.text_edit import TextEdit
from timer_app.problems import Finding
from timer_app.settings import Appearance, Settings
from timer_app.ui.editor.text import code_editor
from timer_app.ui.look.theme import DARK, LIGHT, Theme

TEXT = """format: 1
name: 🧘 Sore back
level: gentel
steps:
  - exercise: plnk
    hold: sixty  # x
"""


def found(desk: Desk) -> list[str]:
    """Return what is underlined."""
    return [mark.cursor.selectedText() for mark in desk.edit._findings.marks]


def show_wrong(desk: Desk, text: str = TEXT) -> None:
    desk.show(text)
    desk.edit.show_findings(check_session(text, "x", CATALOGUE))


def at(line: int, column: int, problem: str = "wrong") -> Finding:
    return Finding("x", line, column, "", problem, "")


def test_the_words_that_are_wrong_are_underlined(desk: Desk) -> None:
    show_wrong(desk)
    assert found(desk) == ["gentel", "plnk", "sixty"]
    waves = desk.edit.extraSelections()
    assert len(waves) == 3
    assert {wave.format.underlineStyle() for wave in waves} == {QTextCharFormat.UnderlineStyle.WaveUnderline}


@pytest.mark.parametrize(
    ("line", "column", "word"),
    [
        (2, 7, "🧘"),
        (2, 9, "Sore"),
        (1, 7, ":"),
        (3, 99, "level: gentel"),
        (5, 1, "- exercise: plnk"),
        (7, 1, ""),
        (99, 1, ""),
        (0, 0, "format"),
    ],
)
def test_a_place_is_underlined_to_the_end_of_its_word_or_line(desk: Desk, line: int, column: int, word: str) -> None:
    desk.show(TEXT)
    desk.edit.show_findings([at(line, column)])
    assert found(desk) == [word]


def test_they_stay_with_their_words(desk: Desk) -> None:
    show_wrong(desk)
    desk.edit.apply(TextEdit(0, "", "# first\n"))
    assert found(desk) == ["gentel", "plnk", "sixty"]
    assert desk.edit._findings.lines() == {3, 5, 6}


def test_f8_goes_round_and_tells(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(code_editor, "announce", lambda _widget, text, **_more: told.append(text))
    show_wrong(desk)
    for _turn in range(4):
        QTest.keyClick(desk.edit, Qt.Key.Key_F8)
    assert [words.partition(":")[0] for words in told] == [
        "Problem 1 of 3, line 3",
        "Problem 2 of 3, line 5",
        "Problem 3 of 3, line 6",
        "Problem 1 of 3, line 3",
    ]
    assert told[0].endswith('"gentel" is not a word for this; did you mean gentle?')
    QTest.keyClick(desk.edit, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert told[-1].startswith("Problem 3 of 3, line 6")
    assert desk.marked.endswith("hold: |sixty  # x\n")


def test_f8_says_when_all_is_well(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(code_editor, "announce", lambda _widget, text, **_more: told.append(text))
    desk.show_marked("a: |b")
    QTest.keyClick(desk.edit, Qt.Key.Key_F8)
    QTest.keyClick(desk.edit, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert told == ["There is no problem."] * 2
    assert desk.marked == "a: |b"


def test_the_problem_of_the_carets_line_is_in_the_description(desk: Desk) -> None:
    show_wrong(desk)
    assert "gentel" not in desk.edit.accessibleDescription()
    desk.edit.go_to(3, 1)
    assert desk.edit.accessibleDescription().startswith('"gentel" is not a word for this')
    desk.edit.show_findings(())
    assert "gentel" not in desk.edit.accessibleDescription()


def hover(widget: QWidget, point: QPoint) -> str:
    """Return the words of the tooltip under a point, as they are seen."""
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point)))
    seen = QTextDocument()
    seen.setHtml(QToolTip.text() if QToolTip.isVisible() else "")
    QToolTip.hideText()
    return seen.toPlainText()


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_words_are_told_under_the_mouse_as_they_are_written(desk: Desk) -> None:
    desk.show("name: <b>x</b>\n")
    desk.edit.show_findings([at(1, 7, '"<b>x</b>" & more is not well')])
    desk.edit.go_to(1, 8)
    place = desk.edit.cursorRect().center()
    assert hover(desk.edit.viewport(), place) == '"<b>x</b>" & more is not well'
    desk.edit.go_to(1, 2)
    assert desk.edit._under(desk.edit.cursorRect().center()) == ()
    assert "Escape and then Tab" in hover(desk.edit.viewport(), QPoint(5, desk.edit.viewport().height() - 5))


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_margin_tells_and_leads_to_the_line(desk: Desk) -> None:
    show_wrong(desk)
    margin = desk.edit._line_numbers
    places = [place for _number, place in desk.edit.lines_in_view()]
    assert hover(margin, QPoint(4, round(places[2].center().y()))).startswith('"gentel" is not a word')
    assert "Escape and then Tab" in hover(margin, QPoint(4, round(places[0].center().y())))
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(4, round(places[4].center().y())))
    assert desk.marked.partition("|")[2].startswith("  - exercise: plnk")
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(4, margin.height() - 2))
    assert desk.marked.partition("|")[2].startswith("  - exercise: plnk")


def colours_in(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_margin_has_a_sign_beside_a_problem_alone(desk: Desk) -> None:
    desk.show(TEXT)
    wave = LIGHT.code.wave.name()
    assert wave not in colours_in(desk.edit._line_numbers)
    show_wrong(desk, TEXT + "x: y\n")
    assert wave in colours_in(desk.edit._line_numbers)


def test_the_margin_has_room_for_every_number(desk: Desk) -> None:
    desk.show("a\n" * 20)
    narrow = desk.edit._line_numbers.width()
    desk.edit.apply(TextEdit(0, "", "a\n" * 20_000))
    assert desk.edit._line_numbers.width() >= narrow + 3 * desk.edit.fontMetrics().horizontalAdvance("0")
    left = desk.edit._line_numbers.mapTo(desk.edit, desk.edit._line_numbers.rect().topRight()).x()
    assert left < desk.edit.viewport().x()


def ground(desk: Desk, line: int) -> QColor:
    """Return the colour at the right end of a line."""
    place = next(place for number, place in desk.edit.lines_in_view() if number == line - 1)
    image = desk.edit.viewport().grab().toImage()
    return image.pixelColor(image.width() - 3, round(place.center().y()))


def test_the_lines_of_a_step_are_tinted(desk: Desk) -> None:
    desk.show(TEXT)
    desk.edit.mark_lines(5, 6)
    assert ground(desk, 1) == LIGHT.hover
    assert ground(desk, 4) == LIGHT.surface
    assert ground(desk, 5) == ground(desk, 6) == LIGHT.selected
    desk.edit.mark_lines(1, 0)
    assert ground(desk, 5) == LIGHT.surface
    desk.edit.mark_lines(1, 6)
    show_wrong(desk)
    desk.show("a\n" * 9)
    assert ground(desk, 5) == LIGHT.surface
    assert found(desk) == []


def test_what_is_found_is_on_a_ground_of_its_own(desk: Desk) -> None:
    desk.show("a: b\nplank: 😀 plank\n")
    viewport = desk.edit.viewport()
    assert LIGHT.code.found.name() not in colours_in(viewport)
    QTest.keyClick(desk.edit, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(desk.edit._find.field, "plank")
    line, place = list(desk.edit._blocks_in_view())[1]
    second = desk.edit._rect_of(line, place, (9, 14))
    assert second.width() == pytest.approx(QFontMetricsF(desk.edit.font()).horizontalAdvance("plank"), abs=1)
    assert LIGHT.code.found.name() in colours_in(viewport)
    QTest.keyClick(desk.edit._find.field, Qt.Key.Key_Escape)
    assert LIGHT.code.found.name() not in colours_in(viewport)


def test_what_is_written_in_an_empty_text_can_be_read(desk: Desk) -> None:
    assert desk.edit.placeholderText() != ""
    assert LIGHT.text_soft.name() in colours_in(desk.edit.viewport())


def test_it_follows_the_look(desk: Desk, theme: Theme) -> None:
    show_wrong(desk)
    before = desk.edit.font().pixelSize()
    theme.use(Settings(appearance=Appearance.DARK, text_percent=150))
    assert desk.edit.font().pixelSize() == pytest.approx(before * 1.5, abs=1)
    assert desk.edit.fontMetrics().horizontalAdvance("i") == desk.edit.fontMetrics().horizontalAdvance("W")
    assert desk.edit.extraSelections()[0].format.underlineColor() == DARK.code.wave
    formats = desk.edit.document().firstBlock().layout().formats()
    assert formats[0].format.foreground().color() == DARK.code.key


def test_exercises_that_are_not_known_look_so(desk: Desk) -> None:
    desk.show("steps:\n  - exercise: plank\n  - exercise: plnk\n")

    assert ink(desk, 1) == LIGHT.code.exercise
    assert ink(desk, 2) == LIGHT.code.unknown
    desk.edit.show_catalogue({**CATALOGUE, "plnk": CATALOGUE["plank"]})
    assert ink(desk, 2) == LIGHT.code.exercise


def test_a_long_text_is_coloured_bit_by_bit(desk: Desk, qtbot: QtBot) -> None:
    desk.show("steps:\n" + "  - exercise: plank\n" * 5_000 + "name: x")

    def coloured(line: int) -> bool:
        return bool(desk.edit.document().findBlockByNumber(line).layout().formats())

    assert coloured(0)
    assert coloured(100)
    assert not coloured(5_001)
    qtbot.waitUntil(lambda: coloured(5_001))
    desk.edit.apply(TextEdit(6, "", " |"))
    assert ink(desk, 100) == LIGHT.code.block
    qtbot.waitUntil(lambda: ink(desk, 5_001) == LIGHT.code.text)
    assert ink(desk, 4_900) == LIGHT.code.block
    desk.edit.apply(TextEdit(0, "", "# first\n"))
    assert ink(desk, 4_901) == LIGHT.code.block


def ink(desk: Desk, line: int) -> QColor | None:
    """Return the colour of the last part of a line, from 0."""
    formats = desk.edit.document().findBlockByNumber(line).layout().formats()
    return QColor(formats[-1].format.foreground().color()) if formats else None
