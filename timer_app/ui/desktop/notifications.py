"""A notification of the desktop, which needs no tray: the Desktop Notifications Specification, version 1.3, on D-Bus.

Desktops without a tray, as GNOME, show messages in no other way. Whoever is to show them may be slow or hang, so they
are asked on a thread of its own, and by jeepney: PySide's calls hold up every other thread while they wait, and it has
no way to send the unsigned numbers that the specification wants.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

from jeepney import DBusAddress, DBusErrorResponse, MatchRule, Message, message_bus, new_method_call
from jeepney.io.common import RouterClosed
from jeepney.io.threading import DBusRouter, open_dbus_connection
from jeepney.low_level import HeaderFields
from jeepney.wrappers import unwrap_msg
from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from timer_app.paths import APP_ID
from timer_app.ui.support.background_task import gui_thread_callback

SERVICE = "org.freedesktop.Notifications"
OBJECT = "/org/freedesktop/Notifications"
DEFAULT = "default"
"""The key of the action for a click on the notification itself."""

PATIENCE = 2.0
"""Seconds for which an answer is waited for."""

_DESKTOP = DBusAddress(OBJECT, SERVICE, SERVICE)
_SIGNALS = MatchRule(type="signal", interface=SERVICE, path=OBJECT)
_TROUBLES = (OSError, RuntimeError, ValueError, RouterClosed, DBusErrorResponse)
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - a variable's name, and no secret


class _Content(Struct, frozen=True):
    """What a notification says, and the actions that it offers: their words by their keys."""

    title: str
    text: str
    actions: Mapping[str, str]


class Notification(QObject):
    """One notification at a time, each in the place of the one before.

    `acted` carries the key of the action that was chosen, and `refused` comes where none can be shown.
    """

    acted = Signal(str)
    refused = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._content: _Content | None = None
        self._busy = self._again = False
        self._answered = gui_thread_callback(self, self._answer)
        self._bus = _Bus(gui_thread_callback(self, self._receive))
        self.destroyed.connect(self._bus.close)

    @property
    def busy(self) -> bool:
        """Whether an answer of the desktop is still to come."""
        return self._busy

    def show(self, title: str, text: str, actions: Mapping[str, str]) -> None:
        """Show a notification; a desktop may leave out its actions."""
        self._content = _Content(title, text, actions)
        self._ask()

    def withdraw(self) -> None:
        """Take the notification away, if there is one."""
        if self._content is not None:
            self._content = None
            self._ask()

    def _ask(self) -> None:
        """Ask the desktop, or once more where it is being asked."""
        self._again = self._busy
        if self._busy:
            return
        self._busy = True
        bus, content, answered = self._bus, self._content, self._answered
        threading.Thread(target=lambda: answered(bus.put(content)), name="notification", daemon=True).start()

    def _answer(self, done: bool) -> None:
        self._busy = False
        if self._again:
            self._ask()
        elif not done and self._content is not None:
            self.refused.emit()

    def _receive(self, signal: str, number: int, word: str) -> None:
        if number != self._bus.number:
            return
        if signal == "ActivationToken":
            # Qt takes the right to come to the front from here when the window asks for it.
            os.environ[_TOKEN] = word
        elif signal == "ActionInvoked":
            self.acted.emit(word)


class _Bus:
    """The session bus, with the number of the notification that is shown there, 0 for none.

    `put` is called from one thread at a time. The desktop's signals go to `hear`, on another: the signal, the
    number, and a word.
    """

    def __init__(self, hear: Callable[[str, int, str], None]) -> None:
        self._receive = hear
        self._router: _Router | None = None
        self.number = 0

    def put(self, content: _Content | None) -> bool:
        """Show a notification, or with None take it away; return whether that was done."""
        if content is None and not self.number:
            return True
        number, self.number = self.number, 0
        try:
            router = self._router = self._router or self._connect()
            if content is None:
                _call(router, new_method_call(_DESKTOP, "CloseNotification", "u", (number,)))
                return True
            actions = [part for action in content.actions.items() for part in action]
            hints = {"desktop-entry": ("s", APP_ID)}
            arguments = (content.title, number, APP_ID, content.title, content.text, actions, hints, -1)
            (self.number,) = _call(router, new_method_call(_DESKTOP, "Notify", "susssasa{sv}i", arguments))
        except _TROUBLES:
            self.close()
            return False
        return True

    def close(self) -> None:
        """Leave the bus. From any thread."""
        router, self._router = self._router, None
        if router is not None:
            router.close()
            router.conn.close()

    def put_nowait(self, message: Message) -> None:
        """Take a signal, as jeepney puts it into a queue."""
        if message.header.fields.get(HeaderFields.signature) == "us":
            self._receive(message.header.fields[HeaderFields.member], *message.body)

    def _connect(self) -> _Router:
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        address = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={runtime}/bus"
        router = _Router(open_dbus_connection(address, auth_timeout=PATIENCE))
        router.filter(_SIGNALS, queue=self)
        _call(router, message_bus.AddMatch(_SIGNALS))
        return router


class _Router(DBusRouter):  # type: ignore[misc] # jeepney has no types
    """A connection to the bus whose thread ends in peace when the bus goes."""

    def _receiver(self) -> None:
        with suppress(OSError):
            super()._receiver()


def _call(router: _Router, message: Message) -> tuple[int, ...]:
    """Return the answer to a call."""
    answer: tuple[int, ...] = unwrap_msg(router.send_and_get_reply(message, timeout=PATIENCE))
    return answer
