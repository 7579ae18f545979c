"""A progress bar as a thin line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.labels import set_tip

_FINE = 1000


class ProgressLine(QProgressBar):
    """A line of a few pixels that fills from left to right; `name` says what is in progress.

    With `separates` it is drawn as a plain separator while idle.
    """

    def __init__(self, theme: Theme, name: str, *, height: int = 3, separates: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._thickness = height
        self._separates = separates
        self._active = False
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, _FINE)
        self.setValue(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_share(self, share: float, words: str) -> None:
        """Show that `share`, 0 to 1, is done; `words` are the tooltip and the accessible description."""
        self._active = True
        self.setValue(round(min(1.0, max(0.0, share)) * _FINE))
        set_tip(self, words)
        self.setAccessibleDescription(words)
        self.update()

    def set_idle(self) -> None:
        """Show that nothing is in progress."""
        if self._active:
            self._active = False
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
        if self._separates and not self._active:
            painter.fillRect(QRectF(0, whole.height() - 1, whole.width(), 1), colours.border)
            return
        round_off = 0.0 if self._separates else whole.height() / 2
        painter.setBrush(colours.border)
        painter.drawRoundedRect(whole, round_off, round_off)
        painter.setBrush(colours.accent)
        whole.setWidth(whole.width() * self.value() / _FINE)
        painter.drawRoundedRect(whole, round_off, round_off)
