"""Whatever is done in the tree, in whatever order, it shows what a new tree of the same draft shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from tests.definition.strategies import CATALOGUE
from tests.ui.editor.tree_rig import SMALL, Rig, lengths_of, lines_of
from timer_app.definition.model import StepPath
from timer_app.ui.editor.tree.step_tree import StepTree

Key: TypeAlias = Qt.Key
Hold: TypeAlias = Qt.KeyboardModifier
NONE, CONTROL, ALT, SHIFT = Hold.NoModifier, Hold.ControlModifier, Hold.AltModifier, Hold.ShiftModifier

PRESSES: tuple[tuple[Key, Hold], ...] = (
    *((key, NONE) for key in (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End)),
    *((key, SHIFT) for key in (Key.Key_Up, Key.Key_Down, Key.Key_End)),
    *((key, ALT) for key in (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right) * 2),
    *((key, CONTROL) for key in (Key.Key_X, Key.Key_C, Key.Key_V, Key.Key_D, Key.Key_G, Key.Key_I, Key.Key_A)),
    (Key.Key_G, CONTROL | SHIFT),
    (Key.Key_Delete, NONE),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(presses=st.lists(st.sampled_from(PRESSES), min_size=1, max_size=25))
def test_it_shows_what_a_new_tree_shows(rig: Rig, presses: list[tuple[Key, Hold]]) -> None:
    rig.show(SMALL)
    rig.tree.choose([])
    rig.copied = ""
    for key, hold in presses:
        folded, before = folded_of(rig.tree), rig.text
        rig.press(key, hold=hold)
        fresh = StepTree(rig.theme, CATALOGUE, rig.text_of)
        fresh.show_draft(rig.draft, lengths_of(rig.draft))
        assert rig.texts == lines_of(fresh)
        assert list(paths_of(rig.tree)) == [place.path for place in rig.draft.places()]
        fresh.deleteLater()
        QCoreApplication.sendPostedEvents(fresh, QEvent.Type.DeferredDelete)
        assert_told_truly(rig)
        if rig.text == before and key not in (Key.Key_Left, Key.Key_Right):
            assert folded_of(rig.tree) == folded


def folded_of(tree: StepTree) -> set[StepPath]:
    return {path for path in tree.lists() if path and not tree.isExpanded(tree.index_of(path))}


def assert_told_truly(rig: Rig) -> None:
    """The selected rows exist and are visible, and the current step was emitted."""
    tree = rig.tree
    marked = [tree.path_of(index) for index in tree.selectionModel().selectedIndexes()]
    assert marked
    assert () not in marked or marked == [()]
    assert all(rig.draft.place(path) is not None for path in tree.chosen)
    assert not tree.visualRect(tree.currentIndex()).isNull()
    emitted: list[StepPath] = [what[1] for what in rig.requests if what[0] == "current_changed"]  # type: ignore[misc]
    assert (emitted or [()])[-1] == tree.current


def paths_of(tree: StepTree) -> Iterator[StepPath]:
    waiting = [tree.index_of((number,)) for number in range(tree.lists()[()])][::-1]
    while waiting:
        index = waiting.pop()
        path = tree.path_of(index)
        assert path is not None
        assert index == tree.index_of(path)
        yield path
        waiting += [tree.index_of((*path, number)) for number in range(tree.lists().get(path, 0))][::-1]
