"""What the journal runs into, as the window tells it: what is over is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.history.runs import begun, plank
from tests.ui.stage import Stage, StageServices
from timer_app.history.journal import Journal
from timer_app.history.reading import History
from timer_app.ui.main_window import MainWindow
from timer_app.ui.saving import Saving

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Kept:
    """The window on a history of its own, with what the journal tells on its banners."""

    def __init__(self, stage: Stage, file: Path, qtbot: QtBot) -> None:
        services = stage.services
        assert isinstance(services, StageServices)
        self.file, self.qtbot = file, qtbot
        self.changes = 0
        saving = Saving(stage.messages, lambda: self.journal, self._change)
        self.journal = Journal(file, stage.clock, saving.tell, saving.tell_over)
        services = replace(services, journal=self.journal, history=History(file))
        self.window = MainWindow(services)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitUntil(lambda: self.window.page != "")

    def _change(self) -> None:
        self.changes += 1

    def told(self) -> list[str]:
        return [banner.notice.what for banner in self.window.banners.banners]

    def wait_for(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: any(words in told for told in self.told()))


@pytest.fixture
def open_on(stage: Stage, qtbot: QtBot) -> Iterator[Callable[[Path], Kept]]:
    """Open the window on a history file."""
    opened: list[Kept] = []

    def open_now(file: Path) -> Kept:
        opened.append(Kept(stage, file, qtbot))
        return opened[-1]

    yield open_now
    for kept in opened:
        kept.journal.close()


def test_the_banner_goes_when_all_is_saved(open_on: Callable[[Path], Kept], tmp_path: Path) -> None:
    in_the_way = tmp_path / "in-the-way"
    in_the_way.touch()
    kept = open_on(in_the_way / "history.sqlite")
    kept.journal.begin(begun())
    kept.wait_for("not being saved")
    in_the_way.unlink()
    kept.journal.interval_ended("a", plank())
    kept.wait_for("saved again")
    assert kept.told() == ["Your history is saved again."]
    assert kept.changes == 1
