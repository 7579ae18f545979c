"""Paint a row of the step tree: icon, title, detail, length and warning."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from timer_app.presentation.phase import Phase
from timer_app.presentation.step_rows import RowKind, TreeRow
from timer_app.ui.editor.tree.model import ROW_ROLE
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.row_list import Index, RowDelegate, draw_text, line_height, two_lines

_INDENT = 22
_INDENT_MOST = 30
"""Indentation of steps in rounds: logical pixels at 100 % text size, and at most."""

_NARROW = 190
_DOT = 9.0


def indent(theme: Theme) -> int:
    """Return the indentation of each depth of rounds, in logical pixels."""
    return min(theme.px(_INDENT), _INDENT_MOST)


class StepDelegate(RowDelegate):
    """Paint session, steps and rounds; each row spans the whole width."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(theme, view)

    def row_height(self, index: Index, width: int) -> int:
        """Return the height of two lines with padding."""
        upper, lower = line_height(self.theme.font(Type.STRONG)), line_height(self.theme.font(Type.SMALL))
        return upper + lower + Space.HAIR + 2 * Space.SMALL

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        """Paint the icon, and beside it the title over the detail."""
        row: TreeRow = index.data(ROW_ROLE)
        theme, colours = self.theme, self.theme.colours
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        step = indent(theme)
        left = float(option.rect.left()) + Space.TIGHT
        depth = max(0, len(row.path) - 1)
        painter.setPen(QPen(colours.border, 1))
        for number in range(depth):
            x = left + (number + 0.5) * step
            painter.drawLine(QPointF(x, option.rect.top()), QPointF(x, option.rect.bottom() + 1))
        sign = QRectF(left + depth * step, rect.top(), step, rect.height())
        self._paint_sign(painter, sign, row, option)
        rect = QRectF(rect)
        rect.setLeft(sign.right() + Space.TIGHT)
        ink, soft = (colours.text, colours.text_soft) if enabled else (colours.outline, colours.outline)
        if row.problems:
            side = float(theme.px(18))
            place = QRectF(rect.right() - side, rect.center().y() - side / 2, side, side)
            paint_icon(painter, "warning", place, colours.warning.ink if enabled else colours.outline)
            rect.setRight(place.left() - Space.SMALL)
            soft = colours.warning.ink if enabled else colours.outline
        self._paint_words(painter, rect, row, (ink, soft))

    def _paint_words(self, painter: QPainter, rect: QRectF, row: TreeRow, inks: tuple[QColor, QColor]) -> None:
        theme, (ink, soft) = self.theme, inks
        name, small = self._title_font(row), theme.font(Type.SMALL)
        upper_height, lower_height = line_height(theme.font(Type.STRONG)), line_height(small)
        both = upper_height + (lower_height + Space.HAIR if row.detail else 0)
        upper, lower = two_lines(rect, rect.center().y() - both / 2, upper_height, lower_height)
        narrow = rect.width() < theme.px(_NARROW) and bool(row.detail)
        beside = lower if narrow else upper
        digits = small if narrow else theme.font(Type.DIGITS)
        taken = draw_text(painter, beside, row.length, digits, inks[1], right=True) if row.length else 0.0
        beside.setRight(beside.right() - taken - (Space.SMALL if taken else 0))
        draw_text(painter, upper, row.title, name, soft if row.is_placeholder else ink)
        draw_text(painter, lower, row.detail, small, soft)

    def _title_font(self, row: TreeRow) -> QFont:
        font = self.theme.font(Type.BODY if row.kind is RowKind.REST else Type.STRONG)
        font.setItalic(row.is_placeholder)
        return font

    def _paint_sign(self, painter: QPainter, box: QRectF, row: TreeRow, option: QStyleOptionViewItem) -> None:
        """Paint the icon of the row's kind: a dot for work, a ring for rest, an arrow that folds rounds."""
        colours = self.theme.colours
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        ink = colours.text_soft if enabled else colours.outline
        if row.kind in (RowKind.SESSION, RowKind.ROUNDS):
            side = min(float(self.theme.px(16)), box.width() - Space.HAIR)
            place = QRectF(0, 0, side, side)
            place.moveCenter(box.center())
            if row.kind is RowKind.SESSION:
                paint_icon(painter, "sliders", place, ink)
            elif option.state & QStyle.StateFlag.State_Children:
                self._paint_arrow(painter, place, ink, opened=bool(option.state & QStyle.StateFlag.State_Open))
            else:
                painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DotLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(place.adjusted(2, 2, -2, -2))
            return
        phase = colours.phase(Phase.WORK if row.kind is RowKind.WORK else Phase.REST)
        accent = phase.accent if enabled else colours.outline
        size = min(self.theme.px(_DOT), box.width() / 2)
        dot = QRectF(0, 0, size, size)
        dot.moveCenter(box.center())
        full = row.kind is RowKind.WORK
        painter.setPen(QPen(accent, 2))
        painter.setBrush(accent if full else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))

    def _paint_arrow(self, painter: QPainter, box: QRectF, ink: QColor, *, opened: bool) -> None:
        painter.save()
        painter.translate(box.center())
        painter.rotate(90 if opened else 0)
        reach = box.width() / 4
        painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([QPointF(-reach / 2, -reach), QPointF(reach / 2, 0), QPointF(-reach / 2, reach)])
        painter.restore()
