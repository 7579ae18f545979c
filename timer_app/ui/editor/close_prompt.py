"""The two questions about the file on the desk: what another program did to it, and what becomes of it on leaving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from timer_app.editing.edited_session import EditedSession
from timer_app.editing.session_file import ChangedMeanwhile
from timer_app.i18n import _
from timer_app.ui.editor.editor_session import EditorSession
from timer_app.ui.editor.problem_bar import ChoiceBar
from timer_app.ui.support.services import Services


class ClosePrompt(QObject):
    """Asks, and does as it is told. `left` carries the stem of the session that was let go.

    `stayed` comes when the person goes on after all; `brought_back` carries the `EditedSession` whose changes were
    thrown away, when the person wants them back.
    """

    left = Signal(str)
    stayed = Signal()
    brought_back = Signal(object)

    def __init__(self, services: Services, desk: EditorSession, choice: ChoiceBar) -> None:
        super().__init__(desk)
        self._services = services
        self._desk = desk
        self._choice = choice
        self._then: Callable[[], None] | None = None
        desk.noticed.connect(self._ask_about_disk)

    def leave(self, then: Callable[[], None] | None = None) -> None:
        """Leave, at once where all is saved; else ask first. `then` is done afterwards, in place of telling `left`."""
        self._then = then
        work = self._desk.work
        if work is None or not work.document.unsaved:
            self._go()
            return
        self._choice.ask(
            _("Save what you changed in “{name}”?").format(name=work.title),
            "",
            ((_("Save"), self._save), (_("Don't save"), self._throw_away), (_("Keep editing"), self.stay)),
        )

    def stay(self) -> None:
        """Go on editing."""
        self._then = None
        self._choice.withdraw()
        self.stayed.emit()

    def _save(self) -> None:
        if self._desk.save():
            self._go()

    def _throw_away(self) -> None:
        """Leave without saving; a banner brings back what was changed."""
        work = self._desk.work
        if work is not None:
            what = _("Your changes to “{name}” are not saved.").format(name=work.title)
            self._services.messages.show_offer(what, _("Bring them back"), partial(self._bring_back, work))
        self._go()

    def _bring_back(self, work: EditedSession) -> None:
        self.brought_back.emit(work)

    def _go(self) -> None:
        then, self._then = self._then, None
        stem = self._desk.work.stem if self._desk.work is not None else ""
        self._desk.let_go()
        if then is not None:
            then()
        else:
            self.left.emit(stem)

    def _ask_about_disk(self, found: ChangedMeanwhile) -> None:
        if found.content is None:
            answers = (
                (_("Save it again"), self._save_mine),
                (_("Leave it deleted"), partial(self._desk.take_theirs, found)),
            )
            self._choice.ask(found.what, _("What you have here is not lost."), answers)
            return
        advice = _("Take what is there now (undo brings yours back), or save yours and keep the other beside it.")
        self._choice.ask(
            found.what,
            advice,
            (
                (_("Take what is there"), partial(self._desk.take_theirs, found)),
                (_("Save mine"), self._save_mine),
                (_("Decide later"), self.stay),
            ),
        )

    def _save_mine(self) -> None:
        self._desk.save_mine()
