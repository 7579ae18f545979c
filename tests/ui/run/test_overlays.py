"""What lies over the page while a session stands still: what it tells, and where keys and focus go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.run.conftest import Start
from tests.ui.run.rig import PLANKS, PUSH_UPS, Rig
from tests.ui.run.test_sizes import cut_texts
from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import Status
from timer_app.definition.model import Amrap, ExerciseStep
from timer_app.settings import Settings
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.page import RunPage
from timer_app.ui.run.run_buttons import RunButton

Key = Qt.Key
BURPEES = (ExerciseStep(Amrap(30_000), name="Burpee", sets=2, rest=20_000),)


def pause_text(page: RunPage) -> list[str]:
    return page.pause_overlay.what.text().splitlines()


def press(page: RunPage, *keys: Qt.Key) -> None:
    """Press keys where the keyboard is, as a user does."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or page, key)


@pytest.fixture
def seated(start: Start, qtbot: QtBot) -> tuple[RunPage, Rig]:
    """A page with the keyboard, ten seconds into the first plank."""
    page, rig = start(*PLANKS)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.setFocus()
    rig.go(20_000)
    return page, rig


def test_the_pause_shows_where_the_session_was_moved_to(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(3_000)
    QTest.keyClick(page, Key.Key_Space)
    seen = [pause_text(page)[0]]
    for key in (Key.Key_Right, Key.Key_Up, Key.Key_Right, Key.Key_Left, Key.Key_Left):
        QTest.keyClick(page, key)
        seen.append(pause_text(page)[0])
    assert seen == [
        "Get ready: Plank · 7 seconds",
        "Work: Plank · 60 seconds",
        "Work: Plank · 70 seconds",
        "Rest · 60 seconds",
        "Work: Plank · 60 seconds",
        "Get ready: Plank · 10 seconds",
    ]


def test_a_sleep_is_shown_until_the_session_is_moved(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(3_000)
    rig.sleep(60_000)
    assert pause_text(page)[0].startswith("The computer slept")
    QTest.keyClick(page, Key.Key_Right)
    assert pause_text(page) == ["Work: Plank · 60 seconds", "Space goes on."]


def test_a_count_that_is_typed_in_a_pause_is_seen(start: Start) -> None:
    page, rig = start(*BURPEES)
    rig.go(42_000)
    QTest.keyClicks(page, " 14+")
    assert pause_text(page) == ["Rest · 18 seconds", "How many? Burpee · set 1 of 2 15", "Space goes on."]
    QTest.keyClick(page, Key.Key_Right)
    assert pause_text(page) == ["Work: Burpee · 30 seconds", "Space goes on."]
    assert [past.reps for past in rig.conductor.state.past if past is not None][1] == 15


def test_unlocked_in_a_pause_it_shows_the_key_again(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(3_000)
    page.lock_keys()
    rig.driver.do(Conductor.pause)
    assert pause_text(page)[1:] == []
    page.input_lock.dismiss()
    page.input_lock.unlocked.emit()
    assert pause_text(page)[1:] == ["Space goes on."]


def reached(page: RunPage) -> list[QWidget]:
    """All that the Tab key leads to, from the page on."""
    found: list[QWidget] = []
    for _press in range(40):
        press(page, Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is None or focused in found:
            break
        found.append(focused)
    return [widget for widget in found if isinstance(widget, RunButton)]


def test_tab_stays_with_the_question(seated: tuple[RunPage, Rig]) -> None:
    page, rig = seated
    assert len(reached(page)) == 8
    page.setFocus()
    press(page, Key.Key_Escape)
    assert reached(page) == [page.stop_prompt.keep_going, page.stop_prompt.stop_now]
    QTest.mouseClick(page.skip, Qt.MouseButton.LeftButton)
    assert (rig.conductor.state.index, page.stop_prompt.waits) == (1, True)
    press(page, Key.Key_Escape)
    assert len(reached(page)) == 8


def test_tab_leads_to_nothing_that_the_pause_covers(start: Start, qtbot: QtBot) -> None:
    page, rig = start(*BURPEES)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.setFocus()
    rig.go(42_000)
    assert {page.reps.less, page.reps.more} <= set(reached(page))
    page.setFocus()
    press(page, Key.Key_Space)
    assert not {page.reps.less, page.reps.more} & set(reached(page))
    press(page, Key.Key_Space)
    assert {page.reps.less, page.reps.more} <= set(reached(page))


@pytest.mark.parametrize("way", ["key", "focused button", "from outside"])
def test_after_the_question_the_page_has_the_keyboard(seated: tuple[RunPage, Rig], way: str) -> None:
    page, rig = seated
    press(page, Key.Key_Escape, Key.Key_Tab)
    assert QApplication.focusWidget() is page.stop_prompt.keep_going
    if way == "from outside":
        rig.driver.do(Conductor.resume)
    else:
        press(page, Key.Key_Escape if way == "key" else Key.Key_Return)
    assert (rig.conductor.snapshot().status, page.stop_prompt.waits) == (Status.RUNNING, False)
    assert QApplication.focusWidget() is page
    assert all(button.isEnabled() for button in page.findChildren(RunButton))


def test_after_a_pause_the_page_has_the_keyboard(start: Start, qtbot: QtBot) -> None:
    page, rig = start(*PUSH_UPS)
    with qtbot.waitActive(page):
        page.activateWindow()
    rig.go(12_000)
    rig.driver.do(Conductor.pause)
    page.resume.setFocus()
    press(page, Key.Key_Return)
    assert QApplication.focusWidget() is page
    press(page, Key.Key_Return)
    assert rig.conductor.state.index == 2, "Enter is for done again"


def test_a_session_that_ends_under_the_question_leaves_nothing_behind(seated: tuple[RunPage, Rig]) -> None:
    page, rig = seated
    press(page, Key.Key_Escape)
    while rig.conductor.snapshot().live:
        rig.driver.do(Conductor.skip)
    assert not page.stop_prompt.waits
    assert all(button.isEnabled() for button in page.findChildren(RunButton))


def test_the_keys_are_seen_in_a_pause_that_begins_under_them(start: Start) -> None:
    page, _rig = start(*PLANKS)
    QTest.keyClicks(page, "? ")
    over: QWidget | None = page.childAt(page.keys_card.geometry().center())
    assert over is not None
    assert over is page.keys_card or page.keys_card.isAncestorOf(over)
    QTest.keyClicks(page, "?")
    assert page.keys_card.isHidden()


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize(("width", "height"), [(800, 600), (1120, 760), (1920, 1080)])
def test_where_a_pause_stands_and_what_was_counted_fit(
    start: Start, theme: Theme, width: int, height: int, percent: int
) -> None:
    theme.use(Settings(text_percent=percent))
    page, rig = start(*BURPEES, width=width, height=height)
    rig.go(42_000)
    QTest.keyClicks(page, "128 ")
    assert len(pause_text(page)) == 3
    assert cut_texts(page) == []
