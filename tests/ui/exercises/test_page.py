"""The Exercises page: browse by what they train, see how it is done, and go on from there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.presentation.exercise_rows import ExerciseRow, Heading
from timer_app.settings import Settings
from timer_app.ui.exercises.link_button import LinkButton
from timer_app.ui.exercises.page import ExercisesPage
from timer_app.ui.figures.figure_preview import FigurePreview
from timer_app.ui.look.theme import Theme
from timer_app.ui.shell.main_window import MainWindow

MINE = """id: wall-sit
name: Wall & sit
trains: "<b>The thighs</b>"
position: Back against a wall.
cues: [Weight in your heels, Keep breathing]
caution: Stand up when your knees hurt.
easier: knee-bends
harder: no-such
"""


def open_page(front: Front) -> ExercisesPage:
    """Show the page, and wait until it knows the sessions."""
    front.window.show_page("exercises")
    page = front.window.page_widget("exercises")
    assert isinstance(page, ExercisesPage)
    front.qtbot.waitUntil(lambda: not page.reading)
    return page


@pytest.fixture
def own_stage(qapp: QApplication, theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """A stage with two exercise files of the person's own, one of them broken."""
    folder = tmp_path / "home"
    made = Stage(qapp, folder, theme=theme)
    made.close()
    made.paths.exercises.mkdir(parents=True)
    (made.paths.exercises / "wall-sit.yaml").write_text(MINE)
    (made.paths.exercises / "half.yaml").write_text("id: half\n")
    again = Stage(qapp, folder, theme=theme)
    yield again
    again.close()


@pytest.fixture
def own_page(own_stage: Stage, qtbot: QtBot) -> ExercisesPage:
    """The page with the person's own exercises on it."""
    window = MainWindow(own_stage.services)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.page != "")
    return open_page(Front(window, qtbot))


def outline(page: ExercisesPage) -> list[str]:
    return [f"# {row.title}" if isinstance(row, Heading) else row.exercise.name for row in page.model.rows]


def texts_of(part: QWidget) -> set[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {label.text() for label in part.findChildren(QLabel)}


def others(page: ExercisesPage) -> list[LinkButton]:
    """Return the buttons to the easier and the harder exercise."""
    return [button for button in _ways(page) if button.accessibleName().startswith(("Easier: ", "Harder: "))]


def sessions_of(page: ExercisesPage) -> list[LinkButton]:
    """Return the buttons to the sessions that use the exercise."""
    return [button for button in _ways(page) if button not in others(page)]


def _ways(page: ExercisesPage) -> list[LinkButton]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return page.detail.findChildren(LinkButton)


def test_lists_every_exercise_below_what_it_trains(open_window: Callable[[], Front], stage: Stage) -> None:
    page = open_page(open_window())
    assert len(page.model.exercises) == len(stage.services.catalogue) == 55
    shown = outline(page)
    assert shown[0] == "# Core"
    assert [title for title in shown if title.startswith("#")] == [
        "# Core",
        "# Back and spine",
        "# Hips and legs",
        "# Shoulders and chest",
        "# Warming up and running",
        "# Rest and recovery",
    ]
    assert shown.index("# Core") < shown.index("Plank") < shown.index("# Back and spine") < shown.index("Superman")
    assert page.detail.exercise is not None
    assert page.detail.exercise.name == shown[1]


def test_the_keys_go_from_exercise_to_exercise_over_the_headings(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = open_page(front)
    shown = outline(page)
    last = shown.index("# Back and spine") - 1
    assert page.choose(page.model.exercises[last - 1].id)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.detail.exercise is not None
    assert page.detail.exercise.name == shown[last + 2]


def test_the_third_page_has_its_key(open_window: Callable[[], Front]) -> None:
    front = open_window()
    front.window.activateWindow()
    QTest.keyClick(front.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert front.window.page == "exercises"


def test_search_looks_at_names_what_they_train_and_areas(open_window: Callable[[], Front]) -> None:
    page = open_page(open_window())
    page.search.setText("PLANK sides hips")
    assert outline(page) == ["# Core", "Side plank"]
    page.search.setText("less load")
    assert outline(page) == ["# Core", "Bent-knee scissors", "Knee plank", "Knee side plank"]
    assert page.detail.exercise is not None
    assert page.detail.exercise.id == "bent-knee-scissors"
    page.search.setText("psoas")
    assert outline(page) == ["# Hips and legs", "Hip flexor stretch"]
    page.search.setText("recovery foam")
    assert "# Rest and recovery" in outline(page)
    page.search.setText("swimming")
    assert page.no_matches.isVisible()
    page.no_matches.button.click()
    assert page.detail.isVisible()
    assert len(page.model.exercises) == 55


def test_the_search_key_leads_to_the_field(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = open_page(front)
    front.window.activateWindow()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()


def test_shows_all_that_the_catalogue_says(open_window: Callable[[], Front], stage: Stage) -> None:
    page = open_page(open_window())
    assert page.choose("superman")
    detail, superman = page.detail, stage.services.catalogue["superman"]
    assert detail.title.text() == superman.name
    assert detail.trains.text() == superman.trains
    assert detail.position.text() == superman.position
    assert set(superman.cues) <= texts_of(detail)
    assert detail.caution.text() == superman.caution
    assert detail.dose.text() == superman.dose
    assert detail.tempo.text() == "4 s a rep: 1 s up, 1 s held, 2 s down"
    assert detail.figure.accessibleName().startswith("Superman. Face down")
    assert page.choose("plank")
    assert set(stage.services.catalogue["plank"].cues) <= texts_of(detail)
    assert detail.tempo.text() == "Held, or done for a time"


def test_easier_and_harder_lead_there(open_window: Callable[[], Front]) -> None:
    page = open_page(open_window())
    page.search.setText("front and sides")
    assert [button.accessibleName() for button in others(page)] == ["Easier: Knee plank", "Harder: Push-up"]
    others(page)[1].click()
    assert page.detail.exercise is not None
    assert page.detail.exercise.id == "push-up"
    assert page.search.text() == ""
    assert page.list.currentIndex().row() == page.model.row_of("push-up")
    assert page.choose("drink-of-water")
    assert others(page) == []


def test_the_sessions_that_use_it_are_a_click_away(open_window: Callable[[], Front]) -> None:
    front = open_window()
    front.open_sessions().search.setText("gentle")
    page = open_page(front)
    page.choose("superman")
    names = [button.accessibleName() for button in sessions_of(page)]
    assert names == ["Runner core", "Runner core (advanced)", "Superman tens"]
    sessions_of(page)[2].click()
    assert front.window.page == "sessions"
    sessions = front.sessions
    front.qtbot.waitUntil(lambda: sessions.detail.entry is not None and sessions.detail.entry.stem == "superman-tens")
    assert sessions.list.currentIndex().row() == sessions.model.row_of("superman-tens")


def test_an_exercise_that_no_session_uses_offers_none(open_window: Callable[[], Front]) -> None:
    page = open_page(open_window())
    page.choose("burpee")
    assert sessions_of(page) == []


def test_the_persons_own_are_marked_and_never_read_as_html(own_page: ExercisesPage) -> None:
    page = own_page
    assert page.choose("wall-sit")
    index = page.model.index(page.model.row_of("wall-sit"))
    assert index.data() == "Wall & sit, yours, <b>The thighs</b>"
    assert page.detail.trains.text() == "<b>The thighs</b>"
    assert page.detail.trains.textFormat() == Qt.TextFormat.PlainText
    assert not page.detail.figure.isVisible()
    assert [button.accessibleName() for button in others(page)] == ["Easier: Knee bends"]
    page.search.setText("yours")
    assert [row.exercise.id for row in page.model.rows if isinstance(row, ExerciseRow)] == ["wall-sit"]
    page.choose("plank")
    plank = page.model.index(page.model.row_of("plank"))
    assert "yours" not in str(plank.data())


def test_problems_in_their_files_are_shown_file_by_file(own_stage: Stage, own_page: ExercisesPage) -> None:
    page = own_page
    assert page.problems_button.isVisible()
    count = len(own_stage.services.loaded_catalogue.findings)
    assert page.problems_button.text() == f"{count} problems in your files"
    page.problems_button.click()
    assert page.problems.isVisible()
    texts = [text for view in page.problems.views for text in texts_of(view)]
    assert len(page.problems.views) == 2
    assert any('"no-such" is not in the catalogue' in text for text in texts)
    assert page.choose("wall-sit")
    assert page.detail.isVisible()


def test_without_problems_nothing_is_said_of_them(open_window: Callable[[], Front]) -> None:
    assert not open_page(open_window()).problems_button.isVisible()


def runs(figure: FigurePreview) -> bool:
    return figure.running


def test_the_figure_moves_while_it_is_in_view(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    page = open_page(front)
    page.choose("superman")
    figure = page.detail.figure
    assert runs(figure)
    stage.clock.advance(1_000)
    front.qtbot.waitUntil(lambda: figure.position == 1.0)
    page.choose("plank")
    assert figure.position == 0.0
    stage.clock.advance(2_100)
    front.qtbot.waitUntil(lambda: figure.position == 1.0 and figure.breath > 0.9)
    front.window.show_page("sessions")
    assert not runs(figure)
    front.window.show_page("exercises")
    assert runs(figure)


def test_the_figure_stands_still_where_motion_is_reduced(theme: Theme, stage: Stage, qtbot: QtBot) -> None:
    figure = FigurePreview(theme, stage.clock)
    qtbot.addWidget(figure)
    figure.show()
    assert not runs(figure)
    figure.show_exercise(stage.services.catalogue["superman"])
    assert runs(figure)
    theme.use(replace(Settings(), reduced_motion=True))
    assert not runs(figure)
    theme.use(Settings())
    assert runs(figure)
    figure.show_exercise(None)
    assert not runs(figure)


def test_all_of_it_fits_the_smallest_window_with_large_text(
    open_window: Callable[[], Front], theme: Theme, stage: Stage
) -> None:
    theme.use(replace(Settings(), text_percent=150))
    front = open_window()
    front.window.resize(800, 600)
    page = open_page(front)
    page.choose("superman")
    viewport = page.detail.scroller.viewport()
    buttons = (*others(page), *sessions_of(page))

    def right(part: QWidget) -> int:
        return part.mapTo(viewport, QPoint(part.width(), 0)).x()

    front.qtbot.waitUntil(lambda: max(right(button) for button in buttons) <= viewport.width())
    assert right(page.detail.scroller.content) <= viewport.width()
    assert all(button.text() == button.accessibleName() or button.text().endswith("…") for button in buttons)
    assert buttons[2].text() != buttons[2].accessibleName()


def test_what_is_long_is_read_by_keyboard(open_window: Callable[[], Front]) -> None:
    front = open_window()
    front.window.resize(800, 600)
    page = open_page(front)
    page.choose("superman")
    scroller = page.detail.scroller
    front.qtbot.waitUntil(lambda: scroller.verticalScrollBar().maximum() > 0)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is scroller
    QTest.keyClick(scroller, Qt.Key.Key_Down)
    assert scroller.verticalScrollBar().value() > 0
