"""A run from its start to its end: the seam between the window and the pages of the run."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QFocusEvent
from PySide6.QtWidgets import QStackedWidget

from timer_app.conductor.conductor import Programme
from timer_app.conductor.opening import conduct
from timer_app.history.statistics import COUNTS_FROM, streak
from timer_app.player.state import Ending, PlayerState
from timer_app.problems import Problem
from timer_app.ui.bridge import Bridge
from timer_app.ui.run.finish import FinishPage
from timer_app.ui.run.outcome import streak_text
from timer_app.ui.run.page import RunPage
from timer_app.ui.services import Services


class Running(QStackedWidget):
    """The pages of a session, as it runs and at its end. `finished` comes when the person is done with it."""

    finished = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._bridge: Bridge | None = None
        self.run_page = RunPage(services.theme)
        self.finish_page = FinishPage(services.theme)
        self.run_page.ended.connect(lambda _last: self._end())
        self.finish_page.left.connect(self.finished)
        self.addWidget(self.run_page)
        self.addWidget(self.finish_page)

    @property
    def bridge(self) -> Bridge | None:
        """The session that is running, or None."""
        return self._bridge

    def start(self, programme: Programme) -> None:
        """Begin a session now."""
        services = self._services
        conductor = conduct(programme, services.stage, services.settings.value)
        conductor.mute(services.settings.value.muted)
        self._bridge = Bridge(conductor, speed=services.clock.speed, parent=self)
        self.setCurrentWidget(self.run_page)
        self.run_page.play(self._bridge)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keys to what is shown."""
        shown = self.currentWidget()
        if shown is not None:
            shown.setFocus(event.reason())

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what runs, and keep what was done."""
        if self._bridge is not None:
            self._bridge.stop()
        super().closeEvent(event)

    def _end(self) -> None:
        bridge, self._bridge = self._bridge, None
        if bridge is None:
            return
        self.setCurrentWidget(self.finish_page)
        conductor = bridge.conductor
        self.finish_page.show_run(conductor, self._services.journal, streak=self._streak(conductor.state))
        bridge.deleteLater()

    def _streak(self, state: PlayerState) -> str:
        """Return the streak with this session in it, empty where it was too little or the history cannot be read."""
        spent = sum(past.spent for past in state.past if past is not None)
        if state.ended is not Ending.COMPLETED and spent < COUNTS_FROM:
            return ""
        today = self._services.clock.wall().date()
        try:
            days = self._services.history.days_done()
        except Problem:
            # The journal tells the person; a line less is all that is missing here.
            return ""
        return streak_text(streak({*days, today}, self._services.settings.value.weekly_aim_days, today))
