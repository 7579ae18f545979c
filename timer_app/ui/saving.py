"""What the journal runs into, told in the window, with the safety copy offered where there is one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.messages import Messages

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
        """Tell a problem, and offer the safety copy of a damaged history."""
        from timer_app.history.troubles import HistoryDamaged, RowsSetAside  # noqa: PLC0415 - seldom needed

        if isinstance(problem, HistoryDamaged | RowsSetAside):
            self._history_changed()
        if isinstance(problem, HistoryDamaged) and problem.backup is not None:
            restore = partial(self._journal().restore_backup, problem.backup.file, self._history_changed)
            self._messages.ask(str(problem), _("Restore it"), restore, lambda: None)
        else:
            self._messages.tell(problem)

    def tell_over(self, problem: Problem) -> None:
        """Take back what was told of a problem that is over, and say so."""
        from timer_app.history.troubles import over  # noqa: PLC0415 - sqlite3 is loaded by now

        self._messages.tell_over(problem, over(problem).what)
        self._history_changed()
