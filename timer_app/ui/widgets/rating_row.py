"""A row of round buttons for a rating, by one click or one key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.ui.look.theme import FOCUS_WIDTH, Theme
from timer_app.ui.widgets.labels import set_tip

_DIAMETER = 46
_LEAST = 28
"""The least room for a button with its gap: 24 for the button, the least target size of WCAG 2.2 (2.5.8)."""
_GAP = 0.18
TYPING = 1_000
"""Milliseconds after a 1 in which a 0 makes it 10: our choice, longer than a slow typist takes."""


class RatingButton(QPushButton):
    """One round button of the row; the one that was chosen is filled."""

    def __init__(self, theme: Theme, parent: QWidget, value: int, name: str) -> None:
        super().__init__(str(value), parent)
        self._theme = theme
        self.value = value
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        set_tip(self, name)
        self.setStyleSheet("min-height: 0; margin: 0; padding: 0;")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Space; leave the arrow keys to the row, and Enter to the page."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button in its state."""
        colours = self._theme.colours
        shades = colours.phase(Phase.DONE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        fill = shades.accent if self.isChecked() else shades.track if self.underMouse() else colours.surface
        painter.setPen(QPen(shades.accent if self.isChecked() else colours.outline, 1.3))
        painter.setBrush(fill)
        painter.drawEllipse(box)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, FOCUS_WIDTH + 1))
            painter.drawEllipse(box)
        painter.setPen(shades.on_accent if self.isChecked() else colours.text)
        painter.setFont(self._theme.digits(self.height() * 0.4, QFont.Weight.DemiBold))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())


class RatingRow(QWidget):
    """A rating from `first` to 10. `rated` carries the value that was chosen.

    One button is in the tab order; the arrow keys move the focus, Space chooses, and a digit chooses at once: 0 is the
    least where the row begins at 0, and 10 where it begins at 1. A 0 right after a 1 makes it 10, also where the focus
    has moved on from the row `before` this one. Where it is `optional`, a click on the chosen value clears it.
    `diameter` is that of a button, in logical pixels.
    """

    rated = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        first: int,
        *,
        diameter: int = _DIAMETER,
        optional: bool = False,
        before: RatingRow | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._before = before
        self._typing = QTimer(self, singleShot=True)
        self._diameter = diameter
        self._optional = optional
        self._value: int | None = None
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._buttons = [
            RatingButton(theme, self, value, _("{name}: {value} of 10").format(name=name, value=value))
            for value in range(first, 11)
        ]
        for button in self._buttons:
            button.clicked.connect(lambda _checked=False, value=button.value: self._click(value))
        self._tab_to(self._buttons[0])
        self.setFocusProxy(self._buttons[0])
        theme.changed.connect(self.updateGeometry)

    @property
    def value(self) -> int | None:
        """The chosen value, or None."""
        return self._value

    @property
    def half_typed(self) -> bool:
        """Whether a 1 was typed a moment ago, which may be the first digit of 10."""
        return self._typing.isActive()

    def button(self, value: int) -> RatingButton:
        """Return the button of one value."""
        return self._buttons[value - self._buttons[0].value]

    def clear(self) -> None:
        """Clear the rating."""
        self._typing.stop()
        self._value = None
        for button in self._buttons:
            button.setChecked(False)
        self._tab_to(self._buttons[0])

    def choose(self, value: int) -> None:
        """Choose a value."""
        self._typing.stop()
        self._value = value
        for button in self._buttons:
            button.setChecked(button.value == value)
        self._tab_to(self.button(value))
        self.rated.emit(value)

    def _click(self, value: int) -> None:
        if self._optional and value == self._value:
            self.clear()
        else:
            self.choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys; choose with a digit."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        digit = digit_of(event)
        if step is not None:
            self._move(step)
        elif digit is not None:
            self.choose_digit(digit)
        else:
            event.ignore()

    def choose_digit(self, digit: int) -> None:
        """Choose by a digit key; a 0 after a 1 chooses 10."""
        if digit == 0 and self._before is not None and self._before.half_typed:
            self._before.choose(10)
        elif digit == 0 and self.half_typed:
            self.choose(10)
        else:
            self.choose(10 if digit < self._buttons[0].value else digit)
            if digit == 1:
                self._typing.start(TYPING)

    def sizeHint(self) -> QSize:
        """Return the size with buttons of the usual diameter."""
        side = self._theme.px(self._diameter)
        count = len(self._buttons)
        return QSize(round(side * (count + _GAP * (count - 1))), side)

    def minimumSizeHint(self) -> QSize:
        """Return the size with buttons of the least diameter."""
        return QSize(len(self._buttons) * _LEAST, _LEAST)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the buttons at this width."""
        return max(_LEAST, min(self._theme.px(self._diameter), self._side(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the buttons out side by side, as large as fits."""
        side = min(self.height(), self._side(self.width()))
        x = 0.0
        for button in self._buttons:
            button.setGeometry(round(x), (self.height() - side) // 2, side, side)
            x += side * (1 + _GAP)

    def _side(self, width: int) -> int:
        """Return the diameter at which all buttons fit into `width`."""
        count = len(self._buttons)
        return int(width / (count + _GAP * (count - 1)))

    def _move(self, step: int) -> None:
        focused = next((number for number, button in enumerate(self._buttons) if button.hasFocus()), 0)
        target = self._buttons[max(0, min(len(self._buttons) - 1, focused + step))]
        self._tab_to(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tab_to(self, chosen: RatingButton) -> None:
        """Make `chosen` the only button in the tab order."""
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(chosen)


def digit_of(event: QKeyEvent) -> int | None:
    """Return the digit that was typed, None for any other key."""
    text = event.text()
    return int(text) if len(text) == 1 and text in "0123456789" else None
