"""A session that was interrupted, as by a power cut: the next start offers to go on with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from timer_app.conductor.conductor import RunPlan
from timer_app.conductor.interrupted_run import Interrupted, find_interrupted
from timer_app.history.records import RunOutcome, RunRecord
from timer_app.i18n import _
from timer_app.presentation.resume_text import offer
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services


class InterruptedRunOffer(QObject):
    """Looks for an interrupted session and asks about it.

    `resume_requested` carries the `RunPlan` and the `RunRecord` to resume. When the user declines, the run is recorded
    as stopped.
    """

    resume_requested = Signal(object, object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._since = services.clock.wall()
        self._cancelled = False
        self._searching = BackgroundTask(self, self._search, self._ask)

    @property
    def searching(self) -> bool:
        """Whether it is still looking."""
        return self._searching.busy

    def start(self) -> None:
        """Look for one, off the GUI thread."""
        self._searching.start()

    def cancel(self) -> None:
        """Ask nothing, and end nothing any more: the window closes, and the next start looks again."""
        self._cancelled = True

    def _search(self) -> Interrupted | None:
        """Look for one; one that was begun meanwhile is none."""
        return find_interrupted(self._services.history, self._services.catalogue, self._since)

    def _ask(self, found: Interrupted | None) -> None:
        if found is None or self._cancelled:
            return
        run, again = found.run, found.plan
        if not isinstance(again, RunPlan):
            self._end(run, found.outcome)
            if again is not None:
                self._services.messages.show_problem(again)
            return
        self._services.messages.show_question(
            offer(again, run),
            _("Go on"),
            lambda: self.resume_requested.emit(again, run),
            lambda: self._end(run, RunOutcome.STOPPED),
        )

    def _end(self, run: RunRecord, outcome: RunOutcome) -> None:
        """Let it be ended as it was, so that nobody is asked about it again."""
        self._services.journal.end(run.begun.id, outcome, self._services.clock.wall())
