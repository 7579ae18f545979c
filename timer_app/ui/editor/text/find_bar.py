"""A find bar: a search field, the number of matches, and buttons for the next and the previous one."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.support.accessibility import announce
from timer_app.ui.widgets.buttons import IconButton
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import row
from timer_app.ui.widgets.search_field import SearchField

NEXT_KEY, PREVIOUS_KEY = "F3", "Shift+F3"
_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3)


class _Field(SearchField):
    """A search field that leaves the bar's keys to the bar."""

    def event(self, event: QEvent) -> bool:
        """Override shortcuts for the bar's keys."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass the bar's keys to the bar."""
        if event.key() in _KEYS:
            event.ignore()
            return
        super().keyPressEvent(event)


class FindBar(QFrame):
    """Ask for words to find in any case; `pattern_changed` is emitted when they change."""

    next_requested = Signal()
    previous_requested = Signal()
    pattern_changed = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.count = Label(theme, "", Type.SMALL, tone="soft")
        self.field: SearchField = _Field(theme, _("Find in the text"), "Ctrl+F")
        previous = IconButton(theme, "up", _("Previous"), key=PREVIOUS_KEY, shortcut=False)
        following = IconButton(theme, "down", _("Next"), key=NEXT_KEY, shortcut=False)
        close = IconButton(theme, "close", _("Close"), key="Esc", shortcut=False)
        previous.clicked.connect(self.previous_requested)
        following.clicked.connect(self.next_requested)
        close.clicked.connect(self.closed)
        self.field.textChanged.connect(self.pattern_changed)
        layout = row(self.field, self.count, previous, following, close, spacing=Space.TIGHT)
        layout.setContentsMargins(Space.SMALL, Space.TIGHT, Space.SMALL, Space.TIGHT)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """What is looked for; None for nothing."""
        words = self.field.text()
        return re.compile(re.escape(words), re.IGNORECASE) if words and not self.isHidden() else None

    def show_count(self, index: int, count: int) -> None:
        """Show and announce which match, from 0, of how many is selected."""
        words = _("{index} of {count}").format(index=index + 1, count=count) if count else _("None")
        if not self.field.text():
            words = ""
        if words != self.count.text():
            self.count.setText(words)
            announce(self.field, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Request the next match on Enter, the previous one with Shift, and close on Escape.

        No other key reaches the text behind the bar.
        """
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _KEYS:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_requested if back else self.next_requested).emit()
