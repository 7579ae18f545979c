"""The question of the morning after a session: asked once, in words of the hour, and where sessions are chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from tests.ui.history_samples import add_plank
from tests.ui.stage import Stage
from timer_app.ui.history.next_morning_question import NextMorningQuestion


def _asked(front: Front) -> NextMorningQuestion:
    """Return the question that the window makes once it has settled; one made before would not be the one it shows."""
    front.qtbot.waitUntil(lambda: front.window.notifications.morning is not None)
    question = front.window.notifications.morning
    assert question is not None
    return question


def test_the_morning_after_is_asked_for_with_one_click(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot
) -> None:
    add_plank(stage, "a", days_ago=1)
    front = open_window()
    front.open_sessions()
    question = _asked(front)
    qtbot.waitUntil(question.isVisible)
    for elsewhere in ("settings", "history"):
        front.window.show_page(elsewhere)
        assert not question.isVisible()
    front.window.show_page("sessions")
    assert question.isVisible()
    question.rating.button(7).click()
    assert not question.isVisible()
    assert stage.journal.flush()
    assert stage.services.history.run("a").comfort_next == 7


@pytest.mark.parametrize(
    ("hour", "asked"),
    [
        (3, ""),
        (4, "Good morning. How is your back today, after “Planks” yesterday? 0 is very sore, 10 just fine."),
        (11, "Good morning. How is your back today, after “Planks” yesterday? 0 is very sore, 10 just fine."),
        (12, "How was your back this morning, after “Planks” yesterday? 0 is very sore, 10 just fine."),
        (22, "How was your back this morning, after “Planks” yesterday? 0 is very sore, 10 just fine."),
    ],
)
def test_the_morning_is_asked_for_in_words_of_the_hour(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot, hour: int, asked: str
) -> None:
    stage.clock.set_wall(stage.clock.wall().replace(hour=23, minute=0))
    add_plank(stage, "a", days_ago=1)
    stage.clock.set_wall(stage.clock.wall().replace(hour=hour))
    front = open_window()
    front.open_sessions()
    question = _asked(front)
    qtbot.waitUntil(lambda: not question._reading.busy)
    assert (question.pending, question._question.text()) == (bool(asked), asked)


def test_a_question_is_no_more_asked_on_the_day_after(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot
) -> None:
    add_plank(stage, "a", days_ago=1)
    front = open_window()
    front.open_sessions()
    question = _asked(front)
    qtbot.waitUntil(question.isVisible)
    stage.clock.set_wall(stage.clock.wall() + timedelta(days=1))
    add_plank(stage, "b", days_ago=1)
    front.window.show_page("history")
    front.window.show_page("sessions")
    qtbot.waitUntil(question.isVisible)
    question.rating.button(4).click()
    assert stage.journal.flush()
    assert [stage.services.history.run(run).comfort_next for run in "ab"] == [None, 4]


@pytest.mark.parametrize("never", [False, True])
def test_the_morning_can_be_left_out_once_or_for_ever(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot, *, never: bool
) -> None:
    add_plank(stage, "a", days_ago=1)
    front = open_window()
    front.open_sessions()
    question = _asked(front)
    qtbot.waitUntil(question.isVisible)
    (question.never if never else question.later).click()
    assert not question.isVisible()
    assert stage.journal.flush()
    assert stage.services.settings.value.ask_next_morning is not never
    assert (stage.services.history.next_morning_due(stage.clock.wall().date()) is not None) is never
    question.check()
    qtbot.waitUntil(lambda: not question._reading.busy)
    assert not question.pending
    if never:
        (banner,) = front.window.banners.banners
        assert "In the settings" in banner.notice.what
        assert banner.action is not None
        banner.action.click()
        qtbot.waitUntil(question.isVisible)


@pytest.mark.parametrize(("width", "lines"), [(1100, 1), (800, 2)])
def test_the_answers_of_the_morning_stand_in_one_line_where_there_is_room(
    open_window: Callable[[], Front], stage: Stage, width: int, lines: int
) -> None:
    add_plank(stage, "a", days_ago=1)
    front = open_window()
    question = _asked(front)
    front.qtbot.waitUntil(question.isVisible)
    front.window.resize(width, 700)
    front.qtbot.waitUntil(lambda: question.width() == width)
    row, button = (each.mapTo(question, each.rect().center()) for each in (question.rating, question.later))
    assert (abs(row.y() - button.y()) <= 2) is (lines == 1)
    assert question.later.isVisible()
