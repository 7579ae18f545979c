"""Several starts of the program at once: one window, which every later start raises; a dead one is in nobody's way."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from pytestqt.qtbot import QtBot

from tests.faults.loaded import Child, start
from timer_app.clock import SystemClock
from timer_app.paths import Paths, user_paths
from timer_app.ui.desktop import single_instance
from timer_app.ui.desktop.single_instance import SingleInstance
from timer_app.ui.support.window_state import raise_window

ROOT = Path(__file__).parents[2]
ROUNDS = 100
posix = pytest.mark.skipif(sys.platform == "win32", reason="about sockets and signals, which Windows does not have")


@pytest.fixture(autouse=True)
def runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for sockets, with a name that is short enough for them."""
    folder = tmp_path_factory.mktemp("run")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    return folder


@contextlib.contextmanager
def first(paths: Paths, heard: Callable[[tuple[str, ...]], None]) -> Iterator[SingleInstance]:
    instance = SingleInstance(paths)
    try:
        assert not instance.hand_over([])
        assert instance.listen(heard)
        yield instance
    finally:
        instance.close()


class Start(threading.Thread):
    """A later start, in a thread of its own; `handed` is what came of it, `took` how long that was in milliseconds."""

    def __init__(self, paths: Paths, *arguments: str) -> None:
        super().__init__()
        self.instance = SingleInstance(paths)
        self._arguments = arguments
        self.handed: bool | None = None
        self.took = 0

    def run(self) -> None:
        clock = SystemClock()
        began = clock.now()
        self.handed = self.instance.hand_over(self._arguments)
        self.took = clock.now() - began


def finish(qtbot: QtBot, *starts: Start) -> None:
    qtbot.waitUntil(lambda: all(not start.is_alive() for start in starts), timeout=10_000)


def finish_one(qtbot: QtBot, starts: list[Start]) -> None:
    qtbot.waitUntil(lambda: any(not start.is_alive() for start in starts), timeout=5_000)


def test_a_later_start_hands_over_its_arguments_within_a_second(qtbot: QtBot, tmp_path: Path) -> None:
    heard: list[tuple[str, ...]] = []
    paths = user_paths(tmp_path)
    with first(paths, heard.append):
        second = Start(paths, "/home/ida/Schöne Planke.session.yaml", "--now")
        second.start()
        finish(qtbot, second)
    assert second.handed is True
    assert heard == [("/home/ida/Schöne Planke.session.yaml", "--now")]
    assert second.took < 1_000


def test_200_starts_are_all_heard_and_none_of_them_opens_a_window(qtbot: QtBot, tmp_path: Path) -> None:
    heard: list[tuple[str, ...]] = []
    paths = user_paths(tmp_path)
    with first(paths, heard.append):
        for turn in range(ROUNDS):
            pair = [Start(paths, f"{turn}-{number}") for number in range(2)]
            for one in pair:
                one.start()
            finish(qtbot, *pair)
            assert [start.handed for start in pair] == [True, True]
            assert max(start.took for start in pair) < 1_000
    assert sorted(heard) == sorted((f"{turn}-{number}",) for turn in range(ROUNDS) for number in range(2))


def test_of_two_starts_at_once_one_is_first_and_hears_the_other(qtbot: QtBot, tmp_path: Path) -> None:
    """The first takes its time between the lock and listening, as a window does that has to be painted."""
    for turn in range(ROUNDS):
        paths = user_paths(tmp_path / str(turn % 7))
        heard: list[tuple[str, ...]] = []
        pair = [Start(paths, "a"), Start(paths, "b")]
        for one in pair:
            one.start()
        finish_one(qtbot, pair)
        winner = next(start for start in pair if start.handed is False)
        other = next(start for start in pair if start is not winner)
        assert winner.instance.listen(heard.append)
        finish(qtbot, *pair)
        assert other.handed is True
        assert heard == [("b" if other is pair[1] else "a",)]
        winner.instance.close()
        other.instance.close()


def test_a_start_is_the_first_again_once_the_first_has_ended(qtbot: QtBot, tmp_path: Path) -> None:
    paths = user_paths(tmp_path)
    for _turn in range(ROUNDS):
        with first(paths, lambda _arguments: None):
            pass


def test_a_start_takes_over_when_the_first_ends_while_it_waits(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited, ended = threading.Event(), threading.Event()

    def pause(_milliseconds: int) -> None:
        waited.set()
        assert ended.wait(5)

    monkeypatch.setattr(single_instance, "_pause", pause)
    before = SingleInstance(user_paths(tmp_path))
    assert not before.hand_over([])
    later = Start(user_paths(tmp_path))
    later.start()
    assert waited.wait(5)
    before.close()
    ended.set()
    finish(qtbot, later)
    assert later.handed is False
    assert later.instance.listen(lambda _arguments: None)
    later.instance.close()


@posix
def test_stale_sockets_and_lock_files_are_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    paths = user_paths(tmp_path)
    address = single_instance._address(paths)
    for turn in range(ROUNDS):
        paths.state.mkdir(parents=True, exist_ok=True)
        (paths.state / "instance.lock").write_bytes(b"4711\n" * (turn % 3))
        with contextlib.suppress(FileNotFoundError):
            Path(address).unlink()
        if turn % 2:
            left = socket.socket(socket.AF_UNIX)
            left.bind(address)
            left.close()
        else:
            Path(address).write_bytes(b"")
        heard: list[tuple[str, ...]] = []
        with first(paths, heard.append):
            second = Start(paths, str(turn))
            second.start()
            finish(qtbot, second)
        assert heard == [(str(turn),)]


def test_other_data_folders_are_other_programs(tmp_path: Path) -> None:
    with first(user_paths(tmp_path / "a"), lambda _arguments: None):
        other = SingleInstance(user_paths(tmp_path / "b"))
        assert not other.hand_over([])
        other.close()


@posix
def test_without_a_place_for_the_lock_the_first_is_still_found(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    paths = user_paths(tmp_path)
    heard: list[tuple[str, ...]] = []
    with first(paths, heard.append):
        second = Start(paths, "a")
        second.start()
        finish(qtbot, second)
        assert second.handed is True
    assert heard == [("a",)]


@posix
def test_a_first_that_hangs_does_not_keep_the_window_away(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER", 50)
    paths = user_paths(tmp_path)
    with first(paths, lambda _arguments: None):
        # Nothing turns the event loop of the first.
        second = Start(paths, "a")
        second.start()
        second.join(5)
        assert second.handed is False
        assert not second.instance.listen(lambda _arguments: None)
        second.instance.close()


@posix
@pytest.mark.parametrize(
    "said",
    [
        b"\n",
        b"{}\n",
        b"[]\n",
        b'{"arguments": "a", "token": ""}\n',
        b'{"arguments": [1], "token": ""}\n',
        b'{"arguments": [], "token": 5}\n',
        b"[" * 60_000 + b"\n",
        b"\xff\xfe\n",
        b"x" * 200_000,
    ],
)
def test_what_is_no_message_is_refused_and_the_next_is_heard(qtbot: QtBot, tmp_path: Path, said: bytes) -> None:
    heard: list[tuple[str, ...]] = []
    paths = user_paths(tmp_path)
    with first(paths, heard.append):
        stranger = socket.socket(socket.AF_UNIX)
        stranger.settimeout(5)
        stranger.connect(single_instance._address(paths))

        def talk() -> None:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                stranger.sendall(said)
            with contextlib.suppress(ConnectionResetError):
                assert stranger.recv(10) == b""

        talker = threading.Thread(target=talk)
        talker.start()
        qtbot.waitUntil(lambda: not talker.is_alive(), timeout=5_000)
        stranger.close()
        second = Start(paths, "a")
        second.start()
        finish(qtbot, second)
    assert heard == [("a",)]


@posix
def test_a_message_may_come_in_pieces(qtbot: QtBot, tmp_path: Path) -> None:
    heard: list[tuple[str, ...]] = []
    paths = user_paths(tmp_path)
    with first(paths, heard.append):
        talker = socket.socket(socket.AF_UNIX)
        talker.connect(single_instance._address(paths))
        said = json.dumps({"arguments": ["a"], "token": ""}).encode() + b"\n"
        for at in range(len(said)):
            talker.sendall(said[at : at + 1])
            qtbot.wait(0)
        qtbot.waitUntil(lambda: bool(heard), timeout=5_000)
        talker.close()
    assert heard == [("a",)]


@posix
def test_the_right_to_come_to_the_front_is_handed_over(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens: list[str | None] = []
    paths = user_paths(tmp_path)
    with first(paths, lambda _arguments: tokens.append(os.environ.get("XDG_ACTIVATION_TOKEN"))):
        monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "from-the-launcher")
        second = Start(paths)
        second.start()
        qtbot.waitUntil(lambda: not second.is_alive() or bool(tokens), timeout=5_000)
        finish(qtbot, second)
    assert tokens == ["from-the-launcher"]


@posix
def test_somebody_elses_socket_is_not_spoken_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = user_paths(tmp_path)
    trap = socket.socket(socket.AF_UNIX)
    trap.bind(single_instance._address(paths))
    trap.listen()
    trap.settimeout(0)
    real = os.getuid()
    address = single_instance._address(paths)
    monkeypatch.setattr(os, "getuid", lambda: real + 1)
    assert single_instance._hand_over(address, single_instance._Message(("secret",), "")) is None
    with pytest.raises(BlockingIOError):
        trap.accept()
    trap.close()


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_minimised_window_is_raised_as_it_was(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    qtbot.addWidget(window)
    window.showMaximized()
    window.showMinimized()
    raise_window(window)
    assert window.isVisible()
    assert not window.isMinimized()
    assert window.isMaximized()


@posix
def test_a_killed_first_leaves_nothing_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    with tempfile.TemporaryDirectory(prefix="d", dir="/tmp") as data:
        assert _killed_and_taken_over(Path(data), 2) < 3_000
    assert list(temporary.iterdir()) == []


FIRST = """
import sys
import tempfile
from pathlib import Path
from timer_app.paths import user_paths
from timer_app.ui.desktop import single_instance
from timer_app.ui.desktop.single_instance import SingleInstance
single_instance._ask_socket = getattr(single_instance, sys.argv.pop())
instance = SingleInstance(user_paths(Path(sys.argv[1])))
if instance.hand_over(sys.argv[2:]):
    print("handed over", flush=True)
    sys.exit(0)
from PySide6.QtCore import QCoreApplication
application = QCoreApplication([])
instance.listen(lambda arguments: print("heard", *arguments, flush=True))
print("first", flush=True)
application.exec()
"""


def _start(folder: Path, *arguments: str, ask: str = "_ask_socket") -> Child:
    return start("-c", FIRST, str(folder), *arguments, ask)


def _line(child: Child) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def _end(child: Child) -> None:
    child.kill()
    child.communicate()


def _killed_and_taken_over(folder: Path, rounds: int, ask: str = "_ask_socket") -> int:
    """Kill the first again and again; return the longest time from a later start's beginning to its end, in ms."""
    clock = SystemClock()
    longest = 0
    for turn in range(rounds):
        one = _start(folder)
        assert _line(one) == "first"
        began = clock.now()
        two = _start(folder, f"file-{turn}", ask=ask)
        assert _line(one) == f"heard file-{turn}"
        assert _line(two) == "handed over"
        assert two.wait(10) == 0
        longest = max(longest, clock.now() - began)
        two.communicate()
        _end(one)
        if sys.platform != "win32":
            assert one.returncode == -signal.SIGKILL
    return longest


@pytest.mark.parametrize("ask", ["_ask_socket", "_ask_pipe"])
def test_a_killed_first_is_taken_over_in_real_processes(tmp_path: Path, ask: str) -> None:
    assert _killed_and_taken_over(tmp_path, 2, ask) < 3_000


def test_a_window_pipe_that_nobody_listens_at_gives_no_answer(qtbot: QtBot, tmp_path: Path) -> None:
    assert single_instance._ask_pipe(str(tmp_path / "nobody"), b"") is None


def test_of_real_processes_started_at_once_one_is_first(tmp_path: Path) -> None:
    children = [_start(tmp_path, str(number)) for number in range(4)]
    lines = [_line(child) for child in children]
    assert sorted(lines) == ["first", "handed over", "handed over", "handed over"]
    winner = children[lines.index("first")]
    heard = {_line(winner) for _other in range(3)}
    assert heard == {f"heard {number}" for number in range(4) if children[number] is not winner}
    for child in children:
        _end(child)


@pytest.mark.slow
def test_100_killed_firsts_are_taken_over_in_real_processes(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    longest = _killed_and_taken_over(tmp_path, ROUNDS)
    record_property("longest_ms", longest)
    assert longest < 3_000
