"""Open the program on the folder DIR, go to the History page MS after its start and once more: when was it there?

Each line has what was there, the ms since it was asked for, and the ms that the screen's thread worked for it. What was
made of the page ahead is told by its longest piece.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from timer_app.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from timer_app.ui.history.page import HistoryPage


class Visit(QObject):
    """One visit: from the click until the charts and the list have been painted with what they show.

    Where the page is not made yet, everything in the program has to be watched, which slows it: the figure is too high.
    """

    def __init__(self, name: str, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__()
        self._name = name
        self._window = window
        self._then = then
        self._parts: set[str] = set()
        self._watched: list[QObject] = []
        self._first = 0.0
        self._start = self._cpu = 0.0

    def begin(self) -> None:
        self._watched = self._to_watch()
        for each in self._watched:
            each.installEventFilter(self)
        self._start, self._cpu = time.perf_counter(), time.thread_time()
        self._window.show_page("history")
        self._tell("screen's thread held")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            part = self._part(watched)
            if part and part not in self._parts:
                self._parts.add(part)
                QTimer.singleShot(0, self, self._look)
        return False

    def _page(self) -> HistoryPage | None:
        from timer_app.ui.history.page import HistoryPage

        return self._window.findChild(HistoryPage)

    def _to_watch(self) -> list[QObject]:
        page = self._page() if "timer_app.ui.history.page" in sys.modules else None
        if page is not None and "overview" in page.__dict__:
            return [page, page.list.viewport(), page.overview.heat]
        application = QApplication.instance()
        assert application is not None
        return [application]

    def _part(self, watched: QWidget) -> str:
        page = self._page()
        if page is None or not page.isVisible():
            return ""
        if watched is page:
            return "page"
        if "overview" not in page.__dict__:
            return ""
        overview, model = page.overview, page.model
        if watched is overview.heat and overview.heat.values():
            return "heat"
        if watched.parent() is page.list and model.rowCount():
            return "list"
        return ""

    def _look(self) -> None:
        if "page" in self._parts and not self._first:
            self._first = time.perf_counter()
            self._tell("page painted")
        if {"heat", "list"} <= self._parts:
            self._parts.clear()
            for each in self._watched:
                each.removeEventFilter(self)
            self._tell("content painted")
            self._window.show_page("sessions")
            QTimer.singleShot(300, self._then)

    def _tell(self, what: str) -> None:
        taken, worked = time.perf_counter() - self._start, time.thread_time() - self._cpu
        print(f"{self._name}: {what}\t{taken * 1000:.1f}\t{worked * 1000:.1f}", flush=True)


def visit(window: MainWindow, pieces: list[tuple[float, float]]) -> None:
    if pieces:
        longest, worked = (max(each) for each in zip(*pieces, strict=True))
        print(f"longest of the pieces made ahead\t{longest:.1f}\t{worked:.1f}", flush=True)
    second = Visit("second visit", window, lambda: os._exit(0))
    first = Visit("first visit", window, second.begin)
    for each in (first, second):
        each.setParent(window)
    first.begin()


def time_pieces() -> list[tuple[float, float]]:
    """Take the time of all that is made ahead, in ms: how long each piece took, and how long its thread worked."""
    from timer_app.ui.shell.page_preloader import PagePreloader

    times: list[tuple[float, float]] = []
    real = PagePreloader._do_next

    def timed(ahead: PagePreloader) -> None:
        start, cpu = time.perf_counter(), time.thread_time()
        real(ahead)
        times.append(((time.perf_counter() - start) * 1000, (time.thread_time() - cpu) * 1000))

    PagePreloader._do_next = timed  # type: ignore[method-assign,assignment]
    return times


def main(folder: str, after_start: int) -> None:
    real = QApplication.exec
    pieces = time_pieces()

    def watched_exec(_application: QApplication) -> int:
        window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
        QTimer.singleShot(after_start, lambda: visit(window, pieces))
        return real()

    QApplication.exec = watched_exec  # type: ignore[method-assign,assignment]
    from timer_app.cli import main as timer_app

    sys.exit(timer_app(["--data-dir", folder]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
