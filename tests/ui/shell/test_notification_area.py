"""What stands above the pages leaves them the room that they need, at every size of window and text."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import Front
from tests.ui.history.test_page import add_run
from tests.ui.stage import Stage
from timer_app.conductor.conductor import Conductor
from timer_app.presentation.run_layout import NUMBER_SHARE
from timer_app.problems import Problem, SessionProblem
from timer_app.ui.history.next_morning_question import NextMorningQuestion

SIZES = [(800, 600), (1024, 768), (1366, 768), (895, 496), (681, 371)]
TEXTS = [100, 150, 200]
VOICE = Problem("Spoken lines cannot be kept on this disk: it is full.")
DISK = Problem("The history is not being saved: the disk is full.", "Free some space; what you do is kept until then.")
SOUND = SessionProblem("There is nothing to play sound on. The session goes on without it.", "Connect headphones.")

Open = Callable[[], Front]


def fit(front: Front, stage: Stage, size: tuple[int, int], text: int) -> None:
    """Have the window in a size, with text of so many per cent."""
    assert stage.theme is not None
    stage.theme.use(replace(stage.settings, text_percent=text))
    front.window.resize(*size)
    for _turn in range(3):
        QApplication.processEvents()


def is_whole(widget: QWidget) -> bool:
    """Whether all of a widget is in the window, in the size that it wants."""
    window = widget.window()
    place = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))
    return window.rect().contains(place) and widget.height() >= widget.sizeHint().height()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_notices_leave_a_running_session_its_number(
    open_window: Open, stage: Stage, size: tuple[int, int], text: int
) -> None:
    front = open_window()
    front.open_sessions().choose("superman-tens")
    front.sessions.detail.start.click()
    running = front.window.running
    assert running is not None
    for problem in (SOUND, DISK):
        stage.messages.show_problem(problem)
    fit(front, stage, size, text)
    assert running.run_page.height() * NUMBER_SHARE >= front.window.height() / 4
    *others, newest = front.window.banners.banners
    assert newest.isVisible()
    assert not any(banner.isVisible() for banner in others)


def test_notices_are_told_in_full_at_the_end_of_the_session(open_window: Open, stage: Stage) -> None:
    front = open_window()
    front.open_sessions().choose("superman-tens")
    front.sessions.detail.start.click()
    running = front.window.running
    assert running is not None
    assert running.driver is not None
    for problem in (VOICE, DISK):
        stage.messages.show_problem(problem)
    fit(front, stage, (1024, 768), 100)
    slim = front.window.banners.height()
    running.driver.do(Conductor.stop)
    QApplication.processEvents()
    assert all(banner.isVisible() for banner in front.window.banners.banners)
    assert front.window.banners.height() > 3 * slim
    running.finish_page.closed.emit()
    front.sessions.detail.start.click()
    front.qtbot.waitUntil(lambda: front.window.banners.height() == slim)


def test_what_was_told_of_a_session_is_over_with_it(open_window: Open, stage: Stage) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    page.detail.start.click()
    running = front.window.running
    assert running is not None
    assert running.driver is not None
    for problem in (SOUND, DISK):
        stage.messages.show_problem(problem)
    assert SOUND.what in [banner.notice.what for banner in front.window.banners.banners]
    running.driver.do(Conductor.stop)
    QApplication.processEvents()
    assert [banner.notice.what for banner in front.window.banners.banners] == [DISK.what]


def test_what_was_told_of_a_session_and_arrives_after_it_is_over_too(open_window: Open, stage: Stage) -> None:
    front = open_window()
    front.open_sessions().detail.start.click()
    running = front.window.running
    assert running is not None
    assert running.driver is not None
    elsewhere = Thread(target=stage.messages.show_problem, args=(SOUND,))
    elsewhere.start()
    elsewhere.join()
    running.driver.do(Conductor.stop)
    for _turn in range(3):
        QApplication.processEvents()
    assert front.window.banners.banners == ()


def wait_for_the_question(front: Front) -> NextMorningQuestion:
    """Return the question of the morning once it asks."""
    front.qtbot.waitUntil(
        lambda: front.window.notifications.morning is not None and front.window.notifications.morning.pending
    )
    question = front.window.notifications.morning
    assert question is not None
    return question


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_todays_session_and_its_start_stay_whole(
    open_window: Open, stage: Stage, size: tuple[int, int], text: int
) -> None:
    add_run(stage, "Knee-to-chest holds", days_ago=1)
    front = open_window()
    page = front.open_sessions()
    wait_for_the_question(front)
    front.qtbot.waitUntil(page.today.isVisible)
    fit(front, stage, size, text)
    assert [is_whole(part) for part in (page.today, page.detail.start)] == [True, True]
    assert page.detail.start.width() >= page.detail.start.sizeHint().width()
    for problem in (SOUND, DISK):
        stage.messages.show_problem(problem)
    fit(front, stage, size, text)
    assert [is_whole(part) for part in (page.today, page.detail.start)] == [True, True]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", TEXTS)
def test_the_question_of_the_morning_leaves_the_list_of_sessions_room(
    open_window: Open, stage: Stage, size: tuple[int, int], text: int
) -> None:
    add_run(stage, "Knee-to-chest holds", days_ago=1)
    front = open_window()
    page, question = front.open_sessions(), wait_for_the_question(front)
    fit(front, stage, size, text)
    assert question.isVisible()
    assert not question.unfold.isVisible() or is_whole(question.unfold)
    row = page.list.visualRect(page.list.model().index(0, 0))
    assert page.list.viewport().height() >= row.height()


def test_a_question_that_is_folded_is_answered_all_the_same(open_window: Open, stage: Stage) -> None:
    add_run(stage, "Knee-to-chest holds", days_ago=1)
    front = open_window()
    front.open_sessions()
    front.qtbot.waitUntil(lambda: front.window.notifications.morning is not None)
    question = front.window.notifications.morning
    assert question is not None
    front.qtbot.waitUntil(lambda: question.pending)
    fit(front, stage, (800, 600), 200)
    assert (question.unfold.isVisible(), question.rating.isVisible()) == (True, False)
    question.unfold.click()
    assert (question.unfold.isVisible(), question.rating.isVisible()) == (False, True)
    question.rating.button(7).click()
    assert not question.isVisible()
    assert stage.journal.flush()
    assert stage.services.history.next_morning_due(stage.clock.wall().date()) is None


def test_in_a_short_window_one_thing_is_told_after_the_other(open_window: Open, stage: Stage) -> None:
    add_run(stage, "Knee-to-chest holds", days_ago=1)
    front = open_window()
    front.open_sessions()
    front.qtbot.waitUntil(lambda: front.window.notifications.morning is not None)
    question = front.window.notifications.morning
    assert question is not None
    front.qtbot.waitUntil(lambda: question.pending)
    for problem in (SOUND, DISK):
        stage.messages.show_problem(problem)
    fit(front, stage, (800, 600), 150)
    seen = []
    for _told in range(3):
        banners = front.window.banners.banners
        seen += [banner.notice.what for banner in banners if banner.isVisible()]
        assert question.isVisible() is not bool(banners)
        if banners:
            banners[-1].close_button.click()
    assert seen == [DISK.what, SOUND.what]
    fit(front, stage, (1366, 900), 100)
    stage.messages.show_problem(DISK)
    assert question.isVisible()


def test_a_notices_sign_stands_at_its_line(open_window: Open, stage: Stage) -> None:
    front = open_window()
    stage.messages.show_offer("“Planks” was deleted.", "Undo", lambda: None)
    fit(front, stage, (1024, 768), 100)
    (banner,) = front.window.banners.banners
    line, sign = banner._what, banner._sign
    assert abs(line.geometry().center().y() - sign.geometry().center().y()) <= 2


@pytest.mark.parametrize("text", TEXTS)
def test_what_an_empty_history_offers_has_room(open_window: Open, stage: Stage, text: int) -> None:
    front = open_window()
    page = front.open_history()
    fit(front, stage, (800, 600), text)
    assert is_whole(page.empty.button)
    assert is_whole(page.empty.more)
    for words in (page.empty.title, page.empty.text):
        assert words.height() >= words.heightForWidth(words.width())
