"""The base of every painted chart: values by mouse and arrow keys, and a list of the same values."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyleOptionViewItem, QWidget

from timer_app.i18n import _
from timer_app.ui.look.theme import FOCUS_WIDTH, Radius, Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import ElidedLabel, Label, show_tip
from timer_app.ui.widgets.layouts import column, row
from timer_app.ui.widgets.row_list import ROW_ROLE, Index, ListModel, RowDelegate, WholeList, draw_text, line_height


class Value(Struct, frozen=True):
    """One value of a chart as text; an empty `amount` for nothing."""

    label: str
    amount: str

    def __str__(self) -> str:
        return f"{self.label}: {self.amount or _('nothing')}"


class Chart(QLabel):
    """A painted sequence of values.

    The arrow keys move from value to value, Home and End to the first and the last; `pointed` carries the current
    value, by key or by mouse, or None. A subclass paints, and gives the values and their rectangles.
    """

    pointed = Signal(object)
    changed = Signal()

    step = 1
    """The number of values that the keys Left and Right move by."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._current: int | None = None
        self.caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def values(self) -> Sequence[Value]:
        """Return all values as text, in order."""
        raise NotImplementedError

    def index_at(self, x: float, y: float) -> int | None:
        """Return the index of the value at a position, or None."""
        raise NotImplementedError

    def value_rect(self, index: int) -> QRectF:
        """Return the rectangle of a value."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """Paint the chart."""
        raise NotImplementedError

    @property
    def current(self) -> int | None:
        """The index of the current value, or None."""
        return self._current

    def text_at(self, x: float, y: float) -> str:
        """Return the tooltip at a position."""
        index = self.index_at(x, y)
        return "" if index is None else str(self.values()[index])

    def show_values(self, name: str, caption: str = "") -> None:
        """Show changed values, with `name` as the accessible summary and `caption` as its shorter visible form."""
        self.setAccessibleName(name)
        self.caption = caption or name
        self._point(None)
        self.changed.emit()
        self.update()

    def clear_pointed(self) -> None:
        """Clear the current value."""
        self._point(None)

    def event(self, event: QEvent) -> bool:
        """Show a tooltip for the value under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip(event.globalPos(), self, self.text_at(event.pos().x(), event.pos().y()))
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the value under the mouse the current one."""
        self._point(self.index_at(event.position().x(), event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Clear the current value when the mouse leaves."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Clear the current value when the focus is lost."""
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from value to value."""
        last = len(self.values()) - 1
        current = last + 1 if self._current is None else self._current
        target = {
            Qt.Key.Key_Left: current - self.step,
            Qt.Key.Key_Right: current + self.step,
            Qt.Key.Key_Up: current - 1,
            Qt.Key.Key_Down: current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if target is None or last < 0:
            super().keyPressEvent(event)
            return
        self._point(max(0, min(last, target)))
        if self._current is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, str(self.values()[self._current])))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart, a frame around the current value, and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colours.focus, FOCUS_WIDTH))
        if self._current is not None and self._current < len(self.values()):
            painter.drawRoundedRect(self.value_rect(self._current).adjusted(-1, -1, 1, 1), 3, 3)
        if self.hasFocus():
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Radius.SMALL, Radius.SMALL)

    def _point(self, index: int | None) -> None:
        if index != self._current:
            self._current = index
            value = None if index is None else self.values()[index]
            self.setAccessibleDescription("" if value is None else str(value))
            self.pointed.emit(value)
            self.update()


class WeekChart(Chart):
    """A chart of weeks side by side; a subclass gives their number and the area."""

    HIGH = 150
    """The usual height, at text of 100 %."""

    @property
    def count(self) -> int:
        """The number of weeks."""
        raise NotImplementedError

    def area(self) -> QRectF:
        """Return the rectangle of the weeks, without the labels around it."""
        raise NotImplementedError

    def index_at(self, x: float, y: float) -> int | None:
        """Return the index of the week at a position, or None."""
        area = self.area()
        if not self.count or not area.left() <= x <= area.right():
            return None
        return min(self.count - 1, int((x - area.left()) / area.width() * self.count))

    def value_rect(self, index: int) -> QRectF:
        """Return the rectangle of a week."""
        area = self.area()
        room = area.width() / self.count
        return QRectF(area.left() + index * room, area.top(), room, area.height())

    def sizeHint(self) -> QSize:
        """Return the size of the weeks and their labels."""
        return QSize(320, self.theme.px(self.HIGH))

    def minimumSizeHint(self) -> QSize:
        """Return the least legible size."""
        return QSize(200, self.sizeHint().height())


class _NumberDelegate(RowDelegate):
    """Paint a label on the left and its amount on the right."""

    def row_height(self, index: Index, width: int) -> int:
        return line_height(self.theme.font(Type.BODY)) + Space.SMALL

    def marks_selection(self, index: Index) -> bool:
        return False

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        value: Value = index.data(ROW_ROLE)
        colours = self.theme.colours
        taken = draw_text(painter, rect, value.amount, self.theme.font(Type.DIGITS), colours.text, right=True)
        left = rect.adjusted(0, 0, -taken - Space.MEDIUM, 0)
        draw_text(painter, left, value.label, self.theme.font(Type.BODY), colours.text_soft)


class ChartBox(QWidget):
    """A chart under its heading and its summary or current value, with a list of its values on demand.

    The list is newest first, without empty values.
    """

    def __init__(self, theme: Theme, heading: str, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self._pointed = ElidedLabel(theme, role=Type.SMALL, tone="soft")
        self.as_numbers = Button(
            theme, _("Numbers"), role="quiet", tip=_("Show {heading} in numbers").format(heading=heading)
        )
        self.as_numbers.setCheckable(True)
        self.as_numbers.toggled.connect(self._turn)
        self._values = ListModel[Value](str)
        self.numbers = WholeList(theme, heading, self._values, _NumberDelegate)
        self.numbers.hide()
        top = row(Label(theme, heading, Type.HEADING, wrap=True), self.as_numbers)
        top.setStretch(0, 1)
        self.setLayout(column(top, self._pointed, Space.SMALL, chart, self.numbers))
        chart.pointed.connect(self._show_value)
        chart.changed.connect(self._fill)
        self._fill()

    def _show_value(self, value: Value | None) -> None:
        self._pointed.setText(self._chart.caption if value is None else str(value))

    def _turn(self, numbers: bool) -> None:
        self._fill()
        self._chart.setVisible(not numbers)
        self.numbers.setVisible(numbers)

    def _fill(self) -> None:
        self._show_value(None)
        if self.as_numbers.isChecked():
            self._values.show(value for value in reversed(self._chart.values()) if value.amount)
