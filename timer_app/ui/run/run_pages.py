"""Run a session in the window: the run page while it plays, the finish page after its end."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget

from timer_app.conductor.conductor import Conductor, RunPlan
from timer_app.conductor.snapshot import Snapshot, Status
from timer_app.conductor.start_options import StartOptions
from timer_app.conductor.start_run import conduct, plan_run, plan_trial, position_of
from timer_app.definition.exercise_swap import Swaps
from timer_app.definition.library import LibraryEntry
from timer_app.definition.model import Session, StepPath
from timer_app.history.records import RunRecord, Unrecorded
from timer_app.history.statistics.statistics import COUNTS_FROM, streak
from timer_app.i18n import _
from timer_app.presentation.run_outcome import streak_text
from timer_app.problems import Problem
from timer_app.timeline.intervals import IntervalKind
from timer_app.ui.desktop.media_keys import serve_media_keys
from timer_app.ui.desktop.screen_inhibitor import ScreenInhibitor, keep_awake_with
from timer_app.ui.run.finish_page import FinishPage
from timer_app.ui.run.page import RunPage
from timer_app.ui.support.services import Services
from timer_app.ui.support.session_driver import SessionDriver
from timer_app.ui.support.window_state import raise_window


class RunPages(QStackedWidget):
    """The pages of a running and of an ended session. `finished` is emitted when the user is done with both.

    `trial_ended` is emitted when a trial has ended, which has no finish page; `attention_requested` when the page has
    to be shown, because it asks something.
    """

    finished = Signal()
    trial_ended = Signal()
    attention_requested = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._driver: SessionDriver | None = None
        self._is_trial = False
        self._begun_on = services.clock.wall().date()
        self._screen_inhibitor = ScreenInhibitor(services.messages.show_problem)
        self.run_page = RunPage(services.theme)
        self.run_page.ended.connect(self._end)
        self.run_page.stop_prompt.close_requested.connect(lambda: self.window().close())
        self.finish_page = FinishPage(services.theme)
        self.finish_page.closed.connect(self._finish)
        self.addWidget(self.run_page)
        self.addWidget(self.finish_page)

    @property
    def runs(self) -> bool:
        """Whether the run page is shown, not the finish page."""
        return self.currentWidget() is self.run_page

    @property
    def driver(self) -> SessionDriver | None:
        """The driver of the running session, or None."""
        return self._driver

    def start(self, plan: RunPlan, before: RunRecord | None = None, options: StartOptions | None = None) -> None:
        """Start a session with the user's options, or resume the interrupted run `before`.

        While another session runs, it shows a problem instead. A run that is resumed within work is paused, because the
        user is not in position yet.
        """
        if self._refuses_start():
            return
        services = self._services
        self._begun_on = (services.clock.wall() if before is None else before.begun.started_at).date()
        start_options = options or StartOptions()
        conductor = conduct(
            plan,
            services.playback,
            services.settings.value,
            before,
            index=position_of(plan.timeline, start_options.step),
        )
        if start_options.comfort is not None:
            services.journal.rate(conductor.run_id, comfort_before=start_options.comfort)
        driver = self._play(conductor)
        if before is not None and conductor.timeline.intervals[conductor.state.index].kind is not IntervalKind.SETUP:
            driver.do(Conductor.pause)

    def plan(self, entry: LibraryEntry, leave_out: frozenset[StepPath], swaps: Swaps) -> RunPlan:
        """Return the plan of a run. Raises Problem when the session cannot be run."""
        return plan_run(entry, self._services.catalogue, leave_out, swaps)

    def try_out(self, session: Session, step: StepPath = ()) -> None:
        """Play a session from one of its steps without a record in the history, unless another session runs."""
        if self._refuses_start():
            return
        services = self._services
        playback = replace(services.playback, record=Unrecorded())
        plan = plan_trial(session, services.catalogue)
        index = position_of(plan.timeline, step)
        self._is_trial = True
        self._play(conduct(plan, playback, services.settings.value, index=index))

    def _play(self, conductor: Conductor) -> SessionDriver:
        """Show a started session, keep the screen awake, and serve the media keys."""
        driver = self._driver = SessionDriver(conductor, speed=self._services.clock.speed, parent=self)
        keep_awake_with(driver, self._screen_inhibitor)
        # Queued behind notices of the session from other threads that have not been delivered yet.
        driver.ended.connect(self._services.messages.session_ended, Qt.ConnectionType.QueuedConnection)
        serve_media_keys(
            driver,
            refuses=self.run_page.input_lock.refuses,
            ask_to_stop=self.run_page.ask_to_stop,
            raise_window=lambda: raise_window(self.window()),
        )
        self.setCurrentWidget(self.run_page)
        self.run_page.play(driver)
        return driver

    def asks_to_close(self) -> bool:
        """Whether a session prevents closing the window: then it asks first, or the page is locked.

        A trial is stopped.
        """
        if self._driver is None or self.run_page.stop_prompt.asks_to_close:
            return False
        if self._is_trial:
            self._driver.do(Conductor.stop)
            return False
        self.attention_requested.emit()
        self.run_page.ask_to_stop(closing=True)
        return self.run_page.stop_prompt.waits or self.run_page.input_lock.locked

    def _refuses_start(self) -> bool:
        """Whether a session runs that is no trial; then a problem is shown. A trial is ended."""
        if self._driver is not None and not self._is_trial:
            name = self._driver.conductor.timeline.name
            what = _("“{session}” is still running.").format(session=name)
            self._services.messages.show_problem(Problem(what, _("Finish it or stop it first.")))
            return True
        self._leave_run()
        return False

    def _leave_run(self) -> None:
        """Stop playing; what was done is kept, and a run that is no trial can be resumed."""
        self._is_trial = False
        if self._driver is not None:
            driver, self._driver = self._driver, None
            driver.do(Conductor.leave)
            driver.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the running session; the next start offers to resume it."""
        self._leave_run()
        self._screen_inhibitor.close()
        super().closeEvent(event)

    def _finish(self) -> None:
        self.run_page.restore_window()
        self.finished.emit()

    def _end(self, last: Snapshot) -> None:
        driver, self._driver = self._driver, None
        if driver is None:
            return
        if self._is_trial:
            self._is_trial = False
            self.run_page.restore_window()
            self.trial_ended.emit()
            driver.deleteLater()
            return
        self.setCurrentWidget(self.finish_page)
        # Shown first: a stack would give the focus to the first button that it finds.
        self.finish_page.show_run(driver.conductor, self._services.journal, streak=self._streak(last))
        driver.deleteLater()

    def _streak(self, last: Snapshot) -> str:
        """Return the text of the streak including this run, empty where the history cannot be read."""
        today = self._services.clock.wall().date()
        try:
            days, pauses = self._services.history.days_done(), self._services.history.pauses()
        except Problem:
            return ""
        if last.status is Status.COMPLETED or last.spent >= COUNTS_FROM:
            # The journal may not have written this run yet.
            days |= {self._begun_on}
        return streak_text(streak(days, self._services.settings.value.weekly_aim_days, today, pauses))
