"""A session as a sound file, from the Sessions page."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QFileDialog

from tests.ui.conftest import Front
from tests.ui.stage import SilentVoice, Stage
from timer_app.ui.sessions import audio_export_dialog
from timer_app.ui.sessions.audio_export_dialog import AudioExportDialog

TICK = int(Qt.ItemDataRole.CheckStateRole)
OPEN = "format: 1\nname: Open\nsteps:\n  - {name: A, hold: 10s}\n  - {name: B, until_done: true}\n"


@pytest.fixture
def music(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's folder for music, which is not there yet."""
    monkeypatch.setattr(audio_export_dialog, "music_folder", lambda: tmp_path / "Music")
    return tmp_path / "Music"


def asked(front: Front, stem: str) -> AudioExportDialog:
    """Choose a session and ask for its sound file."""
    page = front.open_sessions()
    assert page.choose(stem)
    page.detail.sound_file.click()
    dialog = page.detail.sound_dialog
    assert dialog is not None
    return dialog


def made(front: Front, dialog: AudioExportDialog) -> Path:
    """Have the file made, and wait for it."""
    dialog.make.click()
    front.qtbot.waitUntil(lambda: front.sessions.detail.sound_dialog is None, timeout=20_000)
    return dialog.file


def seconds(file: Path) -> float:
    with wave.open(str(file)) as sound:
        length: float = sound.getnframes() / sound.getframerate()
    return length


def take_as(dialog: AudioExportDialog, kind: str) -> None:
    dialog.kind.choose(kind)
    dialog.kind.activated.emit(dialog.kind.currentIndex())


def test_a_session_goes_to_the_music_folder_and_its_folder_is_offered(
    open_window: Callable[[], Front], music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(audio_export_dialog, "open_externally", lambda folder, _messages: opened.append(folder))
    front = open_window()
    dialog = asked(front, "superman-tens")
    assert dialog.file == music / "superman-tens.mp3"
    assert dialog.kind.currentText() == "MP3, about 2 MB"
    file = made(front, dialog)
    assert file.read_bytes().startswith(b"ID3")
    banner = front.window.banners.banners[-1]
    assert banner.notice.what.startswith("The sound file is made: superman-tens.mp3, 4:5")
    assert banner.action is not None
    banner.action.click()
    assert opened == [music]


def test_what_is_left_out_today_is_not_in_the_file(open_window: Callable[[], Front], music: Path) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    plan = page.detail.plan.plan
    plan.setData(plan.index(1), Qt.CheckState.Unchecked, TICK)
    page.detail.sound_file.click()
    dialog = page.detail.sound_dialog
    assert dialog is not None
    take_as(dialog, "wav")
    assert dialog.file.name == "superman-tens.wav"
    assert 250 <= seconds(made(front, dialog)) < 260


def test_open_steps_last_as_long_as_is_asked_for(open_window: Callable[[], Front], stage: Stage, music: Path) -> None:
    stage.add_file("open", OPEN)
    front = open_window()
    front.qtbot.waitUntil(lambda: front.open_sessions().model.row_of("open") >= 0)
    dialog = asked(front, "open")
    take_as(dialog, "wav")
    usual = dialog.kind.currentText()
    dialog.open_length.slider.setValue(12)
    assert dialog.kind.currentText() != usual
    whole = seconds(made(front, dialog))
    fixed = front.sessions.detail._today
    assert fixed is not None
    assert 120 <= whole - fixed.total / 1000 < 125


def test_another_place_and_kind_can_be_chosen(
    open_window: Callable[[], Front], music: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    music.mkdir()
    (music / "superman-tens.mp3").touch()
    dialog = asked(open_window(), "superman-tens")
    assert dialog.file == music / "superman-tens-2.mp3"
    for name, chosen, file in (
        ("mine.wav", "MP3 (*.mp3)", "mine.wav"),
        ("mine", "WAV (*.wav)", "mine.wav"),
        ("v1.2 mine", "MP3 (*.mp3)", "v1.2 mine.mp3"),
    ):
        answer = (str(tmp_path / name), chosen)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked, answer=answer: answer)
        dialog.elsewhere.click()
        assert dialog.file == tmp_path / file
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    dialog.elsewhere.click()
    assert dialog.file == tmp_path / "v1.2 mine.mp3"


def test_it_can_be_given_up_and_leaves_nothing_behind(
    open_window: Callable[[], Front], stage: Stage, music: Path
) -> None:
    voice = stage.services.voice
    assert isinstance(voice, SilentVoice)
    voice.at_once = False
    front = open_window()
    dialog = asked(front, "superman-tens")
    dialog.make.click()
    front.qtbot.waitUntil(lambda: voice.requested != [])
    voice.arrive(3)
    front.qtbot.waitUntil(lambda: dialog.doing.text().startswith("Preparing the voice: 3 of "))
    assert dialog.bar.accessibleDescription()
    dialog.cancel.click()
    assert QThreadPool.globalInstance().waitForDone(5_000)
    assert front.sessions.detail.sound_dialog is None
    assert list(music.glob("*")) == []
    assert front.window.banners.banners == ()


def test_a_file_that_cannot_be_written_is_told_of(open_window: Callable[[], Front], music: Path) -> None:
    music.write_text("no folder")
    front = open_window()
    made(front, asked(front, "superman-tens"))
    assert "cannot be written" in front.window.banners.banners[-1].notice.what


def test_with_everything_left_out_there_is_no_file_to_make(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    page.choose("superman-tens")
    plan = page.detail.plan.plan
    for number in range(plan.rowCount()):
        plan.setData(plan.index(number), Qt.CheckState.Unchecked, TICK)
    assert not page.detail.sound_file.isEnabled()


def test_a_file_that_is_gone_is_told_of(open_window: Callable[[], Front], stage: Stage, music: Path) -> None:
    file = stage.add_copy("superman-tens", "mine")
    front = open_window()
    page = front.open_sessions()
    page.choose("mine")
    file.unlink()
    page.detail.sound_file.click()
    assert page.detail.sound_dialog is None
    assert front.window.banners.banners
