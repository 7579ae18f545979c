"""The count that only the user knows, asked for in the rest after the work."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tests.ui.run.conftest import Start
from tests.ui.run.rig import PUSH_UPS, Rig
from tests.ui.run.test_sizes import cut_texts
from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import Status
from timer_app.definition.model import Amrap, ExerciseStep, Hold
from timer_app.presentation.run_outcome import outcome_view
from timer_app.settings import Settings
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.page import RunPage

Key = Qt.Key
BURPEES = (
    ExerciseStep(Amrap(30_000), name="Burpee", sets=2, rest=20_000),
    ExerciseStep(Hold(20_000), exercise="plank"),
)


def resting(start: Start) -> tuple[RunPage, Rig]:
    page, rig = start(*BURPEES)
    rig.go(10_000 + 30_000 + 2_000)
    return page, rig


def counts(rig: Rig) -> list[int | None]:
    return [past.reps for past in rig.conductor.state.past if past is not None]


def test_it_asks_in_the_rest_and_no_longer(start: Start) -> None:
    page, rig = start(*BURPEES)
    asked = []
    for wait in (5_000, 10_000, 27_000, 20_000, 30_000, 9_000):
        rig.go(wait)
        asked.append("" if page.reps.isHidden() else page.reps.question.text())
    first, second = "How many? Burpee · set 1 of 2", "How many? Burpee · set 2 of 2"
    assert asked == ["", "", first, "", second, ""]


def test_digits_enter_the_count_while_time_goes_on(start: Start) -> None:
    page, rig = resting(start)
    QTest.keyClicks(page, "14")
    assert (page.reps.number.text(), counts(rig)[-1]) == ("14", 14)
    assert rig.conductor.snapshot().status is Status.RUNNING
    assert [done.actual_reps for done in rig.record.intervals if done.kind == "work"] == [None, 1, 14]


def test_one_more_and_one_less_by_key_and_click(start: Start) -> None:
    page, rig = resting(start)
    QTest.keyClicks(page, "9+")
    QTest.mouseClick(page.reps.more, Qt.MouseButton.LeftButton)
    assert counts(rig)[-1] == 11
    QTest.keyClicks(page, "-")
    QTest.mouseClick(page.reps.less, Qt.MouseButton.LeftButton)
    assert counts(rig)[-1] == 9
    QTest.keyClicks(page, "0-")
    assert counts(rig)[-1] == 0


def test_the_pages_own_keys_work_meanwhile(start: Start) -> None:
    page, rig = resting(start)
    QTest.keyClicks(page, "7 ")
    assert rig.conductor.snapshot().status is Status.PAUSED
    QTest.keyClicks(page, " ")
    QTest.keyClick(page, Key.Key_Right)
    assert rig.conductor.state.index == 3
    assert counts(rig)[1] == 7


def test_what_was_typed_can_be_put_right(start: Start) -> None:
    page, rig = resting(start)
    seen = []
    for key in (*"12", Key.Key_Backspace, "5", Key.Key_Backspace, Key.Key_Backspace, Key.Key_Backspace, "8"):
        if isinstance(key, str):
            QTest.keyClicks(page, key)
        else:
            QTest.keyClick(page, key)
        seen.append((page.reps.number.text(), counts(rig)[-1]))
    assert seen == [
        *(("1", 1), ("12", 12), ("1", 1), ("15", 15), ("1", 1), ("–", None), ("–", None), ("8", 8)),
    ]
    assert [done.actual_reps for done in rig.record.intervals if done.kind == "work"][-2:] == [None, 8]


def test_a_digit_for_which_there_is_no_room_changes_nothing(start: Start) -> None:
    page, rig = resting(start)
    QTest.keyClicks(page, "12345")
    assert (page.reps.number.text(), counts(rig)[-1]) == ("1234", 1234)


def test_digits_mean_nothing_while_nothing_is_asked(start: Start) -> None:
    page, rig = start(*BURPEES)
    rig.go(15_000)
    QTest.keyClicks(page, "5")
    rig.go(30_000)
    assert counts(rig)[-1] is None


def test_a_count_is_shown_on_the_finish_page(start: Start) -> None:
    page, rig = resting(start)
    QTest.keyClicks(page, "12")
    rig.go(60_000)
    rig.end()
    assert [(asked.name, asked.reps) for asked in outcome_view(rig.conductor.state).questions] == [
        ("Burpee · set 1 of 2", 12),
        ("Burpee · set 2 of 2", None),
    ]


def test_going_back_to_the_work_takes_the_question_away(start: Start) -> None:
    page, rig = resting(start)
    QTest.keyClick(page, Key.Key_Left)
    QTest.keyClick(page, Key.Key_Left)
    assert rig.conductor.state.index == 1
    assert page.reps.isHidden()


def test_work_that_was_skipped_is_not_asked_about(start: Start) -> None:
    page, rig = start(*BURPEES)
    rig.driver.do(Conductor.skip)
    rig.driver.do(Conductor.skip)
    assert rig.conductor.state.index == 2
    assert page.reps.isHidden()
    rig.end()
    assert outcome_view(rig.conductor.state).questions == ()


def test_a_screen_reader_finds_the_question_and_the_count(start: Start) -> None:
    page, _rig = resting(start)
    name = QAccessible.queryAccessibleInterface(page.reps.number)
    assert name is not None
    assert name.text(QAccessible.Text.Name) == "Reps: Burpee · set 1 of 2"
    assert [button.accessibleName() for button in (page.reps.less, page.reps.more)] == ["One less", "One more"]


def test_nothing_is_asked_where_the_clock_counts(start: Start) -> None:
    page, rig = start(*PUSH_UPS)
    rig.go(12_000)
    rig.driver.do(Conductor.done)
    assert page.reps.isHidden()


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize(("width", "height"), [(800, 600), (1024, 700), (1366, 768), (1920, 1080)])
def test_the_question_fits_beside_what_is_next(
    start: Start, theme: Theme, width: int, height: int, percent: int
) -> None:
    theme.use(Settings(text_percent=percent))
    page, rig = start(*BURPEES, width=width, height=height)
    rig.go(42_000)
    QTest.keyClicks(page, "128")
    assert not page.reps.geometry().intersects(page.upcoming.geometry())
    assert not page.reps.geometry().intersects(page.ring.geometry())
    assert page.rect().contains(page.reps.geometry())
    assert cut_texts(page) == []
    for button in (page.reps.less, page.reps.more):
        assert button.width() >= 32
