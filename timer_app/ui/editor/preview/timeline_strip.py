"""The timeline of the edited session as bars, to select steps by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider

from timer_app.definition.model import StepPath
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.presentation.session_bars import Bar, bar_at, bar_text, bars, describe, merged
from timer_app.presentation.strip_geometry import Stretch, belongs, steps_in_order, stretches, ticks
from timer_app.timeline.intervals import Timeline
from timer_app.ui.look.theme import CLEAR, FOCUS_WIDTH, Colours, Radius, Space, Theme, Type
from timer_app.ui.support.accessibility import announce
from timer_app.ui.widgets.labels import show_tip
from timer_app.ui.widgets.row_list import line_height
from timer_app.ui.widgets.session_strip import paint_bars

_BARS_HEIGHT = 56
_SIGN = 13
_INSET = FOCUS_WIDTH + 4
"""Distance of the bars from the edges, with room for the rings around the first and the last."""
_TICK = 4
_LABEL = 52
"""Least distance of tick labels, in logical pixels at 100 % text size."""

_TOUCHING = 3
"""Bars of one step less than so many logical pixels apart share a ring."""


class TimelineStrip(QSlider):
    """A timeline whose steps can be selected: `step_requested` carries the path of a bar's step.

    To a screen reader it is a slider over the steps: its value is the number of the selected one, its description
    that step. A warning icon below a bar marks lines that were shortened or left out.
    """

    step_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._timeline: Timeline | None = None
        self.bars: tuple[Bar, ...] = ()
        self._steps: tuple[StepPath, ...] = ()
        self._path: StepPath | None = None
        self._marks: Mapping[int, str] = MappingProxyType({})
        # Both are cached between paints.
        self._picture: QPixmap | None = None
        self.rings: tuple[QRectF, ...] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("role", "strip")
        self.setRange(0, 0)
        self.setAccessibleName(_("The session drawn"))
        theme.changed.connect(self._apply_theme)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Draw this timeline; None draws nothing. Marks stay while the sequence of intervals is the same."""
        before, self._timeline = self._timeline, timeline
        self.bars = bars(timeline) if timeline is not None else ()
        self._steps = steps_in_order(timeline) if timeline is not None else ()
        if _outline(before) != _outline(timeline):
            self._marks = MappingProxyType({})
        self.setAccessibleName(describe(timeline) if timeline is not None else _("The session drawn"))
        self.setRange(min(1, len(self._steps)), len(self._steps))
        self._update_value()
        self._redraw()

    def mark_step(self, path: StepPath | None) -> None:
        """Outline all bars of the step or rounds at a path; None outlines nothing."""
        self._path = path
        self._update_value()
        self.rings = None
        self.update()

    def show_marks(self, marks: Mapping[int, str]) -> None:
        """Put an icon below the intervals of these indices; their tooltips show the sentences."""
        self._marks = MappingProxyType(dict(marks))
        self._redraw()

    def sizeHint(self) -> QSize:
        """Return the preferred size."""
        return QSize(320, self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the least useful size."""
        return QSize(160, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Redraw for the new size."""
        super().resizeEvent(event)
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the step's background, the bars with icons and ticks, and the rings."""
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._draw_picture()
        if self.rings is None:
            self.rings = self._find_rings()
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.selected)
        for ring in self.rings:
            painter.drawRoundedRect(ring, Radius.SMALL, Radius.SMALL)
        painter.drawPixmap(0, 0, self._picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.accent_ink, FOCUS_WIDTH))
        for ring in self.rings:
            painter.drawRoundedRect(ring, Radius.SMALL, Radius.SMALL)
        if self.hasFocus():
            painter.setPen(QPen(colours.focus, FOCUS_WIDTH))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL)

    def event(self, event: QEvent) -> bool:
        """Show the interval under the mouse, and what did not fit in it, in a tooltip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip(event.globalPos(), self, self.text_at(event.pos().x()))
            return True
        return super().event(event)

    def text_at(self, x: int) -> str:
        """Return the tooltip for the interval at `x`, in logical pixels."""
        bar = self._bar_at(x)
        if bar is None:
            return ""
        mark = self._marks.get(bar.interval.index)
        return "\n".join(part for part in (bar_text(bar.interval), mark) if part)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Request the step of the clicked bar."""
        bar = self._bar_at(event.position().x()) if event.button() is Qt.MouseButton.LeftButton else None
        if bar is not None:
            self._request_step(bar.interval.step)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Do nothing: the slider must not follow the mouse."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing: the press has selected a step."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from step to step in playing order."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._steps:
            event.ignore()
            return
        last = len(self._steps) - 1
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key:
                current = self._number()
                first = 0 if key == Qt.Key.Key_Right else last
                self._walk_to(first if current is None else current + (1 if key == Qt.Key.Key_Right else -1))
            case Qt.Key.Key_Home:
                self._walk_to(0)
            case Qt.Key.Key_End:
                self._walk_to(last)
            case _:
                event.ignore()

    def _walk_to(self, number: int) -> None:
        number = max(0, min(len(self._steps) - 1, number))
        if self._steps[number] != self._path:
            self._request_step(self._steps[number])
            announce(self, self.accessibleDescription())

    def _request_step(self, path: StepPath) -> None:
        self.mark_step(path)
        self.step_requested.emit(path)

    def _number(self) -> int | None:
        """Return the number of the selected step, or of the first in selected rounds; None for none."""
        path = self._path
        if path is None:
            return None
        return next((number for number, step in enumerate(self._steps) if belongs(step, path)), None)

    def _update_value(self) -> None:
        number = self._number()
        self.setValue(self.minimum() if number is None else number + 1)
        self.setAccessibleDescription("" if number is None else self._step_text(self._steps[number]))

    def _step_text(self, path: StepPath) -> str:
        """Return a step's name and its first start."""
        intervals = [bar.interval for bar in self.bars if bar.interval.step == path]
        shown = next((interval for interval in intervals if interval.works), intervals[0])
        start = formatting.clock_time(intervals[0].start)
        return _("{name}, from {start}").format(name=shown.title, start=start)

    def _bar_at(self, x: float) -> Bar | None:
        room = self.bars_rect()
        return bar_at(self.bars, (x - room.left()) / max(1.0, room.width()))

    def _height(self) -> int:
        return round(self.bars_rect().bottom() + self._theme.px(_SIGN) + line_height(self._theme.font(Type.SMALL))) + (
            Space.SMALL + _TICK
        )

    def bars_rect(self) -> QRectF:
        """Return the rectangle of the bars."""
        return QRectF(_INSET, _INSET, max(1, self.width() - 2 * _INSET), self._theme.px(_BARS_HEIGHT))

    def _draw_picture(self) -> QPixmap:
        """Return a pixmap of bars, icons and ticks."""
        room = self.bars_rect()
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(CLEAR)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_bars(painter, room, merged(self.bars, room.width()), self._theme.colours)
        self._paint_signs(painter, room)
        self._paint_ticks(painter, room)
        painter.end()
        return picture

    def _find_rings(self) -> tuple[QRectF, ...]:
        """Return the rectangles of the rings around the selected step."""
        room = self.bars_rect()
        ringed = stretches(self.bars, self._path, _TOUCHING / room.width()) if self._path is not None else ()
        return tuple(_ring(room, stretch) for stretch in ringed)

    def _paint_signs(self, painter: QPainter, room: QRectF) -> None:
        """Paint an icon below each marked bar; of overlapping ones only the first."""
        side = float(self._theme.px(_SIGN))
        free = room.left() - side
        for index in sorted(index for index in self._marks if index < len(self.bars)):
            bar = self.bars[index]
            left = room.left() + (bar.left + bar.right) / 2 * room.width() - side / 2
            if left >= free:
                _paint_sign(painter, QRectF(left, room.bottom() + 4, side, side), self._theme.colours)
                free = left + side

    def _paint_ticks(self, painter: QPainter, room: QRectF) -> None:
        colours, font = self._theme.colours, self._theme.font(Type.SMALL)
        top = room.bottom() + self._theme.px(_SIGN) + Space.TIGHT
        height = line_height(font)
        painter.setFont(font)
        for tick in ticks(self.bars, self._theme.px(_LABEL) / room.width()):
            x = room.left() + tick.across * room.width()
            painter.setPen(QPen(colours.outline, 1))
            painter.drawLine(QPointF(x, top), QPointF(x, top + _TICK))
            text = formatting.clock_time(tick.at)
            wide = painter.fontMetrics().horizontalAdvance(text)
            left = max(room.left(), min(x - wide / 2, room.right() - wide))
            painter.setPen(colours.text_soft)
            painter.drawText(QRectF(left, top + _TICK, wide + 1, height), Qt.AlignmentFlag.AlignLeft, text)

    def _redraw(self) -> None:
        self._picture = self.rings = None
        self.update()

    def _apply_theme(self) -> None:
        self.updateGeometry()
        self._redraw()


def _ring(room: QRectF, stretch: Stretch) -> QRectF:
    left = room.left() + stretch.left * room.width()
    return QRectF(left - 2, room.top() - 3, (stretch.right - stretch.left) * room.width() + 2, room.height() + 5)


def _paint_sign(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """Paint a filled triangle with an exclamation mark: outlines would hardly be visible at this size."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.warning.ink)
    painter.drawPolygon(QPolygonF([QPointF(rect.center().x(), rect.top()), rect.bottomRight(), rect.bottomLeft()]))
    stroke = rect.width() / 9
    middle = QRectF(rect.center().x() - stroke / 2, rect.top() + rect.height() * 0.36, stroke, rect.height() * 0.3)
    painter.setBrush(colours.warning.fill)
    painter.drawRect(middle)
    painter.drawRect(middle.translated(0, rect.height() * 0.4).adjusted(0, 0, 0, stroke - middle.height()))


def _outline(timeline: Timeline | None) -> list[tuple[StepPath, str]]:
    """Return the sequence of intervals by step and kind, whatever their lengths."""
    return [(interval.step, interval.kind) for interval in timeline.intervals] if timeline is not None else []
