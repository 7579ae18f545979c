"""Reminders of posture: off at first, in their time, never beside a session, and outside the window only if need be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QSystemTrayIcon

from tests.ui.conftest import Front
from tests.ui.settings.test_page import opened
from tests.ui.stage import Stage
from timer_app.conductor.conductor import Conductor
from timer_app.settings import Reminders, load_settings
from timer_app.ui.support.session_driver import SessionDriver

MINUTE = 60_000
QUESTION = "Time for a moment of posture? Ribs over hips, screen at eye height."


@dataclass
class Tray:
    """The tray of a system: whether there is one, and what it was told to show."""

    there: bool = True
    told: list[str] = field(default_factory=list)


@pytest.fixture(autouse=True)
def no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no desktop show what the tests remind of."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> Tray:
    """Return a tray for the signs of all programs; none is to be had offscreen."""
    made = Tray()
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: made.there)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, _title, text, *_how: made.told.append(text))
    return made


def choose(stage: Stage, often: Reminders) -> None:
    settings = stage.services.settings
    settings.save(replace(settings.value, reminders=often))


def settled(front: Front) -> Front:
    """Wait until the window has what it makes after its first page."""
    front.open_sessions()
    front.qtbot.waitUntil(lambda: hasattr(front.window, "reminders"))
    return front


@pytest.fixture
def front(open_window: Callable[[], Front], stage: Stage) -> Front:
    """Open the window with reminders every half hour."""
    front = settled(open_window())
    choose(stage, Reminders.HALF_HOURLY)
    return front


def wait(front: Front, stage: Stage, minutes: int) -> None:
    """Let minutes go by, with a look in each."""
    for _minute in range(minutes):
        stage.clock.advance(MINUTE)
        front.window.reminders.check_clock()


def asked(front: Front) -> int:
    return [banner.notice.what for banner in front.window.banners.banners].count(QUESTION)


def test_nothing_is_asked_and_nothing_ticks_while_it_is_off(open_window: Callable[[], Front], stage: Stage) -> None:
    front = settled(open_window())
    assert not front.window.reminders.waits
    wait(front, stage, 200)
    assert asked(front) == 0


def test_it_asks_in_its_time_and_once(front: Front, stage: Stage) -> None:
    assert front.window.reminders.waits
    wait(front, stage, 29)
    assert asked(front) == 0
    wait(front, stage, 1)
    assert asked(front) == 1
    wait(front, stage, 95)
    assert asked(front) == 1
    front.window.banners.banners[-1].close_button.click()
    wait(front, stage, 24)
    assert asked(front) == 0
    wait(front, stage, 1)
    assert asked(front) == 1


def test_the_button_starts_the_desk_break(front: Front, stage: Stage) -> None:
    wait(front, stage, 30)
    button = front.window.banners.banners[-1].action
    assert button is not None
    assert button.text() == "Start “Desk break”"
    button.click()
    assert front.window.page == "run"
    assert front.window.running is not None
    assert front.window.running.driver is not None
    assert front.window.running.driver.conductor.timeline.name == "Desk break"


def start(front: Front, stage: Stage) -> SessionDriver:
    front.window.start_session(stage.services.library.find("strides"))
    running = front.window.running
    assert running is not None
    assert running.driver is not None
    return running.driver


def test_it_does_not_ask_beside_a_session_nor_soon_after(front: Front, stage: Stage) -> None:
    wait(front, stage, 30)
    assert asked(front) == 1
    driver = start(front, stage)
    assert asked(front) == 0
    front.window.show_page("help")
    wait(front, stage, 45)
    assert asked(front) == 0
    front.window.show_page("run")
    driver.do(Conductor.stop)
    wait(front, stage, 29)
    assert asked(front) == 0
    wait(front, stage, 1)
    assert asked(front) == 1


def test_a_session_between_two_looks_counts_too(front: Front, stage: Stage) -> None:
    wait(front, stage, 29)
    driver = start(front, stage)
    driver.do(Conductor.stop)
    front.window.show_page("sessions")
    wait(front, stage, 29)
    assert asked(front) == 0
    wait(front, stage, 1)
    assert asked(front) == 1


def test_after_a_night_it_begins_anew(front: Front, stage: Stage) -> None:
    wait(front, stage, 10)
    stage.clock.advance(9 * 60 * MINUTE)
    wait(front, stage, 29)
    assert asked(front) == 0
    wait(front, stage, 2)
    assert asked(front) == 1


def test_turned_off_it_goes_away_and_another_choice_begins_anew(front: Front, stage: Stage) -> None:
    wait(front, stage, 30)
    choose(stage, Reminders.OFF)
    assert asked(front) == 0
    assert not front.window.reminders.waits
    choose(stage, Reminders.SELDOM)
    wait(front, stage, 89)
    assert asked(front) == 0
    wait(front, stage, 1)
    assert asked(front) == 1


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", "does not support raise")
def test_the_system_tells_it_where_the_window_is_not_in_front(
    front: Front, stage: Stage, tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front.window, "isActiveWindow", lambda: True)
    wait(front, stage, 30)
    monkeypatch.setattr(front.window, "isActiveWindow", lambda: False)
    tray.there = False
    wait(front, stage, 30)
    assert front.window.findChildren(QSystemTrayIcon) == []
    tray.there = True
    wait(front, stage, 60)
    assert tray.told == [QUESTION, QUESTION]
    (icon,) = front.window.findChildren(QSystemTrayIcon)
    assert icon.isVisible()
    front.window.showMinimized()
    icon.messageClicked.emit()
    assert not front.window.isMinimized()
    assert not icon.isVisible()


def test_the_choice_is_on_the_settings_page(front: Front, stage: Stage) -> None:
    page = opened(front)
    names = [page.reminders.itemText(number) for number in range(page.reminders.count())]
    assert names == ["Off", "Every 30 minutes", "Every 60 minutes", "Every 90 minutes"]
    assert page.reminders.currentText() == "Every 30 minutes"
    page.reminders.chosen.emit(Reminders.HOURLY)
    assert load_settings(stage.paths.settings).settings.reminders is Reminders.HOURLY
