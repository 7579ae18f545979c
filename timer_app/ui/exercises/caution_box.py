"""The caution of an exercise in a frame."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, margins


class CautionBox(Card):
    """A frame with a caution."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("warning")
        self.text = Label(theme, tone="warning", wrap=True)
        layout = QVBoxLayout(self)
        margins(layout, Space.LARGE, Space.MEDIUM, spacing=Space.HAIR)
        layout.addWidget(Label(theme, _("Be careful"), Type.STRONG, tone="warning"))
        layout.addWidget(self.text)
