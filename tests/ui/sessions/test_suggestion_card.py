"""Today's suggestion above the list of sessions."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Front
from tests.ui.history.test_page import add_run
from tests.ui.stage import Stage


def test_it_says_what_and_why_and_shows_the_session(open_window: Callable[[], Front], stage: Stage) -> None:
    for days_ago in (1, 2):
        add_run(stage, "Knee-to-chest holds", days_ago=days_ago)
    front = open_window()
    page = front.open_sessions()
    front.qtbot.waitUntil(page.today.isVisible)
    suggestion = page.today.suggestion
    assert suggestion is not None
    assert suggestion.entry.stem != "knee-to-chest-holds"
    assert page.today.why.text() == f"Why: {suggestion.why}"
    assert suggestion.entry.title in page.today.button.accessibleName()
    page.search.setText("strides")
    page.today.button.setFocus()
    QTest.keyClick(page.today.button, Qt.Key.Key_Return)
    assert page.detail.entry is not None
    assert page.detail.entry.stem == suggestion.entry.stem
    assert page.search.text() == ""


def test_once_something_was_done_today_nothing_is_asked_for(open_window: Callable[[], Front], stage: Stage) -> None:
    add_run(stage, "Knee-to-chest holds")
    front = open_window()
    page = front.open_sessions()
    front.qtbot.waitUntil(lambda: not page._looking_back.busy)
    assert not page.today.isVisible()
