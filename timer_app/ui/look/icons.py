"""Icons on buttons: the SVG drawings of `assets/icons/signs`, in a colour of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from timer_app.atomic_write import read_whole
from timer_app.paths import assets
from timer_app.ui.look.theme import CLEAR


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw the icon `name` into `rect`, which should be square. Raises OSError for an unknown name."""
    drawing = _drawing(name, colour.name())
    painter.save()
    painter.setOpacity(painter.opacity() * colour.alphaF())
    drawing.render(painter, rect)
    painter.restore()


def icon(name: str, colour: QColor) -> QIcon:
    """Return the icon `name`, which is drawn only when it is shown."""
    return QIcon(_IconEngine(name, colour))


@cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    text = read_whole(assets() / "icons" / "signs" / f"{name}.svg").decode()
    return QSvgRenderer(text.replace("currentColor", colour).encode())


class _IconEngine(QIconEngine):
    def __init__(self, name: str, colour: QColor) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.setOpacity(0.45 if mode is QIcon.Mode.Disabled else 1.0)
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        paint_icon(painter, self._name, square, self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(CLEAR)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _IconEngine(self._name, self._colour)
