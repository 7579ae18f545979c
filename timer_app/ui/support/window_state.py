"""Where the window stands: within its screen, where it was the last time, and the whole screen and back."""

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
"""The room that a frame is taken to need before there is one, in logical pixels."""

_FULL = Qt.WindowState.WindowFullScreen
_FILLS = Qt.WindowState.WindowMaximized | _FULL


class WindowState(QObject):
    """Keeps a window within its screen, and its size and place in a file from one start to the next.

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

    def settle(self) -> None:
        """Fit the window into its screen now that it is shown and has its frame, and whenever that changes."""
        handle = self._window.windowHandle()
        handle.screenChanged.connect(self._follow)
        untouched = self._window.size() == self._own_size
        self._follow(handle.screen())
        if untouched:
            self._shrink()

    def remember(self) -> None:
        """Keep the size and place for the next time."""
        try:
            write_atomically(self._file, bytes(self._window.saveGeometry().data()))
        except OSError:
            # Where the window was is not worth a message.
            return

    def _restore(self) -> None:
        """Take the size and place of the last time, where they are known. No start fills the screen by itself."""
        try:
            self._window.restoreGeometry(QByteArray(read_whole(self._file)))
        except OSError:
            return
        leave_full_screen(self._window)

    def _follow(self, screen: QScreen) -> None:
        """Stand on another screen."""
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self._screen_changed)
        self._screen = screen
        screen.availableGeometryChanged.connect(self._screen_changed)
        self._bound()

    def _screen_changed(self, _available: QRect) -> None:
        self._bound()
        self._shrink()

    def _bound(self) -> None:
        """Let the least size be one that the screen has room for."""
        self._window.setMinimumSize(self._window.minimumSize().boundedTo(self._room()))

    def _shrink(self) -> None:
        """Take no more than the screen, unless the system sees to the size itself."""
        if self._window.windowState() & _FILLS:
            return
        self._window.resize(self._window.size().boundedTo(self._room()))
        frame, screen = self._window.frameGeometry(), self._window.screen().availableGeometry()
        if not screen.contains(frame):
            right, bottom = screen.right() + 1 - frame.width(), screen.bottom() + 1 - frame.height()
            self._window.move(max(screen.left(), min(frame.x(), right)), max(screen.top(), min(frame.y(), bottom)))

    def _room(self) -> QSize:
        """Return what the screen leaves for the window within its frame."""
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


def leave_full_screen(window: QWidget) -> None:
    """Go back to the window's own size, where it fills the screen."""
    window.setWindowState(window.windowState() & ~_FULL)
