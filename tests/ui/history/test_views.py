"""The views of the History page: progress, comfort, tags, undo that lasts, adding, out and in."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QDate, QDateTime, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from tests.ui.history_samples import TEXT, add_plank, words_of
from tests.ui.stage import Stage, figures_of
from timer_app.history.records import (
    Pause,
    PauseKind,
    Tag,
    TagKind,
)
from timer_app.history.run_edits import RunFeedback
from timer_app.history.statistics.comfort_stats import ComfortGrouping
from timer_app.history.statistics.statistics import current_pause
from timer_app.ui.history.add_run_dialog import AddRunDialog, manual_run
from timer_app.ui.history.charts.exercise_progress_chart import growth
from timer_app.ui.history.history_menu import with_ending
from timer_app.ui.history.pause_dialog import PauseDialog
from timer_app.ui.history.tag_fields import tags_of


def test_the_list_of_views_says_when_it_is_none_of_them(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a")
    page = open_window().open_history()
    assert page.views.choice.currentText() == "Overview"
    page.choose("a")
    assert page.views.choice.currentIndex() == -1
    assert page.views.choice.placeholderText() == "One run"
    page.detail.back.click()
    assert page.views.choice.currentText() == "Overview"


def test_an_aim_of_minutes_and_a_pause(open_window: Callable[[], Front], stage: Stage) -> None:
    for weeks in (0, 1, 3):
        add_plank(stage, str(weeks), days_ago=7 * weeks, minutes=30)
    day = (stage.clock.wall() - timedelta(weeks=2)).date()
    stage.journal.put_pause(Pause("flu", PauseKind.ILLNESS, day, day))
    settings = stage.services.settings
    settings.save(replace(settings.value, weekly_aim_minutes=30))
    page = open_window().open_history()
    assert figures_of(page.overview.figures) == (
        ("1", "days this week"),
        ("30 of 30", "minutes this week"),
        ("3", "weeks in a row"),
    )
    settings.save(replace(settings.value, weekly_aim_minutes=31))
    assert figures_of(page.overview.figures)[2] == ("0", "weeks in a row")


def test_how_each_exercise_grew(open_window: Callable[[], Front], stage: Stage) -> None:
    for weeks, minutes in ((0, 3), (1, 2), (2, 1)):
        add_plank(stage, str(weeks), days_ago=7 * weeks, minutes=minutes)
    front = open_window()
    page = front.open_history()
    page.views.buttons[1].click()
    front.read_again()
    assert page.exercises.isVisible()
    assert words_of(page.exercises.exercises, 1) == ["Plank, 3 times, longest hold 3:00 · 6 min"]
    (plank,) = page.exercises.exercises.rows
    assert growth(plank) == pytest.approx((1 / 3, 2 / 3, 1))


def test_comfort_is_set_beside_what_was_done(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a", comfort_before=4, comfort_after=6, tags=(Tag(TagKind.SHOES, "Red"),))
    add_plank(stage, "b", days_ago=3, comfort_before=5, comfort_next=8)
    front = open_window()
    page = front.open_history()
    page.views.buttons[2].click()
    front.read_again()
    rows = page.comfort.rows
    assert words_of(rows, rows.rowCount()) == [
        "Planks, 2 observations, before 4.5 (2) · after 6.0 (1) · next morning 8.0 (1)"
    ]
    for beside, expected in (
        (ComfortGrouping.TAG, "Shoes: Red, 1 observation, before 4.0 (1) · after 6.0 (1)"),
        (ComfortGrouping.REST, "2 days of rest, 1 observation, before 4.0 (1) · after 6.0 (1)"),
        (ComfortGrouping.EXERCISE, "Plank, 2 observations, before 4.5 (2) · after 6.0 (1) · next morning 8.0 (1)"),
    ):
        page.comfort.choice.choose(beside)
        page.comfort.choice.chosen.emit(beside)
        assert words_of(rows, rows.rowCount()) == [expected]


def test_runs_are_filtered_by_exercise(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_demo_history()
    front = open_window()
    page = front.open_history()
    page.filter.aboutToShow.emit()
    front.read_again()
    actions = {action.text(): action for action in page.filter.findChildren(QAction)}
    actions["Walk"].trigger()
    front.read_again()
    assert {run.stem for run in page.model.rows} == {"post-run-cool-down"}


def test_tags_are_kept_as_they_are_typed_and_offered_again(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a")
    add_plank(stage, "b", days_ago=1)
    front = open_window()
    page = front.open_history()
    page.choose("a")
    field = page.detail.tags.fields[TagKind.HELPED]
    field.setText("  Hot bath, walk,, WALK ")
    field.editingFinished.emit()
    front.read_again()
    assert stage.services.history.run("a").tags == (Tag(TagKind.HELPED, "Hot bath"), Tag(TagKind.HELPED, "walk"))
    page.choose("b")
    assert field.text() == ""
    completer = field.completer()
    field.setText("early night, hot")
    completer.setCompletionPrefix("hot")
    assert completer.currentCompletion() == "early night, Hot bath"
    page.show_overview()
    front.read_again()
    assert [tag.word for tag in stage.services.history.run("b").tags] == ["early night", "hot"]


def test_a_word_is_spelt_as_it_was_before_unless_it_is_spelt_anew(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    add_plank(stage, "a")
    add_plank(stage, "b", days_ago=1)
    front = open_window()
    page = front.open_history()

    def type_on(run_id: str, word: str) -> tuple[Tag, ...]:
        assert page.choose(run_id)
        field = page.detail.tags.fields[TagKind.SURFACE]
        field.setText(word)
        field.editingFinished.emit()
        field.editingFinished.emit()  # once more as the keys go elsewhere
        front.read_again()
        return stage.services.history.run(run_id).tags

    assert type_on("a", "Yoga mat") == (Tag(TagKind.SURFACE, "Yoga mat"),)
    assert type_on("b", "yoga MAT") == (Tag(TagKind.SURFACE, "Yoga mat"),)
    assert page.detail.tags.fields[TagKind.SURFACE].text() == "Yoga mat"
    assert type_on("b", "yoga mat") == (Tag(TagKind.SURFACE, "yoga mat"),)


def test_a_word_is_one_tag() -> None:
    assert tags_of(TagKind.HELPED, "cafe\N{COMBINING ACUTE ACCENT}") == tags_of(TagKind.HELPED, "café")
    assert tags_of(TagKind.SLEEP, " ,on  my side, On my side,") == (Tag(TagKind.SLEEP, "on my side"),)
    assert len(tags_of(TagKind.SLEEP, "x" * 500)[0].word) == 60


def test_a_change_is_undone_and_redone_by_key_even_after_the_window_was_closed(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    add_plank(stage, "a")
    first = open_window()
    page = first.open_history()
    page.choose("a")
    page.detail.ratings["comfort_next"].chosen.emit(8)
    first.read_again()
    first.window.close()
    second = open_window()
    page = second.open_history()
    assert page.tools.undo_action.text() == "Undo: comfort next morning"
    assert not page.tools.redo_action.isEnabled()
    page.setFocus()
    page.tools.undo_action.trigger()
    second.read_again()
    assert stage.services.history.run("a").comfort_next is None
    assert page.tools.redo_action.isEnabled()
    page.tools.redo_action.trigger()
    second.read_again()
    assert RunFeedback.of(stage.services.history.run("a")) == RunFeedback(comfort_next=8)


def test_the_sessions_text_is_shown_as_it_was(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a")
    page = open_window().open_history()
    page.choose("a")
    assert not page.detail.definition.isVisible()
    page.detail.show_definition.click()
    assert page.detail.definition.isVisible()
    assert page.detail.definition.toPlainText() == TEXT


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_run_done_away_is_added_and_can_be_taken_back(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot
) -> None:
    front = open_window()
    page = front.open_history()
    page.tools.add.trigger()
    (dialog,) = page.findChildren(AddRunDialog)
    dialog.session.choose("planks-by-the-minute")
    dialog.session.chosen.emit("planks-by-the-minute")
    assert dialog.minutes.value() == 5
    dialog.minutes.setValue(12)
    dialog.when.setDateTime(QDateTime.fromString("2026-03-13T07:15:00", Qt.DateFormat.ISODate))
    dialog.note.setPlainText("In the park")
    dialog.add.click()
    front.read_again()
    (run,) = stage.services.history.records()
    assert (run.begun.session, run.away, run.note, run.actual) == ("Planks by the minute", True, "In the park", 720_000)
    assert run.begun.started_at.date() == date(2026, 3, 13)
    assert "name: Planks by the minute" in run.begun.definition
    assert [each.session for each in page.model.rows] == ["Planks by the minute"]
    page.choose(run.begun.id)
    assert not page.detail.steps.isVisible()
    page.tools.undo()
    front.read_again()
    assert page.empty.isVisible()


def test_a_run_away_is_one_piece_that_is_no_exercise(stage: Stage) -> None:
    entry = stage.services.library.find("planks-by-the-minute")
    run = manual_run(entry, stage.clock.wall(), 10)
    stage.journal.add_run(run)
    assert stage.journal.flush()
    assert stage.services.history.run(run.begun.id) == run
    assert stage.services.history.progress() == ()
    assert stage.services.history.days_done() == {stage.clock.wall().date()}


@pytest.mark.parametrize(("ending", "inside"), [("json", '"runs": ['), ("csv", "Planks"), ("ics", "BEGIN:VEVENT")])
def test_the_history_is_written_in_the_form_of_the_files_ending(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot, ending: str, inside: str
) -> None:
    add_plank(stage, "a")
    front = open_window()
    page = front.open_history()
    file = stage.folder / f"out.{ending}"
    page.tools.export(file)
    qtbot.waitUntil(lambda: bool(front.window.banners.banners))
    assert front.window.banners.banners[-1].notice.what == f"The history was written to {file}."
    assert inside in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("chosen", "ending", "meant"),
    [
        ("history.json", ".json", "history.json"),
        ("history.csv", ".json", "history.csv"),
        ("history", ".ics", "history.ics"),
        ("history.json", ".csv", "history.csv"),
        ("week 1.5", ".sqlite", "week 1.5.sqlite"),
    ],
)
def test_a_file_is_named_for_the_form_that_was_chosen(chosen: str, ending: str, meant: str) -> None:
    assert with_ending(Path(chosen), ending) == Path(meant)


def test_each_interval_can_have_a_row_and_what_is_there_is_replaced_when_asked_for(
    open_window: Callable[[], Front], stage: Stage, qtbot: QtBot
) -> None:
    add_plank(stage, "a")
    front = open_window()
    page = front.open_history()
    file, backup = stage.folder / "out.csv", stage.folder / "out.sqlite"
    file.write_text("mine")
    page.tools.export(file, intervals=True)
    qtbot.waitUntil(lambda: bool(stage.troubles) or bool(front.window.banners.banners))
    assert "a file of that name" in front.window.banners.banners[-1].notice.what
    assert file.read_text() == "mine"
    for each in (file, backup, backup):
        front.window.banners.banners[-1].close_button.click()
        page.tools.export(each, intervals=True, replace=True)
        qtbot.waitUntil(lambda: bool(front.window.banners.banners))
        assert front.window.banners.banners[-1].notice.what == f"The history was written to {each}."
    assert "planned_reps" in file.read_text(encoding="utf-8-sig")


def test_a_history_is_brought_in(open_window: Callable[[], Front], stage: Stage, qtbot: QtBot) -> None:
    add_plank(stage, "a")
    front = open_window()
    page = front.open_history()
    file = stage.folder / "out.json"
    page.tools.export(file)
    qtbot.waitUntil(lambda: bool(front.window.banners.banners))
    tree = json.loads(file.read_text(encoding="utf-8"))
    tree["runs"][0]["id"] = "another"
    file.write_text(json.dumps(tree), encoding="utf-8")
    page.tools.import_file(file)
    qtbot.waitUntil(lambda: front.window.banners.banners[-1].notice.what == "1 run is new.")
    front.read_again()
    assert {run.id for run in page.model.rows} == {"a", "another"}
    file.write_text("{")
    page.tools.import_file(file)
    assert stage.journal.flush()
    assert "not JSON" in str(stage.troubles[-1])


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_pause_is_begun_ended_and_taken_back(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a", days_ago=7)
    front = open_window()
    page = front.open_history()
    page.tools.pause.trigger()
    (dialog,) = page.findChildren(PauseDialog)
    dialog.kind.choose(PauseKind.HOLIDAY)
    dialog.first.setDate(QDate(2026, 3, 10))
    dialog.until_back.setChecked(True)
    assert not dialog.last.isEnabled()
    dialog.add.click()
    front.read_again()
    (pause,) = stage.services.history.pauses()
    assert (pause.kind, pause.first, pause.last) == (PauseKind.HOLIDAY, date(2026, 3, 10), None)
    assert page.tools.pause.text() == "I am back from my pause"
    page.tools.pause.trigger()
    front.read_again()
    assert stage.services.history.pauses()[0].last == date(2026, 3, 13)
    assert page.tools.pause.text() == "Pause …"
    page.tools.undo()
    page.tools.undo()
    front.read_again()
    assert stage.services.history.pauses() == ()


def test_a_pause_does_not_end_before_it_begins(stage: Stage) -> None:
    dialog = PauseDialog(stage.services.theme, date(2026, 3, 14))
    dialog.last.setDate(QDate(2026, 3, 16))
    dialog.first.setDate(QDate(2026, 3, 20))
    dialog.add.click()
    assert dialog.chosen is not None
    assert (dialog.chosen.first, dialog.chosen.last) == (date(2026, 3, 20), date(2026, 3, 20))
    assert current_pause((replace(dialog.chosen, last=None),), date(2026, 3, 19)) is None
    dialog.deleteLater()
