"""A session drawn as bars: one for each interval, as wide as it is long, high for work and low for rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from timer_app.presentation.phase import Phase, phase_of
from timer_app.presentation.session_bars import Bar, bar_at, bar_text, bars, describe, merged
from timer_app.timeline.intervals import IntervalKind, Timeline
from timer_app.ui.look.theme import Colours, Theme
from timer_app.ui.widgets.labels import show_tip

_LEAST_WIDTH = 1.5
_GAP = 2.0
_SLIM = 6.0
"""The greatest width in logical pixels of a bar without corners and outline: hardly visible, and slow to paint."""


def paint_bars(
    painter: QPainter, rect: QRectF, row: Sequence[Bar], colours: Colours, *, done: int | None = None
) -> None:
    """Draw bars into `rect`, standing on its bottom; those from index `done` on are pale, None drawing all in full.

    Work has the phase's full colour and rest a hollow outline, so that they differ without colour too.
    """
    wide: dict[tuple[Phase, bool, bool], list[QRectF]] = {}
    slim: dict[tuple[Phase, bool], list[QRectF]] = {}
    for bar in row:
        kind = bar.interval.kind
        left = rect.left() + bar.left * rect.width()
        room = (bar.right - bar.left) * rect.width()
        width = max(_LEAST_WIDTH, room - (_GAP if room > 3 * _GAP else 0))
        height = bar.height * rect.height()
        box = QRectF(left, rect.bottom() - height, width, height)
        pale = done is not None and bar.interval.index >= done
        if width <= _SLIM:
            slim.setdefault((phase_of(kind), pale), []).append(box)
        else:
            hollow = bar.interval.is_open or kind is IntervalKind.REST
            wide.setdefault((phase_of(kind), pale, hollow), []).append(box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for (phase, pale, hollow), boxes in wide.items():
        shades = colours.phase(phase)
        shade = shades.track if pale else shades.accent
        painter.setPen(QPen(shade, 1.2) if hollow else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(shades.tint if hollow else shade)
        for box in boxes:
            corner = min(5.0, box.width() / 2, box.height() / 2)
            painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6) if hollow else box, corner, corner)
    painter.setPen(Qt.PenStyle.NoPen)
    for (phase, pale), boxes in slim.items():
        shades = colours.phase(phase)
        painter.setBrush(shades.track if pale else shades.accent)
        painter.drawRects(boxes)
    painter.restore()


class SessionStrip(QLabel):
    """A session drawn from left to right, with an accessible name that describes it."""

    def __init__(self, theme: Theme, height: int = 52) -> None:
        super().__init__()
        self._theme = theme
        self._height = height
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Draw a timeline, or nothing for None."""
        self._bars = bars(timeline) if timeline is not None else ()
        self.setAccessibleName(describe(timeline) if timeline is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(240, self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the least legible size."""
        return QSize(120, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        paint_bars(QPainter(self), QRectF(self.rect()), merged(self._bars, self.width()), self._theme.colours)

    def event(self, event: QEvent) -> bool:
        """Show a tooltip for the bar under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = bar_at(self._bars, event.pos().x() / max(1, self.width()))
            text = bar_text(bar.interval) if bar is not None else ""
            show_tip(event.globalPos(), self, text)
            return True
        return super().event(event)
