"""The number in the ring and the lines below it: how large they are, where they stand, and their picture."""

from __future__ import annotations

from math import ceil, floor, hypot

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QRegion

from timer_app.presentation.run_view import RingView, widest
from timer_app.ui.look.theme import Theme

_NUMBER = 0.43
"""The height of the digits as a share of the ring's inner diameter, where their width allows it."""

_UNDER = 0.088
_NARROWEST = 48
"""Wide numbers are drawn narrower, to so many per cent at the least, before they are drawn lower."""

_OVERSHOOT = 0.03
"""Round digits reach so far below the line that they stand on, and above the height of the flat ones."""


class _Written(Struct, frozen=True):
    """What writing paints on, and whether that is clear of the ring."""

    region: QRegion
    clear: bool


class RingText:
    """What is written within a ring.

    `region` is all that it paints on. Where it is `clear` of the ring, one can be painted without the other.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._number_font = QFont()
        self._under_font = QFont()
        self._number_box = QRectF()
        self._under_boxes: tuple[QRectF, ...] = ()
        self._middle = QPointF()
        self._room = 0.0
        self._template = ""
        self._lines_at: dict[tuple[str, ...], _Written] = {}
        self._number_at = _Written(QRegion(), clear=False)
        self.region = QRegion()
        self.clear = False

    def digits_height(self) -> float:
        """Return how high the number's digits are in logical pixels, from their foot to their top."""
        return QFontMetricsF(self._number_font).tightBoundingRect("0").height()

    def reach(self, view: RingView) -> float:
        """Return how far the number's corners are from the ring's middle, in logical pixels."""
        return _reach(self._number(view.number), self._middle)

    def fit(self, view: RingView, width: float, inner: float, least: float) -> None:
        """Find fonts and places in a ring so wide, with so wide a room inside; the digits are at least `least` high."""
        inner *= 0.97
        self._room = inner
        template = self._template = widest(view.number)
        height = max(inner * _NUMBER, least)
        wide = len(template) > 2
        lift = inner * (0.02 if wide else 0.055) if view.under else 0.0
        chord = 2 * max(1.0, (inner / 2) ** 2 - (height / 2 + lift) ** 2) ** 0.5
        self._number_font = _narrowed(self._theme, template, height, chord)
        high = self.digits_height()
        self._middle = QPointF(width / 2, width / 2)
        self._number_box = QRectF(0, width / 2 - lift - high / 2, width, high)
        self._under_font = self._theme.digits(max(8.0, inner * _UNDER), QFont.Weight.DemiBold)
        line = QFontMetricsF(self._under_font).height()
        first = self._number_box.bottom() + inner * 0.035
        self._under_boxes = tuple(
            QRectF(0, first + number * line * 0.96, width, line) for number in range(len(view.under))
        )
        self._lines_at.clear()
        self._number_at = self._around([self._number(template)])
        self._take_region(view)

    def change(self, before: RingView, view: RingView) -> QRegion | None:
        """Write something else in the same places; return where it differs, None where it has to be fitted anew."""
        if widest(view.number) != self._template or len(view.under) != len(self._under_boxes):
            return None
        differs = self._number_at.region if before.number != view.number else QRegion()
        if before.under != view.under:
            # A ring too small for any text was never fitted, and has measured nothing.
            was = self._lines_at.get(before.under, _Written(self.region, clear=False))
            self._take_region(view)
            differs = differs.united(was.region).united(self._lines_at[view.under].region)
        return differs

    def paint(self, painter: QPainter, view: RingView, region: QRegion) -> None:
        """Write what reaches into a region."""
        centre = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip)
        painter.setPen(self._theme.colours.phase(view.phase).ink)
        if region.intersects(self._number_box.toAlignedRect()):
            painter.setFont(self._number_font)
            painter.drawText(self._number(view.number).bottomLeft(), view.number)
        painter.setFont(self._under_font)
        for line, box in zip(view.under, self._under_boxes, strict=True):
            if region.intersects(box.toAlignedRect()):
                painter.drawText(box, centre, line)

    def _take_region(self, view: RingView) -> None:
        """Note where is written; the three words of a rep come again and again, and are measured once."""
        lines = self._lines_at.get(view.under)
        if lines is None:
            lines = self._lines_at[view.under] = self._around(self._lines(view.under))
        self.clear = self._number_at.clear and lines.clear
        self.region = self._number_at.region.united(lines.region)

    def _around(self, boxes: list[QRectF]) -> _Written:
        """Return what is painted for boxes: they and a little around them, as far as that lies within the ring."""
        pad, radius = ceil(self._number_box.height() * _OVERSHOOT) + 2, self._room / 2
        region = QRegion()
        for box in boxes:
            region = region.united(box.toAlignedRect().adjusted(-pad, -pad, pad, pad))
        clear = all(_reach(box, self._middle) <= radius for box in boxes)
        if clear:
            inside = QRectF(self._middle.x() - radius, self._middle.y() - radius, 2 * radius, 2 * radius).toRect()
            region = region.intersected(QRegion(inside, QRegion.RegionType.Ellipse))
        return _Written(region, clear)

    def _number(self, number: str) -> QRectF:
        """Return the box of a number in its place."""
        return _middle_of(self._number_box, QFontMetricsF(self._number_font).horizontalAdvance(number))

    def _lines(self, under: tuple[str, ...]) -> list[QRectF]:
        """Return the boxes of the lines below it."""
        metrics = QFontMetricsF(self._under_font)
        boxes = zip(under, self._under_boxes, strict=True)
        return [_middle_of(box, metrics.horizontalAdvance(line)) for line, box in boxes]


def _middle_of(box: QRectF, width: float) -> QRectF:
    """Return the middle of a box, so wide."""
    return QRectF(box.center().x() - width / 2, box.top(), width, box.height())


def _reach(box: QRectF, centre: QPointF) -> float:
    """Return how far the furthest corner of a box is from a place."""
    across = max(abs(box.left() - centre.x()), abs(box.right() - centre.x()))
    return hypot(across, max(abs(box.top() - centre.y()), abs(box.bottom() - centre.y())))


def _narrowed(theme: Theme, template: str, height: float, width: float) -> QFont:
    """Return a font whose digits are `height` high, narrowed where the template is wider than `width`."""
    trial = theme.digits(1000)
    font = theme.digits(height * 1000 / QFontMetricsF(trial).tightBoundingRect("0").height())
    needed = QFontMetricsF(font).horizontalAdvance(template)
    if needed > width:
        font.setStretch(max(_NARROWEST, floor(100 * width / needed)))
        needed = QFontMetricsF(font).horizontalAdvance(template)
    if needed > width:
        font.setPixelSize(max(1, floor(font.pixelSize() * width / needed)))
    return font
