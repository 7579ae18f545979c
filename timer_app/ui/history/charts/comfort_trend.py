"""Back comfort over the weeks: before, after and on the next morning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from timer_app.history.statistics.comfort_stats import Comfort, Mean
from timer_app.history.statistics.statistics import week_of
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.presentation.history_summary import TREND_WEEKS
from timer_app.presentation.phase import Phase
from timer_app.ui.history.charts.base import Value, WeekChart
from timer_app.ui.look.theme import Theme, Type

_HIGHEST = 10


def mean_words(mean: Mean) -> str:
    """Return a mean with its number of observations: `6.4 (3)`; empty where there are none."""
    return "" if mean.value is None else f"{mean.value:.1f} ({mean.observations})"


def comfort_words(comfort: Comfort, between: str) -> str:
    """Return the means with their observations: `before 5.9 (59) · after 6.4 (56) · next morning 6.8 (12)`."""
    parts = (
        (_("before {mean}"), comfort.before),
        (_("after {mean}"), comfort.after),
        (_("next morning {mean}"), comfort.next_morning),
    )
    return between.join(text.format(mean=mean_words(mean)) for text, mean in parts if mean.value is not None)


class ComfortTrend(WeekChart):
    """Three lines over half a year of weeks: each point is a week's mean, and a gap is a week without a rating."""

    HIGH = 170

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._weeks: tuple[tuple[date, Comfort | None], ...] = ()

    def show_weeks(self, comfort: Mapping[date, Comfort], today: date) -> None:
        """Show the weeks up to `today`."""
        mondays = [week_of(today) - timedelta(weeks=back) for back in reversed(range(TREND_WEEKS))]
        self._weeks = tuple((monday, comfort.get(monday)) for monday in mondays)
        rated = [each for _monday, each in self._weeks if each is not None]
        name = _("Back comfort, 0 to 10, week by week: no ratings in the last half year.")
        caption = _("No ratings in the last half year")
        if rated:
            latest = comfort_words(rated[-1], ", ")
            name = _("Back comfort, 0 to 10, week by week. Latest: {latest}.").format(latest=latest)
            caption = _("Latest: {latest}").format(latest=latest)
        self.show_values(name, caption)

    @property
    def is_empty(self) -> bool:
        """Whether no week has a rating."""
        return all(each is None for _monday, each in self._weeks)

    @property
    def count(self) -> int:
        """The number of weeks."""
        return len(self._weeks)

    def values(self) -> tuple[Value, ...]:
        """Return each week with its three means."""
        return tuple(
            Value(formatting.week(monday), "" if each is None else comfort_words(each, ", "))
            for monday, each in self._weeks
        )

    def paint(self, painter: QPainter) -> None:
        """Paint the scale, the lines with their points, the months and the legend."""
        colours, area = self.theme.colours, self.area()
        font = self.theme.font(Type.SMALL)
        high = QFontMetrics(font).height()
        painter.setFont(font)
        for mark in (0, 5, _HIGHEST):
            y = self._y(mark)
            painter.setPen(QPen(colours.border, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(colours.text_soft)
            painter.drawText(QRectF(0, y - high / 2, area.left() - 6, high), Qt.AlignmentFlag.AlignRight, str(mark))
        self._paint_months(painter, high)
        for colour, style, mean_of, _name in self._series():
            self._paint_line(painter, QPen(colour, 2, style), mean_of)
        self._paint_legend(painter, high)

    def _paint_line(self, painter: QPainter, pen: QPen, mean_of: Callable[[Comfort], Mean]) -> None:
        """Paint one line with a point for each week, broken where a week has no rating."""
        before: QPointF | None = None
        for number, (_monday, each) in enumerate(self._weeks):
            value = None if each is None else mean_of(each).value
            if value is None:
                before = None
                continue
            point = QPointF(self.value_rect(number).center().x(), self._y(value))
            painter.setPen(pen)
            if before is not None:
                painter.drawLine(before, point)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            painter.drawEllipse(point, 2.6, 2.6)
            before = point

    def _paint_months(self, painter: QPainter, high: int) -> None:
        painter.setPen(self.theme.colours.text_soft)
        month = 0
        for number, (monday, _each) in enumerate(self._weeks[:-1]):
            if monday.month != month:
                month = monday.month
                place = QRectF(self.value_rect(number).left(), self.area().bottom() + 4, 80, high)
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft, formatting.short_month(month))

    def _paint_legend(self, painter: QPainter, high: int) -> None:
        metrics, left = QFontMetrics(painter.font()), 6.0
        names = [name for _colour, _style, _mean_of, name in self._series()]
        needed = sum(metrics.horizontalAdvance(name) for name in names)
        # Where space is short the names move closer, and their lines are shorter.
        gap = min(18.0, max(4.0, (self.width() - needed) / len(names) / 3))
        for (colour, style, _mean_of, name), width in zip(
            self._series(), map(metrics.horizontalAdvance, names), strict=True
        ):
            painter.setPen(QPen(colour, 2, style))
            painter.drawLine(QPointF(left, high / 2), QPointF(left + gap, high / 2))
            painter.setPen(self.theme.colours.text_soft)
            painter.drawText(QRectF(left + gap * 1.3, 0, width + 2, high), Qt.AlignmentFlag.AlignLeft, name)
            left += 2.3 * gap + width

    def _series(self) -> tuple[tuple[QColor, Qt.PenStyle, Callable[[Comfort], Mean], str], ...]:
        """Return each line's colour, pattern, value and name; the pattern tells lines apart without colour."""
        colours = self.theme.colours
        return (
            (colours.text_soft, Qt.PenStyle.DashLine, lambda each: each.before, _("before")),
            (colours.accent, Qt.PenStyle.SolidLine, lambda each: each.after, _("after")),
            (colours.phase(Phase.DONE).accent, Qt.PenStyle.DotLine, lambda each: each.next_morning, _("next morning")),
        )

    def _y(self, value: float) -> float:
        area = self.area()
        return area.bottom() - area.height() * value / _HIGHEST

    def area(self) -> QRectF:
        """Return the rectangle of the lines."""
        metrics = QFontMetrics(self.theme.font(Type.SMALL))
        left = metrics.horizontalAdvance("10") + 10
        top = metrics.height() + 10
        return QRectF(left, top, self.width() - left - 2, self.height() - top - metrics.height() - 8)
