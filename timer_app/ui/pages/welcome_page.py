"""The welcome page of the first start: the health note, a sample of the voice, and a session to try."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.presentation.health_note import health_lead, health_points, health_title
from timer_app.problems import Problem
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.support.speech_preview import VoicePreview
from timer_app.ui.widgets.action_bar import ActionBar
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import ElidedLabel, Label, set_tip
from timer_app.ui.widgets.layouts import Card, ScrollPage, centre, column, line, margins

FIRST_SESSION = "knee-to-chest-holds"
"""A gentle session of some three minutes: the first to try."""

WIDTH = 720


class WelcomePage(QWidget):
    """The welcome page, shown until it was closed once.

    `closed` is emitted when the user leaves it, `start_requested(entry, leave_out)` to start the first session.
    """

    closed = Signal()
    start_requested = Signal(object, object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        theme = services.theme
        self._preview = VoicePreview(services, self)
        scroll = ScrollPage(WIDTH)
        body = QVBoxLayout(scroll.content)
        margins(body, Space.PAGE, Space.PAGE, spacing=0)
        lead = Label(
            theme,
            _(
                "A session tells you what comes next, counts for you, and ends each line on its mark, so that you can"
                " leave the screen alone. Everything stays on this computer."
            ),
            tone="soft",
            wrap=True,
        )
        self.hear = Button(theme, _("Hear the voice"), role="quiet", sign="sound")
        self.hear.clicked.connect(self._play_sample)
        self.try_it = Button(theme, _("Try a short session"), role="primary", sign="play")
        self.try_it.clicked.connect(self._start_first)
        self.sessions_button = Button(theme, _("See all sessions"), role="quiet")
        self.sessions_button.clicked.connect(self._close)
        set_tip(self.try_it, self._first_words())
        bar, low = ActionBar(self.try_it, ElidedLabel(theme), (self.hear, self.sessions_button)), QWidget()
        centre(low, bar, WIDTH)
        body.addStretch(1)
        body.addLayout(
            column(
                Label(theme, _("Welcome"), Type.LABEL, tone="accent"),
                Space.TIGHT,
                Label(theme, _("Lie down. It counts for you."), Type.DISPLAY, wrap=True),
                Space.MEDIUM,
                lead,
                Space.WIDE,
            )
        )
        body.addWidget(self._make_note())
        body.addLayout(column(Space.LARGE, Label(theme, self._first_words(), Type.SMALL, tone="soft", wrap=True)))
        body.addStretch(2)
        outer = QVBoxLayout(self)
        margins(outer, 0)
        outer.addWidget(scroll, 1)
        outer.addWidget(line())
        outer.addWidget(low)

    def _first_words(self) -> str:
        try:
            entry = self._services.library.find(FIRST_SESSION)
        except Problem:
            return ""
        return _("The short session is {title}, {length}, lying on your back.").format(
            title=entry.title, length=formatting.clock_time(entry.total)
        )

    def _make_note(self) -> Card:
        theme = self._services.theme
        card = Card()
        layout = QVBoxLayout(card)
        margins(layout, Space.WIDE, Space.LARGE, spacing=Space.SMALL)
        layout.addWidget(Label(theme, health_title(), Type.HEADING))
        layout.addWidget(Label(theme, health_lead(), wrap=True))
        for heading, text in health_points():
            layout.addWidget(Label(theme, f"{heading} {text}", Type.SMALL, tone="soft", wrap=True))
        return card

    def _play_sample(self) -> None:
        self._preview.hear(_("Hello. I will count for you. Three, two, one, go."))

    def _start_first(self) -> None:
        try:
            entry = self._services.library.find(FIRST_SESSION)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        self._close()
        self.start_requested.emit(entry, frozenset())

    def _close(self) -> None:
        self._services.settings.save(replace(self._services.settings.value, welcomed=True))
        self.closed.emit()
