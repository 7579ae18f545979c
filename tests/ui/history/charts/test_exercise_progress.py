"""One exercise looked at more closely: its line as a chart, with values by key, by mouse and as a list."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Front
from tests.ui.history_samples import add_plank, words_of
from tests.ui.stage import Stage
from timer_app.history.statistics.exercise_progress import DoneExercise, ExerciseProgress
from timer_app.ui.history.charts.exercise_progress_chart import WEEKS, ExerciseProgressChart, growth, week_measures
from timer_app.ui.look.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
"""Said of every dialog by the platform that shows nothing."""

MONDAY = date(2026, 3, 9)
HOLD = DoneExercise(2, 45_000, 0, 120_000)


def test_a_line_is_looked_at_closely_by_key_and_by_mouse(open_window: Callable[[], Front], stage: Stage) -> None:
    for weeks, minutes in ((0, 3), (1, 2), (60, 1)):
        add_plank(stage, str(weeks), days_ago=7 * weeks, minutes=minutes)
    front = open_window()
    page = front.open_history()
    page.views.buttons[1].click()
    front.read_again()
    view = page.exercises
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    dialog = view.dialog
    assert dialog is not None
    assert dialog.focusWidget() is dialog.chart
    assert dialog.chart.accessibleName() == (
        "Longest hold, week by week. Latest: Week of 9 Mar 2026: longest hold 3:00 · 1 time · 3 min."
    )
    QTest.keyClick(dialog.chart, Qt.Key.Key_Home)
    assert dialog.chart.accessibleDescription() == "Week of 13 Jan 2025: longest hold 1:00 · 1 time · 1 min"
    place = dialog.chart.value_rect(2).center()
    assert dialog.chart.text_at(place.x(), place.y()).startswith("Week of 9 Mar 2026: longest hold 3:00")
    dialog.box.as_numbers.click()
    assert words_of(dialog.box.numbers.model(), 3) == [str(value) for value in reversed(dialog.chart.values())]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    QTest.mouseClick(
        view.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=view.list.visualRect(view.exercises.index(0)).center(),
    )
    again = view.dialog
    assert again is not None
    assert again is not dialog
    again.accept()


@pytest.mark.parametrize("weeks", [1, 2, WEEKS, WEEKS + 5])
def test_each_week_has_its_place_in_the_chart(theme: Theme, weeks: int) -> None:
    done = tuple((MONDAY.fromordinal(MONDAY.toordinal() + 7 * number), HOLD) for number in range(weeks))
    chart = ExerciseProgressChart(theme, ExerciseProgress("plank", "Plank", HOLD, done))
    chart.resize(chart.sizeHint())
    shown = min(weeks, WEEKS)
    assert len(chart.values()) == shown
    for number in range(shown):
        place = chart.value_rect(number).center()
        assert chart.index_at(place.x(), place.y()) == number
    assert chart.index_at(-1, 40) is None
    assert not chart.grab().isNull()


@pytest.mark.parametrize(
    ("done", "text"),
    [
        (HOLD, "longest hold 0:45 · 2 times · 2 min"),
        (replace(HOLD, reps=25), "12.5 reps each time · 2 times · 2 min"),
        (replace(HOLD, reps=1, runs=1), "1 rep each time · 1 time · 2 min"),
        (DoneExercise(4, 0, 0, 120_000), "0:30 each time · 4 times · 2 min"),
    ],
)
def test_a_week_is_shown_by_what_the_line_shows_first(done: DoneExercise, text: str) -> None:
    assert week_measures(done, done) == text


def test_weeks_with_nothing_measured_are_a_line_at_nought() -> None:
    nothing = DoneExercise(1, 0, 0, 0)
    assert growth(ExerciseProgress(None, "Breathe", nothing, ((MONDAY, nothing),))) == (0.0,)
