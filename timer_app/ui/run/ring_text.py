"""Fit and paint the number in the ring and the lines below it."""

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
"""Wide numbers are narrowed down to so many per cent before they are made lower."""

_OVERSHOOT = 0.03
"""The overshoot of round digits below the baseline and above the flat ones, as a share of their height."""


class _TextRegion(Struct, frozen=True):
    """The region of painted text, and whether it is clear of the ring."""

    region: QRegion
    clear: bool


class RingText:
    """The text within a ring.

    `region` is all that it paints on. Where it is `clear` of the ring, one can be painted without the other.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.number_font = QFont()
        self._under_font = QFont()
        self._number_box = QRectF()
        self._under_boxes: tuple[QRectF, ...] = ()
        self._middle = QPointF()
        self._room = 0.0
        self._template = ""
        self._line_regions: dict[tuple[str, ...], _TextRegion] = {}
        self._number_region = _TextRegion(QRegion(), clear=False)
        self.region = QRegion()
        self.clear = False

    def digits_height(self) -> float:
        """Return the height of the digits in logical pixels."""
        return QFontMetricsF(self.number_font).tightBoundingRect("0").height()

    def reach(self, view: RingView) -> float:
        """Return the distance of the number's corners from the ring's centre, in logical pixels."""
        return _reach(self._number(view.number), self._middle)

    def fit(self, view: RingView, width: float, inner: float, least: float) -> None:
        """Fit fonts and boxes to a ring of this width and inner diameter; the digits are at least `least` high."""
        inner *= 0.97
        self._room = inner
        template = self._template = widest(view.number)
        height = max(inner * _NUMBER, least)
        wide = len(template) > 2
        rise = inner * (0.02 if wide else 0.055) if view.under else 0.0
        chord = 2 * max(1.0, (inner / 2) ** 2 - (height / 2 + rise) ** 2) ** 0.5
        self.number_font = _narrowed(self._theme, template, height, chord)
        high = self.digits_height()
        self._middle = QPointF(width / 2, width / 2)
        self._number_box = QRectF(0, width / 2 - rise - high / 2, width, high)
        self._under_font = self._theme.digits(max(8.0, inner * _UNDER), QFont.Weight.DemiBold)
        line = QFontMetricsF(self._under_font).height()
        first = self._number_box.bottom() + inner * 0.035
        self._under_boxes = tuple(
            QRectF(0, first + number * line * 0.96, width, line) for number in range(len(view.under))
        )
        self._line_regions.clear()
        self._number_region = self._region_around([self._number(template)])
        self._update_region(view)

    def change(self, before: RingView, view: RingView) -> QRegion | None:
        """Change the text in the same boxes; return the region that differs, None where it has to be fitted again."""
        if widest(view.number) != self._template or len(view.under) != len(self._under_boxes):
            return None
        differs = self._number_region.region if before.number != view.number else QRegion()
        if before.under != view.under:
            # A ring too small for any text was never fitted.
            was = self._line_regions.get(before.under, _TextRegion(self.region, clear=False))
            self._update_region(view)
            differs = differs.united(was.region).united(self._line_regions[view.under].region)
        return differs

    def paint(self, painter: QPainter, view: RingView, region: QRegion) -> None:
        """Paint the text that intersects a region."""
        centre = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip)
        painter.setPen(self._theme.colours.phase(view.phase).ink)
        if region.intersects(self._number_box.toAlignedRect()):
            painter.setFont(self.number_font)
            painter.drawText(self._number(view.number).bottomLeft(), view.number)
        painter.setFont(self._under_font)
        for line, box in zip(view.under, self._under_boxes, strict=True):
            if region.intersects(box.toAlignedRect()):
                painter.drawText(box, centre, line)

    def _update_region(self, view: RingView) -> None:
        """Update the painted region; the three words of a rep recur, so their regions are cached."""
        lines = self._line_regions.get(view.under)
        if lines is None:
            lines = self._line_regions[view.under] = self._region_around(self._lines(view.under))
        self.clear = self._number_region.clear and lines.clear
        self.region = self._number_region.region.united(lines.region)

    def _region_around(self, boxes: list[QRectF]) -> _TextRegion:
        """Return the region painted for boxes: with a margin, as far as it lies within the ring."""
        pad, radius = ceil(self._number_box.height() * _OVERSHOOT) + 2, self._room / 2
        region = QRegion()
        for box in boxes:
            region = region.united(box.toAlignedRect().adjusted(-pad, -pad, pad, pad))
        clear = all(_reach(box, self._middle) <= radius for box in boxes)
        if clear:
            inside = QRectF(self._middle.x() - radius, self._middle.y() - radius, 2 * radius, 2 * radius).toRect()
            region = region.intersected(QRegion(inside, QRegion.RegionType.Ellipse))
        return _TextRegion(region, clear)

    def _number(self, number: str) -> QRectF:
        """Return the box of a number."""
        return _middle_of(self._number_box, QFontMetricsF(self.number_font).horizontalAdvance(number))

    def _lines(self, under: tuple[str, ...]) -> list[QRectF]:
        """Return the boxes of the lines below the number."""
        metrics = QFontMetricsF(self._under_font)
        boxes = zip(under, self._under_boxes, strict=True)
        return [_middle_of(box, metrics.horizontalAdvance(line)) for line, box in boxes]


def _middle_of(box: QRectF, width: float) -> QRectF:
    """Return the middle of a box, `width` wide."""
    return QRectF(box.center().x() - width / 2, box.top(), width, box.height())


def _reach(box: QRectF, centre: QPointF) -> float:
    """Return the distance of the furthest corner of a box from `centre`."""
    across = max(abs(box.left() - centre.x()), abs(box.right() - centre.x()))
    return hypot(across, max(abs(box.top() - centre.y()), abs(box.bottom() - centre.y())))


def _narrowed(theme: Theme, template: str, height: float, width: float) -> QFont:
    """Return a font with digits `height` high, narrowed where the template is wider than `width`."""
    trial = theme.digits(1000)
    font = theme.digits(height * 1000 / QFontMetricsF(trial).tightBoundingRect("0").height())
    needed = QFontMetricsF(font).horizontalAdvance(template)
    if needed > width:
        font.setStretch(max(_NARROWEST, floor(100 * width / needed)))
        needed = QFontMetricsF(font).horizontalAdvance(template)
    if needed > width:
        font.setPixelSize(max(1, floor(font.pixelSize() * width / needed)))
    return font
