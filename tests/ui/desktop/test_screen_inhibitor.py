"""The screen is held awake while a session runs, and only then: against a screen saver on a bus of its own."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.desktop.conftest import Bus
from tests.ui.run.rig import PLANKS, Rig
from timer_app.conductor.conductor import Conductor
from timer_app.problems import Problem
from timer_app.ui.desktop import screen_inhibitor
from timer_app.ui.desktop.screen_inhibitor import ScreenInhibitor, keep_awake_with

ROOT = Path(__file__).parents[3]

leaves_sockets = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
"""wakepy closes a socket only after it was of use; closing it is left to Python then."""


@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})  # type: ignore[call-arg] # described without them
class ScreenSaver(QDBusAbstractAdaptor):  # type: ignore[operator] # as above
    """The desktop's screen saver, with what it was asked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.holding: list[int] = []
        self.asked = 0

    @Slot(str, str, result="uint")
    def Inhibit(self, application: str, reason: str) -> int:  # noqa: N802 - the interface's name
        self.asked += 1
        self.holding.append(self.asked)
        return self.asked

    @Slot("uint")
    def UnInhibit(self, cookie: int) -> None:  # noqa: N802 - the interface's name
        self.holding.remove(cookie)


@pytest.fixture
def saver(qapp: QObject, bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScreenSaver]:
    monkeypatch.delenv("XDG_SESSION_DESKTOP", raising=False)
    connection = bus.connect()
    holder = QObject(qapp)
    made = ScreenSaver(holder)
    assert connection.registerService("org.freedesktop.ScreenSaver")
    export = QDBusConnection.RegisterOption.ExportAdaptors
    assert connection.registerObject("/org/freedesktop/ScreenSaver", holder, export)
    yield made
    # Here, on its own thread: left to Python, it may be taken apart on any other.
    connection.unregisterObject("/org/freedesktop/ScreenSaver")
    delete(holder)


@pytest.fixture
def troubles() -> list[Problem]:
    return []


@pytest.fixture
def wakefulness(troubles: list[Problem], qtbot: QtBot) -> Iterator[ScreenInhibitor]:
    made = ScreenInhibitor(troubles.append)
    yield made
    made.release()
    ended(qtbot, made)
    gc.collect()  # a socket that is left open fails the test that left it


def ended(qtbot: QtBot, wakefulness: ScreenInhibitor) -> None:
    """Wait until it has let go, with the event loop running: the screen saver lives in this thread."""
    qtbot.waitUntil(lambda: wakefulness.close(0), timeout=5_000)


def held(qtbot: QtBot, wakefulness: ScreenInhibitor) -> None:
    qtbot.waitUntil(lambda: wakefulness.held, timeout=5_000)


def test_the_screen_is_held_awake_until_the_session_ends(
    qtbot: QtBot, saver: ScreenSaver, wakefulness: ScreenInhibitor, troubles: list[Problem]
) -> None:
    rig = Rig(*PLANKS)
    keep_awake_with(rig.driver, wakefulness)
    rig.driver.start()
    held(qtbot, wakefulness)
    assert saver.holding == [1]
    rig.go(30_000)
    rig.driver.do(Conductor.toggle)
    rig.driver.do(Conductor.toggle)
    assert saver.holding == [1]
    rig.end()
    ended(qtbot, wakefulness)
    assert saver.holding == []
    assert saver.asked == 1
    assert troubles == []


@pytest.mark.parametrize("stop", [lambda rig: rig.driver.do(Conductor.pause), lambda rig: rig.sleep(60_000)])
def test_a_long_pause_lets_the_screen_go_dark_and_going_on_wakes_it_again(
    qtbot: QtBot,
    saver: ScreenSaver,
    wakefulness: ScreenInhibitor,
    monkeypatch: pytest.MonkeyPatch,
    stop: Callable[[Rig], None],
) -> None:
    monkeypatch.setattr(screen_inhibitor, "PAUSE", 30)
    rig = Rig(*PLANKS)
    keep_awake_with(rig.driver, wakefulness)
    rig.driver.start()
    held(qtbot, wakefulness)
    stop(rig)
    qtbot.waitUntil(lambda: saver.holding == [], timeout=5_000)
    rig.driver.do(Conductor.resume)
    held(qtbot, wakefulness)
    assert saver.holding == [2]
    rig.driver.do(Conductor.stop)
    qtbot.waitUntil(lambda: saver.holding == [], timeout=5_000)


def test_a_session_whose_window_is_gone_holds_nothing(
    qtbot: QtBot, saver: ScreenSaver, wakefulness: ScreenInhibitor
) -> None:
    rig = Rig(*PLANKS)
    keep_awake_with(rig.driver, wakefulness)
    held(qtbot, wakefulness)
    rig.driver.deleteLater()
    qtbot.waitUntil(lambda: saver.holding == [], timeout=5_000)


def test_a_session_that_has_ended_lets_nothing_go_that_the_next_one_holds(
    qtbot: QtBot, saver: ScreenSaver, wakefulness: ScreenInhibitor
) -> None:
    first, second = Rig(*PLANKS), Rig(*PLANKS)
    keep_awake_with(first.driver, wakefulness)
    first.driver.start()
    first.end()
    keep_awake_with(second.driver, wakefulness)
    held(qtbot, wakefulness)
    with qtbot.waitSignal(first.driver.destroyed, timeout=5_000):
        first.driver.deleteLater()
    assert wakefulness.requested


def test_it_is_held_once_however_often_it_is_asked(
    qtbot: QtBot, saver: ScreenSaver, wakefulness: ScreenInhibitor
) -> None:
    for _time in range(50):
        wakefulness.release()
        wakefulness.hold()
        wakefulness.hold()
    held(qtbot, wakefulness)
    assert len(saver.holding) == 1
    wakefulness.release()
    wakefulness.release()
    ended(qtbot, wakefulness)
    assert saver.holding == []
    wakefulness.hold()
    held(qtbot, wakefulness)
    assert len(saver.holding) == 1


@leaves_sockets
def test_where_it_cannot_be_had_the_person_is_told_once(
    qtbot: QtBot, bus: Bus, wakefulness: ScreenInhibitor, troubles: list[Problem]
) -> None:
    """There is a bus, but no desktop on it."""
    for _session in range(2):
        rig = Rig(*PLANKS)
        keep_awake_with(rig.driver, wakefulness)
        rig.driver.start()
        qtbot.waitUntil(lambda: len(troubles) == 1, timeout=5_000)
        assert not wakefulness.held
        rig.end()
        ended(qtbot, wakefulness)
        assert rig.record.ends
    assert len(troubles) == 1
    assert troubles[0].advice


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems need no bus")
def test_without_a_bus_the_person_is_told(
    qtbot: QtBot, wakefulness: ScreenInhibitor, troubles: list[Problem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("WAKEPY_FAKE_SUCCESS", raising=False)
    wakefulness.hold()
    qtbot.waitUntil(lambda: len(troubles) == 1, timeout=5_000)


def test_a_session_that_is_over_by_then_tells_nothing(
    qtbot: QtBot, wakefulness: ScreenInhibitor, troubles: list[Problem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "wakepy", None)
    with wakefulness._changed:
        wakefulness.hold()
        wakefulness.release()
    ended(qtbot, wakefulness)
    assert troubles == []
    wakefulness.hold()
    qtbot.waitUntil(lambda: len(troubles) == 1, timeout=5_000)


def test_without_wakepy_the_person_is_told(
    qtbot: QtBot, wakefulness: ScreenInhibitor, troubles: list[Problem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "wakepy", None)
    wakefulness.hold()
    qtbot.waitUntil(lambda: len(troubles) == 1, timeout=5_000)


@leaves_sockets
def test_a_desktop_that_breaks_down_meanwhile_is_no_trouble(
    qtbot: QtBot, saver: ScreenSaver, bus: Bus, wakefulness: ScreenInhibitor, troubles: list[Problem]
) -> None:
    wakefulness.hold()
    held(qtbot, wakefulness)
    bus.die()
    wakefulness.release()
    ended(qtbot, wakefulness)
    gc.collect()
    assert troubles == []


def test_wakepy_is_not_loaded_before_a_session_runs() -> None:
    program = "import sys, timer_app.ui.desktop.screen_inhibitor; sys.exit('wakepy' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=30)
