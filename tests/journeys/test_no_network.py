"""The program never tries to reach another computer: it runs where there is no way to any, and tries are counted.

In a network namespace of its own there is no route, not even to itself. Whoever asks for one, be it Python or a
library, is refused, and the kernel's IPv4 counts that as `OutNoRoutes` (RFC 4293, ipSystemStatsOutNoRoutes). Its IPv6
refuses before it counts; but a name is asked for first, of a server that is as a rule reached by IPv4.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

COUNT = """
import pathlib
names, values = (line.split() for line in pathlib.Path('/proc/net/snmp').read_text().splitlines() if line[:3] == 'Ip:')
print('tries', values[names.index('OutNoRoutes')])
"""

# Every page is visited, and painted, in the real window; then it is closed.
WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from timer_app import app
from timer_app.ui.shell.main_window import MainWindow
run = QApplication.exec
def visit(application):
    (window,) = (each for each in application.topLevelWidgets() if isinstance(each, MainWindow))
    def walk():
        for page in ('history', 'exercises', 'settings', 'help', 'sessions'):
            window.show_page(page)
            window.grab()
            application.processEvents()
            print('page', window.page)
        window.close()
    window.startup_finished.connect(lambda: QTimer.singleShot(0, walk))
    return run()
QApplication.exec = visit
from timer_app.cli import main
sys.exit(main(['--data-dir', sys.argv[1]]))
"""

TRY_IN_PYTHON = """
import socket
for host in ('192.0.2.1', '127.0.0.1'):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            socket.socket(socket.AF_INET, kind).connect((host, 80))
        except OSError as error:
            print(error.strerror)
"""

TRY_IN_QT = """
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QHostAddress, QTcpSocket
application = QCoreApplication([])
wire = QTcpSocket()
wire.connectToHost(QHostAddress('192.0.2.1'), 80)
print(wire.waitForConnected(1000))
"""


def namespace() -> list[str] | None:
    """Return what starts a command where there is no network, or None where that may not be had."""
    for options in (["--net"], ["--net", "--user", "--map-root-user"]):
        command = ["unshare", *options]
        tried = [*command, "true"]
        if shutil.which("unshare") and subprocess.run(tried, capture_output=True, check=False).returncode == 0:
            return command
    return None


def alone(*commands: list[str]) -> list[str]:
    """Run commands one after the other where there is no network; return their lines, the last one with the tries."""
    outside = namespace()
    if outside is None:
        pytest.skip("no network namespace may be made here")
    script = "\n".join(shlex.join(each) for each in [*commands, [sys.executable, "-c", COUNT]])
    ours = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [*outside, "sh", "-ec", script]
    done = subprocess.run(
        command, env=ours, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=115, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_tries_are_counted() -> None:
    assert alone([sys.executable, "-c", TRY_IN_PYTHON]) == ["Network is unreachable"] * 4 + ["tries 4"]
    reached, tries = alone([sys.executable, "-c", TRY_IN_QT])
    assert reached == "False"
    assert tries != "tries 0"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_command_line_never_tries(tmp_path: Path) -> None:
    session = tmp_path / "short.session.yaml"
    session.write_text("format: 1\nname: Short\nsetup: 2s\nsteps:\n  - {name: Hold still, hold: 2s}\n")
    program = [sys.executable, "-m", "timer_app", "--data-dir", str(tmp_path / "data")]
    sound = tmp_path / "short.mp3"
    lines = alone(
        [*program, "list"],
        [*program, "run", "planks-by-the-minute", "--no-window", "--speed", "1000"],
        [*program, "run", str(session), "--no-window"],
        [*program, "export", str(session), "--sound", str(sound)],
        [*program, "exercises", "--sheet", str(tmp_path / "sheet.png")],
        [*program, "history", "export", "--json", str(tmp_path / "history.json")],
    )
    assert sum(line.startswith("Complete:") for line in lines) == 2
    assert any((tmp_path / "data" / "cache" / "clips").rglob("*")), "the voice spoke"
    assert sound.stat().st_size > 10_000
    assert lines[-1] == "tries 0"


def test_the_window_never_tries(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    lines = alone([sys.executable, "-c", WINDOW, str(tmp_path)])
    assert lines == [*(f"page {name}" for name in ("history", "exercises", "settings", "help", "sessions")), "tries 0"]
