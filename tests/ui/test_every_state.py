"""What holds of the windows in every state: no key means two things, and no part is a window of its own."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

import tests.screenshots.__main__ as screenshots
import timer_app
from tests.screenshots.scene import STATES, Scene, State
from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.settings import Settings
from timer_app.ui.editor.page import EditorPage
from timer_app.ui.look.theme import Theme
from timer_app.ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")

Context = Qt.ShortcutContext
ALONE = ("form-", "editor-", "timeline-strip", "typed-fields")
"""Parts of the editor that stand for their pictures on a page that is none of theirs."""
SOME = ("sessions", "history-run", "history-pauses", "exercises-own", "settings", "run-work", "run-finished", "welcome")
SOME_OF_EDITOR = ("editing-step", "editing-problems", "editing-text", "picker")


def states(names: Sequence[str] = ()) -> list[State]:
    assert screenshots.PAGES  # the states are registered by the modules that this has loaded
    known = {state.name: state for state in STATES if not state.name.startswith(ALONE)}
    return [known[name] for name in names or known]


class Strays(QObject):
    """Notes every widget that is shown as a window of its own though it is meant for no more than a part of one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is not QEvent.Type.Show or not isinstance(watched, QWidget) or isinstance(watched, MainWindow):
            return False
        if watched.isWindow() and watched.windowType() is Qt.WindowType.Window:
            self.found.append(watched)
        return False


def is_heard(context: Qt.ShortcutContext, owner: QWidget, focus: QWidget) -> bool:
    """Whether Qt hears a key of `owner` while `focus` has the focus, as QShortcutMap decides it."""
    if not owner.isVisible() or not owner.isEnabled():
        return False
    match context:
        case Context.WidgetShortcut:
            return owner is focus
        case Context.WidgetWithChildrenShortcut:
            return owner is focus or (owner.isAncestorOf(focus) and owner.window() is focus.window())
        case _:
            return owner.window() is focus.window()


def action_is_heard(action: QAction, context: Qt.ShortcutContext, focus: QWidget) -> bool:
    for owner in action.associatedObjects():
        if isinstance(owner, QMenu):
            of_menu = owner.menuAction()
            if of_menu.isVisible() and of_menu.isEnabled() and action_is_heard(of_menu, context, focus):
                return True
        elif isinstance(owner, QWidget) and is_heard(context, owner, focus):
            return True
    return False


def heard(window: QWidget, focus: QWidget) -> Iterator[tuple[list[QKeySequence], QObject]]:
    """Yield what has a key that a window hears while `focus` has the focus, with its keys."""
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.isEnabled() and isinstance(owner, QWidget) and is_heard(shortcut.context(), owner, focus):
            yield shortcut.keys(), shortcut
    for action in window.findChildren(QAction):
        if action.isEnabled() and action.shortcuts() and action_is_heard(action, action.shortcutContext(), focus):
            yield action.shortcuts(), action
    for button in window.findChildren(QAbstractButton):
        if not button.shortcut().isEmpty() and is_heard(Context.WindowShortcut, button, focus):
            yield [button.shortcut()], button


def ambiguous_keys(window: QWidget) -> list[str]:
    """Return the keys that two things in a window would hear at once, with the focus where that is."""
    found: set[str] = set()
    for focus in window.findChildren(QWidget):
        if focus.focusPolicy() is not Qt.FocusPolicy.NoFocus and focus.isVisible() and focus.isEnabled():
            known: dict[str, QObject] = {}
            for keys, thing in heard(window, focus):
                for key in map(QKeySequence.toString, keys):
                    if key in known:
                        found.add(f"{key} on {type(focus).__name__}: {known[key]} and {thing}")
                    known[key] = thing
    return sorted(found)


@pytest.fixture
def bring_about(qapp: QApplication, theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[State], None]]:
    """Return a function that brings a state about, and looks on meanwhile and afterwards."""
    stages: list[Stage] = []

    def bring(state: State) -> None:
        first = Stage(qapp, tmp_path / state.name, theme=theme)
        state.prepare(first)
        first.close()
        stage = Stage(qapp, tmp_path / state.name, replace(Settings(), welcomed=state.welcomed), theme=theme)
        stages.append(stage)
        stage.services.library.refresh()
        window = MainWindow(stage.services)
        qtbot.addWidget(window)
        window.resize(1024, 700)
        window.show()
        qtbot.waitUntil(lambda: window.page != "")
        scene = Scene(stage, window)
        scene.settle()
        strays = Strays()
        qapp.installEventFilter(strays)
        state.act(scene)
        scene.settle()
        qapp.removeEventFilter(strays)
        assert not strays.found, state.name
        for top in qapp.topLevelWidgets():
            if top.isVisible() and not isinstance(top, QMenu):
                assert not ambiguous_keys(top), state.name
        window.close()

    yield bring
    for stage in stages:
        stage.close()


@pytest.mark.parametrize("state", states((*SOME, *SOME_OF_EDITOR)), ids=lambda state: state.name)
def test_some_states(state: State, bring_about: Callable[[State], None]) -> None:
    bring_about(state)


@pytest.mark.slow
@pytest.mark.parametrize("state", states(), ids=lambda state: state.name)
def test_every_state(state: State, bring_about: Callable[[State], None]) -> None:
    bring_about(state)


def test_no_key_is_made_in_the_way_in_which_pyside_forgets_its_context() -> None:
    for file in sorted(Path(timer_app.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QShortcut":
                named = {keyword.arg for keyword in node.keywords}
                assert "context" not in named or len(node.args) < 3, f"{file}:{node.lineno}"


def test_the_keys_of_a_step_do_one_thing_in_the_tree_and_in_the_form(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    front = open_window()
    front.window.editing.edit(stage.services.library.find("superman-tens"))
    page = front.window.page_widget("editor")
    assert isinstance(page, EditorPage)
    asked: list[str] = []
    for part in (page.tree, page.form):
        part.hear_requested.disconnect()
        part.try_requested.disconnect()
        part.hear_requested.connect(lambda path: asked.append(f"hear {path}"))
        part.try_requested.connect(lambda path: asked.append(f"try {path}"))
    page.choose_path((0,))
    field = page.form.row("reps")
    assert field is not None
    for focused in (page.tree, field.focus_parts[0]):
        focused.setFocus()
        front.qtbot.waitUntil(focused.hasFocus)
        QTest.keyClick(focused, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(focused, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert asked == ["hear (0,)", "try (0,)"]
        asked.clear()


def test_delete_takes_a_run_only_where_the_list_has_the_focus(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_demo_history()
    front = open_window()
    history = front.open_history()
    assert history.choose(history.model.rows[0].id)
    shown = history.model.rows[0].id
    for focused, stays in ((history.search, True), (history.filter_button, True), (history.list, False)):
        focused.setFocus()
        front.qtbot.waitUntil(focused.hasFocus)
        QTest.keyClick(focused, Qt.Key.Key_Delete)
        assert stage.journal.flush()
        assert any(run.id == shown for run in stage.services.history.runs()) == stays
