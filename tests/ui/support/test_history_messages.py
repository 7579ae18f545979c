"""What the journal runs into, as the window tells it: what is over is taken back."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.history.runs import EVENING, begun, plank, run
from tests.ui.conftest import Front
from tests.ui.stage import Stage, services_with
from timer_app.clock import ManualClock
from timer_app.context import AppContext
from timer_app.history.backups import back_up
from timer_app.history.db_file import open_store, writing
from timer_app.history.last_write_marker import marker_file
from timer_app.history.reader import History
from timer_app.history.row_mapping import write_run
from timer_app.history.run_journal import Journal
from timer_app.paths import user_paths
from timer_app.problems import Problem
from timer_app.ui.look.theme import Theme
from timer_app.ui.shell.main_window import MainWindow
from timer_app.ui.shell.save_on_exit import save_at_the_end
from timer_app.ui.support.history_messages import HistoryMessages

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class HistoryRig:
    """The window on a history of its own, with what the journal tells on its banners."""

    def __init__(self, stage: Stage, file: Path, qtbot: QtBot) -> None:
        self.file, self.qtbot = file, qtbot
        self.changes = 0
        saving = HistoryMessages(stage.messages, lambda: self.journal, self._change)
        self.journal = Journal(file, stage.clock, saving.show_problem, saving.show_resolved)
        services = services_with(stage.services, journal=self.journal, history=History(file))
        self.window = MainWindow(services)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitUntil(lambda: self.window.page != "")

    def _change(self) -> None:
        self.changes += 1

    def banner_texts(self) -> list[str]:
        return [banner.notice.what for banner in self.window.banners.banners]

    def wait_for(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: any(words in text for text in self.banner_texts()))


@pytest.fixture
def open_on(stage: Stage, qtbot: QtBot) -> Iterator[Callable[[Path], HistoryRig]]:
    """Open the window on a history file."""
    opened: list[HistoryRig] = []

    def open_now(file: Path) -> HistoryRig:
        opened.append(HistoryRig(stage, file, qtbot))
        return opened[-1]

    yield open_now
    for rig in opened:
        rig.journal.close()


def test_the_banner_goes_when_all_is_saved(open_on: Callable[[Path], HistoryRig], tmp_path: Path) -> None:
    in_the_way = tmp_path / "in-the-way"
    in_the_way.touch()
    rig = open_on(in_the_way / "history.sqlite")
    rig.journal.begin(begun())
    rig.wait_for("not being saved")
    in_the_way.unlink()
    rig.journal.interval_ended("a", plank())
    rig.wait_for("saved again")
    assert rig.banner_texts() == ["Your history is saved again."]
    assert rig.changes == 1


def gone(tmp_path: Path, *, with_copy: bool = True) -> Path:
    """Return a history that was deleted beside what is left of it."""
    file = tmp_path / "gone" / "history.sqlite"
    with closing(open_store(file)) as connection:
        with writing(connection):
            write_run(connection, run("old"), EVENING)
        if with_copy:
            back_up(connection, file, EVENING)
    file.unlink()
    marker_file(file).write_bytes(b"left")
    return file


def test_a_missing_history_is_shown_and_restored_by_a_button(
    open_on: Callable[[Path], HistoryRig], tmp_path: Path
) -> None:
    file = gone(tmp_path)
    rig = open_on(file)
    rig.wait_for("Your history is gone")
    (banner,) = rig.window.banners.banners
    assert "A sound safety copy is there, made" in banner.notice.advice
    assert banner.action is not None
    assert banner.action.text() == "Restore it"
    banner.action.click()
    rig.qtbot.waitUntil(lambda: rig.changes == 2)
    assert {each.id for each in History(file).runs()} == {"old"}
    assert rig.banner_texts() == []


@pytest.mark.parametrize("with_copy", [True, False])
def test_a_history_removed_on_purpose_is_begun_anew_by_a_click(
    open_on: Callable[[Path], HistoryRig], tmp_path: Path, *, with_copy: bool
) -> None:
    file = gone(tmp_path, with_copy=with_copy)
    rig = open_on(file)
    rig.wait_for("Your history is gone")
    (banner,) = rig.window.banners.banners
    if with_copy:
        assert "Close this message to begin anew." in banner.notice.advice
        banner.close_button.click()
    else:
        assert banner.action is not None
        assert banner.action.text() == "Begin anew"
        banner.action.click()
    rig.qtbot.waitUntil(lambda: rig.changes == 2)
    assert History(file).runs() == ()


def test_the_history_page_does_not_speak_of_a_first_session_where_the_history_is_missing(
    open_on: Callable[[Path], HistoryRig], tmp_path: Path
) -> None:
    front = Front(open_on(gone(tmp_path)).window, open_on(tmp_path / "other.sqlite").qtbot)
    page = front.open_history()
    assert page.read_error.isVisible()


def test_a_broken_link_is_shown_until_it_is_mended(open_on: Callable[[Path], HistoryRig], tmp_path: Path) -> None:
    (tmp_path / "history.sqlite").symlink_to(tmp_path / "drive" / "history.sqlite")
    rig = open_on(tmp_path / "history.sqlite")
    rig.wait_for("Your history is not there")
    assert rig.window.banners.banners[0].action is None
    with closing(open_store(tmp_path / "drive" / "history.sqlite")):
        rig.journal.begin(begun())
        rig.wait_for("Your history is there again")
    assert len(rig.banner_texts()) == 1


class SlowContext(AppContext):
    """A context that closes when it is let, having said so first where it is `slow`, and reports `problem`."""

    def __init__(self, *, slow: bool, problem: Problem | None = None) -> None:
        super().__init__(user_paths(Path(os.devnull)), ManualClock(), lambda _problem: None)
        self.let = threading.Event()
        self.closed_on: threading.Thread | None = None
        self._slow = slow
        self._problem = problem

    def close(self, on_wait: Callable[[], None] = lambda: None) -> bool:
        self.closed_on = threading.current_thread()
        if self._slow:
            on_wait()
            assert self.let.wait(30)
        if self._problem is not None:
            over = Problem("Over by now.")
            self.on_problem(over)
            self.on_problem(self._problem)
            assert self.on_resolved is not None
            self.on_resolved(over)
        return self._problem is None


def watch(look: Callable[[], None]) -> QTimer:
    """Look at what is on the screen again and again, while something else has the thread."""
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(1)
    return timer


def test_a_slow_disk_at_the_end_is_waited_for_and_shown_without_blocking_the_window(theme: Theme) -> None:
    context = SlowContext(slow=True)
    seen: list[str] = []

    def look() -> None:
        for note in QApplication.topLevelWidgets():
            if isinstance(note, QDialog) and note.isVisible():
                seen[:] = [label.text() for label in note.findChildren(QLabel)]
                note.close()
                note.reject()
                assert note.isVisible()
                context.let.set()

    timer = watch(look)
    assert save_at_the_end(context, theme)
    timer.stop()
    assert seen[0] == "Saving your history …"
    assert context.closed_on is not threading.main_thread()
    assert not any(widget.isVisible() for widget in QApplication.topLevelWidgets())


def test_a_disk_that_is_quick_shows_nothing_at_the_end(theme: Theme) -> None:
    shown: list[bool] = []
    timer = watch(lambda: shown.extend(widget.isVisible() for widget in QApplication.topLevelWidgets()))
    assert save_at_the_end(SlowContext(slow=False), theme)
    timer.stop()
    assert not any(shown)


def test_what_could_not_be_saved_is_shown_in_a_window_of_its_own(theme: Theme) -> None:
    banner_texts: list[str] = []

    def look() -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox):
                banner_texts.append(box.text())
                box.accept()

    timer = watch(look)
    assert not save_at_the_end(SlowContext(slow=False, problem=Problem("It is kept.", "Start again.")), theme)
    timer.stop()
    assert banner_texts == ["It is kept.\n\nStart again."]


def test_a_bug_at_the_end_hangs_nothing(theme: Theme) -> None:
    context = SlowContext(slow=False)
    context.let = None  # type: ignore[assignment]
    context._slow = True
    with pytest.raises(AttributeError):
        save_at_the_end(context, theme)


def test_an_export_says_what_is_not_in_it_yet(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timer_app.history.db_file._BUSY_SECONDS", 0.01)
    stage.journal.begin(begun())
    assert stage.journal.flush()
    front = open_window()
    page = front.open_history()
    with closing(sqlite3.connect(stage.paths.history, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        stage.journal.interval_ended("a", plank())
        page.tools.export(stage.folder / "out.json")
        qtbot.waitUntil(lambda: bool(front.window.banners.banners))
    assert "What you did last is not in it" in front.window.banners.banners[-1].notice.what
