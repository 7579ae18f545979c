"""Open sessions in the editor, whose page is made when the first one is edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from timer_app.problems import Problem
from timer_app.ui.support.services import Services

if TYPE_CHECKING:
    # What edits sessions is loaded when the first one is edited.
    from timer_app.definition.library import LibraryEntry
    from timer_app.editing.edited_session import EditedSession
    from timer_app.ui.editor.page import EditorPage


class EditorController(QObject):
    """Open sessions in the editor page.

    `shown` is emitted when the editor has to be shown; `closed` carries the stem of the closed session;
    `try_requested` carries the `Session` and the path of the step to try it from.
    """

    shown = Signal()
    closed = Signal(str)
    try_requested = Signal(object, object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._page: EditorPage | None = None

    @property
    def page(self) -> EditorPage:
        """The editor's page."""
        if self._page is None:
            from timer_app.ui.editor.page import EditorPage  # noqa: PLC0415 - made when it is first visited

            self._page = EditorPage(self._services)
            self._page.closed.connect(self.closed)
            self._page.try_requested.connect(self.try_requested)
            self._page.close_prompt.restore_requested.connect(self.open)
        return self._page

    def edit(self, entry: LibraryEntry) -> None:
        """Edit a session, a shipped one as a copy; a `Problem` is shown as a message."""
        try:
            edited = self.page.session.load(entry)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        self.open(edited)

    def edit_new(self, text: str) -> None:
        """Edit a session that has no file yet, starting with this text."""
        self.open(self.page.session.create(text))

    def open(self, edited: EditedSession) -> None:
        """Edit a session; ask first what to do with unsaved changes of another one."""
        page = self.page
        self.shown.emit()
        page.close_prompt.close(lambda: page.open(edited))

    def prompt_to_save(self, then: Callable[[], None]) -> bool:
        """Ask what to do with unsaved changes and call `then` afterwards; return False if there are none."""
        if self._page is None or not self._page.unsaved:
            return False
        self.shown.emit()
        self._page.close_prompt.close(then)
        return True
