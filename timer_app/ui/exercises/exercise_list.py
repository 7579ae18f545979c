"""The model and the delegate of the exercise list."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from timer_app.exercises.catalogue import LoadedCatalogue
from timer_app.exercises.model import Exercise
from timer_app.i18n import _
from timer_app.presentation.exercise_rows import ExerciseRow, Heading, Row, exercise_rows
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.widgets.row_list import (
    ROW_ROLE,
    Index,
    ListModel,
    RowDelegate,
    draw_row,
    draw_text,
    line_height,
    two_lines,
)

AnyRow = TypeVar("AnyRow")


class HeadedModel(ListModel[AnyRow]):
    """Rows with headings between them."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Make rows selectable, but not headings."""
        if isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class ExerciseModel(HeadedModel[Row]):
    """The exercises that match the search, by body area."""

    def __init__(self, loaded: LoadedCatalogue) -> None:
        super().__init__(_words)
        self._loaded = loaded
        self.rows = exercise_rows(loaded)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises that match the search."""
        return tuple(row.exercise for row in self.rows if isinstance(row, ExerciseRow))

    def search(self, text: str) -> None:
        """Show the exercises that have every word of `text`."""
        rows = exercise_rows(self._loaded, text)
        if rows != self.rows:
            self.show(rows)

    def row_of(self, identifier: str) -> int:
        """Return the row of an exercise, or -1 where it is not shown."""
        for number, row in enumerate(self.rows):
            if isinstance(row, ExerciseRow) and row.exercise.id == identifier:
                return number
        return -1


def _words(row: Row) -> str:
    if isinstance(row, Heading):
        return row.title
    parts = (row.exercise.name, _("yours") if row.own else "", row.exercise.trains)
    return ", ".join(part for part in parts if part)


class ExerciseDelegate(RowDelegate):
    """Paint an exercise, its name above what it trains, or a heading."""

    def row_height(self, index: Index, width: int) -> int:
        """Return the height of a heading with room above it, or of two lines with room around them."""
        if isinstance(index.data(ROW_ROLE), Heading):
            return line_height(self.theme.font(Type.LABEL)) + Space.SMALL + (Space.WIDE if index.row() else Space.SMALL)
        upper, lower = self.theme.font(Type.STRONG), self.theme.font(Type.SMALL)
        return line_height(upper) + line_height(lower) + Space.HAIR + 2 * Space.SMALL

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        """Paint the heading, or the two lines."""
        row = index.data(ROW_ROLE)
        theme = self.theme
        if isinstance(row, Heading):
            font = theme.font(Type.LABEL)
            height = line_height(font)
            place = QRectF(rect.left(), rect.bottom() - height - Space.TIGHT, rect.width(), height)
            draw_text(painter, place, row.title, font, theme.colours.accent_ink)
            return
        upper, lower = line_height(theme.font(Type.STRONG)), line_height(theme.font(Type.SMALL))
        lines = two_lines(rect, rect.center().y() - (upper + lower + Space.HAIR) / 2, upper, lower)
        draw_row(painter, lines, self.texts(index), theme)

    def texts(self, index: Index) -> tuple[str, str, str]:
        """Return the title, the detail and the mark on the right of an exercise's row."""
        row: ExerciseRow = index.data(ROW_ROLE)
        return row.exercise.name, row.exercise.trains, _("yours") if row.own else ""
