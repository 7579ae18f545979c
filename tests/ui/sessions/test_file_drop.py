"""Files dropped on the window: shown, asked about, and copied in only on a yes."""

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.conftest import Front
from tests.ui.stage import BROKEN, Stage
from timer_app.ui.sessions.import_dialog import ImportDialog

MORNING = "format: 1\nname: Morning stretch\nsteps:\n  - {name: Reach up, hold: 20s}\n  - {name: Bend, hold: 30s}\n"


@pytest.fixture
def morning(tmp_path: Path) -> Path:
    file = tmp_path / "morning.session.yaml"
    file.write_text(MORNING, encoding="utf-8")
    return file


def drop(front: Front, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(file.as_uri()) for file in files])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(400, 300), *how)
    under: QWidget | None = front.window.childAt(400, 300)
    while under is not None and not under.acceptDrops():
        under = under.parentWidget()
    assert under is not None
    QApplication.sendEvent(under, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(under, QDropEvent(QPointF(400, 300), *how))


def asked(front: Front) -> ImportDialog:
    front.qtbot.waitUntil(lambda: front.window.file_drop.dialog is not None)
    dialog = front.window.file_drop.dialog
    assert dialog is not None
    return dialog


def own(stage: Stage) -> list[str]:
    folder = stage.paths.sessions
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


def test_a_dropped_session_is_shown_and_copied_in_on_a_yes(
    open_window: Callable[[], Front], stage: Stage, morning: Path
) -> None:
    front = open_window()
    front.open_sessions()
    drop(front, morning)
    dialog = asked(front)
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"Add this session?", "Morning stretch", "Reach up, 20 s", "Bend, 30 s"} <= set(shown)
    assert own(stage) == []
    dialog.add.click()
    assert own(stage) == ["morning.session.yaml"]
    front.qtbot.waitUntil(
        lambda: front.sessions.detail.entry is not None and front.sessions.detail.entry.stem == "morning"
    )
    assert front.window.page == "sessions"


def test_a_no_leaves_everything_as_it_was(open_window: Callable[[], Front], stage: Stage, morning: Path) -> None:
    front = open_window()
    front.open_sessions()
    drop(front, morning)
    asked(front).cancel.click()
    assert front.window.file_drop.dialog is None
    assert own(stage) == []


def test_a_zip_tells_what_it_leaves_out(open_window: Callable[[], Front], tmp_path: Path, morning: Path) -> None:
    packed = tmp_path / "sessions.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(morning, "morning.session.yaml")
        archive.writestr("broken.session.yaml", BROKEN)
        archive.writestr("photo.jpg", "no session")
    front = open_window()
    front.open_sessions()
    drop(front, packed)
    shown = " | ".join(label.text() for label in asked(front).findChildren(QLabel))
    assert "Add these 2 sessions?" in shown
    assert "broken" in shown
    assert "photo.jpg" in shown
    asked(front).cancel.click()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file's name is text")
def test_a_file_whose_name_is_no_text_can_be_dropped(
    open_window: Callable[[], Front], stage: Stage, morning: Path
) -> None:
    odd = morning.rename(morning.with_name(os.fsdecode(b"caf\xe9.session.yaml")))
    front = open_window()
    front.open_sessions()
    drop(front, odd)
    asked(front).add.click()
    assert own(stage) == ["caf.session.yaml"]


def test_notes_are_no_session(open_window: Callable[[], Front], stage: Stage, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Milk, bread\nCall mum\n")
    front = open_window()
    front.open_sessions()
    drop(front, notes)
    front.qtbot.waitUntil(lambda: bool(front.window.banners.banners))
    assert front.window.banners.banners[0].notice.what == "notes.txt is not a session file."
    assert front.window.file_drop.dialog is None


def test_what_is_none_among_sessions_is_left_out_by_its_name(
    open_window: Callable[[], Front], tmp_path: Path, morning: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Milk, bread\n")
    front = open_window()
    front.open_sessions()
    drop(front, notes, morning)
    shown = [label.text() for label in asked(front).findChildren(QLabel)]
    assert {"Add this session?", "Left out", "notes.txt is not a session file."} <= set(shown)
    asked(front).cancel.click()
    drop(front, notes, tmp_path)
    front.qtbot.waitUntil(lambda: bool(front.window.banners.banners))


def test_what_is_no_session_is_told_about(open_window: Callable[[], Front], tmp_path: Path) -> None:
    front = open_window()
    front.open_sessions()
    drop(front, tmp_path / "gone.session.yaml")
    front.qtbot.waitUntil(lambda: bool(front.window.banners.banners))
    assert front.window.file_drop.dialog is None
