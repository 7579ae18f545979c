"""Reminders of posture through the day: a banner, and a word from the system where the window is not in front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from timer_app import rhythm
from timer_app.i18n import _
from timer_app.settings import Reminders, Settings
from timer_app.ui.main_window import MainWindow
from timer_app.ui.services import Services
from timer_app.ui.system.single_instance import raise_window

BREAK = "desk-break"
"""The session that is offered: a few minutes beside the desk."""

_SHOWN_FOR = 12_000
"""Milliseconds for which the system's own message stays, and our sign in its tray with it."""


class Reminding(QObject):
    """Reminds the person now and then while the program is open, as often as the settings say.

    A timer is only a wake-up call to go and look at the clock, and there is none while reminders are off.
    """

    def __init__(self, services: Services, window: MainWindow) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._chosen = Reminders.OFF
        self._rhythm: rhythm.Rhythm | None = None
        self._page = window.page
        self._has_run = self._page == "run"
        self._tray: QSystemTrayIcon | None = None
        self._wake_up = QTimer(self, interval=round(rhythm.LOOK / services.clock.speed))
        self._wake_up.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._wake_up.timeout.connect(self.look)
        services.settings.changed.connect(self._follow)
        window.page_shown.connect(self._turn_to)
        self._follow(services.settings.value)

    @property
    def waits(self) -> bool:
        """Whether it looks at the clock by itself."""
        return self._wake_up.isActive()

    def look(self) -> None:
        """Look at the clock, and remind where it is time."""
        if self._rhythm is None:
            return
        now = self._services.clock.now()
        self._rhythm, due = rhythm.look(self._rhythm, now, busy=self._is_busy())
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
            self._window.banners.withdraw(_question())
        else:
            self._wake_up.start()

    def _turn_to(self, page: str) -> None:
        """Ask nothing beside a session, and begin anew when the person comes back from one, however short it was."""
        if page == "run":
            self._has_run = True
            self._window.banners.withdraw(_question())
        if "run" in (page, self._page):
            self._begin_anew()
        self._page = page

    def _begin_anew(self) -> None:
        every = self._chosen.minutes * 60_000
        self._rhythm = rhythm.begin(every, self._services.clock.now()) if every else None

    def _is_busy(self) -> bool:
        """Whether a session runs, also where its page gave way to the help for a moment."""
        running = self._window.running if self._has_run else None
        return running is not None and running.bridge is not None

    def _remind(self) -> None:
        start = _("Start “{session}”").format(session=self._services.library.find(BREAK).title)
        self._services.messages.ask(_question(), start, self._start, self._leave_it)
        if not self._window.isActiveWindow() and QSystemTrayIcon.isSystemTrayAvailable():
            self._tell_outside()

    def _start(self) -> None:
        self._window.start_session(self._services.library.find(BREAK))

    def _leave_it(self) -> None:
        """Take a no for an answer: the next reminder comes in its time."""

    def _tell_outside(self) -> None:
        """Let the system show the reminder; our sign is in its tray for as long as that takes, and never else."""
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(self._come_forward)
        self._tray.show()
        icon = QSystemTrayIcon.MessageIcon.NoIcon
        self._tray.showMessage(_("Guided Session Timer"), _question(), icon, _SHOWN_FOR)
        QTimer.singleShot(_SHOWN_FOR, self._tray, self._tray.hide)

    def _come_forward(self) -> None:
        """Answer a click on the system's message."""
        raise_window(self._window)
        if self._tray is not None:
            self._tray.hide()


def _question() -> str:
    return _("Time for a moment of posture? Ribs over hips, screen at eye height.")
