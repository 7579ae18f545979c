"""One window for one user and one data folder: a second start hands its arguments to the first, and goes.

Which of them is first is decided by a lock on a file, which the system takes back when its process ends however that
comes about, so a stale lock cannot be. Qt's network module, some 15 ms to load, is left alone until a second start
wants it, or the first has painted its window.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from timer_app.file_lock import FileLock
from timer_app.paths import FOLDER, Paths

if sys.platform == "win32":
    import ctypes

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

TRIES = 60
"""How often a second start looks for the first, which may not be listening yet: for some 3 s in all."""

PATIENCE = 50
"""Milliseconds between two tries."""

ANSWER = 1_000
"""Milliseconds that the first has to answer; one that hangs longer is left alone, and the second opens a window."""

MOST = 64 * 1024
"""The most bytes that are taken from a second start."""

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - a variable's name, and no secret
"""Where a launcher under Wayland puts the right to come to the front, for whoever is to use it."""

_TAKEN = b"taken\n"

_LONGEST = 96
"""The most bytes of a socket's path: macOS has room for 104, and Qt makes it under another name first."""


class _Message(Struct, frozen=True):
    """What a second start says: its arguments, and its right to come to the front, if it was given one."""

    arguments: tuple[str, ...]
    token: str

    def to_bytes(self) -> bytes:
        return json.dumps({"arguments": self.arguments, "token": self.token}).encode() + b"\n"


class SingleInstance:
    """This start of the program among the others of the same user with the same data folder."""

    def __init__(self, paths: Paths) -> None:
        self._lock = FileLock(paths.state / "instance.lock")
        self._paths = paths
        self._message_server: _MessageServer | None = None

    def hand_over(self, arguments: Sequence[str]) -> bool:
        """Give the arguments to a window that is open already. Returns True when it has them, and this start can go.

        Returns False when this is the first, or when the other cannot be reached. Needs no QApplication; costs a
        millisecond when this is the first.
        """
        message = _Message(tuple(arguments), os.environ.get(_TOKEN, ""))
        for _try in range(TRIES):
            if self._lock.acquire():
                return False
            handed = _hand_over(self._address(), message)
            if handed is not None:
                return handed
            if not self._lock.usable:
                # Nobody listens, and without a lock nobody knows whether somebody will.
                return False
            _pause(PATIENCE)
        return False

    def listen(self, callback: Callable[[tuple[str, ...]], None]) -> bool:
        """Have `callback` called with the arguments of every later start; return whether that can be.

        Call it once the window is painted, with a QApplication there. It does nothing for a start that found another
        one which does not answer.
        """
        if self._lock.usable and not self._lock.held:
            return False
        self._message_server = _MessageServer(callback)
        return self._message_server.open(self._address())

    def _address(self) -> str:
        return _address(self._paths, lasting=self._lock.usable)

    def close(self) -> None:
        """Let another start be the first."""
        if self._message_server is not None:
            self._message_server.close()
            self._message_server = None
        self._lock.release()


def _pause(milliseconds: int) -> None:
    """Wait between two attempts to reach another process."""
    threading.Event().wait(milliseconds / 1000)


def _address(paths: Paths, *, lasting: bool = True) -> str:
    """Return the name of the pipe on Windows, and of the socket elsewhere: short, as a socket's name must be.

    Without a folder for what runs, the socket lies beside the lock where that is `lasting`: one that is killed leaves
    its socket to the next start, and nothing in the temporary folder.
    """
    user = os.environ.get("USERNAME", "") if sys.platform == "win32" else os.getuid()
    key = f"{user}\0{os.path.normcase(paths.data.absolute())}"
    name = f"{FOLDER}-{zlib.crc32(key.encode('utf-8', 'surrogateescape')):08x}"
    if sys.platform == "win32":
        return name
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folders = [Path(runtime)] if runtime else [paths.state] if lasting else []
    addresses = [str(folder / name) for folder in (*folders, Path(tempfile.gettempdir()))]
    return next((address for address in addresses if len(os.fsencode(address)) <= _LONGEST), addresses[-1])


def _hand_over(address: str, message: _Message) -> bool | None:
    """Give a message to the first. Returns whether it was taken, or None when nobody listens (any more, or yet)."""
    if not _is_own(address):
        return None
    _let_come_to_front()
    answer = (_ask_pipe if sys.platform == "win32" else _ask_socket)(address, message.to_bytes())
    return None if answer is None else answer == _TAKEN


def _ask_socket(address: str, message: bytes) -> bytes | None:
    """Return the answer, empty when none came in time, or None when nobody listens. Needs no Qt."""
    import socket  # noqa: PLC0415 - 2 ms that a usual first start does without

    try:
        with socket.socket(socket.AF_UNIX) as talk:
            talk.settimeout(ANSWER / 1000)
            talk.connect(address)
            talk.sendall(message)
            answer = b""
            while not answer.endswith(b"\n"):
                part = talk.recv(len(_TAKEN))
                if not part:
                    return None
                answer += part
            return answer
    except TimeoutError:
        return b""
    except OSError:
        return None


def _ask_pipe(address: str, message: bytes) -> bytes | None:
    """Do as `_ask_socket` does, with Qt: for Windows, where Python has no time limit for a pipe."""
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - a usual first start does without

    talk = QLocalSocket()
    talk.connectToServer(address)
    if not talk.waitForConnected(ANSWER):
        return None
    talk.write(message)
    talk.flush()
    while not talk.canReadLine():
        if not talk.waitForReadyRead(ANSWER):
            hangs = talk.state() is QLocalSocket.LocalSocketState.ConnectedState
            return b"" if hangs else None
    return bytes(talk.readLine().data())


def _is_own(address: str) -> bool:
    """Return whether a socket belongs to this user: in a folder for everybody, somebody else could have made it."""
    if sys.platform == "win32":
        return True
    try:
        return Path(address).stat().st_uid == os.getuid()
    except OSError:
        return False


def _let_come_to_front() -> None:
    """Let the first come to the front: on Windows only the program that was just started may allow that."""
    if sys.platform == "win32":
        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)


class _MessageServer:
    """Take the messages of later starts."""

    def __init__(self, callback: Callable[[tuple[str, ...]], None]) -> None:
        self._callback = callback
        self._server: QLocalServer | None = None

    def open(self, address: str) -> bool:
        """Listen at an address. Qt replaces a socket that a process which has ended left there."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - not needed before the window is painted

        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._accept_connections)
        self._server = server
        return server.listen(address)

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _accept_connections(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > MOST:
                socket.abort()
            return
        message = _message(bytes(socket.readLine(MOST).data()))
        if message is None:
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()
        if message.token:
            # Qt takes the right to come to the front from here when the window asks for it.
            os.environ[_TOKEN] = message.token
        self._callback(message.arguments)


def _message(line: bytes) -> _Message | None:
    """Return what a line says, None when it is no message of ours."""
    try:
        tree = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(tree, dict):
        return None
    arguments, token = tree.get("arguments"), tree.get("token")
    if not isinstance(token, str) or not isinstance(arguments, list):
        return None
    if not all(isinstance(argument, str) for argument in arguments):
        return None
    return _Message(tuple(arguments), token)
