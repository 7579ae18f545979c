"""The keys of the terminal while a session runs in it, and the terminal as it was afterwards."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Protocol, TextIO

if sys.platform != "win32":
    import termios
    import tty


class Keys(Protocol):
    """Where strokes come from. Waiting for one is also how the terminal waits for time to pass."""

    @property
    def are_there(self) -> bool:
        """Whether there is anybody who could press one."""

    def wait(self, seconds: float) -> str:
        """Return the next key within `seconds`, or an empty text when none was pressed."""


class NoKeys:
    """No keyboard, as when the program's input is a file or nothing: then only time passes."""

    are_there = False

    def __init__(self) -> None:
        self._never = threading.Event()

    def wait(self, seconds: float) -> str:
        """Return an empty text after `seconds`."""
        self._never.wait(seconds)
        return ""


class TerminalKeys:
    """The keys of the terminal that this process runs in, read one at a time, without Enter.

    A shell in which this process was stopped has set the terminal for itself, and not every shell sets it back; so that
    is seen to before each wait. In the background the keys are the shell's, and the session goes on.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._away = NoKeys()
        self._gone = False
        self._before = termios.tcgetattr(stream)

    @property
    def are_there(self) -> bool:
        """Whether they are this process's now."""
        return not self._gone and self._in_front()

    def wait(self, seconds: float) -> str:
        """Return the next key within `seconds`, or an empty text."""
        if self._gone or not self.take():
            return self._away.wait(seconds)
        ready, _writable, _failed = select.select([self._stream], [], [], seconds)
        if not ready:
            return ""
        key = os.read(self._stream.fileno(), 1)
        # From a terminal that is closed there is always nothing to be read, at once.
        self._gone = not key
        return key.decode(errors="replace")

    def give_back(self) -> None:
        """Put the terminal back as it was, where it is there still."""
        if self._in_front():
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._stream, termios.TCSADRAIN, self._before)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Give the terminal back and stop, as Ctrl+Z wants it, until the shell lets this process go on."""
        self.give_back()
        os.kill(os.getpid(), signal.SIGSTOP)

    def take(self) -> bool:
        """Have the terminal give each key at once; return False where it is somebody else's."""
        if not self._in_front():
            return False
        if termios.tcgetattr(self._stream)[3] & termios.ICANON:
            tty.setcbreak(self._stream, termios.TCSADRAIN)
        return True

    def _in_front(self) -> bool:
        return is_in_front(self._stream)


def is_in_front(stream: TextIO) -> bool:
    """Tell whether this process is the one that the terminal behind a stream belongs to now.

    In the background (`&`) it is not; where nobody can tell, it is.
    """
    try:
        return os.tcgetpgrp(stream.fileno()) == os.getpgrp()
    except (AttributeError, OSError):
        # Windows has no groups, and what is no terminal has no owner.
        return True


@contextlib.contextmanager
def keyboard(stream: TextIO) -> Iterator[Keys]:
    """Give the keys of a terminal while the session runs, and put the terminal back as it was.

    That is also done when the program is told to end, or its terminal is closed. The run then stays without an end:
    what was done is on the disk, and the next start offers to go on.
    """
    if sys.platform == "win32" or not stream.isatty():
        yield NoKeys()
        return
    keys = TerminalKeys(stream)
    handlers = {signal.SIGTERM: _end, signal.SIGHUP: _end, signal.SIGTSTP: keys.stop}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        keys.take()
        yield keys
    finally:
        # Whoever presses Ctrl+C once more must not be left with a terminal that shows nothing.
        before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
        keys.give_back()
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    """Leave in good order, with the exit code that shells give to a signal."""
    raise SystemExit(128 + number)
