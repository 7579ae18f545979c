"""The disk is full, or may not be written to, while a session runs in the window: it goes on, and a banner says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.small_disk import remount, small_disk
from tests.ui.stage import Stage, services_with
from timer_app.conductor.conductor import Conductor
from timer_app.history.db_file import findings, open_for_reading
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.ui.shell.main_window import MainWindow
from timer_app.ui.support.session_driver import SessionDriver


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a small disk; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder) as disk:
        yield disk


class Played:
    """A session in the window, whose history is on the disk."""

    def __init__(self, stage: Stage, disk: Path, qtbot: QtBot) -> None:
        self.file = disk / "history.sqlite"
        self.journal = Journal(self.file, stage.clock, stage.messages.show_problem)
        services = services_with(stage.services, journal=self.journal, history=History(self.file))
        self.stage = stage
        self.window = MainWindow(services)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitUntil(lambda: self.window.page != "")
        self.window.start_session(services.library.find("superman-tens"))

    @property
    def driver(self) -> SessionDriver:
        assert self.window.running is not None
        driver = self.window.running.driver
        assert driver is not None
        return driver

    def go(self, seconds: int) -> None:
        for _second in range(seconds):
            self.stage.clock.advance(1_000)
            self.driver.refresh()

    def banner_texts(self) -> list[str]:
        return [banner.notice.what for banner in self.window.banners.banners]

    def go_to_the_end(self) -> None:
        assert self.window.running is not None
        while self.window.running.driver is not None:
            self.go(1)
        assert self.window.running.currentWidget() is self.window.running.finish_page


def fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"x" * 4_096)
        except OSError:
            return


def check(played: Played, qtbot: QtBot, word: str) -> None:
    """See the session go on to its end, and the banner say why nothing is saved."""
    played.go(5)
    before = played.driver.conductor.snapshot()
    for _turn in range(40):
        played.driver.do(Conductor.back)
        played.driver.do(Conductor.skip)
    qtbot.waitUntil(lambda: any(word in text for text in played.banner_texts()), timeout=20_000)
    assert played.driver.conductor.snapshot().live
    assert before.live
    played.go_to_the_end()
    assert sum(word in text for text in played.banner_texts()) == 1


def test_the_disk_is_full(stage: Stage, disk: Path, qtbot: QtBot) -> None:
    fill(disk / "ballast")
    played = Played(stage, disk, qtbot)
    check(played, qtbot, "full")
    (disk / "ballast").unlink()
    assert played.journal.close(30)
    (run,) = History(played.file).runs()
    assert run.outcome is RunOutcome.COMPLETED


def test_a_disk_that_becomes_full_takes_the_session_that_goes_on(stage: Stage, disk: Path, qtbot: QtBot) -> None:
    """The write-ahead log is restarted within its size, however often the user goes back and forth."""
    played = Played(stage, disk, qtbot)
    played.go(10)
    assert played.journal.flush(30)
    fill(disk / "ballast")
    for _turn in range(100):
        played.driver.do(Conductor.back)
        played.driver.do(Conductor.skip)
    played.go_to_the_end()
    assert played.journal.close(30)
    assert played.banner_texts() == []
    (run,) = History(played.file).runs()
    assert run.outcome is RunOutcome.COMPLETED
    with closing(open_for_reading(played.file)) as connection:
        assert findings(connection) == ()


def test_the_folder_may_not_be_written_to(stage: Stage, disk: Path, qtbot: QtBot) -> None:
    remount(disk, "ro")
    played = Played(stage, disk, qtbot)
    check(played, qtbot, "not being saved")
    remount(disk, "rw")
    assert played.journal.close(30)
    (run,) = History(played.file).runs()
    assert run.outcome is RunOutcome.COMPLETED
