"""The list of runs, loaded page by page while scrolling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QItemSelectionModel, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from timer_app.clock import Clock
from timer_app.history.records import RunOutcome, RunSummary
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.row_list import (
    ROW_ROLE,
    Index,
    ListModel,
    RowDelegate,
    RowList,
    draw_row,
    line_height,
    two_lines,
)

PAGE = 200
"""The number of runs that are read at once."""

Runs: TypeAlias = tuple[RunSummary, ...]


class RunModel(ListModel[RunSummary]):
    """Runs, newest first. `more_requested` is emitted when the list was scrolled to the end of the loaded ones."""

    more_requested = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__(partial(_words, clock))
        self._complete = True

    def show_runs(self, runs: Runs, *, complete: bool) -> None:
        """Show these runs; unless `complete`, further loaded runs stay as they are."""
        if runs != (self.rows if complete else self.rows[: len(runs)]):
            self._complete = complete
            self.show(runs)
        elif len(runs) == len(self.rows):
            self._complete = complete

    def add(self, runs: Runs, *, complete: bool) -> None:
        """Append more runs."""
        self._complete = complete
        loaded = {run.id for run in self.rows}
        fresh = tuple(run for run in runs if run.id not in loaded)
        if fresh:
            self.beginInsertRows(self.index(-1), len(self.rows), len(self.rows) + len(fresh) - 1)
            self.rows += fresh
            self.endInsertRows()

    def row_of(self, run_id: str) -> int:
        """Return the row of a run, or -1 where it is not loaded."""
        return next((number for number, run in enumerate(self.rows) if run.id == run_id), -1)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there may be more runs."""
        return not self._complete and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Request more runs, which arrive later."""
        self.more_requested.emit()


def _words(clock: Clock, run: RunSummary) -> str:
    day = formatting.day_name(run.started_at.date(), clock.wall().date())
    return ", ".join((run.session, day, row_detail(run), formatting.clock_time(run.actual)))


class RunList(RowList):
    """The list of `runs`."""

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__(theme, _("Runs"))
        self.runs = RunModel(clock)
        self.setModel(self.runs)
        self.setItemDelegate(RunDelegate(theme, self, clock))
        self.setUniformItemSizes(True)

    def show_again(self, runs: Runs, *, complete: bool) -> None:
        """Show the same runs as they are now, and keep the scroll position and the current row."""
        bar, row = self.verticalScrollBar(), self.currentIndex().row()
        top = bar.value()
        self.runs.show_runs(runs, complete=complete)
        if self.currentIndex().row() != row:
            index = self.runs.index(min(row, len(self.runs.rows) - 1))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.doItemsLayout()
            bar.setValue(top)


def read_more(loaded: Runs, read: Callable[[int, datetime | None], Runs]) -> tuple[Runs, bool]:
    """Return the runs below the loaded ones, and whether they are the last.

    `read` returns a number of runs that began not later than a time. Those of the moment at which the loaded ones end
    are read once more, as not all of them need be loaded.
    """
    until = loaded[-1].started_at if loaded else None
    limit = PAGE + sum(run.started_at == until for run in loaded)
    runs = read(limit, until)
    return runs, len(runs) < limit


def row_detail(run: RunSummary) -> str:
    """Return the second line of a row: `18:30 · stopped early`."""
    parts = [f"{run.started_at:%H:%M}"]
    if run.outcome is not RunOutcome.COMPLETED:
        parts.append(formatting.run_outcome(run.outcome))
    if run.effort is not None:
        parts.append(_("effort {n}").format(n=run.effort))
    if run.note:
        parts.append(run.note.split("\n", 1)[0])
    return " · ".join(parts)


def visible_detail(run: RunSummary, today: date) -> str:
    """Return `row_detail` as painted: with the year where it is not this one."""
    detail = row_detail(run)
    return detail if run.started_at.year == today.year else f"{run.started_at.year} · {detail}"


class RunDelegate(RowDelegate):
    """Paint a run: the day on the left, the session and its details beside it, the length on the right."""

    def __init__(self, theme: Theme, view: QAbstractItemView, clock: Clock) -> None:
        super().__init__(theme, view)
        self._clock = clock

    def row_height(self, index: Index, width: int) -> int:
        """Return the height of two lines with room around them."""
        upper, lower = self.theme.font(Type.STRONG), self.theme.font(Type.SMALL)
        return line_height(upper) + line_height(lower) + Space.HAIR + 2 * Space.MEDIUM

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        """Paint the day and the two lines."""
        run: RunSummary = index.data(ROW_ROLE)
        today = self._clock.wall().date()
        theme = self.theme
        name, small = theme.font(Type.STRONG), theme.font(Type.SMALL)
        upper, lower = line_height(name), line_height(small)
        top = rect.center().y() - (upper + lower + Space.HAIR) / 2
        day = run.started_at.date()
        self._paint_day(painter, QRectF(rect.left(), top, theme.px(34), upper + lower + Space.HAIR), day, today)
        rect = rect.adjusted(theme.px(34) + Space.MEDIUM, 0, 0, 0)
        lines = two_lines(rect, top, upper, lower)
        draw_row(painter, lines, (run.session, visible_detail(run, today), formatting.clock_time(run.actual)), theme)

    def _paint_day(self, painter: QPainter, rect: QRectF, day: date, today: date) -> None:
        colours, theme = self.theme.colours, self.theme
        ink = colours.accent_ink if day == today else colours.text
        middle = Qt.AlignmentFlag.AlignHCenter
        painter.setPen(ink)
        painter.setFont(theme.digits(theme.px(17), QFont.Weight.DemiBold))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignTop, str(day.day))
        painter.setPen(colours.accent_ink if day == today else colours.text_soft)
        painter.setFont(theme.font(Type.SMALL))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignBottom, formatting.short_month(day.month))
