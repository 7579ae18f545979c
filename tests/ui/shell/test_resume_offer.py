"""A session that was interrupted, as by a power cut, and what the next start does with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.history.play_lock import play_lock
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.ui.shell.resume_offer import InterruptedRunOffer


def interrupt(stage: Stage, open_window: Callable[[], Front], seconds: int = 90) -> None:
    """Leave a session of the stage as a power cut would: begun, one interval done, without an end."""
    front = open_window()
    front.open_sessions().choose("planks-by-the-minute")
    front.sessions.detail.start.click()
    assert front.window.running is not None
    driver = front.window.running.driver
    assert driver is not None
    for _second in range(seconds):
        stage.clock.advance(1_000)
        driver.refresh()
    assert stage.journal.flush()
    # As the system does when a process is gone.
    stage.journal._writer._playing.release()


def test_an_interrupted_session_can_be_gone_on_with(open_window: Callable[[], Front], stage: Stage) -> None:
    interrupt(stage, open_window)
    stage.clock.advance(3_600_000)
    front = open_window()
    front.qtbot.waitUntil(lambda: bool(front.window.banners.banners))
    banner = front.window.banners.banners[0]
    assert banner.notice.what == "Go on with Rest? “Planks by the minute” was interrupted after 1:10."
    assert banner.action is not None
    banner.action.click()
    assert front.window.page == "run"
    assert front.window.running is not None
    assert front.window.running.driver is not None
    snapshot = front.window.running.driver.conductor.snapshot()
    assert snapshot.index == 2


def test_a_session_that_another_program_plays_is_not_asked_about(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    interrupt(stage, open_window)
    other = play_lock(stage.paths.history)
    assert other.acquire()
    front = open_window()
    front.qtbot.waitUntil(lambda: front.window.resume_offer is not None and not front.window.resume_offer.searching)
    assert front.window.banners.banners == ()
    other.release()
    assert stage.services.history.unfinished() is not None, "it is asked about when it was truly interrupted"


def test_a_window_that_closes_while_it_looks_leaves_all_to_the_next_start(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot
) -> None:
    interrupt(stage, open_window)
    stage.clock.advance(13 * 3_600_000)
    resume_offer = InterruptedRunOffer(stage.services, stage.services.theme)
    resume_offer.start()
    resume_offer.cancel()
    qtbot.waitUntil(lambda: not resume_offer.searching)
    assert stage.journal.flush()
    assert stage.services.history.unfinished() is not None


def test_a_window_that_was_closed_at_once_does_not_begin_to_look(open_window: Callable[[], Front]) -> None:
    front = open_window()
    front.window.close()
    front.window._finish_startup()
    assert front.window.resume_offer is None


def test_an_interrupted_session_is_asked_about_once(open_window: Callable[[], Front], stage: Stage) -> None:
    interrupt(stage, open_window)
    front = open_window()
    front.qtbot.waitUntil(lambda: bool(front.window.banners.banners))
    front.window.banners.banners[0].close_button.click()
    assert stage.journal.flush()
    assert stage.services.history.unfinished() is None
    assert [run.outcome for run in stage.services.history.runs()] == [RunOutcome.STOPPED]


def test_a_session_interrupted_long_ago_is_not_asked_about(open_window: Callable[[], Front], stage: Stage) -> None:
    interrupt(stage, open_window)
    stage.clock.advance(13 * 3_600_000)
    front = open_window()

    def given_up() -> bool:
        return stage.journal.flush() and stage.services.history.unfinished() is None

    front.qtbot.waitUntil(given_up)
    assert front.window.banners.banners == ()


def test_a_session_interrupted_behind_its_last_interval_is_kept_as_completed(
    open_window: Callable[[], Front], stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Journal, "end", lambda *_end: None)
    interrupt(stage, open_window, seconds=400)
    monkeypatch.undo()
    assert stage.services.history.unfinished() is not None
    front = open_window()

    def kept() -> bool:
        return stage.journal.flush() and stage.services.history.unfinished() is None

    front.qtbot.waitUntil(kept)
    assert [run.outcome for run in stage.services.history.runs()] == [RunOutcome.COMPLETED]
    assert front.window.banners.banners == ()
