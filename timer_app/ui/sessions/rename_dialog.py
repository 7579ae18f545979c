"""Asking for another name of a session."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from timer_app.definition.format_fields import LONGEST_NAME
from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import margins, row

_WIDTH = 420


class RenameDialog(QDialog):
    """Asks for a name; `named` carries it. Enter takes it, Esc leaves all as it is."""

    named = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Rename"))
        self.setMinimumWidth(theme.px(_WIDTH))
        title = Label(theme, _("What is the session called?"), Type.HEADING)
        self.field = QLineEdit(name)
        self.field.setFont(theme.font(Type.BODY))
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setAccessibleName(_("Name of the session"))
        self.field.selectAll()
        self.rename_button = Button(theme, _("Rename"), role="primary", key="Return", shortcut=False)
        self.rename_button.setDefault(True)
        self.rename_button.clicked.connect(self._accept)
        cancel = Button(theme, _("Cancel"), role="quiet", key="Esc", shortcut=False)
        cancel.clicked.connect(self.reject)
        self.field.textChanged.connect(self._enable_button)
        layout = QVBoxLayout(self)
        margins(layout, Space.PAGE, Space.WIDE, spacing=Space.MEDIUM)
        layout.addWidget(title)
        layout.addWidget(self.field)
        layout.addSpacing(Space.SMALL)
        layout.addLayout(row(0, cancel, self.rename_button))
        self._enable_button(name)

    def _enable_button(self, text: str) -> None:
        self.rename_button.setEnabled(bool(text.strip()))

    def _accept(self) -> None:
        self.named.emit(" ".join(self.field.text().split()))
        self.accept()
