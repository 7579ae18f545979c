"""The small figure beside a session's title."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Front
from timer_app.problems import Finding
from timer_app.settings import Settings
from timer_app.ui.figures.figure_view import FigureView
from timer_app.ui.figures.step_figure import StepFigure
from timer_app.ui.look.theme import Theme


def shown(figure: StepFigure) -> str:
    """Return what a screen reader reads of the figure, empty while there is none."""
    view = figure.findChild(FigureView)
    return view.accessibleName() if view is not None else ""


def test_shows_the_first_exercise_then_the_one_that_keys_or_mouse_reach(open_window: Callable[[], Front]) -> None:
    front = open_window()
    front.window.resize(1400, 900)
    page = front.open_sessions()
    page.choose("superman-tens")
    figure, view = page.detail.step_figure, page.detail.plan
    assert figure.isVisible()
    assert shown(figure) == ""
    front.qtbot.waitUntil(lambda: shown(figure).startswith("Superman. "), timeout=3_000)
    view.setFocus()
    view.setCurrentIndex(view.plan.index(0))
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert shown(figure).startswith("Child's pose. ")
    view.entered.emit(view.plan.index(0))
    assert shown(figure).startswith("Superman. ")
    view.setCurrentIndex(view.plan.index(0))
    view.plan.swap((0,), "bird-dog")
    assert shown(figure).startswith("Bird dog. ")
    page.choose("planks-by-the-minute")
    assert shown(figure).startswith("Plank. ")


def test_there_is_none_where_it_would_be_in_the_way(open_window: Callable[[], Front], theme: Theme) -> None:
    front = open_window()
    front.window.resize(1400, 900)
    page = front.open_sessions()
    assert page.detail.step_figure.isVisible()
    front.window.resize(800, 600)
    front.qtbot.waitUntil(lambda: not page.detail.step_figure.isVisible())
    front.window.resize(1100, 900)
    front.qtbot.waitUntil(page.detail.step_figure.isVisible)
    theme.use(replace(Settings(), text_percent=150))
    front.qtbot.waitUntil(lambda: not page.detail.step_figure.isVisible())


def test_a_broken_file_has_none(open_window: Callable[[], Front]) -> None:
    front = open_window()
    front.window.resize(1400, 900)
    page = front.open_sessions()
    page.detail.show_entry(replace(page.model.rows[0].entry, findings=(_finding(),)))
    assert not page.detail.step_figure.isVisible()


def _finding() -> Finding:
    return Finding("x", 1, 1, "", "wrong", "")
