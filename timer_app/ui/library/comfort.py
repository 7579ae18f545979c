"""The question how the back feels before a session, beside its start; whoever passes it by loses nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from timer_app.i18n import _
from timer_app.ui.run.rating import RatingRow
from timer_app.ui.theme import Space, Theme, Type
from timer_app.ui.widgets.frames import column, margins
from timer_app.ui.widgets.text import Label

_BUTTON = 34
"""The buttons' diameter in logical pixels: smaller than after a session, for here they are beside the way."""


class ComfortBar(QWidget):
    """Asks for back comfort, 0 to 10; what was chosen is taken back by choosing it again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rating = RatingRow(theme, _("Back comfort before"), 0, diameter=_BUTTON, optional=True)
        question = Label(theme, _("How does your back feel?"), Type.STRONG, wrap=True)
        ends = Label(theme, _("0 very sore · 10 just fine"), Type.SMALL, tone="soft", wrap=True)
        texts = QWidget()
        texts.setLayout(column(question, ends))
        texts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        margins(layout, Space.PAGE, Space.SMALL, spacing=Space.MEDIUM)
        layout.addWidget(texts, 1)
        layout.addWidget(self.rating, 2)

    def take(self) -> int | None:
        """Return what was chosen, and ask anew."""
        chosen = self.rating.value
        self.rating.clear()
        return chosen
