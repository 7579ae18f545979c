"""A list that is as high as its rows: all of them are seen at every width, however the window came to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.paths import shipped_sessions
from timer_app.ui.sessions.page import SessionsPage

SESSIONS = sorted(file.name.removesuffix(".session.yaml") for file in shipped_sessions().glob("*.session.yaml"))


def settle() -> None:
    for _turn in range(3):
        QApplication.processEvents()


def hidden(page: SessionsPage) -> list[str]:
    """Return the steps of the session that is shown that are not wholly within their list, or beyond the page's end."""
    plan = page.detail.plan
    content = page.detail._scroll.content
    cut = []
    for number in range(plan.plan.rowCount()):
        index = plan.plan.index(number)
        place = plan.visualRect(index)
        top = plan.viewport().mapTo(content, QPoint(0, place.bottom())).y()
        if not plan.viewport().rect().contains(place) or top >= content.height():
            cut.append(str(index.data()))
    return cut


@pytest.mark.parametrize("stem", SESSIONS)
def test_no_step_vanishes_when_the_window_changes(open_window: Callable[[], Front], stem: str) -> None:
    front = open_window()
    page = front.open_sessions()
    assert page.choose(stem)
    cut: dict[str, list[str]] = {}
    for width, height in ((800, 600), (1366, 700), (1000, 640), (1920, 1080), (681, 371), (1400, 900), (800, 600)):
        front.window.resize(width, height)
        settle()
        cut[f"{width}x{height}"] = hidden(page)
    for change in (front.window.showMaximized, front.window.showNormal, front.window.showFullScreen):
        change()
        settle()
        cut[change.__name__] = hidden(page)
    assert {size: steps for size, steps in cut.items() if steps} == {}


@pytest.mark.parametrize("percent", [150, 200])
def test_no_step_vanishes_when_text_gets_larger(open_window: Callable[[], Front], stage: Stage, percent: int) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("big-three")
    front.window.resize(1366, 700)
    settle()
    before = page.detail.plan.height()
    assert stage.theme is not None
    for text in (percent, 100):
        stage.theme.use(replace(stage.settings, text_percent=text))
        settle()
        assert hidden(page) == []
        assert (page.detail.plan.height() > before) is (text > 100)
