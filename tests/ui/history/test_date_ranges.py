"""Days of the person's own on the History page: a filter from one to another, and the list of pauses."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Front
from tests.ui.history.test_page import add_run, names
from tests.ui.stage import Stage
from timer_app.history.records import Pause, PauseKind
from timer_app.ui.history.pause_dialog import PauseDialog
from timer_app.ui.history.pauses_dialog import PausesDialog, days_words
from timer_app.ui.history.run_filter import RunFilter

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

HOLIDAY = Pause("holiday", PauseKind.HOLIDAY, date(2026, 2, 2), date(2026, 2, 8))


def qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def pauses(stage: Stage) -> tuple[Pause, ...]:
    assert stage.journal.flush()
    return stage.services.history.pauses()


def test_runs_are_filtered_from_one_day_to_another_by_keyboard(open_window: Callable[[], Front], stage: Stage) -> None:
    today = stage.clock.wall().date()
    for days_ago in (0, 3, 9, 50):
        add_run(stage, f"{days_ago} days ago", days_ago=days_ago)
    front = open_window()
    page = front.open_history()
    page.filter.between.trigger()
    dialog = page.filter.dialog
    assert (dialog.first.day, dialog.last.day) == (today - timedelta(days=29), today)
    assert {dialog.first.accessibleName(), dialog.last.accessibleName()} == {"From", "To"}
    dialog.first.setDate(qdate(today - timedelta(days=10)))
    dialog.first.setCurrentSection(dialog.first.Section.DaySection)
    QTest.keyClick(dialog.first, Qt.Key.Key_Up)
    dialog.last.setDate(qdate(today - timedelta(days=3)))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    front.read_again()
    assert page.filter.value == RunFilter(first=today - timedelta(days=9), last=today - timedelta(days=3))
    assert names(page) == ["3 days ago", "9 days ago"]
    assert page.filter.between.isChecked()
    assert page.filter_button.isChecked()
    assert "2026 to" in page.filter_button.accessibleName()


def test_the_days_go_with_the_other_filters_and_all_are_reset_at_once(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    today = stage.clock.wall().date()
    add_run(stage, "Planks")
    add_run(stage, "Superman tens", days_ago=2)
    front = open_window()
    page = front.open_history()
    assert not page.filter.everything.isEnabled()
    page.filter.between.trigger()
    page.filter.dialog.show_button.click()
    {action.text(): action for action in page.filter.actions()}["Stopped early"].trigger()
    front.read_again()
    assert page.filter.value.first == today - timedelta(days=29)
    assert names(page) == ["Planks", "Superman tens"]
    page.filter.between.trigger()
    page.filter.dialog.last.setDate(qdate(today - timedelta(days=1)))
    page.filter.dialog.show_button.click()
    front.read_again()
    assert names(page) == ["Superman tens"]
    page.filter.everything.trigger()
    front.read_again()
    assert page.filter.value.fits_all
    assert page.filter_button.accessibleName() == "Filter runs"
    assert not page.filter_button.isChecked()
    assert names(page) == ["Planks", "Superman tens"]


def test_leaving_the_question_for_days_changes_nothing(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks")
    page = open_window().open_history()
    page.filter.between.trigger()
    QTest.keyClick(page.filter.dialog, Qt.Key.Key_Escape)
    assert page.filter.value.fits_all
    assert not page.filter.between.isChecked()


def _list_of(front: Front) -> PausesDialog:
    page = front.open_history()
    page.tools.pauses_action.trigger()
    assert page.tools.pauses_dialog is not None
    return page.tools.pauses_dialog


def test_every_pause_is_listed_with_its_days(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks")
    stage.journal.put_pause(HOLIDAY)
    stage.journal.put_pause(Pause("flu", PauseKind.ILLNESS, date(2026, 3, 12), None))
    dialog = _list_of(open_window())
    assert [str(dialog.model.index(number).data()) for number in range(dialog.model.rowCount())] == [
        "Illness, since 12 Mar 2026",
        "Holiday, 2 Feb 2026 to 8 Feb 2026 · 7 days",
    ]
    assert days_words(Pause("day", PauseKind.REST, date(2026, 3, 1), date(2026, 3, 1))) == "1 Mar 2026 · 1 day"


def test_a_pause_is_ended_deleted_and_brought_back(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks")
    flu = Pause("flu", PauseKind.ILLNESS, date(2026, 3, 1), None)
    stage.journal.put_pause(flu)
    front = open_window()
    dialog = _list_of(front)
    dialog.end.click()
    front.read_again()
    yesterday = stage.clock.wall().date() - timedelta(days=1)
    assert pauses(stage)[0].last == yesterday
    assert not dialog.end.isEnabled()
    dialog.add.setFocus()
    QTest.keyClick(dialog.add, Qt.Key.Key_Delete)
    front.read_again()
    assert len(pauses(stage)) == 1
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    front.read_again()
    assert pauses(stage) == ()
    assert dialog.model.rowCount() == 0
    assert not dialog.delete.isEnabled()
    dialog.undo.click()
    front.read_again()
    dialog.undo.click()
    front.read_again()
    assert dialog.model.rows == (flu,)
    assert dialog.chosen == flu


def test_a_pause_is_put_right_and_keeps_its_place(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks")
    stage.journal.put_pause(HOLIDAY)
    front = open_window()
    dialog = _list_of(front)
    dialog.change.click()
    (question,) = dialog.findChildren(PauseDialog)
    assert (question.kind.currentData(), question.first.day, question.last.day) == (
        PauseKind.HOLIDAY,
        HOLIDAY.first,
        HOLIDAY.last,
    )
    question.last.setDate(qdate(date(2026, 2, 15)))
    question.add.click()
    front.read_again()
    (changed,) = pauses(stage)
    assert (changed.id, changed.first, changed.last) == ("holiday", HOLIDAY.first, date(2026, 2, 15))


def test_the_list_of_pauses_invites_and_adds(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks")
    front = open_window()
    dialog = _list_of(front)
    assert "None so far" in dialog._soft.text()
    dialog.add.click()
    (question,) = dialog.findChildren(PauseDialog)
    question.add.click()
    front.read_again()
    assert dialog.model.rows == pauses(stage)
    dialog.accept()
    assert front.history.tools.pauses_dialog is None
