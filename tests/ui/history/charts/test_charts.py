"""The charts of the History page: values by mouse and by key, days that show their runs, numbers as a list."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Front
from tests.ui.history_samples import add_plank, words_of
from tests.ui.stage import Stage
from timer_app.ui.history.charts.calendar_and_weeks import HeatMap, WeekBars
from timer_app.ui.look.theme import Theme


def test_the_keys_go_from_value_to_value(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a")
    add_plank(stage, "b", days_ago=1, minutes=3)
    page = open_window().open_history()
    heat, bars = page.overview.heat, page.overview.bars
    heat.setFocus()
    pointed: list[str] = []
    heat.pointed.connect(lambda value: pointed.append(str(value)))
    for key in (Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(heat, key)
    assert pointed[:2] == ["Today: 2 min", "Yesterday: 3 min"]
    assert pointed[2] == "Friday 6 March: nothing"
    assert heat.accessibleDescription() == pointed[3] == str(heat.values()[0])
    bars.setFocus()
    assert not heat.accessibleDescription()
    QTest.keyClick(bars, Qt.Key.Key_End)
    assert bars.accessibleDescription() == "Week of 9 Mar: 5 min"


def test_the_mouse_finds_the_value_that_the_keys_find(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a", comfort_before=4, comfort_after=6)
    page = open_window().open_history()
    for chart in (page.overview.heat, page.overview.bars, page.overview.trend):
        last = len(chart.values()) - 1
        for index in (0, last // 2, last):
            middle = chart.value_rect(index).center()
            assert chart.index_at(middle.x(), middle.y()) == index
            assert chart.text_at(middle.x(), middle.y()) == str(chart.values()[index])


def test_a_whole_year_fits_beside_the_runs(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a")
    front = open_window()
    page = front.open_history()
    front.window.resize(1024, 700)
    heat = page.overview.heat
    front.qtbot.waitUntil(lambda: len(heat.values()) > 52 * 7)
    middle = heat.value_rect(0).center()
    assert heat.text_at(middle.x(), middle.y()) == str(heat.values()[0])
    below = heat.height() - 2
    assert heat.index_at(middle.x(), below) is None


def test_a_day_of_the_year_shows_its_runs_and_again_all(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a")
    add_plank(stage, "b", days_ago=3)
    front = open_window()
    page = front.open_history()
    front.window.resize(1024, 700)
    heat = page.overview.heat
    front.qtbot.waitUntil(lambda: len(heat.values()) > 52 * 7)
    last = len(heat.values()) - 1
    heat.setFocus()
    QTest.keyClick(heat, Qt.Key.Key_End)
    for _day in range(3):
        QTest.keyClick(heat, Qt.Key.Key_Up)
    QTest.keyClick(heat, Qt.Key.Key_Return)
    front.read_again()
    assert [run.id for run in page.model.rows] == ["b"]
    assert page.filter_button.accessibleName() == "Filter runs: 11 Mar 2026"
    assert page.overview.isVisible()
    QTest.mouseClick(heat, Qt.MouseButton.LeftButton, pos=heat.value_rect(last - 3).center().toPoint())
    front.read_again()
    assert [run.id for run in page.model.rows] == ["a", "b"]
    assert not page.filter_button.isChecked()
    QTest.mouseClick(heat, Qt.MouseButton.LeftButton, pos=heat.value_rect(last - 1).center().toPoint())
    assert page.filter.value.fits_all


def test_the_eye_is_told_less_than_a_screen_reader(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a", comfort_before=4, comfort_after=6)
    page = open_window().open_history()
    trend, box = page.overview.trend, page.overview.trend_box
    assert trend.accessibleName().startswith("Back comfort, 0 to 10, week by week. Latest: before 4.0 (1)")
    assert box._pointed.text() == "Latest: before 4.0 (1), after 6.0 (1)"
    trend.setFocus()
    QTest.keyClick(trend, Qt.Key.Key_End)
    assert box._pointed.text() == trend.accessibleDescription() == "Week of 9 Mar: before 4.0 (1), after 6.0 (1)"
    QTest.keyClick(trend, Qt.Key.Key_Left)
    assert box._pointed.text() == "Week of 2 Mar: nothing"


def test_a_chart_tells_its_numbers_as_a_list(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a", comfort_before=4, comfort_after=6)
    add_plank(stage, "b", days_ago=7, comfort_after=5, comfort_next=7)
    page = open_window().open_history()
    box = page.overview.trend_box
    assert box.isVisible()
    box.as_numbers.click()
    assert not page.overview.trend.isVisible()
    assert words_of(box.numbers.model(), 2) == [
        "Week of 9 Mar: before 4.0 (1), after 6.0 (1)",
        "Week of 2 Mar: after 5.0 (1), next morning 7.0 (1)",
    ]
    assert box.numbers.model().rowCount() == 2
    box.as_numbers.click()
    assert page.overview.trend.isVisible()


def test_without_ratings_there_is_no_trend(open_window: Callable[[], Front], stage: Stage) -> None:
    add_plank(stage, "a")
    page = open_window().open_history()
    assert not page.overview.trend_box.isVisible()


def test_what_is_painted_is_never_told_as_nothing(theme: Theme) -> None:
    heat, bars, today = HeatMap(theme), WeekBars(theme), date(2026, 3, 14)
    heat.show_days({today: 0.2}, today)
    bars.show_weeks({today: 0.2}, today)
    assert str(heat.values()[-1]) == "Today: under a minute"
    assert str(bars.values()[-1]) == "Week of 9 Mar: under a minute"
