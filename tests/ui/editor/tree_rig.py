"""The step tree in a window, with a real reader and real operations behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLayout, QLineEdit, QVBoxLayout, QWidget

from tests.definition.strategies import CATALOGUE
from timer_app.clock import Milliseconds
from timer_app.definition.model import StepPath
from timer_app.editing.draft_parser import Draft, DraftReader
from timer_app.editing.step_clipboard import steps_in
from timer_app.editing.step_operations import StepOperations, StepResult
from timer_app.presentation.step_rows import TreeRow
from timer_app.problems import Problem
from timer_app.timeline.compile import compile_session
from timer_app.ui.editor.tree.model import ROW_ROLE
from timer_app.ui.editor.tree.step_tree import StepTree
from timer_app.ui.look.theme import Theme

NEW = "- rest: 30s\n"

SMALL = """format: 1
name: Back on Sundays
steps:
  - exercise: plank
    hold: 30s
  - rounds: 2
    rest: 20s
    steps:
      - exercise: superman
        reps: 10
      - rest: 10s
        name: Sip
  - exercise: burpee
    amrap: 1m
"""


def lengths_of(draft: Draft) -> dict[StepPath, Milliseconds]:
    """Return how long each step of a draft takes; nothing while it has problems."""
    lengths: dict[StepPath, Milliseconds] = {}
    timeline = compile_session(draft.session, CATALOGUE) if draft.session is not None else None
    for interval in timeline.intervals if timeline is not None else ():
        for end in range(len(interval.step) + 1):
            path = interval.step[:end]
            lengths[path] = lengths.get(path, 0) + (interval.length or 0)
    return lengths


class Rig:
    """The tree with what it asks for, in `requests`, and what came of it."""

    def __init__(self, theme: Theme, text: str = SMALL) -> None:
        self.theme = theme
        self.reader = DraftReader("x", CATALOGUE)
        self.operations = StepOperations(self.reader)
        self.draft = self.reader.read(text)
        self.copied = ""
        self.problems: list[Problem] = []
        self.requests: list[tuple[object, ...]] = []
        self.tree = StepTree(theme, CATALOGUE, self.text_of)
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.before = QLineEdit()
        layout.addWidget(self.before)
        layout.addWidget(self.tree)
        self.window.resize(300, 520)
        self._answer()
        self.show()

    @property
    def text(self) -> str:
        return self.draft.text

    @property
    def texts(self) -> list[str]:
        """The rows that are shown, one in a line, with two blanks for each depth."""
        return lines_of(self.tree)

    def show(self, text: str | None = None) -> None:
        """Show a text, or the one that there is."""
        if text is not None:
            self.draft = self.reader.read(text)
        self.tree.show_draft(self.draft, lengths_of(self.draft))

    def text_of(self, paths: Sequence[StepPath]) -> str:
        return "".join(self.operations.items_of(self.draft, paths))

    def press(self, *keys: Qt.Key, hold: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.tree, key, hold)

    def current(self) -> StepPath:
        return self.tree.current

    def chosen(self) -> tuple[StepPath, ...]:
        return self.tree.chosen

    def centre(self, *path: int) -> QPoint:
        """The middle of a step's row in the tree's viewport."""
        return self.tree.visualRect(self.tree.index_of(path)).center()

    def click(self, *path: int, hold: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.tree.viewport(), Qt.MouseButton.LeftButton, hold, self.centre(*path))

    def row(self, *path: int) -> TreeRow:
        row = self.tree.index_of(path).data(ROW_ROLE)
        assert isinstance(row, TreeRow)
        return row

    def _answer(self) -> None:
        tree, operations = self.tree, self.operations
        for name in ("current_changed", "edit_requested", "try_requested", "hear_requested"):
            getattr(tree, name).connect(partial(self._note, name))
        tree.insert_requested.connect(lambda at: self._do("insert", operations.insert, at, [NEW]))
        tree.remove_requested.connect(lambda paths: self._do("remove", operations.remove, paths))
        tree.duplicate_requested.connect(lambda paths: self._do("duplicate", operations.duplicate, paths))
        tree.move_requested.connect(lambda paths, at: self._do("move", operations.move, paths, at))
        tree.wrap_requested.connect(lambda paths: self._do("wrap", operations.wrap, paths))
        tree.unwrap_requested.connect(lambda path: self._do("unwrap", operations.unwrap, path))
        tree.copy_requested.connect(self._copy)
        tree.cut_requested.connect(self._cut)
        tree.paste_requested.connect(lambda at: self._put("paste", self.copied, at))
        tree.text_dropped.connect(lambda text, at: self._put("drop", text, at))

    def _note(self, name: str, *what: object) -> None:
        self.requests.append((name, *what))

    def _copy(self, paths: tuple[StepPath, ...]) -> None:
        self._note("copy", paths)
        try:
            self.copied = self.text_of(paths)
        except Problem as problem:
            self.problems.append(problem)

    def _cut(self, paths: tuple[StepPath, ...]) -> None:
        self._copy(paths)
        self._do("remove", self.operations.remove, paths)

    def _put(self, name: str, text: str, at: StepPath) -> None:
        try:
            items = steps_in(text)
        except Problem as problem:
            self.problems.append(problem)
            return
        self._do(name, self.operations.insert, at, items)

    def _do(self, name: str, change: Callable[..., StepResult], *what: object) -> None:
        self._note(name, *what[:2] if name == "move" else what[:1])
        try:
            changed = change(self.draft, *what)
        except Problem as problem:
            self.problems.append(problem)
            return
        self.show(changed.text)
        self.tree.choose(changed.paths or ())


def lines_of(tree: StepTree) -> list[str]:
    """Return the rows of a tree, folded ones too, one in a line, with two blanks for each depth."""
    lines: list[str] = []

    def add(parent: QModelIndex) -> None:
        model = tree.model()
        for number in range(model.rowCount(parent)):
            index = model.index(number, 0, parent)
            row: TreeRow = index.data(ROW_ROLE)
            mark = "!" if row.problems else ""
            words = " · ".join(part for part in (row.title, row.detail, row.length) if part)
            lines.append("  " * max(0, len(row.path) - 1) + mark + words)
            add(index)

    add(tree.rootIndex())
    return lines
