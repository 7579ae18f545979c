"""The calendar heat map and the bars of weekly minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent

from timer_app.history.statistics.statistics import week_of
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.presentation.history_summary import YEAR_WEEKS
from timer_app.ui.history.charts.base import Chart, Value, WeekChart
from timer_app.ui.look.theme import Theme, Type

_LEVELS = (0.0, 8.0, 16.0, 28.0)
"""Minutes above which a day is painted one shade stronger: our choice, some thirds of a long session."""

_LEAST_CELL = 9
"""The least width of a day in logical pixels at text of 100 %: a year fits into a window of 1024."""

_BARS = 26


def shade(minutes: float) -> int:
    """Return the shade of a day with so many minutes, from 0 for nothing to 4."""
    return sum(minutes > level for level in _LEVELS)


class HeatMap(Chart):
    """A year of days, a column for each week from Monday to Sunday; the more was done, the stronger the shade.

    `day_chosen` carries a day with a run that was clicked, or chosen by Enter or Space.
    """

    day_chosen = Signal(date)

    step = 7

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._minutes: Mapping[date, float] = {}
        self._today = date.min

    def show_days(self, minutes: Mapping[date, float], today: date) -> None:
        """Show the minutes of each day up to `today`."""
        self._minutes, self._today = minutes, today
        first = week_of(today) - timedelta(weeks=YEAR_WEEKS - 1)
        days = sum(1 for day, value in minutes.items() if value > 0 and day >= first)
        text = ngettext(
            "{n} day with something done in the last year.", "{n} days with something done in the last year.", days
        )
        caption = ngettext("{n} day in the last year", "{n} days in the last year", days).format(n=days)
        self.show_values(text.format(n=days), caption)

    def sizeHint(self) -> QSize:
        """Return the size of seven rows, the names of the months and the legend."""
        return QSize(320, round(self._legend_top()) + self._months())

    def minimumSizeHint(self) -> QSize:
        """Return a width with room for half a year."""
        return QSize(200, self.sizeHint().height())

    def values(self) -> tuple[Value, ...]:
        """Return each day with its minutes, of as many weeks as fit."""
        if self._today == date.min:
            return ()
        first = self._first()
        days = (first + timedelta(days=number) for number in range((self._today - first).days + 1))
        return tuple(self._value(day) for day in days)

    def index_at(self, x: float, y: float) -> int | None:
        """Return the index of the day at a position, or None."""
        row, week = int((y - self._months()) // self._row()), int(x // self._cell())
        if self._today == date.min or not (0 <= row < 7 and 0 <= week < self._weeks()):
            return None
        index = week * 7 + row
        return index if self._first() + timedelta(days=index) <= self._today else None

    def value_rect(self, index: int) -> QRectF:
        """Return the square of a day."""
        return _square(index, self._cell(), self._row(), self._months())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the day under the mouse the current one, with a hand cursor where it can be chosen."""
        super().mouseMoveEvent(event)
        current = self.current
        chooses = current is not None and self._minutes.get(self._day(current), 0) > 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if chooses else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the mouse."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self.index_at(event.position().x(), event.position().y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the current day."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.current)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: int | None) -> None:
        if index is not None and self._minutes.get(self._day(index), 0) > 0:
            self.day_chosen.emit(self._day(index))

    def _day(self, index: int) -> date:
        return self._first() + timedelta(days=index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Clear the current day, whose position has changed."""
        super().resizeEvent(event)
        self.clear_pointed()

    def _value(self, day: date) -> Value:
        return Value(formatting.day_name(day, self._today), _minutes_text(self._minutes.get(day, 0)))

    def paint(self, painter: QPainter) -> None:
        """Paint the days."""
        if self._today == date.min:
            return
        colours, cell, high, top = self.theme.colours, self._cell(), self._row(), self._months()
        painter.setFont(self.theme.font(Type.SMALL))
        first, last_label = self._first(), -100.0
        for week in range(self._weeks()):
            monday = first + timedelta(weeks=week)
            fits = self.width() - week * cell > self.theme.px(26)
            if monday.day <= 7 and fits and week * cell - last_label > self.theme.px(30):
                last_label = week * cell
                painter.setPen(colours.text_soft)
                painter.drawText(QRectF(week * cell, 0, 60, top), _left(), formatting.short_month(monday.month))
            painter.setPen(Qt.PenStyle.NoPen)
            for row in range(7):
                day = monday + timedelta(days=row)
                if day <= self._today:
                    painter.setBrush(colours.heat[shade(self._minutes.get(day, 0))])
                    painter.drawRoundedRect(_square(week * 7 + row, cell, high, top), 2.5, 2.5)

        self._paint_legend(painter)

    def _paint_legend(self, painter: QPainter) -> None:
        """Paint the legend of the shades at the lower right."""
        metrics, side, top = QFontMetrics(painter.font()), self._row() - 2, self._legend_top()
        right = self._cell() * self._weeks() - 2
        for text, shades in ((_("more"), reversed(self.theme.colours.heat)), (_("less"), ())):
            right -= metrics.horizontalAdvance(text)
            painter.setPen(self.theme.colours.text_soft)
            painter.drawText(QRectF(right, top, self.width(), self._months()), _left(), text)
            right -= 4
            painter.setPen(Qt.PenStyle.NoPen)
            for colour in shades:
                right -= side + 2
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(right, top + (self._months() - side) / 2, side, side), 2.5, 2.5)
            right -= 4

    def _legend_top(self) -> float:
        return self._months() + 7 * self._row() + 4

    def _row(self) -> float:
        return float(self.theme.px(13))

    def _months(self) -> int:
        return QFontMetrics(self.theme.font(Type.SMALL)).height() + 4

    def _cell(self) -> float:
        return max(self.width() / YEAR_WEEKS, float(self.theme.px(_LEAST_CELL)))

    def _weeks(self) -> int:
        return min(YEAR_WEEKS, int(self.width() / self.theme.px(_LEAST_CELL)))

    def _first(self) -> date:
        return week_of(self._today) - timedelta(weeks=self._weeks() - 1)


def _square(index: int, cell: float, high: float, top: float) -> QRectF:
    """Return the square of a day, in columns `cell` apart and rows `high` apart, from `top` on."""
    week, row = divmod(index, 7)
    side = min(cell, high) - 2
    return QRectF(week * cell, top + row * high, side, side)


class WeekBars(WeekChart):
    """Bars of the minutes in each week of the last half year."""

    HIGH = 140

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._weeks: tuple[tuple[date, float], ...] = ()
        self._aim = 0

    def show_weeks(self, minutes: Mapping[date, float], today: date, aim: int = 0) -> None:
        """Show the weeks up to `today`, and an aim in minutes a week as a line, 0 for none."""
        self._aim = aim
        totals: dict[date, float] = {}
        for day, value in minutes.items():
            totals[week_of(day)] = totals.get(week_of(day), 0) + value
        mondays = [week_of(today) - timedelta(weeks=back) for back in reversed(range(_BARS))]
        self._weeks = tuple((monday, totals.get(monday, 0)) for monday in mondays)
        mean = sum(value for _monday, value in self._weeks) / _BARS
        self.show_values(
            _("{mean} minutes a week in the last half year, {now} this week.").format(
                mean=round(mean), now=round(self._weeks[-1][1])
            )
        )

    @property
    def count(self) -> int:
        """The number of weeks."""
        return len(self._weeks)

    def values(self) -> tuple[Value, ...]:
        """Return each week with its minutes."""
        return tuple(Value(formatting.week(monday), _minutes_text(minutes)) for monday, minutes in self._weeks)

    def area(self) -> QRectF:
        """Return the rectangle of the bars."""
        text = QFontMetrics(self.theme.font(Type.SMALL)).height()
        return QRectF(0, text + 4, self.width(), self.height() - 2 * text - 10)

    def paint(self, painter: QPainter) -> None:
        """Paint the bars, a line at the top of the scale, the aim, and the months."""
        if not self._weeks:
            return
        colours, font = self.theme.colours, self.theme.font(Type.SMALL)
        painter.setFont(font)
        text = QFontMetrics(font).height()
        highest = max(30.0, float(self._aim), *(minutes for _monday, minutes in self._weeks))
        scale = _round_up(highest)
        area = self.area()
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
                painter.drawText(QRectF(left, area.bottom() + 5, 80, text), _left(), formatting.short_month(month))
        if self._aim:
            y = area.bottom() - area.height() * self._aim / scale
            painter.setPen(QPen(colours.text, 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            aim = _("aim: {n} min").format(n=self._aim)
            painter.drawText(QRectF(0, 0, area.width(), text), Qt.AlignmentFlag.AlignRight, aim)


def _minutes_text(minutes: float) -> str:
    """Return minutes as text, empty only for exactly none."""
    if 0 < minutes < 0.5:
        return _("under a minute")
    return _("{n} min").format(n=round(minutes)) if minutes else ""


def _left() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _round_up(minutes: float) -> int:
    """Return the end of a scale that holds `minutes`: a multiple of 30."""
    return int(-(-minutes // 30) * 30)
