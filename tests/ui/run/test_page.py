"""The run page: what every key and button does, and what is shown when."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from tests.ui.run.conftest import Start
from tests.ui.run.rig import CIRCUIT, KNEES, PLANKS, PUSH_UPS, SUPERMAN
from timer_app.conductor.snapshot import Snapshot, Status
from timer_app.definition.model import Side
from timer_app.history.records import RunOutcome
from timer_app.presentation.phase import Phase
from timer_app.settings import Settings
from timer_app.ui.look.theme import Theme
from timer_app.ui.run import page as page_module
from timer_app.ui.run.page import RunPage
from timer_app.ui.support.session_driver import FRAME

Key = Qt.Key


def press(page: RunPage, *keys: Qt.Key) -> None:
    for key in keys:
        if "Media" in key.name:
            # QTest knows no media keys.
            QApplication.sendEvent(page, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        else:
            QTest.keyClick(page, key)


@pytest.mark.parametrize(
    ("key", "button"),
    [
        (Key.Key_Space, "pause"),
        (Key.Key_Left, "back"),
        (Key.Key_Right, "skip"),
        (Key.Key_Up, "longer"),
        (Key.Key_M, "mute"),
        (Key.Key_F, "full"),
        (Key.Key_F11, "full"),
        (Key.Key_Escape, "stop"),
        (Key.Key_MediaNext, "skip"),
        (Key.Key_MediaPrevious, "back"),
    ],
)
def test_a_key_does_what_its_button_does(start: Start, key: Qt.Key, button: str) -> None:
    page, _rig = start(*PLANKS)
    clicked: list[str] = []
    getattr(page, button).clicked.connect(lambda: clicked.append(button))
    press(page, key)
    assert clicked == [button]


def test_space_pauses_and_goes_on(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(3_000)
    press(page, Key.Key_Space)
    assert rig.conductor.snapshot().status is Status.PAUSED
    assert not page.pause_overlay.isHidden()
    assert page.pause_overlay.word.text() == "Paused"
    assert page.pause_overlay.what.text() == "Get ready: Plank · 7 seconds\nSpace goes on."
    assert page.pause.text() == "Go on"
    press(page, Key.Key_Space)
    assert rig.conductor.snapshot().status is Status.RUNNING
    assert page.pause_overlay.isHidden()
    assert page.pause.text() == "Pause"


def test_space_pauses_wherever_the_focus_is(start: Start, qtbot: QtBot) -> None:
    page, rig = start(*PLANKS)
    for button in (page.skip, page.stop, page.mute):
        QTest.keyClick(button, Key.Key_Space)
        assert rig.conductor.snapshot().status is Status.PAUSED
        QTest.keyClick(button, Key.Key_Space)
        assert rig.conductor.snapshot().status is Status.RUNNING
    assert rig.conductor.state.index == 0


def test_enter_presses_the_button_that_has_the_focus(start: Start) -> None:
    page, rig = start(*PLANKS)
    QTest.keyClick(page.skip, Key.Key_Return)
    assert rig.conductor.state.index == 1


@pytest.mark.parametrize("by_key", [True, False])
def test_skip_back_and_ten_seconds_more(start: Start, *, by_key: bool) -> None:
    page, rig = start(*PLANKS)
    rig.go(4_000)

    def do(key: Qt.Key, button: str) -> str:
        if by_key:
            press(page, key)
        else:
            QTest.mouseClick(getattr(page, button), Qt.MouseButton.LeftButton)
        return page.ring.view.number if page.ring.view is not None else ""

    assert do(Key.Key_Up, "longer") == "16"
    assert do(Key.Key_Left, "back") == "10"
    assert do(Key.Key_Right, "skip") == "60"
    assert do(Key.Key_Left, "back") == "10"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_ends_an_open_step_and_no_other(start: Start, key: Qt.Key) -> None:
    page, rig = start(*PUSH_UPS)
    press(page, key)
    assert rig.conductor.state.index == 0
    assert page.done.isHidden()
    rig.go(12_000)
    assert not page.done.isHidden()
    assert page.longer.isHidden()
    press(page, key)
    assert rig.conductor.state.index == 2


def test_media_keys_pause_and_play_as_they_say(start: Start) -> None:
    page, rig = start(*PLANKS)
    for key, status in (
        (Key.Key_MediaPlay, Status.RUNNING),
        (Key.Key_MediaPause, Status.PAUSED),
        (Key.Key_MediaPause, Status.PAUSED),
        (Key.Key_MediaPlay, Status.RUNNING),
        (Key.Key_MediaTogglePlayPause, Status.PAUSED),
        (Key.Key_MediaTogglePlayPause, Status.RUNNING),
    ):
        press(page, key)
        assert rig.conductor.snapshot().status is status


def test_a_key_that_is_held_down_counts_once(start: Start, qapp: QApplication) -> None:
    page, rig = start(*PLANKS)
    press(page, Key.Key_Right)
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", autorep=True)
    qapp.sendEvent(page, held)
    assert rig.conductor.state.index == 1


def test_m_turns_the_sound_off_and_on(start: Start) -> None:
    page, rig = start(*PLANKS)
    press(page, Key.Key_M)
    assert (rig.speaker.calls[-1], page.mute.accessibleName()) == ("mute", "Sound on")
    press(page, Key.Key_M)
    assert (rig.speaker.calls[-1], page.mute.accessibleName()) == ("unmute", "Sound off")


def test_f_fills_the_screen_and_leaves_it(start: Start) -> None:
    page, _rig = start(*PLANKS)
    press(page, Key.Key_F)
    assert page.isFullScreen()
    press(page, Key.Key_F11)
    assert not page.isFullScreen()


def test_the_windows_own_shortcuts_do_not_take_the_pages_keys(start: Start, qtbot: QtBot) -> None:
    page, rig = start(*PLANKS)
    window = QMainWindow()
    qtbot.addWidget(window)
    taken: list[str] = []
    for key in ("?", "Esc", "Space"):
        QShortcut(key, window, lambda key=key: taken.append(key))
    window.setCentralWidget(page)
    with qtbot.waitActive(window):
        window.show()
    page.setFocus()
    QTest.keyClicks(page, "?")
    QTest.keyClick(page, Key.Key_Space)
    assert taken == []
    assert not page.keys_card.isHidden()
    assert rig.conductor.snapshot().status is Status.PAUSED


class TestStopping:
    def test_it_asks_once_and_pauses_meanwhile(self, start: Start) -> None:
        page, rig = start(*PLANKS)
        rig.go(20_000)
        press(page, Key.Key_Escape)
        assert page.stop_prompt.word.text() == "Stop here?"
        assert not page.stop_prompt.isHidden()
        assert page.pause_overlay.isHidden()
        assert rig.conductor.snapshot().status is Status.PAUSED

    @pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Space, Key.Key_MediaPlay])
    def test_escape_and_space_keep_going_where_it_was(self, start: Start, key: Qt.Key) -> None:
        page, rig = start(*PLANKS)
        rig.go(20_000)
        press(page, Key.Key_Escape)
        rig.go(60_000)
        press(page, key)
        assert page.stop_prompt.isHidden()
        assert rig.conductor.snapshot().status is Status.RUNNING
        assert rig.conductor.snapshot().seconds == 50

    def test_what_was_paused_stays_paused(self, start: Start) -> None:
        page, rig = start(*PLANKS)
        press(page, Key.Key_Space, Key.Key_Escape, Key.Key_Escape)
        assert page.stop_prompt.isHidden()
        assert not page.pause_overlay.isHidden()
        assert rig.conductor.snapshot().status is Status.PAUSED

    def test_enter_stops_and_keeps_what_was_done(self, start: Start) -> None:
        page, rig = start(*PLANKS)
        ended: list[Snapshot] = []
        page.ended.connect(ended.append)
        rig.go(20_000)
        press(page, Key.Key_Escape, Key.Key_Return)
        assert [last.status for last in ended] == [Status.STOPPED]
        assert [outcome for _run, outcome, _at in rig.record.ends] == [RunOutcome.STOPPED]
        assert [(done.position, done.actual) for done in rig.record.intervals] == [(0, 10_000), (1, 10_000)]

    def test_no_other_key_does_anything_meanwhile(self, start: Start) -> None:
        page, rig = start(*PLANKS)
        press(page, Key.Key_Escape, Key.Key_Right, Key.Key_Up, Key.Key_M)
        assert rig.conductor.state.index == 0
        assert rig.conductor.state.extra == 0
        assert not rig.speaker.muted

    def test_enter_in_an_open_step_answers_the_question(self, start: Start) -> None:
        page, rig = start(*PUSH_UPS)
        rig.go(12_000)
        press(page, Key.Key_Escape, Key.Key_Enter)
        assert not rig.conductor.snapshot().live

    def test_buttons_answer_too(self, start: Start) -> None:
        page, rig = start(*PLANKS)
        QTest.mouseClick(page.stop, Qt.MouseButton.LeftButton)
        QTest.mouseClick(page.stop_prompt.keep_going, Qt.MouseButton.LeftButton)
        assert rig.conductor.snapshot().status is Status.RUNNING
        QTest.mouseClick(page.stop, Qt.MouseButton.LeftButton)
        QTest.mouseClick(page.stop_prompt.stop_now, Qt.MouseButton.LeftButton)
        assert rig.conductor.snapshot().status is Status.STOPPED


def test_a_session_that_ends_by_itself_ends_once(start: Start) -> None:
    page, rig = start(*PLANKS)
    ended: list[Snapshot] = []
    page.ended.connect(ended.append)
    rig.go(310_000)
    rig.driver.refresh()
    assert [last.status for last in ended] == [Status.COMPLETED]


def test_one_session_after_another(start: Start) -> None:
    page, first = start(*PLANKS)
    first.go(310_000)
    _page, second = start(*KNEES)
    page.play(second.driver)
    second.go(5_000)
    assert page.title.text() == "Knee-to-chest hold"
    assert page.bar.value() == 100 * second.conductor.snapshot().spent // second.conductor.timeline.total
    press(page, Key.Key_Right)
    assert second.conductor.state.index == 1


def test_after_a_sleep_it_says_so(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(20_000)
    rig.sleep(60_000)
    assert page.pause_overlay.word.text() == "Paused"
    assert page.pause_overlay.what.text() == (
        "The computer slept, or the program was held up. Nothing is lost.\nSpace goes on."
    )
    press(page, Key.Key_Space)
    assert rig.conductor.snapshot().seconds == 50


def test_question_mark_shows_the_keys_while_time_goes_on(start: Start) -> None:
    page, rig = start(*PLANKS)
    QTest.keyClicks(page, "?")
    assert not page.keys_card.isHidden()
    assert not page.keys_card.geometry().intersects(page.ring.geometry())
    rig.go(2_000)
    assert page.ring.view is not None
    assert page.ring.view.number == "8"
    press(page, Key.Key_Escape)
    assert page.keys_card.isHidden()
    assert page.stop_prompt.isHidden()


def test_number_ring_bar_and_texts_at_exact_moments(start: Start) -> None:
    page, rig = start(*SUPERMAN)
    rig.go(10_000 + 14_000)
    view = page.ring.view
    assert view is not None
    assert (view.number, view.under) == ("4", ("of 10", "lower"))
    assert view.fraction == pytest.approx(26 / 40)
    assert page.ring.value() == 26
    assert page.ring.maximum() == 40
    assert page.title.text() == "Superman"
    assert page.detail.text() == "set 1 of 3"
    assert page.times.text() == "0:24 done · 5:26 left"
    assert page.exercise_panel.hint.text() == "Breathe out as you lift"
    upcoming = [label.text() for label in page.upcoming.findChildren(QLabel) if not label.isHidden()]
    assert "Hold the last rep" in upcoming
    assert page.bar.value() == 100 * 24 // 350


def test_the_arrow_points_to_the_side(start: Start) -> None:
    page, rig = start(*KNEES)
    seen = []
    for wait in (0, 10_000, 20_000, 5_000):
        rig.go(wait)
        seen.append((page.exercise_panel.arrow.side, page.exercise_panel.arrow.text()))
    assert seen == [
        (Side.LEFT, "left first"),
        (Side.LEFT, "left"),
        (Side.RIGHT, "right"),
        (Side.RIGHT, "right"),
    ]
    assert not page.exercise_panel.arrow.isHidden()


def test_no_arrow_where_there_are_no_sides(start: Start) -> None:
    page, _rig = start(*PLANKS)
    assert page.exercise_panel.arrow.isHidden()


def test_a_screen_reader_hears_each_phase_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(page_module, "announce", lambda _widget, text, **_how: said.append(text))
    page, rig = start(*PLANKS)
    rig.go(75_000)
    press(page, Key.Key_Space)
    assert said == [
        "Get ready: Plank, set 1 of 3, 0:10",
        "Work: Plank, set 1 of 3, 1:00",
        "Rest, 1:00",
        "Paused Space goes on.",
    ]


def test_the_ring_steps_by_seconds_where_less_motion_is_wanted(start: Start, theme: Theme) -> None:
    page, rig = start(*PLANKS)
    assert rig.wait == FRAME
    theme.use(Settings(reduced_motion=True))
    assert rig.wait == 1_000
    page.update()


def test_a_hidden_page_is_refreshed_once_a_second(start: Start) -> None:
    page, rig = start(*PLANKS)
    page.hide()
    assert rig.wait == 1_000
    page.show()
    assert rig.wait == FRAME


def test_a_minimised_page_is_not_written_until_it_is_seen_again(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(20_000)
    page.showMinimized()
    before = page.times.text()
    rig.go(20_000)
    assert page.times.text() == before
    page.showNormal()
    QApplication.processEvents()
    assert page.times.text() == "0:40 done · 4:30 left"


def test_rounds_are_shown(start: Start) -> None:
    page, _rig = start(*CIRCUIT)
    assert page.detail.text() == "set 1 of 2 · round 1 of 3"


@pytest.mark.parametrize(("at", "phase"), [(3_000, Phase.SETUP), (20_000, Phase.WORK), (75_000, Phase.REST)])
def test_the_whole_page_is_tinted_by_the_phase(start: Start, theme: Theme, at: int, phase: Phase) -> None:
    page, rig = start(*PLANKS)
    QApplication.processEvents()
    rig.go(at)
    picture = page.grab().toImage()
    tint = theme.colours.phase(phase).tint
    corners = [(2, 2), (1_021, 2), (2, 697), (1_021, 697)]
    beside_the_ring = [
        (page.ring.x() + 2, page.ring.y() + 2),
        (page.exercise_panel.x() + 100, page.exercise_panel.y() + 2),
    ]
    assert {picture.pixelColor(x, y).name() for x, y in corners + beside_the_ring} == {tint.name()}
