from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.definition.library import LibraryEntry
from timer_app.ui.sessions.page import SessionsPage
from timer_app.ui.sessions.rename_dialog import RenameDialog

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TEXT = "# Mine\nformat: 1\nname: Mine   # for Sundays\nsteps:\n  - {name: A, hold: 10s}\n"


@pytest.fixture
def front(open_window: Callable[[], Front], stage: Stage) -> Front:
    stage.add_file("mine", TEXT)
    made = open_window()
    made.open_sessions().choose("mine")
    return made


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def rename(front: Front, name: str) -> None:
    QTest.keyClick(front.sessions.list, Qt.Key.Key_F2)
    dialog = front.window.findChild(RenameDialog)
    assert dialog is not None
    assert dialog.field.selectedText() == "Mine"
    QTest.keyClicks(dialog.field, name)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def wait_for(front: Front, title: str) -> None:
    front.qtbot.waitUntil(lambda: any(row.title == title for row in front.sessions.model.rows))


def gone(front: Front, stem: str) -> Callable[[], bool]:
    return lambda: front.sessions.model.row_of(stem) < 0


def test_what_is_ones_own_can_be_renamed_and_deleted_what_came_with_the_program_not(front: Front) -> None:
    page = front.sessions
    own = titles(page.file_actions.menu(page))
    page.choose("runner-core")
    shipped = titles(page.file_actions.menu(page))
    assert own == ["Edit", "Duplicate", "Rename…", "Open in a text editor", "Delete"]
    assert shipped == ["Edit", "Duplicate", "Open in a text editor"]
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert front.window.findChild(RenameDialog) is None
    assert page.model.row_of("runner-core") >= 0


def test_a_session_is_renamed_in_its_file_and_back_again(front: Front, stage: Stage) -> None:
    file = stage.paths.sessions / "mine.session.yaml"
    rename(front, "Back on Sunday")
    wait_for(front, "Back on Sunday")
    assert file.read_text() == TEXT.replace("Mine   #", "Back on Sunday # ").replace("#  for", "# for")
    front.window.activateWindow()
    front.qtbot.waitUntil(front.window.isActiveWindow)
    front.sessions.list.setFocus()
    QTest.keyClick(front.sessions.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(front, "Mine")
    assert "name: Mine " in file.read_text()


def test_an_empty_name_is_not_taken(front: Front) -> None:
    QTest.keyClick(front.sessions.list, Qt.Key.Key_F2)
    dialog = front.window.findChild(RenameDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.field, "  ")
    assert not dialog.rename_button.isEnabled()


def test_a_deleted_session_comes_back(front: Front, stage: Stage) -> None:
    file = stage.paths.sessions / "mine.session.yaml"
    QTest.keyClick(front.sessions.list, Qt.Key.Key_Delete)
    front.qtbot.waitUntil(gone(front, "mine"))
    assert not file.exists()
    notice = front.window.banners.banners[-1].notice
    assert (notice.what, notice.action) == ("“Mine” is deleted.", "Undo")
    assert notice.act is not None
    notice.act()
    wait_for(front, "Mine")
    assert file.read_text() == TEXT
    notice.act()
    assert len(list(stage.paths.sessions.iterdir())) == 1


def test_a_file_that_is_gone_by_then_is_told(front: Front, stage: Stage) -> None:
    page = front.sessions
    (stage.paths.sessions / "mine.session.yaml").unlink()
    page.file_actions.delete()
    assert "cannot be deleted" in front.window.banners.banners[-1].notice.what


def test_new_ones_begin_empty_with_notes_or_as_a_copy(front: Front, stage: Stage) -> None:
    page: SessionsPage = front.sessions
    page.new_requested.disconnect()
    page.edit_requested.disconnect()
    texts: list[str] = []
    entries: list[LibraryEntry] = []
    page.new_requested.connect(texts.append)
    page.edit_requested.connect(entries.append)
    menu = page.new_button.menu()
    assert titles(menu) == ["Empty session", "With notes to learn from", "Copy of the one shown"]
    for action in menu.actions():
        action.trigger()
    assert texts[0] == "format: 1\nname: My session\nsteps: []\n"
    assert texts[1].startswith("# Everything after #")
    assert [entry.title for entry in entries] == ["Mine (copy)"]
    page.detail.edit.click()
    assert entries[-1].stem == "mine"
