"""A whole session, drawn: one bar for each interval, as wide as it is long, high for work and low for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from timer_app.clock import Milliseconds
from timer_app.i18n import _, ngettext
from timer_app.timeline.intervals import Interval, Kind, Timeline
from timer_app.ui import words
from timer_app.ui.theme import Colours, Theme, phase_of

OPEN_WIDTH: Milliseconds = 20_000
"""How long an interval without a length is drawn, in milliseconds."""

_HEIGHTS = {Kind.WORK: 1.0, Kind.LAST_REP_HOLD: 1.0, Kind.SETUP: 0.42, Kind.SWITCH: 0.42, Kind.REST: 0.26}
_LEAST_WIDTH = 1.5
_GAP = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """Where one interval is drawn, from 0 to 1 across, and how high, from 0 to 1."""

    interval: Interval
    left: float
    right: float
    height: float


def bars(timeline: Timeline) -> tuple[Bar, ...]:
    """Return the bars of a timeline, from left to right; together they reach from 0 to 1."""
    widths = [OPEN_WIDTH if interval.length is None else interval.length for interval in timeline.intervals]
    whole = sum(widths) or 1
    drawn: list[Bar] = []
    start = 0
    for interval, width in zip(timeline.intervals, widths, strict=True):
        drawn.append(Bar(interval, start / whole, (start + width) / whole, _HEIGHTS[interval.kind]))
        start += width
    return tuple(drawn)


def paint_bars(
    painter: QPainter, rect: QRectF, row: Sequence[Bar], colours: Colours, *, done: int | None = None
) -> None:
    """Draw bars into `rect`, standing on its bottom; those from index `done` on are pale, None drawing all in full.

    Work has the phase's full colour and rest a hollow outline, so that they differ without colour too.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for bar in row:
        shades = colours.phase(phase_of(bar.interval.kind))
        left = rect.left() + bar.left * rect.width()
        room = (bar.right - bar.left) * rect.width()
        width = max(_LEAST_WIDTH, room - (_GAP if room > 3 * _GAP else 0))
        height = bar.height * rect.height()
        box = QRectF(left, rect.bottom() - height, width, height)
        corner = min(5.0, width / 2, height / 2)
        pale = done is not None and bar.interval.index >= done
        if bar.interval.is_open or (bar.interval.kind is Kind.REST and width > 3):
            painter.setPen(QPen(shades.track if pale else shades.accent, 1.2))
            painter.setBrush(shades.tint)
            box.adjust(0.6, 0.6, -0.6, -0.6)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shades.track if pale else shades.accent)
        painter.drawRoundedRect(box, corner, corner)
    painter.restore()


class SessionStrip(QLabel):
    """A session drawn from left to right. A screen reader is told in words what it shows."""

    def __init__(self, theme: Theme, height: int = 52) -> None:
        super().__init__()
        self._theme = theme
        self._height = height
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Draw this timeline; None draws nothing."""
        self._bars = bars(timeline) if timeline is not None else ()
        self.setAccessibleName(describe(timeline) if timeline is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the strip's size: as wide as there is room."""
        return QSize(240, self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the strip says something."""
        return QSize(120, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        paint_bars(QPainter(self), QRectF(self.rect()), self._bars, self._theme.colours)

    def event(self, event: QEvent) -> bool:
        """Tell what stands under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            across = event.pos().x() / max(1, self.width())
            under = next((bar.interval for bar in self._bars if bar.left <= across < bar.right), None)
            QToolTip.showText(event.globalPos(), bar_text(under) if under is not None else "", self)
            return True
        return super().event(event)


def bar_text(interval: Interval) -> str:
    """Return one interval in words: `Plank · set 2 of 3 · 1:00, from 2:10`."""
    purpose = interval.title if interval.works or interval.kind is Kind.REST else words.kind(interval.kind)
    parts = [purpose, words.interval_detail(interval) if interval.works else ""]
    length = _("until you say done") if interval.length is None else words.clock_time(interval.length)
    start = _("{length}, from {start}").format(length=length, start=words.clock_time(interval.start))
    return " · ".join(part for part in (*parts, start) if part)


def describe(timeline: Timeline) -> str:
    """Return a whole timeline in a sentence, for those who cannot see it drawn."""
    spans = sum(interval.works for interval in timeline.intervals)
    work = sum(interval.length or 0 for interval in timeline.intervals if interval.works)
    counted = ngettext("{n} span of work", "{n} spans of work", spans).format(n=spans)
    return _("The session drawn: {total} in all, {spans}, {work} of it work.").format(
        total=words.total(timeline), spans=counted, work=words.clock_time(work)
    )
