"""The crash window: what it says, what its buttons do, and that a session goes on behind it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.run.rig import PLANKS, Rig
from timer_app.clock import ManualClock
from timer_app.crash_report import Crash
from timer_app.paths import Paths, user_paths
from timer_app.problems import Problem
from timer_app.ui.desktop.crash_handler import install
from timer_app.ui.desktop.crash_window import CrashWindow
from timer_app.ui.look.theme import Theme

ROOT = Path(__file__).parents[3]


@dataclass
class CrashScene:
    """A window with the crash guard behind it."""

    window: QMainWindow
    paths: Paths
    told: list[Problem] = field(default_factory=list)

    @property
    def crash_windows(self) -> list[CrashWindow]:
        return [part for part in self.window.findChildren(CrashWindow) if part.isVisible()]

    def crash_window(self, qtbot: QtBot) -> CrashWindow:
        qtbot.waitUntil(lambda: bool(self.crash_windows), timeout=5_000)
        (window,) = self.crash_windows
        return window

    @property
    def reports(self) -> list[Path]:
        return sorted(self.paths.state.glob("crash-*.txt"))


@pytest.fixture
def scene(qtbot: QtBot, theme: Theme, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CrashScene]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    made = CrashScene(window, user_paths(tmp_path))
    give_back = install(made.paths, ManualClock(), theme, made.told.append, lambda: window)
    yield made
    give_back()
    for part in made.crash_windows:
        part.close()


def break_down(what: str = "the plank broke") -> None:
    raise ValueError(what)


def trip() -> None:
    raise LookupError("no such figure")


def from_the_event_loop(action: Callable[[], None]) -> None:
    """Let the event loop do something, as it does with every key and every tick."""
    QTimer.singleShot(0, action)


def test_a_bug_opens_a_calm_window_with_its_report(scene: CrashScene, qtbot: QtBot) -> None:
    from_the_event_loop(break_down)
    window = scene.crash_window(qtbot)
    words = " ".join(label.text() for label in window.findChildren(QLabel))
    assert "Something went wrong in the program." in words
    assert "Your session's record is safe." in words
    (file,) = scene.reports
    assert str(file) in words
    assert window.report.toPlainText() == file.read_text(encoding="utf-8")
    for part in (
        "Guided Session Timer",
        "Python",
        "Qt     6.",
        "System",
        "in break_down",
        "ValueError: the plank broke",
    ):
        assert part in window.report.toPlainText()
    assert not window.again.isVisible()


def test_a_bug_in_painting_is_told_once(scene: CrashScene, qtbot: QtBot) -> None:
    class Broken(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - a name of Qt
            break_down()

    broken = Broken(scene.window)
    broken.resize(50, 50)
    broken.show()
    window = scene.crash_window(qtbot)
    broken.update()
    qtbot.waitUntil(window.again.isVisible, timeout=5_000)
    assert scene.crash_windows == [window]


def test_the_report_is_copied(scene: CrashScene, qtbot: QtBot) -> None:
    from_the_event_loop(break_down)
    window = scene.crash_window(qtbot)
    QTest.mouseClick(window.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == window.report.toPlainText()
    assert window.copy.text() == "Copied"
    assert window.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_any_of_the_usual_keys_goes_on(scene: CrashScene, qtbot: QtBot, key: Qt.Key) -> None:
    from_the_event_loop(break_down)
    window = scene.crash_window(qtbot)
    QTest.keyClick(window.focusWidget(), key)
    assert scene.crash_windows == []
    assert scene.window.isVisible()


def test_closing_ends_the_program(scene: CrashScene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    quits: list[str] = []
    monkeypatch.setattr(QApplication, "quit", lambda: quits.append("quit"))
    from_the_event_loop(break_down)
    window = scene.crash_window(qtbot)
    QTest.mouseClick(window.quit, Qt.MouseButton.LeftButton)
    assert quits == ["quit"]


def test_many_errors_in_a_row_open_one_window(scene: CrashScene, qtbot: QtBot) -> None:
    for _time in range(200):
        from_the_event_loop(break_down)
    window = scene.crash_window(qtbot)
    qtbot.waitUntil(lambda: "200" in window.again.text(), timeout=5_000)
    assert window.again.isVisible()
    assert scene.crash_windows == [window]
    assert len(scene.reports) == 1


def test_another_error_meanwhile_is_told_in_the_same_window(scene: CrashScene, qtbot: QtBot) -> None:
    from_the_event_loop(break_down)
    window = scene.crash_window(qtbot)
    from_the_event_loop(trip)
    qtbot.waitUntil(lambda: "LookupError" in window.again.text(), timeout=5_000)
    assert scene.crash_windows == [window]
    assert "ValueError" in window.report.toPlainText()
    assert len(scene.reports) == 2


def test_after_going_on_the_same_error_is_silent_and_another_is_told(scene: CrashScene, qtbot: QtBot) -> None:
    from_the_event_loop(break_down)
    scene.crash_window(qtbot).go_on.click()
    from_the_event_loop(break_down)
    from_the_event_loop(trip)
    assert "LookupError" in scene.crash_window(qtbot).report.toPlainText()


def test_a_bug_in_a_thread_opens_the_window_in_the_screens_thread(scene: CrashScene, qtbot: QtBot) -> None:
    thread = threading.Thread(target=break_down, name="history")
    thread.start()
    thread.join(5)
    window = scene.crash_window(qtbot)
    assert window.thread() is QCoreApplication.instance().thread()  # type: ignore[union-attr] # there is one
    assert "Where  history" in window.report.toPlainText()


def test_a_session_goes_on_behind_the_window(scene: CrashScene, qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    rig.driver.phase_changed.connect(lambda _interval: break_down())
    from_the_event_loop(rig.driver.start)
    window = scene.crash_window(qtbot)
    rig.clock.advance(1_500)
    qtbot.waitUntil(lambda: rig.conductor.snapshot().spent == 1_500, timeout=5_000)
    rig.go(70_000)
    assert rig.conductor.snapshot().index == 2
    assert [interval.position for interval in rig.record.intervals] == [0, 1]
    assert scene.crash_windows == [window]


def test_a_problem_of_the_persons_world_is_told_as_one(scene: CrashScene, qtbot: QtBot) -> None:
    def fill_the_disk() -> None:
        raise Problem("The disk is full.", "Free some space.")

    from_the_event_loop(fill_the_disk)
    qtbot.waitUntil(lambda: bool(scene.told), timeout=5_000)
    assert scene.told[0].what == "The disk is full."
    assert scene.crash_windows == []
    assert scene.reports == []


def test_a_critical_message_of_qt_is_a_bug_and_a_warning_is_not(
    scene: CrashScene, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    from PySide6.QtCore import qCritical, qWarning

    qWarning("careful now")
    assert "careful now" in capsys.readouterr().err
    assert scene.reports == []
    qCritical("the screen is on fire")
    assert "Qt: the screen is on fire" in scene.crash_window(qtbot).report.toPlainText()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_without_room_for_the_report_the_window_says_so(qtbot: QtBot, theme: Theme) -> None:
    window = CrashWindow(theme, Crash("ValueError", "the report", None))
    qtbot.addWidget(window)
    assert "could not be saved" in window.kept.text()


def test_every_button_has_a_name_and_the_main_one_the_focus(scene: CrashScene, qtbot: QtBot) -> None:
    from_the_event_loop(break_down)
    window = scene.crash_window(qtbot)
    assert [button.accessibleName() for button in (window.copy, window.quit, window.go_on)] == [
        "Copy report",
        "Close the program",
        "Go on",
    ]
    assert window.focusWidget() is window.go_on
    assert window.report.accessibleName()
    assert not window.isModal()


PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer, qFatal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from timer_app.clock import SystemClock
from timer_app.paths import user_paths
from timer_app.settings import Settings
from timer_app.ui.desktop.crash_handler import install
from timer_app.ui.desktop.crash_window import CrashWindow
from timer_app.ui.look.theme import Theme
application = QApplication(["test"])
install(user_paths(Path(sys.argv[1])), SystemClock(), Theme(application, Settings()), print, lambda: None)

def close():
    (window,) = [part for part in application.topLevelWidgets() if isinstance(part, CrashWindow)]
    print("open", window.isVisible(), window.go_on.isVisible(), flush=True)
    window.quit.click()

def main():
    QTimer.singleShot(0, close)
"""


def _run(folder: Path, ending: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM + ending, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_bug_that_ends_the_program_is_told_before_it_goes(tmp_path: Path) -> None:
    done = _run(tmp_path, "    raise ValueError('at the start')\nmain()\n")
    assert done.stdout.splitlines() == ["open True False"]
    assert done.returncode == 1
    assert "ValueError: at the start" in done.stderr
    assert len(list((tmp_path / "state").glob("crash-*.txt"))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Qt may open a box of its own there")
def test_what_kills_qt_leaves_a_report(tmp_path: Path) -> None:
    done = _run(tmp_path, "    qFatal('no platform at all')\nmain()\n")
    assert done.returncode < 0
    (report,) = (tmp_path / "state").glob("crash-*.txt")
    assert "Qt: " in report.read_text(encoding="utf-8")
    assert str(report) in done.stderr
