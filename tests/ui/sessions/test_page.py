"""The Sessions page: find, look, leave out, start."""

import os
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.conftest import Front
from tests.ui.stage import Stage, figures_of
from timer_app.definition.library import LibraryEntry
from timer_app.editing.edited_session import open_for_editing
from timer_app.ui.sessions.page import SessionsPage
from timer_app.ui.sessions.plan_view import PlanModel
from timer_app.ui.widgets.rating_row import RatingRow

TICK = int(Qt.ItemDataRole.CheckStateRole)


def titles(page: SessionsPage) -> list[str]:
    return [row.title for row in page.model.rows]


def plan_rows(plan: PlanModel) -> list[str]:
    return [str(plan.index(number).data()) for number in range(plan.rowCount())]


def total(page: SessionsPage) -> str:
    number, _caption = figures_of(page.detail.figures)[0]
    return number


def test_lists_the_shipped_sessions_with_their_lengths(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    lengths = {row.title: row.length for row in page.model.rows}
    assert lengths["Planks by the minute"] == "5:10"
    assert lengths["Superman tens"] == "4:50"
    assert page.detail.entry is not None
    assert page.detail.entry.title == titles(page)[0]


def test_tells_when_a_session_was_last_done(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_demo_history()
    front = open_window()
    page = front.open_sessions()
    front.qtbot.waitUntil(lambda: any("done" in row.detail for row in page.model.rows))
    done = {row.title: row.detail for row in page.model.rows if "done" in row.detail}
    last = stage.services.history.last_done()["knee-to-chest-holds"]
    days = (stage.clock.wall().date() - last.date()).days
    assert done["Knee-to-chest holds"] == ("gentle · done yesterday" if days == 1 else f"gentle · done {days} days ago")


def test_a_session_of_ones_own_says_so(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_copy("superman-tens", "mine")
    page = open_window().open_sessions()
    details = {row.entry.stem: row.detail for row in page.model.rows}
    assert details["mine"] == "regular · yours"
    assert details["superman-tens"] == "regular"


def test_an_exercise_that_comes_again_counts_once(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_file(
        "names",
        "format: 1\nname: Names\nsteps:\n  - {exercise: plank, hold: 10s}\n"
        "  - {exercise: plank, hold: 20s, sets: 2}\n  - {name: Wall sit, hold: 10s}\n",
    )
    page = open_window().open_sessions()
    page.choose("names")
    assert figures_of(page.detail.figures)[2] == ("2", "exercises")


def test_in_a_low_window_the_question_for_comfort_leaves_the_plan_its_room(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = front.open_sessions()
    detail = page.detail
    question = detail.findChild(RatingRow)
    assert question is not None
    stands = []
    for height in (900, 380, 900):
        detail.resize(detail.width(), height)
        stands.append(detail._scroll.content.isAncestorOf(question))
    assert stands == [False, True, False]
    question.choose(4)
    assert detail.begin().comfort == 4


def test_search_finds_titles_tags_levels_and_exercises(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    page.search.setText("PLANKS minute")
    assert titles(page) == ["Planks by the minute"]
    assert page.detail.entry is not None
    assert page.detail.entry.stem == "planks-by-the-minute"
    page.search.setText("child's pose superman")
    assert "Superman tens" in titles(page)


def test_a_search_without_a_find_says_so_and_can_be_cleared(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    page.search.setText("swimming")
    assert page.nothing_found.isVisible()
    assert not page.detail.isVisible()
    page.nothing_found.button.click()
    assert page.search.text() == ""
    assert page.detail.isVisible()
    assert len(titles(page)) == len(page.model.every_row)


def test_the_search_key_leads_to_the_field_and_escape_empties_it(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = front.open_sessions()
    front.window.activateWindow()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "plank")
    assert len(titles(page)) < len(page.model.every_row)
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""


def test_tags_filter_the_list(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    actions = {action.data(): action for action in page.tags_menu.actions()}
    actions["plank"].trigger()
    assert {"plank"} <= {tag for row in page.model.rows for tag in row.entry.tags}
    assert all("plank" in row.entry.tags for row in page.model.rows)
    assert "plank" in page.tags_button.accessibleName()
    page.clear_filter()
    assert len(titles(page)) == len(page.model.every_row)


def test_shows_the_plan_of_a_session(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    assert page.choose("superman-tens")
    assert plan_rows(page.detail.plan.plan) == [
        "Superman, 3 × 10, last one held 10 s, rest 45 s",
        "Child's pose, 30 s",
    ]
    assert total(page) == "4:50"
    assert page.detail.strip.accessibleName().startswith("The session drawn: 4:50 in all")


def test_a_step_left_out_shortens_today_and_is_passed_on(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    page.choose("superman-tens")
    plan = page.detail.plan.plan
    plan.setData(plan.index(1), Qt.CheckState.Unchecked, TICK)
    assert total(page) == "4:10"
    assert plan_rows(plan)[1] == "Child's pose, 30 s, not today"
    started: list[tuple[LibraryEntry, frozenset[tuple[int, ...]]]] = []
    page.start_requested.disconnect()
    page.start_requested.connect(lambda entry, leave_out: started.append((entry, leave_out)))
    page.detail.start.click()
    assert [(entry.stem, leave_out) for entry, leave_out in started] == [("superman-tens", frozenset({(1,)}))]


def test_with_everything_left_out_there_is_nothing_to_start(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    page.choose("superman-tens")
    plan = page.detail.plan.plan
    for number in range(plan.rowCount()):
        plan.setData(plan.index(number), Qt.CheckState.Unchecked, TICK)
    assert not page.detail.start.isEnabled()
    assert total(page) == "0:00"
    plan.setData(plan.index(0), Qt.CheckState.Checked, TICK)
    assert page.detail.start.isEnabled()


def test_a_click_on_a_row_and_the_space_key_change_the_tick(open_window: Callable[[], Front]) -> None:
    page = open_window().open_sessions()
    page.choose("superman-tens")
    view = page.detail.plan
    place = view.visualRect(view.plan.index(0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.plan.left_out == {(0,)}
    view.setCurrentIndex(view.plan.index(0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.plan.left_out == frozenset()


def test_rounds_that_are_left_out_take_their_steps_with_them(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_file(
        "rounds",
        "format: 1\nname: Rounds\nsteps:\n"
        "  - rounds: 2\n    rest: 10s\n    steps:\n      - {name: A, hold: 10s}\n      - {name: B, hold: 20s}\n"
        "  - {name: C, hold: 30s}\n",
    )
    page = open_window().open_sessions()
    page.choose("rounds")
    plan = page.detail.plan.plan
    plan.setData(plan.index(0), Qt.CheckState.Unchecked, TICK)
    assert plan_rows(plan) == ["2 rounds, rest 10 s, not today", "A, 10 s, not today", "B, 20 s, not today", "C, 30 s"]
    assert total(page) == "0:40"


def test_a_broken_file_shows_its_problems_in_place_of_the_plan(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_broken_file()
    page = open_window().open_sessions()
    page.choose("sore-back-morning")
    assert "Warning, sore-back-morning, 4 problems in its file" in [
        str(page.model.index(number).data()) for number in range(page.model.rowCount())
    ]
    shown = [label.text() for label in page.detail.findings.findChildren(QLabel)]
    assert any('"sixty" is not a duration' in text for text in shown)
    assert any("Line 3" in text for text in shown)
    assert page.detail.findings.isVisible()
    assert not page.detail.plan.isVisible()
    assert not page.detail.start.isVisible()


def test_text_of_a_session_is_never_read_as_html(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_file(
        "html", 'format: 1\nname: "<b>Bold</b>"\nabout: "<img src=x>"\nsteps:\n  - {name: "<i>A</i>", hold: 10s}\n'
    )
    page = open_window().open_sessions()
    page.choose("html")
    assert page.detail.title.text() == "<b>Bold</b>"
    assert page.detail.title.textFormat() == Qt.TextFormat.PlainText
    assert plan_rows(page.detail.plan.plan) == ["<i>A</i>, 10 s"]


def test_a_file_put_among_the_sessions_shows_up_by_itself(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_copy("superman-tens", "mine")
    front = open_window()
    page = front.open_sessions()
    assert page.model.row_of("other") < 0
    stage.add_copy("superman-tens", "other")
    front.qtbot.waitUntil(lambda: page.model.row_of("other") >= 0)
    (stage.paths.sessions / "other.session.yaml").write_text("format: 1\n", encoding="utf-8")
    front.qtbot.waitUntil(lambda: any(row.entry.stem == "other" and row.entry.broken for row in page.model.rows))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file's name is text")
def test_files_whose_names_are_no_text_are_listed_shown_and_played(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    good = os.fsdecode(b"caf\xe9")
    stage.add_file(good, "format: 1\nname: Good\nsteps:\n  - {name: Sit, hold: 10s}\n")
    stage.add_broken_file(os.fsdecode(b"bad\xff"))
    front = open_window()
    page = front.open_sessions()
    page.choose("bad\\xff")
    assert page.detail.title.text() == "bad\\xff"
    page.choose("caf\\xe9")
    assert plan_rows(page.detail.plan.plan) == ["Sit, 10 s"]
    front.qtbot.waitUntil(lambda: not page.detail.growth.busy)
    entry = page.detail.entry
    assert entry is not None
    assert open_for_editing(entry.file, stage.services.catalogue, shipped=False).title == "Good"
    front.window.start_session(entry)
    assert front.window.page == "run"
    assert stage.journal.flush()
    assert [run.stem for run in stage.services.history.runs()] == ["caf\\xe9"]
    assert stage.troubles == []


def test_enter_starts_the_session_that_is_shown(open_window: Callable[[], Front]) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    started: list[str] = []
    page.start_requested.disconnect()
    page.start_requested.connect(lambda entry, _leave_out: started.append(entry.stem))
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert started == ["superman-tens"]


def test_a_duplicate_goes_to_the_persons_own_and_keeps_the_comments(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    text = "# Mine\nformat: 1\nname: Mine\nsteps:\n  - {name: A, hold: 10s} # slowly\n"
    stage.add_file("mine", text)
    front = open_window()
    page = front.open_sessions()
    page.choose("mine")
    page.detail.copy.click()
    front.qtbot.waitUntil(lambda: page.detail.entry is not None and page.detail.entry.title == "Mine (copy)")
    made = (stage.paths.sessions / "mine-copy.session.yaml").read_text(encoding="utf-8")
    assert made == text.replace("name: Mine\n", "name: Mine (copy)\n")
    page.choose("mine")
    page.detail.copy.click()
    front.qtbot.waitUntil(lambda: len(list(stage.paths.sessions.iterdir())) == 3)
