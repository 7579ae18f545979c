"""What every painted chart has: values under the mouse and by the arrow keys, and the same numbers as a table."""

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
    """One value of a chart in words: of what, and how much; empty for nothing."""

    of: str
    much: str

    def __str__(self) -> str:
        return f"{self.of}: {self.much or _('nothing')}"


class Chart(QLabel):
    """A picture as wide as there is room, made of values one after another.

    The arrow keys go from value to value, Home and End to the first and the last; `pointed` carries the one that is
    pointed at, by key or by mouse, or None. A subclass paints, and knows the values and their places.
    """

    pointed = Signal(object)
    changed = Signal()

    step = 1
    """How many values the keys Up and Down go over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._at: int | None = None
        self.caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def values(self) -> Sequence[Value]:
        """Return all values in words, in order."""
        raise NotImplementedError

    def index_at(self, x: float, y: float) -> int | None:
        """Return the number of the value at that place, or None."""
        raise NotImplementedError

    def place(self, index: int) -> QRectF:
        """Return where a value is painted."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """Paint the chart."""
        raise NotImplementedError

    @property
    def at(self) -> int | None:
        """The number of the value that is pointed at, or None."""
        return self._at

    def text_at(self, x: float, y: float) -> str:
        """Return what to tell of the place at `x`, `y`."""
        index = self.index_at(x, y)
        return "" if index is None else str(self.values()[index])

    def show_values(self, name: str, caption: str = "") -> None:
        """Show what the values are now, under a name that sums them up for a screen reader.

        The eye has the heading beside it, and is told a shorter `caption` where there is one.
        """
        self.setAccessibleName(name)
        self.caption = caption or name
        self._point(None)
        self.changed.emit()
        self.update()

    def point_away(self) -> None:
        """Point at nothing."""
        self._point(None)

    def event(self, event: QEvent) -> bool:
        """Tell what stands under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip(event.globalPos(), self, self.text_at(event.pos().x(), event.pos().y()))
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the mouse."""
        self._point(self.index_at(event.position().x(), event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing when the mouse has gone."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing when the keys go elsewhere."""
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from value to value."""
        last = len(self.values()) - 1
        here = last + 1 if self._at is None else self._at
        there = {
            Qt.Key.Key_Left: here - self.step,
            Qt.Key.Key_Right: here + self.step,
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if there is None or last < 0:
            super().keyPressEvent(event)
            return
        self._point(max(0, min(last, there)))
        if self._at is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, str(self.values()[self._at])))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart, a frame around the value that is pointed at, and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colours.focus, FOCUS_WIDTH))
        if self._at is not None and self._at < len(self.values()):
            painter.drawRoundedRect(self.place(self._at).adjusted(-1, -1, 1, 1), 3, 3)
        if self.hasFocus():
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), Radius.SMALL, Radius.SMALL)

    def _point(self, index: int | None) -> None:
        if index != self._at:
            self._at = index
            value = None if index is None else self.values()[index]
            self.setAccessibleDescription("" if value is None else str(value))
            self.pointed.emit(value)
            self.update()


class WeekChart(Chart):
    """A chart of weeks side by side, each in a strip of its own. A subclass knows them, and where they are painted."""

    HIGH = 150
    """The usual height, at text of 100 %."""

    @property
    def count(self) -> int:
        """How many weeks there are."""
        raise NotImplementedError

    def area(self) -> QRectF:
        """Return where the weeks are painted; words stand around it."""
        raise NotImplementedError

    def index_at(self, x: float, y: float) -> int | None:
        """Return the week at that place."""
        area = self.area()
        if not self.count or not area.left() <= x <= area.right():
            return None
        return min(self.count - 1, int((x - area.left()) / area.width() * self.count))

    def place(self, index: int) -> QRectF:
        """Return the week's strip."""
        area = self.area()
        room = area.width() / self.count
        return QRectF(area.left() + index * room, area.top(), room, area.height())

    def sizeHint(self) -> QSize:
        """Return the size of the weeks and the words around them."""
        return QSize(320, self.theme.px(self.HIGH))

    def minimumSizeHint(self) -> QSize:
        """Return a width in which the weeks can be told apart."""
        return QSize(200, self.sizeHint().height())


class _NumberDelegate(RowDelegate):
    """Paints of what on the left and how much on the right."""

    def row_height(self, index: Index, width: int) -> int:
        return line_height(self.theme.font(Type.BODY)) + Space.SMALL

    def marks_selection(self, index: Index) -> bool:
        return False

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        value: Value = index.data(ROW_ROLE)
        colours = self.theme.colours
        taken = draw_text(painter, rect, value.much, self.theme.font(Type.DIGITS), colours.text, right=True)
        left = rect.adjusted(0, 0, -taken - Space.MEDIUM, 0)
        draw_text(painter, left, value.of, self.theme.font(Type.BODY), colours.text_soft)


class ChartBox(QWidget):
    """A chart under its heading, with what it adds up to or points at, and its numbers as a list when asked for.

    They come newest first, those with nothing left out.
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
        chart.pointed.connect(self._tell)
        chart.changed.connect(self._fill)
        self._fill()

    def _tell(self, value: Value | None) -> None:
        self._pointed.setText(self._chart.caption if value is None else str(value))

    def _turn(self, numbers: bool) -> None:
        self._fill()
        self._chart.setVisible(not numbers)
        self.numbers.setVisible(numbers)

    def _fill(self) -> None:
        self._tell(None)
        if self.as_numbers.isChecked():
            self._values.show(value for value in reversed(self._chart.values()) if value.much)
