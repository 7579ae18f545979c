"""The application, with the system's events that no window gets."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """The application. `file_requested` carries the path of a file that was opened with it.

    macOS starts nothing for a double click while the program runs, nor does it name the file where it does: it sends an
    event, one for each file.
    """

    file_requested = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__([name])
        self.setApplicationName(name)
        self.setDesktopFileName(name)

    def event(self, event: QEvent) -> bool:
        """Emit the files that were opened with the program."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_requested.emit(event.file())
            return True
        return super().event(event)
