"""The progress of every exercise: longest hold, reps, time, and a sparkline."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem

from timer_app.history.statistics.exercise_progress import ExerciseProgress
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.ui.history.charts.exercise_progress_chart import WEEKS, ExerciseProgressDialog, growth, measures, times
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import ScrollCard, column, inset
from timer_app.ui.widgets.row_list import (
    ROW_ROLE,
    Index,
    ListModel,
    TwoLineDelegate,
    WholeList,
    draw_text,
    line_height,
    two_lines,
)

_LINE = 110
_LEAST_WEEKS = 3


def _words(each: ExerciseProgress) -> str:
    return ", ".join((each.title, times(each.total), measures(each.total)))


def _tip(each: ExerciseProgress) -> str:
    monday, last = each.weeks[-1]
    latest = _("{week}: {measures}").format(week=formatting.week(monday), measures=measures(last))
    return "\n".join((latest, _("Click, or Enter: week by week")))


class _ProgressDelegate(TwoLineDelegate):
    """Paint an exercise: its name and measures, the number of runs on the right, and a sparkline."""

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        each: ExerciseProgress = index.data(ROW_ROLE)
        theme, colours = self.theme, self.theme.colours
        upper, lower = line_height(theme.font(Type.STRONG)), line_height(theme.font(Type.SMALL))
        room = theme.px(_LINE) if rect.width() > theme.px(3 * _LINE) else 0
        place = QRectF(rect.right() - room, rect.top() + Space.SMALL, room, rect.height() - 2 * Space.SMALL)
        rect = rect.adjusted(0, 0, -room - (Space.LARGE if room else 0), 0)
        first, second = two_lines(rect, rect.top() + Space.SMALL, upper, lower)
        often = draw_text(painter, first, times(each.total), theme.font(Type.SMALL), colours.text_soft, right=True)
        draw_text(
            painter, first.adjusted(0, 0, -often - Space.MEDIUM, 0), each.title, theme.font(Type.STRONG), colours.text
        )
        draw_text(painter, second, measures(each.total), theme.font(Type.SMALL), colours.text_soft)
        values = growth(each)
        if room and len(values) >= _LEAST_WEEKS:
            _paint_line(painter, place, values, theme)


def _paint_line(painter: QPainter, place: QRectF, values: tuple[float, ...], theme: Theme) -> None:
    """Paint the values of the last half year as a sparkline that ends in a point."""
    values = values[-WEEKS:]
    across = place.width() - 8
    points = [
        QPointF(
            place.left() + 4 + across * number / (len(values) - 1), place.bottom() - 3 - (place.height() - 6) * value
        )
        for number, value in enumerate(values)
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colours.accent, 1.6))
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colours.accent)
    painter.drawEllipse(points[-1], 2.8, 2.8)


class ExercisesView(ScrollCard):
    """The view of exercise progress on the right side of the History page."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        theme = services.theme
        self.exercises = ListModel[ExerciseProgress](_words, _tip)
        self.list = WholeList(theme, _("Exercises"), self.exercises, _ProgressDelegate)
        self.list.clicked.connect(self.open_chart)
        self.list.activated.connect(self.open_chart)
        self.dialog: ExerciseProgressDialog | None = None
        self._theme = theme
        self._soft = Label(theme, tone="soft", wrap=True)
        title = Label(theme, _("Your exercises"), Type.DISPLAY, wrap=True)
        self.body.addLayout(inset(column(title, Space.SMALL, self._soft, Space.LARGE)))
        self.body.addWidget(self.list)
        self.body.addStretch(1)
        self._soft.setText(_("Adding up …"))

    def open_chart(self, index: QModelIndex) -> None:
        """Open the chart of an exercise."""
        # Where a click activates a row, both signals are sent.
        if self.dialog is None:
            self.dialog = ExerciseProgressDialog(self._theme, self.exercises.rows[index.row()], self)
            self.dialog.finished.connect(self._close_dialog)
            self.dialog.open()

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def show_progress(self, rows: tuple[ExerciseProgress, ...]) -> None:
        """Show the progress of every exercise."""
        if rows != self.exercises.rows or not rows:
            self.exercises.show(rows)
        self._soft.setText(
            _("What was done with each, and how it went in the last weeks that it was done. Choose one to look closer.")
            if rows
            else _("When you have done an exercise, you see here how it grows.")
        )
