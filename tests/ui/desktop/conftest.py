"""A session bus of one's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtDBus import QDBusConnection

_numbers = count()


class Bus:
    """A bus that nobody else is on."""

    def __init__(self) -> None:
        self._daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--print-address=1", "--nofork", "--nopidfile"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._daemon.stdout is not None
        self.address = self._daemon.stdout.readline().strip()
        self._names: list[str] = []

    def connect(self) -> QDBusConnection:
        """Return a new connection to it."""
        self._names.append(f"test-{next(_numbers)}")
        connection = QDBusConnection.connectToBus(self.address, self._names[-1])
        assert connection.isConnected()
        return connection

    def die(self) -> None:
        """Let the bus break down."""
        if self._daemon.returncode is None:
            self._daemon.kill()
            self._daemon.communicate()

    def close(self) -> None:
        """End it."""
        for name in self._names:
            QDBusConnection.disconnectFromBus(name)
        self.die()


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """Start a bus, as this process's session bus."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("there is no dbus-daemon")
    daemon = Bus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.address)
    yield daemon
    daemon.close()
