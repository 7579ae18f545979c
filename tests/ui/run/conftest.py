"""A run page with a session on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.run.rig import Rig
from timer_app.definition.model import Step
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.page import RunPage

Start = Callable[..., tuple[RunPage, Rig]]


@pytest.fixture
def start(qtbot: QtBot, theme: Theme) -> Iterator[Start]:
    """Give a function that shows a page of a size with a session that begins on it."""
    pages: list[RunPage] = []

    def begin(*steps: Step, width: int = 1024, height: int = 700) -> tuple[RunPage, Rig]:
        rig = Rig(*steps)
        page = RunPage(theme)
        pages.append(page)
        page.resize(width, height)
        page.show()
        page.play(rig.driver)
        return page, rig

    yield begin
    for page in filter(isValid, pages):
        page.close()
        page.deleteLater()
        # No event loop runs here that would delete it, and each page that is left makes every restyling slower.
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
