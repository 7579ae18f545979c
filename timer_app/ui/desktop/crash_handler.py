"""What nobody caught becomes a report and a crash window, one at a time; the window is loaded when it is needed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from timer_app.clock import Clock
from timer_app.crash_report import Crash, CrashReporter, print_crash
from timer_app.paths import Paths
from timer_app.problems import Problem

if TYPE_CHECKING:
    from timer_app.ui.desktop.crash_window import CrashWindow
    from timer_app.ui.look.theme import Theme


class CrashGuard(QObject):
    """Opens the crash window for what nobody caught, from any thread: one at a time, and once for each bug.

    `parent` gives the window to open it over.
    """

    _crashed = Signal(object)

    def __init__(self, theme: Theme, parent: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._theme = theme
        self._parent = parent
        self.window: CrashWindow | None = None
        # In the thread of this object, whichever thread it was met in.
        self._crashed.connect(self._show_soon)

    def show_crash(self, crash: Crash) -> None:
        """Show a crash on the terminal and in the window. May be called from any thread."""
        print_crash(crash, sys.stderr)
        if crash.ended:
            # No event loop will run again.
            self._make(crash, None, over=True).exec()
        else:
            self._crashed.emit(crash)

    def _show_soon(self, crash: Crash) -> None:
        """Let the event loop open the window, never what went wrong."""
        QTimer.singleShot(0, self, lambda: self._show(crash))

    def _show(self, crash: Crash) -> None:
        if self.window is not None:
            self.window.show_count(crash)
        elif crash.count == 1:
            self.window = self._make(crash, self._parent())
            self.window.finished.connect(self._closed)
            self.window.quit_requested.connect(QApplication.quit)
            self.window.show()

    def _make(self, crash: Crash, parent: QWidget | None, *, over: bool = False) -> CrashWindow:
        from timer_app.ui.desktop.crash_window import CrashWindow  # noqa: PLC0415 - 15 ms that most starts can do without

        return CrashWindow(self._theme, crash, parent, over=over)

    def _closed(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None


def install(
    paths: Paths,
    clock: Clock,
    theme: Theme,
    show_problem: Callable[[Problem], None],
    parent: Callable[[], QWidget | None],
) -> Callable[[], None]:
    """Open the crash window for every bug from now on, and return what gives everything back as it was.

    `show_problem` takes problems of the user's world that reached nobody; `parent` gives the window to open it over.
    """
    guard = CrashGuard(theme, parent)
    about = (f"Qt     {qVersion()}, PySide6 {pyside_version}, {QGuiApplication.platformName()}",)
    reporter = CrashReporter(paths.state, clock.wall, on_crash=guard.show_crash, on_problem=show_problem, about=about)
    restore_hooks = reporter.install()
    before = qInstallMessageHandler(_message_handler(reporter))

    def restore() -> None:
        qInstallMessageHandler(before)
        restore_hooks()

    return restore


def _message_handler(reporter: CrashReporter) -> Callable[[QtMsgType, QMessageLogContext, str], None]:
    """Return what takes Qt's own messages: critical ones are bugs, the others go to the terminal as ever."""

    def handle(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            reporter.message(f"Qt: {message}", _place(context))
        elif sys.stderr is not None:
            sys.stderr.write(message + "\n")

    return handle


def _place(context: QMessageLogContext) -> str:
    """Return where in Qt a message comes from, as far as Qt was built to say."""
    parts = (context.category, context.function, f"{context.file}:{context.line}" if context.file else "")
    return " ".join(part for part in parts if part)
