"""A run from its start to the last word about it: the seam between the window and the pages of the run."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget

from timer_app.conductor.conductor import Conductor, Programme
from timer_app.conductor.opening import conduct, position_of
from timer_app.conductor.snapshot import Snapshot, Status
from timer_app.definition.model import StepPath
from timer_app.history.records import RunRecord, Unrecorded
from timer_app.history.statistics import COUNTS_FROM, streak
from timer_app.problems import Problem
from timer_app.timeline.intervals import Kind
from timer_app.ui.beginning import Beginning
from timer_app.ui.bridge import Bridge
from timer_app.ui.run.finish import FinishPage
from timer_app.ui.run.outcome import streak_text
from timer_app.ui.run.page import RunPage
from timer_app.ui.services import Services
from timer_app.ui.system.awake import Wakefulness, keep_awake_with
from timer_app.ui.system.media_keys import serve_media_keys
from timer_app.ui.system.single_instance import raise_window


class Running(QStackedWidget):
    """The page of a running session and the one at its end. `finished` comes when the person is done with both.

    `tried` comes when a session that was only tried has ended; there is nothing to say about it afterwards.
    """

    finished = Signal()
    tried = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._bridge: Bridge | None = None
        self._trying = False
        self._begun_on = services.clock.wall().date()
        self._wakefulness = Wakefulness(services.messages.tell)
        self.run_page = RunPage(services.theme)
        self.run_page.ended.connect(self._end)
        self.finish_page = FinishPage(services.theme)
        self.finish_page.left.connect(self._finish)
        self.addWidget(self.run_page)
        self.addWidget(self.finish_page)

    @property
    def runs(self) -> bool:
        """Whether it is the page of a running session that is shown, and not the one at its end."""
        return self.currentWidget() is self.run_page

    @property
    def bridge(self) -> Bridge | None:
        """The session that is running, or None."""
        return self._bridge

    def start(self, programme: Programme, before: RunRecord | None = None, beginning: Beginning | None = None) -> None:
        """Begin a session now, where and as the person wants it, or go on with the interrupted run `before`.

        One that still runs is stopped. Where one goes on within its work it waits, for nobody is in position yet.
        """
        self._stop_running()
        services = self._services
        self._begun_on = (services.clock.wall() if before is None else before.begun.started_at).date()
        wish = beginning or Beginning()
        conductor = conduct(
            programme,
            services.stage,
            services.settings.value,
            before,
            index=position_of(programme.timeline, wish.step),
        )
        if wish.comfort is not None:
            services.journal.rate(conductor.run_id, comfort_before=wish.comfort)
        bridge = self._play(conductor)
        if before is not None and conductor.timeline.intervals[conductor.state.index].kind is not Kind.SETUP:
            bridge.pause()

    def try_out(self, programme: Programme, step: StepPath = ()) -> None:
        """Play a session from one of its steps without a word of it in the history. One that still runs is stopped."""
        self._stop_running()
        services = self._services
        stage = replace(services.stage, record=Unrecorded())
        index = position_of(programme.timeline, step)
        self._trying = True
        self._play(conduct(programme, stage, services.settings.value, index=index))

    def _play(self, conductor: Conductor) -> Bridge:
        """Show a session that has been begun, with all that goes with one that runs."""
        bridge = self._bridge = Bridge(conductor, speed=self._services.clock.speed, parent=self)
        keep_awake_with(bridge, self._wakefulness)
        serve_media_keys(
            bridge,
            refuses=self.run_page.veil.refuses,
            ask_to_stop=self.run_page.ask_to_stop,
            raise_window=lambda: raise_window(self.window()),
        )
        self.setCurrentWidget(self.run_page)
        self.run_page.play(bridge)
        return bridge

    def _stop_running(self) -> None:
        """End what runs; what was done of it is kept."""
        self._trying = False
        if self._bridge is not None:
            bridge, self._bridge = self._bridge, None
            bridge.stop()
            bridge.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what runs; what was done of it is kept."""
        self._stop_running()
        self._wakefulness.close()
        super().closeEvent(event)

    def _finish(self) -> None:
        self.run_page.give_screen_back()
        self.finished.emit()

    def _end(self, last: Snapshot) -> None:
        bridge, self._bridge = self._bridge, None
        if bridge is None:
            return
        if self._trying:
            self._trying = False
            self.run_page.give_screen_back()
            self.tried.emit()
            bridge.deleteLater()
            return
        self.setCurrentWidget(self.finish_page)
        # Now that it is there it has the keyboard; a stack would give that to the first button it finds.
        self.finish_page.show_run(bridge.conductor, self._services.journal, streak=self._streak(last))
        bridge.deleteLater()

    def _streak(self, last: Snapshot) -> str:
        """Return how the week stands with this run in it, or nothing where the history cannot be read."""
        today = self._services.clock.wall().date()
        try:
            days, pauses = self._services.history.days_done(), self._services.history.pauses()
        except Problem:
            return ""
        if last.status is Status.COMPLETED or last.spent >= COUNTS_FROM:
            # The journal may still be writing this run down.
            days |= {self._begun_on}
        return streak_text(streak(days, self._services.settings.value.weekly_aim_days, today, pauses))
