"""The states of the editor of which pictures are taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.screenshots.scene import Scene
from timer_app.definition.parser import check_session
from timer_app.ui.editor.text.code_editor import CodeEditor

_WRONG = """format: 1
name: Sore back morning
level: gentel
steps:
  - exercise: plnk          # as long as it feels good
    hold: sixty
  - exercise: cat-cow
    reps: 8
    tempo: {lift: 1s, lower: 2s}
    say:
      - {at: half, line: "Half way, breathe out slowly"}
  - rest: 30s
    name: <b>Drink</b>
"""


def _write(scene: Scene, text: str) -> CodeEditor:
    """Lay the text of a session over the window."""
    edit = CodeEditor(scene.stage.services.theme)
    edit.show_catalogue(scene.stage.services.catalogue)
    edit.show_text(text)
    edit.setParent(scene.window)
    edit.setGeometry(scene.window.rect())
    edit.show()
    edit.setFocus()
    return edit


def _with_problems(scene: Scene) -> CodeEditor:
    edit = _write(scene, _WRONG)
    edit.show_findings(check_session(_WRONG, "x", scene.stage.services.catalogue))
    return edit


def _problems(scene: Scene) -> None:
    _with_problems(scene)


def _plain(scene: Scene) -> None:
    edit = _write(scene, scene.stage.services.library.find("runner-core").text())
    edit.mark_lines(20, 24)
    edit.go_to(22, 9)


def _keys(scene: Scene) -> None:
    edit = _with_problems(scene)
    edit.go_to(8, 12)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    edit.suggest()


def _exercises(scene: Scene) -> None:
    edit = _with_problems(scene)
    edit.go_to(13, 99)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    edit.go_to(14, 1)
    QTest.keyClicks(edit, "  - exercise: st")


def _find(scene: Scene) -> None:
    edit = _with_problems(scene)
    QTest.keyClick(edit, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(scene.window.focusWidget(), "exercise")


def _empty(scene: Scene) -> None:
    _write(scene, "")


STATES: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("editor-text", _plain),
    ("editor-text-problems", _problems),
    ("editor-text-keys", _keys),
    ("editor-text-exercises", _exercises),
    ("editor-text-find", _find),
    ("editor-text-empty", _empty),
)
