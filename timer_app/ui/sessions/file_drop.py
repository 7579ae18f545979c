"""Files that are dropped on the window: looked through off the GUI thread, then shown and asked about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QEvent, QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from timer_app.definition.library import stem_of
from timer_app.i18n import _, ngettext
from timer_app.problems import Problem
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services

if TYPE_CHECKING:
    # What looks files through is loaded when the first one is dropped.
    from timer_app.definition.session_import import Examined
    from timer_app.ui.sessions.import_dialog import ImportDialog


class FileDrop(QObject):
    """Take files that are dropped on a window's `ground`: the window itself gets an event for each picture painted.

    `added` carries the stem of the first session that was copied in. `dialog` is what asks, while it does.
    """

    added = Signal(str)

    def __init__(self, services: Services, window: QWidget, ground: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._files: list[Path] = []
        self._examining = BackgroundTask(self, self._examine, self._ask)
        self.dialog: ImportDialog | None = None
        ground.setAcceptDrops(True)
        ground.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that are dropped, and nothing else."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            files = local_files(event.mimeData())
            if files and self.dialog is None:
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self.import_files(files)
            return True
        return super().eventFilter(watched, event)

    def import_files(self, files: list[Path]) -> None:
        """Look these files through, then ask about what is in them."""
        self._files = files
        self._examining.start()

    def _examine(self) -> Examined | Problem:
        """Look the files through. On another thread."""
        from timer_app.definition.session_import import Examined, LeftOut, examine  # noqa: PLC0415

        found = Examined(())
        for file in self._files:
            try:
                one = examine(file, self._services.catalogue)
            except Problem as problem:
                if len(self._files) == 1:
                    return problem
                one = Examined((), (LeftOut("", problem.what),))
            found = Examined(found.candidates + one.candidates, found.left_out + one.left_out)
        return found

    def _ask(self, found: Examined | Problem) -> None:
        if isinstance(found, Problem):
            self._services.messages.show_problem(found)
            return
        if not found.candidates:
            reasons = "; ".join(str(one).removesuffix(".") for one in found.left_out)
            self._services.messages.show_problem(Problem(_("There is no session in it."), reasons))
            return
        from timer_app.ui.sessions.import_dialog import ImportDialog  # noqa: PLC0415

        self.dialog = ImportDialog(self._services, found, self._window)
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    def _answered(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        if dialog.copied:
            count = len(dialog.copied)
            message = ngettext("One session was added.", "{n} sessions were added.", count).format(n=count)
            self._services.messages.show_note(message)
            self.added.emit(stem_of(dialog.copied[0]))


def local_files(dropped: QMimeData) -> list[Path]:
    """Return the files on this computer among what is dropped."""
    return [_path(url) for url in dropped.urls() if url.isLocalFile()]


def _path(url: QUrl) -> Path:
    """Return the file at an address, whose name need not be UTF-8, as Qt would have it."""
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return Path(url.toLocalFile() if os.name == "nt" else os.fsdecode(unquote_to_bytes(encoded)))
