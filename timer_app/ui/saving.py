"""How it stands with the saving of the history: what the journal runs into, and the wait for it at the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMessageBox

from timer_app.i18n import _
from timer_app.plain_text import plain_text
from timer_app.problems import Problem
from timer_app.ui.background import Background, carrier
from timer_app.ui.messages import Messages
from timer_app.ui.theme import Space, Theme, Type
from timer_app.ui.widgets.frames import column, margins
from timer_app.ui.widgets.text import Label

if TYPE_CHECKING:
    from timer_app.history.journal import Journal


class Saving:
    """Tells how it stands with the saving of the history; every call may come from any thread.

    `journal` gives the journal, made by then; `history_changed` is called, on any thread, when the history is another
    than before.
    """

    def __init__(self, messages: Messages, journal: Callable[[], Journal], history_changed: Callable[[], None]) -> None:
        self._messages = messages
        self._journal = journal
        self._history_changed = history_changed

    def tell(self, problem: Problem) -> None:
        """Tell a problem, and offer the safety copy of a history that is damaged or gone, or to begin anew."""
        from timer_app.history.troubles import HistoryDamaged, HistoryMissing, RowsSetAside  # noqa: PLC0415 - rare

        if isinstance(problem, HistoryDamaged | HistoryMissing | RowsSetAside):
            self._history_changed()
        if not isinstance(problem, HistoryDamaged | HistoryMissing):
            self._messages.tell(problem)
            return
        is_gone = isinstance(problem, HistoryMissing) and problem.link is None
        if problem.backup is not None and (is_gone or isinstance(problem, HistoryDamaged)):
            restore = partial(self._restore, problem.backup.file)
            advice = problem.advice + (" " + _("Close this message to begin anew.") if is_gone else "")
            refuse = self._begin_anew if is_gone else lambda: None
            self._messages.ask(problem.what, _("Restore it"), restore, refuse, advice)
        elif is_gone:
            self._messages.ask(problem.what, _("Begin anew"), self._begin_anew, lambda: None, problem.advice)
        else:
            self._messages.tell(problem)

    def _restore(self, backup: Path) -> None:
        self._journal().restore_backup(backup, self._history_changed)

    def _begin_anew(self) -> None:
        self._journal().begin_anew(self._history_changed)

    def tell_over(self, problem: Problem) -> None:
        """Take back what was told of a problem that is over, and say so."""
        from timer_app.history.troubles import over  # noqa: PLC0415 - sqlite3 is loaded by now

        self._messages.tell_over(problem, over(problem).what)
        self._history_changed()


class Closing(Protocol):
    """What is closed when the window is: the house, with the journal last."""

    tell: Callable[[Problem], None]
    tell_over: Callable[[Problem], None]

    def close(self, on_wait: Callable[[], None]) -> bool:
        """Write what is not written yet, and return whether all is; call `on_wait` where it takes a while."""


def save_at_the_end(house: Closing, theme: Theme) -> bool:
    """Close the house when the window is closed already, and return whether all is written.

    The screen stays alive meanwhile, and says what is going on where it takes a while. What could not be saved is told
    in a window of its own: the banners are gone.
    """
    told: list[Problem] = []
    house.tell = told.append
    house.tell_over = lambda problem: told.remove(problem) if problem in told else None
    note, loop = _Note(theme), QEventLoop()
    answers: list[bool | Exception] = []

    def close() -> bool | Exception:
        try:
            return house.close(carrier(note, note.show))
        except Exception as error:  # noqa: BLE001 - raised again below, once nobody waits for it any more
            return error

    def take(answer: bool | Exception) -> None:
        answers.append(answer)
        loop.quit()

    Background(note, close, take).ask()
    while not answers:
        loop.exec()
    note.hide()
    note.deleteLater()
    if isinstance(answers[0], Exception):
        raise answers[0]
    if told:
        _tell_in_a_box(told[-1])
    return answers[0]


class _Note(QDialog):
    """Says that the history is being saved, until it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self.setWindowTitle(_("Guided Session Timer"))
        what = Label(theme, _("Saving your history …"), Type.STRONG)
        advice = Label(theme, _("The disk or another program takes its time. The program ends by itself."), wrap=True)
        layout = column(what, advice, spacing=Space.SMALL)
        margins(layout, Space.LARGE)
        layout.setSpacing(Space.SMALL)
        self.setLayout(layout)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay until all is saved."""
        event.ignore()

    def reject(self) -> None:
        """Stay until all is saved."""


def _tell_in_a_box(problem: Problem) -> None:
    """Tell a problem when the window is closed already."""
    told = plain_text(f"{problem.what}\n\n{problem.advice}".rstrip())
    box = QMessageBox(QMessageBox.Icon.Warning, _("Guided Session Timer"), told)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
