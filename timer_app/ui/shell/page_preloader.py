"""What is likely to be wanted next, made ahead a piece at a time, so that it is there when it is wanted.

It is made on the GUI thread: widgets live there, and PySide makes its classes as they are first asked for, so that
of two threads that ask at once one can be given half of a class.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from timer_app.ui import history

if TYPE_CHECKING:
    from timer_app.ui.history.page import HistoryPage

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


def import_pieces() -> Iterator[object]:
    """Import the modules of the History page, one a piece."""
    for module in iter_modules(history.__path__, f"{history.__name__}."):
        if module.name not in sys.modules:
            yield import_module(module.name)


def history_pieces(make_page: Callable[[], HistoryPage]) -> Iterator[object]:
    """Import and make the History page and read what it shows, piece by piece."""
    yield from import_pieces()
    page = make_page()
    yield page
    if not page.isVisible():
        yield page.overview
        page.refresh()
        yield page
