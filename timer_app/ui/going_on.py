"""A session that was interrupted, as by a power cut: the next start offers to go on with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from timer_app.conductor.conductor import Programme, first_open
from timer_app.conductor.opening import is_done, programme_again
from timer_app.history.records import RunOutcome, RunRecord
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui import words
from timer_app.ui.background import Background
from timer_app.ui.services import Services

OFFERED_FOR = timedelta(hours=12)
"""How long after its start a session is still worth going on with: our choice, the same day."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An interrupted run, and what it was going to be: a programme, or why there can be none.

    Where nobody is asked, it is kept with `outcome`.
    """

    run: RunRecord
    again: Programme | Problem | None
    outcome: RunOutcome = RunOutcome.INTERRUPTED


class GoingOn(QObject):
    """Looks for an interrupted session and asks about it.

    `wanted` carries the `Programme` and the `RunRecord` to go on with. When the person does not want to, it is kept as
    stopped.
    """

    wanted = Signal(object, object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._since = services.clock.wall()
        self._looking = Background(self, self._look, self._ask)

    def look(self) -> None:
        """Look for one, off the screen's thread."""
        self._looking.ask()

    def _look(self) -> _Found | None:
        try:
            run = self._services.history.unfinished()
        except Problem:
            # The journal tells about a history that cannot be read, and the History page does.
            return None
        if run is None or run.begun.started_at >= self._since:
            # None, or one that was begun while this was looking.
            return None
        if not run.intervals:
            return _Found(run, None)
        again = self._programme_of(run)
        if isinstance(again, Programme) and is_done(again.timeline, run):
            # Interrupted between the end of its last interval and its own.
            return _Found(run, None, RunOutcome.COMPLETED)
        recent = timedelta() <= self._since - run.begun.started_at <= OFFERED_FOR
        return _Found(run, again if recent else None)

    def _programme_of(self, run: RunRecord) -> Programme | Problem:
        try:
            return programme_again(run, self._services.catalogue)
        except Problem as problem:
            return problem

    def _ask(self, found: _Found | None) -> None:
        if found is None:
            return
        run, again = found.run, found.again
        if not isinstance(again, Programme):
            self._end(run, found.outcome)
            if again is not None:
                self._services.messages.tell(again)
            return
        self._services.messages.ask(
            offer(again, run),
            _("Go on"),
            lambda: self.wanted.emit(again, run),
            lambda: self._end(run, RunOutcome.STOPPED),
        )

    def _end(self, run: RunRecord, outcome: RunOutcome) -> None:
        """Let it be ended as it was, so that nobody is asked about it again."""
        self._services.journal.end(run.begun.id, outcome, self._services.clock.wall())


def offer(again: Programme, run: RunRecord) -> str:
    """Return the question, such as `Go on with Superman, set 2 of 3? “Superman tens” was interrupted after 1:10.`."""
    interval = again.timeline.intervals[first_open(again.timeline, run)]
    where = ", ".join(part for part in (interval.title, words.interval_detail(interval).replace(" · ", ", ")) if part)
    return _("Go on with {where}? “{session}” was interrupted after {length}.").format(
        where=where, session=run.begun.session, length=words.clock_time(run.actual)
    )
