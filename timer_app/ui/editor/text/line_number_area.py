"""The line numbers beside a text, with an icon for each line that has a problem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from timer_app.ui.editor.text.diagnostics import Diagnostics
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import show_tip

_LEAST_DIGITS = 2
_SIGN = 14


class Lines(Protocol):
    """What the line numbers need of their text."""

    def lines_in_view(self) -> Iterator[tuple[int, QRectF]]:
        """Yield the number, from 0, and the rectangle of each visible line."""

    def line_count(self) -> int:
        """Return the number of lines."""

    def caret_line(self) -> int:
        """Return the number, from 0, of the line with the caret."""


class LineNumberArea(QWidget):
    """The numbers left of a text. `line_clicked` carries the clicked line, from 0."""

    line_clicked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget, lines: Lines, findings: Diagnostics) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self.findings = findings

    def sizeHint(self) -> QSize:
        """Return a size with room for the icon and the longest number."""
        digits = max(_LEAST_DIGITS, len(str(self._lines.line_count())))
        number = self.fontMetrics().horizontalAdvance("0" * digits)
        return QSize(self._icon_size() + Space.TIGHT + number + Space.MEDIUM, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers and icons of the visible lines."""
        colours = self._theme.colours
        painter = QPainter(self)
        wrong, caret, side = self.findings.lines(), self._lines.caret_line(), self._icon_size()
        for number, place in self._lines.lines_in_view():
            box = QRectF(0, place.top(), self.width() - Space.MEDIUM, place.height())
            painter.setPen(colours.text if number == caret else colours.text_soft)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number + 1))
            if number in wrong:
                sign = QRectF(0, place.top() + (place.height() - side) / 2, side, side)
                paint_icon(painter, "warning", sign, colours.code.wave)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Emit the clicked line."""
        number = self._line_at(event.position().y())
        if number is not None:
            self.line_clicked.emit(number)

    def event(self, event: QEvent) -> bool:
        """Show the problems of the line under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._line_at(event.pos().y())
            marks = self.findings.in_line(number) if number is not None else ()
            show_tip(event.globalPos(), self, *([mark.words for mark in marks] or [self.toolTip()]))
            return True
        return super().event(event)

    def _line_at(self, y: float) -> int | None:
        return next((number for number, place in self._lines.lines_in_view() if place.contains(place.left(), y)), None)

    def _icon_size(self) -> int:
        return self._theme.px(_SIGN)

    def apply_theme(self) -> None:
        """Apply the current theme."""
        self.setFont(self._theme.font(Type.CODE))
        self.update()
