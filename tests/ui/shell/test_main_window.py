"""The window: pages, keys, messages, and that everything in it has a name."""

import gc
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.conductor.conductor import Conductor
from timer_app.history.reader import History
from timer_app.paths import assets
from timer_app.presentation.session_bars import bars
from timer_app.problems import Problem
from timer_app.settings import Appearance, Settings, Talk, load_settings
from timer_app.ui.look.theme import DARK
from timer_app.ui.pages.welcome_page import WelcomePage
from timer_app.ui.settings.page import SettingsPage
from timer_app.ui.shell.banners import BannerStack
from timer_app.ui.shell.gui_thread_gc import GuiThreadGarbageCollector
from timer_app.ui.shell.main_window import MainWindow
from timer_app.ui.support.messages import Messages
from timer_app.ui.support.window_state import WindowState

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit)
PAGES = ("sessions", "history", "exercises", "settings", "help", "welcome")


Channel = tuple[Messages, BannerStack]


@pytest.fixture
def channel(open_window: Callable[[], Front], stage: Stage) -> Channel:
    """Return the message channel, and the banners that show what it is told."""
    return stage.messages, open_window().window.banners


def controls(page: QWidget) -> Iterator[QWidget]:
    """Return what a user can work with on a page, without the parts inside Qt's own controls."""
    for widget in page.findChildren(QWidget):
        inside = isinstance(widget.parentWidget(), QComboBox | QPlainTextEdit)
        qts_own = isinstance(widget, QScrollBar) or widget.metaObject().className() == "QComboBoxListView"
        if isinstance(widget, CONTROLS) and not inside and not qts_own:
            yield widget


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name_and_a_tooltip(name: str, open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_demo_history()
    front = open_window()
    front.open_sessions()
    front.open_history()
    front.window.show_page(name)
    found = list(controls(front.window.page_widget(name)))
    for control in (*found, *controls(front.window.header)):
        reader = QAccessible.queryAccessibleInterface(control)
        assert reader.text(QAccessible.Text.Name), control
        if isinstance(control, QAbstractButton | QLineEdit | QComboBox | QAbstractSlider):
            assert control.toolTip(), control
    assert found or name == "help"


@pytest.mark.parametrize("name", PAGES)
def test_all_text_is_plain(name: str, open_window: Callable[[], Front]) -> None:
    front = open_window()
    front.open_sessions()
    page = front.window.page_widget(name)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel) if label.text())


def test_the_pages_have_keys(open_window: Callable[[], Front]) -> None:
    front = open_window()
    window = front.window
    with front.qtbot.waitActive(window):
        window.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    none = Qt.KeyboardModifier.NoModifier
    for key, modifier, page in (
        (Qt.Key.Key_2, control, "history"),
        (Qt.Key.Key_1, control, "sessions"),
        (Qt.Key.Key_Comma, control, "settings"),
        (Qt.Key.Key_Escape, none, "sessions"),
        (Qt.Key.Key_F1, none, "help"),
        (Qt.Key.Key_Escape, none, "sessions"),
    ):
        QTest.keyClick(window, key, modifier)
        assert window.page == page


def test_the_header_marks_the_page_and_no_other(open_window: Callable[[], Front]) -> None:
    front = open_window()
    for name in ("history", "settings", "sessions"):
        front.window.show_page(name)
        marked = [
            button.accessibleName()
            for button in front.window.header.findChildren(QAbstractButton)
            if button.isChecked()
        ]
        assert marked == [name.capitalize()]


def test_the_window_remembers_its_size(open_window: Callable[[], Front]) -> None:
    first = open_window().window
    first.resize(950, 640)
    first.close()
    # The offscreen screen is too narrow for another width than the least.
    assert open_window().window.height() == 640


def test_every_page_fills_the_screen_and_leaves_it(open_window: Callable[[], Front]) -> None:
    window = open_window().window
    for name in ("sessions", "history", "exercises", "settings", "help"):
        window.show_page(name)
        QTest.keyClick(window, Qt.Key.Key_F11)
        assert window.isFullScreen(), name
        QTest.keyClick(window, Qt.Key.Key_F11)
        assert not window.isFullScreen(), name
    window.show_page("sessions")
    QTest.keyClick(window, Qt.Key.Key_F11)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_a_window_closed_in_full_screen_begins_in_its_own_size(open_window: Callable[[], Front]) -> None:
    first = open_window().window
    QTest.keyClick(first, Qt.Key.Key_F11)
    assert first.isFullScreen()
    first.close()
    assert not open_window().window.isFullScreen()


@pytest.mark.parametrize("before", [False, True])
def test_the_screen_that_a_session_filled_is_given_back_after_it(
    before: bool, open_window: Callable[[], Front]
) -> None:
    front = open_window()
    window, page = front.window, front.open_sessions()
    if before:
        QTest.keyClick(window, Qt.Key.Key_F11)
    page.choose("superman-tens")
    page.detail.start.click()
    running = window.running
    assert running is not None
    assert running.driver is not None
    if not before:
        QTest.keyClick(running.run_page, Qt.Key.Key_F)
    running.driver.do(Conductor.stop)
    assert window.isFullScreen(), "how it was is asked in the same size"
    QTest.mouseClick(running.finish_page.done, Qt.MouseButton.LeftButton)
    assert (window.page, window.isFullScreen()) == ("sessions", before)


def test_a_damaged_memory_of_its_place_does_no_harm(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.paths.state.mkdir(parents=True)
    usual = open_window().window.size()
    (stage.paths.state / "window").write_bytes(b"nonsense")
    assert open_window().window.size() == usual


def test_the_first_window_is_within_the_screen(open_window: Callable[[], Front]) -> None:
    window = open_window().window
    screen = window.screen().availableGeometry()
    assert screen.width() < 1120
    assert screen.contains(window.frameGeometry())


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_window_follows_a_screen_that_gets_smaller(
    open_window: Callable[[], Front], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window().window
    monkeypatch.setattr(WindowState, "_room", lambda _place: QSize(683, 371))
    window.screen().availableGeometryChanged.emit(window.screen().availableGeometry())
    assert (window.size(), window.minimumSize()) == (QSize(683, 371), QSize(683, 371))


def test_fits_into_the_smallest_size(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.services.settings.save(Settings(welcomed=True, text_percent=150))
    front = open_window()
    front.open_sessions()
    front.open_history()
    for name in PAGES:
        front.window.show_page(name)
        front.window.resize(800, 600)
        QApplication.processEvents()
        assert (front.window.width(), front.window.height()) == (800, 600), name


def test_a_problem_is_shown_once_with_what_to_do(channel: Channel) -> None:
    messages, stack = channel
    problem = Problem("The disk is full.", "Free some space.")
    messages.show_problem(problem)
    messages.show_problem(problem)
    assert [(banner.notice.what, banner.notice.advice) for banner in stack.banners] == [
        ("The disk is full.", "Free some space.")
    ]
    assert {"The disk is full.", "Free some space."} <= {label.text() for label in stack.findChildren(QLabel)}
    stack.banners[0].close_button.click()
    assert stack.banners == ()
    assert not stack.isVisible()


def test_a_problem_can_be_told_from_another_thread(channel: Channel, qtbot: QtBot) -> None:
    messages, stack = channel
    shown_in: list[threading.Thread] = []
    messages.notified.connect(lambda _notice: shown_in.append(threading.current_thread()))
    teller = threading.Thread(target=messages.show_problem, args=(Problem("Elsewhere.", ""),))
    teller.start()
    teller.join()
    qtbot.waitUntil(lambda: bool(stack.banners))
    assert shown_in == [threading.main_thread()]


def test_an_offer_gives_way_to_problems_when_there_are_many(channel: Channel) -> None:
    messages, stack = channel
    messages.show_problem(Problem("One.", ""))
    messages.show_offer("Deleted.", "Undo", lambda: None)
    messages.show_problem(Problem("Two.", ""))
    messages.show_problem(Problem("Three.", ""))
    assert [banner.notice.what for banner in stack.banners] == ["One.", "Two.", "Three."]


def test_settings_count_at_once_and_are_saved_at_once(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    page = front.window.page_widget("settings")
    assert isinstance(page, SettingsPage)
    page.appearance.chosen.emit(Appearance.DARK)
    page.text_size.slider.setValue(13)
    page.talk.chosen.emit(Talk.BRIEF)
    page.aim.slider.setValue(5)
    page.motion.click()
    expected = replace(
        Settings(welcomed=True),
        appearance=Appearance.DARK,
        text_percent=130,
        talk=Talk.BRIEF,
        weekly_aim_days=5,
        reduced_motion=True,
    )
    assert stage.services.settings.value == expected
    assert load_settings(stage.paths.settings).settings == expected
    assert stage.services.theme.colours is DARK
    assert page.appearance.currentText() == "Dark"


def test_settings_that_cannot_be_saved_still_count(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    stage.paths.settings.mkdir(parents=True)
    stage.services.settings.save(Settings(welcomed=True, weekly_aim_days=6))
    assert stage.services.settings.value.weekly_aim_days == 6
    assert "could not be saved" in front.window.banners.banners[-1].notice.what
    stage.paths.settings.rmdir()
    stage.services.settings.save(Settings(welcomed=True, weekly_aim_days=5))
    assert [banner.notice.what for banner in front.window.banners.banners] == ["Your settings are saved again."]


def test_the_first_start_welcomes_and_does_so_once(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.services.settings.save(Settings(welcomed=False))
    front = open_window()
    assert front.window.page == "welcome"
    assert not front.window.header.isVisible()
    page = front.window.page_widget("welcome")
    assert isinstance(page, WelcomePage)
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    for needed in ("numbness", "urine", "stool", "chest", "accident", "fever", "weight", "worse at night"):
        assert needed in words
    page.sessions_button.click()
    assert front.window.page == "sessions"
    assert load_settings(stage.paths.settings).settings.welcomed
    assert open_window().window.page == "sessions"


def test_a_session_runs_from_the_page_to_its_end_and_back(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    page.detail.start.click()
    assert front.window.page == "run"
    assert not front.window.header.isVisible()
    running = front.window.running
    assert running is not None
    driver = running.driver
    assert driver is not None
    stage.clock.advance(1_000)
    driver.refresh()
    driver.do(Conductor.stop)
    assert running.currentWidget() is running.finish_page
    running.finish_page.closed.emit()
    assert front.window.page == "sessions"
    assert stage.journal.flush()
    assert [run.session for run in stage.services.history.runs()] == ["Superman tens"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(59, ""), (60, "1 day done this week."), (2_000, "1 day done this week.")]
)
def test_the_streak_counts_the_run_that_the_journal_is_still_writing(
    open_window: Callable[[], Front], stage: Stage, monkeypatch: pytest.MonkeyPatch, seconds: int, words: str
) -> None:
    monkeypatch.setattr(History, "days_done", lambda _history: frozenset())
    front = open_window()
    front.open_sessions().choose("superman-tens")
    front.sessions.detail.start.click()
    running = front.window.running
    assert running is not None
    for _second in range(seconds):
        stage.clock.advance(1_000)
        if running.driver is not None:
            running.driver.refresh()
    if running.driver is not None:
        running.driver.do(Conductor.stop)
    assert running.finish_page.streak.text() == words


def test_a_session_wanted_before_the_window_is_painted_is_begun(stage: Stage, qtbot: QtBot) -> None:
    window = MainWindow(stage.services)
    qtbot.addWidget(window)
    entry = next(entry for entry in stage.services.library.entries() if entry.stem == "superman-tens")
    window.start_session(entry)
    assert window.page == "run"
    with qtbot.waitSignal(window.startup_finished):
        window.show()
    assert window.page == "run"


def test_a_session_that_went_away_is_told_about(open_window: Callable[[], Front], stage: Stage) -> None:
    file = stage.add_copy("superman-tens", "mine")
    front = open_window()
    page = front.open_sessions()
    page.choose("mine")
    entry = page.detail.entry
    assert entry is not None
    file.unlink()
    front.window.start_session(entry)
    assert front.window.page == "sessions"
    assert front.window.banners.banners


def test_bars_reach_from_one_end_to_the_other(stage: Stage) -> None:
    from timer_app.timeline.compile import compile_session

    library = stage.services.library
    for entry in library.entries():
        row = bars(compile_session(library.open(entry), stage.services.catalogue))
        assert row[0].left == 0
        assert row[-1].right == pytest.approx(1)
        assert all(one.right == pytest.approx(other.left) for one, other in pairwise(row))


def test_garbage_is_collected_on_the_screens_thread(open_window: Callable[[], Front]) -> None:
    window = open_window().window
    assert not gc.isenabled()

    class Knot:
        def __init__(self) -> None:
            self.itself = self

    for _number in range(5_000):
        Knot()
    collector = window.findChild(GuiThreadGarbageCollector)
    assert collector is not None
    assert collector.collect_due() >= 4_000
    window.close()
    assert gc.isenabled()


def test_the_window_wears_the_programs_icon(open_window: Callable[[], Front]) -> None:
    icon = open_window().window.windowIcon()
    assert [size.width() for size in icon.availableSizes()] == [16, 24, 32, 48, 64, 128]
    drawn = QPixmap(str(assets() / "icons" / "guided-session-timer" / "48.png"))
    assert icon.pixmap(48, 48).toImage() == drawn.toImage()
