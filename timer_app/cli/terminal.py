"""A session in the terminal: one tidy line that counts down, the same conductor, voice and record as in the window."""

from __future__ import annotations

import contextlib
import os
import select
import sys
from collections.abc import Callable, Iterator
from typing import Protocol, TextIO

from timer_app.clock import Milliseconds
from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import Snapshot, Status
from timer_app.definition.model import Side
from timer_app.i18n import _
from timer_app.timeline.intervals import Interval, Kind

LOOK: float = 0.1
"""The longest wait between two looks at the clock, in real seconds: well below the gap that means a sleep."""


SETTLE: float = 0.3
"""How long the last sound has to get through the computer's own buffers, in seconds."""


class Keys(Protocol):
    """Where strokes come from. Waiting for one is also how the terminal waits for time to pass."""

    @property
    def are_there(self) -> bool:
        """Whether there is anybody who could press one."""

    def wait(self, seconds: float) -> str:
        """Return the next key within `seconds`, or an empty text when none was pressed."""


class TerminalKeys:
    """The keys of the terminal that this process runs in, read one at a time, without Enter."""

    are_there = True

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def wait(self, seconds: float) -> str:
        """Return the next key within `seconds`, or an empty text."""
        ready, _writable, _failed = select.select([self._stream], [], [], seconds)
        return os.read(self._stream.fileno(), 1).decode(errors="replace") if ready else ""


class NoKeys:
    """No keyboard, as when the program's input is a file or nothing: then only time passes."""

    are_there = False

    def __init__(self) -> None:
        import threading  # noqa: PLC0415 - not needed where there are keys

        self._never = threading.Event()

    def wait(self, seconds: float) -> str:
        """Return an empty text after `seconds`."""
        self._never.wait(seconds)
        return ""


@contextlib.contextmanager
def keyboard(stream: TextIO) -> Iterator[Keys]:
    """Give the keys of a terminal while the session runs, and put the terminal back as it was."""
    if sys.platform == "win32" or not stream.isatty():
        yield NoKeys()
        return
    import termios  # noqa: PLC0415 - Windows has none
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(stream)
    tty.setcbreak(stream)
    try:
        yield TerminalKeys(stream)
    finally:
        termios.tcsetattr(stream, termios.TCSADRAIN, before)


def follow(conductor: Conductor, keys: Keys, out: TextIO, *, tidy: bool) -> Status:
    """Show a session until it ends, and return how it ended. Ctrl+C stops it and keeps what was done.

    `tidy` keeps the countdown on one line that is written over; without it, as for a log, each interval is one line.
    """
    shown = -1
    try:
        while (now := conductor.look()).live:
            if tidy:
                _write_over(out, line(now))
            elif now.index != shown:
                out.write(line(now) + "\n")
                out.flush()
            shown = now.index
            if now.status is Status.SLEPT and not keys.are_there:
                # Nobody could press a key to go on.
                conductor.resume()
            _act(conductor, keys.wait(_wait(conductor, now)))
    except KeyboardInterrupt:
        conductor.stop()
    if tidy:
        _write_over(out, "")
    if conductor.last_words():
        keys.wait(conductor.last_words() / 1000 + SETTLE)
    return conductor.snapshot().status


def line(now: Snapshot) -> str:
    """Return what there is to say of a running session in one line."""
    interval = now.interval
    if interval is None:
        return ""
    parts = [_countdown(now), word_of(interval.kind)]
    if interval.title != parts[-1]:
        parts.append(title_of(interval))
    if now.rep is not None:
        parts.append(_("rep {number} of {count}").format(number=now.rep.number, count=now.rep.count))
    if now.status in (Status.PAUSED, Status.SLEPT):
        parts.insert(0, _("Paused (space goes on)"))
    if now.upcoming and interval.kind is not Kind.SETUP:
        parts.append(_("next: {title}").format(title=title_of(now.upcoming[0])))
    return " · ".join(parts)


def word_of(kind: Kind) -> str:
    """Return the word that tells what an interval is for."""
    return {
        Kind.SETUP: _("Get ready"),
        Kind.WORK: _("Work"),
        Kind.LAST_REP_HOLD: _("Hold"),
        Kind.SWITCH: _("Switch"),
        Kind.REST: _("Rest"),
    }[kind]


def title_of(interval: Interval) -> str:
    """Return an interval's title with its side and its set, as far as it has any."""
    sides = {Side.LEFT: _("left"), Side.RIGHT: _("right")}
    parts = [interval.title]
    if interval.side is not None:
        parts.append(sides[interval.side])
    if interval.sets is not None and interval.sets > 1:
        parts.append(f"{interval.set}/{interval.sets}")
    return " ".join(parts)


def clock_text(length: Milliseconds) -> str:
    """Return a length as a clock shows it, begun seconds counted whole: `1:05`, `1:00:00`."""
    minutes, seconds = divmod(-(-length // 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _countdown(now: Snapshot) -> str:
    if now.remaining is None:
        return _("{elapsed}, Enter when done").format(elapsed=clock_text(now.elapsed // 1000 * 1000))
    return clock_text(now.remaining)


def _wait(conductor: Conductor, now: Snapshot) -> float:
    """Return how long to wait for a key, in real seconds: until something is due, and never too long."""
    due = conductor.next_look()
    return LOOK if due is None or now.status is not Status.RUNNING else min(LOOK, due / 1000)


def _act(conductor: Conductor, key: str) -> None:
    actions: dict[str, Callable[[], None]] = {
        " ": conductor.toggle,
        "n": conductor.skip,
        "p": conductor.back,
        "+": conductor.extend,
        "q": conductor.stop,
        "\n": conductor.done,
        "\r": conductor.done,
    }
    if key in actions:
        actions[key]()


def _write_over(out: TextIO, text: str) -> None:
    width = _columns(out)
    out.write("\r\x1b[K" + text[: width - 1])
    out.flush()


def _columns(out: TextIO) -> int:
    try:
        return os.get_terminal_size(out.fileno()).columns
    except (OSError, ValueError):
        return 80


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that a line can be written over in."""
    return stream.isatty() and (sys.platform != "win32" or "WT_SESSION" in os.environ)
