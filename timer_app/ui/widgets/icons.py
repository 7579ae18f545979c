"""The signs on buttons: a few strokes each, drawn when they are needed, in the colours of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap, QPolygonF

from timer_app.ui.theme import CLEAR

_GRID = 24
_STROKE = 1.8
_DOT = 0.5

_Point: TypeAlias = tuple[float, float]
_Arc: TypeAlias = tuple[float, float, float, int, int]
"""Centre, radius, and degrees from where and how far, counter-clockwise."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """Strokes on a grid of 24 by 24."""

    lines: tuple[tuple[_Point, ...], ...] = ()
    arcs: tuple[_Arc, ...] = ()
    dots: tuple[_Point, ...] = ()
    filled: tuple[_Point, ...] = ()
    width: float = _STROKE


def _circle(x: float, y: float, radius: float) -> _Arc:
    return (x, y, radius, 0, 360)


_SIGNS: dict[str, _Sign] = {
    "play": _Sign(filled=((8, 5.5), (18.5, 12), (8, 18.5))),
    "search": _Sign(lines=(((15, 15), (20, 20)),), arcs=(_circle(10.5, 10.5, 6),)),
    "sliders": _Sign(
        lines=(((4, 7), (12.4, 7)), ((17.6, 7), (20, 7)), ((4, 17), (6.4, 17)), ((11.6, 17), (20, 17))),
        arcs=(_circle(15, 7, 2.6), _circle(9, 17, 2.6)),
    ),
    "help": _Sign(
        lines=(((12, 14), (12, 12.7)),),
        arcs=(_circle(12, 12, 8.6), (12, 9.9, 2.5, 180, -225)),
        dots=((12, 16.8),),
    ),
    "warning": _Sign(
        lines=(((12, 4.2), (21, 19.5), (3, 19.5), (12, 4.2)), ((12, 10), (12, 13.8))),
        dots=((12, 16.6),),
    ),
    "info": _Sign(lines=(((12, 11), (12, 16.2)),), arcs=(_circle(12, 12, 8.6),), dots=((12, 7.9),)),
    "close": _Sign(lines=(((6.5, 6.5), (17.5, 17.5)), ((17.5, 6.5), (6.5, 17.5)))),
    "check": _Sign(lines=(((5, 12.5), (10, 17.5), (19, 7)),), width=2.2),
    "bin": _Sign(
        lines=(
            ((5, 7), (19, 7)),
            ((9.5, 7), (9.5, 4.5), (14.5, 4.5), (14.5, 7)),
            ((6.8, 7), (7.6, 19.5), (16.4, 19.5), (17.2, 7)),
            ((10.3, 10.5), (10.5, 16)),
            ((13.7, 10.5), (13.5, 16)),
        )
    ),
    "file": _Sign(
        lines=(
            ((13.5, 3.8), (6, 3.8), (6, 20.2), (18, 20.2), (18, 8.3), (13.5, 3.8), (13.5, 8.3), (18, 8.3)),
            ((9, 12.5), (15, 12.5)),
            ((9, 16), (13, 16)),
        )
    ),
    "folder": _Sign(
        lines=(((3.5, 18.5), (3.5, 5.8), (9.5, 5.8), (11.5, 8.2), (20.5, 8.2), (20.5, 18.5), (3.5, 18.5)),)
    ),
    "sound": _Sign(
        lines=(((4, 9.5), (7.5, 9.5), (12, 5.5), (12, 18.5), (7.5, 14.5), (4, 14.5), (4, 9.5)),),
        arcs=((13, 12, 3, -50, 100), (13, 12, 6.5, -50, 100)),
    ),
    "filter": _Sign(lines=(((4.5, 6.5), (19.5, 6.5)), ((7.5, 12), (16.5, 12)), ((10.5, 17.5), (13.5, 17.5)))),
    "back": _Sign(lines=(((14.5, 5.5), (8, 12), (14.5, 18.5)),)),
    "up": _Sign(lines=(((6, 14.5), (12, 8.5), (18, 14.5)),)),
    "down": _Sign(lines=(((6, 9.5), (12, 15.5), (18, 9.5)),)),
    "pencil": _Sign(
        lines=(
            ((4.5, 19.5), (5.5, 15), (15.5, 5), (19, 8.5), (9, 18.5), (4.5, 19.5)),
            ((13, 7.5), (16.5, 11)),
        ),
    ),
    "undo": _Sign(
        lines=(((9, 5), (4.5, 9.5), (9, 14)), ((4.5, 9.5), (14.5, 9.5)), ((14.5, 18.5), (9, 18.5))),
        arcs=((14.5, 14, 4.5, 90, -180),),
    ),
    "redo": _Sign(
        lines=(((15, 5), (19.5, 9.5), (15, 14)), ((19.5, 9.5), (9.5, 9.5)), ((9.5, 18.5), (15, 18.5))),
        arcs=((9.5, 14, 4.5, 90, 180),),
    ),
    "swap": _Sign(
        lines=(
            ((4.5, 8.2), (19, 8.2)),
            ((15, 4.2), (19, 8.2), (15, 12.2)),
            ((19.5, 16.2), (5, 16.2)),
            ((9, 12.6), (5, 16.2), (9, 20)),
        )
    ),
    "copy": _Sign(
        lines=(
            ((8.5, 8.5), (19.5, 8.5), (19.5, 19.5), (8.5, 19.5), (8.5, 8.5)),
            ((15.5, 8.3), (15.5, 4.5), (4.5, 4.5), (4.5, 15.5), (8.3, 15.5)),
        )
    ),
    "ring": _Sign(arcs=((12, 12, 8.2, 90, -270),), width=3.4),
    "pause": _Sign(lines=(((8.5, 6.5), (8.5, 17.5)), ((15.5, 6.5), (15.5, 17.5))), width=3.2),
    "skip": _Sign(filled=((6, 6), (14.5, 12), (6, 18)), lines=(((18, 6), (18, 18)),), width=2.2),
    "restart": _Sign(filled=((18, 6), (9.5, 12), (18, 18)), lines=(((6, 6), (6, 18)),), width=2.2),
    "plus": _Sign(lines=(((12, 5), (12, 19)), ((5, 12), (19, 12))), width=2.4),
    "minus": _Sign(lines=(((5, 12), (19, 12)),), width=2.4),
    "muted": _Sign(
        lines=(
            ((4, 9.5), (7.5, 9.5), (12, 5.5), (12, 18.5), (7.5, 14.5), (4, 14.5), (4, 9.5)),
            ((15.5, 9.5), (20.5, 14.5)),
            ((20.5, 9.5), (15.5, 14.5)),
        ),
    ),
    "lock": _Sign(
        lines=(
            ((6, 10.8), (18, 10.8), (18, 19.5), (6, 19.5), (6, 10.8)),
            ((8.6, 10.6), (8.6, 8.2)),
            ((15.4, 10.6), (15.4, 8.2)),
            ((12, 14), (12, 16.3)),
        ),
        arcs=((12, 8.2, 3.4, 0, 180),),
    ),
    "full_screen": _Sign(
        lines=(
            ((4.5, 9), (4.5, 4.5), (9, 4.5)),
            ((15, 4.5), (19.5, 4.5), (19.5, 9)),
            ((19.5, 15), (19.5, 19.5), (15, 19.5)),
            ((9, 19.5), (4.5, 19.5), (4.5, 15)),
        ),
    ),
}


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw the sign `name` into `rect`, which should be square. Raises KeyError for a name that there is not."""
    sign = _SIGNS[name]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _GRID, rect.height() / _GRID)
    painter.setPen(QPen(colour, sign.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for points in sign.lines:
        painter.drawPolyline(_polygon(points))
    for x, y, radius, start, span in sign.arcs:
        around = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
        painter.drawArc(around, start * 16, span * 16)
    painter.setBrush(colour)
    for x, y in sign.dots:
        painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
    if sign.filled:
        painter.drawPolygon(_polygon(sign.filled))
    painter.restore()


def icon(name: str, colour: QColor) -> QIcon:
    """Return the sign `name` as an icon that is drawn only when it is shown."""
    return QIcon(_Engine(name, colour))


def _polygon(points: tuple[_Point, ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


class _Engine(QIconEngine):
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
        return _Engine(self._name, self._colour)
