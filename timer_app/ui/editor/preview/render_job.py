"""How the session that is being edited will sound: worked out again after every change, off the screen's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from timer_app.conductor.prerender import Cancelled, rehearse
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services

REST = 400
"""Milliseconds without a change until the session is rehearsed: typing a word is one change."""


class _RequestedTimeline:
    """The timeline that is wanted now, as all threads see it, and also when the window is gone."""

    __slots__ = ("timeline",)

    def __init__(self) -> None:
        self.timeline: Timeline | None = None

    def forget(self) -> None:
        self.timeline = None


class RenderJob(QObject):
    """Rehearses the last timeline that was wanted, and gives up any before it.

    `rehearsed` carries the timeline with its `SoundPlan`. It uses the voice: whoever else needs it has this given up
    first, and wanted again afterwards.
    """

    rehearsed = Signal(object, object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._wanted = _RequestedTimeline()
        self.destroyed.connect(self._wanted.forget)
        self._resting = QTimer(self, singleShot=True, interval=REST)
        self._work = BackgroundTask(self, self._rehearse, self._take)
        self._resting.timeout.connect(self._work.ask)

    def want(self, timeline: Timeline) -> None:
        """Rehearse this timeline after a moment, in place of any other."""
        self.give_up()
        self._wanted.timeline = timeline
        self._resting.start()

    def give_up(self) -> None:
        """Want nothing any more; what is going on ends within a moment, and is not told."""
        self._resting.stop()
        self._wanted.forget()

    def _rehearse(self) -> tuple[Timeline, SoundPlan] | None:
        """Rehearse what is wanted. On another thread."""
        wanted, services = self._wanted, self._services
        timeline = wanted.timeline
        if timeline is None:
            return None
        try:
            plan = rehearse(
                timeline,
                catalogue=services.catalogue,
                settings=services.settings.value,
                voice=services.voice,
                unwanted=lambda: wanted.timeline is not timeline,
            )
        except Cancelled:
            return None
        return timeline, plan

    def _take(self, answer: tuple[Timeline, SoundPlan] | None) -> None:
        if answer is None or answer[0] is not self._wanted.timeline:
            return
        self._wanted.forget()
        self.rehearsed.emit(*answer)
