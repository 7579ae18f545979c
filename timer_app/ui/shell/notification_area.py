"""What stands above the pages: notices, and the question of the morning. Where room is short, the page comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.ui.shell.banners import BannerStack
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.layouts import margins

if TYPE_CHECKING:
    from timer_app.ui.history.next_morning_question import NextMorningQuestion

SHORT = 520
"""A window that is less high than this, in logical pixels at text of 100 %, has room for one thing above its page."""

SHORTER = 400
"""And one that is less high than this has room for no more than one line of it."""


class NotificationArea(QWidget):
    """The banners and the question of the morning, as far as there is room for them.

    A running session leaves them one line, the newest notice's. A short window shows one notice at a time, and the
    question waits until there is none.
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._page = ""
        self._height = 0
        self._runs = False
        self.banners = BannerStack(services.theme, services.messages)
        self.morning: NextMorningQuestion | None = None
        self._layout = QVBoxLayout(self)
        margins(self._layout, 0)
        self._layout.addWidget(self.banners)
        self.banners.changed.connect(self._show_morning)
        services.theme.changed.connect(self._fit)

    def add_morning(self, morning: NextMorningQuestion) -> None:
        """Show the question of the next morning when there is one."""
        self.morning = morning
        morning.asked.connect(self._show_morning)
        self._layout.addWidget(morning)
        morning.check()

    def fit(self, page: str, height: int, *, runs: bool) -> None:
        """Stand above a page, in a window of this height; `runs` says that a session is running on it."""
        self._page, self._height, self._runs = page, height, runs
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again when somebody comes back to the window, which may be on another day."""
        if event.type() is QEvent.Type.WindowActivate:
            self._show_morning()
        return super().event(event)

    def _fit(self) -> None:
        self.banners.fit(compact=self._runs, alone=self._short)
        self._show_morning()

    @property
    def _short(self) -> bool:
        return self._height < self._services.theme.px(SHORT)

    def _show_morning(self) -> None:
        """Show the question of the morning on the page of sessions, where nothing else is going on."""
        if self.morning is not None:
            self.morning.refresh()
            self.morning.set_compact(compact=self._short, folded=self._height < self._services.theme.px(SHORTER))
            crowded = self._short and bool(self.banners.banners)
            self.morning.setVisible(self.morning.pending and self._page == "sessions" and not crowded)
