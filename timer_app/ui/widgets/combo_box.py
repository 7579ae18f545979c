"""A themed combo box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from timer_app.plain_text import plain_line
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Theme, Type


class ComboBox(QComboBox):
    """A combo box of values by their names. `chosen` carries the value that the user chose."""

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
        """Select a value; one that is not offered selects nothing."""
        self.setCurrentIndex(next((row for row in range(self.count()) if self.itemData(row) == value), -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Return a size with room for a short name."""
        return QSize(self._theme.px(64), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the control with the theme's arrow."""
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
