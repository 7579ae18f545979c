"""Ask what to do with unsaved changes on closing, and with a file that another program has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from timer_app.editing.session_file import ChangedMeanwhile
from timer_app.i18n import _
from timer_app.ui.editor.editor_session import EditorSession
from timer_app.ui.editor.problem_bar import ChoiceBar
from timer_app.ui.support.services import Services


class ClosePrompt(QObject):
    """Ask in the `ChoiceBar`, and do what the user chooses.

    `closed` carries the stem of the closed session; `stayed` is emitted when the user keeps editing;
    `restore_requested` carries the `EditedSession` whose discarded changes the user wants back.
    """

    closed = Signal(str)
    stayed = Signal()
    restore_requested = Signal(object)

    def __init__(self, services: Services, session: EditorSession, choice_bar: ChoiceBar) -> None:
        super().__init__(session)
        self._services = services
        self._session = session
        self._choice_bar = choice_bar
        self._then: Callable[[], None] | None = None
        session.disk_changed.connect(self._ask_about_disk)

    def close(self, then: Callable[[], None] | None = None) -> None:
        """Close the session, after a question if it is unsaved; then call `then`, or emit `closed` without one."""
        self._then = then
        edited = self._session.edited
        if edited is None or not edited.document.unsaved:
            self._finish()
            return
        self._choice_bar.ask(
            _("Save what you changed in “{name}”?").format(name=edited.title),
            "",
            ((_("Save"), self._save), (_("Don't save"), self._discard), (_("Keep editing"), self.cancel)),
        )

    def cancel(self) -> None:
        """Withdraw the question and keep editing."""
        self._then = None
        self._choice_bar.withdraw()
        self.stayed.emit()

    def _save(self) -> None:
        if self._session.save():
            self._finish()

    def _discard(self) -> None:
        """Close without saving; a banner offers to restore the changes."""
        edited = self._session.edited
        if edited is not None:
            what = _("Your changes to “{name}” are not saved.").format(name=edited.title)
            self._services.messages.show_offer(what, _("Bring them back"), partial(self.restore_requested.emit, edited))
        self._finish()

    def _finish(self) -> None:
        then, self._then = self._then, None
        stem = self._session.edited.stem if self._session.edited is not None else ""
        self._session.close()
        if then is not None:
            then()
        else:
            self.closed.emit(stem)

    def _ask_about_disk(self, change: ChangedMeanwhile) -> None:
        if change.content is None:
            answers = (
                (_("Save it again"), self._session.overwrite),
                (_("Leave it deleted"), partial(self._session.accept_disk_version, change)),
            )
            self._choice_bar.ask(change.what, _("What you have here is not lost."), answers)
            return
        advice = _("Take what is there now (undo brings yours back), or save yours and keep the other beside it.")
        self._choice_bar.ask(
            change.what,
            advice,
            (
                (_("Take what is there"), partial(self._session.accept_disk_version, change)),
                (_("Save mine"), self._session.overwrite),
                (_("Decide later"), self.cancel),
            ),
        )
