"""Media keys, as the desktop sends them: a session as a media player on a bus of its own."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desktop.conftest import Bus
from tests.ui.run.rig import PLANKS, PUSH_UPS, SUPERMAN, Rig
from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import Status
from timer_app.ui.desktop.media_keys import has_session_bus, serve_media_keys
from timer_app.ui.desktop.mpris import OBJECT, PLAYER, ROOT, SERVICE, MediaPlayer

jeepney = pytest.importorskip("jeepney", reason="there is no session bus on this system")
blocking = pytest.importorskip("jeepney.io.blocking")

PROPERTIES = "org.freedesktop.DBus.Properties"
Answer = TypeVar("Answer")


class Desktop:
    """What a desktop does with a media player: asks, presses keys, and listens. It speaks from a thread of its own."""

    def __init__(self, bus: Bus, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._thread = ThreadPoolExecutor(1)
        self._connection: Any = self._do(lambda: blocking.open_dbus_connection(bus.address))
        rule = jeepney.MatchRule(type="signal", path=OBJECT)
        self._signals: deque[Any] = deque()
        self._filter = self._connection.filter(rule, queue=self._signals)
        self._ask(jeepney.message_bus.AddMatch(rule))

    def _do(self, action: Callable[[], Answer]) -> Answer:
        """Do something on the desktop's thread while the session's event loop runs."""
        answer = self._thread.submit(action)
        self._qtbot.waitUntil(answer.done, timeout=5_000)
        return answer.result()

    def _ask(self, message: Any) -> tuple[Any, ...]:
        reply = self._do(lambda: self._connection.send_and_get_reply(message, timeout=4))
        assert reply.header.message_type is jeepney.MessageType.method_return, reply.body
        body: tuple[Any, ...] = reply.body
        return body

    def press(self, key: str, interface: str = PLAYER) -> None:
        """Call a method that has no arguments."""
        self._ask(jeepney.new_method_call(jeepney.DBusAddress(OBJECT, SERVICE, interface), key))

    def see(self, name: str) -> Any:
        """Return one of the player's properties, with its type's signature."""
        address = jeepney.DBusAddress(OBJECT, SERVICE, PROPERTIES)
        return self._ask(jeepney.new_method_call(address, "Get", "ss", (PLAYER, name)))[0]

    def see_all(self, interface: str) -> dict[str, Any]:
        """Return all properties of an interface, each with its type's signature."""
        address = jeepney.DBusAddress(OBJECT, SERVICE, PROPERTIES)
        values: dict[str, Any] = self._ask(jeepney.new_method_call(address, "GetAll", "s", (interface,)))[0]
        return values

    def hear(self) -> tuple[str, str, tuple[Any, ...]]:
        """Return the next signal: its name, its signature, and what it says."""
        message = self._do(lambda: self._connection.recv_until_filtered(self._signals, timeout=4))
        fields = jeepney.HeaderFields
        return message.header.fields[fields.member], message.header.fields.get(fields.signature, ""), message.body

    def players(self) -> list[str]:
        """Return the names of the media players there are."""
        (names,) = self._ask(jeepney.message_bus.ListNames())
        return [name for name in names if name.startswith(f"{ROOT}.")]

    def close(self) -> None:
        """Leave the bus."""
        self._do(self._connection.close)
        self._thread.shutdown()


@pytest.fixture
def desktop(bus: Bus, qtbot: QtBot) -> Iterator[Desktop]:
    made = Desktop(bus, qtbot)
    yield made
    made.close()


class Asked:
    """What the desktop asked of the window."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.locked = False

    def refuses(self) -> bool:
        if self.locked:
            self.calls.append("refused")
        return self.locked

    def stop(self) -> None:
        self.calls.append("stop")

    def raise_window(self) -> None:
        self.calls.append("raise")


@pytest.fixture
def asked() -> Asked:
    return Asked()


def play(rig: Rig, bus: Bus, asked: Asked) -> MediaPlayer:
    player = MediaPlayer(rig.driver, refuses=asked.refuses, ask_to_stop=asked.stop, raise_window=asked.raise_window)
    assert player.serve(bus.connect())
    rig.driver.start()
    return player


def test_the_keys_do_what_is_written_on_them(bus: Bus, desktop: Desktop, asked: Asked) -> None:
    rig = Rig(*PLANKS)
    play(rig, bus, asked)
    told = []
    for key in ("Next", "PlayPause", "PlayPause", "Pause", "Pause", "Play", "Play", "Previous", "Stop"):
        desktop.press(key)
        now = rig.conductor.snapshot()
        told.append(f"{key} {now.index} {now.status}")
    assert told == [
        "Next 1 running",
        "PlayPause 1 paused",
        "PlayPause 1 running",
        "Pause 1 paused",
        "Pause 1 paused",
        "Play 1 running",
        "Play 1 running",
        "Previous 0 running",
        "Stop 0 running",
    ]
    desktop.press("Raise", ROOT)
    desktop.press("Quit", ROOT)
    assert asked.calls == ["stop", "raise"]
    assert rig.conductor.snapshot().status is Status.RUNNING


def test_while_the_page_is_locked_the_desktop_plays_and_pauses_and_no_more(
    bus: Bus, desktop: Desktop, asked: Asked
) -> None:
    rig = Rig(*PLANKS)
    play(rig, bus, asked)
    asked.locked = True
    before = rig.conductor.state
    refused = ("Next", "Previous", "Stop")
    for key in refused:
        desktop.press(key)
    assert rig.conductor.state == before
    assert asked.calls == ["refused"] * len(refused)
    told = []
    for key in ("Pause", "Play", "PlayPause", "PlayPause"):
        desktop.press(key)
        told.append(f"{key} {rig.conductor.snapshot().status}")
    assert told == ["Pause paused", "Play running", "PlayPause paused", "PlayPause running"]
    asked.locked = False
    desktop.press("Next")
    assert rig.conductor.snapshot().index == 1


def test_the_desktop_shows_the_exercise_and_the_session(bus: Bus, desktop: Desktop, asked: Asked) -> None:
    rig = Rig(*PLANKS, name="Planks by the minute")
    play(rig, bus, asked)
    rig.driver.do(Conductor.skip)
    rig.go(12_000)
    kind, track = desktop.see("Metadata")
    assert kind == "a{sv}"
    length = track.pop("mpris:length")
    assert length[1] == 60_000_000
    assert track == {
        "mpris:trackid": ("o", "/guided_session_timer/interval/1"),
        "xesam:title": ("s", "Plank"),
        "xesam:album": ("s", "Planks by the minute"),
        "xesam:artist": ("as", ["Planks by the minute"]),
    }
    assert desktop.see("Position") == ("x", 12_000_000)
    assert desktop.see("PlaybackStatus") == ("s", "Playing")
    rig.driver.do(Conductor.pause)
    assert desktop.see("PlaybackStatus") == ("s", "Paused")


def test_every_property_has_the_type_that_the_specification_gives_it(bus: Bus, desktop: Desktop, asked: Asked) -> None:
    play(Rig(*SUPERMAN), bus, asked)
    assert {name: kind for name, (kind, _value) in desktop.see_all(PLAYER).items()} == {
        "PlaybackStatus": "s",
        "Metadata": "a{sv}",
        "Position": "x",
        "Rate": "d",
        "MinimumRate": "d",
        "MaximumRate": "d",
        "Volume": "d",
        "CanGoNext": "b",
        "CanGoPrevious": "b",
        "CanPlay": "b",
        "CanPause": "b",
        "CanSeek": "b",
        "CanControl": "b",
    }
    assert desktop.see_all(ROOT) == {
        "Identity": ("s", "Guided Session Timer"),
        "DesktopEntry": ("s", "io.github.guided_session_timer.GuidedSessionTimer"),
        "CanRaise": ("b", True),
        "CanQuit": ("b", False),
        "HasTrackList": ("b", False),
        "SupportedUriSchemes": ("as", []),
        "SupportedMimeTypes": ("as", []),
    }


def test_changes_are_told_once_each_and_nothing_in_between(bus: Bus, desktop: Desktop, asked: Asked) -> None:
    rig = Rig(*PLANKS)
    play(rig, bus, asked)
    rig.go(9_000)
    rig.driver.do(Conductor.pause)
    name, signature, (interface, changed, invalidated) = desktop.hear()
    assert (name, signature, interface) == ("PropertiesChanged", "sa{sv}as", PLAYER)
    assert changed == {"PlaybackStatus": ("s", "Paused")}
    assert invalidated == []
    rig.driver.do(Conductor.resume)
    assert desktop.hear()[2][1] == {"PlaybackStatus": ("s", "Playing")}
    rig.go(2_000)
    changed = desktop.hear()[2][1]
    assert list(changed) == ["Metadata"]
    assert changed["Metadata"][1]["xesam:title"] == ("s", "Plank")
    rig.driver.do(Conductor.extend)
    changed = desktop.hear()[2][1]
    assert changed["Metadata"][1]["mpris:length"][1] == 70_000_000


def test_going_back_to_the_start_is_told_as_a_jump(bus: Bus, desktop: Desktop, asked: Asked) -> None:
    rig = Rig(*PLANKS, setup=0)
    play(rig, bus, asked)
    rig.go(20_000)
    rig.driver.do(Conductor.back)
    name, _signature, body = desktop.hear()
    assert name == "Seeked"
    assert body == (0,)


def test_an_open_step_has_no_length(bus: Bus, desktop: Desktop, asked: Asked) -> None:
    rig = Rig(*PUSH_UPS, setup=0)
    play(rig, bus, asked)
    _kind, track = desktop.see("Metadata")
    assert track["xesam:title"] == ("s", "Push-up")
    assert "mpris:length" not in track


def test_there_is_a_player_only_while_a_session_runs(bus: Bus, desktop: Desktop, asked: Asked) -> None:
    assert desktop.players() == []
    for _session in range(2):
        rig = Rig(*PLANKS)
        play(rig, bus, asked)
        assert desktop.players() == [SERVICE]
        rig.end()
        assert desktop.players() == []


def test_a_second_window_has_a_name_of_its_own(bus: Bus, desktop: Desktop, asked: Asked) -> None:
    for _window in range(2):
        play(Rig(*PLANKS), bus, asked)
    assert sorted(desktop.players()) == [SERVICE, f"{SERVICE}.instance{os.getpid()}"]


def test_the_session_bus_is_served(bus: Bus, desktop: Desktop, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtDBus import QDBusConnection

    monkeypatch.setattr(QDBusConnection, "sessionBus", bus.connect)
    rig = Rig(*PLANKS)
    serve_media_keys(rig.driver, refuses=asked.refuses, ask_to_stop=asked.stop, raise_window=asked.raise_window)
    assert desktop.players() == [SERVICE]
    rig.end()


def test_a_bus_that_cannot_be_reached_is_left_alone(
    qtbot: QtBot, asked: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from PySide6.QtDBus import QDBusConnection

    nowhere = QDBusConnection.connectToBus(f"unix:path={tmp_path}/nobody", "nowhere")
    rig = Rig(*PLANKS)
    player = MediaPlayer(rig.driver, refuses=asked.refuses, ask_to_stop=asked.stop, raise_window=asked.raise_window)
    assert not player.serve(nowhere)
    rig.end()


def test_no_bus_is_started_where_there_is_none(tmp_path: Path) -> None:
    runtime = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert not has_session_bus("linux", {})
    assert not has_session_bus("linux", runtime)
    (tmp_path / "bus").touch()
    assert has_session_bus("linux", runtime)
    assert has_session_bus("linux", {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"})
    assert not has_session_bus("darwin", runtime)
    assert not has_session_bus("win32", runtime)


def test_without_a_bus_nothing_happens(asked: Asked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    rig = Rig(*PLANKS)
    serve_media_keys(rig.driver, refuses=asked.refuses, ask_to_stop=asked.stop, raise_window=asked.raise_window)
    assert rig.driver.findChildren(MediaPlayer) == []
