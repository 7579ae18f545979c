"""In the lowest windows what is there to look at gives way, and what is there to do stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from timer_app.definition.templates import empty_text
from timer_app.ui.editor.page import EditorPage
from timer_app.ui.support.window_state import size_dialog

LOW, HIGH = (681, 371), (1024, 700)


def resize(front: Front, size: tuple[int, int]) -> None:
    front.window.setMinimumSize(1, 1)
    front.window.resize(*size)
    for _turn in range(6):
        QApplication.processEvents()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
@pytest.mark.parametrize(("size", "sign"), [(LOW, False), (HIGH, True)])
def test_a_sign_without_room_gives_way_to_its_words(
    open_window: Callable[[], Front], size: tuple[int, int], sign: bool
) -> None:
    front = open_window()
    page = front.open_sessions()
    resize(front, size)
    page.search.setText("swimming")
    resize(front, size)
    nothing = page.nothing_found
    assert nothing.sign.isVisible() is sign
    parts = [nothing.title, nothing.text, nothing.button]
    assert all(part.height() >= part.minimumSizeHint().height() for part in parts)
    assert nothing.button.mapTo(nothing, nothing.button.rect().bottomLeft()).y() < nothing.height()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
@pytest.mark.parametrize(("size", "drawn"), [(LOW, False), (HIGH, True)])
def test_the_session_drawn_gives_way_to_its_steps(
    open_window: Callable[[], Front], size: tuple[int, int], drawn: bool
) -> None:
    front = open_window()
    page = front.open_sessions()
    assert page.choose("big-three")
    assert page.detail.entry is not None
    front.window.editing.edit(page.detail.entry)
    editor = front.window.page_widget("editor")
    assert isinstance(editor, EditorPage)
    front.qtbot.waitUntil(lambda: editor.tree.model().rowCount() > 0)
    resize(front, size)
    assert editor.strip.isVisible() is drawn
    assert editor.form.height() > editor.height() / 2
    front.window.editing.edit_new(empty_text("Mine"))
    resize(front, size)
    assert not editor.strip.isVisible()


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
@pytest.mark.parametrize(("size", "told"), [(LOW, False), (HIGH, True)])
def test_why_a_session_suits_today_gives_way_to_the_list(
    open_window: Callable[[], Front], size: tuple[int, int], told: bool
) -> None:
    front = open_window()
    page = front.open_sessions()
    front.qtbot.waitUntil(page.today.isVisible)
    resize(front, size)
    assert (page.today.why.isVisible(), page.today.button.isVisible()) == (told, True)
    row = page.list.visualRect(page.list.model().index(0, 0))
    assert page.list.viewport().height() >= 2 * row.height()


def test_a_dialog_is_no_larger_than_its_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    screen = dialog.screen().availableGeometry().size()
    size_dialog(dialog, QSize(900, 560), QSize(820, 820))
    assert dialog.minimumSize().width() < screen.width()
    assert dialog.minimumSize().height() < screen.height()
    assert dialog.size() == QSize(dialog.minimumWidth(), dialog.minimumHeight())
    size_dialog(dialog, QSize(600, 500), QSize(300, 200))
    assert (dialog.size(), dialog.minimumSize()) == (QSize(600, 500), QSize(300, 200))
