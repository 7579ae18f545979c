"""The spoken lines of a step: time and text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from timer_app.definition import format_fields
from timer_app.editing.form.edited_values import line_value
from timer_app.editing.form.model import Form, FormLine
from timer_app.i18n import _
from timer_app.ui.editor.form.field_rows import FieldProblem
from timer_app.ui.editor.form.text_inputs import LineField, mark_wrong
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button, IconButton, MenuButton
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, column, margins

ADD_KEY = "Alt+Ins"
REMOVE_KEY = "Alt+Del"

_MOMENT_WIDTH = 84
"""Width of the time field, in logical pixels at 100 % text size."""

_USUAL = ("half", "5s", "10s", "15s", "30s", "-5s", "-10s", "-15s", "-30s")


class SpokenLineRow(QWidget):
    """One spoken line. `edited` carries its index, the key and the new text."""

    edited = Signal(int, str, str)
    removed = Signal(int)
    entered = Signal()
    editing_finished = Signal()

    def __init__(self, theme: Theme, index: int) -> None:
        super().__init__()
        self._theme = theme
        self.index = index
        self._shown = FormLine(index, "", "")
        self._beside: bool | None = None
        number = index + 1
        self.at = LineField(theme, _("When line {number} is said").format(number=number), _moment_hint())
        self.at.complete_with(_USUAL)
        self.at.textEdited.connect(lambda text: self.edited.emit(self.index, format_fields.AT.name, text))
        self.words = LineField(theme, _("Line {number}").format(number=number), _("What is said"))
        self.words.setPlaceholderText(_("What is said"))
        self.words.textEdited.connect(lambda text: self.edited.emit(self.index, format_fields.LINE.name, text))
        for field in (self.at, self.words):
            field.editing_finished.connect(self._finish_editing)
            field.installEventFilter(self)
        self.moments = MenuButton(theme, "down", _("When it is said"))
        self.moments.setMenu(self._make_menu())
        self.remove = IconButton(theme, "close", _("Take the line out"), key=REMOVE_KEY, shortcut=False)
        self.remove.installEventFilter(self)
        self.remove.clicked.connect(lambda: self.removed.emit(self.index))
        self.raw = Label(theme, tone="soft", wrap=True)
        self.problem_label = FieldProblem(theme)
        grid = self._grid = QGridLayout(self)
        margins(grid, 0)
        grid.setHorizontalSpacing(Space.TIGHT)
        grid.setVerticalSpacing(Space.TIGHT)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def focus_parts(self) -> tuple[QWidget, ...]:
        """The widgets in the tab order."""
        return (self.remove,) if self._shown.raw else (self.at, self.moments, self.words, self.remove)

    def show_line(self, shown: FormLine) -> None:
        """Show a line. Text being typed stays while it means the same."""
        self._shown = shown
        for field, key, text, problems, hint in (
            (self.at, format_fields.AT, shown.at, shown.at_problems, _moment_hint()),
            (self.words, format_fields.LINE, shown.words, shown.words_problems, ""),
        ):
            if not (field.hasFocus() and line_value(key.name, field.text()) == line_value(key.name, text)):
                field.show_text(text)
            words = " ".join(part for part in (hint, *problems) if part)
            if words != field.accessibleDescription():
                field.setAccessibleDescription(words)
            mark_wrong(field, wrong=bool(problems))
            field.setVisible(not shown.raw)
        self.moments.setVisible(not shown.raw)
        self.raw.setText(shown.raw)
        self.raw.setVisible(bool(shown.raw))
        self.problem_label.show_problems((*shown.at_problems, *shown.words_problems))

    def lay_out(self, *, beside: bool) -> None:
        """Lay out the text beside the time, or below it."""
        if beside == self._beside:
            return
        self._beside = beside
        grid = self._grid
        for part in (self.at, self.moments, self.words, self.remove, self.raw, self.problem_label):
            grid.removeWidget(part)
        grid.addWidget(self.at, 0, 0)
        grid.addWidget(self.moments, 0, 1)
        grid.addWidget(self.remove, 0, 3, Qt.AlignmentFlag.AlignRight)
        if beside:
            grid.addWidget(self.words, 0, 2)
        else:
            grid.addWidget(self.words, 1, 0, 1, 4)
        grid.addWidget(self.raw, 0, 0, 1, 3)
        grid.addWidget(self.problem_label, 2, 0, 1, 4)
        grid.setColumnStretch(2, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remove the line by its key, and emit `entered` on Enter."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.removed.emit(self.index)
            return True
        if watched is self.words and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        return False

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for name, text in (
            (_("So long after the start"), "15s"),
            (_("Half way"), "half"),
            (_("So long before the end"), "-10s"),
        ):
            menu.addAction(name, partial(self._choose, text))
        return menu

    def _choose(self, text: str) -> None:
        """Set another time, with its number selected."""
        self.at.setText(text)
        self.edited.emit(self.index, format_fields.AT.name, text)
        self.editing_finished.emit()
        self.at.setFocus(Qt.FocusReason.OtherFocusReason)
        digits = text.lstrip("-").rstrip("s")
        if digits.isdigit():
            self.at.setSelection(text.index(digits), len(digits))

    def _finish_editing(self) -> None:
        """Emit `editing_finished`, and show the line as it is written."""
        self.editing_finished.emit()
        self.show_line(self._shown)

    def _apply_theme(self) -> None:
        self.at.setFixedWidth(self._theme.px(_MOMENT_WIDTH))


class SpokenLines(QWidget):
    """All spoken lines of a step. `line_edited` carries a line's index, the key and its text."""

    line_edited = Signal(int, str, str)
    line_removed = Signal(int)
    line_added = Signal()
    editing_finished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[SpokenLineRow] = []
        self._count = 0
        self._beside = True
        self._focus_new_line = False
        self.conflict_card = Card("warning")
        conflict_layout = QVBoxLayout(self.conflict_card)
        margins(conflict_layout, Space.MEDIUM, Space.SMALL)
        self._conflict_label = Label(theme, role=Type.SMALL, tone="warning", wrap=True)
        conflict_layout.addWidget(self._conflict_label)
        self.conflict_card.hide()
        self.hint = Label(theme, role=Type.SMALL, tone="soft", wrap=True)
        self.add = Button(theme, _("Add a line"), sign="plus", tip=_("Have a line of your own said"), key=ADD_KEY)
        self.add.clicked.connect(self._add)
        self._column = column(spacing=Space.SMALL)
        outer = QVBoxLayout(self)
        margins(outer, 0, spacing=Space.SMALL)
        outer.addWidget(self.hint)
        outer.addWidget(self.conflict_card)
        outer.addLayout(self._column)
        outer.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def rows(self) -> tuple[SpokenLineRow, ...]:
        """The visible lines."""
        return tuple(self._rows[: self._count])

    @property
    def focus_parts(self) -> tuple[QWidget, ...]:
        """The widgets in the tab order."""
        return (*(part for row in self.rows for part in row.focus_parts), self.add)

    def show_form(self, form: Form) -> None:
        """Show the lines of a step."""
        while len(self._rows) < len(form.lines):
            self._rows.append(self._make_row(len(self._rows)))
        self._count = len(form.lines)
        for row, shown in zip(self._rows, form.lines, strict=False):
            row.show_line(shown)
            row.show()
        for row in self._rows[self._count :]:
            row.hide()
        self.hint.setText(_moment_hint() if form.lines else _("A line of your own can be said at a moment you choose."))
        if self._focus_new_line and self._count:
            self._focus_new_line = False
            last = self._rows[self._count - 1]
            last.show()
            last.words.setFocus(Qt.FocusReason.TabFocusReason)

    def show_conflicts(self, sentences: Sequence[str]) -> None:
        """Show sentences about lines that have too little time, if any."""
        self._conflict_label.setText("\n".join(sentences))
        self.conflict_card.setVisible(bool(sentences))

    def lay_out(self, *, beside: bool) -> None:
        """Lay out the text of each line beside its time, or below it."""
        self._beside = beside
        for row in self._rows:
            row.lay_out(beside=beside)

    def _make_row(self, index: int) -> SpokenLineRow:
        row = SpokenLineRow(self._theme, index)
        row.lay_out(beside=self._beside)
        row.edited.connect(self.line_edited)
        row.removed.connect(self._remove)
        row.entered.connect(lambda: self._enter_next(index))
        row.editing_finished.connect(self.editing_finished)
        self._column.addWidget(row)
        return row

    def _add(self) -> None:
        """Request another line, which gets the focus."""
        self._focus_new_line = True
        self.line_added.emit()

    def _remove(self, index: int) -> None:
        """Request to remove a line; the next or the previous one gets the focus."""
        self.line_removed.emit(index)
        near = min(index, self._count - 1)
        target: QWidget = self._rows[near].focus_parts[0] if near >= 0 else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_next(self, index: int) -> None:
        if index + 1 < self._count:
            self._rows[index + 1].words.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._add()


def _moment_hint() -> str:
    return _("15s is from the start, -10s before the end, half is half way.")
