"""The sections of a form: groups of fields, unknown keys, the notice and the footer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from timer_app.editing.form.model import Form, FormKind, Stray
from timer_app.i18n import _
from timer_app.ui.editor.form.field_rows import FieldProblem, FieldRow
from timer_app.ui.editor.tree.actions import HEAR_KEY, TRY_KEY
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.flow_layout import FlowLayout
from timer_app.ui.widgets.labels import Label, set_tip
from timer_app.ui.widgets.layouts import Card, column, line, margins

_LEAST_HEIGHT = 300
"""Least height of a form with a footer, in logical pixels at 100 % text size."""


class FormGroup(QWidget):
    """A group of fields with a title; hidden without fields."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.shown: tuple[FieldRow, ...] = ()
        self.rows = column(spacing=Space.MEDIUM)
        outer = QVBoxLayout(self)
        margins(outer, 0, spacing=Space.MEDIUM)
        if title:
            outer.addWidget(line())
            outer.addWidget(Label(theme, title, Type.LABEL, tone="soft", wrap=True))
            self.setAccessibleName(title)
        outer.addLayout(self.rows)
        self.hide()

    def arrange(self, rows: Sequence[FieldRow]) -> None:
        """Show these rows, in this order."""
        arranged = tuple(rows)
        if arranged == self.shown:
            return
        self.shown = arranged
        last = -1
        for row in arranged:
            index = self.rows.indexOf(row)
            if index <= last:
                if index >= 0:
                    self.rows.removeWidget(row)
                    last -= 1
                self.rows.insertWidget(last + 1, row)
            last = self.rows.indexOf(row)
            row.show()
        self.setVisible(bool(arranged))


class StrayRow(QWidget):
    """A key that no field is for. `removed` carries it."""

    removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.stray = Stray("", "")
        self.label = Label(theme, wrap=True)
        self.problem_label = FieldProblem(theme)
        self.button = Button(theme, _("Take out"), role="quiet", sign="close")
        self.button.clicked.connect(lambda: self.removed.emit(self.stray.key))
        layout = self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        margins(layout, 0, spacing=Space.SMALL)
        layout.addLayout(column(self.label, self.problem_label, spacing=Space.HAIR), 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def lay_out(self, *, beside: bool) -> None:
        """Lay out the button beside the text, or below it."""
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)

    def show_stray(self, stray: Stray) -> None:
        """Show a key with its text and its problems."""
        if stray == self.stray:
            return
        self.stray = stray
        written = f"{stray.key.rpartition('.')[2]}: {stray.text}"
        self.label.setText(written)
        self.problem_label.show_problems(stray.problems)
        self.button.setAccessibleName(_("Take out {what}").format(what=written))
        set_tip(self.button, self.button.accessibleName())
        self.button.setAccessibleDescription(" ".join(stray.problems))


class FormNotice(Card):
    """Why there is no form, with a button to the text. `text_requested` carries a line and a column."""

    text_requested = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__("warning")
        self._mark = (1, 1)
        self.label = Label(theme, tone="warning", wrap=True)
        self.button = Button(theme, _("Show it in the text"), sign="file")
        self.button.clicked.connect(lambda: self.text_requested.emit(*self._mark))
        layout = QVBoxLayout(self)
        margins(layout, Space.LARGE, Space.MEDIUM, spacing=Space.SMALL)
        layout.addWidget(self.label)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_form(self, form: Form) -> None:
        """Show why there is no form; hide where there is one."""
        missing = form.kind is FormKind.NOTHING
        self.setVisible(missing)
        if missing:
            self._mark = form.mark
            self.label.setText(form.note)
            self.button.setAccessibleDescription(form.note)


class FormFooter(QWidget):
    """Buttons to hear the step, and to try the session from it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        tip = _("Hear the lines of this step")
        self.hear = Button(theme, _("Hear it"), sign="sound", tip=tip, key=HEAR_KEY, shortcut=False)
        self.begin = Button(
            theme,
            _("Try from here"),
            sign="play",
            tip=_("Run the session from this step; nothing is written to the history"),
            key=TRY_KEY,
            shortcut=False,
        )
        self._theme = theme
        outer = QVBoxLayout(self)
        margins(outer, Space.LARGE, Space.MEDIUM)
        buttons = QWidget()
        flow = FlowLayout(buttons, Space.SMALL)
        flow.addWidget(self.hear)
        flow.addWidget(self.begin)
        outer.addWidget(buttons)

    def fit(self, height: int) -> None:
        """Hide in a form that is too low: the keys do the same."""
        self.setVisible(height >= self._theme.px(_LEAST_HEIGHT))

    def show_form(self, form: Form) -> None:
        """Show the buttons for a form."""
        self.setEnabled(True)
        self.hear.setVisible(form.kind in (FormKind.EXERCISE, FormKind.REST))
