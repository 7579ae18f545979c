"""Dragging in the tree of steps: into rounds, out of them, to other windows and from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.editor.tree_rig import SMALL, Rig
from timer_app.definition.model import StepPath
from timer_app.presentation.step_moves import Edge, Landing
from timer_app.settings import Settings
from timer_app.ui.editor.tree.drag_drop import drag_pixmap
from timer_app.ui.look.theme import Space, Theme, Type

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
BOTH = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def place_on(rig: Rig, path: StepPath, height: float, x: int = 120) -> QPoint:
    rect = rig.tree.visualRect(rig.tree.index_of(path))
    return QPoint(x, rect.top() + round(height * rect.height()))


def over(rig: Rig, text: str, place: QPoint, hold: Qt.KeyboardModifier = NONE) -> QDragMoveEvent:
    """Drag a text over the tree, and return what became of the event."""
    mime = mime_of(text)
    viewport = rig.tree.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(place, BOTH, mime, LEFT, hold))
    event = QDragMoveEvent(place, BOTH, mime, LEFT, hold)
    QApplication.sendEvent(viewport, event)
    return event


def close(rig: Rig, text: str, place: QPoint, hold: Qt.KeyboardModifier = NONE) -> QDropEvent:
    over(rig, text, place, hold)
    event = QDropEvent(QPointF(place), BOTH, mime_of(text), LEFT, hold)
    QApplication.sendEvent(rig.tree.viewport(), event)
    return event


_MIMES: list[QMimeData] = []


def mime_of(text: str) -> QMimeData:
    """Return a text as it is dragged; Qt's events do not own it, so it is kept."""
    mime = QMimeData()
    mime.setText(text)
    _MIMES[:] = [*_MIMES[-4:], mime]
    return mime


@pytest.fixture
def drag(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Callable[..., QDrag]:
    """Return a function that drags what is marked from a step to a place; the offscreen system has no dragging."""
    gone: list[QDrag] = []

    def run(from_step: StepPath, to: QPoint, hold: Qt.KeyboardModifier = NONE) -> QDrag:
        def carry(one: QDrag, _offered: Qt.DropAction, _usual: Qt.DropAction) -> Qt.DropAction:
            gone.append(one)
            return close(rig, one.mimeData().text(), to, hold).dropAction()

        monkeypatch.setattr(QDrag, "exec", carry)
        window, viewport = rig.window.windowHandle(), rig.tree.viewport()
        start = viewport.mapTo(rig.window, rig.centre(*from_step))
        QTest.mousePress(window, LEFT, NONE, start)
        QTest.mouseMove(window, start + QPoint(4, 0))
        QTest.mouseMove(window, start + QPoint(QApplication.startDragDistance() + 8, 0))
        # The system that drags takes the release for itself; here it goes to where there is nothing to click on.
        QTest.mouseRelease(window, LEFT, NONE, viewport.mapTo(rig.window, viewport.rect().bottomLeft()))
        return gone[-1]

    return run


Drag = Callable[..., QDrag]


def titles(rig: Rig) -> list[str]:
    return [line.split(" · ")[0] for line in rig.texts[1:]]


def landing(rig: Rig) -> Landing | None:
    return rig.tree.landing


def test_a_step_is_dragged_down(rig: Rig, drag: Drag) -> None:
    dragged = drag((0,), place_on(rig, (2,), 0.9))
    assert titles(rig) == ["2 rounds", "  Superman", "  Sip", "Burpee", "Plank"]
    assert rig.chosen() == ((2,),)
    assert dragged.mimeData().text() == "- exercise: plank\n  hold: 30s\n"
    assert not dragged.pixmap().isNull()


@pytest.mark.parametrize("percent", [90, 100, 125, 150, 200])
def test_the_tag_that_goes_with_the_mouse_has_room_for_a_name(theme: Theme, percent: int) -> None:
    theme.use(replace(Settings(), text_percent=percent))
    font = theme.font(Type.STRONG)
    for title in ("Wall sit", "Walk", "Plank", "Superman", "Knee to chest", "Drink of water", "A", "fjord", "2 steps"):
        room = drag_pixmap(theme, title, 1.0).width() - 1 - 2 * Space.MEDIUM
        assert QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, room) == title
    assert drag_pixmap(theme, "W" * 100, 2.0).width() < 2 * (theme.px(220) + 3 * Space.MEDIUM)


@pytest.mark.parametrize(
    ("step", "onto", "after"),
    [
        ((2,), ((1,), 0.5, 120), ["Plank", "2 rounds", "  Superman", "  Sip", "  Burpee"]),
        ((2,), ((1,), 0.9, 120), ["Plank", "2 rounds", "  Burpee", "  Superman", "  Sip"]),
        ((2,), ((1,), 0.1, 120), ["Plank", "Burpee", "2 rounds", "  Superman", "  Sip"]),
        ((0,), ((1, 1), 0.9, 120), ["2 rounds", "  Superman", "  Sip", "  Plank", "Burpee"]),
        ((0,), ((1, 1), 0.9, 8), ["2 rounds", "  Superman", "  Sip", "Plank", "Burpee"]),
        ((1, 0), ((), 0.9, 120), ["Superman", "Plank", "2 rounds", "  Sip", "Burpee"]),
        ((1, 1), ((2,), 0.9, 120), ["Plank", "2 rounds", "  Superman", "Burpee", "Sip"]),
    ],
)
def test_steps_are_dragged_into_rounds_and_out_of_them(
    rig: Rig, drag: Drag, step: StepPath, onto: tuple[StepPath, float, int], after: list[str]
) -> None:
    drag(step, place_on(rig, *onto))
    assert titles(rig) == after


def test_below_all_rows_is_the_end(rig: Rig, drag: Drag) -> None:
    drag((0,), QPoint(100, rig.tree.viewport().height() - 10))
    assert titles(rig)[-1] == "Plank"


def test_several_are_dragged_together(rig: Rig, drag: Drag) -> None:
    rig.tree.choose([(0,), (2,)])
    dragged = drag((0,), place_on(rig, (1,), 0.5))
    assert titles(rig) == ["2 rounds", "  Superman", "  Sip", "  Plank", "  Burpee"]
    assert dragged.mimeData().text() == "- exercise: plank\n  hold: 30s\n- exercise: burpee\n  amrap: 1m\n"


def test_with_control_a_copy_is_dropped(rig: Rig, drag: Drag) -> None:
    drag((0,), place_on(rig, (2,), 0.9), CONTROL)
    assert titles(rig) == ["Plank", "2 rounds", "  Superman", "  Sip", "Burpee", "Plank"]
    assert ("drop", (3,)) in rig.requests


def test_nothing_is_dropped_into_itself(rig: Rig, drag: Drag) -> None:
    drag((1,), place_on(rig, (1, 0), 0.9))
    drag((1,), place_on(rig, (1,), 0.5))
    assert rig.text == SMALL
    assert not [what for what in rig.requests if what[0] == "move"]


def test_a_drop_where_it_was_changes_nothing(rig: Rig, drag: Drag) -> None:
    drag((0,), place_on(rig, (0,), 0.9))
    assert not [what for what in rig.requests if what[0] == "move"]


def test_the_session_is_not_dragged(rig: Rig) -> None:
    rig.tree.choose([])
    rig.tree.startDrag(BOTH)
    assert not rig.tree.index_of(()).flags() & Qt.ItemFlag.ItemIsDragEnabled


def test_steps_that_cannot_be_taken_out_of_their_file_are_dragged_without_a_text(rig: Rig, drag: Drag) -> None:
    rig.show("format: 1\nname: A\nsteps: [{rest: 5s}, {rest: soon,\n  name: b}]\n")
    assert drag((0,), place_on(rig, (1,), 0.9)).mimeData().text() in ("", "- {rest: 5s}\n")
    assert drag((1,), place_on(rig, (0,), 0.1)).mimeData().text() == ""
    assert len(rig.problems) == 2


def test_text_from_elsewhere_is_put_in_where_it_is_let_go(rig: Rig) -> None:
    event = close(rig, "- rest: 5s\n  name: Tea\n", place_on(rig, (1, 0), 0.9))
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert titles(rig) == ["Plank", "2 rounds", "  Superman", "  Tea", "  Sip", "Burpee"]
    assert rig.current() == (1, 1)


def test_what_is_no_text_is_not_taken(rig: Rig) -> None:
    mime = QMimeData()
    mime.setData("image/png", b"x")
    event = QDragEnterEvent(QPoint(100, 100), BOTH, mime, LEFT, NONE)
    QApplication.sendEvent(rig.tree.viewport(), event)
    assert not event.isAccepted()
    drop = QDropEvent(QPointF(100, 100), BOTH, mime, LEFT, NONE)
    QApplication.sendEvent(rig.tree.viewport(), drop)
    assert not drop.isAccepted()
    assert rig.text == SMALL


def test_a_line_shows_where_it_will_land_and_goes_again(rig: Rig) -> None:
    plain = rig.tree.viewport().grab().toImage()
    over(rig, "- rest: 5s", place_on(rig, (0,), 0.9))
    assert landing(rig) == Landing((1,), (0,), Edge.BOTTOM)
    line = rig.tree.viewport().grab().toImage()
    accent = rig.theme.colours.accent
    assert line != plain
    row = rig.tree.visualRect(rig.tree.index_of((0,)))
    assert line.pixelColor(row.center().x(), row.bottom()) == accent
    over(rig, "- rest: 5s", place_on(rig, (1,), 0.5))
    assert landing(rig) == Landing((1, 2), (1,), Edge.WHOLE)
    assert rig.tree.viewport().grab().toImage() not in (plain, line)
    QApplication.sendEvent(rig.tree.viewport(), QDragLeaveEvent())
    assert landing(rig) is None
    assert rig.tree.viewport().grab().toImage() == plain


def test_folded_rounds_open_when_the_mouse_rests_on_them(rig: Rig) -> None:
    rounds = rig.tree.index_of((1,))
    rig.tree.collapse(rounds)
    over(rig, "- rest: 5s", place_on(rig, (0,), 0.5))
    assert not rig.tree.opening.isActive()
    over(rig, "- rest: 5s", place_on(rig, (1,), 0.5))
    assert rig.tree.opening.isActive()
    rig.tree.opening.timeout.emit()
    assert rig.tree.isExpanded(rounds)


def test_the_line_stays_with_the_mouse_while_it_scrolls(rig: Rig) -> None:
    rig.show(SMALL + "".join(f"  - rest: {n + 5}s\n" for n in range(30)))
    rig.tree.scrollToTop()
    over(rig, "- rest: 5s", QPoint(100, 200))
    before = landing(rig)
    bar = rig.tree.verticalScrollBar()
    bar.setValue(bar.value() + 200)
    after = landing(rig)
    assert before is not None
    assert after is not None
    assert after.at > before.at


def test_an_empty_session_takes_what_is_dropped(rig: Rig) -> None:
    rig.show("format: 1\nname: New\nsteps: []\n")
    close(rig, "- rest: 5s\n", QPoint(100, 300))
    assert titles(rig) == ["Rest"]


def test_while_the_text_is_broken_nothing_is_taken(rig: Rig) -> None:
    rig.show("format: [")
    assert not over(rig, "- rest: 5s", QPoint(100, 100)).isAccepted()
