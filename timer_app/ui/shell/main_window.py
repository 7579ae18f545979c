"""The window: a header, the message channel, and one page at a time, each made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, overload

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.desktop.key_repeat import mark_key_repeats
from timer_app.ui.desktop.window_icon import window_icon
from timer_app.ui.shell.gui_thread_gc import GuiThreadGarbageCollector
from timer_app.ui.shell.page_loader import load
from timer_app.ui.support.window_state import WindowState, leave_full_screen, raise_window, toggle_full_screen

if TYPE_CHECKING:
    from pathlib import Path

    from timer_app.conductor.conductor import RunPlan
    from timer_app.conductor.start_options import StartOptions
    from timer_app.definition.library import LibraryEntry
    from timer_app.definition.model import Session, StepPath
    from timer_app.history.records import RunRecord
    from timer_app.ui.editor.controller import EditorController
    from timer_app.ui.exercises.page import ExercisesPage
    from timer_app.ui.history.page import HistoryPage
    from timer_app.ui.run.run_pages import RunPages
    from timer_app.ui.sessions.file_drop import FileDrop
    from timer_app.ui.sessions.page import SessionsPage
    from timer_app.ui.shell.banners import BannerStack
    from timer_app.ui.shell.navigation_bar import NavigationBar
    from timer_app.ui.shell.notification_area import NotificationArea
    from timer_app.ui.shell.reminders import PostureReminders
    from timer_app.ui.shell.resume_offer import InterruptedRunOffer
    from timer_app.ui.shell.unsaved_recovery import UnsavedWorkRecovery
    from timer_app.ui.support.services import Services

_STARTUP_DELAY = 400
"""Milliseconds after the first page until an interrupted session is looked for."""


class MainWindow(QMainWindow):
    """The one window, showing one page at a time. `startup_finished` comes once the first page has had its time.

    `page_shown` carries a page's name; `history_changed` is emitted, from any thread, when the history changed.

    It is painted empty first, and furnished at once afterwards: so it is there as quickly as a window can be.
    """

    startup_finished = Signal()
    history_changed = Signal()
    page_shown = Signal(str)

    header: NavigationBar
    notifications: NotificationArea
    file_drop: FileDrop
    editing: EditorController
    unsaved_recovery: UnsavedWorkRecovery
    reminders: PostureReminders
    _garbage_collector: GuiThreadGarbageCollector
    _stack: QStackedWidget

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._pages: dict[str, QWidget] = {}
        self._makers: Mapping[str, Callable[[], QWidget]] = {
            "sessions": self._make_sessions,
            "history": self._make_history,
            "exercises": self._make_exercises,
            "settings": lambda: load("settings", services),
            "help": lambda: load("help", services),
            "welcome": self._make_welcome,
            "run": self._make_run,
            "editor": lambda: self.editing.page,
        }
        self._before = "sessions"
        self.resume_offer: InterruptedRunOffer | None = None
        self.running: RunPages | None = None
        self._painted = self._built = self._closes_unasked = False
        self.setWindowTitle(_("Guided Session Timer"))
        self._window_state = WindowState(self, services.paths.state / "window")

    def build(self) -> None:
        """Put in all that a window has, once; it happens by itself after the first paint."""
        if self._built:
            return
        self._built = True
        from timer_app.ui.shell.navigation_bar import NavigationBar  # noqa: PLC0415 - not needed for the first paint
        from timer_app.ui.shell.notification_area import NotificationArea  # noqa: PLC0415 - as above

        self._garbage_collector = GuiThreadGarbageCollector(self)
        self.editing = load("editor", self._services, self)
        self.editing.shown.connect(lambda: self.show_page("editor"))
        self.editing.closed.connect(self._show_listed)
        self.editing.try_requested.connect(self._try_out)
        self.setWindowIcon(window_icon())
        theme = self._services.theme
        theme.apply_to_system()
        self._services.settings.changed.connect(theme.use)
        pages = (("sessions", _("Sessions")), ("history", _("History")), ("exercises", _("Exercises")))
        self.header = NavigationBar(theme, pages)
        self.header.page_requested.connect(self.show_page)
        self.header.hide()
        self.notifications = NotificationArea(self._services)
        self._stack = QStackedWidget()
        middle = self._middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.notifications)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        # A child that comes later than its parent is shown only with the next event, and no page is in view till then.
        middle.show()
        QShortcut(QKeySequence("?"), self, lambda: self.show_page("help"))
        QShortcut(QKeySequence("Esc"), self, self._go_back)
        QShortcut(QKeySequence("F11"), self, lambda: toggle_full_screen(self))

    @property
    def page(self) -> str:
        """The name of the page that is shown; empty before there is one."""
        if not self._built:
            return ""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    @overload
    def page_widget(self, name: Literal["sessions"]) -> SessionsPage: ...
    @overload
    def page_widget(self, name: Literal["history"]) -> HistoryPage: ...
    @overload
    def page_widget(self, name: Literal["exercises"]) -> ExercisesPage: ...
    @overload
    def page_widget(self, name: Literal["run"]) -> RunPages: ...
    @overload
    def page_widget(self, name: str) -> QWidget: ...

    def page_widget(self, name: str) -> QWidget:
        """Return a page by its name, made now if it does not exist yet. Raises KeyError for an unknown name."""
        self.build()
        page = self._pages.get(name)
        if page is None:
            page = self._makers[name]()
            self._pages[name] = page
            self._stack.addWidget(page)
        return page

    def show_page(self, name: str) -> None:
        """Show a page by its name. Raises KeyError for a name that there is not."""
        if self.page not in ("settings", "help", "", name):
            self._before = self.page
        page = self.page_widget(name)
        self._stack.setCurrentWidget(page)
        self.header.mark(name)
        self.header.setVisible(name not in ("run", "welcome", "editor"))
        self._fit_notifications()
        page.setFocus()
        self.page_shown.emit(name)

    @property
    def banners(self) -> BannerStack:
        """The notices above the page."""
        return self.notifications.banners

    def _fit_notifications(self) -> None:
        """Let what stands above the page leave it the room that it needs."""
        running = self.page == "run" and self.running is not None and self.running.runs
        self.notifications.fit(self.page, self.height(), runs=running)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window's size."""
        super().resizeEvent(event)
        if self._built:
            self._fit_notifications()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once the window has been painted for the first time, furnish it and make its first page."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._open_first_page)

    def _open_first_page(self) -> None:
        self._window_state.fit_to_screen()
        if not self.page:
            self.show_page("sessions" if self._services.settings.value.welcomed else "welcome")
        # The first page comes first.
        QTimer.singleShot(_STARTUP_DELAY, self, self._finish_startup)

    def _finish_startup(self) -> None:
        """Do what the first page did not have to wait for."""
        if self.isHidden():
            # It was closed again before it came to this.
            return
        # Everything here is loaded after the first page.
        from timer_app.ui.shell import page_preloader, reminders, resume_offer, unsaved_recovery  # noqa: PLC0415

        mark_key_repeats(self.windowHandle())
        self.reminders = reminders.PostureReminders(self._services, self)
        # With a run in progress, the one without an end is the one that has just been begun.
        if "run" not in self._pages:
            self.resume_offer = resume_offer.InterruptedRunOffer(self._services, self)
            self.resume_offer.resume_requested.connect(self._resume)
            self.resume_offer.start()
            self.unsaved_recovery = unsaved_recovery.UnsavedWorkRecovery(self._services, self)
            self.unsaved_recovery.edit_requested.connect(self.editing.open)
            self.unsaved_recovery.start()
            self.ask_next_morning()
        self.startup_finished.emit()
        # So the History page is there by the time that somebody goes to it.
        pieces = page_preloader.history_pieces(lambda: self.page_widget("history"))
        page_preloader.PagePreloader(pieces, lambda: self.page == "run", self).start()

    def ask_next_morning(self) -> None:
        """Ask how the back is on the morning after a session, if that is not asked already."""
        if self.notifications.morning is None:
            self.notifications.add_morning(load("next morning", self._services))

    def _resume(self, plan: RunPlan, run: RunRecord) -> None:
        """Resume an interrupted run."""
        pages = self.page_widget("run")
        self.show_page("run")
        pages.start(plan, run)

    def show_session(self, entry: LibraryEntry) -> None:
        """Show a session on the Sessions page, whether the library has it or not."""
        self.show_page("sessions")
        self.page_widget("sessions").show_entry(entry)

    def import_files(self, files: Sequence[Path]) -> None:
        """Look files through and ask whether to copy them in, as if they had been dropped on the window."""
        self.page_widget("sessions")
        if self.file_drop.dialog is None:
            self.file_drop.import_files(list(files))

    def show_exercise(self, identifier: str) -> None:
        """Show an exercise on the Exercises page."""
        self.show_page("exercises")
        self.page_widget("exercises").choose(identifier)

    def start_session(
        self, entry: LibraryEntry, leave_out: frozenset[StepPath] = frozenset(), beginning: StartOptions | None = None
    ) -> None:
        """Run a session without the steps in `leave_out`; what stands in its way is shown as a message."""
        pages = self.page_widget("run")
        try:
            plan = pages.plan(entry, leave_out, beginning.swaps if beginning is not None else {})
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        self.show_page("run")
        pages.start(plan, options=beginning)

    def close_unasked(self) -> None:
        """Ask nothing when the window closes, as the desktop ends: that is not to be held up."""
        self._closes_unasked = True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window was. A session that runs, and what is not saved, are asked about first."""
        if self._asks_before_closing():
            if self.isMinimized():
                raise_window(self)
            event.ignore()
            return
        self._window_state.save()
        if self._built:
            self._garbage_collector.stop()
        if self.resume_offer is not None:
            self.resume_offer.cancel()
        if self.running is not None:
            self.running.close()
        super().closeEvent(event)

    def _asks_before_closing(self) -> bool:
        if not self._built or self._closes_unasked:
            return False
        in_session = self.running is not None and self.running.asks_to_close()
        return in_session or self.editing.prompt_to_save(self._close_now)

    def _close_now(self) -> None:
        self.close()

    def _go_back(self) -> None:
        """Go back from settings and help to the page before, from the editor to the sessions, and from full screen."""
        if self.page == "editor":
            self.editing.page.go_back()
        elif self.page in ("settings", "help"):
            self.show_page(self._before or "sessions")
        else:
            leave_full_screen(self)

    def _make_sessions(self) -> QWidget:
        page = load("sessions", self._services)
        page.start_requested.connect(self.start_session)
        page.exercise_requested.connect(self.show_exercise)
        page.edit_requested.connect(self.editing.edit)
        page.new_requested.connect(self.editing.edit_new)
        self.file_drop = load("file drop", self._services, self, self._middle)
        self.file_drop.added.connect(self._show_listed)
        return page

    def _make_history(self) -> QWidget:
        page = load("history", self._services, self._stack)
        self.history_changed.connect(page.refresh)
        page.sessions_requested.connect(lambda: self.show_page("sessions"))
        return page

    def _make_exercises(self) -> QWidget:
        page = load("exercises", self._services)
        page.session_requested.connect(self._show_listed)
        return page

    def _show_listed(self, stem: str) -> None:
        """Show a session of the library on the Sessions page, whatever was searched for there."""
        self.show_page("sessions")
        self.page_widget("sessions").choose_when_read(stem)

    def _try_out(self, session: Session, step: StepPath) -> None:
        """Try a session that is being edited, from one of its steps."""
        pages = self.page_widget("run")
        self.show_page("run")
        pages.try_out(session, step)

    def _make_welcome(self) -> QWidget:
        page = load("welcome", self._services)
        page.closed.connect(lambda: self.show_page("sessions"))
        page.start_requested.connect(self.start_session)
        return page

    def _make_run(self) -> QWidget:
        pages = self.running = load("run", self._services)
        pages.finished.connect(lambda: self.show_page("sessions"))
        pages.trial_ended.connect(lambda: self.show_page("editor"))
        pages.attention_requested.connect(lambda: self.show_page("run"))
        pages.currentChanged.connect(lambda _index: self._fit_notifications())
        return pages
