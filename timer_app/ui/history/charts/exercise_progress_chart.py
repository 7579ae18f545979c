"""The progress of one exercise by week, as a chart with values."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QMargins, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from timer_app.history.statistics.exercise_progress import DoneExercise, ExerciseProgress
from timer_app.i18n import _, ngettext
from timer_app.plain_text import plain_line
from timer_app.presentation import formatting
from timer_app.ui.history.charts.base import ChartBox, Value, WeekChart
from timer_app.ui.look.theme import TEXT_WIDTH, Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import ScrollPage, column, margins, row

WEEKS = 26
"""The most weeks of a line, the last ones in which the exercise was done."""

_WIDTH, _HEIGHT = 560, 390


def measures(done: DoneExercise) -> str:
    """Return the totals of an exercise: `longest hold 1:10 · 120 reps · 24 min`."""
    parts = []
    if done.longest_hold:
        parts.append(_("longest hold {length}").format(length=formatting.clock_time(done.longest_hold)))
    if done.reps:
        parts.append(ngettext("{n} rep", "{n} reps", done.reps).format(n=done.reps))
    parts.append(formatting.about_minutes(done.time))
    return " · ".join(parts)


def times(done: DoneExercise) -> str:
    """Return the number of runs with an exercise: `3 times`."""
    return ngettext("{n} time", "{n} times", done.runs).format(n=done.runs)


def growth(progress: ExerciseProgress) -> tuple[float, ...]:
    """Return the measure of each week from 0 to 1: reps per run, else the longest hold, else time per run."""
    values = [_measure(progress.total, done) for _monday, done in progress.weeks]
    highest = max(values, default=0.0)
    return tuple(value / highest if highest else 0.0 for value in values)


def measured(total: DoneExercise) -> str:
    """Return the name of the measure of an exercise."""
    if total.reps:
        return _("Reps each time")
    return _("Longest hold") if total.longest_hold else _("Time each time")


def week_measures(total: DoneExercise, done: DoneExercise) -> str:
    """Return what was done in a week, beginning with the measure: `12 reps each time · 3 times`."""
    measure = _measure(total, done)
    if total.reps:
        n = f"{measure:.3g}"
        first = ngettext("{n} rep each time", "{n} reps each time", 1 if n == "1" else 2).format(n=n)
    elif total.longest_hold:
        first = _("longest hold {length}").format(length=formatting.clock_time(round(measure)))
    else:
        first = _("{length} each time").format(length=formatting.clock_time(round(measure)))
    return " · ".join((first, times(done), formatting.about_minutes(done.time)))


def _measure(total: DoneExercise, done: DoneExercise) -> float:
    if total.longest_hold and not total.reps:
        return done.longest_hold
    return done.reps / done.runs if total.reps else done.time / done.runs


class ExerciseProgressChart(WeekChart):
    """A line with a point for each of the last weeks in which an exercise was done."""

    def __init__(self, theme: Theme, progress: ExerciseProgress) -> None:
        super().__init__(theme)
        self._total = progress.total
        self._weeks = progress.weeks[-WEEKS:]
        values = [_measure(progress.total, done) for _monday, done in self._weeks]
        highest = max(values)
        self._heights = [value / (highest or 1) for value in values]
        self._highest = f"{highest:.3g}" if progress.total.reps else formatting.clock_time(round(highest))
        name = _("{measure}, week by week. Latest: {latest}.")
        self.show_values(
            name.format(measure=measured(progress.total), latest=self.values()[-1]),
            _("Latest: {latest}").format(latest=self.values()[-1].amount),
        )

    @property
    def count(self) -> int:
        """The number of weeks."""
        return len(self._weeks)

    def values(self) -> tuple[Value, ...]:
        """Return each week with what was done in it."""
        return tuple(Value(_week(monday), week_measures(self._total, done)) for monday, done in self._weeks)

    def paint(self, painter: QPainter) -> None:
        """Paint the highest value, the line with its points, and the days of the first and the last week."""
        colours, area = self.theme.colours, self.area()
        font = self.theme.font(Type.SMALL)
        high = QFontMetrics(font).height()
        painter.setFont(font)
        painter.setPen(QPen(colours.border, 1))
        painter.drawLine(area.topLeft(), area.topRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(colours.text_soft)
        above = QRectF(area.left(), area.top() - high - Space.HAIR, area.width(), high)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, self._highest)
        below = QRectF(area.left(), area.bottom() + Space.TIGHT, area.width(), high)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, formatting.short_day(self._weeks[0][0]))
        if len(self._weeks) > 1:
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, formatting.short_day(self._weeks[-1][0]))
        points = [
            QPointF(self.value_rect(number).center().x(), area.bottom() - area.height() * value)
            for number, value in enumerate(self._heights)
        ]
        painter.setPen(QPen(colours.accent, 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        for point in points:
            painter.drawEllipse(point, 3, 3)

    def area(self) -> QRectF:
        """Return the rectangle of the line."""
        high = QFontMetrics(self.theme.font(Type.SMALL)).height()
        # Room for the focus ring.
        edge = high + Space.SMALL
        return QRectF(Space.SMALL, edge, self.width() - 2 * Space.SMALL, self.height() - 2 * edge)


def _week(monday: date) -> str:
    """Return a week with its year: the weeks of an exercise may be years apart."""
    return _("Week of {day}").format(day=formatting.short_day(monday))


class ExerciseProgressDialog(QDialog):
    """The dialog with the chart of one exercise."""

    def __init__(self, theme: Theme, progress: ExerciseProgress, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(plain_line(progress.title))
        self.chart = ExerciseProgressChart(theme, progress)
        self.box = ChartBox(theme, measured(progress.total), self.chart)
        scroll = ScrollPage(TEXT_WIDTH)
        body = QVBoxLayout(scroll.content)
        margins(body, 0)
        body.addWidget(self.box)
        body.addStretch(1)
        close = Button(theme, _("Close"))
        close.clicked.connect(self.accept)
        close.setAutoDefault(False)
        title = Label(theme, progress.title, Type.TITLE, wrap=True)
        total = Label(theme, measures(progress.total), tone="soft", wrap=True)
        layout = QVBoxLayout(self)
        margins(layout, Space.WIDE)
        layout.addLayout(column(title, Space.TIGHT, total, Space.LARGE, scroll, Space.WIDE, row(0, close)))
        room = parent.window().size().shrunkBy(QMargins(*4 * [Space.PAGE]))
        self.resize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)).boundedTo(room))
        self.chart.setFocus()
