"""One of several: a drop-down list in the one look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from timer_app.plain_text import plain_line
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Theme, Type


class ComboBox(QComboBox):
    """A drop-down list of values by their names. `chosen` carries the value that the person took."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.activated.connect(lambda number: self.chosen.emit(self.itemData(number)))
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def offer(self, choices: Sequence[tuple[str, object]]) -> None:
        """Offer these names with their values, in order."""
        self.clear()
        for name, value in choices:
            self.addItem(plain_line(name), value)

    def choose(self, value: object) -> None:
        """Show a value as chosen; one that is not offered shows nothing."""
        self.setCurrentIndex(next((row for row in range(self.count()) if self.itemData(row) == value), -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: nobody changes a choice by scrolling past it."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Return a size in which a short name can be read."""
        return QSize(self._theme.px(64), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the control, with a sign of ours for the list below it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        side = float(self._theme.px(16))
        box = QRectF(self.width() - side - 10, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), "down", box, self._theme.colours.text_soft)

    def _apply_theme(self) -> None:
        self.setFont(self._theme.font(Type.BODY))
