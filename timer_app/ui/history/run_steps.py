"""The intervals of one run: what was planned and what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from timer_app.definition.model import Side
from timer_app.history.records import IntervalOutcome, IntervalRecord
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.presentation.phase import phase_of
from timer_app.timeline.intervals import IntervalKind
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.row_list import ROW_ROLE, Index, ListModel, RowDelegate, WholeList, draw_text, line_height

_Row: TypeAlias = tuple[IntervalRecord, str]
"""An interval, and its text of `step_words`."""

_SHOWN = (IntervalKind.WORK, IntervalKind.LAST_REP_HOLD, IntervalKind.REST)


def step_words(step: IntervalRecord, sets: int) -> str:
    """Return the set, round and side of an interval: `hold the last rep · set 2 of 3 · left`, of `sets` in all."""
    parts = []
    if step.kind == IntervalKind.LAST_REP_HOLD:
        parts.append(formatting.kind(IntervalKind.LAST_REP_HOLD).lower())
    if step.round is not None:
        parts.append(_("round {number}").format(number=step.round))
    if step.set is not None and sets > 1 and step.kind != IntervalKind.REST:
        parts.append(_("set {number} of {count}").format(number=step.set, count=sets))
    if step.side is not None:
        parts.append(formatting.side(Side(step.side)))
    return " · ".join(parts)


def step_result(step: IntervalRecord) -> str:
    """Return the result of an interval: `0:45 of 1:00`, `10 reps · 0:40`, `1:00 · best of 2`, `skipped`."""
    if step.outcome is IntervalOutcome.SKIPPED:
        return formatting.interval_outcome(step.outcome)
    parts = []
    if step.actual_reps is not None:
        parts.append(_("{count} reps").format(count=step.actual_reps))
    actual = formatting.clock_time(step.actual)
    if step.planned is not None and formatting.clock_time(step.planned) != actual:
        parts.append(_("{actual} of {planned}").format(actual=actual, planned=formatting.clock_time(step.planned)))
    else:
        parts.append(actual)
    if step.attempts > 1 and step.kind != IntervalKind.REST:
        parts.append(_("best of {count}").format(count=step.attempts))
    return " · ".join(parts)


def _words(row: _Row) -> str:
    step, apart = row
    return ", ".join(part for part in (step.title, apart, step_result(step)) if part)


class _StepDelegate(RowDelegate):
    """Paint an interval: a bar in its phase's colour, its name, its set and side, and its result."""

    def row_height(self, index: Index, width: int) -> int:
        return line_height(self.theme.font(Type.BODY)) + 2 * Space.SMALL

    def marks_selection(self, index: Index) -> bool:
        return False

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        step, apart = index.data(ROW_ROLE)
        theme, colours = self.theme, self.theme.colours
        shades = colours.phase(phase_of(IntervalKind(step.kind)))
        done = step.outcome is IntervalOutcome.DONE
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.accent if done else shades.track)
        tall = rect.height() * (0.56 if step.kind != IntervalKind.REST else 0.24)
        painter.drawRoundedRect(QRectF(rect.left(), rect.center().y() - tall / 2, 5, tall), 2.5, 2.5)
        rect = rect.adjusted(5 + Space.MEDIUM, 0, 0, 0)
        ink = colours.text if done and step.kind != IntervalKind.REST else colours.text_soft
        taken = draw_text(painter, rect, step_result(step), theme.font(Type.DIGITS), ink, right=True)
        rect = rect.adjusted(0, 0, -taken - Space.LARGE, 0)
        name = draw_text(painter, rect, step.title, theme.font(Type.BODY), ink)
        beside = rect.adjusted(name + Space.MEDIUM, 0, 0, 0)
        if beside.width() > theme.px(40):
            draw_text(painter, beside, apart, theme.font(Type.SMALL), colours.text_soft)


class StepsView(WholeList):
    """The list of the intervals of a run."""

    def __init__(self, theme: Theme) -> None:
        self.steps = ListModel[_Row](_words)
        super().__init__(theme, _("What was done, step by step"), self.steps, _StepDelegate)

    def show_steps(self, intervals: Iterable[IntervalRecord]) -> None:
        """Show the work and the rests among these, without setup and changes of side."""
        steps = [step for step in intervals if step.kind in _SHOWN]
        sets: dict[str, int] = {}
        for step in steps:
            sets[step.title] = max(sets.get(step.title, 0), step.set or 0)
        self.steps.show((step, step_words(step, sets[step.title])) for step in steps)
