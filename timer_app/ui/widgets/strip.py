"""A whole session, drawn: one bar for each interval, as wide as it is long, high for work and low for the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from timer_app.clock import Milliseconds
from timer_app.i18n import _, ngettext
from timer_app.timeline.intervals import Interval, Kind, Timeline
from timer_app.ui import words
from timer_app.ui.theme import Colours, Phase, Theme, phase_of
from timer_app.ui.widgets.text import plain_tip

OPEN_WIDTH: Milliseconds = 20_000
"""How long an interval without a length is drawn, in milliseconds."""

_HEIGHTS = {Kind.WORK: 1.0, Kind.LAST_REP_HOLD: 1.0, Kind.SETUP: 0.42, Kind.SWITCH: 0.42, Kind.REST: 0.26}
_LEAST_WIDTH = 1.5
_GAP = 2.0
_SLIM = 6.0
"""Bars of at most so many logical pixels have no corners and no outline: they would hardly be seen, and cost most."""

_NARROW = 2.0
"""What is narrower, in logical pixels, is drawn as one with its neighbours: it could not be told apart."""


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


def merged(row: Sequence[Bar], width: float) -> tuple[Bar, ...]:
    """Return bars as they are drawn `width` logical pixels across: those too narrow to see as one, like their longest.

    So two thousand intervals cost no more to paint than there are pixels.
    """
    least = _NARROW / max(1.0, width)
    drawn: list[Bar] = []
    narrow: list[Bar] = []
    for bar in row:
        wide = bar.right - bar.left >= least
        if not wide:
            narrow.append(bar)
        if narrow and (wide or bar.right - narrow[0].left >= least):
            drawn.append(_as_one(narrow))
            narrow = []
        if wide:
            drawn.append(bar)
    return (*drawn, _as_one(narrow)) if narrow else tuple(drawn)


def _as_one(narrow: Sequence[Bar]) -> Bar:
    longest = max(narrow, key=lambda bar: bar.right - bar.left)
    return replace(longest, left=narrow[0].left, right=narrow[-1].right)


def bar_at(row: Sequence[Bar], across: float) -> Bar | None:
    """Return the bar that is drawn at a place from 0 to 1 across, or None beside them all."""
    number = bisect_right(row, across, key=lambda bar: bar.left) - 1
    return row[number] if number >= 0 and across < row[number].right else None


def paint_bars(
    painter: QPainter, rect: QRectF, row: Sequence[Bar], colours: Colours, *, done: int | None = None
) -> None:
    """Draw bars into `rect`, standing on its bottom; those from index `done` on are pale, None drawing all in full.

    Work has the phase's full colour and rest a hollow outline, so that they differ without colour too.
    """
    alike: dict[tuple[Phase, bool, bool], list[QRectF]] = {}
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
            hollow = bar.interval.is_open or kind is Kind.REST
            alike.setdefault((phase_of(kind), pale, hollow), []).append(box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for (phase, pale, hollow), boxes in alike.items():
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
        paint_bars(QPainter(self), QRectF(self.rect()), merged(self._bars, self.width()), self._theme.colours)

    def event(self, event: QEvent) -> bool:
        """Tell what stands under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            under = bar_at(self._bars, event.pos().x() / max(1, self.width()))
            text = bar_text(under.interval) if under is not None else ""
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
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
