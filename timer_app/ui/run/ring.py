"""The ring that runs down, with the number in it: a progress bar, painted."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, cos, floor, hypot, pi, sin

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from timer_app.definition.model import Side
from timer_app.i18n import _
from timer_app.ui.run.value import tell_value
from timer_app.ui.run.view import RingView, Shape, widest
from timer_app.ui.theme import PhaseColours, Theme

_THICKNESS = {Shape.FILLED: 0.062, Shape.HOLLOW: 0.062, Shape.DASHED: 0.036, Shape.HALVES: 0.062}
"""The ring's thickness as a share of its diameter."""

_DISC_GAP = 0.020
_NUMBER = 0.43
"""The height of the digits as a share of the ring's inner diameter, where their width allows it."""

_UNDER = 0.088
_NARROWEST = 48
"""Wide numbers are drawn narrower, to so many per cent at the least, before they are drawn lower."""

_OVERSHOOT = 0.03
_HAND = 29.0
"""The length of the hand in open work, in degrees."""

_TOP = 7.0
_HALF = 180 - 2 * _TOP
"""How far a half keeps from the top, and how long it is, in degrees."""

_DAY = 24 * 60 * 60
"""The most seconds that open work is thought to take; a bar needs an end."""

_NEAR = 16.0
"""A piece of so many degrees on both sides of the ring's end is drawn when the end moves."""

_JUMP = 8.0
"""From so many degrees on, the whole ring is painted anew, and not only where its end has moved."""


class CountdownRing(QProgressBar):
    """Shows a `RingView`. Its value is the seconds left, or in open work the seconds so far."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: RingView | None = None
        self._fraction = 0.0
        self._ground = QPixmap()
        self._stroke, self._cut_stroke = QPen(), QPen()
        self._cuts: list[tuple[QRect, QLineF]] = []
        self._round = QRectF()
        self._middle = (0.0, 0.0, 0.0)
        self._moved = QRect()
        self._texts = QRegion()
        self._clear = False
        self._template = ""
        self._least = 0.0
        self._number_font = QFont()
        self._under_font = QFont()
        self._number_box = QRectF()
        self._under_boxes: tuple[QRectF, ...] = ()
        self.setTextVisible(False)
        self.setAccessibleName(_("Time left"))
        theme.changed.connect(self._refit)

    @property
    def view(self) -> RingView | None:
        """What is shown."""
        return self._view and replace(self._view, fraction=self._fraction)

    def digits_height(self) -> float:
        """Return how high the number's digits are in logical pixels, from their foot to their top."""
        return QFontMetricsF(self._number_font).tightBoundingRect("0").height()

    def number_inside(self) -> bool:
        """Whether the number lies wholly within the ring."""
        if self._view is None:
            return True
        metrics = QFontMetricsF(self._number_font)
        half_width = metrics.horizontalAdvance(self._view.number) / 2
        box = self._number_box
        centre = QRectF(self.rect()).center()
        top, bottom = abs(box.top() - centre.y()), abs(box.bottom() - centre.y())
        radius = self._inner() / 2
        return half_width**2 + max(top, bottom) ** 2 <= radius**2

    def keep_at_least(self, height: float) -> None:
        """Keep the digits at least so many logical pixels high, made narrower where they must."""
        if height != self._least:
            self._least = height
            self._refit()

    def show_view(self, view: RingView) -> None:
        """Show this, and paint again only what differs."""
        before, self._view = self._view, view
        was, self._fraction = self._fraction, view.fraction
        if before is None or _looks(before) != _looks(view):
            self._refit()
        else:
            self._update_text(before, view)
            self._update_ends(was)
        tell_value(self, view.seconds, view.of_seconds or _DAY)

    def show_fraction(self, fraction: float) -> None:
        """Show how much is left, where nothing else has changed."""
        was, self._fraction = self._fraction, fraction
        self._update_ends(was)

    def _update_text(self, before: RingView, view: RingView) -> None:
        if before.number != view.number or before.under != view.under:
            was = self._texts
            if widest(view.number) != self._template or before.under != view.under:
                self._fit_text()
            self.update(was.united(self._texts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the number to the new size."""
        self._refit()

    def text(self) -> str:
        """Return the ring in words, for a screen reader."""
        return self._view.spoken if self._view is not None else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part of the ring that was asked for."""
        view = self._view
        if view is None:
            return
        if self._ground.isNull() or self._ground.devicePixelRatio() != self.devicePixelRatioF():
            self._prepare(view)
        rect = event.rect()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._stroke)
        beside = event.region().subtracted(self._texts).boundingRect() if self._clear else rect
        if not beside.isEmpty():
            self._paint_left(painter, view, self._piece(view, beside))
        cuts = [cut for around, cut in self._cuts if around.intersects(rect)]
        if cuts:
            painter.setPen(self._cut_stroke)
            painter.drawLines(cuts)
        if self._texts.intersects(rect):
            self._paint_text(painter, view, event.region())

    def _prepare(self, view: RingView) -> None:
        """Make ready what stays the same while the ring runs down: its ground, its pens, and the cuts in it."""
        # The ground is painted with the ring, so that nothing below has to be painted when its end moves. It is said
        # here because a style takes it back when it polishes a progress bar.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        colours = self._theme.colours.phase(view.phase)
        self._ground = self._painted_ground(view, colours)
        self._stroke = self._pen(view, colours.accent)
        self._cut_stroke = QPen(colours.tint, max(2.0, self.width() * 0.006))
        self._cuts = self._marks(view.marks) if view.marks > 1 else []

    def _painted_ground(self, view: RingView, colours: PhaseColours) -> QPixmap:
        """Return what stands still: the disc, and the way that the ring goes."""
        scale = self.devicePixelRatioF()
        ground = QPixmap(ceil(self.width() * scale), ceil(self.height() * scale))
        ground.setDevicePixelRatio(scale)
        ground.fill(colours.tint)
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view.shape is Shape.FILLED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.track)
            painter.drawEllipse(self._disc())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if view.shape is Shape.HALVES:
            for side in Side:
                chosen = view.side in (side, None)
                width = self._thickness() * (1 if chosen else 0.3)
                painter.setPen(QPen(colours.track, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawArc(self._circle(), round((90 + _turn(side) * _TOP) * 16), round(_turn(side) * _HALF * 16))
        else:
            painter.setPen(self._pen(view, colours.track))
            painter.drawArc(self._circle(), 90 * 16, 360 * 16)
        painter.end()
        return ground

    def _pen(self, view: RingView, colour: QColor) -> QPen:
        thickness = self._thickness()
        pen = QPen(colour, thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        if view.shape is Shape.DASHED:
            around = pi * self._circle().width() / thickness
            dash = around / round(around / 2.6) / 2
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([dash, dash])
        return pen

    def _marks(self, count: int) -> list[tuple[QRect, QLineF]]:
        """Return the cuts that divide the ring into as many pieces as there are reps, each with what it covers."""
        centre, outer = self._circle().center(), self._circle().width() / 2 + self._thickness()
        inner = outer - 2 * self._thickness()
        cuts = []
        for mark in range(count):
            angle = 2 * pi * mark / count - pi / 2
            ray = QPointF(cos(angle), sin(angle))
            line = QLineF(centre + ray * inner, centre + ray * outer)
            around = QRectF(line.p1(), line.p2()).normalized().toAlignedRect()
            cuts.append((around.adjusted(-4, -4, 4, 4), line))
        return cuts

    def _piece(self, view: RingView, rect: QRect) -> float:
        """Return from where the ring must be drawn to fill `rect`, in degrees from the top, counter-clockwise.

        Drawing an arc costs by its length, and ten times a second only the end of it moves.
        """
        head = 360 * self._fraction
        solid = view.shape in (Shape.FILLED, Shape.HOLLOW) and not view.hand
        if solid and 2 * _NEAR < head < 360 - 2 * _NEAR and self._moved.contains(rect):
            return head - _NEAR
        return 0

    def _paint_left(self, painter: QPainter, view: RingView, first: float) -> None:
        """Draw what is left of the ring, or the hand."""
        if view.hand:
            painter.drawArc(self._round, round((90 - 360 * self._fraction) * 16), round(_HAND * 16))
        elif view.shape is Shape.HALVES:
            for side in Side:
                if view.side in (side, None):
                    foot = 90 + _turn(side) * (_TOP + _HALF)
                    painter.drawArc(self._round, round(foot * 16), round(-_turn(side) * _HALF * self._fraction * 16))
        elif self._fraction > 0:
            # Drawn backwards from the top, so that the dashes stand still while the ring runs down.
            painter.drawArc(self._round, round((90 + first) * 16), round((360 * self._fraction - first) * 16))

    def _paint_text(self, painter: QPainter, view: RingView, region: QRegion) -> None:
        centre = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip)
        painter.setPen(self._theme.colours.phase(view.phase).ink)
        if region.intersects(self._number_box.toAlignedRect()):
            painter.setFont(self._number_font)
            metrics = QFontMetricsF(self._number_font)
            left = self._number_box.center().x() - metrics.horizontalAdvance(view.number) / 2
            painter.drawText(QPointF(left, self._number_box.bottom()), view.number)
        painter.setFont(self._under_font)
        for line, box in zip(view.under, self._under_boxes, strict=True):
            painter.drawText(box, centre, line)

    def _update_ends(self, was: float) -> None:
        """Ask for what the ring's ends have passed over to be painted, or for all of it after a jump."""
        view, now = self._view, self._fraction
        if view is None or was == now:
            return
        gone = abs(was - now) * 360
        if gone > _JUMP:
            self.update()
            return
        for before, after in zip(_ends(view, was), _ends(view, now), strict=True):
            box = self._box_at(before, after)
            self._moved = box if gone < _NEAR / 4 else QRect()
            self.update(box)

    def _box_at(self, one: float, other: float) -> QRect:
        """Return the rectangle that holds the ring at two places, as shares of the way round from the top."""
        centre, radius, reach = self._middle
        x, to_x = centre - radius * sin(2 * pi * one), centre - radius * sin(2 * pi * other)
        y, to_y = centre - radius * cos(2 * pi * one), centre - radius * cos(2 * pi * other)
        left, top = floor(min(x, to_x) - reach), floor(min(y, to_y) - reach)
        return QRect(left, top, ceil(max(x, to_x) + reach) - left, ceil(max(y, to_y) + reach) - top)

    def _refit(self) -> None:
        self._ground = QPixmap()
        circle = self._round = self._circle()
        # A little further than half the thickness: an arc between two places bulges out of their rectangle.
        self._middle = (circle.center().x(), circle.width() / 2, self._thickness() / 2 + 3)
        self._fit_text()
        self.update()

    def _fit_text(self) -> None:
        """Find fonts for the number and the lines below it, and where they stand."""
        view = self._view
        if view is None or self.width() < 2:
            return
        inner = self._inner() * 0.97
        self._template = widest(view.number)
        height = max(inner * _NUMBER, self._least)
        wide = len(self._template) > 2
        lift = inner * (0.02 if wide else 0.055) if view.under else 0.0
        chord = 2 * max(1.0, (inner / 2) ** 2 - (height / 2 + lift) ** 2) ** 0.5
        self._number_font = _narrowed(self._theme, self._template, height, chord)
        high = self.digits_height()
        centre = QRectF(self.rect()).center()
        top = centre.y() - lift - high / 2
        self._number_box = QRectF(0, top, self.width(), high)
        self._under_font = self._theme.digits(max(8.0, inner * _UNDER), QFont.Weight.DemiBold)
        line = QFontMetricsF(self._under_font).height()
        first = self._number_box.bottom() + inner * 0.035
        self._under_boxes = tuple(
            QRectF(0, first + number * line * 0.96, self.width(), line) for number in range(len(view.under))
        )
        boxes = self._text_boxes(view.under)
        self._texts = QRegion()
        for box in boxes:
            self._texts = self._texts.united(box)
        self._clear = all(_reach(box, centre) < self._inner() / 2 for box in boxes)

    def _text_boxes(self, under: tuple[str, ...]) -> list[QRect]:
        """Return the rectangles that hold the number and each line below it."""
        boxes = [_middle_of(self._number_box, QFontMetricsF(self._number_font).horizontalAdvance(self._template))]
        metrics = QFontMetricsF(self._under_font)
        for line, box in zip(under, self._under_boxes, strict=True):
            boxes.append(_middle_of(box, metrics.horizontalAdvance(line)))
        # Round digits reach a little below the line that they stand on, and above the height of the flat ones.
        pad = ceil(self._number_box.height() * _OVERSHOOT) + 2
        return [box.toAlignedRect().adjusted(-pad, -pad, pad, pad) for box in boxes]

    def _thickness(self) -> float:
        return self.width() * _THICKNESS[self._view.shape if self._view is not None else Shape.FILLED]

    def _circle(self) -> QRectF:
        """Return the circle along whose line the ring is drawn."""
        half = self.width() * max(_THICKNESS.values()) / 2 + 1
        return QRectF(self.rect()).adjusted(half, half, -half, -half)

    def _inner(self) -> float:
        """Return the diameter within the ring."""
        return self.width() * (1 - 2 * max(_THICKNESS.values())) - 2

    def _disc(self) -> QRectF:
        half = (self.width() - self._inner()) / 2 + self.width() * _DISC_GAP
        return QRectF(self.rect()).adjusted(half, half, -half, -half)


def _turn(side: Side) -> int:
    return 1 if side is Side.LEFT else -1


def _ends(view: RingView, fraction: float) -> tuple[float, ...]:
    """Return where what is drawn of the ring ends and moves, as shares of the way round, counter-clockwise."""
    if view.hand:
        return (-fraction, _HAND / 360 - fraction)
    if view.shape is Shape.HALVES:
        gone = _TOP + _HALF * (1 - fraction)
        return tuple(_turn(side) * gone / 360 for side in Side if view.side in (side, None))
    return (fraction,)


def _middle_of(box: QRectF, width: float) -> QRectF:
    """Return the middle of a box, so wide."""
    return QRectF(box.center().x() - width / 2, box.top(), width, box.height())


def _reach(box: QRect, centre: QPointF) -> float:
    """Return how far the furthest corner of a box is from a place."""
    across = max(abs(box.left() - centre.x()), abs(box.right() - centre.x()))
    return hypot(across, max(abs(box.top() - centre.y()), abs(box.bottom() - centre.y())))


def _looks(view: RingView) -> tuple[object, ...]:
    """Return what makes the whole ring look different."""
    return view.phase, view.shape, view.hand, view.marks, view.side


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
