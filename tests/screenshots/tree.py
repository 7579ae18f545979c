"""The states of the editor's tree of steps of which pictures are taken, at the width that the editor gives it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout

from tests.screenshots.scene import Scene
from timer_app.clock import Milliseconds
from timer_app.definition.model import StepPath
from timer_app.editing.draft_parser import Draft, DraftReader
from timer_app.timeline.compile import compile_session
from timer_app.ui.editor.tree.step_tree import StepTree
from timer_app.ui.widgets.layouts import Card, KeepWidth

_NESTED = """format: 1
name: A long name for a short evening of stretching
steps:
  - exercise: cat-cow
    reps: 6
  - rounds: 3
    rest: 30s
    steps:
      - exercise: side-plank
        hold: 30s
        each_side: true
        sets: 2
        rest: 15s
      - rounds: 2
        steps:
          - exercise: superman
            reps: 10
            last_rep_hold: 10s
          - rest: 20s
            name: Drink of water
      - rounds: 4
        steps: []
  - exercise:
  - exercise: plnk
    hold: sixty
  - rest: 1m
  - name: Wall sit with the back flat against the wall
    until_done: true
"""


def _lengths(scene: Scene, draft: Draft) -> dict[StepPath, Milliseconds]:
    lengths: dict[StepPath, Milliseconds] = {}
    if draft.session is not None:
        for interval in compile_session(draft.session, scene.stage.services.catalogue).intervals:
            for end in range(len(interval.step) + 1):
                lengths[interval.step[:end]] = lengths.get(interval.step[:end], 0) + (interval.length or 0)
    return lengths


def _tree(scene: Scene, text: str) -> StepTree:
    """Lay the tree over the window's left side."""
    services = scene.stage.services
    tree = StepTree(services.theme, services.catalogue, lambda _paths: "")
    page = Card("bar")
    layout = QHBoxLayout(page)
    layout.addWidget(tree)
    layout.addStretch(1)
    KeepWidth(services.theme, tree, page)
    page.setParent(scene.window)
    page.setGeometry(scene.window.rect())
    page.show()
    draft = DraftReader("x", services.catalogue).read(text)
    tree.show_draft(draft, _lengths(scene, draft))
    scene.settle()
    tree.setFocus()
    return tree


def _sound(scene: Scene) -> None:
    tree = _tree(scene, scene.stage.services.library.find("runner-core").text())
    tree.choose([(2,), (3,)])


def _problems(scene: Scene) -> None:
    tree = _tree(scene, _NESTED)
    tree.collapse(tree.index_of((1, 2)))
    tree.choose([(1, 0)])


def _empty(scene: Scene) -> None:
    _tree(scene, "format: 1\nname: New session\nsteps: []\n")


def _broken(scene: Scene) -> None:
    tree = _tree(scene, _NESTED)
    tree.show_draft(DraftReader("x", scene.stage.services.catalogue).read("format: ["), {})


def _over(tree: StepTree, place: QPoint) -> None:
    mime = QMimeData()
    mime.setText("- rest: 5s")
    rest = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(tree.viewport(), QDragEnterEvent(place, *rest))
    QApplication.sendEvent(tree.viewport(), QDragMoveEvent(place, *rest))


def _landing(scene: Scene) -> None:
    tree = _tree(scene, _NESTED)
    row = tree.visualRect(tree.index_of((1, 0)))
    _over(tree, QPoint(row.center().x(), row.bottom() - 2))


def _landing_in_rounds(scene: Scene) -> None:
    tree = _tree(scene, _NESTED)
    _over(tree, tree.visualRect(tree.index_of((1, 2))).center())


def _menu(scene: Scene) -> None:
    tree = _tree(scene, _NESTED)
    tree.choose([(1, 0)])
    menu = tree.menu_at(tree.visualRect(tree.index_of((1, 0))).center())
    menu.setParent(tree.parentWidget())
    menu.resize(menu.sizeHint())
    menu.move(tree.width() // 2, 8)
    menu.show()


STATES: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("editor-tree", _sound),
    ("editor-tree-problems", _problems),
    ("editor-tree-empty", _empty),
    ("editor-tree-broken", _broken),
    ("editor-tree-landing", _landing),
    ("editor-tree-landing-in-rounds", _landing_in_rounds),
    ("editor-tree-menu", _menu),
)
