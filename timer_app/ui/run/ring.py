"""The ring that runs down, with the number in it: a progress bar, painted."""

from __future__ import annotations

from math import ceil, cos, floor, pi, sin

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from timer_app.definition.model import Side
from timer_app.i18n import _
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

_DAY = 24 * 60 * 60
"""The most seconds that open work is thought to take; a bar needs an end."""

_NEAR = 16.0
"""A piece of so many degrees on both sides of the ring's end is drawn when the end moves."""

_JUMP = 30.0
"""From so many degrees on, the whole ring is painted anew, and not only where its end has moved."""


class CountdownRing(QProgressBar):
    """Shows a `RingView`. Its value is the seconds left, or in open work the seconds so far."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: RingView | None = None
        self._template = ""
        self._least = 0.0
        self._number_font = QFont()
        self._under_font = QFont()
        self._number_box = QRectF()
        self._under_boxes: tuple[QRectF, ...] = ()
        self.setTextVisible(False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(_("Time left"))
        theme.changed.connect(self._refit)

    @property
    def view(self) -> RingView | None:
        """What is shown."""
        return self._view

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
        if before is None or _looks(before) != _looks(view):
            self._refit()
        else:
            self._update_what_differs(before, view)
        self._tell_value(view)

    def _update_what_differs(self, before: RingView, view: RingView) -> None:
        if before.number != view.number or before.under != view.under:
            was = self._text_rect()
            if widest(view.number) != self._template or len(before.under) != len(view.under):
                self._fit_text()
            self.update(was | self._text_rect())
        if before.fraction != view.fraction:
            self._update_head(before.fraction, view.fraction)

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
        colours = self._theme.colours.phase(view.phase)
        painter = QPainter(self)
        painter.fillRect(event.rect(), colours.tint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        region = event.region()
        if view.shape is Shape.FILLED and region.intersects(self._disc().toAlignedRect()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.track)
            painter.drawEllipse(self._disc())
        self._paint_ring(painter, view, colours, self._piece(view, event.rect()))
        if region.intersects(self._text_rect()):
            self._paint_text(painter, view, colours, region)

    def _piece(self, view: RingView, rect: QRect) -> tuple[float, float]:
        """Return which piece of the ring must be drawn to fill `rect`, in degrees from the top, counter-clockwise.

        Drawing an arc costs by its length, and ten times a second only the end of it moves.
        """
        head = 360 * view.fraction
        if view.shape in (Shape.FILLED, Shape.HOLLOW) and not view.hand and 2 * _NEAR < head < 360 - 2 * _NEAR:
            near = self._box_at(view.fraction - _NEAR / 720, view.fraction, view.fraction + _NEAR / 720)
            if near.contains(QRectF(rect)):
                return head - _NEAR, head + _NEAR
        return 0, 360

    def _paint_ring(self, painter: QPainter, view: RingView, colours: PhaseColours, piece: tuple[float, float]) -> None:
        if view.shape is Shape.HALVES:
            self._paint_halves(painter, view, colours)
            return
        thickness = self._thickness()
        pen = QPen(colours.track, thickness, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if view.shape is Shape.DASHED:
            around = pi * (self._circle().width()) / thickness
            dash = around / round(around / 2.6) / 2
            pen.setDashPattern([dash, dash])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        first, last = piece
        painter.drawArc(self._circle(), round((90 + first) * 16), round((last - first) * 16))
        pen.setColor(colours.accent)
        if view.shape is not Shape.DASHED:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if view.hand:
            end = 90 - 360 * view.fraction
            painter.drawArc(self._circle(), round((end - 1) * 16), 30 * 16)
        elif view.fraction > 0:
            # Drawn backwards from the top, so that the dashes stand still while the ring runs down.
            painter.drawArc(self._circle(), round((90 + first) * 16), round((360 * view.fraction - first) * 16))
        if view.marks > 1:
            self._paint_marks(painter, view.marks, colours)

    def _paint_halves(self, painter: QPainter, view: RingView, colours: PhaseColours) -> None:
        """Draw a half for each side: the one that is next is thick and runs down from its top."""
        gap = 7.0
        span = 180 - 2 * gap
        thick = self._thickness()
        for side in (Side.LEFT, Side.RIGHT):
            turn = 1 if side is Side.LEFT else -1
            start = 90 + turn * gap
            chosen = view.side in (side, None)
            width = thick if chosen else thick * 0.3
            painter.setPen(QPen(colours.track, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(self._circle(), round(start * 16), round(turn * span * 16))
            if chosen:
                painter.setPen(QPen(colours.accent, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                foot = start + turn * span
                painter.drawArc(self._circle(), round(foot * 16), round(-turn * span * view.fraction * 16))

    def _paint_marks(self, painter: QPainter, marks: int, colours: PhaseColours) -> None:
        """Cut the ring into as many pieces as there are reps."""
        centre, outer = self._circle().center(), self._circle().width() / 2 + self._thickness()
        inner = outer - 2 * self._thickness()
        painter.setPen(QPen(colours.tint, max(2.0, self.width() * 0.006)))
        for mark in range(marks):
            angle = 2 * pi * mark / marks - pi / 2
            ray = QPointF(cos(angle), sin(angle))
            painter.drawLine(centre + ray * inner, centre + ray * outer)

    def _paint_text(self, painter: QPainter, view: RingView, colours: PhaseColours, region: QRegion) -> None:
        centre = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip)
        painter.setPen(colours.ink)
        if region.intersects(self._number_box.toAlignedRect()):
            painter.setFont(self._number_font)
            metrics = QFontMetricsF(self._number_font)
            left = self._number_box.center().x() - metrics.horizontalAdvance(view.number) / 2
            painter.drawText(QPointF(left, self._number_box.bottom()), view.number)
        painter.setFont(self._under_font)
        for line, box in zip(view.under, self._under_boxes, strict=True):
            painter.drawText(box, centre, line)

    def _tell_value(self, view: RingView) -> None:
        most = view.of_seconds or _DAY
        if (self.maximum(), self.value()) == (most, view.seconds):
            return
        # A progress bar paints itself whole for a new value; what differs has been asked for already.
        self.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, True)  # noqa: FBT003 - Qt takes it by place
        self.setRange(0, most)
        self.setValue(view.seconds)
        self.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)  # noqa: FBT003 - as above

    def _update_head(self, before: float, now: float) -> None:
        view = self._view
        if view is None or view.shape is Shape.HALVES or view.hand or abs(before - now) * 360 > _JUMP:
            self.update()
            return
        self.update(self._box_at(before, (before + now) / 2, now).toAlignedRect())

    def _box_at(self, *fractions: float) -> QRectF:
        """Return the rectangle around the ring's end, where that much of it is left."""
        circle, reach = self._circle(), self._thickness() / 2 + 2
        box = QRectF()
        for fraction in fractions:
            angle = pi / 2 + 2 * pi * fraction
            point = circle.center() + QPointF(cos(angle), -sin(angle)) * (circle.width() / 2)
            box |= QRectF(point - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach))
        return box

    def _refit(self) -> None:
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

    def _text_rect(self) -> QRect:
        """Return the rectangle that holds the number and the lines below it."""
        box = QRectF(self._number_box)
        for under in self._under_boxes:
            box |= under
        room = (self.width() - self._inner()) / 2
        left, right = floor(room), ceil(self.width() - room)
        return QRect(left, floor(box.top()) - 2, right - left, ceil(box.height()) + 4)

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
