"""A session in the terminal: one tidy line that counts down, the same conductor, voice and record as in the window."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from queue import SimpleQueue
from typing import TextIO
from unicodedata import combining, east_asian_width

from timer_app.cli.keyboard import Keys, is_in_front
from timer_app.cli.process import raw
from timer_app.cli.rep_entry import RepEntry
from timer_app.cli.session_text import interval_title, interval_word
from timer_app.clock import Milliseconds
from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import Snapshot, Status
from timer_app.i18n import _
from timer_app.plain_text import plain_line
from timer_app.presentation.formatting import clock_time
from timer_app.problems import Problem
from timer_app.timeline.intervals import IntervalKind

LOOK: float = 0.1
"""The longest wait between two looks at the clock, in real seconds: well below the gap that means a sleep."""

SETTLE: float = 0.3
"""How long the last sound has to get through the computer's own buffers, in seconds."""


class DeferredProblems:
    """What other threads have to tell while a line is written over: it waits until the line makes room for it."""

    def __init__(self, tell: Callable[[Problem], None]) -> None:
        self._tell = tell
        self._waiting: SimpleQueue[Problem] = SimpleQueue()

    def add(self, problem: Problem) -> None:
        """Keep a problem for later. May be called from any thread."""
        self._waiting.put(problem)

    def __bool__(self) -> bool:
        return not self._waiting.empty()

    def tell(self) -> None:
        """Tell all that has been kept."""
        while self:
            self._tell(self._waiting.get())


def follow(conductor: Conductor, keys: Keys, out: TextIO, *, tidy: bool, aside: DeferredProblems) -> Status:
    """Show a session until it ends, and return how it ended. Ctrl+C stops it and keeps what was done.

    `tidy` keeps the countdown on one line that is written over, and tells the keys; without it, as for a log, and while
    the terminal is somebody else's, each interval is one line.
    """
    if tidy and keys.are_there:
        out.write(_("Space pauses, n and p go on and back, + adds ten seconds, q stops.") + "\n")
    try:
        _show_until_its_end(conductor, keys, out, aside, tidy=tidy)
    except KeyboardInterrupt:
        conductor.stop()
    finally:
        # A terminal that was closed takes no more.
        with contextlib.suppress(OSError):
            if tidy and is_in_front(out):
                _write_over(out, "")
        aside.tell()
    if conductor.outro_length():
        keys.wait(conductor.outro_length() / 1000 + SETTLE)
    return conductor.snapshot().status


def _show_until_its_end(conductor: Conductor, keys: Keys, out: TextIO, aside: DeferredProblems, *, tidy: bool) -> None:
    shown, count = -1, RepEntry(conductor)
    while (now := conductor.poll()).live:
        over = tidy and is_in_front(out)
        if aside:
            if over:
                _write_over(out, "")
            aside.tell()
        if over:
            _write_over(out, line(now, _width(out) - 1, count.told() if keys.are_there else ""))
        elif now.index != shown:
            out.write(line(now) + "\n")
            out.flush()
        shown = now.index
        if now.status is Status.SLEPT and not keys.are_there:
            # Nobody could press a key to go on.
            conductor.resume()
        key = keys.wait(_wait(conductor, now))
        if not count.take(key):
            _act(conductor, key)


def line(now: Snapshot, room: int = sys.maxsize, count: str = "") -> str:
    """Return what there is to say of a running session in one line, of at most `room` columns.

    `count` is what there is to say of a count that is asked for. Where there is little room, first what comes next is
    left out, then the number of the rep and the word for the phase; in the end the name is cut short.
    """
    interval = now.interval
    if interval is None:
        return ""
    paused = _("Paused (space goes on)") if now.status in (Status.PAUSED, Status.SLEPT) else ""
    word, rep = interval_word(interval.kind), _rep(now)
    named = "" if interval.title == word else interval_title(interval)
    ways = ((word, named, rep, _coming(now)), (word, named, rep), (word, named), (named or word,))
    texts = [plain_line(" · ".join(part for part in (paused, _countdown(now), count, *way) if part)) for way in ways]
    return next((text for text in texts if columns(text) <= room), "") or cut(texts[-1], room)


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(_columns_of(char) for char in text)


def cut(text: str, room: int) -> str:
    """Return as much of a text as `room` columns hold, with an ellipsis at its end."""
    kept = taken = 0
    for char in text:
        taken += _columns_of(char)
        if taken > room - 1:
            break
        kept += 1
    return text[:kept].rstrip(" ·") + "…"


def _columns_of(char: str) -> int:
    return 0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1


def countdown_text(remaining: Milliseconds) -> str:
    """Return what is left as a countdown shows it, begun seconds counted whole: `1:05`, `1:00:00`."""
    return clock_time(-(-remaining // 1000) * 1000)


def _coming(now: Snapshot) -> str:
    if not now.upcoming or now.interval is None or now.interval.kind is IntervalKind.SETUP:
        return ""
    later = now.upcoming[0]
    names = {IntervalKind.LAST_REP_HOLD: _("Hold the last rep"), IntervalKind.SWITCH: _("Change sides")}
    return _("next: {title}").format(title=names.get(later.kind) or interval_title(later))


def _rep(now: Snapshot) -> str:
    if now.rep is None:
        return ""
    return _("rep {number} of {count}").format(number=now.rep.number, count=now.rep.count)


def _countdown(now: Snapshot) -> str:
    if now.remaining is None:
        return _("{elapsed}, Enter when done").format(elapsed=clock_time(now.elapsed // 1000 * 1000))
    return countdown_text(now.remaining)


def _wait(conductor: Conductor, now: Snapshot) -> float:
    """Return how long to wait for a key, in real seconds: until something is due, and never too long."""
    due = conductor.due_in()
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
    terminal = raw(out)
    terminal.write("\r\x1b[K" + text)
    terminal.flush()


def _width(out: TextIO) -> int:
    try:
        # A terminal that does not know its size says 0.
        return os.get_terminal_size(out.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that a line can be written over in."""
    if os.environ.get("TERM") == "dumb":
        # As an editor's shell calls itself, which shows control characters as they are.
        return False
    return stream.isatty() and (sys.platform != "win32" or "WT_SESSION" in os.environ)
