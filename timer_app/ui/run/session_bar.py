"""Show the whole session as a bar with a moving head."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from timer_app.clock import Milliseconds
from timer_app.conductor.snapshot import Snapshot
from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.presentation.session_bars import OPEN_WIDTH, Bar, bars, merged
from timer_app.timeline.intervals import Timeline
from timer_app.ui.look.theme import Theme
from timer_app.ui.support.progress_value import set_bar_value
from timer_app.ui.widgets.session_strip import paint_bars

_HEAD = 3
"""The head's width in logical pixels."""


class SessionBar(QProgressBar):
    """Draw every interval in its phase's colour, full up to the current position and pale from there on.

    The value is the progress of the session in per cent.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self._phase = Phase.SETUP
        self._share = 0.0
        self._bar_left = self._bar_width = 0.0
        self._length: Milliseconds = 0
        self._next_move: float = 0
        self._pictures: tuple[QPixmap, QPixmap] | None = None
        self.setTextVisible(False)
        self.setRange(0, 100)
        self.setAccessibleName(_("The whole session"))
        theme.changed.connect(self._invalidate)

    def show_timeline(self, timeline: Timeline) -> None:
        """Show a session at its start."""
        self._bars = bars(timeline)
        self._share = 0.0
        self.setValue(0)
        self._invalidate()

    def show_progress(self, now: Snapshot, phase: Phase) -> None:
        """Move the head to the current position; repaint only where that is another pixel."""
        if now.interval is not None and now.index < len(self._bars):
            bar = self._bars[now.index]
            self._bar_left, self._bar_width = bar.left, bar.right - bar.left
            self._length = OPEN_WIDTH if now.length is None else now.length
            self._next_move = 0
            self.animate(now.elapsed)
        if phase is not self._phase:
            self._phase = phase
            self._invalidate()

    def animate(self, elapsed: Milliseconds) -> None:
        """Move the head to `elapsed` after the interval's start."""
        if elapsed < self._next_move:
            return
        before = self._head()
        self._share = self._bar_left + self._bar_width * (min(1.0, elapsed / self._length) if self._length else 1.0)
        head = self._head()
        self._next_move = self._next_move_at(head)
        if head != before:
            self.update(_head_rect(before, self.height()) | _head_rect(head, self.height()))
            set_bar_value(self, int(self._share * 100), 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Redraw the bars."""
        self._invalidate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the done part in full, the rest pale, and the head."""
        ahead, done = self._drawn_bars()
        head, scale = self._head(), ahead.devicePixelRatio()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, ahead)
        painter.drawPixmap(0, 0, done, 0, 0, round(head * scale), done.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colours.phase(self._phase).ink)
        painter.drawRoundedRect(QRectF(head - _HEAD / 2, 0, _HEAD, self.height()), _HEAD / 2, _HEAD / 2)
        tip = QPointF(head, _HEAD * 2.2)
        across = QPointF(_HEAD * 1.6, 0)
        painter.drawPolygon(QPolygonF([QPointF(head, 0) - across, QPointF(head, 0) + across, tip]))

    def _invalidate(self) -> None:
        """Discard the cached pictures of the bars."""
        self._pictures = None
        self.update()

    def _drawn_bars(self) -> tuple[QPixmap, QPixmap]:
        """Return the cached pictures of the whole session, pale and in full."""
        drawn = self._pictures
        if drawn is None or drawn[0].devicePixelRatio() != self.devicePixelRatioF():
            # No widget below is painted when the head moves; a style resets this when it polishes a progress bar.
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            drawn = self._pictures = self._drawn(done=0), self._drawn(done=None)
        return drawn

    def _drawn(self, *, done: int | None) -> QPixmap:
        colours, scale = self._theme.colours, self.devicePixelRatioF()
        picture = QPixmap(ceil(self.width() * scale), ceil(self.height() * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(colours.phase(self._phase).tint)
        painter = QPainter(picture)
        whole = QRectF(self.rect()).adjusted(_HEAD, _HEAD, -_HEAD, -_HEAD)
        paint_bars(painter, whole, merged(self._bars, whole.width()), colours, done=done)
        painter.end()
        return picture

    def _head(self) -> int:
        return round(_HEAD + self._share * (self.width() - 2 * _HEAD))

    def _next_move_at(self, head: int) -> float:
        """Return the milliseconds after the interval's start at which the head is two pixels further.

        Where that takes more than a second, each new second moves it.
        """
        width = self._bar_width * (self.width() - 2 * _HEAD)
        return (
            (head + 1.5 - _HEAD - self._bar_left * (self.width() - 2 * _HEAD)) / width * self._length
            if width > 0
            else 0
        )


def _head_rect(head: int, height: int) -> QRect:
    return QRect(head - 3 * _HEAD, 0, 6 * _HEAD, height)
