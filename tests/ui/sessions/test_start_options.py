"""How a session is begun from its plan: with any of its steps, and with a word on how the back feels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.ui.sessions.page import SessionsPage
from timer_app.ui.sessions.plan_view import LINE_ROLE
from timer_app.ui.widgets.rating_row import RatingRow

Key = Qt.Key


def begun(front: Front) -> tuple[int, str, str]:
    """Where the session that runs stands."""
    assert front.window.running is not None
    driver = front.window.running.driver
    assert driver is not None
    interval = driver.conductor.snapshot().interval
    assert interval is not None
    return interval.index, interval.kind, interval.title


def test_a_step_can_be_started_from_by_its_key(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("runner-core")
    plan = page.detail.plan
    plan.setCurrentIndex(plan.plan.index(2))
    line = plan.plan.index(2).data(LINE_ROLE)
    plan.start_here.trigger()
    index, kind, title = begun(front)
    assert index > 0
    assert (kind, title) == ("setup", line.title)


def test_a_step_can_be_started_from_by_its_menu(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("runner-core")
    plan = page.detail.plan
    place: QPoint = plan.visualRect(plan.plan.index(1)).center()
    menu = plan.menu_at(place)
    assert menu is not None
    assert menu.actions()[0].text() == "Start from here"
    menu.actions()[0].trigger()
    assert begun(front)[2] == plan.plan.index(1).data(LINE_ROLE).title
    menu.deleteLater()


def test_a_step_that_is_left_out_cannot_be_started_from(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("runner-core")
    plan = page.detail.plan
    plan.plan.setData(plan.plan.index(1), Qt.CheckState.Unchecked, int(Qt.ItemDataRole.CheckStateRole))
    assert plan.menu_at(plan.visualRect(plan.plan.index(1)).center()) is None
    plan.setCurrentIndex(plan.plan.index(1))
    plan.start_here.trigger()
    assert front.window.page == "sessions"


def asked(page: SessionsPage) -> RatingRow:
    """Return the question how the back feels."""
    question = page.detail.findChild(RatingRow)
    assert question is not None
    return question


def comfort_kept(stage: Stage) -> list[int | None]:
    assert stage.journal.flush()
    return [run.comfort_before for run in stage.services.history.runs()]


def test_how_the_back_feels_goes_with_the_session(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    QTest.mouseClick(asked(page).button(4), Qt.MouseButton.LeftButton)
    page.detail.start.click()
    assert comfort_kept(stage) == [4]
    assert asked(page).value is None


@pytest.mark.parametrize("by_key", [True, False])
def test_it_may_be_left_out_at_no_cost(open_window: Callable[[], Front], stage: Stage, *, by_key: bool) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    if by_key:
        QTest.keyClick(page.list, Key.Key_Return)
    else:
        page.detail.start.click()
    assert begun(front)[0] == 0
    assert comfort_kept(stage) == [None]


def test_it_can_be_taken_back(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    for _time in range(2):
        QTest.mouseClick(asked(page).button(4), Qt.MouseButton.LeftButton)
    page.detail.start.click()
    assert comfort_kept(stage) == [None]
