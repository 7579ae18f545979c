"""The lock against paws and elbows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.run.conftest import Start
from tests.ui.run.rig import PLANKS, PUSH_UPS
from timer_app.conductor.snapshot import Status
from timer_app.ui.run import input_lock as lock_module
from timer_app.ui.run.overlays import keys
from timer_app.ui.run.page import RunPage
from timer_app.ui.run.run_buttons import RunButton

Key = Qt.Key
PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


@pytest.fixture(autouse=True)
def short_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock_module, "HOLD", 30)


@pytest.mark.parametrize("by_key", [True, False])
def test_locked_keys_only_show_how_to_unlock(start: Start, *, by_key: bool) -> None:
    page, rig = start(*PUSH_UPS)
    rig.go(12_000)
    before = rig.conductor.state
    if by_key:
        QTest.keyClick(page, Key.Key_L)
    else:
        QTest.mouseClick(page.lock, Qt.MouseButton.LeftButton)
    assert page.input_lock.locked
    assert not page.input_lock.lit
    for key in (
        Key.Key_Space,
        Key.Key_Left,
        Key.Key_Right,
        Key.Key_Up,
        Key.Key_Return,
        Key.Key_M,
        Key.Key_F,
        Key.Key_L,
    ):
        QTest.keyClick(page.input_lock, key)
    for key in (Key.Key_Tab, Key.Key_MediaNext, Key.Key_MediaStop):
        QApplication.sendEvent(page.input_lock, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    assert rig.conductor.state == before
    assert (page.input_lock.locked, page.input_lock.lit, page.isFullScreen()) == (True, True, False)
    assert page.input_lock.hint.text() == "Hold Esc for a second to unlock."


def test_locked_clicks_do_nothing(start: Start) -> None:
    page, rig = start(*PLANKS)
    page.lock.click()
    before = rig.conductor.state
    for button in (page.skip, page.pause, page.stop):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert page.childAt(button.geometry().center()) in (page.input_lock, page.input_lock.hint)
    QTest.mouseClick(page.input_lock, Qt.MouseButton.LeftButton, pos=page.skip.geometry().center())
    assert rig.conductor.state == before
    assert page.input_lock.lit


def test_what_the_desktop_wants_is_refused_with_the_same_hint(start: Start) -> None:
    page, rig = start(*PLANKS)
    assert not page.input_lock.refuses()
    page.lock.click()
    assert [page.input_lock.lit, page.input_lock.refuses(), page.input_lock.lit] == [False, True, True]
    page.ask_to_stop()
    assert page.stop_prompt.isHidden()
    assert rig.conductor.snapshot().status is Status.RUNNING


def test_the_windows_shortcuts_are_locked_too(start: Start) -> None:
    page, _rig = start(*PLANKS)
    page.lock.click()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(page.input_lock, event)
    assert event.isAccepted()


def test_escape_held_for_a_second_unlocks(start: Start, qtbot: QtBot) -> None:
    page, rig = start(*PLANKS)
    page.lock.click()
    with qtbot.waitSignal(page.input_lock.unlocked, timeout=5_000):
        QTest.keyPress(page.input_lock, Key.Key_Escape)
    assert not page.input_lock.locked
    assert page.stop_prompt.isHidden()
    QTest.keyClick(page, Key.Key_Space)
    assert rig.conductor.snapshot().status is Status.PAUSED


def test_a_stroke_of_escape_does_not_unlock(start: Start, qtbot: QtBot) -> None:
    page, _rig = start(*PLANKS)
    page.lock.click()
    with qtbot.assertNotEmitted(page.input_lock.unlocked, wait=100):
        QTest.keyClick(page.input_lock, Key.Key_Escape)
    with qtbot.assertNotEmitted(page.input_lock.unlocked, wait=100):
        QTest.keyPress(page.input_lock, Key.Key_Escape)
        QTest.keyPress(page.input_lock, Key.Key_Space)
    assert page.input_lock.locked


def stroke(page: RunPage, kind: QEvent.Type, key: Qt.Key = Key.Key_Escape, *, held: bool = False) -> None:
    QApplication.sendEvent(page.input_lock, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", autorep=held))


def test_escape_is_still_held_where_x11_sends_releases_between(start: Start, qtbot: QtBot) -> None:
    page, _rig = start(*PLANKS)
    page.lock.click()
    repeats = QTimer(page, interval=5)
    repeats.timeout.connect(lambda: stroke(page, RELEASE))
    repeats.timeout.connect(lambda: stroke(page, PRESS, held=True))
    with qtbot.waitSignal(page.input_lock.unlocked, timeout=5_000):
        stroke(page, PRESS)
        repeats.start()


def test_escape_that_is_tapped_again_and_again_does_not_unlock(start: Start, qtbot: QtBot) -> None:
    page, _rig = start(*PLANKS)
    page.lock.click()
    taps = QTimer(page, interval=5)
    taps.timeout.connect(lambda: stroke(page, RELEASE))
    taps.timeout.connect(lambda: stroke(page, PRESS))
    with qtbot.assertNotEmitted(page.input_lock.unlocked, wait=150):
        stroke(page, PRESS)
        taps.start()


def test_a_repeat_does_not_bring_back_a_hold_that_another_key_has_ended(start: Start, qtbot: QtBot) -> None:
    page, _rig = start(*PLANKS)
    page.lock.click()
    with qtbot.assertNotEmitted(page.input_lock.unlocked, wait=100):
        stroke(page, PRESS)
        stroke(page, PRESS, Key.Key_Space)
        stroke(page, RELEASE)
        stroke(page, PRESS, held=True)


def test_play_and_pause_go_through_the_lock_and_skipping_does_not(start: Start) -> None:
    page, rig = start(*PLANKS)
    page.lock.click()
    playing = []
    for key in (
        Key.Key_MediaTogglePlayPause,
        Key.Key_MediaTogglePlayPause,
        Key.Key_MediaPause,
        Key.Key_MediaPlay,
        Key.Key_MediaNext,
        Key.Key_MediaPrevious,
    ):
        stroke(page, PRESS, key)
        now = rig.conductor.snapshot()
        playing.append(f"{key.name.removeprefix('Key_Media')} {now.index} {now.status}")
        assert "Space" not in page.pause_overlay.what.text()
    assert playing == [
        "TogglePlayPause 0 paused",
        "TogglePlayPause 0 running",
        "Pause 0 paused",
        "Play 0 running",
        "Next 0 running",
        "Previous 0 running",
    ]
    assert page.input_lock.locked


def test_a_media_player_cannot_stop_what_is_locked(start: Start) -> None:
    page, rig = start(*PLANKS)
    page.lock.click()
    page.ask_to_stop()
    assert page.stop_prompt.isHidden()
    assert page.input_lock.lit
    assert rig.conductor.snapshot().status is Status.RUNNING


def test_a_sleep_under_the_lock_pauses_and_stays_locked(start: Start) -> None:
    page, rig = start(*PLANKS)
    page.lock.click()
    rig.sleep(10_000)
    assert not page.pause_overlay.isHidden()
    QTest.keyClick(page.input_lock, Key.Key_Space)
    QTest.mouseClick(page.resume, Qt.MouseButton.LeftButton)
    assert rig.conductor.snapshot().status is Status.SLEPT


def test_the_end_of_the_session_unlocks(start: Start) -> None:
    page, rig = start(*PLANKS)
    page.lock.click()
    rig.end()
    assert not page.input_lock.locked
    assert all(button.isEnabled() for button in page.findChildren(RunButton))


def test_a_screen_reader_hears_that_it_is_locked_and_how_to_unlock(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(lock_module, "announce", lambda _widget, text, **_how: said.append(text))
    page, _rig = start(*PLANKS)
    page.lock.click()
    QTest.keyClick(page.input_lock, Key.Key_Space)
    QTest.keyClick(page.input_lock, Key.Key_Space)
    assert said == ["Locked. Hold Esc for a second to unlock.", "Hold Esc for a second to unlock."]
    interface = QAccessible.queryAccessibleInterface(page.input_lock)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Locked"
    assert interface.text(QAccessible.Text.Description) == "Hold Esc for a second to unlock."


def test_the_lock_is_listed_among_the_keys_and_on_its_button(start: Start) -> None:
    page, _rig = start(*PLANKS)
    assert ("L", "lock; Esc unlocks") in keys()
    assert page.lock.toolTip() == "Lock keys and clicks; hold Esc for a second to unlock (L)"
