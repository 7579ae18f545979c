"""Windows with a code editor and with a step tree."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.definition.strategies import CATALOGUE
from tests.ui.editor.tree_rig import Rig
from timer_app.definition.text_edit import TextEdit
from timer_app.ui.editor.text.code_editor import CodeEditor
from timer_app.ui.look.theme import Theme


class CodeRig:
    """A window with a code editor and a field below; `replayed` is the text that its edits give."""

    def __init__(self, theme: Theme) -> None:
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.editor = CodeEditor(theme)
        self.after = QLineEdit()
        layout.addWidget(self.editor)
        layout.addWidget(self.after)
        self.window.resize(700, 420)
        self.changes: list[TextEdit] = []
        self.replayed = ""
        self.editor.changed.connect(self._replay)
        self.editor.show_catalogue(CATALOGUE)

    def show(self, text: str) -> None:
        self.editor.show_text(text)
        self.replayed = text

    def show_marked(self, marked: str) -> None:
        """Show a text with the caret at its `|`."""
        offset = marked.index("|")
        self.show(marked.replace("|", "", 1))
        self.editor.select(offset, offset)

    @property
    def marked(self) -> str:
        """The text with a `|` at the caret."""
        caret = self.editor.caret
        return f"{self.editor.text[:caret]}|{self.editor.text[caret:]}"

    def _replay(self, change: TextEdit) -> None:
        self.changes.append(change)
        self.replayed = change.apply(self.replayed)
        assert self.editor.text == self.replayed


@pytest.fixture
def code(theme: Theme, qtbot: QtBot) -> CodeRig:
    rig = CodeRig(theme)
    qtbot.addWidget(rig.window)
    rig.window.show()
    rig.editor.setFocus()
    qtbot.waitUntil(rig.editor.hasFocus)
    return rig


@pytest.fixture
def rig(theme: Theme, qtbot: QtBot) -> Rig:
    rig = Rig(theme)
    qtbot.addWidget(rig.window)
    rig.window.show()
    rig.tree.setFocus()
    qtbot.waitUntil(rig.tree.hasFocus)
    return rig
