"""A session that was interrupted, as by a power cut: the next start offers to go on with it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from timer_app.history.records import RunOutcome, RunRecord
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui import words
from timer_app.ui.background import Background
from timer_app.ui.services import Services

OFFERED_FOR = timedelta(hours=12)
"""How long after its start a session is still worth going on with: our choice, the same day."""


class GoingOn(QObject):
    """Looks for an interrupted session and asks about it. `wanted` carries the `RunRecord` to go on with."""

    wanted = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._since = services.clock.wall()
        self._looking = Background(self, self._look, self._ask)

    def look(self) -> None:
        """Look for one, off the screen's thread."""
        self._looking.ask()

    def _look(self) -> RunRecord | None:
        try:
            return self._services.history.unfinished()
        except Problem:
            # The journal tells about a history that cannot be read, and the History page does.
            return None

    def _ask(self, run: RunRecord | None) -> None:
        if run is None or run.begun.started_at >= self._since:
            # None, or one that was begun while this was looking.
            return
        now = self._services.clock.wall()
        begun = run.begun
        if not run.intervals or not timedelta() <= now - begun.started_at <= OFFERED_FOR:
            self._give_up(run)
            return
        what = _("“{session}” was interrupted after {length}.").format(
            session=begun.session, length=words.clock_time(run.actual)
        )
        self._services.messages.ask(what, _("Go on"), lambda: self.wanted.emit(run), lambda: self._give_up(run))

    def _give_up(self, run: RunRecord) -> None:
        """Let it be ended as it was, so that nobody is asked about it again."""
        self._services.journal.end(run.begun.id, RunOutcome.INTERRUPTED, self._services.clock.wall())
