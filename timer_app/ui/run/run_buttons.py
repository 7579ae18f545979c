"""The buttons of a running session: large, with their key on them, and deaf to it.

Space always pauses, wherever the focus is: nobody on a mat knows where it is. A button that has the focus is pressed
with Enter.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_layout import Box
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import FOCUS_WIDTH, Radius, Theme
from timer_app.ui.run.fit_label import SMALLEST
from timer_app.ui.widgets.labels import set_tip

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RunButton(QPushButton):
    """A button with a sign, its name, and its key in a frame; `key` is written as on a keyboard.

    With `primary` it is filled with the phase's colour. Without `words` only the sign shows.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        sign: str,
        name: str,
        key: str,
        *,
        primary: bool = False,
        words: bool = True,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._primary = primary
        self._words = words
        self._phase = Phase.SETUP
        self._size = 14.0
        self._sign = sign
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        # The page sets the height of its buttons; the application's minimum height is for forms.
        self.setStyleSheet("min-height: 0; margin: 0; padding: 0;")
        self.call(sign, name)
        theme.changed.connect(self.update)

    def call(self, sign: str, name: str) -> None:
        """Set the sign and the name."""
        self._sign = sign
        self.setText(name)
        self.setAccessibleName(name)
        set_tip(self, _("{name} ({key})").format(name=name, key=self._key))
        self.update()

    def apply_phase(self, phase: Phase, size: float) -> None:
        """Apply this phase's colours, with text of at most `size` logical pixels."""
        if (phase, size) != (self._phase, self._size):
            self._phase, self._size = phase, size
            self.update()

    def preferred_width(self, size: float) -> float:
        """Return the preferred width with text of `size` logical pixels."""
        return self._content(size) + size * 1.7

    def text_size(self) -> float:
        """Return the font size that fits, in logical pixels."""
        size = self._size
        while size > SMALLEST and self.preferred_width(size) > self.width() + size * 0.7:
            size -= 0.5
        return size

    def sizeHint(self) -> QSize:
        """Return the preferred size."""
        return QSize(round(self.preferred_width(self._size)), round(self._size * 2.8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button with Enter; leave every other key to the page."""
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave the key to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button in its state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_ground(painter)
        size = self.text_size()
        x = (self.width() - self._content(size)) / 2
        side = size * 1.35
        paint_icon(painter, self._sign, QRectF(x, (self.height() - side) / 2, side, side), ink)
        if not self._words:
            return
        x += side + size * 0.45
        font = self._theme.digits(size, QFont.Weight.DemiBold)
        width = QFontMetricsF(font).horizontalAdvance(self.text())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QRectF(x, 0, width + 1, self.height()), _middle_left(), self.text())
        self._paint_key(painter, x + width + size * 0.6, size, ink)

    def _paint_ground(self, painter: QPainter) -> QColor:
        colours = self._theme.colours
        shades = colours.phase(self._phase)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill, border, ink = colours.surface, shades.track, shades.ink
        if self._primary:
            fill, border, ink = shades.accent, shades.accent, shades.on_accent
        elif self.isDown() or self.isChecked():
            fill = shades.track
        elif self.underMouse() and self.isEnabled():
            fill, border = shades.tint, shades.accent
        elif not self._words:
            fill = shades.tint
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        painter.setPen(QPen(border, 1.2))
        painter.setBrush(fill)
        corner = min(box.height() / 2, Radius.CARD * 1.5)
        painter.drawRoundedRect(box, corner, corner)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, FOCUS_WIDTH + 1))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), corner - 1, corner - 1)
        return ink

    def _paint_key(self, painter: QPainter, x: float, size: float, ink: QColor) -> None:
        font = self._key_font(size)
        width = max(QFontMetricsF(font).horizontalAdvance(self._key) + size * 0.7, size * 1.5)
        height = size * 1.5
        box = QRectF(x, (self.height() - height) / 2, width, height)
        frame = QColor(ink)
        frame.setAlphaF(0.4)
        painter.setPen(QPen(frame, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, size * 0.3, size * 0.3)
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)

    def _key_font(self, size: float) -> QFont:
        return self._theme.digits(size * 0.86, QFont.Weight.Normal)

    def _content(self, size: float) -> float:
        """Return the width of sign, name and key together."""
        if not self._words:
            return size * 1.35
        name = QFontMetricsF(self._theme.digits(size, QFont.Weight.DemiBold)).horizontalAdvance(self.text())
        key = max(QFontMetricsF(self._key_font(size)).horizontalAdvance(self._key) + size * 0.7, size * 1.5)
        return size * (1.35 + 0.45 + 0.6) + name + key


def spread(box: Box, buttons: Sequence[RunButton], size: float, gap: int = 0) -> None:
    """Lay out buttons side by side in the middle of a box, shrunk where there is less room than they prefer."""
    gap = gap or max(6, round(size * 0.6))
    widths = [button.preferred_width(size) for button in buttons]
    room = box.width - gap * (len(buttons) - 1)
    share = min(1.0, room / max(1.0, sum(widths)))
    x = box.x + (box.width - sum(widths) * share - gap * (len(buttons) - 1)) / 2
    for button, width in zip(buttons, widths, strict=True):
        button.setGeometry(round(x), box.y, int(width * share), box.height)
        x += width * share + gap


def lay_out_tools(box: Box, tools: Sequence[RunButton], last: RunButton) -> None:
    """Lay out round tools side by side from the left of a box, and `last` in the rest of it."""
    side, gap = box.height, max(6, box.height // 5)
    x = box.x
    for tool in tools:
        tool.setGeometry(x, box.y, side, side)
        x += side + gap
    last.setGeometry(x, box.y, box.right - x, side)


def _middle_left() -> int:
    return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
