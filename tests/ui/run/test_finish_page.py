"""The end of a session: what was done, and how the ratings get into the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.run.rig import KNEES, PLANKS, PUSH_UPS, SUPERMAN, Rig
from timer_app.conductor.conductor import Conductor
from timer_app.definition.model import Amrap, ExerciseStep, Step
from timer_app.history.statistics.statistics import Streak
from timer_app.presentation.run_outcome import outcome_view, streak_text
from timer_app.settings import Settings
from timer_app.ui.look.theme import Theme
from timer_app.ui.run import finish_page as finish_module
from timer_app.ui.run.finish_page import FinishPage
from timer_app.ui.run.rep_count_field import RepCountField
from timer_app.ui.widgets import rating_row

# A driver has a timer, and that needs an application.
pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.qt_log_ignore("does not support propagateSizeHints")]

Key = Qt.Key
Finish = Callable[..., FinishPage]


@pytest.fixture
def finish(qtbot: QtBot, theme: Theme) -> Iterator[Finish]:
    page = FinishPage(theme)
    page.resize(1024, 700)

    def show(rig: Rig, *, after_grace: bool = True) -> FinishPage:
        page.show()
        page.show_run(rig.conductor, rig.record)
        if after_grace:
            page.grace.stop()
            page.grace.timeout.emit()
        return page

    yield show
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)


def ended(*steps: Step, after: int = 10_000_000) -> Rig:
    rig = Rig(*steps, name="Evening unwind")
    rig.driver.start()
    while after > 0 and rig.conductor.snapshot().live:
        rig.go(min(after, 10_000))
        after -= 10_000
    rig.driver.do(Conductor.stop)
    return rig


def saved_ratings(rig: Rig) -> dict[str, object]:
    """The saved ratings, the later over the earlier."""
    answer: dict[str, object] = {}
    for rating in rig.record.ratings:
        answer |= {name: value for name, value in rating.items() if value is not None}
    return answer


def figures(rig: Rig) -> list[str]:
    view = outcome_view(rig.conductor.state)
    return [" ".join(part for part in (figure.done, figure.planned, figure.name) if part) for figure in view.figures]


def test_a_session_done_to_its_end() -> None:
    rig = ended(*PLANKS)
    view = outcome_view(rig.conductor.state)
    assert (view.title, view.what) == ("Well done!", "Evening unwind is done.")
    assert figures(rig) == ["5:10 time", "3 sets"]


def test_a_session_that_was_stopped_is_kept_and_not_scolded() -> None:
    rig = ended(*SUPERMAN, after=120_000)
    view = outcome_view(rig.conductor.state)
    assert (view.title, view.what) == ("Good that you came.", "Evening unwind stopped early; what you did is kept.")
    assert figures(rig) == ["2:00 of 5:50 time", "1 of 5 sets", "13 of 30 reps"]


def test_work_that_is_repeated_and_skipped_is_still_done() -> None:
    rig = Rig(*SUPERMAN, name="Evening unwind")
    rig.driver.start()
    rig.go(51_000)
    rig.driver.do(Conductor.back)
    rig.driver.do(Conductor.back)
    rig.driver.do(Conductor.skip)
    rig.driver.do(Conductor.stop)
    assert figures(rig) == ["0:50 of 5:50 time", "1 of 5 sets", "10 of 30 reps"]
    assert "best attempt" not in outcome_view(rig.conductor.state).what


def test_work_that_was_done_twice_says_which_counts() -> None:
    rig = Rig(*SUPERMAN, name="Evening unwind")
    rig.driver.start()
    rig.go(51_000)
    rig.driver.do(Conductor.back)
    rig.go(10_000)
    rig.driver.do(Conductor.stop)
    assert figures(rig)[2] == "10 of 30 reps"
    assert outcome_view(rig.conductor.state).what == (
        "Evening unwind stopped early; what you did is kept. Where you went back, your best attempt counts."
    )


def test_both_sides_are_one_set() -> None:
    assert figures(ended(*KNEES)) == ["1:40 time", "2 sets"]
    assert figures(ended(*KNEES, after=40_000))[1] == "0 of 2 sets"


def test_with_open_steps_no_time_is_planned() -> None:
    assert figures(ended(*PUSH_UPS, after=40_000))[0] == "0:40 time"


@pytest.mark.parametrize(
    ("streak", "words"),
    [
        (Streak(0, 0, 3), ""),
        (Streak(2, 0, 3), "2 weeks in a row at your aim."),
        (Streak(0, 1, 3), "1 day done this week."),
        (Streak(1, 3, 3), "3 days done this week, 1 week in a row at your aim."),
        (Streak(5, 2, 3), "2 days done this week, 5 weeks in a row at your aim."),
    ],
)
def test_the_streak_is_a_kind_sentence(streak: Streak, words: str) -> None:
    assert streak_text(streak) == words


def test_two_clicks_are_written_down_as_they_are_made(finish: Finish) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    QTest.mouseClick(page.effort.button(7), Qt.MouseButton.LeftButton)
    assert saved_ratings(rig) == {"effort": 7}
    QTest.mouseClick(page.comfort.button(0), Qt.MouseButton.LeftButton)
    assert saved_ratings(rig) == {"effort": 7, "comfort_after": 0}
    QTest.mouseClick(page.effort.button(6), Qt.MouseButton.LeftButton)
    assert saved_ratings(rig) == {"effort": 6, "comfort_after": 0}
    assert [button for button in range(1, 11) if page.effort.button(button).isChecked()] == [6]


def test_one_key_each_and_enter(finish: Finish, qtbot: QtBot) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    with qtbot.waitSignal(page.closed, timeout=5_000):
        QTest.keyClicks(page, "08")
        QTest.keyClick(page, Key.Key_Return)
    assert saved_ratings(rig) == {"effort": 10, "comfort_after": 8}


@pytest.mark.parametrize(
    ("typed", "effort", "comfort"),
    [("1010", 10, 10), ("710", 7, 10), ("103", 10, 3), ("17", 1, 7), ("70", 7, 0), ("11", 1, 1)],
)
def test_ten_is_typed_as_it_is_written(finish: Finish, typed: str, effort: int, comfort: int) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    for digit in typed:
        # To where the focus is, as from a keyboard: it goes on with each rating.
        QTest.keyClicks(page.focusWidget(), digit)
    assert saved_ratings(rig) == {"effort": effort, "comfort_after": comfort}
    assert (page.effort.value, page.comfort.value) == (effort, comfort)


def test_a_nought_that_comes_later_is_for_the_back(
    finish: Finish, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rating_row, "TYPING", 1)
    rig = ended(*PLANKS)
    page = finish(rig)
    QTest.keyClicks(page, "1")
    qtbot.waitUntil(lambda: not page.effort.half_typed, timeout=5_000)
    QTest.keyClicks(page, "0")
    assert saved_ratings(rig) == {"effort": 1, "comfort_after": 0}


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_a_second_stroke_for_the_last_step_says_nothing(
    finish: Finish, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, key: Qt.Key
) -> None:
    rig = ended(*PLANKS)
    monkeypatch.setattr(finish_module, "GRACE", 60_000)
    page = finish(rig, after_grace=False)
    with qtbot.waitActive(page):
        page.activateWindow()
    assert page.hasFocus()
    with qtbot.assertNotEmitted(page.closed):
        QTest.keyClick(page, key)
    assert rig.record.ratings == []
    QTest.keyClicks(page, "7")
    assert saved_ratings(rig) == {"effort": 7}, "a digit can only mean this page"


def test_after_the_grace_time_the_first_question_has_the_keyboard(finish: Finish, qtbot: QtBot) -> None:
    page = finish(ended(*PLANKS), after_grace=False)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.setFocus()
    page.grace.timeout.emit()
    assert page.effort.button(1).hasFocus()
    page.note.setFocus()
    page.grace.timeout.emit()
    assert page.note.hasFocus()


def test_both_may_be_left_out(finish: Finish, qtbot: QtBot) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    with qtbot.waitSignal(page.closed, timeout=5_000):
        QTest.mouseClick(page.done, Qt.MouseButton.LeftButton)
    assert rig.record.ratings == []


def test_a_key_that_is_held_since_the_session_neither_rates_nor_leaves(finish: Finish, qtbot: QtBot) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    with qtbot.assertNotEmitted(page.closed):
        for key, text in ((Key.Key_Return, "\r"), (Key.Key_7, "7")):
            held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, autorep=True)
            QCoreApplication.sendEvent(page, held)
    assert page.effort.value is None


def test_arrow_keys_and_space_rate_too(finish: Finish, qtbot: QtBot) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    with qtbot.waitActive(page):
        page.activateWindow()
    first = page.effort.button(1)
    first.setFocus()
    QTest.keyClick(first, Key.Key_Right)
    assert page.effort.button(2).hasFocus()
    QTest.keyClick(page.effort.button(2), Key.Key_Space)
    assert saved_ratings(rig) == {"effort": 2}


def test_a_note_is_kept_when_the_window_is_closed(finish: Finish) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    QTest.keyClicks(page.note, "slept well ")
    page.hide()
    assert saved_ratings(rig) == {"note": "slept well"}


def test_a_note_is_kept_a_moment_after_it_was_typed(finish: Finish, qtbot: QtBot) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    QTest.keyClicks(page.note, "7 new shoes")
    qtbot.waitUntil(lambda: saved_ratings(rig) == {"note": "7 new shoes"}, timeout=5_000)
    assert page.effort.value is None


def test_enter_in_the_note_leaves_and_keeps_it(finish: Finish, qtbot: QtBot) -> None:
    rig = ended(*PLANKS)
    page = finish(rig)
    QTest.keyClicks(page.note, "good")
    with qtbot.waitSignal(page.closed, timeout=5_000):
        QTest.keyClick(page.note, Key.Key_Return)
    assert saved_ratings(rig) == {"note": "good"}


def test_counts_that_only_the_user_knows_reach_the_record(finish: Finish) -> None:
    rig = Rig(*PUSH_UPS)
    rig.driver.start()
    while (
        rig.conductor.snapshot().interval is not None
        and not rig.conductor.state.timeline.intervals[rig.conductor.state.index].amrap
    ):
        rig.driver.do(Conductor.skip)
    rig.go(60_000)
    rig.driver.do(Conductor.stop)
    page = finish(rig)
    (field,) = page.findChildren(RepCountField)
    assert field.accessibleName() == "Reps: Burpee"
    QTest.keyClicks(field, "1")
    QTest.keyClick(field, Key.Key_Up)
    assert [(done.title, done.actual_reps) for done in rig.record.intervals if done.title == "Burpee"][-1] == (
        "Burpee",
        2,
    )
    assert page.effort.value is None


def test_a_count_that_is_deleted_is_taken_back(finish: Finish) -> None:
    rig = ended(ExerciseStep(Amrap(20_000), name="Burpee"))
    (field,) = finish(rig).findChildren(RepCountField)
    QTest.keyClicks(field, "12")
    assert rig.record.intervals[-1].actual_reps == 12
    QTest.keyClick(field, Key.Key_Backspace)
    QTest.keyClick(field, Key.Key_Backspace)
    assert rig.record.intervals[-1].actual_reps is None


def test_nothing_is_asked_where_the_clock_counts(finish: Finish) -> None:
    assert finish(ended(*SUPERMAN)).findChildren(RepCountField) == []


def test_the_next_session_starts_with_an_empty_page(finish: Finish) -> None:
    page = finish(ended(*PLANKS))
    page.effort.choose(3)
    QTest.keyClicks(page.note, "x")
    other = ended(*KNEES)
    page = finish(other)
    assert (page.effort.value, page.comfort.value, page.note.text()) == (None, None, "")
    page.hide()
    assert other.record.ratings == []


def test_every_control_has_a_name_and_shows_its_key(finish: Finish) -> None:
    page = finish(ended(*PLANKS))
    assert page.effort.button(7).accessibleName() == "Effort: 7 of 10"
    assert page.comfort.button(0).accessibleName() == "Back comfort: 0 of 10"
    assert page.note.accessibleName() == "Note"
    assert "Return" in page.done.toolTip()


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("size", [(681, 371), (895, 496), (800, 600), (1024, 700)])
def test_the_way_out_is_in_view(finish: Finish, theme: Theme, size: tuple[int, int], percent: int) -> None:
    theme.use(Settings(text_percent=percent))
    page = finish(ended(*PUSH_UPS))
    page.resize(*size)
    QApplication.processEvents()
    place = page.done.rect().translated(page.done.mapTo(page, page.done.rect().topLeft()))
    assert page.rect().contains(place)
    assert page.done.width() >= page.done.sizeHint().width()
    assert page.scroll_page.height() > page.height() / 2


def test_the_second_question_comes_into_view_after_the_first(finish: Finish) -> None:
    page = finish(ended(*PLANKS))
    page.resize(681, 371)
    QApplication.processEvents()
    QTest.keyClick(page, Qt.Key.Key_6)
    bottom = page.comfort.mapTo(page.scroll_page.viewport(), page.comfort.rect().bottomLeft()).y()
    assert bottom < page.scroll_page.viewport().height()
