"""The problems of a text: underlines, tooltips, announcements and navigation."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QTextCharFormat, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.definition.strategies import CATALOGUE
from tests.ui.editor.conftest import CodeRig
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


def found(code: CodeRig) -> list[str]:
    """Return what is underlined."""
    return [mark.cursor.selectedText() for mark in code.editor.findings.marks]


def show_wrong(code: CodeRig, text: str = TEXT) -> None:
    code.show(text)
    code.editor.show_findings(check_session(text, "x", CATALOGUE))


def at(line: int, column: int, problem: str = "wrong") -> Finding:
    return Finding("x", line, column, "", problem, "")


def test_the_words_that_are_wrong_are_underlined(code: CodeRig) -> None:
    show_wrong(code)
    assert found(code) == ["gentel", "plnk", "sixty"]
    waves = code.editor.extraSelections()
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
def test_a_place_is_underlined_to_the_end_of_its_word_or_line(code: CodeRig, line: int, column: int, word: str) -> None:
    code.show(TEXT)
    code.editor.show_findings([at(line, column)])
    assert found(code) == [word]


def test_they_stay_with_their_words(code: CodeRig) -> None:
    show_wrong(code)
    code.editor.apply(TextEdit(0, "", "# first\n"))
    assert found(code) == ["gentel", "plnk", "sixty"]
    assert code.editor.findings.lines() == {3, 5, 6}


def test_f8_goes_to_each_problem_and_announces_it(code: CodeRig, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(code_editor, "announce", lambda _widget, text, **_more: announced.append(text))
    show_wrong(code)
    for _turn in range(4):
        QTest.keyClick(code.editor, Qt.Key.Key_F8)
    assert [words.partition(":")[0] for words in announced] == [
        "Problem 1 of 3, line 3",
        "Problem 2 of 3, line 5",
        "Problem 3 of 3, line 6",
        "Problem 1 of 3, line 3",
    ]
    assert announced[0].endswith('"gentel" is not a word for this; did you mean gentle?')
    QTest.keyClick(code.editor, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert announced[-1].startswith("Problem 3 of 3, line 6")
    assert code.marked.endswith("hold: |sixty  # x\n")


def test_f8_says_when_all_is_well(code: CodeRig, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(code_editor, "announce", lambda _widget, text, **_more: announced.append(text))
    code.show_marked("a: |b")
    QTest.keyClick(code.editor, Qt.Key.Key_F8)
    QTest.keyClick(code.editor, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert announced == ["There is no problem."] * 2
    assert code.marked == "a: |b"


def test_the_problem_of_the_carets_line_is_in_the_description(code: CodeRig) -> None:
    show_wrong(code)
    assert "gentel" not in code.editor.accessibleDescription()
    code.editor.go_to(3, 1)
    assert code.editor.accessibleDescription().startswith('"gentel" is not a word for this')
    code.editor.show_findings(())
    assert "gentel" not in code.editor.accessibleDescription()


def hover(widget: QWidget, point: QPoint) -> str:
    """Return the words of the tooltip under a point, as they are seen."""
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point)))
    seen = QTextDocument()
    seen.setHtml(QToolTip.text() if QToolTip.isVisible() else "")
    QToolTip.hideText()
    return seen.toPlainText()


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_tooltip_shows_the_problem_under_the_mouse(code: CodeRig) -> None:
    code.show("name: <b>x</b>\n")
    code.editor.show_findings([at(1, 7, '"<b>x</b>" & more is not well')])
    code.editor.go_to(1, 8)
    place = code.editor.cursorRect().center()
    assert hover(code.editor.viewport(), place) == '"<b>x</b>" & more is not well'
    code.editor.go_to(1, 2)
    assert code.editor._under(code.editor.cursorRect().center()) == ()
    assert "Escape and then Tab" in hover(code.editor.viewport(), QPoint(5, code.editor.viewport().height() - 5))


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_line_numbers_show_problems_and_go_to_the_line(code: CodeRig) -> None:
    show_wrong(code)
    margin = code.editor.line_numbers
    places = [place for _number, place in code.editor.lines_in_view()]
    assert hover(margin, QPoint(4, round(places[2].center().y()))).startswith('"gentel" is not a word')
    assert "Escape and then Tab" in hover(margin, QPoint(4, round(places[0].center().y())))
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(4, round(places[4].center().y())))
    assert code.marked.partition("|")[2].startswith("  - exercise: plnk")
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(4, margin.height() - 2))
    assert code.marked.partition("|")[2].startswith("  - exercise: plnk")


def colours_in(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_margin_has_a_sign_beside_a_problem_alone(code: CodeRig) -> None:
    code.show(TEXT)
    wave = LIGHT.code.wave.name()
    assert wave not in colours_in(code.editor.line_numbers)
    show_wrong(code, TEXT + "x: y\n")
    assert wave in colours_in(code.editor.line_numbers)


def test_the_margin_has_room_for_every_number(code: CodeRig) -> None:
    code.show("a\n" * 20)
    narrow = code.editor.line_numbers.width()
    code.editor.apply(TextEdit(0, "", "a\n" * 20_000))
    assert code.editor.line_numbers.width() >= narrow + 3 * code.editor.fontMetrics().horizontalAdvance("0")
    left = code.editor.line_numbers.mapTo(code.editor, code.editor.line_numbers.rect().topRight()).x()
    assert left < code.editor.viewport().x()


def ground(code: CodeRig, line: int) -> QColor:
    """Return the colour at the right end of a line."""
    place = next(place for number, place in code.editor.lines_in_view() if number == line - 1)
    image = code.editor.viewport().grab().toImage()
    return image.pixelColor(image.width() - 3, round(place.center().y()))


def test_the_lines_of_a_step_are_tinted(code: CodeRig) -> None:
    code.show(TEXT)
    code.editor.mark_lines(5, 6)
    assert ground(code, 1) == LIGHT.hover
    assert ground(code, 4) == LIGHT.surface
    assert ground(code, 5) == ground(code, 6) == LIGHT.selected
    code.editor.mark_lines(1, 0)
    assert ground(code, 5) == LIGHT.surface
    code.editor.mark_lines(1, 6)
    show_wrong(code)
    code.show("a\n" * 9)
    assert ground(code, 5) == LIGHT.surface
    assert found(code) == []


def test_what_is_found_is_on_a_ground_of_its_own(code: CodeRig) -> None:
    code.show("a: b\nplank: 😀 plank\n")
    viewport = code.editor.viewport()
    assert LIGHT.code.match.name() not in colours_in(viewport)
    QTest.keyClick(code.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(code.editor.find_bar.field, "plank")
    line, place = list(code.editor._blocks_in_view())[1]
    second = code.editor._rect_of(line, place, (9, 14))
    assert second.width() == pytest.approx(QFontMetricsF(code.editor.font()).horizontalAdvance("plank"), abs=1)
    assert LIGHT.code.match.name() in colours_in(viewport)
    QTest.keyClick(code.editor.find_bar.field, Qt.Key.Key_Escape)
    assert LIGHT.code.match.name() not in colours_in(viewport)


def test_what_is_written_in_an_empty_text_can_be_read(code: CodeRig) -> None:
    assert code.editor.placeholderText() != ""
    assert LIGHT.text_soft.name() in colours_in(code.editor.viewport())


def test_it_follows_the_look(code: CodeRig, theme: Theme) -> None:
    show_wrong(code)
    before = code.editor.font().pixelSize()
    theme.use(Settings(appearance=Appearance.DARK, text_percent=150))
    assert code.editor.font().pixelSize() == pytest.approx(before * 1.5, abs=1)
    assert code.editor.fontMetrics().horizontalAdvance("i") == code.editor.fontMetrics().horizontalAdvance("W")
    assert code.editor.extraSelections()[0].format.underlineColor() == DARK.code.wave
    formats = code.editor.document().firstBlock().layout().formats()
    assert formats[0].format.foreground().color() == DARK.code.key


def test_exercises_that_are_not_known_look_so(code: CodeRig) -> None:
    code.show("steps:\n  - exercise: plank\n  - exercise: plnk\n")

    assert ink(code, 1) == LIGHT.code.exercise
    assert ink(code, 2) == LIGHT.code.unknown
    code.editor.show_catalogue({**CATALOGUE, "plnk": CATALOGUE["plank"]})
    assert ink(code, 2) == LIGHT.code.exercise


def test_a_long_text_is_coloured_bit_by_bit(code: CodeRig, qtbot: QtBot) -> None:
    code.show("steps:\n" + "  - exercise: plank\n" * 5_000 + "name: x")

    def coloured(line: int) -> bool:
        return bool(code.editor.document().findBlockByNumber(line).layout().formats())

    assert coloured(0)
    assert coloured(100)
    assert not coloured(5_001)
    qtbot.waitUntil(lambda: coloured(5_001))
    code.editor.apply(TextEdit(6, "", " |"))
    assert ink(code, 100) == LIGHT.code.block
    qtbot.waitUntil(lambda: ink(code, 5_001) == LIGHT.code.text)
    assert ink(code, 4_900) == LIGHT.code.block
    code.editor.apply(TextEdit(0, "", "# first\n"))
    assert ink(code, 4_901) == LIGHT.code.block


def ink(code: CodeRig, line: int) -> QColor | None:
    """Return the colour of the last part of a line, from 0."""
    formats = code.editor.document().findBlockByNumber(line).layout().formats()
    return QColor(formats[-1].format.foreground().color()) if formats else None
