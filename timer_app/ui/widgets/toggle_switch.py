"""A check box drawn as a switch."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from timer_app.ui.look.theme import FOCUS_WIDTH, Space, Theme
from timer_app.ui.widgets.labels import set_tip


class Switch(QCheckBox):
    """A check box drawn as a switch. `name` is its accessible name; its caption is a label beside it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        set_tip(self, name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size of the switch and its focus ring."""
        return QSize(self._theme.px(46) + 2 * Space.TIGHT, self._theme.px(26) + 2 * Space.TIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the same size."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Accept a click anywhere on the switch."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the switch: filled, its knob on the right, where it is on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, on = self._theme.colours, self.isChecked()
        box = QRectF(0, 0, self._theme.px(46), self._theme.px(26))
        box.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(colours.accent if on else colours.outline, 1.5))
        painter.setBrush(colours.accent if on else colours.sunken)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        radius = box.height() / 2 - 4
        x = box.right() - radius - 4 if on else box.left() + radius + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.on_accent if on else colours.outline)
        painter.drawEllipse(QRectF(x - radius, box.center().y() - radius, 2 * radius, 2 * radius))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, FOCUS_WIDTH))
            ring = box.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
