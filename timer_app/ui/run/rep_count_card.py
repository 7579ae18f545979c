"""Ask for a rep count that only the user knows, in the rest after the work."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.ui.look.theme import Radius, Theme
from timer_app.ui.run.fit_label import FitLabel
from timer_app.ui.run.rep_count_field import MOST
from timer_app.ui.run.run_buttons import RunButton
from timer_app.ui.support.accessibility import announce

HEIGHT = 118.0
"""The height of the card in logical pixels at the usual size."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def counting(event: QKeyEvent) -> str:
    """Return the counting key that was pressed: a digit, `+`, `-`, or `<` for Backspace; empty for another."""
    if event.key() == Qt.Key.Key_Backspace:
        return "<"
    return event.text() if event.text() and event.text() in "0123456789+-" else ""


class RepCountCard(QFrame):
    """Ask how many reps were done. `counted` carries each new count, None where it was erased.

    Digits, Backspace, + and − have no other meaning on the page, so a count can be typed without focusing the card.
    """

    counted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count: int | None = None
        self._typing = False
        self._phase = Phase.REST
        self.question = FitLabel(theme, self, weight=QFont.Weight.DemiBold, align=_LEFT, wrap=True)
        self.number = FitLabel(theme, self, weight=QFont.Weight.Bold, align=Qt.AlignmentFlag.AlignCenter)
        self.less = RunButton(theme, self, "minus", _("One less"), "−", words=False)
        self.more = RunButton(theme, self, "plus", _("One more"), "+", words=False)
        self.less.clicked.connect(lambda: self.step(-1))
        self.more.clicked.connect(lambda: self.step(1))
        self.hide()
        theme.changed.connect(self._apply_theme)

    @property
    def status(self) -> str:
        """The question with the current count, in one line."""
        return f"{self.question.text()} {self.number.text()}"

    def show_question(self, name: str, count: int | None) -> None:
        """Ask how many of `name` were done; `count` is the count so far."""
        self.question.setText(_("How many? {name}").format(name=name))
        self.number.setAccessibleName(_("Reps: {name}").format(name=name))
        self._count, self._typing = count, False
        self._write()
        self.show()

    def handle_key(self, key: str) -> None:
        """Handle a key as `counting` names it."""
        if key == "<":
            self.erase()
        elif key in "+-":
            self.step(1 if key == "+" else -1)
        else:
            self.type_digit(int(key))

    def step(self, by: int) -> None:
        """Change the count by `by`."""
        self._typing = False
        self._set_count((self._count or 0) + by)

    def type_digit(self, digit: int) -> None:
        """Append a digit, up to `MOST`; the first one begins a new number."""
        longer = (self._count or 0) * 10 + digit if self._typing else digit
        self._typing = True
        if longer <= MOST:
            self._set_count(longer)

    def erase(self) -> None:
        """Remove the last digit; the next one is appended to those left."""
        self._typing = True
        self._set_count(self._count // 10 if self._count is not None and self._count > 9 else None)

    def lay_out(self, rect: QRect, unit: float) -> None:
        """Set the geometry, with lengths scaled by `unit`."""
        self.setGeometry(rect)
        pad = round(min(12 * unit, rect.height() * 0.1))
        upper = round((rect.height() - 2 * pad) * 0.42)
        self.question.lay_out(QRect(pad, pad, rect.width() - 2 * pad, upper), 17 * unit)
        lower = rect.height() - 2 * pad - upper
        side = min(lower, round(rect.width() * 0.27))
        y = pad + upper + (lower - side) // 2
        self.less.setGeometry(pad, y, side, side)
        self.more.setGeometry(rect.width() - pad - side, y, side, side)
        self.number.lay_out(QRect(pad + side, y, rect.width() - 2 * (pad + side), side), 40 * unit)
        self._apply_theme()

    def apply_phase(self, phase: Phase) -> None:
        """Apply this phase's colours to the buttons."""
        self._phase = phase
        self._apply_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.outline, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CARD, Radius.CARD)

    def _set_count(self, count: int | None) -> None:
        self._count = None if count is None else max(0, min(MOST, count))
        self._write()
        self.counted.emit(self._count)
        announce(self, self.number.text())

    def _write(self) -> None:
        self.number.setText("–" if self._count is None else str(self._count))

    def _apply_theme(self) -> None:
        self.question.set_ink(self._theme.colours.text)
        self.number.set_ink(self._theme.colours.text)
        for button in (self.less, self.more):
            button.apply_phase(self._phase, button.height() * 0.42)
        self.update()
