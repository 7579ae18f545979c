"""A field for a rep count."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from timer_app.i18n import _
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.labels import set_tip

MOST = 9_999


class RepCountField(QLineEdit):
    """Enter a count from 0 to `MOST`, typed or stepped with ↑ and ↓.

    `counted` carries each new one, None for an empty field.
    """

    counted = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setValidator(QIntValidator(0, MOST, self))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(theme.px(92))
        self.setFont(theme.digits(theme.px(18), QFont.Weight.DemiBold))
        self.setAccessibleName(_("Reps: {name}").format(name=name))
        set_tip(self, _("How many reps you did (↑, ↓)"))
        self.setPlaceholderText("–")
        self.textChanged.connect(self._emit_count)

    def step(self, by: int) -> None:
        """Change the count by `by`."""
        self.setText(str(max(0, min(MOST, int(self.text() or 0) + by))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with ↑ and ↓; leave Enter to the page."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.step(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _emit_count(self, text: str) -> None:
        self.counted.emit(int(text) if text else None)
