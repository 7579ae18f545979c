"""What is likely to be wanted next, made ahead a piece at a time, so that it is there when it is wanted.

It is made on the screen's thread: widgets live there, and PySide makes its classes as they are first asked for, so that
of two threads that ask at once one can be given half of a class.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

PAUSE = 10
"""Milliseconds between two pieces, each of which takes some 2 to 40: the window answers in between."""

BUSY_PAUSE = 2000
"""Milliseconds until it is looked again whether there is time for the next piece."""


class PagePreloader(QObject):
    """Does pieces of work one after the other, a pause between two, and none of them while `busy` says that it is."""

    def __init__(self, pieces: Iterator[object], busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._pieces = pieces
        self._busy = busy
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._do_next)

    @property
    def done(self) -> bool:
        """Whether nothing is left to do, or it was not begun."""
        return not self._timer.isActive()

    def start(self) -> None:
        """Begin."""
        self._timer.start(PAUSE)

    def _do_next(self) -> None:
        busy = self._busy()
        self._timer.setInterval(BUSY_PAUSE if busy else PAUSE)
        if not busy and next(self._pieces, self) is self:
            self._timer.stop()


def history_pieces(page_widget: Callable[[str], QWidget]) -> Iterator[object]:
    """Load the History page, make it and read what it shows, piece by piece; `page_widget` makes a page by its name."""
    from timer_app.ui import history  # noqa: PLC0415 - not needed before

    for module in iter_modules(history.__path__, f"{history.__name__}."):
        if module.name not in sys.modules:
            yield import_module(module.name)
    from timer_app.ui.history.page import HistoryPage  # noqa: PLC0415 - loaded by now

    page = page_widget("history")
    yield page
    if isinstance(page, HistoryPage) and not page.isVisible():
        yield page.overview
        page.refresh()
        yield page
