"""The picker: typing searches, arrows walk, Enter adds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.stage import Stage
from timer_app.clock import ManualClock
from timer_app.definition.model import ExerciseStep, Hold, RestStep
from timer_app.presentation.exercise_rows import Heading
from timer_app.settings import Settings
from timer_app.ui.editor.picker.dialog import ExercisePicker
from timer_app.ui.figures.figure_preview import FigurePreview
from timer_app.ui.look.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def picker(stage: Stage, qtbot: QtBot) -> Iterator[ExercisePicker]:
    """Return the picker, open over a window of the usual size."""
    window = QWidget()
    window.resize(1024, 700)
    qtbot.addWidget(window)
    window.show()
    one = ExercisePicker(stage.services, window)
    one.open()
    one.activateWindow()
    qtbot.waitUntil(one.isActiveWindow)
    yield one
    one.close()


@pytest.fixture
def added(picker: ExercisePicker) -> list[object]:
    """Return what the picker adds, "rounds" for rounds."""
    heard: list[object] = []
    picker.chosen.connect(heard.append)
    picker.rounds_requested.connect(lambda: heard.append("rounds"))
    return heard


def marked(picker: ExercisePicker) -> str:
    offer = picker.current_entry
    assert offer is not None
    return offer.title


def runs(figure: FigurePreview) -> bool:
    return figure.running


def test_typing_and_enter_add_a_step_in_its_usual_dose_and_close(picker: ExercisePicker, added: list[object]) -> None:
    assert picker.search.hasFocus()
    QTest.keyClicks(picker.search, "plank")
    assert marked(picker) == "Plank"
    QTest.keyClick(picker.search, Key.Key_Return)
    assert added == [ExerciseStep(Hold(30_000), "plank", sets=2, rest=30_000)]
    assert not picker.isVisible()


def test_the_arrow_keys_walk_past_the_headings_while_one_types(picker: ExercisePicker, added: list[object]) -> None:
    QTest.keyClicks(picker.search, "plank")
    below = picker.model.rows[picker.list.currentIndex().row() + 1]
    QTest.keyClick(picker.search, Key.Key_Down)
    assert not isinstance(below, Heading)
    assert marked(picker) == below.title == "Side plank"
    QTest.keyClick(picker.search, Key.Key_Up)
    QTest.keyClick(picker.search, Key.Key_Up)
    assert marked(picker) == "Knee side plank"
    assert picker.search.text() == "plank"
    QTest.keyClick(picker.search, Key.Key_Escape)
    QTest.keyClick(picker.search, Key.Key_Up)
    QTest.keyClick(picker.search, Key.Key_Up)
    assert marked(picker) == "Rest"
    assert added == []


def test_control_and_enter_add_and_stay(picker: ExercisePicker, added: list[object]) -> None:
    QTest.keyClicks(picker.search, "rest")
    QTest.keyClick(picker.search, Key.Key_Return, CONTROL)
    assert picker.isVisible()
    assert picker.note.text() == "Added: Rest"
    QTest.keyClicks(picker.search, "Wall sit")
    QTest.keyClick(picker.search, Key.Key_Return, CONTROL)
    assert added == [RestStep(30_000), ExerciseStep(Hold(30_000), name="Wall sit")]
    assert picker.search.text() == "Wall sit"


def test_rounds_are_asked_for_separately(picker: ExercisePicker, added: list[object]) -> None:
    QTest.keyClicks(picker.search, "rounds")
    QTest.keyClick(picker.search, Key.Key_Return)
    assert added == ["rounds"]


def test_a_double_click_adds_and_a_heading_adds_nothing(picker: ExercisePicker, added: list[object]) -> None:
    heading = next(n for n, row in enumerate(picker.model.rows) if isinstance(row, Heading))
    for number, count in ((heading, 0), (heading + 1, 1)):
        place = picker.list.visualRect(picker.model.index(number)).center()
        QTest.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(added) == count


def test_letters_typed_in_the_list_go_to_the_search(picker: ExercisePicker) -> None:
    picker.list.setFocus()
    QTest.keyClick(picker.list, Key.Key_Down)
    QTest.keyClicks(picker.list, "c")
    assert picker.search.hasFocus()
    QTest.keyClicks(picker.search, "obra")
    assert marked(picker) == "Cobra"
    picker.list.setFocus()
    QTest.keyClick(picker.list, Key.Key_Return)
    assert not picker.isVisible()


def test_what_is_long_is_read_by_keyboard(picker: ExercisePicker, theme: Theme, qtbot: QtBot) -> None:
    scroller = picker.detail.scroller
    QTest.keyClicks(picker.search, "wall sit")
    assert scroller.verticalScrollBar().maximum() == 0
    assert scroller.focusPolicy() == Qt.FocusPolicy.NoFocus
    theme.use(Settings(text_percent=150))
    picker.resize(picker.minimumSize())
    picker.search.setText("side plank")
    qtbot.waitUntil(lambda: scroller.verticalScrollBar().maximum() > 0)
    picker.list.setFocus()
    QTest.keyClick(picker.list, Key.Key_Tab)
    assert scroller.hasFocus()
    assert scroller.accessibleName() == "How it is done"
    assert picker.detail.position.text() in scroller.accessibleDescription()
    QTest.keyClick(scroller, Key.Key_Down)
    assert scroller.verticalScrollBar().value() > 0
    QTest.keyClick(scroller, Key.Key_Tab)
    assert picker.add.hasFocus()


def test_in_place_of_an_exercise_there_are_only_exercises(stage: Stage, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    picker = ExercisePicker(stage.services, window, exchange=True)
    taken: list[object] = []
    picker.chosen.connect(taken.append)
    picker.open()
    titles = [row.title for row in picker.model.rows]
    assert {"Rest", "Rounds"}.isdisjoint(titles)
    assert len(titles) > len(stage.services.catalogue)
    QTest.keyClicks(picker.search, "rest")
    assert "Rest" not in [row.title for row in picker.model.rows]
    assert not picker.add_and_stay.isVisible()
    picker.search.setText("cobra")
    picker.add.click()
    assert taken == [ExerciseStep(Hold(15_000), "cobra", sets=2, rest=5_000)]
    assert not picker.isVisible()


def test_each_time_it_begins_anew(picker: ExercisePicker, added: list[object]) -> None:
    first = marked(picker)
    QTest.keyClicks(picker.search, "rest")
    QTest.keyClick(picker.search, Key.Key_Return, CONTROL)
    picker.close()
    picker.open()
    assert picker.search.text() == ""
    assert picker.note.text() == ""
    assert marked(picker) == first
    assert len(added) == 1


def test_escape_empties_the_search_then_closes_and_adds_nothing(picker: ExercisePicker, added: list[object]) -> None:
    QTest.keyClicks(picker.search, "plank")
    QTest.keyClick(picker.search, Key.Key_Escape)
    assert (picker.search.text(), picker.isVisible()) == ("", True)
    QTest.keyClick(picker.search, Key.Key_Escape)
    assert not picker.isVisible()
    assert added == []


def test_what_is_marked_is_shown_beside_and_moves(picker: ExercisePicker, stage: Stage, theme: Theme) -> None:
    detail, figure = picker.detail, picker.detail.figure
    QTest.keyClicks(picker.search, "superman")
    superman = stage.services.catalogue["superman"]
    assert detail.title.text() == "Superman"
    assert detail.dose.text() == "2 × 10, last one held 10 s, rest 30 s"
    assert detail.about.text() == superman.trains
    assert detail.position.text() == superman.position
    assert detail.caution.text.text() == superman.caution
    assert figure.accessibleName() == f"Superman. {superman.position}"
    assert runs(figure)
    clock = stage.services.clock
    assert isinstance(clock, ManualClock)
    clock.advance(1_000)
    figure.refresh()
    assert figure.position > 0
    theme.use(Settings(reduced_motion=True))
    assert not runs(figure)
    picker.search.setText("wall sit")
    assert not figure.isVisible()
    assert not detail.caution.isVisible()
    assert detail.title.text() == "“wall sit”"


def test_everything_has_a_name_and_its_key(picker: ExercisePicker) -> None:
    assert picker.search.accessibleName()
    assert picker.list.accessibleName()
    index = picker.list.currentIndex()
    assert index.data().startswith(f"{marked(picker)}, ")
    assert {picker.add.toolTip(), picker.add_and_stay.toolTip(), picker.cancel.toolTip()} == {
        "Add this and go back to the session (Return)",
        "Add this and stay here (Ctrl+Return)",
        "Close (Esc)",
    }
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in picker.findChildren(QLabel) if label.text())


@pytest.mark.parametrize(("size", "percent"), [((800, 600), 100), ((800, 600), 150), ((1920, 1080), 100)])
def test_it_fits_the_window_behind(
    stage: Stage, theme: Theme, qtbot: QtBot, size: tuple[int, int], percent: int
) -> None:
    theme.use(Settings(text_percent=percent))
    window = QWidget()
    window.resize(*size)
    qtbot.addWidget(window)
    window.show()
    picker = ExercisePicker(stage.services, window)
    picker.open()
    QApplication.processEvents()
    assert picker.width() < size[0]
    assert picker.height() < size[1]
    whole = picker.rect()
    for part in (picker.search, picker.list, picker.detail, picker.add, picker.add_and_stay, picker.cancel):
        assert whole.contains(part.rect().translated(part.mapTo(picker, part.rect().topLeft())))
        assert part.width() >= part.minimumSizeHint().width()
    assert picker.minimumSize() == QSize(520, 400)
    picker.close()
