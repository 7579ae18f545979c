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

    `wanted` carries the `RunPlan` and the `RunRecord` to go on with. When the person does not want to, it is kept as
    stopped.
    """

    wanted = Signal(object, object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._since = services.clock.wall()
        self._left = False
        self._looking = BackgroundTask(self, self._look, self._ask)

    @property
    def looking(self) -> bool:
        """Whether it is still looking."""
        return self._looking.busy

    def look(self) -> None:
        """Look for one, off the screen's thread."""
        self._looking.start()

    def leave(self) -> None:
        """Ask nothing, and end nothing any more: the window closes, and the next start looks again."""
        self._left = True

    def _look(self) -> Interrupted | None:
        """Look for one; one that was begun meanwhile is none."""
        return find_interrupted(self._services.history, self._services.catalogue, self._since)

    def _ask(self, found: Interrupted | None) -> None:
        if found is None or self._left:
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
            lambda: self.wanted.emit(again, run),
            lambda: self._end(run, RunOutcome.STOPPED),
        )

    def _end(self, run: RunRecord, outcome: RunOutcome) -> None:
        """Let it be ended as it was, so that nobody is asked about it again."""
        self._services.journal.end(run.begun.id, outcome, self._services.clock.wall())
