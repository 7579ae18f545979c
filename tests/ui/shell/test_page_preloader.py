"""What is made ahead: in pieces, not while a session runs, and there when it is wanted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.ui.shell import page_preloader
from timer_app.ui.shell.page_preloader import PagePreloader

ROOT = Path(__file__).parents[3]

# Prints the History page's modules that are loaded once its pieces are done, and how many pieces that took.
PIECES = """
import sys
from timer_app.ui.shell.page_preloader import import_pieces
pieces = list(import_pieces())
print(len(pieces), *(name.rpartition(".")[2] for name in sys.modules if name.startswith("timer_app.ui.history.")))
"""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pauses between two pieces away."""
    monkeypatch.setattr(page_preloader, "PAUSE", 0)
    monkeypatch.setattr(page_preloader, "BUSY_PAUSE", 0)


def _output_of(script: str) -> str:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout


def test_all_of_the_page_is_loaded_ahead_in_pieces() -> None:
    pieces, *loaded = _output_of(PIECES).split()
    folder = ROOT / "timer_app" / "ui" / "history"
    assert {file.stem for file in folder.rglob("*.py")} - {"__init__"} <= set(loaded)
    assert int(pieces) > 5


@pytest.mark.usefixtures("quick")
def test_the_window_answers_between_two_pieces_and_none_is_done_while_it_is_busy(qtbot: QtBot) -> None:
    done: list[int] = []
    busy = [False, False, True, True, True, False, False]

    def pieces() -> Iterator[object]:
        for number in range(3):
            done.append(number)
            yield number

    owner = QObject()
    seen: list[tuple[bool, int]] = []

    def look() -> bool:
        now = busy.pop(0) if busy else False
        seen.append((now, len(done)))
        return now

    work = PagePreloader(pieces(), look, owner)
    assert work.done
    work.start()
    qtbot.waitUntil(lambda: work.done)
    assert done == [0, 1, 2]
    assert seen == [(False, 0), (False, 1), (True, 2), (True, 2), (True, 2), (False, 2), (False, 3)]


@pytest.mark.usefixtures("quick")
def test_the_history_is_there_with_its_content_before_it_is_gone_to(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    stage.add_demo_history()
    front = open_window()
    front.qtbot.waitUntil(lambda: "history" in front.window._pages)
    page = front.history
    front.qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    assert front.window.page == "sessions"
    assert page.overview.heat.values()
    made = page.overview
    front.open_history()
    assert front.history is page
    assert page.overview is made
    assert made.isVisible()


@pytest.mark.usefixtures("quick")
def test_nothing_is_made_while_a_session_runs(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    window = front.window
    window.start_session(stage.services.library.find("superman-tens"))
    with front.qtbot.waitSignal(window.startup_finished):
        pass
    work = window.findChild(PagePreloader)
    assert isinstance(work, PagePreloader)
    for _time in range(3):
        with front.qtbot.waitSignal(work._timer.timeout):
            pass
    assert not work.done
    assert "history" not in window._pages
    window.show_page("sessions")
    front.qtbot.waitUntil(lambda: work.done)
    assert "history" in window._pages


def test_gone_to_at_once_it_is_there_and_its_content_follows(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_demo_history()
    front = open_window()
    assert "history" not in front.window._pages
    front.window.show_page("history")
    page = front.history
    assert page.isVisible()
    assert page.search.isVisible()
    assert page.model.rowCount() == 0
    assert "overview" not in page.__dict__
    front.read_again()
    assert page.model.rowCount() > 0
    assert page.overview.isVisible()


@pytest.mark.usefixtures("quick")
def test_what_was_made_ahead_follows_the_look_and_the_history(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    front.qtbot.waitUntil(lambda: "history" in front.window._pages)
    front.read_again()
    page = front.history
    before = page.search.font().pixelSize()
    settings = stage.services.settings
    settings.save(replace(settings.value, text_percent=150))
    stage.add_demo_history()
    front.open_history()
    assert page.search.font().pixelSize() > before
    assert page.model.rowCount() > 0
