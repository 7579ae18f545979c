"""A search field with an icon and a key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import set_tip


class SearchField(QLineEdit):
    """A search field that Escape clears. `name` is its accessible name, `key` the shortcut of its page."""

    def __init__(self, theme: Theme, name: str, key: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        set_tip(self, name, key)
        self.setMaxLength(200)
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def event(self, event: QEvent) -> bool:
        """Claim Escape from shortcuts while there is a text to clear."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the field on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, and the icon before its text."""
        super().paintEvent(event)
        side = float(self._theme.px(18))
        box = QRectF(Space.MEDIUM, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), "search", box, self._theme.colours.text_soft)

    def _apply_theme(self) -> None:
        self.setFont(self._theme.font(Type.BODY))
        self.setTextMargins(self._theme.px(18) + Space.SMALL, 0, 0, 0)
