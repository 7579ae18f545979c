"""A run from its start to the last word about it: the seam between the window and the pages of the run."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget

from timer_app.conductor.conductor import Conductor, RunPlan
from timer_app.conductor.snapshot import Snapshot, Status
from timer_app.conductor.start_options import StartOptions
from timer_app.conductor.start_run import conduct, position_of
from timer_app.definition.model import StepPath
from timer_app.history.records import RunRecord, Unrecorded
from timer_app.history.statistics.statistics import COUNTS_FROM, streak
from timer_app.i18n import _
from timer_app.presentation.run_outcome import streak_text
from timer_app.problems import Problem
from timer_app.timeline.intervals import IntervalKind
from timer_app.ui.desktop.media_keys import serve_media_keys
from timer_app.ui.desktop.screen_inhibitor import ScreenInhibitor, keep_awake_with
from timer_app.ui.desktop.single_instance import raise_window
from timer_app.ui.run.finish_page import FinishPage
from timer_app.ui.run.page import RunPage
from timer_app.ui.support.services import Services
from timer_app.ui.support.session_driver import SessionDriver


class RunPages(QStackedWidget):
    """The page of a running session and the one at its end. `finished` comes when the person is done with both.

    `tried` comes when a session that was only tried has ended; there is nothing to say about it afterwards. `asking`
    comes when the page is to be seen, because it asks something.
    """

    finished = Signal()
    tried = Signal()
    asking = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._driver: SessionDriver | None = None
        self._trying = False
        self._begun_on = services.clock.wall().date()
        self._wakefulness = ScreenInhibitor(services.messages.show_problem)
        self.run_page = RunPage(services.theme)
        self.run_page.ended.connect(self._end)
        self.run_page.stop_cover.close_requested.connect(lambda: self.window().close())
        self.finish_page = FinishPage(services.theme)
        self.finish_page.left.connect(self._finish)
        self.addWidget(self.run_page)
        self.addWidget(self.finish_page)

    @property
    def runs(self) -> bool:
        """Whether it is the page of a running session that is shown, and not the one at its end."""
        return self.currentWidget() is self.run_page

    @property
    def driver(self) -> SessionDriver | None:
        """The session that is running, or None."""
        return self._driver

    def start(self, plan: RunPlan, before: RunRecord | None = None, beginning: StartOptions | None = None) -> None:
        """Begin a session now, where and as the person wants it, or go on with the interrupted run `before`.

        One that still runs comes first: then nothing is begun, and that is told. Where one goes on within its work it
        waits, for nobody is in position yet.
        """
        if self._has_to_be_first():
            return
        services = self._services
        self._begun_on = (services.clock.wall() if before is None else before.begun.started_at).date()
        wish = beginning or StartOptions()
        conductor = conduct(
            plan,
            services.playback,
            services.settings.value,
            before,
            index=position_of(plan.timeline, wish.step),
        )
        if wish.comfort is not None:
            services.journal.rate(conductor.run_id, comfort_before=wish.comfort)
        driver = self._play(conductor)
        if before is not None and conductor.timeline.intervals[conductor.state.index].kind is not IntervalKind.SETUP:
            driver.do(Conductor.pause)

    def try_out(self, plan: RunPlan, step: StepPath = ()) -> None:
        """Play a session from one of its steps without a word of it in the history. One that still runs comes first."""
        if self._has_to_be_first():
            return
        services = self._services
        playback = replace(services.playback, record=Unrecorded())
        index = position_of(plan.timeline, step)
        self._trying = True
        self._play(conduct(plan, playback, services.settings.value, index=index))

    def _play(self, conductor: Conductor) -> SessionDriver:
        """Show a session that has been begun, with all that goes with one that runs."""
        driver = self._driver = SessionDriver(conductor, speed=self._services.clock.speed, parent=self)
        keep_awake_with(driver, self._wakefulness)
        # Queued, behind what was told of the session from another thread and has not arrived yet.
        driver.ended.connect(self._services.messages.session_ended, Qt.ConnectionType.QueuedConnection)
        serve_media_keys(
            driver,
            refuses=self.run_page.veil.refuses,
            ask_to_stop=self.run_page.ask_to_stop,
            raise_window=lambda: raise_window(self.window()),
        )
        self.setCurrentWidget(self.run_page)
        self.run_page.play(driver)
        return driver

    def asks_to_close(self) -> bool:
        """Whether a session stands in the way of closing the window: then it is asked once, or locked.

        One that is only tried is ended.
        """
        if self._driver is None or self.run_page.stop_cover.asks_to_close:
            return False
        if self._trying:
            self._driver.do(Conductor.stop)
            return False
        self.asking.emit()
        self.run_page.ask_to_stop(closing=True)
        return self.run_page.stop_cover.waits or self.run_page.veil.locked

    def _has_to_be_first(self) -> bool:
        """Whether a session runs that was not only tried; then it is told that it goes on. A trial ends."""
        if self._driver is not None and not self._trying:
            name = self._driver.conductor.timeline.name
            what = _("“{session}” is still running.").format(session=name)
            self._services.messages.show_problem(Problem(what, _("Finish it or stop it first.")))
            return True
        self._leave_running()
        return False

    def _leave_running(self) -> None:
        """Play no more; what was done is kept, and a run that was not only tried can be gone on with."""
        self._trying = False
        if self._driver is not None:
            driver, self._driver = self._driver, None
            driver.do(Conductor.leave)
            driver.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave what runs; the next start offers to go on with it."""
        self._leave_running()
        self._wakefulness.close()
        super().closeEvent(event)

    def _finish(self) -> None:
        self.run_page.give_screen_back()
        self.finished.emit()

    def _end(self, last: Snapshot) -> None:
        driver, self._driver = self._driver, None
        if driver is None:
            return
        if self._trying:
            self._trying = False
            self.run_page.give_screen_back()
            self.tried.emit()
            driver.deleteLater()
            return
        self.setCurrentWidget(self.finish_page)
        # Now that it is there it has the keyboard; a stack would give that to the first button it finds.
        self.finish_page.show_run(driver.conductor, self._services.journal, streak=self._streak(last))
        driver.deleteLater()

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
