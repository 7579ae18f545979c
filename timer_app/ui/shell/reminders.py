"""Reminders of posture through the day: a banner, and a notification where the window is not in front."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from timer_app import reminder_schedule
from timer_app.definition.library import LibraryEntry
from timer_app.i18n import _
from timer_app.settings import Reminders, Settings
from timer_app.ui.desktop.media_keys import has_session_bus
from timer_app.ui.shell.banners import BannerStack
from timer_app.ui.support.services import Services
from timer_app.ui.support.window_state import raise_window

if TYPE_CHECKING:
    from timer_app.ui.desktop.notifications import Notification
    from timer_app.ui.run.run_pages import RunPages

BREAK = "desk-break"
"""The session that is offered: a few minutes beside the desk."""

_SHOWN_FOR = 12_000
"""Milliseconds for which the tray's message stays, and our sign in the tray with it."""

_START = "start"
"""The key of the notification's button."""


class ReminderWindow(Protocol):
    """What reminders need of the main window."""

    @property
    def page(self) -> str:
        """The name of the page that is shown."""

    @property
    def page_shown(self) -> SignalInstance:
        """Emitted with the name of the page."""

    @property
    def banners(self) -> BannerStack:
        """The notices above the page."""

    @property
    def running(self) -> RunPages | None:
        """The pages of a run, or None before a session was first started."""

    def start_session(self, entry: LibraryEntry) -> None:
        """Start a session."""

    def window(self) -> QWidget:
        """Return the window itself, as a widget."""


class PostureReminders(QObject):
    """Reminds the user now and then while the program is open, as often as the settings say.

    A timer is only a wake-up call to go and look at the clock, and there is none while reminders are off. Where the
    window is not in front the desktop is asked to show the reminder, and the tray where it does not.
    """

    def __init__(self, services: Services, window: ReminderWindow) -> None:
        super().__init__(window.window())
        self._services = services
        self._window = window
        self._chosen = Reminders.OFF
        self._rhythm: reminder_schedule.ReminderSchedule | None = None
        self._page = window.page
        self._has_run = self._page == "run"
        self._notification: Notification | None = None
        self._tray: QSystemTrayIcon | None = None
        self._wake_up = QTimer(self, interval=round(reminder_schedule.CHECK_EVERY / services.clock.speed))
        self._wake_up.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._wake_up.timeout.connect(self.check_clock)
        services.settings.changed.connect(self._follow)
        window.page_shown.connect(self._turn_to)
        self._follow(services.settings.value)

    @property
    def waits(self) -> bool:
        """Whether it looks at the clock by itself."""
        return self._wake_up.isActive()

    def check_clock(self) -> None:
        """Look at the clock, and remind where it is time."""
        if self._rhythm is None:
            return
        now = self._services.clock.now()
        self._rhythm, due = reminder_schedule.check(self._rhythm, now, busy=self._is_busy())
        if due:
            self._remind()

    def _follow(self, settings: Settings) -> None:
        """Begin anew where the choice has changed."""
        if settings.reminders is self._chosen:
            return
        self._chosen = settings.reminders
        self._begin_anew()
        if self._chosen is Reminders.OFF:
            self._wake_up.stop()
            self._withdraw()
        else:
            self._wake_up.start()

    def _turn_to(self, page: str) -> None:
        """Ask nothing beside a session, and begin anew when the user comes back from one, however short it was."""
        if page == "run":
            self._has_run = True
            self._withdraw()
        if "run" in (page, self._page):
            self._begin_anew()
        self._page = page

    def _begin_anew(self) -> None:
        every = self._chosen.minutes * 60_000
        self._rhythm = reminder_schedule.begin(every, self._services.clock.now()) if every else None

    def _is_busy(self) -> bool:
        """Whether a session runs, also where its page gave way to the help for a moment."""
        running = self._window.running if self._has_run else None
        return running is not None and running.driver is not None

    def _remind(self) -> None:
        start = _("Start “{session}”").format(session=self._services.library.find(BREAK).title)
        self._services.messages.show_question(_question(), start, self._start, self._withdraw)
        if not self._window.window().isActiveWindow():
            self._notify(start)

    def _start(self) -> None:
        self._withdraw()
        self._window.start_session(self._services.library.find(BREAK))

    def _withdraw(self) -> None:
        """Take the reminder away wherever it stands; the next one comes in its time."""
        self._window.banners.withdraw(_question())
        if self._notification is not None:
            self._notification.withdraw()

    def _notify(self, start: str) -> None:
        """Let the desktop show the reminder, with a button to `start`."""
        if not has_session_bus(sys.platform, os.environ):
            self._show_in_tray()
            return
        from timer_app.ui.desktop.notifications import DEFAULT, Notification  # noqa: PLC0415 - known to Linux alone

        if self._notification is None:
            self._notification = Notification(self)
            self._notification.acted.connect(self._act)
            self._notification.refused.connect(self._show_in_tray)
        actions = {DEFAULT: _("Show the window"), _START: start}
        self._notification.show(_("Guided Session Timer"), _question(), actions)

    def _act(self, key: str) -> None:
        """Do what was chosen in the desktop's notification."""
        self._come_forward()
        if key == _START:
            self._start()

    def _show_in_tray(self) -> None:
        """Let the tray show the reminder, if there is one; our sign is in it for as long as that takes."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.window().windowIcon(), self)
            self._tray.messageClicked.connect(self._come_forward)
        self._tray.show()
        icon = QSystemTrayIcon.MessageIcon.NoIcon
        self._tray.showMessage(_("Guided Session Timer"), _question(), icon, _SHOWN_FOR)
        QTimer.singleShot(_SHOWN_FOR, self._tray, self._tray.hide)

    def _come_forward(self) -> None:
        """Answer a click on what the system showed."""
        raise_window(self._window.window())
        if self._tray is not None:
            self._tray.hide()


def _question() -> str:
    return _("Time for a moment of posture? Ribs over hips, screen at eye height.")
