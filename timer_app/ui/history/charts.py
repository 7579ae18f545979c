"""Painted charts of the history. Each says in words, to a screen reader, what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from timer_app.history.statistics import week_of
from timer_app.i18n import _, ngettext
from timer_app.ui import words
from timer_app.ui.theme import Theme, Type

_LEVELS = (0.0, 8.0, 16.0, 28.0)
"""Minutes above which a day is painted one shade stronger: our choice, some thirds of a long session."""

_WEEKS = 53
_BARS = 26


def shade(minutes: float) -> int:
    """Return which shade a day with so many minutes is painted in, from 0 for nothing to 4."""
    return sum(minutes > level for level in _LEVELS)


class _Chart(QLabel):
    """A picture as wide as there is room, with a tooltip for what stands under the mouse."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def text_at(self, x: float, y: float) -> str:
        """Return what to tell of the place at `x`, `y`."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Tell what stands under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.text_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)


class HeatMap(_Chart):
    """A year of days, a column for each week from Monday to Sunday; the more was done, the stronger."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._minutes: Mapping[date, float] = {}
        self._today = date.min

    def show_days(self, minutes: Mapping[date, float], today: date) -> None:
        """Show the minutes of each day up to `today`."""
        self._minutes, self._today = minutes, today
        days = sum(1 for value in minutes.values() if value > 0)
        text = ngettext(
            "{n} day with something done in the last year.", "{n} days with something done in the last year.", days
        )
        self.setAccessibleName(text.format(n=days))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of seven rows and the names of the months."""
        return QSize(320, self._months() + 7 * self.theme.px(13))

    def minimumSizeHint(self) -> QSize:
        """Return a width in which half a year can be told apart."""
        return QSize(200, self.sizeHint().height())

    def text_at(self, x: float, y: float) -> str:
        """Return the day under the mouse with its minutes."""
        row = int((y - self._months()) // self._cell())
        day = self._first() + timedelta(weeks=int(x // self._cell()), days=row)
        if not 0 <= row < 7 or day > self._today:
            return ""
        minutes = round(self._minutes.get(day, 0))
        name = words.day_name(day, self._today)
        return _("{day}: {n} min").format(day=name, n=minutes) if minutes else _("{day}: nothing").format(day=name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the days."""
        if self._today == date.min:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, cell, top = self.theme.colours, self._cell(), self._months()
        side = min(cell - 2, self.theme.px(13) - 2)
        painter.setFont(self.theme.font(Type.SMALL))
        first, last_label = self._first(), -100.0
        for week in range(self._weeks()):
            monday = first + timedelta(weeks=week)
            if monday.day <= 7 and week * cell - last_label > self.theme.px(30):
                last_label = week * cell
                painter.setPen(colours.text_soft)
                painter.drawText(QRectF(week * cell, 0, 60, top), _left(), words.short_month(monday.month))
            painter.setPen(Qt.PenStyle.NoPen)
            for row in range(7):
                day = monday + timedelta(days=row)
                if day <= self._today:
                    painter.setBrush(colours.heat[shade(self._minutes.get(day, 0))])
                    painter.drawRoundedRect(QRectF(week * cell, top + row * self.theme.px(13), side, side), 2.5, 2.5)

    def _months(self) -> int:
        return QFontMetrics(self.theme.font(Type.SMALL)).height() + 4

    def _cell(self) -> float:
        return max(self.width() / _WEEKS, float(self.theme.px(11)))

    def _weeks(self) -> int:
        return min(_WEEKS, int(self.width() // self._cell()))

    def _first(self) -> date:
        return week_of(self._today) - timedelta(weeks=self._weeks() - 1)


class WeekBars(_Chart):
    """Half a year of weeks as bars of their minutes, this week the last."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._weeks: tuple[tuple[date, float], ...] = ()

    def show_weeks(self, minutes: Mapping[date, float], today: date) -> None:
        """Show the weeks up to the one that `today` is in."""
        totals: dict[date, float] = {}
        for day, value in minutes.items():
            totals[week_of(day)] = totals.get(week_of(day), 0) + value
        mondays = [week_of(today) - timedelta(weeks=back) for back in reversed(range(_BARS))]
        self._weeks = tuple((monday, totals.get(monday, 0)) for monday in mondays)
        mean = sum(value for _monday, value in self._weeks) / _BARS
        self.setAccessibleName(
            _("{mean} minutes a week in the last half year, {now} this week.").format(
                mean=round(mean), now=round(self._weeks[-1][1])
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the bars and the words around them."""
        return QSize(320, self.theme.px(140))

    def minimumSizeHint(self) -> QSize:
        """Return a width in which the bars can be told apart."""
        return QSize(200, self.sizeHint().height())

    def text_at(self, x: float, y: float) -> str:
        """Return the week under the mouse with its minutes."""
        if not self._weeks:
            return ""
        monday, minutes = self._weeks[min(_BARS - 1, max(0, int(x / self.width() * _BARS)))]
        return _("Week of {day} {month}: {n} min").format(
            day=monday.day, month=words.short_month(monday.month), n=round(minutes)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, a line at the top of the scale, and the months."""
        if not self._weeks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, font = self.theme.colours, self.theme.font(Type.SMALL)
        painter.setFont(font)
        text = QFontMetrics(font).height()
        highest = max(30.0, *(minutes for _monday, minutes in self._weeks))
        scale = _round_up(highest)
        area = QRectF(0, text + 4, self.width(), self.height() - 2 * text - 10)
        painter.setPen(QPen(colours.border, 1))
        painter.drawLine(area.topLeft(), area.topRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(colours.text_soft)
        painter.drawText(QRectF(0, 0, area.width(), text), _left(), _("{n} min").format(n=scale))
        room = area.width() / _BARS
        width = min(room * 0.62, self.theme.px(20))
        month = 0
        for number, (monday, minutes) in enumerate(self._weeks):
            height = area.height() * minutes / scale
            left = number * room + (room - width) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent if number == _BARS - 1 else colours.heat[2])
            corner = min(4.0, width / 2, height / 2)
            painter.drawRoundedRect(QRectF(left, area.bottom() - height, width, height), corner, corner)
            if monday.month != month and number < _BARS - 1:
                month = monday.month
                painter.setPen(colours.text_soft)
                painter.drawText(QRectF(left, area.bottom() + 5, 80, text), _left(), words.short_month(month))


def _left() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _round_up(minutes: float) -> int:
    """Return the end of a scale that holds `minutes`: a multiple of 30."""
    return int(-(-minutes // 30) * 30)
