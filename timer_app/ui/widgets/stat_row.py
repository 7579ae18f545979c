"""A row of large numbers, each with a caption below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import margins

_WIDTH = 170


class StatRow(QWidget):
    """`count` numbers with their captions, evenly from the left."""

    def __init__(self, theme: Theme, count: int) -> None:
        super().__init__()
        self._theme = theme
        self._pairs = [
            (Label(theme, role=Type.TITLE), Label(theme, role=Type.SMALL, tone="soft", wrap=True))
            for _number in range(count)
        ]
        layout = QHBoxLayout(self)
        margins(layout, 0, spacing=Space.LARGE)
        self._holders: list[QWidget] = []
        for number, caption in self._pairs:
            holder = QWidget()
            pair = QVBoxLayout(holder)
            margins(pair, 0)
            pair.addWidget(number)
            pair.addWidget(caption)
            pair.addStretch(1)
            layout.addWidget(holder, 1)
            self._holders.append(holder)
        layout.addStretch(0)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_figures(self, *figures: tuple[str, str]) -> None:
        """Show these numbers with their captions, in order."""
        for (number, caption), (value, counted) in zip(self._pairs, figures, strict=True):
            number.setText(value)
            number.setAccessibleName(f"{value} {counted}")
            caption.setText(counted)

    def _apply_theme(self) -> None:
        for holder in self._holders:
            holder.setMaximumWidth(self._theme.px(_WIDTH))
