"""The list of runs: as many as have been scrolled to, and how a row of it is painted."""

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
"""How many runs are read at once."""

Runs: TypeAlias = tuple[RunSummary, ...]


class RunModel(ListModel[RunSummary]):
    """Runs, newest first. `more_requested` comes when the list was scrolled to the end of those that are known."""

    more_requested = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__(partial(_words, clock))
        self._complete = True

    def show_runs(self, runs: Runs, *, complete: bool) -> None:
        """Show these runs; with `complete` there are no more, else more that are known stay as they are."""
        if runs != (self.rows if complete else self.rows[: len(runs)]):
            self._complete = complete
            self.show(runs)
        elif len(runs) == len(self.rows):
            self._complete = complete

    def add(self, runs: Runs, *, complete: bool) -> None:
        """Show more runs below those that are known."""
        self._complete = complete
        known = {run.id for run in self.rows}
        fresh = tuple(run for run in runs if run.id not in known)
        if fresh:
            self.beginInsertRows(self.index(-1), len(self.rows), len(self.rows) + len(fresh) - 1)
            self.rows += fresh
            self.endInsertRows()

    def row_of(self, run_id: str) -> int:
        """Return the number of a run's row, or -1 when it is not known."""
        return next((number for number, run in enumerate(self.rows) if run.id == run_id), -1)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there may be more runs."""
        return not self._complete and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Ask for more runs; they come later."""
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
        """Show the same runs as they are now, with what was in view still in view, and the keys where they were."""
        bar, row = self.verticalScrollBar(), self.currentIndex().row()
        top = bar.value()
        self.runs.show_runs(runs, complete=complete)
        if self.currentIndex().row() != row:
            here = self.runs.index(min(row, len(self.runs.rows) - 1))
            self.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.doItemsLayout()
            bar.setValue(top)


def read_further(known: Runs, read: Callable[[int, datetime | None], Runs]) -> tuple[Runs, bool]:
    """Return the next runs below those that are known, and whether they are the last.

    `read` gives so many runs that began not later than a time. Those of the very moment at which the known ones end are
    read once more: not all of them need be known.
    """
    until = known[-1].started_at if known else None
    limit = PAGE + sum(run.started_at == until for run in known)
    runs = read(limit, until)
    return runs, len(runs) < limit


def row_detail(run: RunSummary) -> str:
    """Return what a row tells below the session's name: `18:30 · stopped early`."""
    parts = [f"{run.started_at:%H:%M}"]
    if run.outcome is not RunOutcome.COMPLETED:
        parts.append(formatting.run_outcome(run.outcome))
    if run.effort is not None:
        parts.append(_("effort {n}").format(n=run.effort))
    if run.note:
        parts.append(run.note.split("\n", 1)[0])
    return " · ".join(parts)


def seen_detail(run: RunSummary, today: date) -> str:
    """Return `row_detail` for the eye, which is told the day in short: with the year where it is another one."""
    detail = row_detail(run)
    return detail if run.started_at.year == today.year else f"{run.started_at.year} · {detail}"


class RunDelegate(RowDelegate):
    """Paints a run: the day on the left, the session and how it went beside it, its length on the right."""

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
        draw_row(painter, lines, (run.session, seen_detail(run, today), formatting.clock_time(run.actual)), theme)

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
