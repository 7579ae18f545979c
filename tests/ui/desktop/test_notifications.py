"""Reminders outside the window, as a desktop without a tray shows them: on a real bus, by a small desktop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import ClassInfo, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.conftest import Front
from tests.ui.desktop.conftest import Bus
from tests.ui.stage import Stage
from timer_app.paths import APP_ID
from timer_app.settings import Reminders
from timer_app.ui.desktop import notifications
from timer_app.ui.desktop.notifications import OBJECT, SERVICE, Notification

QUESTION = "Time for a moment of posture? Ribs over hips, screen at eye height."
ACTIONS = {"default": "Show", "start": "Begin"}


@ClassInfo({"D-Bus Interface": SERVICE})  # type: ignore[call-arg] # PySide's description of it is bare
class Desktop(QDBusAbstractAdaptor):  # type: ignore[operator] # as above
    """What shows notifications on a desktop, and remembers them; what is shown by now is in `shown`, by its number."""

    ActionInvoked = Signal("uint", str)  # type: ignore[arg-type] # a C++ type by its name
    ActivationToken = Signal("uint", str)  # type: ignore[arg-type] # a C++ type by its name

    def __init__(self, connection: QDBusConnection) -> None:
        self._place = QObject()
        super().__init__(self._place)
        self.told: list[tuple[object, ...]] = []
        self.shown: dict[int, str] = {}
        self._numbers = iter(range(7, 100))
        assert connection.registerObject(OBJECT, self._place, QDBusConnection.RegisterOption.ExportAdaptors)
        assert connection.registerService(SERVICE)

    @Slot(str, "uint", str, str, str, "QStringList", "QVariantMap", int, result="uint")
    def Notify(  # noqa: N802, PLR0917 - the specification has as many
        self,
        name: str,
        replaces: int,
        icon: str,
        title: str,
        text: str,
        actions: list[str],
        hints: dict[str, object],
        expires: int,
    ) -> int:
        self.told.append((name, replaces, icon, title, text, actions, hints, expires))
        number = replaces or next(self._numbers)
        self.shown[number] = text
        return number

    @Slot("uint")
    def CloseNotification(self, number: int) -> None:  # noqa: N802 - the specification's name
        del self.shown[number]


@pytest.fixture
def desktop(bus: Bus) -> Iterator[Desktop]:
    connection = bus.connect()
    made = Desktop(connection)
    yield made
    # Here, on its own thread: left to Python, it may be taken apart on any other.
    connection.unregisterObject(OBJECT)
    delete(made._place)


@pytest.fixture
def notification(bus: Bus, qtbot: QtBot) -> Iterator[Notification]:
    owner = QObject()
    made = Notification(owner)
    yield made
    qtbot.waitUntil(lambda: not made.busy)
    made._bus.close()


def settle(qtbot: QtBot, notification: Notification) -> None:
    qtbot.waitUntil(lambda: not notification.busy)


def test_it_is_shown_as_the_specification_has_it(desktop: Desktop, notification: Notification, qtbot: QtBot) -> None:
    notification.show("A title", "A text", ACTIONS)
    settle(qtbot, notification)
    assert desktop.shown == {7: "A text"}
    (told,) = desktop.told
    actions = ["default", "Show", "start", "Begin"]
    assert told == ("A title", 0, APP_ID, "A title", "A text", actions, {"desktop-entry": APP_ID}, -1)


def test_the_next_one_takes_its_place_and_it_can_be_withdrawn(
    desktop: Desktop, notification: Notification, qtbot: QtBot
) -> None:
    notification.withdraw()
    for text in ("one", "two"):
        notification.show("A title", text, ACTIONS)
        settle(qtbot, notification)
    assert desktop.shown == {7: "two"}
    notification.withdraw()
    settle(qtbot, notification)
    assert desktop.shown == {}
    notification.show("A title", "three", ACTIONS)
    settle(qtbot, notification)
    assert desktop.shown == {8: "three"}


def test_what_is_withdrawn_at_once_does_not_stay(desktop: Desktop, notification: Notification, qtbot: QtBot) -> None:
    notification.show("A title", "A text", ACTIONS)
    notification.withdraw()
    settle(qtbot, notification)
    assert desktop.shown == {}


def test_an_action_is_told_and_that_of_another_program_is_not(
    desktop: Desktop, notification: Notification, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "old")
    notification.show("A title", "A text", ACTIONS)
    settle(qtbot, notification)
    keys: list[str] = []
    notification.acted.connect(keys.append)
    with qtbot.waitSignal(notification.acted):
        desktop.ActivationToken.emit(6, "another's")
        desktop.ActionInvoked.emit(6, "default")
        desktop.ActivationToken.emit(7, "ours")
        desktop.ActionInvoked.emit(7, "start")
    assert keys == ["start"]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "ours"


def test_where_nobody_shows_any_it_is_refused(notification: Notification, qtbot: QtBot) -> None:
    with qtbot.waitSignal(notification.refused):
        notification.show("A title", "A text", ACTIONS)


def test_a_bus_that_broke_down_refuses_it(bus: Bus, notification: Notification, qtbot: QtBot) -> None:
    bus.die()
    with qtbot.waitSignal(notification.refused):
        notification.show("A title", "A text", ACTIONS)


def test_a_bus_that_never_answers_refuses_it(
    notification: Notification, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PATIENCE", 0.2)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "bus"))
        silent.listen()
        with qtbot.waitSignal(notification.refused):
            notification.show("A title", "A text", ACTIONS)


HANG = """
import os, signal, sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection

application = QCoreApplication([])
assert QDBusConnection.sessionBus().registerService("org.freedesktop.Notifications")
print("there", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


def test_a_desktop_that_hangs_holds_up_nothing_and_refuses_it(
    bus: Bus, notification: Notification, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PATIENCE", 0.2)
    with subprocess.Popen([sys.executable, "-c", HANG], stdout=subprocess.PIPE, text=True) as hung:
        assert hung.stdout is not None
        assert hung.stdout.readline() == "there\n"
        busy: list[bool] = []
        turns = QTimer(interval=10)
        turns.timeout.connect(lambda: busy.append(notification.busy))
        turns.start()
        with qtbot.waitSignal(notification.refused):
            notification.show("A title", "A text", ACTIONS)
        hung.send_signal(signal.SIGKILL)
        assert busy[:3] == [True] * 3, "the screen's thread goes on meanwhile"


@pytest.fixture
def front(open_window: Callable[[], Front], stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    """Open the window, behind others, with reminders every half hour; nobody has a tray."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    # What else a session has to do with the bus is no part of this, and outlives the bus of a test.
    for other in ("keep_awake_with", "serve_media_keys"):
        monkeypatch.setattr(f"timer_app.ui.run.run_pages.{other}", lambda *_session, **_window: None)
    front = open_window()
    front.open_sessions()
    front.qtbot.waitUntil(lambda: hasattr(front.window, "reminders"))
    monkeypatch.setattr(front.window, "isActiveWindow", lambda: False)
    settings = stage.services.settings
    settings.save(replace(settings.value, reminders=Reminders.HALF_HOURLY))
    yield front
    answered(front)._bus.close()


def remind(front: Front, stage: Stage) -> None:
    """Let half an hour go by, and the desktop show what it is to show."""
    for _minute in range(30):
        stage.clock.advance(60_000)
        front.window.reminders.check_clock()
    answered(front)


def answered(front: Front) -> Notification:
    notification = front.window.reminders._notification
    assert notification is not None
    settle(front.qtbot, notification)
    return notification


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_reminder_is_shown_by_the_desktop_and_a_click_shows_the_window(
    desktop: Desktop, front: Front, stage: Stage
) -> None:
    remind(front, stage)
    assert list(desktop.shown.values()) == [QUESTION]
    assert desktop.told[0][5] == ["default", "Show the window", "start", "Start “Desk break”"]
    front.window.showMinimized()
    desktop.ActionInvoked.emit(7, "default")
    front.qtbot.waitUntil(lambda: not front.window.isMinimized())
    assert front.window.page == "sessions"
    assert [banner.notice.what for banner in front.window.banners.banners] == [QUESTION]


@pytest.mark.qt_log_ignore("does not support raise")
def test_its_button_starts_the_break(desktop: Desktop, front: Front, stage: Stage) -> None:
    remind(front, stage)
    desktop.ActionInvoked.emit(7, "start")
    front.qtbot.waitUntil(lambda: front.window.page == "run")
    assert front.window.running is not None
    assert front.window.running.driver is not None
    assert front.window.running.driver.conductor.timeline.name == "Desk break"
    assert front.window.banners.banners == ()
    answered(front)
    assert desktop.shown == {}


@pytest.mark.parametrize("way", ["dismissed", "another session", "turned off"])
def test_it_goes_when_the_reminder_does(desktop: Desktop, front: Front, stage: Stage, way: str) -> None:
    remind(front, stage)
    if way == "dismissed":
        front.window.banners.banners[-1].close_button.click()
    elif way == "another session":
        front.window.start_session(stage.services.library.find("strides"))
    else:
        settings = stage.services.settings
        settings.save(replace(settings.value, reminders=Reminders.OFF))
    answered(front)
    assert desktop.shown == {}


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")
def test_where_the_desktop_shows_none_the_tray_does_and_where_there_is_none_the_window_alone(
    bus: Bus, front: Front, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, _title, text, *_how: told.append(text))
    remind(front, stage)
    assert told == []
    assert [banner.notice.what for banner in front.window.banners.banners] == [QUESTION]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    remind(front, stage)
    assert told == [QUESTION]


def test_in_a_process_of_its_own_it_finds_the_session_bus(
    bus: Bus, desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    """A sandbox of the tests has no more to say than that the first connection works as any other."""
    script = tmp_path / "notify.py"
    script.write_text(
        "from PySide6.QtCore import QCoreApplication\n"
        "from timer_app.ui.desktop.notifications import Notification\n"
        "application = QCoreApplication([])\n"
        "notification = Notification(application)\n"
        "notification.acted.connect(lambda key: (print(key), application.quit()))\n"
        "notification.show('A title', 'A text', {'default': 'Show'})\n"
        "application.exec()\n"
    )
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    with process:
        qtbot.waitUntil(lambda: bool(desktop.shown), timeout=20_000)

        def clicked() -> bool:
            # It listens a moment after it has shown it.
            desktop.ActionInvoked.emit(7, "default")
            return process.poll() is not None

        qtbot.waitUntil(clicked, timeout=20_000)
        assert process.stdout is not None
        assert process.stdout.read() == "default\n"
