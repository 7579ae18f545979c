"""A running session as a media player on the session bus: the MPRIS D-Bus Interface Specification, version 2.2.

Qt does not signal a changed property on the bus, so that is sent by hand. Times on the bus are microseconds.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import ClassInfo, Property, QMetaType, QObject, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusArgument, QDBusConnection, QDBusMessage, QDBusObjectPath

from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import Snapshot, Status
from timer_app.i18n import _
from timer_app.paths import APP_ID
from timer_app.plain_text import plain_line
from timer_app.ui.support.session_driver import SessionDriver

OBJECT = "/org/mpris/MediaPlayer2"
SERVICE = f"org.mpris.MediaPlayer2.{APP_ID}"
"""The name that a sandbox such as Flatpak's lets this program have without asking."""

ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_TRACK = "/guided_session_timer/interval/{index}"

JUMP = 1_500
"""A position that is further from what was expected, in milliseconds, is sent as a jump: our choice."""


class MediaPlayer(QObject):
    """The session behind `driver` as a media player, from `serve` until the session ends. Lives as long as the driver.

    Each interval is a track: its name is the title, the session's name the album. Stopping asks first, as Esc does.
    While `refuses` says so, because the page is locked, it plays and pauses and no more.
    """

    def __init__(
        self,
        driver: SessionDriver,
        *,
        refuses: Callable[[], bool],
        ask_to_stop: Callable[[], None],
        raise_window: Callable[[], None],
    ) -> None:
        super().__init__(driver)
        self.driver = driver
        self.refuses = refuses
        self.ask_to_stop = ask_to_stop
        self.raise_window = raise_window
        self._now = driver.conductor.snapshot()
        self._sent: dict[str, object] = {}
        self._connection: QDBusConnection | None = None
        self._service = ""
        # Qt looks for adaptors among an object's children; Python must keep them too.
        self._adaptors = (_Root(self), _Player(self))

    def serve(self, connection: QDBusConnection | None = None) -> bool:
        """Appear on the bus, and return whether that worked; without a bus nothing happens."""
        connection = connection or QDBusConnection.sessionBus()
        if not connection.isConnected():
            return False
        self._connection = connection
        self._sent = self.properties()
        if not connection.registerObject(OBJECT, self, QDBusConnection.RegisterOption.ExportAdaptors):
            return False
        # The plain name may be taken by a second window, which then gets one of its own.
        names = (SERVICE, f"{SERVICE}.instance{os.getpid()}")
        self._service = next((name for name in names if connection.registerService(name)), "")
        self.driver.shown.connect(self._shown)
        self.driver.ended.connect(self._unregister)
        return bool(self._service)

    def steer(self, command: Callable[[Conductor], object]) -> None:
        """Do what the desktop wants, unless the page is locked."""
        if not self.refuses():
            self.driver.do(command)

    def status(self) -> str:
        """Return how it goes, in the specification's words."""
        if not self._now.live:
            return "Stopped"
        return "Playing" if self._now.status is Status.RUNNING else "Paused"

    def position(self) -> int:
        """Return how far into the interval the session was at the last look, in microseconds."""
        return self._now.elapsed * 1_000

    def track(self) -> dict[str, object]:
        """Return what there is to know of the interval; an open one has no length."""
        interval = self._now.interval
        if interval is None:
            return {}
        session = plain_line(self.driver.conductor.timeline.name)
        track: dict[str, object] = {
            "mpris:trackid": QDBusObjectPath(_TRACK.format(index=interval.index)),
            "xesam:title": plain_line(interval.title),
            "xesam:album": session,
            "xesam:artist": [session],
        }
        if self._now.length is not None:
            # PySide sends a length below 36 minutes as a 32-bit number, where the specification has 64.
            track["mpris:length"] = self._now.length * 1_000
        return track

    def properties(self) -> dict[str, object]:
        """Return the properties whose changes are sent."""
        return {"PlaybackStatus": self.status(), "Metadata": self.track()}

    def _shown(self, now: Snapshot) -> None:
        before, self._now = self._now, now
        sent, self._sent = self._sent, self.properties()
        changed = {name: value for name, value in self._sent.items() if _comparable(value) != _comparable(sent[name])}
        if changed:
            self._send(_PROPERTIES, "PropertiesChanged", [PLAYER, changed, _no_names()])
        same_track = before.interval is now.interval
        if same_track and not 0 <= now.elapsed - before.elapsed <= JUMP:
            self._send(PLAYER, "Seeked", [self.position()])

    def _send(self, interface: str, name: str, arguments: list[object]) -> None:
        if self._connection is not None:
            message = QDBusMessage.createSignal(OBJECT, interface, name)
            message.setArguments(arguments)
            self._connection.send(message)

    def _unregister(self) -> None:
        if self._connection is not None:
            self._connection.unregisterObject(OBJECT)
            self._connection.unregisterService(self._service)
            self._connection = None


def _comparable(value: object) -> object:
    """Return a value that equals another when it says the same, which object paths do not."""
    if isinstance(value, dict):
        return {key: part.path() if isinstance(part, QDBusObjectPath) else part for key, part in value.items()}
    return value


def _no_names() -> QDBusArgument:
    """Return an empty list of texts: an empty Python list would go out as a list of anything, which clients refuse."""
    names = QDBusArgument()
    names.beginArray(QMetaType(QMetaType.Type.QString.value))
    names.endArray()
    return names


@ClassInfo({"D-Bus Interface": ROOT})  # type: ignore[call-arg] # PySide's description of it is bare
class _Root(QDBusAbstractAdaptor):  # type: ignore[operator] # as above
    """The program, as the desktop lists it."""

    def __init__(self, player: MediaPlayer) -> None:
        super().__init__(player)
        self._player = player

    @Property(str)
    def Identity(self) -> str:
        return _("Guided Session Timer")

    @Property(str)
    def DesktopEntry(self) -> str:
        return APP_ID

    @Property(bool)
    def CanRaise(self) -> bool:
        return True

    @Property(bool)
    def CanQuit(self) -> bool:
        return False

    @Property(bool)
    def HasTrackList(self) -> bool:
        return False

    @Property("QStringList")  # type: ignore[arg-type] # a C++ type by its name
    def SupportedUriSchemes(self) -> list[str]:
        return []

    @Property("QStringList")  # type: ignore[arg-type] # a C++ type by its name
    def SupportedMimeTypes(self) -> list[str]:
        return []

    @Slot()
    def Raise(self) -> None:
        self._player.raise_window()

    @Slot()
    def Quit(self) -> None:
        """Do nothing, as a program that cannot be ended this way must."""


@ClassInfo({"D-Bus Interface": PLAYER})  # type: ignore[call-arg] # PySide's description of it is bare
class _Player(QDBusAbstractAdaptor):  # type: ignore[operator] # as above
    """The session, as the media keys steer it. There is nothing to seek, open or turn louder."""

    def __init__(self, player: MediaPlayer) -> None:
        super().__init__(player)
        self._player = player

    @Property(str)
    def PlaybackStatus(self) -> str:
        return self._player.status()

    @Property("QVariantMap")  # type: ignore[arg-type] # a C++ type by its name
    def Metadata(self) -> dict[str, object]:
        return self._player.track()

    @Property("qlonglong")  # type: ignore[arg-type] # a C++ type by its name
    def Position(self) -> int:
        return self._player.position()

    @Property(float)
    def Rate(self) -> float:
        return 1.0

    @Property(float)
    def MinimumRate(self) -> float:
        return 1.0

    @Property(float)
    def MaximumRate(self) -> float:
        return 1.0

    @Property(float)
    def Volume(self) -> float:
        return 1.0

    @Property(bool)
    def CanGoNext(self) -> bool:
        return True

    @Property(bool)
    def CanGoPrevious(self) -> bool:
        return True

    @Property(bool)
    def CanPlay(self) -> bool:
        return True

    @Property(bool)
    def CanPause(self) -> bool:
        return True

    @Property(bool)
    def CanSeek(self) -> bool:
        return False

    @Property(bool)
    def CanControl(self) -> bool:
        return True

    @Slot()
    def Next(self) -> None:
        self._player.steer(Conductor.skip)

    @Slot()
    def Previous(self) -> None:
        self._player.steer(Conductor.back)

    @Slot()
    def Play(self) -> None:
        self._player.driver.do(Conductor.resume)

    @Slot()
    def Pause(self) -> None:
        self._player.driver.do(Conductor.pause)

    @Slot()
    def PlayPause(self) -> None:
        self._player.driver.do(Conductor.toggle)

    @Slot()
    def Stop(self) -> None:
        if not self._player.refuses():
            self._player.ask_to_stop()
