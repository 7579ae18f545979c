"""The window: a header, the message channel, and one page at a time, each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.desktop.single_instance import raise_window
from timer_app.ui.support.window_state import WindowState, leave_full_screen, toggle_full_screen

if TYPE_CHECKING:
    from pathlib import Path

    from timer_app.conductor.conductor import RunPlan
    from timer_app.conductor.start_options import StartOptions
    from timer_app.definition.library import LibraryEntry
    from timer_app.definition.model import Session, StepPath
    from timer_app.history.records import RunRecord
    from timer_app.ui.editor.controller import EditorController
    from timer_app.ui.run.run_pages import RunPages
    from timer_app.ui.sessions.file_drop import FileDrop
    from timer_app.ui.shell.banners import BannerStack
    from timer_app.ui.shell.gui_thread_gc import GuiThreadGarbageCollector
    from timer_app.ui.shell.navigation_bar import NavigationBar
    from timer_app.ui.shell.notification_area import NotificationArea
    from timer_app.ui.shell.resume_offer import InterruptedRunOffer
    from timer_app.ui.shell.unsaved_recovery import UnsavedWorkRecovery
    from timer_app.ui.support.services import Services

_LOOK_AFTER = 400
"""Milliseconds after the first page until an interrupted session is looked for."""


class MainWindow(QMainWindow):
    """The one window, showing one page at a time. `settled` comes once the first page has had its time.

    `page_shown` carries a page's name; `history_changed` tells, from any thread, that the history is another now.

    It is painted empty first, and furnished at once afterwards: so it is there as quickly as a window can be.
    """

    settled = Signal()
    history_changed = Signal()
    page_shown = Signal(str)

    header: NavigationBar
    above: NotificationArea
    dropping: FileDrop
    editing: EditorController
    editing_again: UnsavedWorkRecovery
    _collecting: GuiThreadGarbageCollector
    _stack: QStackedWidget

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._pages: dict[str, QWidget] = {}
        self._makers: Mapping[str, Callable[[], QWidget]] = {
            "sessions": self._make_sessions,
            "history": self._make_history,
            "exercises": self._make_exercises,
            "settings": self._make_settings,
            "help": self._make_help,
            "welcome": self._make_welcome,
            "run": self._running,
            "editor": lambda: self.editing.page,
        }
        self._before = "sessions"
        self.going_on: InterruptedRunOffer | None = None
        self._painted = self._furnished = self._closes_unasked = False
        self.setWindowTitle(_("Guided Session Timer"))
        self._window_state = WindowState(self, services.paths.state / "window")

    def furnish(self) -> None:
        """Put in all that a window has, once; it happens by itself after the first paint."""
        if self._furnished:
            return
        self._furnished = True
        from timer_app.ui.desktop.window_icon import window_icon  # noqa: PLC0415 - not needed for the first paint
        from timer_app.ui.editor.controller import EditorController  # noqa: PLC0415 - not needed for the first paint
        from timer_app.ui.shell.gui_thread_gc import GuiThreadGarbageCollector  # noqa: PLC0415 - not needed for the first paint
        from timer_app.ui.shell.navigation_bar import NavigationBar  # noqa: PLC0415 - not needed for the first paint
        from timer_app.ui.shell.notification_area import NotificationArea  # noqa: PLC0415 - not needed for the first paint

        self._collecting = GuiThreadGarbageCollector(self)
        self.editing = EditorController(self._services, self)
        self.editing.shown.connect(lambda: self.show_page("editor"))
        self.editing.closed.connect(self._show_listed)
        self.editing.try_requested.connect(self._try_out)
        self.setWindowIcon(window_icon())
        theme = self._services.theme
        theme.apply_to_system()
        self._services.settings.changed.connect(theme.use)
        pages = (("sessions", _("Sessions")), ("history", _("History")), ("exercises", _("Exercises")))
        self.header = NavigationBar(theme, pages)
        self.header.wanted.connect(self.show_page)
        self.header.hide()
        self.above = NotificationArea(self._services)
        self._stack = QStackedWidget()
        middle = self._middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.above)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        # A child that comes later than its parent is shown only with the next event, and no page is in view till then.
        middle.show()
        QShortcut(QKeySequence("?"), self, lambda: self.show_page("help"))
        QShortcut(QKeySequence("Esc"), self, self._leave)
        QShortcut(QKeySequence("F11"), self, lambda: toggle_full_screen(self))

    @property
    def page(self) -> str:
        """The name of the page that is shown; empty before there is one."""
        if not self._furnished:
            return ""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    def page_widget(self, name: str) -> QWidget:
        """Return a page by its name, made now if it has not been wanted before. Raises KeyError for another name."""
        self.furnish()
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
        self._fit_above()
        page.setFocus()
        self.page_shown.emit(name)

    @property
    def banners(self) -> BannerStack:
        """The notices above the page."""
        return self.above.banners

    def _fit_above(self) -> None:
        """Let what stands above the page leave it the room that it needs."""
        page = self.page
        running = self.running if page == "run" else None
        runs = running is not None and running.runs
        self.above.fit(page, self.height(), runs=runs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window's size."""
        super().resizeEvent(event)
        if self._furnished:
            self._fit_above()

    @property
    def running(self) -> RunPages | None:
        """The pages of a run, or None before a session was first started."""
        from timer_app.ui.run.run_pages import RunPages  # noqa: PLC0415 - not needed for the first page

        self.furnish()
        known = self._pages.get("run")
        return known if isinstance(known, RunPages) else None

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
        QTimer.singleShot(_LOOK_AFTER, self, self._settle)

    def _settle(self) -> None:
        """Do what the first page did not have to wait for."""
        if self.isHidden():
            # It was closed again before it came to this.
            return
        from timer_app.ui.desktop.key_repeat import tell_held_keys  # noqa: PLC0415 - as above
        from timer_app.ui.shell.reminders import PostureReminders  # noqa: PLC0415 - nobody needs it for the first page

        tell_held_keys(self.windowHandle())
        self.reminding = PostureReminders(self._services, self)
        self._look_for_interrupted()
        self.settled.emit()
        # The History page is there by the time that somebody goes to it.
        from timer_app.ui.shell.page_preloader import PagePreloader, history_pieces  # noqa: PLC0415 - not needed for the first page

        PagePreloader(history_pieces(self.page_widget), lambda: self.page == "run", self).start()

    def _look_for_interrupted(self) -> None:
        if "run" in self._pages:
            # The one without an end is the one that has just been begun.
            return
        from timer_app.ui.shell.resume_offer import InterruptedRunOffer  # noqa: PLC0415 - made after the window is painted
        from timer_app.ui.shell.unsaved_recovery import UnsavedWorkRecovery  # noqa: PLC0415 - made after the window is painted

        self.going_on = InterruptedRunOffer(self._services, self)
        self.going_on.wanted.connect(self._go_on)
        self.going_on.look()
        self.editing_again = UnsavedWorkRecovery(self._services, self)
        self.editing_again.wanted.connect(self.editing.open)
        self.editing_again.look()
        self.above.ask_for_the_morning()

    def _go_on(self, wanted: RunPlan, run: RunRecord) -> None:
        """Go on with a run that was interrupted."""
        running = self._running()
        self.show_page("run")
        running.start(wanted, run)

    def show_session(self, entry: LibraryEntry) -> None:
        """Show a session on the Sessions page, whether the library has it or not."""
        from timer_app.ui.sessions.page import SessionsPage  # noqa: PLC0415 - made after the window is painted

        page = self.page_widget("sessions")
        self.show_page("sessions")
        if isinstance(page, SessionsPage):
            page.show_entry(entry)

    def bring_in(self, files: Sequence[Path]) -> None:
        """Look files through and ask whether to copy them in, as if they had been dropped on the window."""
        self.page_widget("sessions")
        if self.dropping.dialog is None:
            self.dropping.take(list(files))

    def show_exercise(self, identifier: str) -> None:
        """Show an exercise on the Exercises page."""
        from timer_app.ui.exercises.page import ExercisesPage  # noqa: PLC0415 - made when it is first visited

        page = self.page_widget("exercises")
        self.show_page("exercises")
        if isinstance(page, ExercisesPage):
            page.choose(identifier)

    def start_session(
        self, entry: LibraryEntry, leave_out: frozenset[StepPath] = frozenset(), beginning: StartOptions | None = None
    ) -> None:
        """Run a session without the steps in `leave_out`; what stands in its way is told as a message."""
        from timer_app.conductor.start_run import plan_run  # noqa: PLC0415 - not needed for the first page

        try:
            swaps = beginning.swaps if beginning is not None else {}
            wanted = plan_run(entry, self._services.catalogue, leave_out, swaps)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        running = self._running()
        self.show_page("run")
        running.start(wanted, options=beginning)

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
        if self._furnished:
            self._collecting.stop()
        if self.going_on is not None:
            self.going_on.leave()
        if "run" in self._pages:
            self._pages["run"].close()
        super().closeEvent(event)

    def _asks_before_closing(self) -> bool:
        if not self._furnished or self._closes_unasked:
            return False
        in_session = "run" in self._pages and self._running().asks_to_close()
        return in_session or self.editing.prompt_to_save(self._close_now)

    def _close_now(self) -> None:
        self.close()

    def _leave(self) -> None:
        """Go back from settings and help to the page before, from the editor to the sessions, and from full screen."""
        if self.page == "editor":
            self.editing.page.go_back()
        elif self.page in ("settings", "help"):
            self.show_page(self._before or "sessions")
        else:
            leave_full_screen(self)

    def _make_sessions(self) -> QWidget:
        from timer_app.ui.sessions.file_drop import FileDrop  # noqa: PLC0415 - made after the window is painted
        from timer_app.ui.sessions.page import SessionsPage  # noqa: PLC0415 - made after the window is painted

        page = SessionsPage(self._services)
        page.start_requested.connect(self.start_session)
        page.exercise_requested.connect(self.show_exercise)
        page.edit_requested.connect(self.editing.edit)
        page.new_requested.connect(self.editing.edit_new)
        self.dropping = FileDrop(self._services, self, self._middle)
        self.dropping.added.connect(self._show_listed)
        return page

    def _make_history(self) -> QWidget:
        from timer_app.ui.history.page import HistoryPage  # noqa: PLC0415 - made after the window is painted

        page = HistoryPage(self._services, self._stack)
        self.history_changed.connect(page.refresh)
        page.sessions_requested.connect(lambda: self.show_page("sessions"))
        return page

    def _make_exercises(self) -> QWidget:
        from timer_app.ui.exercises.page import ExercisesPage  # noqa: PLC0415 - made when it is first visited

        page = ExercisesPage(self._services)
        page.session_requested.connect(self._show_listed)
        return page

    def _show_listed(self, stem: str) -> None:
        """Show a session of the library on the Sessions page, whatever was searched for there."""
        from timer_app.ui.sessions.page import SessionsPage  # noqa: PLC0415 - made after the window is painted

        page = self.page_widget("sessions")
        self.show_page("sessions")
        if isinstance(page, SessionsPage):
            page.choose_when_read(stem)

    def _try_out(self, session: Session, step: StepPath) -> None:
        """Try a session that is being edited, from one of its steps."""
        from timer_app.conductor.start_run import plan_trial  # noqa: PLC0415 - not needed for the first page

        running = self._running()
        self.show_page("run")
        running.try_out(plan_trial(session, self._services.catalogue), step)

    def _make_settings(self) -> QWidget:
        from timer_app.ui.settings.page import SettingsPage  # noqa: PLC0415 - made when it is first visited

        return SettingsPage(self._services)

    def _make_help(self) -> QWidget:
        from timer_app.ui.pages.help_page import HelpPage  # noqa: PLC0415 - made when it is first visited

        return HelpPage(self._services)

    def _make_welcome(self) -> QWidget:
        from timer_app.ui.pages.welcome_page import WelcomePage  # noqa: PLC0415 - made on the first start alone

        page = WelcomePage(self._services)
        page.closed.connect(lambda: self.show_page("sessions"))
        page.start_requested.connect(self.start_session)
        return page

    def _running(self) -> RunPages:
        """Return the pages of a run, made when a session is first started."""
        from timer_app.ui.run.run_pages import RunPages  # noqa: PLC0415 - not needed for the first page

        self.furnish()
        known = self.running
        if known is not None:
            return known
        made = RunPages(self._services)
        made.finished.connect(lambda: self.show_page("sessions"))
        made.trial_ended.connect(lambda: self.show_page("editor"))
        made.attention_requested.connect(lambda: self.show_page("run"))
        made.currentChanged.connect(lambda _index: self._fit_above())
        self._pages["run"] = made
        self._stack.addWidget(made)
        return made
