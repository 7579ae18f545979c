"""Updates of the step tree keep selection, folding and scroll position."""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QSignalSpy, QTest

from tests.ui.editor.tree_rig import SMALL, Rig, lines_of
from timer_app.definition.model import StepPath
from timer_app.ui.editor.tree.model import ROW_ROLE

LONG = "format: 1\nname: Long\nsteps:\n" + "".join(
    f"  - exercise: plank\n    hold: {n + 5}s\n"
    if n % 10
    else "  - rounds: 2\n    steps:\n      - rest: 10s\n      - {exercise: superman, reps: 8}\n"
    for n in range(84)
)


class ModelChanges:
    """Records the change signals of a model."""

    def __init__(self, model: QAbstractItemModel) -> None:
        self.changed: list[StepPath] = []
        self.came_and_went = [QSignalSpy(one) for one in (model.rowsInserted, model.rowsRemoved, model.modelReset)]
        self._layout = QSignalSpy(model.layoutChanged)
        model.dataChanged.connect(lambda first, _last: self.changed.append(first.data(ROW_ROLE).path))

    @property
    def structure(self) -> list[int]:
        return [*(spy.count() for spy in self.came_and_went), self._layout.count()]


def test_a_changed_text_changes_its_row_alone(rig: Rig) -> None:
    rig.show(LONG)
    changes = ModelChanges(rig.tree.model())
    rig.show(LONG)
    assert (changes.changed, changes.structure) == ([], [0, 0, 0, 0])
    rig.show(LONG.replace("hold: 12s", "hold: soon"))
    assert changes.structure == [0, 0, 0, 0]
    assert (7,) in changes.changed
    changes.changed.clear()
    rig.show(LONG.replace("hold: 12s", "hold: sooner"))
    assert changes.changed == [(7,)]


def test_a_step_that_comes_is_one_row_and_what_is_marked_goes_along(rig: Rig) -> None:
    rig.tree.choose([(1, 1), (2,)])
    changes = ModelChanges(rig.tree.model())
    rig.requests.clear()
    rig.show(SMALL.replace("steps:\n  -", "steps:\n  - rest: 5s\n  -"))
    assert changes.structure == [1, 0, 0, 0]
    assert rig.chosen() == ((2, 1), (3,))
    assert rig.requests == [("current_changed", (2, 1))]
    rig.show(SMALL)
    assert changes.structure == [1, 1, 0, 0]
    assert rig.chosen() == ((1, 1), (2,))


def test_when_the_current_step_goes_another_is_emitted(rig: Rig) -> None:
    rig.tree.choose([(2,)])
    rig.show(SMALL[: SMALL.index("  - exercise: burpee")])
    assert rig.tree.chosen == (rig.current(),)
    assert rig.requests[-1] == ("current_changed", rig.current())


def test_a_title_changes_in_place(rig: Rig) -> None:
    rig.tree.choose([(1, 0)])
    changes = ModelChanges(rig.tree.model())
    rig.show(SMALL.replace("superman", "bird-dog").replace("Sundays", "Mondays"))
    assert changes.structure == [0, 0, 0, 0]
    assert rig.texts[3].strip().startswith("Bird dog")
    assert rig.texts[0].startswith("Back on Mondays")
    assert rig.chosen() == ((1, 0),)


def test_folded_rounds_stay_folded_wherever_they_go(rig: Rig) -> None:
    rig.show(LONG)
    rig.tree.collapse(rig.tree.index_of((10,)))
    rig.tree.choose([(10,)])
    rig.press(Qt.Key.Key_Up, hold=Qt.KeyboardModifier.AltModifier)
    assert not rig.tree.isExpanded(rig.tree.index_of((9,)))
    rig.show(rig.text.replace("rounds: 2", "rounds: 4"))
    folded = [path for path in rig.tree.lists() if path and not expanded(rig, path)]
    assert folded == [(9,)]


def test_rounds_that_come_are_open(rig: Rig) -> None:
    rig.tree.collapse(rig.tree.index_of((1,)))
    rig.tree.choose([(0,)])
    rig.press(Qt.Key.Key_G, hold=Qt.KeyboardModifier.ControlModifier)
    assert expanded(rig, (0,))
    assert not expanded(rig, (1,))


def test_a_step_that_becomes_rounds_as_it_is_typed_is_open(rig: Rig) -> None:
    typed = SMALL[: SMALL.index("  - exercise: burpee")]
    for added in ("  - rest: 5s\n", "  - rounds: 5\n", "  - rounds: 5\n    steps:\n      - rest: 5s\n"):
        rig.show(typed + added)
    assert expanded(rig, (2,))
    assert rig.texts[-1] == "  Rest · 5 s · 0:25"


def test_two_rounds_of_as_many_steps_change_places_with_their_folds(rig: Rig) -> None:
    one, other = "  - rounds: 2\n    steps: [{rest: 5s}]\n", "  - rounds: 3\n    steps: [{rest: 6s}]\n"
    head = "format: 1\nname: A\nsteps:\n"
    rig.show(head + one + other)
    rig.tree.collapse(rig.tree.index_of((0,)))
    rig.show(head + other + one)
    assert (expanded(rig, (0,)), expanded(rig, (1,))) == (True, False)


def test_a_step_that_is_chosen_in_folded_rounds_is_seen(rig: Rig) -> None:
    rig.tree.collapse(rig.tree.index_of((1,)))
    rig.tree.choose([(1, 1)])
    assert expanded(rig, (1,))
    assert rig.current() == (1, 1)


def test_it_stays_where_it_is_scrolled_to(rig: Rig) -> None:
    rig.show(LONG)
    QTest.qWait(0)
    bar = rig.tree.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    rig.show(LONG.replace("hold: 12s", "hold: soon"))
    assert bar.value() == before > 0


def test_of_a_broken_text_the_last_rows_stay_out_of_reach(rig: Rig) -> None:
    before = rig.texts
    rig.show("format: [")
    assert rig.texts == before
    assert not rig.tree.isEnabled()
    rig.window.grab()
    rig.show(SMALL)
    assert rig.tree.isEnabled()


def test_a_tree_that_never_saw_a_sound_text_shows_nothing_and_does_no_harm(rig: Rig) -> None:
    from timer_app.ui.editor.tree.step_tree import StepTree

    tree = StepTree(rig.theme, {}, rig.text_of)
    tree.show_draft(rig.reader.read("format: ["), {})
    assert lines_of(tree) == []
    assert (tree.current, tree.chosen, tree.place_after) == ((), (), (0,))
    tree.grab()


def test_rows_outlive_what_they_were_made_of(rig: Rig) -> None:
    rig.show(LONG)
    gc.collect()
    rig.show(SMALL)
    gc.collect()
    assert len(rig.texts) == 6


def expanded(rig: Rig, path: StepPath) -> bool:
    return rig.tree.isExpanded(rig.tree.index_of(path))
