"""A few large numbers in a row, each with what it counts below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timer_app.ui.theme import Space, Theme, Type
from timer_app.ui.widgets.frames import margins
from timer_app.ui.widgets.text import Label, ShortLabel


class Figures(QWidget):
    """`count` numbers with their captions, evenly from the left."""

    def __init__(self, theme: Theme, count: int) -> None:
        super().__init__()
        self._pairs = [
            (Label(theme, role=Type.TITLE), ShortLabel(theme, role=Type.SMALL, tone="soft")) for _n in range(count)
        ]
        layout = QHBoxLayout(self)
        margins(layout, 0, spacing=Space.VAST)
        for number, caption in self._pairs:
            pair = QVBoxLayout()
            margins(pair, 0)
            pair.addWidget(number)
            pair.addWidget(caption)
            layout.addLayout(pair)
        layout.addStretch(1)

    def show_figures(self, *figures: tuple[str, str]) -> None:
        """Show these numbers with their captions, in order."""
        for (number, caption), (value, counted) in zip(self._pairs, figures, strict=True):
            number.setText(value)
            number.setAccessibleName(f"{value} {counted}")
            caption.setText(counted)
