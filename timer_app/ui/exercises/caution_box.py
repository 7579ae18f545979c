"""What to be careful about with an exercise, in its frame."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, margins


class CautionBox(Card):
    """The one thing to be careful about."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("warning")
        self.text = Label(theme, tone="warning", wrap=True)
        layout = QVBoxLayout(self)
        margins(layout, Space.LARGE, Space.MEDIUM, spacing=Space.HAIR)
        layout.addWidget(Label(theme, _("Be careful"), Type.STRONG, tone="warning"))
        layout.addWidget(self.text)
