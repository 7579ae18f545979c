"""The keys of a terminal, and the terminal as it was afterwards, however the program ends."""

from __future__ import annotations

import io
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pseudo_terminal import skip_without_pty
from timer_app.cli.keyboard import NoKeys, keyboard
from timer_app.clock import SystemClock
from timer_app.conductor.interrupted_run import find_interrupted
from timer_app.history.reader import History
from timer_app.paths import user_paths

termios = pytest.importorskip("termios")


def test_a_file_has_no_keys() -> None:
    with keyboard(io.StringIO()) as keys:
        assert isinstance(keys, NoKeys)
        assert keys.wait(0.001) == ""
        assert not keys.available


def test_a_terminal_gives_single_keys_and_is_put_back_as_it_was() -> None:
    termios = pytest.importorskip("termios")
    skip_without_pty()
    main, side = os.openpty()
    with os.fdopen(side, "r") as stream:
        before = termios.tcgetattr(stream)
        with keyboard(stream) as keys:
            assert keys.available
            assert not termios.tcgetattr(stream)[3] & termios.ICANON
            os.write(main, b"n")
            assert keys.wait(5) == "n"
            assert keys.wait(0.001) == ""
        assert termios.tcgetattr(stream) == before
    os.close(main)


@dataclass
class Terminal:
    """A session that runs in a terminal of its own."""

    process: int
    screen: int
    before: list[object]

    def read_until(self, text: str) -> str:
        """Return what is written until there is a text, with it; the test's own limit ends what never comes."""
        seen = b""
        while text.encode() not in seen:
            seen += os.read(self.screen, 1_024)
        return seen.decode()

    def read_to_the_end(self) -> str:
        """Return all that is still written."""
        seen = b""
        while True:
            try:
                seen += os.read(self.screen, 1_024)
            except OSError:
                # As Linux tells that nobody has the terminal any more.
                return seen.decode()

    def type(self, key: bytes) -> None:
        os.write(self.screen, key)

    @property
    def as_before(self) -> bool:
        return bool(termios.tcgetattr(self.screen) == self.before)

    def end(self) -> int:
        """Wait for its end, and return its exit code."""
        _process, status = os.waitpid(self.process, 0)
        self.process = 0
        return os.waitstatus_to_exitcode(status)


def open_terminal(program: str, *arguments: str) -> Terminal:
    """Run a program in a terminal of its own."""
    import pty

    skip_without_pty()
    process, screen = pty.fork()
    if not process:
        # Tests that are run in the background may ignore Ctrl+C, and what they start would as well.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(program, [program, *arguments])
    return Terminal(process, screen, termios.tcgetattr(screen))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = open_terminal(sys.executable, *program(tmp_path), "--speed", "1.5")
    made.read_until("Get ready")
    yield made
    if made.process:
        os.kill(made.process, signal.SIGKILL)
        made.end()
    os.close(made.screen)


def program(folder: Path) -> list[str]:
    return ["-m", "timer_app", "--data-dir", str(folder), "run", "superman-tens", "--no-window"]


@pytest.mark.parametrize(("key", "code"), [(b"q", 0), (b"\x03", 0)], ids=["q", "Ctrl+C"])
def test_a_session_that_is_stopped_leaves_the_terminal_as_it_was(terminal: Terminal, key: bytes, code: int) -> None:
    assert not terminal.as_before
    terminal.type(key)
    terminal.read_until("What you did is kept.")
    assert terminal.end() == code
    assert terminal.as_before


def test_ctrl_c_pressed_again_and_again_ends_it_quietly_and_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.type(b"\x03")
    seen = terminal.read_until("\r\x1b[K")
    for _time in range(3):
        terminal.type(b"\x03")
    seen += terminal.read_to_the_end()
    # 1 where what was not written yet is kept for the next start; and in its last moments Python gives signals back to
    # the system, which shells report as 130 too.
    assert terminal.end() in (0, 1, 130, -signal.SIGINT)
    assert "Traceback" not in seen
    assert terminal.as_before


def test_a_program_that_is_reported_to_end_does_so_too_and_can_be_gone_on_with(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.type(b"n")
    terminal.read_until("Work")
    os.kill(terminal.process, signal.SIGTERM)
    assert terminal.end() == 128 + signal.SIGTERM
    assert terminal.as_before
    left = History(user_paths(tmp_path).history).unfinished()
    assert left is not None
    assert [done.kind for done in left.intervals] == ["setup"]


def test_a_program_that_is_suspended_gives_the_terminal_back_and_takes_it_again(terminal: Terminal) -> None:
    terminal.type(b"\x1a")
    _process, status = os.waitpid(terminal.process, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    assert terminal.as_before
    os.kill(terminal.process, signal.SIGCONT)
    terminal.read_until("\r\x1b[K")
    terminal.type(b"n")
    terminal.read_until("Work")
    assert not terminal.as_before


def test_a_shell_that_set_the_terminal_for_itself_does_not_keep_it(terminal: Terminal) -> None:
    termios.tcsetattr(terminal.screen, termios.TCSADRAIN, terminal.before)
    terminal.read_until("\r\x1b[K")
    terminal.read_until("\r\x1b[K")
    terminal.type(b"n")
    terminal.read_until("Work")


def test_a_terminal_that_is_closed_ends_the_program(terminal: Terminal) -> None:
    os.kill(terminal.process, signal.SIGHUP)
    assert terminal.end() == 128 + signal.SIGHUP


@pytest.mark.parametrize(
    "line", ["set -m; {run} & wait", "TERM=dumb {run}"], ids=["in the background", "on a dumb terminal"]
)
def test_a_line_is_written_over_only_where_that_can_be_done(tmp_path: Path, line: str) -> None:
    """A program behind a shell's prompt would write over what is being typed there."""
    run = shlex.join([sys.executable, *program(tmp_path), "--speed", "1000"])
    shell = open_terminal("/bin/sh", "-c", line.format(run=run))
    seen = shell.read_until("Well done.")
    assert shell.end() == 0
    os.close(shell.screen)
    assert "\x1b" not in seen
    phases = [text.split(" · ")[1] for text in seen.splitlines() if " · " in text]
    # At this speed a busy computer passes over some of them.
    assert len(phases) > 3
    assert set(phases) <= {"Get ready", "Work", "Hold", "Rest"}


def test_work_that_was_gone_back_to_says_what_counts(tmp_path: Path) -> None:
    ran = open_terminal(sys.executable, *program(tmp_path), "--speed", "10")
    ran.read_until("Get ready")
    ran.type(b"n")
    for key in (b"p", b"q"):
        ran.read_until("0:36")
        ran.type(key)
    ran.read_until("Where you went back, your best attempt counts.")
    assert ran.end() == 0
    os.close(ran.screen)


def interrupt(folder: Path) -> None:
    """Leave a session as a power cut would, its setup done."""
    cut = open_terminal(sys.executable, *program(folder))
    cut.read_until("Get ready")
    cut.type(b"n")
    cut.read_until("Work")
    history = History(user_paths(folder).history)
    os.kill(cut.process, signal.SIGTERM)
    cut.end()
    os.close(cut.screen)
    left = history.unfinished()
    assert left is not None
    assert len(left.intervals) == 1


def test_a_session_that_was_interrupted_is_gone_on_with_in_the_terminal(tmp_path: Path) -> None:
    interrupt(tmp_path)
    again = open_terminal(sys.executable, *program(tmp_path))
    asked = again.read_until("[Y/n]")
    assert "Go on with Superman, set 1 of 3? “Superman tens” was interrupted after 0:0" in asked
    again.type(b"x\r")
    shown = again.read_until("Work")
    assert "Paused (space goes on)" in shown, "nobody is in position yet"
    assert "Get ready" not in shown
    again.type(b"q")
    again.read_until("What you did is kept.")
    assert again.end() == 0
    os.close(again.screen)
    (run,) = History(user_paths(tmp_path).history).runs()
    assert run.outcome == "stopped"


def test_on_a_no_it_is_kept_as_stopped_and_another_one_begins(tmp_path: Path) -> None:
    interrupt(tmp_path)
    anew = open_terminal(sys.executable, *program(tmp_path))
    anew.read_until("[Y/n]")
    anew.type(b"n")
    anew.read_until("Get ready")
    os.kill(anew.process, signal.SIGTERM)
    anew.end()
    os.close(anew.screen)
    history = History(user_paths(tmp_path).history)
    assert [run.outcome for run in history.runs()] == ["interrupted", "stopped"]
    left = history.unfinished()
    assert left is not None
    assert not left.intervals


@pytest.mark.parametrize("elsewhere", ["another session", "nobody at the keys"])
def test_who_runs_something_else_or_is_not_there_is_not_asked(tmp_path: Path, elsewhere: str) -> None:
    interrupt(tmp_path)
    command = [*program(tmp_path), "--speed", "1000"]
    if elsewhere == "another session":
        command[command.index("superman-tens")] = "planks-by-the-minute"
        other = open_terminal(sys.executable, *command)
        seen = other.read_until("Well done.")
        other.end()
        os.close(other.screen)
    else:
        done = subprocess.run([sys.executable, *command], stdin=subprocess.DEVNULL, capture_output=True, check=True)
        seen = done.stdout.decode()
    assert "Go on with" not in seen
    assert History(user_paths(tmp_path).history).unfinished() is not None


def test_a_session_that_another_terminal_plays_is_not_offered(tmp_path: Path) -> None:
    playing = open_terminal(sys.executable, *program(tmp_path))
    playing.read_until("Get ready")
    playing.type(b"n")
    playing.read_until("0:38")
    history, later = History(user_paths(tmp_path).history), SystemClock().wall() + timedelta(hours=1)
    assert find_interrupted(history, {}, later) is None
    os.kill(playing.process, signal.SIGKILL)
    playing.end()
    os.close(playing.screen)
    assert find_interrupted(history, {}, later) is not None


def test_ctrl_c_at_the_question_changes_nothing(tmp_path: Path) -> None:
    interrupt(tmp_path)
    asked = open_terminal(sys.executable, *program(tmp_path))
    asked.read_until("[Y/n]")
    asked.type(b"\x03")
    assert asked.end() == 130
    assert asked.as_before
    os.close(asked.screen)
    left = History(user_paths(tmp_path).history).unfinished()
    assert left is not None
    assert len(left.intervals) == 1
