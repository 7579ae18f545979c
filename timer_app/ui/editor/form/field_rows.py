"""Form fields: each with its label, editor, hint and problems."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from timer_app.editing.form.edited_values import value_of
from timer_app.editing.form.model import MOST, WORK, Control, Field
from timer_app.i18n import _
from timer_app.ui.editor.form.text_inputs import LineField, TextField, mark_wrong
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.count_field import CountField
from timer_app.ui.widgets.duration_field import DurationField
from timer_app.ui.widgets.labels import Label, set_tip
from timer_app.ui.widgets.layouts import margins
from timer_app.ui.widgets.segmented_control import Segments
from timer_app.ui.widgets.toggle_switch import Switch
from timer_app.ui.widgets.typed_field import TypedField

_LABEL_WIDTH = 112
"""Width of labels beside the fields, in logical pixels at 100 % text size."""

_FEW = 2
"""So many options have room beside their label."""


class WarningIcon(QLabel):
    """A warning icon, which screen readers skip: the text says it all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the warning icon."""
        side = float(self._theme.px(16))
        paint_icon(QPainter(self), "warning", QRectF(0, 1, side, side), self._theme.colours.warning.ink)

    def _apply_theme(self) -> None:
        self.setFixedSize(self._theme.px(16), self._theme.px(18))


class FieldProblem(QWidget):
    """The problems of a field with an icon; hidden without problems."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._label = Label(theme, role=Type.SMALL, tone="warning", wrap=True)
        layout = QHBoxLayout(self)
        margins(layout, 0, spacing=Space.TIGHT)
        layout.addWidget(WarningIcon(theme), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The problems shown."""
        return self._label.text()

    def show_problems(self, problems: Sequence[str]) -> None:
        """Show problems, one in a line."""
        text = "\n".join(problems)
        if text != self._label.text():
            self._label.setText(text)
            self.setVisible(bool(text))


class FieldRow(QWidget):
    """One field of a form. `edited` carries its name and its new text or word.

    `editing_finished` is emitted at the end of an edit.
    """

    edited = Signal(str, str)
    editing_finished = Signal()

    def __init__(self, theme: Theme, field: Field, editor: QWidget, *, short: bool, above: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self.field = field
        self.editor = editor
        self._short = short
        self._above = above
        self._beside: bool | None = None
        self.label = Label(theme, field.label, wrap=True)
        self.label.setBuddy(editor)
        if field.name == WORK:
            self.label.hide()
        self.hint = Label(theme, role=Type.SMALL, tone="soft", wrap=True)
        self.problem_label = FieldProblem(theme)
        self._grid = QGridLayout(self)
        margins(self._grid, 0)
        self._grid.setHorizontalSpacing(Space.MEDIUM)
        self._grid.setVerticalSpacing(Space.TIGHT)

    @property
    def focus_parts(self) -> tuple[QWidget, ...]:
        """The widgets in the tab order."""
        return (self.editor,)

    @property
    def typed_in(self) -> bool:
        """Whether text is being typed here."""
        return self.editor.hasFocus() and isinstance(self.editor, (TypedField, LineField, TextField))

    def show_field(self, field: Field) -> None:
        """Show a field. Text being typed stays while it means the same."""
        self.field = field
        self.show_value(field)
        if field.label != self.label.text():
            self.label.setText(field.label)
        if field.hint != self.hint.text() or self.hint.isHidden() == bool(field.hint):
            self.hint.setText(field.hint)
            self.hint.setVisible(bool(field.hint))
        self.problem_label.show_problems(field.problems)
        self.describe(" ".join(part for part in (field.default, field.hint, *field.problems) if part))
        self.mark(wrong=bool(field.problems))

    def show_value(self, field: Field) -> None:
        """Show the field's value."""
        raise NotImplementedError

    def describe(self, words: str) -> None:
        """Set the accessible description."""
        if words != self.editor.accessibleDescription():
            self.editor.setAccessibleDescription(words)

    def mark(self, *, wrong: bool) -> None:
        """Show or hide the error frame."""
        mark_wrong(self.editor, wrong=wrong)

    def select_all(self) -> None:
        """Select the text, so that typing replaces it."""

    def lay_out(self, *, beside: bool) -> None:
        """Lay out the label beside the field, or above it."""
        beside = beside and not self._above
        width = self._theme.px(_LABEL_WIDTH) if beside else 0
        if beside == self._beside and self._grid.columnMinimumWidth(0) == width:
            return
        self._beside = beside
        grid = self._grid
        for part in (self.label, self.editor, self.hint, self.problem_label):
            grid.removeWidget(part)
        grid.setColumnMinimumWidth(0, width)
        left, centre = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
        self.label.setMaximumWidth(width or 16_777_215)
        self.label.setMinimumWidth(width)
        if not beside:
            grid.addWidget(self.label, 0, 0, 1, 3)
            if self._short:
                grid.addWidget(self.editor, 1, 0, 1, 3, left)
            else:
                grid.addWidget(self.editor, 1, 0, 1, 3)
            grid.addWidget(self.hint, 2, 0, 1, 3)
            grid.addWidget(self.problem_label, 3, 0, 1, 3)
        elif self._short:
            grid.addWidget(self.label, 0, 0, centre)
            grid.addWidget(self.editor, 0, 1, left | centre)
            grid.addWidget(self.hint, 0, 2, centre)
            grid.addWidget(self.problem_label, 1, 1, 1, 2)
        else:
            top = isinstance(self.editor, TextField)
            grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop if top else centre)
            grid.addWidget(self.editor, 0, 1, 1, 2)
            grid.addWidget(self.hint, 1, 1, 1, 2)
            grid.addWidget(self.problem_label, 2, 1, 1, 2)
        grid.setColumnStretch(2, 1)

    def _edit(self, text: str) -> None:
        self.edited.emit(self.field.name, text)

    def _keeps(self, text: str, field: Field) -> bool:
        """Whether the text being typed means the field's value, and so must not be replaced."""
        return self.editor.hasFocus() and value_of(field, text) == value_of(field, field.text)


class TypedRow(FieldRow):
    """A length or a number."""

    def __init__(self, theme: Theme, field: Field) -> None:
        self.typed: TypedField
        if field.control is Control.COUNT:
            self.typed = CountField(theme, field.label, high=MOST)
        else:
            self.typed = DurationField(theme, field.label, zero=field.control is Control.PAUSE)
        self._default: tuple[int | None, str] = (None, "")
        super().__init__(theme, field, self.typed, short=True)
        self.typed.edited.connect(self._edit)
        self.typed.editing_finished.connect(self.editing_finished)
        theme.changed.connect(self._apply_theme)

    def show_value(self, field: Field) -> None:
        """Show the text, or the default as a placeholder."""
        if not self._keeps(self.typed.text(), field):
            self.typed.show_text(field.text)
        if self._default != (field.usual, field.default):
            self._default = (field.usual, field.default)
            self.typed.show_default(field.usual, field.default)
            self._apply_theme()

    def select_all(self) -> None:
        """Select the number."""
        self.typed.selectAll()

    def _apply_theme(self) -> None:
        """Make room for the placeholder."""
        default = self.typed.fontMetrics().horizontalAdvance(self.typed.lineEdit().placeholderText())
        self.typed.setMinimumWidth(default + Space.MEDIUM + Space.LARGE + Space.SMALL)


class TextLineRow(FieldRow):
    """A line of text."""

    def __init__(self, theme: Theme, field: Field, words: Sequence[str] = ()) -> None:
        self.line = LineField(theme, field.label, field.hint)
        if words:
            self.line.complete_with(words, several=field.control is Control.WORDS)
        super().__init__(theme, field, self.line, short=False)
        self.line.textEdited.connect(self._edit)
        self.line.editing_finished.connect(self.editing_finished)

    def show_value(self, field: Field) -> None:
        """Show the text, or the default as a placeholder."""
        if not self._keeps(self.line.text(), field):
            self.line.show_text(field.text)
        self.line.setPlaceholderText(field.default)

    def select_all(self) -> None:
        """Select the line."""
        self.line.selectAll()


class TextRow(FieldRow):
    """A text of several lines."""

    def __init__(self, theme: Theme, field: Field) -> None:
        self.box = TextField(theme, field.label, field.hint)
        super().__init__(theme, field, self.box, short=False)
        self.box.edited.connect(self._edit)
        self.box.editing_finished.connect(self.editing_finished)

    def show_value(self, field: Field) -> None:
        """Show the text, or the default as a placeholder."""
        if not self._keeps(self.box.text(), field):
            self.box.show_text(field.text)
        self.box.setPlaceholderText(field.default)


class FlagRow(FieldRow):
    """On or off."""

    def __init__(self, theme: Theme, field: Field) -> None:
        self.switch = Switch(theme, field.label)
        super().__init__(theme, field, self.switch, short=True)
        self.switch.clicked.connect(self._turn)

    def show_value(self, field: Field) -> None:
        """Show whether it is on."""
        self.switch.setChecked(field.text == "true")

    def _turn(self, on: bool) -> None:
        self._edit("true" if on else "")
        self.editing_finished.emit()


class ChoiceRow(FieldRow):
    """One of a few options, all visible."""

    def __init__(self, theme: Theme, field: Field) -> None:
        self.segments = Segments(theme, field.label)
        super().__init__(theme, field, self.segments, short=False, above=len(field.options) > _FEW)
        self.segments.chosen.connect(self._edit)

    @property
    def focus_parts(self) -> tuple[QWidget, ...]:
        """The segments."""
        return self.segments.parts

    def show_value(self, field: Field) -> None:
        """Show the selected option."""
        self.segments.offer([(option.label, option.word) for option in field.options])
        if self.segments.word != field.text or not field.text:
            self.segments.choose(field.text)

    def describe(self, words: str) -> None:
        """Set the accessible description of the segments."""
        if words != self.segments.accessibleDescription():
            self.segments.describe(words)

    def mark(self, *, wrong: bool) -> None:
        """Show no error frame: the problems below are enough."""


class ListRow(FieldRow):
    """One of several options, or none. A written word that is no option is listed too."""

    def __init__(self, theme: Theme, field: Field) -> None:
        self.choice = ComboBox(theme)
        self.choice.setAccessibleName(field.label)
        set_tip(self.choice, field.hint)
        super().__init__(theme, field, self.choice, short=False)
        self.choice.chosen.connect(self._choose)
        self._offered: list[tuple[str, object]] = []

    def show_value(self, field: Field) -> None:
        """Show the selected option."""
        offered: list[tuple[str, object]] = [(_("Not said"), "")]
        offered += [(option.label, option.word) for option in field.options]
        if field.text not in [word for _label, word in offered]:
            offered.append((_("“{word}”").format(word=field.text), field.text))
        if offered != self._offered:
            self._offered = offered
            self.choice.offer(offered)
        self.choice.choose(field.text)

    def _choose(self, word: object) -> None:
        self._edit(str(word))
        self.editing_finished.emit()


def make_row(theme: Theme, field: Field, words: Sequence[str] = ()) -> FieldRow:
    """Return a row for a field; `words` complete what is typed in it."""
    match field.control:
        case Control.LENGTH | Control.PAUSE | Control.COUNT:
            return TypedRow(theme, field)
        case Control.LINES:
            return TextRow(theme, field)
        case Control.FLAG:
            return FlagRow(theme, field)
        case Control.CHOICE:
            return ChoiceRow(theme, field)
        case Control.LIST:
            return ListRow(theme, field)
        case _:
            return TextLineRow(theme, field, words)
