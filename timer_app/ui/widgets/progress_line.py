"""How far something is: a thin line that fills, with its value for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.labels import set_tip

_FINE = 1000


class ProgressLine(QProgressBar):
    """A line of a few pixels that fills from left to right; `name` says what is going on.

    With `separates` it is a plain thin line between two parts of a card while nothing goes on.
    """

    def __init__(self, theme: Theme, name: str, *, height: int = 3, separates: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._thickness = height
        self._separates = separates
        self._goes_on = False
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, _FINE)
        self.setValue(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_share(self, share: float, words: str) -> None:
        """Show that `share`, 0 to 1, is done; `words` say so, in the tooltip and to a screen reader."""
        self._goes_on = True
        self.setValue(round(min(1.0, max(0.0, share)) * _FINE))
        set_tip(self, words)
        self.setAccessibleDescription(words)
        self.update()

    def rest(self) -> None:
        """Show that nothing goes on any more."""
        if self._goes_on:
            self._goes_on = False
            self.setValue(0)
            set_tip(self, "")
            self.setAccessibleDescription("")
            self.update()

    def sizeHint(self) -> QSize:
        """Return the line's height."""
        return QSize(80, self._thickness)

    def minimumSizeHint(self) -> QSize:
        """Return the line's height."""
        return QSize(0, self._thickness)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and on it what is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = self._theme.colours
        whole = QRectF(self.rect())
        if self._separates and not self._goes_on:
            painter.fillRect(QRectF(0, whole.height() - 1, whole.width(), 1), colours.border)
            return
        round_off = 0.0 if self._separates else whole.height() / 2
        painter.setBrush(colours.border)
        painter.drawRoundedRect(whole, round_off, round_off)
        painter.setBrush(colours.accent)
        whole.setWidth(whole.width() * self.value() / _FINE)
        painter.drawRoundedRect(whole, round_off, round_off)
