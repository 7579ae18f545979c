"""A button that links to an exercise or a session."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from timer_app.plain_text import plain_line
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import menu_text

_LEAST = 120
_PADDING = 40


class LinkButton(Button):
    """A button with the name of its target, elided where space is short."""

    def __init__(self, theme: Theme, words: str, tip: str) -> None:
        self._whole = plain_line(words)
        super().__init__(theme, menu_text(words), tip=tip)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a size with room for the whole name."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        missing = metrics.horizontalAdvance(self._whole) - metrics.horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(hint.width() + missing, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Return a size with room for part of the name."""
        return QSize(min(_LEAST, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide the name to the width."""
        super().resizeEvent(event)
        text = self._whole
        if self.width() < self.sizeHint().width():
            room = self.width() - _PADDING
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        if menu_text(text) != self.text():
            self.setText(menu_text(text))
