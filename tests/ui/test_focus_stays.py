"""The focus stays on a button that was pressed, so that it can be pressed again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.ui.conftest import Front
from tests.ui.stage import SilentVoice, Stage
from timer_app.ui.editor.page import EditorPage
from timer_app.ui.pages.welcome_page import WelcomePage
from timer_app.ui.settings.page import SettingsPage

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def voice(stage: Stage) -> SilentVoice:
    """Return a voice that takes its time."""
    assert isinstance(stage.services.voice, SilentVoice)
    stage.services.voice.at_once = False
    return stage.services.voice


def edited(front: Front, stage: Stage, stem: str = "superman-tens") -> EditorPage:
    front.window.editing.edit(stage.services.library.find(stem))
    page = front.window.page_widget("editor")
    assert isinstance(page, EditorPage)
    return page


def press(front: Front, button: QAbstractButton) -> None:
    front.qtbot.waitUntil(button.isEnabled)
    button.setFocus()
    front.qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)


@pytest.mark.parametrize("name", ["settings", "welcome", "editor"])
def test_a_voice_that_is_heard_leaves_the_focus_where_it_is(
    name: str, open_window: Callable[[], Front], stage: Stage, voice: SilentVoice
) -> None:
    front = open_window()
    if name == "editor":
        page = edited(front, stage)
        page.choose_path((0,))
        button: QAbstractButton = page.form.footer.hear
    else:
        front.window.show_page(name)
        shown = front.window.page_widget(name)
        assert isinstance(shown, (SettingsPage, WelcomePage))
        button = shown.hear
    for _time in range(2):
        press(front, button)
        assert QApplication.focusWidget() is button
        voice.arrive()
        QApplication.processEvents()
        assert QApplication.focusWidget() is button


def test_the_focus_goes_to_the_steps_when_there_is_nothing_more_to_undo(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    front = open_window()
    page = edited(front, stage)
    page.session.change(lambda by, now: by.remove(now, [(0,)]), "Delete")
    press(front, page.bar.undo)
    assert page.tree.hasFocus()
    press(front, page.bar.redo)
    assert page.tree.hasFocus()
    press(front, page.bar.save)
    assert page.tree.hasFocus()
    page.show_text(text=True)
    page.session.undo()
    press(front, page.bar.redo)
    assert page.code.hasFocus()
