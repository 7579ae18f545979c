"""A text of a session in a window of its own, and a record of the changes that it tells of."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.definition.strategies import CATALOGUE
from tests.ui.editor.tree_rig import Rig
from timer_app.definition.text_edit import TextEdit
from timer_app.ui.editor.text.code_editor import CodeEditor
from timer_app.ui.look.theme import Theme


class Desk:
    """A window with the text and a field below it; `replayed` is the text as the changes say that it is."""

    def __init__(self, theme: Theme) -> None:
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.edit = CodeEditor(theme)
        self.after = QLineEdit()
        layout.addWidget(self.edit)
        layout.addWidget(self.after)
        self.window.resize(700, 420)
        self.changes: list[TextEdit] = []
        self.replayed = ""
        self.edit.changed.connect(self._replay)
        self.edit.show_catalogue(CATALOGUE)

    def show(self, text: str) -> None:
        self.edit.show_text(text)
        self.replayed = text

    def show_marked(self, marked: str) -> None:
        """Show a text with the caret at its `|`."""
        offset = marked.index("|")
        self.show(marked.replace("|", "", 1))
        self.edit._select(offset, offset)

    @property
    def marked(self) -> str:
        """The text with a `|` at the caret."""
        caret = self.edit.caret
        return f"{self.edit.text[:caret]}|{self.edit.text[caret:]}"

    def _replay(self, change: TextEdit) -> None:
        self.changes.append(change)
        self.replayed = change.apply(self.replayed)
        assert self.edit.text == self.replayed


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot) -> Desk:
    made = Desk(theme)
    qtbot.addWidget(made.window)
    made.window.show()
    made.edit.setFocus()
    qtbot.waitUntil(made.edit.hasFocus)
    return made


@pytest.fixture
def rig(theme: Theme, qtbot: QtBot) -> Rig:
    made = Rig(theme)
    qtbot.addWidget(made.window)
    made.window.show()
    made.tree.setFocus()
    qtbot.waitUntil(made.tree.hasFocus)
    return made
