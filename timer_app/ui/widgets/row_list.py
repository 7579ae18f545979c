"""Themed lists of painted rows, with the accessible text in the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from timer_app.plain_text import plain_line
from timer_app.ui.look.theme import FOCUS_WIDTH, Radius, Space, Theme, Type

Index = QModelIndex | QPersistentModelIndex


Row = TypeVar("Row")

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The role of the row itself."""


class ListModel(QAbstractListModel, Generic[Row]):
    """Rows of a list; `text` gives the accessible text of one, and `tip` its tooltip."""

    def __init__(self, text: Callable[[Row], str], tip: Callable[[Row], str] | None = None) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self._text = text
        self._tip = tip

    def show(self, rows: Iterable[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return a row's words, or the row itself."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row)
        if role == Qt.ItemDataRole.ToolTipRole and self._tip is not None:
            return self._tip(row)
        return row if role == ROW_ROLE else None


class RowList(QListView):
    """A list whose rows are painted by a `RowDelegate`; the keys work as in every list."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        theme.changed.connect(self._lay_out_again)

    def _lay_out_again(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class WholeList(RowList):
    """A list as high as all of its rows; the page around it scrolls, not the list."""

    def __init__(
        self, theme: Theme, name: str, model: QAbstractListModel, delegate: Callable[..., RowDelegate]
    ) -> None:
        super().__init__(theme, name)
        self.setModel(model)
        self.setItemDelegate(delegate(theme, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        model.modelReset.connect(self.updateGeometry)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return a size with room for every row."""
        return QSize(280, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the height of every row: the page scrolls, not the list."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of every row together in a list of this width."""
        model, delegate = self.model(), self.itemDelegate()
        rows = model.rowCount()
        frame = 2 * self.frameWidth()
        row = delegate.row_height(model.index(0, 0), width - frame) if rows and isinstance(delegate, RowDelegate) else 0
        return rows * row + frame + Space.TIGHT

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out again at another width: Qt caches their heights."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class RowDelegate(QStyledItemDelegate):
    """Paint the ground of a row; a subclass paints its content in `paint_row`."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.theme = theme

    def row_height(self, index: Index, width: int) -> int:
        """Return the height of one row, `width` logical pixels wide."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        """Paint the content of a row within `rect`."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the row's size."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        return QSize(0, self.row_height(index, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row: ground, focus ring, content."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        whole: QRectF = QRectF(option.rect)
        box = whole.adjusted(Space.HAIR, 1, -Space.HAIR, -1)
        colours = self.theme.colours
        ground: QColor | None = None
        if state & QStyle.StateFlag.State_Selected and self.marks_selection(index):
            ground = colours.selected
        elif state & QStyle.StateFlag.State_MouseOver and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            ground = colours.hover
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, FOCUS_WIDTH))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), Radius.CONTROL - 1, Radius.CONTROL - 1)
        self.paint_row(painter, box.adjusted(Space.MEDIUM, 0, -Space.MEDIUM, 0), index, option)
        painter.restore()

    def marks_selection(self, index: Index) -> bool:
        """Whether a selected row is shown on a ground of its own."""
        return True


class TwoLineDelegate(RowDelegate):
    """A read-only row of two lines: a strong one above a small one."""

    def row_height(self, index: Index, width: int) -> int:
        """Return the height of the two lines with their space."""
        upper, lower = line_height(self.theme.font(Type.STRONG)), line_height(self.theme.font(Type.SMALL))
        return upper + lower + Space.HAIR + 2 * Space.SMALL

    def marks_selection(self, index: Index) -> bool:
        """Never highlight a selected row."""
        return False


def draw_text(painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor, *, right: bool = False) -> float:
    """Draw one line of text, vertically centred in `rect` and elided where it is too long; return its width."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(plain_line(text), Qt.TextElideMode.ElideRight, max(0, int(rect.width())))
    painter.setFont(font)
    painter.setPen(colour)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


def two_lines(rect: QRectF, top: float, upper: int, lower: int) -> tuple[QRectF, QRectF]:
    """Return the rectangles of two lines of these heights, one below the other, from `top` on."""
    first = QRectF(rect.left(), top, rect.width(), upper)
    return first, QRectF(rect.left(), first.bottom() + Space.HAIR, rect.width(), lower)


def draw_row(painter: QPainter, lines: tuple[QRectF, QRectF], texts: tuple[str, str, str], theme: Theme) -> None:
    """Draw a title, a detail below it, and a length on the right: beside the title, or below it on a narrow list."""
    upper, lower = lines
    title, detail, length = texts
    colours = theme.colours
    narrow = upper.width() < theme.px(210)
    font = theme.font(Type.SMALL if narrow else Type.DIGITS)
    taken = draw_text(painter, lower if narrow else upper, length, font, colours.text_soft, right=True)
    room = taken + Space.MEDIUM if length else 0
    upper = upper.adjusted(0, 0, 0 if narrow else -room, 0)
    lower = lower.adjusted(0, 0, -room if narrow else 0, 0)
    draw_text(painter, upper, title, theme.font(Type.STRONG), colours.text)
    draw_text(painter, lower, detail, theme.font(Type.SMALL), colours.text_soft)


def line_height(font: QFont) -> int:
    """Return the height of one line of text."""
    return QFontMetrics(font).height()


def is_left_click(event: QEvent) -> bool:
    """Whether an event is the release of the left mouse button."""
    return event.type() is QEvent.Type.MouseButtonRelease and getattr(event, "button", lambda: None)() is (
        Qt.MouseButton.LeftButton
    )
