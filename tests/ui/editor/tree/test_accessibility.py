"""Accessible texts of the step tree, and announcements of moved steps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tests.ui.editor.tree_rig import Rig

Text = QAccessible.Text
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is announced."""
    announced: list[str] = []
    monkeypatch.setattr("timer_app.ui.editor.tree.step_tree.announce", lambda _widget, text: announced.append(text))
    return announced


def test_the_tree_has_a_name_and_each_row_says_all_of_it(rig: Rig) -> None:
    rig.show(rig.text.replace("hold: 30s", "hold: soon"))
    tree = QAccessible.queryAccessibleInterface(rig.tree)
    assert tree is not None
    assert tree.text(Text.Name) == "Steps"
    assert tree.role() == QAccessible.Role.Tree
    names = []
    for number in range(tree.childCount()):
        child = tree.child(number)
        assert child is not None
        names.append(child.text(Text.Name))
    assert names == [
        "Steps",
        "Session: Back on Sundays, the session’s own settings",
        'Step 1: Plank, soon. Problem: hold: "soon" is not a duration; write 60s, 1:00 or 1m',
        "Step 2: 2 rounds, rest 20 s",
        "Step 1: Superman, 10 × 4 s, in 2 rounds",
        "Step 2: Sip, 10 s, in 2 rounds",
        "Step 3: Burpee, as many as you can in 1:00",
    ]


def test_a_problem_stands_in_the_tooltip(rig: Rig) -> None:
    rig.show(rig.text.replace("hold: 30s", "hold: soon"))
    tip = rig.tree.index_of((0,)).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == 'Plank\nsoon\nhold: "soon" is not a duration; write 60s, 1:00 or 1m'


def test_a_move_is_announced_with_where_it_led(rig: Rig, said: list[str]) -> None:
    rig.tree.choose([(0,)])
    rig.press(Qt.Key.Key_Down, hold=ALT)
    assert said == ["Plank, now step 2 of 3"]
    rig.press(Qt.Key.Key_Left, hold=ALT)
    assert len(said) == 1
    rig.press(Qt.Key.Key_Up, hold=ALT)
    rig.press(Qt.Key.Key_Right, hold=ALT)
    assert said[1:] == ["Plank, now step 1 of 3", "Plank, now step 1 of 3 in 2 rounds"]


def test_several_are_announced_together(rig: Rig, said: list[str]) -> None:
    rig.tree.choose([(0,), (1,)])
    rig.press(Qt.Key.Key_Down, hold=ALT)
    assert said == ["2 steps moved. Plank, now step 2 of 3"]


def test_nothing_but_a_move_is_announced(rig: Rig, said: list[str]) -> None:
    rig.tree.choose([(2,)])
    rig.press(Qt.Key.Key_D, hold=Qt.KeyboardModifier.ControlModifier)
    rig.press(Qt.Key.Key_Delete, Qt.Key.Key_Insert)
    assert said == []


def test_a_move_that_was_refused_is_not_announced_later(rig: Rig, said: list[str]) -> None:
    rig.show("format: 1\nname: A\nsteps: [{rest: 5s}, {rest: soon,\n  name: b}]\n")
    rig.tree.choose([(0,)])
    rig.press(Qt.Key.Key_Down, hold=ALT)
    assert len(rig.problems) == 1
    rig.show()
    rig.tree.choose([(1,)])
    assert said == []
