"""A label whose font grows to fill its rectangle."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from timer_app.plain_text import plain_text
from timer_app.ui.look.theme import Theme

SMALLEST = 8
"""The minimum font size in logical pixels; a rectangle too small even for this is a bug."""


def as_wide(text: str) -> str:
    """Return a template that texts of the same width share: all digits are equally wide."""
    return "".join("0" if char.isdigit() else char for char in text)


def fits(font: QFont, text: str, width: int, height: int, flags: int) -> bool:
    """Whether `text` in `font` fits into this size."""
    metrics = QFontMetrics(font)
    needed = metrics.boundingRect(QRect(0, 0, width, 100_000), flags, text)
    return needed.width() <= width and needed.height() <= height


class FitLabel(QLabel):
    """Show text in `largest` logical pixels, or as large as the rectangle allows where that is less.

    With `wrap` it takes as many lines as fit. The text is never cut and never read as HTML.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._weight = weight
        self._largest = 14.0
        self._ink = theme.colours.text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._wrap = wrap
        self._flags = 0
        self.align(align)

    def lay_out(self, rect: QRect, largest: float) -> None:
        """Set the geometry, and the font size to at most `largest` logical pixels."""
        self._largest = largest
        self.setGeometry(rect)
        self._refit()

    def align(self, align: Qt.AlignmentFlag) -> None:
        """Set the alignment."""
        self._flags = int(align) | (int(Qt.TextFlag.TextWordWrap) if self._wrap else 0)
        self.update()

    def set_ink(self, ink: QColor) -> None:
        """Set the text colour."""
        if ink != self._ink:
            self._ink = ink
            self.update()

    def setText(self, text: str) -> None:
        """Show `text`, and refit only where it needs another width."""
        before, text = self.text(), plain_text(text)
        if text != before:
            super().setText(text)
            if as_wide(text) == as_wide(before):
                self.update()
            else:
                self._refit()

    def text_height(self) -> int:
        """Return the height of the text in logical pixels."""
        return (
            QFontMetrics(self.font())
            .boundingRect(QRect(0, 0, self.width(), 100_000), self._flags, self.text())
            .height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new size."""
        self._refit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self._ink)
        painter.drawText(QRectF(self.rect()), self._flags, self.text())

    def _font(self, size: int) -> QFont:
        return self._theme.digits(size, self._weight)

    def _refit(self) -> None:
        """Set the largest font that fits."""
        low, high = SMALLEST, max(SMALLEST, round(self._largest))
        while low < high:
            middle = (low + high + 1) // 2
            if fits(self._font(middle), self.text(), self.width(), self.height(), self._flags):
                low = middle
            else:
                high = middle - 1
        font = self._font(low)
        if font != self.font():
            self.setFont(font)
        self.update()
