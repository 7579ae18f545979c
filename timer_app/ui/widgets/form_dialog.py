"""A dialog of labelled fields with buttons to accept and to cancel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import column, margins, row
from timer_app.ui.widgets.toggle_switch import Switch


class FormDialog(QDialog):
    """A dialog of labelled fields. A subclass makes the fields, calls `build`, and connects the button it returns."""

    def __init__(self, theme: Theme, parent: QWidget | None, *, width: int) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setMinimumWidth(theme.px(width))

    def build(self, heading: str, fields: Sequence[tuple[str, QWidget]], accept: str, *, hint: str = "") -> Button:
        """Lay out the heading, the hint, the fields with their captions and the buttons; return the accept button."""
        theme = self._theme
        grid = QGridLayout()
        margins(grid, 0, spacing=Space.SMALL)
        for number, (name, field) in enumerate(fields):
            caption = Label(theme, name)
            caption.setBuddy(field)
            field.setAccessibleName(name)
            field.setFont(theme.font(Type.BODY))
            if isinstance(field, QAbstractSpinBox):
                _pad_text(field)
            top = Qt.AlignmentFlag.AlignTop if isinstance(field, QPlainTextEdit) else Qt.AlignmentFlag(0)
            left = Qt.AlignmentFlag.AlignLeft if isinstance(field, Switch) else Qt.AlignmentFlag(0)
            grid.addWidget(caption, number, 0, top)
            grid.addWidget(field, number, 1, left)
        grid.setColumnStretch(1, 1)
        button = Button(theme, accept, role="primary")
        button.setDefault(True)
        cancel = Button(theme, _("Cancel"))
        cancel.clicked.connect(self.reject)
        head = column(Label(theme, heading, Type.TITLE, wrap=True), spacing=Space.TIGHT)
        if hint:
            head.addWidget(Label(theme, hint, tone="soft", wrap=True))
        layout = QVBoxLayout(self)
        margins(layout, Space.WIDE)
        layout.addLayout(column(head, Space.LARGE, grid, Space.WIDE, row(0, cancel, button)))
        return button


def _pad_text(field: QAbstractSpinBox) -> None:
    """Indent the text of a spin box, which the style sheet's padding does not reach."""
    line = field.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(Space.SMALL, 0, Space.SMALL, 0)
