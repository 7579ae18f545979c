"""The tree of steps by its keys: each does what it says, with a real changer that answers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.editor.tree_rig import SMALL, Rig
from timer_app.settings import Settings

Key = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
EMPTY = "format: 1\nname: New\nsteps: []\n"


def titles(rig: Rig) -> list[str]:
    """Return the titles below the session, with two blanks for each depth."""
    return [line.split(" · ")[0] for line in rig.texts[1:]]


def test_it_shows_the_session_and_its_steps(rig: Rig) -> None:
    assert rig.texts == [
        "Back on Sundays · the session’s own settings · 4:10",
        "Plank · 30 s · 0:40",
        "2 rounds · rest 20 s · 2:20",
        "  Superman · 10 × 4 s · 1:40",
        "  Sip · 10 s · 0:20",
        "Burpee · as many as you can in 1:00 · 1:10",
    ]
    assert rig.current() == ()
    assert rig.chosen() == ()


def test_the_arrows_walk_and_fold(rig: Rig) -> None:
    rig.press(Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert rig.current() == (1, 0)
    rig.press(Key.Key_Left)
    assert rig.current() == (1,)
    rig.press(Key.Key_Left, Key.Key_Down)
    assert rig.current() == (2,)
    rig.press(Key.Key_Up, Key.Key_Right, Key.Key_Down)
    assert rig.current() == (1, 0)
    rig.press(Key.Key_End)
    assert rig.current() == (2,)
    rig.press(Key.Key_Home)
    assert rig.current() == ()
    paths = [what[1] for what in rig.requests if what[0] == "current_changed"]
    assert paths == [(0,), (1,), (1, 0), (1,), (2,), (1,), (1, 0), (2,), ()]


def test_letters_go_to_the_step_that_begins_with_them(rig: Rig) -> None:
    QTest.keyClicks(rig.tree, "su")
    assert rig.current() == (1, 0)


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_Return, Key.Key_Enter])
def test_enter_goes_to_the_form(rig: Rig, key: Key) -> None:
    rig.tree.choose([(0,)])
    rig.press(key)
    assert rig.requests[-1] == ("edit_requested", (0,))


@pytest.mark.parametrize(
    ("start", "presses", "after"),
    [
        ((0,), [Key.Key_Down], ["2 rounds", "  Superman", "  Sip", "Plank", "Burpee"]),
        ((0,), [Key.Key_Down, Key.Key_Down], ["2 rounds", "  Superman", "  Sip", "Burpee", "Plank"]),
        ((0,), [Key.Key_Right], ["2 rounds", "  Plank", "  Superman", "  Sip", "Burpee"]),
        ((2,), [Key.Key_Right], ["Plank", "2 rounds", "  Superman", "  Sip", "  Burpee"]),
        ((2,), [Key.Key_Up], ["Plank", "Burpee", "2 rounds", "  Superman", "  Sip"]),
        ((1, 0), [Key.Key_Up], ["Plank", "Superman", "2 rounds", "  Sip", "Burpee"]),
        ((1, 1), [Key.Key_Down], ["Plank", "2 rounds", "  Superman", "Sip", "Burpee"]),
        ((1, 0), [Key.Key_Left], ["Plank", "2 rounds", "  Sip", "Superman", "Burpee"]),
        ((1, 0), [Key.Key_Down], ["Plank", "2 rounds", "  Sip", "  Superman", "Burpee"]),
        ((1,), [Key.Key_Up], ["2 rounds", "  Superman", "  Sip", "Plank", "Burpee"]),
        ((1, 0), [Key.Key_Up, Key.Key_Right], ["Plank", "2 rounds", "  Superman", "  Sip", "Burpee"]),
    ],
)
def test_alt_and_an_arrow_move(rig: Rig, start: tuple[int, ...], presses: list[Key], after: list[str]) -> None:
    rig.tree.choose([start])
    title = rig.row(*start).title
    rig.press(*presses, hold=ALT)
    assert titles(rig) == after
    assert rig.row(*rig.current()).title == title
    assert rig.chosen() == (rig.current(),)


def test_at_the_edge_nothing_moves_and_nothing_else_is_chosen(rig: Rig) -> None:
    for path, key in (((0,), Key.Key_Up), ((2,), Key.Key_Down), ((0,), Key.Key_Left)):
        rig.tree.choose([path])
        rig.press(key, hold=ALT)
        assert rig.current() == path
    assert not [what for what in rig.requests if what[0] == "move"]


def test_several_are_moved_together(rig: Rig) -> None:
    rig.tree.choose([(0,)])
    rig.press(Key.Key_Down, hold=SHIFT)
    assert rig.chosen() == ((0,), (1,))
    rig.press(Key.Key_Down, hold=ALT)
    assert titles(rig) == ["Burpee", "Plank", "2 rounds", "  Superman", "  Sip"]
    assert rig.chosen() == ((1,), (2,))


def test_steps_are_removed_and_the_next_one_is_chosen(rig: Rig) -> None:
    rig.tree.choose([(0,)])
    rig.press(Key.Key_Delete)
    assert titles(rig) == ["2 rounds", "  Superman", "  Sip", "Burpee"]
    assert rig.current() == (0,)
    rig.tree.choose([(0, 0), (1,)])
    rig.press(Key.Key_Delete)
    assert titles(rig) == ["2 rounds", "  Sip"]


def test_steps_are_cut_copied_and_pasted(rig: Rig) -> None:
    rig.tree.choose([(1, 0)])
    rig.press(Key.Key_C, hold=CONTROL)
    assert rig.copied == "- exercise: superman\n  reps: 10\n"
    rig.tree.choose([(2,)])
    rig.press(Key.Key_V, hold=CONTROL)
    assert titles(rig) == ["Plank", "2 rounds", "  Superman", "  Sip", "Burpee", "Superman"]
    rig.tree.choose([(1,)])
    rig.press(Key.Key_X, hold=CONTROL)
    rig.tree.choose([])
    rig.press(Key.Key_V, hold=CONTROL)
    assert titles(rig) == ["Plank", "Burpee", "Superman", "2 rounds", "  Superman", "  Sip"]


def test_a_step_is_duplicated(rig: Rig) -> None:
    rig.tree.choose([(0,)])
    rig.press(Key.Key_D, hold=CONTROL)
    assert titles(rig)[:2] == ["Plank", "Plank"]
    assert rig.chosen() == ((1,),)


def test_steps_are_grouped_and_ungrouped(rig: Rig) -> None:
    rig.tree.choose([(0,), (1,)])
    rig.press(Key.Key_G, hold=CONTROL)
    assert titles(rig) == ["3 rounds", "  Plank", "  2 rounds", "    Superman", "    Sip", "Burpee"]
    assert rig.current() == (0,)
    rig.press(Key.Key_G, hold=CONTROL | SHIFT)
    assert titles(rig) == ["Plank", "2 rounds", "  Superman", "  Sip", "Burpee"]


@pytest.mark.parametrize(
    ("current", "place"), [((), (3,)), ((0,), (1,)), ((1,), (2,)), ((1, 0), (1, 1)), ((1, 1), (1, 2)), ((2,), (3,))]
)
def test_steps_are_added_after_the_current_one(rig: Rig, current: tuple[int, ...], place: tuple[int, ...]) -> None:
    rig.tree.choose([current])
    assert rig.tree.place_after == place
    rig.press(Key.Key_Insert)
    assert ("insert", place) in rig.requests
    assert rig.current() == place
    assert rig.row(*place).title == "Rest"


def test_empty_rounds_are_filled(rig: Rig) -> None:
    rig.tree.choose([(1, 0), (1, 1)])
    rig.press(Key.Key_Delete)
    assert "2 rounds · no steps yet, rest 20 s" in rig.texts[2]
    rig.press(Key.Key_I, hold=CONTROL)
    assert titles(rig) == ["Plank", "2 rounds", "  Rest", "Burpee"]
    assert rig.current() == (1, 0)


def test_a_step_is_heard_and_tried(rig: Rig) -> None:
    rig.tree.choose([(1, 0)])
    rig.press(Key.Key_L, hold=CONTROL)
    rig.press(Key.Key_Return, hold=CONTROL)
    assert rig.requests[-2:] == [("hear_requested", (1, 0)), ("try_requested", (1, 0))]
    rig.tree.choose([])
    rig.press(Key.Key_L, hold=CONTROL)
    assert rig.requests[-1] == ("current_changed", ())


def test_the_session_is_never_chosen_together_with_steps(rig: Rig) -> None:
    rig.click()
    rig.click(1, hold=SHIFT)
    assert rig.chosen() == ((0,), (1,))
    rig.click(hold=CONTROL)
    assert rig.chosen() == ()
    assert rig.tree.selectionModel().selectedIndexes() == [rig.tree.index_of(())]
    rig.click(2, hold=CONTROL)
    assert rig.chosen() == ((2,),)
    rig.press(Key.Key_A, hold=CONTROL)
    assert rig.chosen() == ((0,), (1,), (2,))
    rig.press(Key.Key_Home, hold=SHIFT)
    assert () not in rig.chosen()
    assert rig.tree.index_of(()) not in rig.tree.selectionModel().selectedIndexes() or rig.chosen() == ()


def test_steps_in_chosen_rounds_are_not_listed_again(rig: Rig) -> None:
    rig.tree.choose([(1,), (1, 1)])
    assert rig.chosen() == ((1,),)


def test_a_click_beside_the_rows_leaves_what_is_chosen(rig: Rig) -> None:
    rig.tree.choose([(2,)])
    below = QPoint(40, rig.tree.viewport().height() - 4)
    QTest.mouseClick(rig.tree.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert rig.chosen() == ((2,),)


def test_a_double_click_goes_to_the_form(rig: Rig) -> None:
    rig.click(1)
    QTest.mouseDClick(rig.tree.viewport(), Qt.MouseButton.LeftButton, pos=rig.centre(1))
    assert rig.requests[-1] == ("edit_requested", (1,))
    assert rig.tree.isExpanded(rig.tree.index_of((1,)))


def test_the_arrow_of_rounds_folds_them_and_what_was_chosen_in_them_is_left(rig: Rig) -> None:
    rig.tree.choose([(1, 0), (1, 1), (2,)])
    place = QPoint(12, rig.centre(1).y())
    QTest.mouseClick(rig.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not rig.tree.isExpanded(rig.tree.index_of((1,)))
    assert rig.current() == (1,)
    assert all(len(path) == 1 for path in rig.chosen())


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_the_menu_has_everything_with_its_key(rig: Rig) -> None:
    rig.tree.choose([(0,)])
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(rig.tree.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = {action.text(): action.shortcut().toString() for action in menu.actions() if not action.isSeparator()}
    off = {action.text() for action in menu.actions() if not action.isSeparator() and not action.isEnabled()}
    menu.close()
    assert shown == {
        "Add a step…": "Ins",
        "Edit": "F2",
        "Cut": "Ctrl+X",
        "Copy": "Ctrl+C",
        "Paste": "Ctrl+V",
        "Duplicate": "Ctrl+D",
        "Remove": "Del",
        "Move up": "Alt+Up",
        "Move down": "Alt+Down",
        "Move into the rounds beside it": "Alt+Right",
        "Move out of its rounds": "Alt+Left",
        "Group into rounds": "Ctrl+G",
        "Ungroup": "Ctrl+Shift+G",
        "Hear it": "Ctrl+L",
        "Try from here": "Ctrl+Return",
    }
    assert off == {"Move up", "Move out of its rounds", "Ungroup"}


def test_the_menu_is_for_the_step_under_the_mouse(rig: Rig) -> None:
    rig.tree.choose([(0,), (1,)])
    rig.tree.menu_at(rig.centre(0))
    assert rig.chosen() == ((0,), (1,))
    rig.tree.menu_at(rig.centre(2))
    assert rig.chosen() == ((2,),)


def test_an_empty_session_invites_to_add_the_first_step(rig: Rig) -> None:
    button = rig.tree.empty.add
    assert not button.isVisible()
    rig.show(EMPTY)
    assert rig.texts == ["New · the session’s own settings"]
    assert button.isVisible()
    button.setFocus()
    QTest.keyClick(button, Key.Key_Return)
    assert titles(rig) == ["Rest"]
    assert not button.isVisible()
    assert rig.tree.hasFocus()
    rig.show(EMPTY)
    rig.tree.setFocus()
    rig.press(Key.Key_Insert)
    assert titles(rig) == ["Rest"]
    rig.press(Key.Key_Delete)
    assert button.isVisible()
    assert rig.current() == ()


def test_with_large_text_the_button_of_an_empty_session_is_not_cut_off(rig: Rig) -> None:
    rig.window.resize(284, 520)
    rig.theme.use(replace(Settings(), text_percent=200))
    rig.show(EMPTY)
    button = rig.tree.empty.add
    QApplication.processEvents()
    assert button.width() >= button.sizeHint().width()
    assert button.accessibleName() == "Add the first step"
    rig.window.resize(600, 520)
    QApplication.processEvents()
    assert button.text() == "Add the first step"


def test_the_row_under_the_mouse_is_marked_until_the_mouse_leaves(rig: Rig) -> None:
    viewport = rig.tree.viewport()
    plain = viewport.grab().toImage()
    QTest.mouseMove(viewport, rig.centre(2))
    assert viewport.grab().toImage() != plain
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert viewport.grab().toImage() == plain


def test_empty_rounds_have_no_arrow_to_fold_them(rig: Rig) -> None:
    def sign(text: str) -> QImage:
        rig.show(text)
        row = rig.tree.visualRect(rig.tree.index_of((1,)))
        return rig.tree.viewport().grab(QRect(0, row.top(), 24, row.height())).toImage()

    open_rounds = sign(SMALL)
    empty = sign("format: 1\nname: A\nsteps:\n  - rest: 5s\n  - rounds: 2\n    steps: []\n")
    rest = sign("format: 1\nname: A\nsteps:\n  - rest: 5s\n  - rest: 6s\n")
    assert empty not in (open_rounds, rest)
