"""What the tests of the windows share: no screen, the look, and a person's folders with the real rooms behind them."""

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.stage import Stage
from timer_app.settings import Settings
from timer_app.ui.history.page import HistoryPage
from timer_app.ui.look.theme import Theme
from timer_app.ui.sessions.page import SessionsPage
from timer_app.ui.shell.main_window import MainWindow

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_collection_finish() -> None:
    """Put what the collected tests are made of aside: each test would look through it all again for what is left."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collect_here() -> Iterator[None]:
    """Let no other thread collect what is left of windows: it would be taken apart there, and the tests would die."""
    gc.disable()
    yield
    gc.disable()
    gc.collect()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Return the look with the default settings, taken off again afterwards."""
    font = qapp.font()
    look = Theme(qapp, Settings())
    yield look
    look.use(Settings())
    qapp.styleHints().colorSchemeChanged.disconnect(look._follow_system)
    qapp.setStyleSheet("")
    qapp.setFont(font)


@pytest.fixture
def stage(qapp: QApplication, theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """Return a person's folders and everything behind the windows; nothing has been done yet."""
    made = Stage(qapp, tmp_path / "home", theme=theme)
    yield made
    made.close()


@dataclass
class Front:
    """The window, with short ways to its pages."""

    window: MainWindow
    qtbot: QtBot

    @property
    def sessions(self) -> SessionsPage:
        page = self.window.page_widget("sessions")
        assert isinstance(page, SessionsPage)
        return page

    @property
    def history(self) -> HistoryPage:
        """The History page, with what it shows read."""
        page = self.window.page_widget("history")
        assert isinstance(page, HistoryPage)
        return page

    def open_sessions(self) -> SessionsPage:
        """Show the Sessions page and wait until it has its sessions."""
        self.window.show_page("sessions")
        self.qtbot.waitUntil(lambda: self.sessions.detail.entry is not None)
        return self.sessions

    def open_history(self) -> HistoryPage:
        """Show the History page and wait until it has been read."""
        self.window.show_page("history")
        self.read_again()
        return self.history

    def read_again(self) -> None:
        """Wait until the History page has read all that was noted."""
        self.qtbot.waitUntil(lambda: not self.history.reading)


@pytest.fixture
def open_window(stage: Stage, qtbot: QtBot) -> Callable[[], Front]:
    """Return a function that opens the window on what the stage holds by then."""

    kept: list[MainWindow] = []

    def open_now() -> Front:
        window = MainWindow(stage.services)
        kept.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: window.page != "")
        return Front(window, qtbot)

    return open_now
