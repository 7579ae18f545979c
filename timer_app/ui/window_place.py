"""Where the window stands: its size and place from one start to the next, and the whole screen and back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QWidget

from timer_app.files import write_atomically

_FULL = Qt.WindowState.WindowFullScreen


def restore(window: QWidget, file: Path) -> None:
    """Take the size and place of the last time, where they are known. Nobody finds a full screen who has just begun."""
    try:
        window.restoreGeometry(QByteArray(file.read_bytes()))
    except OSError:
        return
    leave_full_screen(window)


def remember(window: QWidget, file: Path) -> None:
    """Keep the size and place for the next time."""
    try:
        write_atomically(file, bytes(window.saveGeometry().data()))
    except OSError:
        # Where the window was is not worth a message.
        return


def toggle_full_screen(window: QWidget) -> bool:
    """Fill the screen with a window, or go back to its own size; return whether it fills the screen now."""
    window.setWindowState(window.windowState() ^ _FULL)
    return bool(window.windowState() & _FULL)


def leave_full_screen(window: QWidget) -> None:
    """Go back to the window's own size, where it fills the screen."""
    window.setWindowState(window.windowState() & ~_FULL)
