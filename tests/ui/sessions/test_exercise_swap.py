"""Swapping an exercise for today, on the plan before the start."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.ui.conftest import Front
from tests.ui.stage import Stage, figures_of
from timer_app.conductor.conductor import Conductor
from timer_app.ui.exercises.page import ExercisesPage
from timer_app.ui.sessions.page import SessionsPage
from timer_app.ui.sessions.plan_view import PlanView, _PlanDelegate

TEXT = """format: 1
name: Mine
setup: 0s
steps:
  - {exercise: plank, hold: 60s}            # the long one
  - rounds: 2
    steps:
      - {exercise: superman, reps: 10, about: Long and low}
      - {name: "Wall & sit", hold: 10s}
  - {rest: 20s}
"""


def rows(page: SessionsPage) -> list[str]:
    plan = page.detail.plan.plan
    return [str(plan.index(number).data()) for number in range(plan.rowCount())]


def total(page: SessionsPage) -> str:
    return figures_of(page.detail.figures)[0][0]


def menus(view: PlanView) -> list[QMenu]:
    return [menu for menu in view.findChildren(QMenu) if menu.isVisible()]


def offered(menu: QMenu) -> list[str]:
    return [("x " if action.isChecked() else "") + action.text() for action in menu.actions() if action.isCheckable()]


def swap_box(view: PlanView, number: int) -> QPoint:
    delegate = view.itemDelegate()
    assert isinstance(delegate, _PlanDelegate)
    return delegate.swap_box(QRectF(view.visualRect(view.plan.index(number)))).center().toPoint()


def open_mine(front: Front, stage: Stage) -> SessionsPage:
    stage.add_file("mine", TEXT)
    page = front.open_sessions()
    page.choose_when_read("mine")
    front.qtbot.waitUntil(lambda: page.detail.entry is not None and page.detail.entry.stem == "mine")
    return page


# What the platform without a screen says of every menu that opens.
opens_a_menu = pytest.mark.qt_log_ignore("does not support (raise|grabbing)")


@opens_a_menu
def test_a_click_on_the_rows_button_offers_what_is_easier_and_harder(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    page = open_mine(open_window(), stage)
    view = page.detail.plan
    assert total(page) == "3:00"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=swap_box(view, 0))
    assert view.plan.left_out == frozenset()
    [menu] = menus(view)
    assert offered(menu) == ["Easier: Knee plank", "Harder: Push-up", "x As written: Plank"]
    menu.actions()[0].trigger()
    menu.close()
    assert rows(page)[0] == "Knee plank, instead of Plank, 1:00"
    assert total(page) == "3:00"


@opens_a_menu
def test_the_total_and_the_strip_follow_and_as_written_takes_it_back(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    page = open_mine(open_window(), stage)
    view = page.detail.plan
    before = rows(page)
    view.plan.swap((1, 0), "bird-dog")
    assert rows(page)[2] == "Bird dog, instead of Superman, 10 × 6 s"
    assert total(page) == "3:40"
    assert page.detail.strip.accessibleName().startswith("The session drawn: 3:40")
    view.setCurrentIndex(view.plan.index(2))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_S)
    [menu] = menus(view)
    assert offered(menu) == ["x Easier: Bird dog", "As written: Superman"]
    menu.actions()[-1].trigger()
    menu.close()
    assert rows(page) == before
    assert total(page) == "3:00"


def test_where_there_is_no_choice_there_is_no_menu(open_window: Callable[[], Front], stage: Stage) -> None:
    page = open_mine(open_window(), stage)
    view = page.detail.plan
    for number in (1, 3, 4):
        view.offer_swaps(view.plan.index(number))
    assert menus(view) == []
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=swap_box(view, 3))
    assert view.plan.left_out == {(1, 1)}
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=swap_box(view, 4))
    assert view.plan.left_out == {(1, 1), (2,)}


def test_a_step_that_is_left_out_is_taken_in_again_rather_than_swapped(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    page = open_mine(open_window(), stage)
    view = page.detail.plan
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.plan.index(0)).center())
    assert view.plan.left_out == {(0,)}
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=swap_box(view, 0))
    assert menus(view) == []
    assert view.plan.left_out == frozenset()


def test_the_rows_own_menu_swaps_too(open_window: Callable[[], Front], stage: Stage) -> None:
    page = open_mine(open_window(), stage)
    view = page.detail.plan
    menu = view.menu_at(view.visualRect(view.plan.index(0)).center())
    assert menu is not None
    assert offered(menu) == ["Easier: Knee plank", "Harder: Push-up", "x As written: Plank"]
    menu.actions()[4].trigger()
    assert rows(page)[0] == "Push-up, instead of Plank, 20 × 3 s"
    menu.deleteLater()


def test_a_swap_is_run_and_recorded_and_the_file_stays(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    page = open_mine(front, stage)
    page.detail.plan.plan.swap((0,), "knee-plank")
    page.detail.start.click()
    assert front.window.page == "run"
    running = front.window.running
    assert running is not None
    assert running.driver is not None
    for _second in range(62):
        stage.clock.advance(1_000)
        running.driver.refresh()
    running.driver.do(Conductor.stop)
    assert stage.journal.flush(5)
    [run] = stage.services.history.runs(limit=5)
    record = stage.services.history.run(run.id)
    assert record is not None
    assert (record.intervals[0].exercise, record.intervals[0].title) == ("knee-plank", "Knee plank")
    assert record.begun.definition == TEXT.replace("exercise: plank", "exercise: knee-plank")
    assert (stage.paths.sessions / "mine.session.yaml").read_text() == TEXT


def test_another_session_begins_as_it_was_written(open_window: Callable[[], Front], stage: Stage) -> None:
    page = open_mine(open_window(), stage)
    page.detail.plan.plan.swap((0,), "knee-plank")
    page.choose("superman-tens")
    assert page.detail.swaps == {}
    page.choose("mine")
    assert rows(page)[0] == "Plank, 1:00"


def test_how_the_exercise_of_today_is_done_is_a_key_away(open_window: Callable[[], Front], stage: Stage) -> None:
    front = open_window()
    page = open_mine(front, stage)
    view = page.detail.plan
    view.plan.swap((0,), "knee-plank")
    view.setFocus()
    view.setCurrentIndex(view.plan.index(3))
    QTest.keyClick(view, Qt.Key.Key_H)
    assert front.window.page == "sessions"
    view.setCurrentIndex(view.plan.index(0))
    QTest.keyClick(view, Qt.Key.Key_H)
    assert front.window.page == "exercises"
    exercises = front.window.page_widget("exercises")
    assert isinstance(exercises, ExercisesPage)
    assert exercises.detail.exercise is not None
    assert exercises.detail.exercise.id == "knee-plank"
    wall_sit = view.menu_at(view.visualRect(view.plan.index(3)).center())
    assert wall_sit is not None
    assert [action.text() for action in wall_sit.actions()] == ["Start from here"]
    wall_sit.deleteLater()
