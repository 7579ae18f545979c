"""The ring that runs down, with the number in it: a progress bar, painted."""

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
"""How far a half keeps from the top, and how long it is, in degrees."""

_DAY = 24 * 60 * 60
"""The most seconds that open work is thought to take; a bar needs an end."""

_STEP = 8.0
"""Where the ring's end has moved by so many pixels at the most, it is painted by the piece that holds its end alone."""

_JUMP = 8.0
"""From so many degrees on, the whole ring is painted anew, and not only where its end has moved."""

_TURN = 360 * 16
"""A whole turn in Qt's sixteenths of a degree."""

_SMOOTH = QPainter.RenderHint.Antialiasing


class CountdownRing(QProgressBar):
    """Shows a `RingView`. Its value is the seconds left, or in open work the seconds so far."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: RingView | None = None
        self._fraction = 0.0
        self._ground = QPixmap()
        self._standing = QPixmap()
        self._unwritten: QRegion | None = None
        self._stroke, self._cut_stroke = QPen(), QPen()
        self._cuts: list[QLineF] = []
        self._round = QRectF()
        self._middle = (0.0, 0.0, 0.0)
        self._piece = 0.0
        self._one_end = False
        self._moved = QRect()
        self._text = RingText(theme)
        self._least = 0.0
        self.setTextVisible(False)
        self.setAccessibleName(_("Time left"))
        theme.changed.connect(self._refit)

    @property
    def view(self) -> RingView | None:
        """What is shown."""
        return self._view and replace(self._view, fraction=self._fraction)

    def digits_height(self) -> float:
        """Return how high the number's digits are in logical pixels, from their foot to their top."""
        return self._text.digits_height()

    def number_inside(self) -> bool:
        """Whether the number lies wholly within the ring."""
        return self._view is None or self._text.reach(self._view) <= self._inner() / 2

    def keep_at_least(self, height: float) -> None:
        """Keep the digits at least so many logical pixels high, made narrower where they must."""
        if height != self._least:
            self._least = height
            self._refit()

    def show_view(self, view: RingView) -> None:
        """Show this, and paint again only what differs."""
        before, self._view = self._view, view
        if before is None or _looks(before) != _looks(view):
            self._fraction = view.fraction
            self._refit()
        else:
            self._update_text(before, view)
            self.show_fraction(view.fraction)
        set_bar_value(self, view.seconds, view.of_seconds or _DAY)

    def show_fraction(self, fraction: float) -> None:
        """Show how much is left, where nothing else has changed."""
        was, self._fraction = self._fraction, fraction
        centre, radius, reach = self._middle
        gone = 2 * pi * radius * abs(fraction - was)
        if not self._one_end or gone > _STEP:
            self._moved = QRect()
            self._update_ends(was)
        elif gone:
            # Ten times a second and more: reckoned, and painted, with as little as there can be.
            angle, reach = 2 * pi * fraction, reach + gone
            left, top = int(centre - radius * sin(angle) - reach), int(centre - radius * cos(angle) - reach)
            side = int(2 * reach) + 2
            self._moved = QRect(left, top, side, side)
            self.update(self._moved)

    def _update_text(self, before: RingView, view: RingView) -> None:
        if before.number == view.number and before.under == view.under:
            return
        was, clear = self._text.region, self._text.clear
        differs = self._text.change(before, view)
        if differs is None:
            self._fit_text()
            differs = was.united(self._text.region)
        if self._text.clear != clear:
            self._refit()
            return
        self._unwritten = differs if self._unwritten is None else self._unwritten.united(differs)
        self.update(differs)

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
        end_alone = self._moved.contains(event.rect())
        if not end_alone:
            self._make_ready(view)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._standing)
        painter.setRenderHint(_SMOOTH)
        if end_alone:
            self._paint_end(painter)
            return
        clear = self._text.clear
        beside = event.region().subtracted(self._text.region) if clear else event.region()
        if self._moved.contains(beside.boundingRect()):
            self._paint_end(painter)
        elif not beside.isEmpty():
            self._paint_left(painter, view)
        if not clear:
            self._text.paint(painter, view, event.region())
        self._one_end = clear and not view.hand and view.shape in (Shape.FILLED, Shape.HOLLOW)

    def _paint_end(self, painter: QPainter) -> None:
        """Paint the piece of the ring in which its end has moved, and no more: an arc costs by its length."""
        head, piece = self._fraction, self._piece
        first = head - piece if 2 * piece < head < 1 - 2 * piece else 0.0
        if head > 0:
            painter.setPen(self._stroke)
            painter.drawArc(self._round, round((0.25 + first) * _TURN), round((head - first) * _TURN))
        if count := len(self._cuts):
            painter.setPen(self._cut_stroke)
            for cut in range(ceil((head - piece) * count), floor((head + piece) * count) + 1):
                painter.drawLine(self._cuts[cut % count])

    def _make_ready(self, view: RingView) -> None:
        """Make ready what stays the same while the ring runs down: its ground with the text on it, pens and cuts."""
        if self._ground.isNull() or self._ground.devicePixelRatio() != self.devicePixelRatioF():
            # The ground is painted with the ring, so that nothing below has to be painted when its end moves. It is
            # said here because a style takes it back when it polishes a progress bar.
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            colours = self._theme.colours.phase(view.phase)
            self._ground = self._painted_ground(view, colours)
            self._standing, self._unwritten = self._ground.copy(), self._text.region
            self._stroke = self._pen(view, colours.accent)
            self._cut_stroke = QPen(colours.tint, max(2.0, self.width() * 0.006))
            self._cuts = self._marks(view.marks) if view.marks > 1 else []
        if self._unwritten is not None and self._text.clear:
            painter = QPainter(self._standing)
            painter.setClipRegion(self._unwritten)
            painter.drawPixmap(0, 0, self._ground)
            self._text.paint(painter, view, self._unwritten)
            painter.end()
        self._unwritten = None

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

    def _marks(self, count: int) -> list[QLineF]:
        """Return the cuts that divide the ring into as many pieces as there are reps, in the order of its fraction."""
        centre, outer = self._circle().center(), self._circle().width() / 2 + self._thickness()
        inner = outer - 2 * self._thickness()
        cuts = []
        for mark in range(count):
            angle = -2 * pi * mark / count - pi / 2
            ray = QPointF(cos(angle), sin(angle))
            cuts.append(QLineF(centre + ray * inner, centre + ray * outer))
        return cuts

    def _paint_left(self, painter: QPainter, view: RingView) -> None:
        """Paint all that is left of the ring, or the hand."""
        painter.setPen(self._stroke)
        if view.hand:
            painter.drawArc(self._round, round((0.25 - self._fraction) * _TURN), round(_HAND * 16))
        elif view.shape is Shape.HALVES:
            for side in Side:
                if view.side in (side, None):
                    foot = 90 + _turn(side) * (_TOP + _HALF)
                    painter.drawArc(self._round, round(foot * 16), round(-_turn(side) * _HALF * self._fraction * 16))
        elif self._fraction > 0:
            # Drawn backwards from the top, so that the dashes stand still while the ring runs down.
            painter.drawArc(self._round, 90 * 16, round(self._fraction * _TURN))
        if self._cuts:
            painter.setPen(self._cut_stroke)
            painter.drawLines(self._cuts)

    def _update_ends(self, was: float) -> None:
        """Ask for what the ring's ends have passed over to be painted, or for all of it after a jump."""
        view, now = self._view, self._fraction
        if view is None or was == now:
            return
        if abs(was - now) * 360 > _JUMP:
            self.update()
            return
        for before, after in zip(_ends(view, was), _ends(view, now), strict=True):
            self.update(self._box_at(before, after))

    def _box_at(self, one: float, other: float) -> QRect:
        """Return the rectangle that holds the ring at two places, as shares of the way round from the top."""
        centre, radius, reach = self._middle
        x, to_x = centre - radius * sin(2 * pi * one), centre - radius * sin(2 * pi * other)
        y, to_y = centre - radius * cos(2 * pi * one), centre - radius * cos(2 * pi * other)
        left, top = floor(min(x, to_x) - reach), floor(min(y, to_y) - reach)
        return QRect(left, top, ceil(max(x, to_x) + reach) - left, ceil(max(y, to_y) + reach) - top)

    def _refit(self) -> None:
        self._ground, self._moved, self._one_end = QPixmap(), QRect(), False
        circle = self._circle()
        self._round = circle
        # A little further than half the thickness: an arc between two places bulges out of their rectangle.
        radius, reach = circle.width() / 2, self._thickness() / 2 + 3
        self._middle = (circle.center().x(), radius, reach)
        # The corners of the square around the end are so far from it, as the ring's inner edge has it: √2 and a little.
        self._piece = 1.5 * (reach + _STEP) / max(1.0, radius - reach) / (2 * pi)
        self._fit_text()
        self.update()

    def _fit_text(self) -> None:
        if self._view is not None and self.width() >= 2:
            self._text.fit(self._view, self.width(), self._inner(), self._least)

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


def _looks(view: RingView) -> tuple[object, ...]:
    """Return what makes the whole ring look different."""
    return view.phase, view.shape, view.hand, view.marks, view.side
