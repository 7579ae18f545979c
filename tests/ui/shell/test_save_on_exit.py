"""Closing the window in the middle of a session: it asks once, and whichever way it closes, the next start goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.conductor.conductor import Conductor
from timer_app.definition.parser import read_session
from timer_app.history.records import IntervalOutcome, RunOutcome, RunRecord
from timer_app.ui.run.run_pages import RunPages
from timer_app.ui.support.session_driver import SessionDriver


@pytest.fixture
def front(open_window: Callable[[], Front]) -> Front:
    return open_window()


def running(front: Front) -> RunPages:
    pages = front.window.running
    assert pages is not None
    return pages


def play(front: Front, stage: Stage, seconds: int = 90) -> SessionDriver:
    """Run Planks by the minute for a while: at 90 seconds it is 20 seconds into the first rest."""
    front.open_sessions().choose("planks-by-the-minute")
    front.sessions.detail.start.click()
    driver = running(front).driver
    assert driver is not None
    for _second in range(seconds):
        stage.clock.advance(1_000)
        driver.refresh()
    return driver


def runs(driver: SessionDriver) -> bool:
    return driver.conductor.state.running


def press(front: Front, key: Qt.Key) -> None:
    QTest.keyClick(running(front).run_page, key)


def left(stage: Stage) -> RunRecord:
    """Return the run that a start would find now, once the program is gone."""
    assert stage.journal.flush()
    run = stage.services.history.unfinished()
    assert run is not None
    return run


def test_it_asks_and_pauses_and_keeps_going_on_a_no(front: Front, stage: Stage) -> None:
    driver = play(front, stage)
    assert not front.window.close()
    assert front.window.isVisible()
    cover = running(front).run_page.stop_prompt
    assert (cover.word.text(), cover.stop_now.text()) == ("Close the window?", "Close")
    assert not runs(driver)
    press(front, Qt.Key.Key_Escape)
    assert not cover.waits
    assert runs(driver)
    press(front, Qt.Key.Key_Escape)
    assert (cover.word.text(), cover.stop_now.text()) == ("Stop here?", "Stop")


@pytest.mark.parametrize("way", ["Enter", "click", "close again", "the desktop ends"])
def test_whichever_way_it_closes_the_next_start_offers_to_go_on(
    front: Front, open_window: Callable[[], Front], stage: Stage, way: str
) -> None:
    play(front, stage)
    if way == "the desktop ends":
        front.window.close_unasked()
    else:
        front.window.close()
    if way == "Enter":
        press(front, Qt.Key.Key_Return)
    elif way == "click":
        QTest.mouseClick(running(front).run_page.stop_prompt.stop_now, Qt.MouseButton.LeftButton)
    else:
        front.window.close()
    assert not front.window.isVisible()
    run = left(stage)
    assert (run.outcome, run.resume_at) == (RunOutcome.INTERRUPTED, 2)
    rest = run.intervals[2]
    assert (rest.outcome, rest.actual) == (IntervalOutcome.CUT_SHORT, 20_000)
    # As the system does when a process is gone.
    stage.journal._writer._playing.release()
    again = open_window()
    again.qtbot.waitUntil(lambda: bool(again.window.banners.banners))
    banner = again.window.banners.banners[0]
    assert banner.notice.what == "Go on with Rest? “Planks by the minute” was interrupted after 1:30."
    assert banner.action is not None
    banner.action.click()
    driver = running(again).driver
    assert driver is not None
    assert (driver.conductor.state.index, driver.conductor.state.elapsed(stage.clock.now())) == (2, 0)


def test_a_paused_session_is_asked_about_and_stays_paused_on_a_no(front: Front, stage: Stage) -> None:
    driver = play(front, stage)
    driver.do(Conductor.pause)
    assert not front.window.close()
    press(front, Qt.Key.Key_Escape)
    assert driver.conductor.state.paused_at is not None
    assert not running(front).run_page.pause_overlay.isHidden()


def test_the_question_takes_the_place_of_the_one_whether_to_stop(front: Front, stage: Stage) -> None:
    driver = play(front, stage)
    press(front, Qt.Key.Key_Escape)
    assert not front.window.close()
    cover = running(front).run_page.stop_prompt
    assert cover.word.text() == "Close the window?"
    running(front).run_page.ask_to_stop()
    assert cover.word.text() == "Close the window?"
    press(front, Qt.Key.Key_Space)
    assert runs(driver)


def test_it_is_asked_where_it_can_be_seen(front: Front, stage: Stage) -> None:
    play(front, stage)
    front.window.show_page("help")
    assert not front.window.close()
    assert front.window.page == "run"
    assert running(front).run_page.stop_prompt.waits


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_window_in_the_task_bar_comes_out_of_it(front: Front, stage: Stage) -> None:
    play(front, stage)
    front.window.showMinimized()
    assert not front.window.close()
    assert not front.window.isMinimized()


def test_a_locked_session_tells_how_to_unlock(front: Front, stage: Stage) -> None:
    driver = play(front, stage)
    page = running(front).run_page
    page.lock_keys()
    assert not front.window.close()
    assert page.input_lock.lit
    assert not page.stop_prompt.waits
    assert runs(driver)
    front.window.close_unasked()
    assert front.window.close()
    assert left(stage).resume_at == 2


def test_a_session_in_full_screen_is_asked_about_there(front: Front, stage: Stage) -> None:
    play(front, stage)
    press(front, Qt.Key.Key_F)
    assert not front.window.close()
    assert front.window.isFullScreen()
    press(front, Qt.Key.Key_Return)
    assert not front.window.isVisible()


def test_the_page_behind_a_session_is_closed_unasked(front: Front, stage: Stage) -> None:
    driver = play(front, stage)
    driver.do(Conductor.stop)
    running(front).finish_page.effort.choose_digit(7)
    running(front).finish_page.note.setText("Fine")
    assert front.window.close()
    assert stage.journal.flush()
    (run,) = stage.services.history.runs()
    assert (run.outcome, run.effort, run.note) == (RunOutcome.STOPPED, 7, "Fine")


def test_a_session_that_is_only_tried_is_ended_unasked(front: Front, stage: Stage) -> None:
    entry = stage.services.library.find("planks-by-the-minute")
    front.window._try_out(read_session(entry.text(), "", stage.services.catalogue), ())
    assert running(front).driver is not None
    assert front.window.close()
    assert running(front).driver is None
    assert stage.journal.flush()
    assert stage.services.history.runs() == ()


def test_another_session_does_not_end_the_one_that_runs(front: Front, stage: Stage) -> None:
    driver = play(front, stage)
    front.window.start_session(stage.services.library.find("superman-tens"))
    assert running(front).driver is driver
    assert runs(driver)
    assert front.window.page == "run"
    assert front.window.banners.banners[-1].notice.what == "“Planks by the minute” is still running."
    driver.do(Conductor.stop)
    front.window.start_session(stage.services.library.find("superman-tens"))
    assert running(front).driver is not None
