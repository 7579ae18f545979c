"""The hint shown in an empty step tree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import margins


class EmptyHint(QWidget):
    """Invite the user to add the first step; `add` is the button for it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        margins(layout, Space.MEDIUM, spacing=Space.SMALL)
        title = Label(theme, _("What shall it begin with?"), Type.STRONG, wrap=True)
        text = Label(theme, _("An exercise, a rest, or rounds of both."), tone="soft", wrap=True)
        self.add = Button(
            theme,
            _("Add the first step"),
            role="primary",
            sign="plus",
            tip=_("Choose what to add"),
            key="Ins",
            shortcut=False,
        )
        self.add.setAutoDefault(True)
        layout.addStretch(2)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        layout.addSpacing(Space.SMALL)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the button's icon alone where there is no room for its text."""
        super().resizeEvent(event)
        self.add.set_compact(compact=self.add.full_width > self.width() - 2 * Space.MEDIUM)
