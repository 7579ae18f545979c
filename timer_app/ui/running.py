"""A run from its start to its end: the seam between the window and the pages of the run."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget

from timer_app.conductor.conductor import Programme
from timer_app.conductor.opening import conduct
from timer_app.ui.bridge import Bridge
from timer_app.ui.run.page import RunPage
from timer_app.ui.services import Services


class Running(QStackedWidget):
    """The page of a running session. `finished` comes when the person is done with it."""

    finished = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._bridge: Bridge | None = None
        self.run_page = RunPage(services.theme)
        self.run_page.ended.connect(lambda _last: self._end())
        self.addWidget(self.run_page)

    @property
    def bridge(self) -> Bridge | None:
        """The session that is running, or None."""
        return self._bridge

    def start(self, programme: Programme) -> None:
        """Begin a session now."""
        services = self._services
        conductor = conduct(programme, services.stage, services.settings.value)
        self._bridge = Bridge(conductor, speed=services.clock.speed, parent=self)
        self.setCurrentWidget(self.run_page)
        self.run_page.play(self._bridge)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what runs, and keep what was done."""
        if self._bridge is not None:
            self._bridge.stop()
        super().closeEvent(event)

    def _end(self) -> None:
        self._bridge = None
        self.finished.emit()
