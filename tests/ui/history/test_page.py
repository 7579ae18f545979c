"""The History page: the list, one run in full, mending, deleting, and taking both back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from tests.faults.invalid_rows import InvalidValue, write_invalid
from tests.ui.conftest import Front
from tests.ui.stage import Stage, figures_of
from timer_app.history.exchange.file_transfer import write_backup
from timer_app.history.records import IntervalOutcome, IntervalRecord, RunBegun, RunOutcome, RunSummary
from timer_app.ui.history.charts.calendar_and_weeks import shade
from timer_app.ui.history.page import HistoryPage
from timer_app.ui.history.run_list import PAGE, visible_detail
from timer_app.ui.history.run_steps import step_result
from timer_app.ui.shell.banners import Banner
from timer_app.ui.widgets.row_list import ROW_ROLE


def add_run(stage: Stage, name: str, *, days_ago: int = 0, note: str = "") -> str:
    """Note a run of two intervals, the second cut short."""
    started = stage.clock.wall() - timedelta(days=days_ago, minutes=10)
    run_id = f"run-{name}-{days_ago}"
    stem = name.lower().replace(" ", "-")
    stage.journal.begin(RunBegun(run_id, name, stem, "format: 1\n", "0" * 64, 310_000, started))
    plank = IntervalRecord(1, "plank", "Plank", "work", None, 1, None, 60_000, 60_000, IntervalOutcome.DONE)
    cut = IntervalRecord(3, "plank", "Plank", "work", None, 2, None, 60_000, 42_000, IntervalOutcome.CUT_SHORT)
    for interval in (plank, cut):
        stage.journal.interval_ended(run_id, interval)
    stage.journal.end(run_id, RunOutcome.STOPPED, started + timedelta(minutes=5))
    if note:
        stage.journal.rate(run_id, note=note)
    assert stage.journal.flush()
    return run_id


def test_a_step_says_what_was_done_of_it_and_that_it_is_the_best_of_several() -> None:
    done = IntervalRecord(1, "plank", "Plank", "work", None, 1, None, 60_000, 60_000, IntervalOutcome.DONE)
    assert step_result(done) == "1:00"
    assert step_result(replace(done, attempts=2)) == "1:00 · best of 2"
    assert step_result(replace(done, actual_reps=10, actual=45_000, attempts=3)) == "10 reps · 0:45 of 1:00 · best of 3"
    assert step_result(replace(done, kind="rest", attempts=2)) == "1:00"


def names(page: HistoryPage) -> list[str]:
    return [run.session for run in page.model.rows]


def undo(front: Front) -> Banner:
    banner = front.window.banners.banners[-1]
    assert banner.notice.action == "Undo"
    assert banner.action is not None
    banner.action.click()
    front.read_again()
    return banner


def test_an_empty_history_invites(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = front.open_history()
    assert page.empty.isVisible()
    page.empty.button.click()
    assert front.window.page == "sessions"


def test_an_empty_history_takes_in_another_computers_and_brings_back_the_last_run(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    front = open_window()
    page = front.open_history()
    assert page.empty.more.isVisible()
    offered = page.empty.more.menu().actions()
    assert page.tools.add in offered
    assert page.tools.import_action in offered
    run_id = add_run(stage, "Planks")
    page.refresh()
    front.read_again()
    page.choose(run_id)
    page.detail.delete.click()
    front.read_again()
    assert page.empty.isVisible()
    assert page.empty.more.isVisible()
    (bring_back,) = (each for each in offered if each.text() == "Undo: run deleted")
    bring_back.trigger()
    front.read_again()
    assert names(page) == ["Planks"]


def test_lists_runs_newest_first_with_their_day_in_words(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks", days_ago=1)
    add_run(stage, "Superman tens")
    page = open_window().open_history()
    assert [str(page.model.index(number).data()) for number in range(2)] == [
        "Superman tens, Today, 18:20 · stopped early, 1:42",
        "Planks, Yesterday, 18:20 · stopped early, 1:42",
    ]


def test_one_run_in_full_planned_beside_actual(open_window: Callable[[], Front], stage: Stage) -> None:
    run_id = add_run(stage, "Planks", note="Slept badly")
    page = open_window().open_history()
    assert page.choose(run_id)
    steps = page.detail.steps.steps
    assert [str(steps.index(number).data()) for number in range(steps.rowCount())] == [
        "Plank, set 1 of 2, 1:00",
        "Plank, set 2 of 2, 0:42 of 1:00",
    ]
    assert page.detail.note.toPlainText() == "Slept badly"
    assert page.detail.isVisible()


def test_the_keys_reach_the_charts_without_choosing_a_run(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Newer")
    add_run(stage, "Older", days_ago=2)
    page = open_window().open_history()
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.list.currentIndex().row() == 0
    assert page.overview.isVisible()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.detail.isVisible()
    assert page.list.selectionModel().selectedIndexes() == [page.model.index(0)]
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.detail.run is not None
    assert page.detail.run.begun.session == "Older"
    page.detail.back.click()
    assert page.overview.isVisible()
    assert not page.list.selectionModel().selectedIndexes()


def test_search_looks_in_names_and_notes(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks", note="Slept badly")
    add_run(stage, "Superman tens", days_ago=2)
    front = open_window()
    page = front.open_history()
    page.search.setText("SLEPT")
    front.read_again()
    assert names(page) == ["Planks"]
    page.search.setText("swimming")
    front.read_again()
    assert page.no_matches.isVisible()
    page.no_matches.button.click()
    front.read_again()
    assert names(page) == ["Planks", "Superman tens"]


def test_the_filter_keeps_a_session_an_outcome_and_a_time(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks")
    add_run(stage, "Superman tens", days_ago=40)
    front = open_window()
    page = front.open_history()
    actions = {action.text(): action for action in page.filter.findChildren(QAction)}
    actions["The last 30 days"].trigger()
    front.read_again()
    assert names(page) == ["Planks"]
    assert page.filter_button.isChecked()
    actions["Completed"].trigger()
    front.read_again()
    assert page.no_matches.isVisible()
    page.no_matches.button.click()
    front.read_again()
    assert names(page) == ["Planks", "Superman tens"]
    actions = {action.text(): action for action in page.filter.findChildren(QAction)}
    actions["Superman tens"].trigger()
    front.read_again()
    assert names(page) == ["Superman tens"]


def test_a_deleted_run_comes_back_with_undo(open_window: Callable[[], Front], stage: Stage) -> None:
    run_id = add_run(stage, "Planks")
    add_run(stage, "Superman tens", days_ago=1)
    front = open_window()
    page = front.open_history()
    page.choose(run_id)
    page.detail.delete.click()
    front.read_again()
    assert names(page) == ["Superman tens"]
    assert front.window.banners.banners[-1].notice.what == "“Planks” of Today was deleted."
    undo(front)
    assert names(page) == ["Planks", "Superman tens"]
    assert front.window.banners.banners == ()


def test_undo_is_offered_for_the_last_change_alone(open_window: Callable[[], Front], stage: Stage) -> None:
    first, second = add_run(stage, "First"), add_run(stage, "Second", days_ago=1)
    front = open_window()
    page = front.open_history()
    for run_id in (first, second):
        assert page.choose(run_id)
        page.detail.delete.click()
        front.read_again()
    (banner,) = front.window.banners.banners
    assert "“Second”" in banner.notice.what
    page.tools.undo_action.trigger()
    front.read_again()
    assert names(page) == ["Second"]
    assert front.window.banners.banners == ()
    page.tools.redo_action.trigger()
    front.read_again()
    assert page.empty.isVisible()
    assert front.window.banners.banners == ()


def test_the_delete_key_deletes_the_run_that_is_shown(open_window: Callable[[], Front], stage: Stage) -> None:
    run_id = add_run(stage, "Planks")
    front = open_window()
    page = front.open_history()
    page.choose(run_id)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    front.read_again()
    assert page.empty.isVisible()


def test_a_rating_is_kept_and_can_be_taken_back(open_window: Callable[[], Front], stage: Stage) -> None:
    run_id = add_run(stage, "Planks")
    front = open_window()
    page = front.open_history()
    page.choose(run_id)
    effort = page.detail.ratings["effort"]
    effort.choose(7)
    effort.chosen.emit(7)
    front.read_again()
    assert stage.services.history.run(run_id).effort == 7
    undo(front)
    assert stage.services.history.run(run_id).effort is None
    assert effort.currentData() is None


def test_a_note_is_kept_when_the_person_goes_on(open_window: Callable[[], Front], stage: Stage) -> None:
    first, second = add_run(stage, "Planks"), add_run(stage, "Superman tens", days_ago=1)
    front = open_window()
    page = front.open_history()
    page.choose(first)
    page.detail.note.setPlainText("  New shoes.  ")
    page.choose(second)
    front.read_again()
    assert stage.services.history.run(first).note == "New shoes."
    assert page.detail.run is not None
    assert page.detail.run.begun.id == second
    undo(front)
    assert stage.services.history.run(first).note == ""


def test_thousands_of_runs_are_read_page_by_page(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_demo_history()
    count = stage.services.history.count()
    assert count > 2 * PAGE
    front = open_window()
    page = front.open_history()
    assert len(page.model.rows) == PAGE
    seen = PAGE
    while page.model.canFetchMore(page.list.rootIndex()):
        page.model.fetchMore(page.list.rootIndex())
        front.read_again()
        assert len(page.model.rows) > seen or not page.model.canFetchMore(page.list.rootIndex())
        seen = len(page.model.rows)
    assert seen == count
    assert len({run.id for run in page.model.rows}) == count


def scrolled_to_the_end(front: Front) -> HistoryPage:
    page = front.open_history()
    while page.model.canFetchMore(page.list.rootIndex()):
        page.model.fetchMore(page.list.rootIndex())
        front.read_again()
    page.list.scrollToBottom()
    return page


def test_a_run_far_down_the_list_goes_and_comes_back_where_it_was(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    stage.add_demo_history()
    front = open_window()
    page = scrolled_to_the_end(front)
    known, row = page.model.rows, len(page.model.rows) - 100
    page.list.setCurrentIndex(page.model.index(row))
    place = page.list.visualRect(page.model.index(row))
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    front.read_again()
    assert page.model.rows == known[:row] + known[row + 1 :]
    # The keys stay beside it, and nothing jumps.
    assert page.list.currentIndex().row() == row
    assert not page.list.selectionModel().selectedIndexes()
    assert page.list.visualRect(page.model.index(row)) == place
    undo(front)
    assert page.model.rows == known
    assert page.list.visualRect(page.model.index(row)) == place


def test_a_run_far_down_the_list_is_told_as_it_was_mended(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_demo_history()
    front = open_window()
    page = scrolled_to_the_end(front)
    last = len(page.model.rows) - 1
    page.list.setCurrentIndex(page.model.index(last))
    page.detail.note.setPlainText("Slept badly")
    page.detail.save_note()
    front.read_again()
    assert str(page.model.index(last).data(ROW_ROLE).note) == "Slept badly"
    assert page.detail.isVisible()


def test_runs_of_one_moment_are_all_read_where_a_page_ends_among_them(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    started = stage.clock.wall() - timedelta(days=1)
    for number in range(PAGE + 2):
        # As some other program's history may tell them: many of one day, all at its beginning.
        begun = RunBegun(f"run-{number}", "Planks", "planks", "format: 1\n", "0" * 64, 60_000, started)
        stage.journal.begin(begun)
    assert stage.journal.flush()
    page = scrolled_to_the_end(open_window())
    assert len(page.model.rows) == PAGE + 2


def test_what_was_read_for_another_search_is_not_shown(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_demo_history()
    front = open_window()
    page = front.open_history()
    late = page._read_more()
    page.search.setText("runner")
    front.read_again()
    page._show_more(late)
    assert set(names(page)) == {"Runner core"}


def test_the_eye_is_told_the_year_where_it_is_another_one() -> None:
    started = datetime(2025, 11, 29, 20, 25, tzinfo=UTC)
    run = RunSummary("a", "Planks", "planks", started, started, RunOutcome.COMPLETED, 60_000, 60_000)
    assert visible_detail(run, date(2025, 12, 1)) == "20:25"
    assert visible_detail(run, date(2026, 11, 29)) == "2025 · 20:25"


def test_the_overview_adds_up_the_week(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks")
    add_run(stage, "Superman tens", days_ago=1)
    page = open_window().open_history()
    assert page.overview.isVisible()
    assert figures_of(page.overview.figures) == (
        ("2 of 4", "days this week"),
        ("3 min", "this week"),
        ("0", "weeks in a row"),
    )
    assert page.overview.heat.accessibleName() == "2 days with something done in the last year."
    assert "3 this week" in page.overview.bars.accessibleName()


def test_what_was_done_beyond_the_date_line_counts_with_its_minutes(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    # Done in the morning of the 15th in Auckland, and looked at in Los Angeles, where it is the 14th still.
    add_run(stage, "Planks", days_ago=-1)
    page = open_window().open_history()
    assert figures_of(page.overview.figures)[:2] == (("1 of 4", "days this week"), ("2 min", "this week"))


def test_an_unreadable_history_says_so_and_what_to_do(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.journal.close()
    stage.paths.data.mkdir(exist_ok=True)
    stage.paths.history.write_bytes(b"This is no history at all. " * 400)
    front = open_window()
    page = front.open_history()
    assert page.read_error.isVisible()
    assert page.read_error.title.text() != ""


def test_the_history_is_shown_but_for_a_row_that_cannot_be(open_window: Callable[[], Front], stage: Stage) -> None:
    for days, name in ((2, "Planks"), (1, "Superman")):
        add_run(stage, name, days_ago=days)
    stage.journal.close()
    write_invalid(stage.paths.history, InvalidValue("run", "started_at", 4_611_686_018_427_387_904))
    front = open_window()
    page = front.open_history()
    assert not page.read_error.isVisible()
    assert names(page) == ["Planks"]
    page.choose("run-Planks-2")
    assert page.detail.run is not None
    for number in (1, 2):
        page.views.buttons[number].click()
        front.read_again()


def test_shades_grow_with_the_minutes() -> None:
    assert [shade(minutes) for minutes in (0, 0.5, 8, 8.1, 16.5, 29)] == [0, 1, 1, 2, 3, 4]


def test_a_history_that_was_restored_is_read_again(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Planks")
    front = open_window()
    page = front.open_history()
    other = stage.paths.history.with_name("other.sqlite")
    write_backup(stage.paths.history, other)
    stage.journal.delete("run-Planks-0")
    page.refresh()
    front.read_again()
    assert page.empty.isVisible()
    stage.journal.undo()
    stage.journal.restore_backup(other, front.window.history_changed.emit)
    front.qtbot.waitUntil(lambda: names(page) == ["Planks"])
    assert not page.empty.isVisible()
