"""Restore, bound and save the window's geometry, and toggle full screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRect, QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from timer_app.atomic_write import read_whole, write_atomically

LEAST = QSize(800, 600)
"""The least size of the window in logical pixels, on a screen that has room for it."""

_FIRST = QSize(1120, 760)
_FRAME = QSize(16, 40)
"""The assumed size of the frame before the window has one, in logical pixels."""

_FULL = Qt.WindowState.WindowFullScreen
_FILLS = Qt.WindowState.WindowMaximized | _FULL


class WindowState(QObject):
    """Keep a window within its screen, and save its geometry in a file from one start to the next.

    Where the system's text is large, a screen has few logical pixels: 1366×768 real ones at 200 % are 683×384.
    """

    def __init__(self, window: QWidget, file: Path) -> None:
        super().__init__(window)
        self._window = window
        self._file = file
        self._screen: QScreen | None = None
        screen = window.screen().availableGeometry().size()
        window.setMinimumSize(LEAST.boundedTo(screen - _FRAME))
        window.resize(_FIRST.boundedTo(screen - _FRAME))
        self._restore()
        self._own_size = window.size()

    def fit_to_screen(self) -> None:
        """Fit the shown window and its frame to the screen, now and whenever the screen changes."""
        handle = self._window.windowHandle()
        handle.screenChanged.connect(self._follow)
        untouched = self._window.size() == self._own_size
        self._follow(handle.screen())
        if untouched:
            self._shrink()

    def save(self) -> None:
        """Save the window's geometry for the next start."""
        try:
            write_atomically(self._file, bytes(self._window.saveGeometry().data()))
        except OSError:
            # A lost window position is not worth a message.
            return

    def _restore(self) -> None:
        """Restore the saved geometry, if any, but never a full screen."""
        try:
            self._window.restoreGeometry(QByteArray(read_whole(self._file)))
        except OSError:
            return
        leave_full_screen(self._window)

    def _follow(self, screen: QScreen) -> None:
        """Follow the window to another screen."""
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self._screen_changed)
        self._screen = screen
        screen.availableGeometryChanged.connect(self._screen_changed)
        self._bound()

    def _screen_changed(self, _available: QRect) -> None:
        self._bound()
        self._shrink()

    def _bound(self) -> None:
        """Limit the minimum size to what the screen has room for."""
        self._window.setMinimumSize(self._window.minimumSize().boundedTo(self._room()))

    def _shrink(self) -> None:
        """Shrink to the screen, unless the window is maximized or full screen."""
        if self._window.windowState() & _FILLS:
            return
        self._window.resize(self._window.size().boundedTo(self._room()))
        frame, screen = self._window.frameGeometry(), self._window.screen().availableGeometry()
        if not screen.contains(frame):
            right, bottom = screen.right() + 1 - frame.width(), screen.bottom() + 1 - frame.height()
            self._window.move(max(screen.left(), min(frame.x(), right)), max(screen.top(), min(frame.y(), bottom)))

    def _room(self) -> QSize:
        """Return the screen's available size without the window's frame."""
        frame = self._window.frameGeometry().size() - self._window.size()
        return self._window.screen().availableGeometry().size() - frame


def size_dialog(dialog: QWidget, size: QSize, least: QSize) -> None:
    """Give a dialog its size and its least size, as far as its screen has room for them."""
    room = dialog.screen().availableGeometry().size() - _FRAME
    dialog.setMinimumSize(least.boundedTo(room))
    dialog.resize(size.boundedTo(room))


def toggle_full_screen(window: QWidget) -> bool:
    """Fill the screen with a window, or go back to its own size; return whether it fills the screen now."""
    window.setWindowState(window.windowState() ^ _FULL)
    return bool(window.windowState() & _FULL)


def raise_window(window: QWidget) -> None:
    """Bring a window to the front, as far as the system lets it, out of the task bar too."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def leave_full_screen(window: QWidget) -> None:
    """Go back to the window's own size, where it fills the screen."""
    window.setWindowState(window.windowState() & ~_FULL)
