"""Paint the countdown ring of the run page, with the number in it."""

from __future__ import annotations

from math import ceil, cos, floor, pi, sin

from msgspec.structs import replace
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from timer_app.definition.model import Side
from timer_app.i18n import _
from timer_app.presentation.run_view import RingView, Shape
from timer_app.ui.look.theme import PhaseColours, Theme
from timer_app.ui.run.ring_text import RingText
from timer_app.ui.support.progress_value import set_bar_value

_THICKNESS = {Shape.FILLED: 0.062, Shape.HOLLOW: 0.062, Shape.DASHED: 0.036, Shape.HALVES: 0.062}
"""The ring's thickness as a share of its diameter."""

_DISC_GAP = 0.020
_HAND = 29.0
"""The length of the hand in open work, in degrees."""

_TOP = 7.0
_HALF = 180 - 2 * _TOP
"""The distance of a half from the top, and its length, in degrees."""

_DAY = 24 * 60 * 60
"""The assumed maximum of open work in seconds: a progress bar needs one."""

_STEP = 8.0
"""Up to so many pixels of movement, only the piece that holds the ring's end is painted."""

_JUMP = 8.0
"""From so many degrees of movement on, the whole ring is painted."""

_TURN = 360 * 16
"""A whole turn in Qt's sixteenths of a degree."""

_SMOOTH = QPainter.RenderHint.Antialiasing


class CountdownRing(QProgressBar):
    """Show a `RingView`. The value is the seconds left, or in open work the seconds so far."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: RingView | None = None
        self._fraction = 0.0
        self._ground = QPixmap()
        self._ground_with_text = QPixmap()
        self._stale_text: QRegion | None = None
        self._stroke, self._cut_stroke = QPen(), QPen()
        self._cuts: list[QLineF] = []
        self._arc_rect = QRectF()
        self._middle = (0.0, 0.0, 0.0)
        self._piece = 0.0
        self._end_only = False
        self._moved = QRect()
        self.ring_text = RingText(theme)
        self._least = 0.0
        self.setTextVisible(False)
        self.setAccessibleName(_("Time left"))
        theme.changed.connect(self._refit)

    @property
    def view(self) -> RingView | None:
        """The view as shown."""
        return self._view and replace(self._view, fraction=self._fraction)

    def digits_height(self) -> float:
        """Return the height of the digits in logical pixels."""
        return self.ring_text.digits_height()

    def number_inside(self) -> bool:
        """Whether the number lies entirely within the ring."""
        return self._view is None or self.ring_text.reach(self._view) <= self._inner() / 2

    def set_least_height(self, height: float) -> None:
        """Set the minimum height of the digits in logical pixels; where needed they are narrowed."""
        if height != self._least:
            self._least = height
            self._refit()

    def show_view(self, view: RingView) -> None:
        """Show a view, and repaint only what differs."""
        before, self._view = self._view, view
        if before is None or _appearance(before) != _appearance(view):
            self._fraction = view.fraction
            self._refit()
        else:
            self._update_text(before, view)
            self.show_fraction(view.fraction)
        set_bar_value(self, view.seconds, view.of_seconds or _DAY)

    def show_fraction(self, fraction: float) -> None:
        """Show the fraction left, where nothing else has changed."""
        was, self._fraction = self._fraction, fraction
        centre, radius, reach = self._middle
        gone = 2 * pi * radius * abs(fraction - was)
        if not self._end_only or gone > _STEP:
            self._moved = QRect()
            self._update_ends(was)
        elif gone:
            # Ten times a second and more, so with as little arithmetic and painting as possible.
            angle, reach = 2 * pi * fraction, reach + gone
            left, top = int(centre - radius * sin(angle) - reach), int(centre - radius * cos(angle) - reach)
            side = int(2 * reach) + 2
            self._moved = QRect(left, top, side, side)
            self.update(self._moved)

    def _update_text(self, before: RingView, view: RingView) -> None:
        if before.number == view.number and before.under == view.under:
            return
        was, clear = self.ring_text.region, self.ring_text.clear
        differs = self.ring_text.change(before, view)
        if differs is None:
            self._fit_text()
            differs = was.united(self.ring_text.region)
        if self.ring_text.clear != clear:
            self._refit()
            return
        self._stale_text = differs if self._stale_text is None else self._stale_text.united(differs)
        self.update(differs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new size."""
        self._refit()

    def text(self) -> str:
        """Return the text for a screen reader."""
        return self._view.spoken if self._view is not None else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the requested part of the ring."""
        view = self._view
        if view is None:
            return
        end_only = self._moved.contains(event.rect())
        if not end_only:
            self._make_ready(view)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground_with_text)
        painter.setRenderHint(_SMOOTH)
        if end_only:
            self._paint_end(painter)
            return
        clear = self.ring_text.clear
        outside_text = event.region().subtracted(self.ring_text.region) if clear else event.region()
        if self._moved.contains(outside_text.boundingRect()):
            self._paint_end(painter)
        elif not outside_text.isEmpty():
            self._paint_remaining(painter, view)
        if not clear:
            self.ring_text.paint(painter, view, event.region())
        self._end_only = clear and not view.hand and view.shape in (Shape.FILLED, Shape.HOLLOW)

    def _paint_end(self, painter: QPainter) -> None:
        """Paint only the piece of the ring in which its end has moved: an arc costs by its length."""
        head, piece = self._fraction, self._piece
        first = head - piece if 2 * piece < head < 1 - 2 * piece else 0.0
        if head > 0:
            painter.setPen(self._stroke)
            painter.drawArc(self._arc_rect, round((0.25 + first) * _TURN), round((head - first) * _TURN))
        if count := len(self._cuts):
            painter.setPen(self._cut_stroke)
            for cut in range(ceil((head - piece) * count), floor((head + piece) * count) + 1):
                painter.drawLine(self._cuts[cut % count])

    def _make_ready(self, view: RingView) -> None:
        """Cache what stays the same while the ring runs down: its ground with the text, pens and cuts."""
        if self._ground.isNull() or self._ground.devicePixelRatio() != self.devicePixelRatioF():
            # The ring paints its own ground, so that no widget below is painted when its end moves. Set here, because a
            # style resets the attribute when it polishes a progress bar.
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            colours = self._theme.colours.phase(view.phase)
            self._ground = self._painted_ground(view, colours)
            self._ground_with_text, self._stale_text = self._ground.copy(), self.ring_text.region
            self._stroke = self._pen(view, colours.accent)
            self._cut_stroke = QPen(colours.tint, max(2.0, self.width() * 0.006))
            self._cuts = self._marks(view.marks) if view.marks > 1 else []
        if self._stale_text is not None and self.ring_text.clear:
            painter = QPainter(self._ground_with_text)
            painter.setClipRegion(self._stale_text)
            painter.drawPixmap(0, 0, self._ground)
            self.ring_text.paint(painter, view, self._stale_text)
            painter.end()
        self._stale_text = None

    def _painted_ground(self, view: RingView, colours: PhaseColours) -> QPixmap:
        """Return the static picture: the disc and the ring's track."""
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

    def _marks(self, count: int) -> list[QLineF]:
        """Return the cuts that divide the ring into `count` pieces, in the order of its fraction."""
        centre, outer = self._circle().center(), self._circle().width() / 2 + self._thickness()
        inner = outer - 2 * self._thickness()
        cuts = []
        for mark in range(count):
            angle = -2 * pi * mark / count - pi / 2
            ray = QPointF(cos(angle), sin(angle))
            cuts.append(QLineF(centre + ray * inner, centre + ray * outer))
        return cuts

    def _paint_remaining(self, painter: QPainter, view: RingView) -> None:
        """Paint the remaining ring, or the hand."""
        painter.setPen(self._stroke)
        if view.hand:
            painter.drawArc(self._arc_rect, round((0.25 - self._fraction) * _TURN), round(_HAND * 16))
        elif view.shape is Shape.HALVES:
            for side in Side:
                if view.side in (side, None):
                    foot = 90 + _turn(side) * (_TOP + _HALF)
                    painter.drawArc(self._arc_rect, round(foot * 16), round(-_turn(side) * _HALF * self._fraction * 16))
        elif self._fraction > 0:
            # Drawn backwards from the top, so that the dashes do not move while the ring runs down.
            painter.drawArc(self._arc_rect, 90 * 16, round(self._fraction * _TURN))
        if self._cuts:
            painter.setPen(self._cut_stroke)
            painter.drawLines(self._cuts)

    def _update_ends(self, was: float) -> None:
        """Update what the ring's ends have passed over, or all of it after a jump."""
        view, now = self._view, self._fraction
        if view is None or was == now:
            return
        if abs(was - now) * 360 > _JUMP:
            self.update()
            return
        for before, after in zip(_ends(view, was), _ends(view, now), strict=True):
            self.update(self._box_at(before, after))

    def _box_at(self, first: float, second: float) -> QRect:
        """Return the rectangle that holds the ring at two positions, given as fractions of a turn from the top."""
        centre, radius, reach = self._middle
        x, to_x = centre - radius * sin(2 * pi * first), centre - radius * sin(2 * pi * second)
        y, to_y = centre - radius * cos(2 * pi * first), centre - radius * cos(2 * pi * second)
        left, top = floor(min(x, to_x) - reach), floor(min(y, to_y) - reach)
        return QRect(left, top, ceil(max(x, to_x) + reach) - left, ceil(max(y, to_y) + reach) - top)

    def _refit(self) -> None:
        self._ground, self._moved, self._end_only = QPixmap(), QRect(), False
        circle = self._circle()
        self._arc_rect = circle
        # A little more than half the thickness: an arc between two points bulges out of their rectangle.
        radius, reach = circle.width() / 2, self._thickness() / 2 + 3
        self._middle = (circle.center().x(), radius, reach)
        # The distance of the corners of the square around the end, along the inner edge: √2 and a little.
        self._piece = 1.5 * (reach + _STEP) / max(1.0, radius - reach) / (2 * pi)
        self._fit_text()
        self.update()

    def _fit_text(self) -> None:
        if self._view is not None and self.width() >= 2:
            self.ring_text.fit(self._view, self.width(), self._inner(), self._least)

    def _thickness(self) -> float:
        return self.width() * _THICKNESS[self._view.shape if self._view is not None else Shape.FILLED]

    def _circle(self) -> QRectF:
        """Return the centre line of the ring."""
        half = self.width() * max(_THICKNESS.values()) / 2 + 1
        return QRectF(self.rect()).adjusted(half, half, -half, -half)

    def _inner(self) -> float:
        """Return the inner diameter of the ring."""
        return self.width() * (1 - 2 * max(_THICKNESS.values())) - 2

    def _disc(self) -> QRectF:
        half = (self.width() - self._inner()) / 2 + self.width() * _DISC_GAP
        return QRectF(self.rect()).adjusted(half, half, -half, -half)


def _turn(side: Side) -> int:
    return 1 if side is Side.LEFT else -1


def _ends(view: RingView, fraction: float) -> tuple[float, ...]:
    """Return the moving ends of the drawn arcs, as fractions of a turn, counter-clockwise."""
    if view.hand:
        return (-fraction, _HAND / 360 - fraction)
    if view.shape is Shape.HALVES:
        gone = _TOP + _HALF * (1 - fraction)
        return tuple(_turn(side) * gone / 360 for side in Side if view.side in (side, None))
    return (fraction,)


def _appearance(view: RingView) -> tuple[object, ...]:
    """Return what a change of repaints the whole ring."""
    return view.phase, view.shape, view.hand, view.marks, view.side
