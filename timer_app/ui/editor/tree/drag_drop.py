"""Drag and drop in the step tree, with a line where the steps would land."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QTreeView

from timer_app.definition.model import StepPath
from timer_app.presentation.step_moves import Edge, Landing, Lists, landing, within_itself
from timer_app.ui.editor.tree.delegate import indent
from timer_app.ui.look.theme import CLEAR, Radius, Space, Theme, Type
from timer_app.ui.widgets.row_list import draw_text, line_height

_OPEN_AFTER = 700
"""Milliseconds of hovering before folded rounds expand."""

_LINE = 3
_KNOB = 4.0


class DropTree(QTreeView):
    """A tree that accepts steps of its own and text from elsewhere.

    A subclass maps rows to paths, and handles what is dropped.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._dragged: tuple[StepPath, ...] = ()
        self.landing: Landing | None = None
        self._over: QPoint | None = None
        self.opening = QTimer(self, singleShot=True, interval=_OPEN_AFTER)
        self.opening.timeout.connect(self._open_rounds)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QTreeView.DragDropMode.DragDrop)
        self.setAutoScrollMargin(theme.px(32))

    def path_of(self, index: QModelIndex) -> StepPath | None:
        """Return the path of the step in a row; None where there is no row."""
        raise NotImplementedError

    def index_of(self, path: StepPath) -> QModelIndex:
        """Return the row of a step."""
        raise NotImplementedError

    def lists(self) -> Lists:
        """Return the number of steps in each list of the session."""
        raise NotImplementedError

    def request_move(self, paths: Sequence[StepPath], at: StepPath) -> None:
        """Request to move steps of this tree."""
        raise NotImplementedError

    def request_drop(self, text: str, at: StepPath) -> None:
        """Request to insert the steps of a text."""
        raise NotImplementedError

    def drag(self, paths: Sequence[StepPath], title: str, text: str) -> None:
        """Drag steps until the mouse is released; `text` is what other windows get."""
        mime = QMimeData()
        mime.setText(text)
        drag = QDrag(self)
        drag.setMimeData(mime)
        picture = drag_pixmap(self._theme, title, self.devicePixelRatioF())
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(-Space.MEDIUM, -Space.SMALL))
        self._dragged = tuple(paths)
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)
        self._dragged = ()
        self._clear_landing()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show where something would land."""
        super().dragEnterEvent(event)
        self._update_landing(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where something would land, and scroll at the edges."""
        super().dragMoveEvent(event)
        self._update_landing(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the landing line."""
        super().dragLeaveEvent(event)
        self._clear_landing()

    def dropEvent(self, event: QDropEvent) -> None:
        """Request to move the dragged steps, or to insert the dropped text."""
        self._update_landing(event)
        place, dragged = self.landing, self._dragged
        copies = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.stopAutoScroll()
        self.setState(QTreeView.State.NoState)
        self._clear_landing()
        if place is None:
            event.ignore()
            return
        if dragged and not copies:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.request_move(dragged, place.at)
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.request_drop(event.mimeData().text(), place.at)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Keep the landing line at the mouse while the rows scroll."""
        super().scrollContentsBy(dx, dy)
        if self._over is not None:
            self._set_landing(self._landing_at(self._over))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the landing line over them."""
        super().paintEvent(event)
        if self.landing is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_landing(painter, self.landing)
            painter.end()

    def _update_landing(self, event: QDropEvent) -> None:
        """Accept a drag where it can land, as a move for steps of this tree."""
        at = event.position().toPoint()
        takes = self.isEnabled() and (bool(self._dragged) or event.mimeData().hasText())
        self._over = at if takes else None
        place = self._landing_at(at) if takes else None
        if place is not None and self._dragged and within_itself(self._dragged, place.at):
            place = None
        self._set_landing(place)
        if place is None:
            event.ignore()
            return
        copies = not self._dragged or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        event.setDropAction(Qt.DropAction.CopyAction if copies else Qt.DropAction.MoveAction)
        event.accept()

    def _landing_at(self, at: QPoint) -> Landing | None:
        index = self.indexAt(at)
        path = self.path_of(index)
        lists = self.lists()
        if path is None:
            last = self._last_row()
            return Landing((lists[()],), last, Edge.BOTTOM) if last is not None else None
        rect = self.visualRect(index)
        height = (at.y() - rect.top()) / max(1, rect.height())
        level = max(0, (at.x() - Space.TIGHT) // indent(self._theme))
        folded = [path] if path in lists and not self.isExpanded(index) else []
        return landing(path, height, level, lists, folded)

    def _last_row(self) -> StepPath | None:
        index = self.model().index(self.model().rowCount() - 1, 0)
        while index.isValid() and self.isExpanded(index) and self.model().rowCount(index):
            index = self.model().index(self.model().rowCount(index) - 1, 0, index)
        return self.path_of(index)

    def _set_landing(self, place: Landing | None) -> None:
        if place == self.landing:
            return
        self.landing = place
        folded = place is not None and place.edge is Edge.WHOLE and not self.isExpanded(self.index_of(place.row))
        self.opening.start() if folded else self.opening.stop()
        self.viewport().update()

    def _clear_landing(self) -> None:
        self._over = None
        self._set_landing(None)

    def _open_rounds(self) -> None:
        if self.landing is not None:
            self.expand(self.index_of(self.landing.row))

    def _paint_landing(self, painter: QPainter, place: Landing) -> None:
        rect = QRectF(self._whole_row(self.index_of(place.row)))
        colours = self._theme.colours
        painter.setPen(QPen(colours.accent, _LINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if place.edge is Edge.WHOLE:
            painter.drawRoundedRect(rect.adjusted(3, 2, -3, -2), Radius.CONTROL, Radius.CONTROL)
            return
        y = rect.top() + _LINE / 2 if place.edge is Edge.TOP else rect.bottom()
        y = max(_KNOB + 1, min(y, self.viewport().height() - _KNOB - 1))
        left = Space.SMALL + (len(place.at) - 1) * indent(self._theme)
        painter.drawLine(QPointF(left + 2 * _KNOB, y), QPointF(rect.right() - Space.SMALL, y))
        painter.setBrush(colours.surface)
        painter.drawEllipse(QPointF(left + _KNOB, y), _KNOB, _KNOB)

    def _whole_row(self, index: QModelIndex) -> QRect:
        rect = self.visualRect(index)
        rect.setLeft(0)
        rect.setRight(self.viewport().width() - 1)
        return rect


def drag_pixmap(theme: Theme, title: str, ratio: float) -> QPixmap:
    """Return the drag pixmap: a tag with a title."""
    font, colours = theme.font(Type.STRONG), theme.colours
    width = min(ceil(QFontMetricsF(font).horizontalAdvance(title)) + 1, theme.px(220))
    size = QSize(width + 2 * Space.MEDIUM + 1, line_height(font) + 2 * Space.SMALL)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(CLEAR)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    painter.setPen(QPen(colours.accent, 1))
    painter.setBrush(colours.selected)
    painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    draw_text(painter, box.adjusted(Space.MEDIUM, 0, -Space.MEDIUM, 0), title, font, colours.text)
    painter.end()
    return picture
