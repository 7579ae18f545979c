"""The empty state of a page: why there is nothing to show, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, centre, margins

_WIDTH = 520
_SIGN_ROOM = 320
"""The least height at which the icon is shown, in logical pixels at text of 100 %."""


class _Medallion(QLabel):
    """A large decorative icon on a round ground."""

    def __init__(self, theme: Theme, sign: str) -> None:
        super().__init__()
        self._theme = theme
        self._sign = sign
        self.setFixedSize(QSize(88, 88))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.selected)
        painter.drawEllipse(QRectF(self.rect()))
        paint_icon(painter, self._sign, QRectF(self.rect()).adjusted(26, 26, -26, -26), colours.accent_ink)


class EmptyState(Card):
    """An icon, a title, a sentence and an optional button in the middle of the page. `acted` is sent by the button.

    With `card` False it fills the page without a card around it.
    """

    acted = Signal()

    def __init__(self, theme: Theme, sign: str, title: str, text: str, *, action: str = "", card: bool = True) -> None:
        super().__init__("card" if card else "")
        self._theme = theme
        middle = Qt.AlignmentFlag.AlignHCenter
        inner = self._inner = QWidget()
        centre(self, inner, theme.px(_WIDTH))
        theme.changed.connect(self._fit)
        layout = self._column = QVBoxLayout(inner)
        margins(layout, Space.PAGE, spacing=Space.SMALL)
        self.title = Label(theme, title, Type.TITLE, wrap=True)
        self.text = Label(theme, text, tone="soft", wrap=True)
        layout.addStretch(2)
        self.sign = _Medallion(theme, sign)
        layout.addWidget(self.sign, 0, middle)
        layout.addSpacing(Space.LARGE)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        if action:
            self.button = Button(theme, action)
            self.button.clicked.connect(self.acted)
            layout.addSpacing(Space.LARGE)
            layout.addWidget(self.button, 0, middle)
        layout.addStretch(3)

    def offer(self, name: str, menu: QMenu) -> None:
        """Add a button below that opens a menu."""
        self.more = Button(self._theme, name, role="quiet")
        self.more.setMenu(menu)
        self._column.insertWidget(self._column.count() - 1, self.more, 0, Qt.AlignmentFlag.AlignHCenter)

    def minimumSizeHint(self) -> QSize:
        """Return a size without the icon."""
        size: QSize = super().minimumSizeHint()
        return size if self.sign.isHidden() else size - QSize(0, self.sign.height() + Space.SMALL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the icon where there is room for it."""
        super().resizeEvent(event)
        self._show_sign()

    def _show_sign(self) -> None:
        self.sign.setVisible(self.height() >= self._theme.px(_SIGN_ROOM))

    def _fit(self) -> None:
        """Grow the line length with the text size."""
        self._inner.setMaximumWidth(self._theme.px(_WIDTH))
        self._show_sign()

    def set_text(self, title: str, text: str) -> None:
        """Show another title and sentence."""
        self.title.setText(title)
        self.text.setText(text)
