"""The question how the back feels before a session, beside its start; whoever passes it by loses nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import ElidedLabel
from timer_app.ui.widgets.layouts import margins, row
from timer_app.ui.widgets.rating_row import RatingRow

_BUTTON = 32
"""The buttons' diameter in logical pixels: smaller than after a session, for here they are beside the way."""


class ComfortBar(QWidget):
    """Asks for back comfort, 0 to 10; what was chosen is taken back by choosing it again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rating = RatingRow(theme, _("Back comfort before"), 0, diameter=_BUTTON, optional=True)
        question = ElidedLabel(theme, _("How does your back feel?"), Type.STRONG)
        ends = ElidedLabel(theme, _("0 sore · 10 fine"), Type.SMALL, tone="soft")
        asked = row(question, ends, spacing=Space.SMALL)
        asked.setStretch(1, 1)
        layout = QVBoxLayout(self)
        margins(layout, Space.PAGE, Space.SMALL, spacing=Space.TIGHT)
        self._layout = layout
        layout.addLayout(asked)
        layout.addWidget(self.rating)

    def indent(self, sides: int) -> None:
        """Keep so many logical pixels free at both sides."""
        margins(self._layout, sides, Space.SMALL, spacing=Space.TIGHT)

    def pop_rating(self) -> int | None:
        """Return what was chosen, and ask anew."""
        chosen = self.rating.value
        self.rating.clear()
        return chosen
