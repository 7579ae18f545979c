"""Read single keys from the terminal while a session runs, and restore its settings afterwards."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Protocol, TextIO, TypeAlias

if sys.platform != "win32":
    import termios
    import tty

Handler: TypeAlias = "Callable[[int, FrameType | None], object]"


class Keys(Protocol):
    """A source of key presses. Waiting for one is also how the terminal waits for time to pass."""

    @property
    def available(self) -> bool:
        """Whether a user could press a key."""

    def wait(self, seconds: float) -> str:
        """Return the next key within `seconds`, or an empty text when none was pressed."""


class NoKeys:
    """No keyboard, as when the input is a file: waiting only lets time pass."""

    available = False

    def __init__(self) -> None:
        self._never = threading.Event()

    def wait(self, seconds: float) -> str:
        """Return an empty text after `seconds`."""
        self._never.wait(seconds)
        return ""


class TerminalKeys:
    """The keys of the terminal that this process runs in, read one at a time, without Enter.

    A shell in which this process was stopped changes the terminal's settings, and not every shell restores them, so
    they are set before each wait. In the background the keys are the shell's, and the session continues.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._no_keys = NoKeys()
        self._closed = False
        self._before = termios.tcgetattr(stream)

    @property
    def available(self) -> bool:
        """Whether this process is in the foreground of an open terminal."""
        return not self._closed and self._in_foreground()

    def wait(self, seconds: float) -> str:
        """Return the next key within `seconds`, or an empty text."""
        if self._closed or not self.acquire():
            return self._no_keys.wait(seconds)
        ready, _writable, _failed = select.select([self._stream], [], [], seconds)
        if not ready:
            return ""
        key = os.read(self._stream.fileno(), 1)
        # A closed terminal is always ready, with nothing to read.
        self._closed = not key
        return key.decode(errors="replace")

    def restore(self) -> None:
        """Restore the terminal's settings, unless it is closed or another process's."""
        if self._in_foreground():
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._stream, termios.TCSADRAIN, self._before)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Restore the terminal and stop this process, for Ctrl+Z."""
        self.restore()
        os.kill(os.getpid(), signal.SIGSTOP)

    def acquire(self) -> bool:
        """Set the terminal to single keys; return False in the background."""
        if not self._in_foreground():
            return False
        if termios.tcgetattr(self._stream)[3] & termios.ICANON:
            tty.setcbreak(self._stream, termios.TCSADRAIN)
        return True

    def _in_foreground(self) -> bool:
        return is_in_foreground(self._stream)


def is_in_foreground(stream: TextIO) -> bool:
    """Return whether this process is in the foreground of its terminal, or has no job control."""
    try:
        return os.tcgetpgrp(stream.fileno()) == os.getpgrp()
    except (AttributeError, OSError):
        # Windows has no process groups, and a file has no foreground.
        return True


@contextlib.contextmanager
def keyboard(stream: TextIO) -> Iterator[Keys]:
    """Yield the keys of a terminal, and restore its settings at the end, also on SIGTERM and SIGHUP.

    After such a signal the run has no end: the next start offers to resume it.
    """
    if sys.platform == "win32" or not stream.isatty():
        yield NoKeys()
        return
    keys = TerminalKeys(stream)
    handlers: dict[int, Handler] = {signal.SIGTERM: _end, signal.SIGHUP: _end, signal.SIGTSTP: keys.stop}
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        handlers[signal.SIGINT] = _interrupt_once()
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        try:
            keys.acquire()
            yield keys
        finally:
            if signal.SIGINT in before:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
    finally:
        # No Ctrl+C can interrupt this: one has been raised by now, or all are ignored.
        keys.restore()
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt_once() -> Handler:
    """Return a handler of SIGINT that raises KeyboardInterrupt once.

    A second one, raised while the first is handled, could leave a terminal without echo.
    """
    raised = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal raised
        if not raised:
            raised = True
            signal.default_int_handler(number, frame)

    return interrupt


def _end(number: int, _frame: FrameType | None) -> None:
    """Exit with the code that shells give to a signal."""
    raise SystemExit(128 + number)
