"""Show the journal's problems in the window, with their remedies."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.support.messages import Messages

if TYPE_CHECKING:
    from timer_app.history.run_journal import Journal


class HistoryMessages:
    """Show the problems of saving the history, from any thread.

    `journal` returns the journal; `history_changed` is called, on any thread, when the file has other content.
    """

    def __init__(self, messages: Messages, journal: Callable[[], Journal], history_changed: Callable[[], None]) -> None:
        self._messages = messages
        self._journal = journal
        self._history_changed = history_changed

    def show_problem(self, problem: Problem) -> None:
        """Show a problem; for a damaged or missing history offer its safety copy or a new one."""
        from timer_app.history.errors import HistoryDamaged, HistoryMissing, RowsSetAside  # noqa: PLC0415 - rare

        if isinstance(problem, HistoryDamaged | HistoryMissing | RowsSetAside):
            self._history_changed()
        if not isinstance(problem, HistoryDamaged | HistoryMissing):
            self._messages.show_problem(problem)
            return
        is_gone = isinstance(problem, HistoryMissing) and problem.link is None
        if problem.backup is not None and (is_gone or isinstance(problem, HistoryDamaged)):
            restore = partial(self._restore, problem.backup.file)
            advice = problem.advice + (" " + _("Close this message to begin anew.") if is_gone else "")
            refuse = self._begin_anew if is_gone else lambda: None
            self._messages.show_question(problem.what, _("Restore it"), restore, refuse, advice)
        elif is_gone:
            self._messages.show_question(problem.what, _("Begin anew"), self._begin_anew, lambda: None, problem.advice)
        else:
            self._messages.show_problem(problem)

    def _restore(self, backup: Path) -> None:
        self._journal().restore_backup(backup, self._history_changed)

    def _begin_anew(self) -> None:
        self._journal().create_new(self._history_changed)

    def show_resolved(self, problem: Problem) -> None:
        """Replace a problem that is over by a note."""
        from timer_app.history.errors import recovered  # noqa: PLC0415 - sqlite3 is loaded by now

        self._messages.show_resolved(problem, recovered(problem).what)
        self._history_changed()
