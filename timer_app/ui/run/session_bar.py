"""The whole session as a bar with a moving head."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QProgressBar, QWidget

from timer_app.clock import Milliseconds
from timer_app.conductor.snapshot import Snapshot
from timer_app.i18n import _
from timer_app.timeline.intervals import Timeline
from timer_app.ui.run.value import tell_value
from timer_app.ui.theme import Phase, Theme
from timer_app.ui.widgets.strip import OPEN_WIDTH, Bar, bars, paint_bars

_HEAD = 3
"""The head's width in logical pixels."""


class SessionBar(QProgressBar):
    """Draws every interval in its phase's colour, full as far as the session has come and pale from there on.

    Its value is how far the session has come, in per cent.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self._phase = Phase.SETUP
        self._share = 0.0
        self._from = self._wide = 0.0
        self._length: Milliseconds = 0
        self.setTextVisible(False)
        self.setRange(0, 100)
        self.setAccessibleName(_("The whole session"))
        theme.changed.connect(self.update)

    @property
    def share(self) -> float:
        """How far along the bar the head stands, 0 to 1."""
        return self._share

    def show_timeline(self, timeline: Timeline) -> None:
        """Draw this session, from its start."""
        self._bars = bars(timeline)
        self._share = 0.0
        self.setValue(0)
        self.update()

    def show_progress(self, now: Snapshot, phase: Phase) -> None:
        """Move the head to where the session stands; paint only when that is another pixel."""
        if now.interval is not None and now.index < len(self._bars):
            bar = self._bars[now.index]
            self._from, self._wide = bar.left, bar.right - bar.left
            self._length = OPEN_WIDTH if now.length is None else now.length
            self.go_on(now.elapsed)
        if phase is not self._phase:
            self._phase = phase
            self.update()

    def go_on(self, elapsed: Milliseconds) -> None:
        """Move the head to so long after the interval's start."""
        before = self._head()
        self._share = self._from + self._wide * (min(1.0, elapsed / self._length) if self._length else 1.0)
        head = self._head()
        if head != before:
            self.update(_head_rect(before, self.height()) | _head_rect(head, self.height()))
            tell_value(self, int(self._share * 100), 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what was done in full, what is to come pale, and the head."""
        colours = self._theme.colours
        shades = colours.phase(self._phase)
        # A style takes it back when it polishes a progress bar: what is below need not be painted when the head moves.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        painter = QPainter(self)
        painter.fillRect(event.rect(), shades.tint)
        head = self._head()
        whole = QRectF(self.rect()).adjusted(_HEAD, _HEAD, -_HEAD, -_HEAD)
        painter.setClipRect(QRectF(head, 0, self.width() - head, self.height()).intersected(QRectF(event.rect())))
        shown = self._bars_in(event.rect())
        paint_bars(painter, whole, shown, colours, done=0)
        painter.setClipRect(QRectF(0, 0, head, self.height()).intersected(QRectF(event.rect())))
        paint_bars(painter, whole, shown, colours)
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.ink)
        painter.drawRoundedRect(QRectF(head - _HEAD / 2, 0, _HEAD, self.height()), _HEAD / 2, _HEAD / 2)
        tip = QPointF(head, _HEAD * 2.2)
        across = QPointF(_HEAD * 1.6, 0)
        painter.drawPolygon(QPolygonF([QPointF(head, 0) - across, QPointF(head, 0) + across, tip]))

    def _bars_in(self, rect: QRect) -> tuple[Bar, ...]:
        """Return the bars that reach into a part of the whole."""
        first, last = (
            (edge - _HEAD) / max(1, self.width() - 2 * _HEAD) for edge in (rect.left() - 1, rect.right() + 1)
        )
        return tuple(bar for bar in self._bars if bar.right >= first and bar.left <= last)

    def _head(self) -> int:
        return round(_HEAD + self._share * (self.width() - 2 * _HEAD))


def _head_rect(head: int, height: int) -> QRect:
    return QRect(head - 3 * _HEAD, 0, 6 * _HEAD, height)
