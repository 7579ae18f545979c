"""Sessions that were being edited when the program ended: the next start offers to go on with them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from timer_app.editing.autosave import Unsaved, UnsavedWork
from timer_app.editing.edited_session import recover_unsaved
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.problems import Problem
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services


class UnsavedWorkRecovery(QObject):
    """Looks for work that was not saved, and asks about it. `edit_requested` carries the `Work` to go on with.

    What the user does not want to go on with now stays, and is offered again with the next start.
    """

    edit_requested = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._searching = BackgroundTask(self, UnsavedWork(services.paths.drafts).all, self._ask)

    def start(self) -> None:
        """Look for it, off the GUI thread."""
        self._searching.start()

    def _ask(self, found: tuple[Unsaved, ...]) -> None:
        today = self._services.clock.wall().date()
        for kept in found:
            when = formatting.ago(kept.at.date(), today)
            what = _("You were changing “{name}” ({when}), and it is not saved yet.").format(name=kept.title, when=when)
            self._services.messages.show_question(what, _("Go on"), partial(self._go_on, kept), lambda: None)

    def _go_on(self, kept: Unsaved) -> None:
        try:
            work = recover_unsaved(kept, self._services.catalogue)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        self.edit_requested.emit(work)
