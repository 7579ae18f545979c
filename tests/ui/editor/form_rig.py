"""A form in a window, with a real document and its changes behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.stage import Stage
from timer_app.definition.model import StepPath
from timer_app.definition.to_mapping import Outline
from timer_app.editing.document import Document
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.form.edited_values import Values, new_line
from timer_app.editing.step_operations import StepOperations, StepResult
from timer_app.ui.editor.form.field_rows import ChoiceRow, FieldRow
from timer_app.ui.editor.form.step_form import StepForm
from timer_app.ui.widgets.segmented_control import Segment

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton

HEAD = "format: 1\nname: Back\nsteps:\n"
PLANK = HEAD + "  - exercise: plank\n    hold: 30s\n"
SUPERMAN = HEAD + "  - exercise: superman\n    reps: 10\n"


class FormRig:
    """A form in a window, with a real document and its changes behind it, and what it asked for."""

    def __init__(self, stage: Stage, qtbot: QtBot) -> None:
        self.services = stage.services
        self.reader = DraftReader("x", stage.services.catalogue)
        self.operations = StepOperations(self.reader)
        self.document = Document("", self.reader)
        self.path: StepPath = (0,)
        self.asked: list[object] = []
        self.form = StepForm(stage.services)
        qtbot.addWidget(self.form)
        self.form.resize(620, 900)
        self.form.values_requested.connect(self._set_values)
        self.form.line_requested.connect(self._set_line)
        self.form.line_added.connect(self._add_line)
        self.form.line_removed.connect(self._remove_line)
        self.form.editing_finished.connect(self._finish_editing)
        self.form.exercise_requested.connect(lambda path: self.asked.append(("exercise", path)))
        self.form.hear_requested.connect(lambda path: self.asked.append(("hear", path)))
        self.form.try_requested.connect(lambda path: self.asked.append(("try", path)))
        self.form.text_requested.connect(lambda line, column: self.asked.append(("text", line, column)))
        self.form.closed.connect(lambda: self.asked.append("left"))

    def open(self, text: str, path: StepPath = (0,)) -> None:
        self.document = Document(text, self.reader)
        self.go_to(path)

    def go_to(self, path: StepPath) -> None:
        self.path = path
        self.form.show_draft(self.document.draft, path)

    @property
    def text(self) -> str:
        return self.document.text

    def row(self, name: str) -> FieldRow:
        row = self.form.row(name)
        assert row is not None, name
        assert row.isVisible()
        return row

    def names(self) -> list[str]:
        return [row.field.name for row in self.form.shown_rows]

    def fits(self) -> bool:
        """Whether the page is no wider than there is room for, and no button has less than it needs."""
        content = self.form.page.widget()
        buttons = [part for part in self.form.findChildren(QAbstractButton) if part.isVisible()]
        return (
            content is not None
            and content.width() == self.form.page.viewport().width()
            and all(part.width() >= part.minimumSizeHint().width() for part in buttons if not isinstance(part, Segment))
        )

    def type(self, name: str, text: str) -> None:
        """Replace what stands in a field, key by key."""
        part = self.row(name).focus_parts[0]
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(part, Key.Key_A, CONTROL)
        QTest.keyClick(part, Key.Key_Delete)
        QTest.keyClicks(part, text)

    def segment(self, name: str, word: str) -> Segment:
        row = self.row(name)
        assert isinstance(row, ChoiceRow)
        return next(part for part in row.segments.parts if part.word == word)

    def take(self, name: str, word: str) -> None:
        click(self.segment(name, word))

    def _finish_editing(self) -> None:
        self.document.commit()

    def _set_values(self, path: StepPath, values: Values, label: str, merge: str) -> None:
        self._make(self.operations.set_values(self.document.draft, path, values), label, merge)

    def _set_line(self, path: StepPath, index: int, values: Outline, label: str, merge: str) -> None:
        self._make(self.operations.set_line(self.document.draft, path, index, values), label, merge)

    def _add_line(self, path: StepPath) -> None:
        self._make(self.operations.add_line(self.document.draft, path, new_line(self.form.form)), "add", "")

    def _remove_line(self, path: StepPath, index: int) -> None:
        self._make(self.operations.remove_line(self.document.draft, path, index), "remove", "")

    def _make(self, result: StepResult, label: str, merge: str) -> None:
        if result.edits:
            self.document.apply(result.edits, label, merge)
        self.form.show_draft(self.document.draft, self.path)


def click(part: QWidget) -> None:
    QTest.mouseClick(part, LEFT, pos=part.rect().center())


def show(stage: Stage, qtbot: QtBot) -> FormRig:
    """Return a form that shows a plank, in the active window."""
    rig = FormRig(stage, qtbot)
    rig.open(PLANK)
    rig.form.show()
    rig.form.activateWindow()
    qtbot.waitUntil(rig.form.isActiveWindow)
    return rig
