"""Open the program on the folder DIR, go to the History page twice, and print when it was there.

Each line has what was there, the ms since it was asked for, and the ms that the screen's thread worked for it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from timer_app.ui.main_window import MainWindow

AFTER_START_MS = 1500
"""When the page is gone to: the window has settled, and the check of a long history is still under way."""

_MODULE = "timer_app.ui.history.page"


class Visit(QObject):
    """One visit: from the click until the charts and the list have been painted with what they show."""

    def __init__(self, name: str, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__()
        self._name = name
        self._window = window
        self._then = then
        self._parts: set[str] = set()
        self._first = 0.0
        self._start = self._cpu = 0.0

    def begin(self) -> None:
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self._start, self._cpu = time.perf_counter(), time.thread_time()
        if self._name == "first visit":
            __import__(_MODULE)
            self._tell("imports")
        self._window.show_page("history")
        self._tell("screen's thread held")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            part = self._part(watched)
            if part and part not in self._parts:
                self._parts.add(part)
                QTimer.singleShot(0, self, self._look)
        return False

    def _part(self, watched: QWidget) -> str:
        from timer_app.ui.history.page import HistoryPage

        page = self._window.findChild(HistoryPage)
        if page is None:
            return ""
        if watched is page:
            return "page"
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
            application = QApplication.instance()
            assert application is not None
            application.removeEventFilter(self)
            self._tell("content painted")
            self._window.show_page("sessions")
            QTimer.singleShot(300, self._then)

    def _tell(self, what: str) -> None:
        taken, worked = time.perf_counter() - self._start, time.thread_time() - self._cpu
        print(f"{self._name}: {what}\t{taken * 1000:.1f}\t{worked * 1000:.1f}", flush=True)


def visit(window: MainWindow) -> None:
    second = Visit("second visit", window, lambda: os._exit(0))
    first = Visit("first visit", window, second.begin)
    for each in (first, second):
        each.setParent(window)
    first.begin()


def main(folder: str) -> None:
    real = QApplication.exec

    def watched_exec(_application: QApplication) -> int:
        window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
        QTimer.singleShot(AFTER_START_MS, lambda: visit(window))
        return real()

    QApplication.exec = watched_exec  # type: ignore[method-assign,assignment]
    from timer_app.cli import main as timer_app

    sys.exit(timer_app(["--data-dir", folder]))


if __name__ == "__main__":
    main(sys.argv[1])
