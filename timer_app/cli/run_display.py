"""Show a running session in the terminal, as one line that counts down."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from queue import SimpleQueue
from typing import TextIO
from unicodedata import combining, east_asian_width

from timer_app.cli.keyboard import Keys, is_in_foreground
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

POLL_SECONDS: float = 0.1
"""The longest wait between two polls of the conductor, in real seconds: well below the gap that means a sleep."""

DRAIN_SECONDS: float = 0.3
"""How long the sound device takes to play what is in its buffers, in seconds."""


class DeferredProblems:
    """Problems of other threads, deferred until the line that is rewritten can be cleared for them."""

    def __init__(self, report: Callable[[Problem], None]) -> None:
        self._report = report
        self._waiting: SimpleQueue[Problem] = SimpleQueue()

    def add(self, problem: Problem) -> None:
        """Defer a problem. May be called from any thread."""
        self._waiting.put(problem)

    def __bool__(self) -> bool:
        return not self._waiting.empty()

    def flush(self) -> None:
        """Report the deferred problems."""
        while self:
            self._report(self._waiting.get())


def follow(conductor: Conductor, keys: Keys, out: TextIO, *, rewrite: bool, deferred: DeferredProblems) -> Status:
    """Show a session until it ends, and return how it ended. Ctrl+C stops it and keeps what was done.

    With `rewrite`, the countdown stays on one line, below a line with the keys; without it, as for a log, and in the
    background, each interval is one line.
    """
    if rewrite and keys.available:
        out.write(_("Space pauses, n and p go on and back, + adds ten seconds, q stops.") + "\n")
    try:
        _show(conductor, keys, out, deferred, rewrite=rewrite)
    except KeyboardInterrupt:
        conductor.stop()
    finally:
        # The terminal may be closed.
        with contextlib.suppress(OSError):
            if rewrite and is_in_foreground(out):
                _write_over(out, "")
        deferred.flush()
    if conductor.outro_length():
        keys.wait(conductor.outro_length() / 1000 + DRAIN_SECONDS)
    return conductor.snapshot().status


def _show(conductor: Conductor, keys: Keys, out: TextIO, deferred: DeferredProblems, *, rewrite: bool) -> None:
    shown, count = -1, RepEntry(conductor)
    while (now := conductor.poll()).live:
        rewriting = rewrite and is_in_foreground(out)
        if deferred:
            if rewriting:
                _write_over(out, "")
            deferred.flush()
        if rewriting:
            _write_over(out, line(now, _width(out) - 1, count.prompt() if keys.available else ""))
        elif now.index != shown:
            out.write(line(now) + "\n")
            out.flush()
        shown = now.index
        if now.status is Status.SLEPT and not keys.available:
            # Nobody could press a key to go on.
            conductor.resume()
        key = keys.wait(_wait(conductor, now))
        if not count.handle_key(key):
            _press(conductor, key)


def line(now: Snapshot, width: int = sys.maxsize, count: str = "") -> str:
    """Return a running session as a line of at most `width` columns.

    `count` is the prompt for a count of reps. In a narrow terminal, first the next interval is left out, then the
    number of the rep and the word for the phase; in the end the title is truncated.
    """
    interval = now.interval
    if interval is None:
        return ""
    paused = _("Paused (space goes on)") if now.status in (Status.PAUSED, Status.SLEPT) else ""
    word, rep = interval_word(interval.kind), _rep_text(now)
    title = "" if interval.title == word else interval_title(interval)
    variants = ((word, title, rep, _next_text(now)), (word, title, rep), (word, title), (title or word,))
    texts = [
        plain_line(" · ".join(part for part in (paused, _countdown(now), count, *variant) if part))
        for variant in variants
    ]
    return next((text for text in texts if columns(text) <= width), "") or cut(texts[-1], width)


def columns(text: str) -> int:
    """Return the width of a text in a terminal."""
    return sum(_columns_of(char) for char in text)


def cut(text: str, width: int) -> str:
    """Truncate a text to `width` columns, with an ellipsis."""
    end = used = 0
    for char in text:
        used += _columns_of(char)
        if used > width - 1:
            break
        end += 1
    return text[:end].rstrip(" ·") + "…"


def _columns_of(char: str) -> int:
    return 0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1


def countdown_text(remaining: Milliseconds) -> str:
    """Return the remaining time rounded up to seconds: `1:05`, `1:00:00`."""
    return clock_time(-(-remaining // 1000) * 1000)


def _next_text(now: Snapshot) -> str:
    if not now.upcoming or now.interval is None or now.interval.kind is IntervalKind.SETUP:
        return ""
    following = now.upcoming[0]
    names = {IntervalKind.LAST_REP_HOLD: _("Hold the last rep"), IntervalKind.SWITCH: _("Change sides")}
    return _("next: {title}").format(title=names.get(following.kind) or interval_title(following))


def _rep_text(now: Snapshot) -> str:
    if now.rep is None:
        return ""
    return _("rep {number} of {count}").format(number=now.rep.number, count=now.rep.count)


def _countdown(now: Snapshot) -> str:
    if now.remaining is None:
        return _("{elapsed}, Enter when done").format(elapsed=clock_time(now.elapsed // 1000 * 1000))
    return countdown_text(now.remaining)


def _wait(conductor: Conductor, now: Snapshot) -> float:
    """Return how long to wait for a key, in real seconds: until something is due, at most `POLL_SECONDS`."""
    due = conductor.due_in()
    return POLL_SECONDS if due is None or now.status is not Status.RUNNING else min(POLL_SECONDS, due / 1000)


def _press(conductor: Conductor, key: str) -> None:
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
    """Return whether a stream is a terminal in which a line can be rewritten."""
    if os.environ.get("TERM") == "dumb":
        # As an editor's shell calls itself, which shows control characters as they are.
        return False
    return stream.isatty() and (sys.platform != "win32" or "WT_SESSION" in os.environ)
