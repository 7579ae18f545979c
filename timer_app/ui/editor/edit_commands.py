"""Apply what the tree and the form request to the edited session, each with its label for undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from timer_app.definition.model import ExerciseStep, StepPath
from timer_app.definition.serializer import write_item
from timer_app.definition.to_mapping import Value
from timer_app.editing.form.edited_values import exchange, new_line
from timer_app.editing.step_clipboard import steps_in
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.editor.editor_session import EditorSession
from timer_app.ui.editor.form.step_form import StepForm
from timer_app.ui.editor.picker.dialog import ExercisePicker
from timer_app.ui.editor.tree.step_tree import StepTree
from timer_app.ui.support.services import Services

_NEW_ROUNDS = "- rounds: 3\n  steps: []\n"


class EditCommands(QObject):
    """Change the edited session as a tree and a form request; `window` is the parent of dialogs."""

    def __init__(self, services: Services, session: EditorSession, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._session = session
        self._window = window

    def connect_tree(self, tree: StepTree) -> None:
        """Connect the signals of a tree of steps."""
        change = self._session.change
        tree.move_requested.connect(
            lambda paths, at: change(lambda steps, draft: steps.move(draft, paths, at), _("Move"))
        )
        tree.remove_requested.connect(
            lambda paths: change(lambda steps, draft: steps.remove(draft, paths), _("Delete"))
        )
        tree.duplicate_requested.connect(
            lambda paths: change(lambda steps, draft: steps.duplicate(draft, paths), _("Duplicate"))
        )
        tree.wrap_requested.connect(
            lambda paths: change(lambda steps, draft: steps.wrap(draft, paths), _("Group into rounds"))
        )
        tree.unwrap_requested.connect(lambda path: change(lambda steps, draft: steps.unwrap(draft, path), _("Ungroup")))
        tree.copy_requested.connect(self.copy)
        tree.cut_requested.connect(self.cut)
        tree.paste_requested.connect(self.paste)
        tree.text_dropped.connect(self._insert_text)
        tree.insert_requested.connect(partial(self.pick_steps, tree.setFocus))

    def connect_form(self, form: StepForm) -> None:
        """Connect the signals of a step's form."""
        form.values_requested.connect(self._set_values)
        form.line_requested.connect(self._set_line)
        form.line_added.connect(partial(self._add_line, form))
        form.line_removed.connect(
            lambda path, index: self._session.change(
                lambda steps, draft: steps.remove_line(draft, path, index), _("Remove line")
            )
        )
        form.editing_finished.connect(self._session.commit)
        form.exercise_requested.connect(partial(self.change_exercise, form))

    def text_of(self, paths: Sequence[StepPath]) -> str:
        """Return steps as text; show a message and return nothing where they have to be corrected first."""
        try:
            return "".join(self._session.items(paths))
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return ""

    def copy(self, paths: Sequence[StepPath]) -> bool:
        """Copy steps to the clipboard as text; return whether it worked."""
        text = self.text_of(paths)
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def cut(self, paths: Sequence[StepPath]) -> None:
        """Move steps to the clipboard."""
        if self.copy(paths):
            self._session.change(lambda steps, draft: steps.remove(draft, paths), _("Cut"))

    def paste(self, at: StepPath) -> None:
        """Insert the steps on the clipboard before a path."""
        self._insert_text(QGuiApplication.clipboard().text(), at)

    def pick_steps(self, back: Callable[[], None], at: StepPath) -> None:
        """Let the user choose steps to insert before a path, one after the other; call `back` afterwards."""
        picker = self._picker()
        positions = [at]

        def add(item: str) -> None:
            position = positions[-1]
            self._session.change(lambda steps, draft: steps.insert(draft, position, [item]), _("Add"))
            positions.append((*position[:-1], position[-1] + 1))

        picker.chosen.connect(lambda step: add(write_item(step)))
        picker.rounds_requested.connect(lambda: add(_NEW_ROUNDS))
        picker.finished.connect(lambda _result: back())
        picker.open()

    def change_exercise(self, form: StepForm, path: StepPath) -> None:
        """Let the user choose another exercise for a step; its amount stays where that fits."""
        picker = self._picker(exchange=True)
        picker.chosen.connect(partial(self._replace_exercise, form, path))
        picker.open()

    def _picker(self, *, exchange: bool = False) -> ExercisePicker:
        picker = ExercisePicker(self._services, self._window.window(), exchange=exchange)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return picker

    def _insert_text(self, text: str, at: StepPath) -> None:
        try:
            items = steps_in(text)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        self._session.change(lambda steps, draft: steps.insert(draft, at, items), _("Paste"))

    def _replace_exercise(self, form: StepForm, path: StepPath, step: ExerciseStep) -> None:
        catalogue = self._services.catalogue
        self._session.change(
            lambda steps, draft: steps.set_values(draft, path, exchange(draft, path, form.form, step, catalogue)),
            _("Change exercise"),
        )

    def _set_values(self, path: StepPath, values: Mapping[str, Value | None], label: str, merge: str) -> None:
        self._session.change(lambda steps, draft: steps.set_values(draft, path, values), label, merge)

    def _set_line(self, path: StepPath, index: int, values: Mapping[str, Value | None], label: str, merge: str) -> None:
        self._session.change(lambda steps, draft: steps.set_line(draft, path, index, values), label, merge)

    def _add_line(self, form: StepForm, path: StepPath) -> None:
        self._session.change(lambda steps, draft: steps.add_line(draft, path, new_line(form.form)), _("Add line"))
