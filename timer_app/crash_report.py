"""The report of a bug of ours: made, saved in the user's state folder, and printed in one line on the terminal.

A report says which versions ran where, and what was being done when it broke. It is for whoever mends the program, so
it is in English. It goes nowhere by itself: the user may copy it.
"""

from __future__ import annotations

import inspect
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from timer_app import __version__
from timer_app.atomic_write import write_atomically
from timer_app.i18n import _
from timer_app.plain_text import plain_line, plain_text
from timer_app.problems import Problem

KEPT = 10
"""How many reports are kept: our choice, enough to see what comes back."""

LONGEST = 60_000
"""The most characters of a traceback that are reported; of a longer one, its beginning and its end."""

_Signature: TypeAlias = tuple[str, ...]


class Crash(Struct, frozen=True):
    """One bug as it was met: in one line, as a report, and the report's file, None where it could not be saved.

    `count` says how often it was met in this run of the program, from 1; `ended` that the program has ended with it.
    """

    what: str
    report: str
    file: Path | None
    count: int = 1
    ended: bool = False


class CrashReporter:
    """Report uncaught exceptions from any thread; one that repeats itself is saved only once.

    Reports go into `folder`. `on_crash` is called with every crash, also with one met before. A problem of the user's
    world that nobody has shown yet is no crash: it goes to `on_problem`. `about` are lines that the report begins with.
    """

    def __init__(
        self,
        folder: Path,
        wall: Callable[[], datetime],
        *,
        on_crash: Callable[[Crash], None],
        on_problem: Callable[[Problem], None],
        about: Sequence[str] = (),
    ) -> None:
        self._folder = folder
        self._wall = wall
        self._on_crash = on_crash
        self._on_problem = on_problem
        self._about = tuple(about)
        # Reentrant: what is torn down while a report is made may complain in its turn.
        self._lock = threading.RLock()
        self._crashes: dict[_Signature, Crash] = {}
        self._interrupted = sys.excepthook

    def error(self, error: BaseException, where: str = "", *, ended: bool = False) -> None:
        """Report an exception; `where` names the thread when it is not the main one, `ended` as in a crash."""
        if isinstance(error, Problem):
            self._on_problem(error)
            return
        frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-3:]]
        signature = (type(error).__qualname__, *frames)
        what = "".join(traceback.format_exception_only(error)).strip().partition("\n")[0]
        self._record(signature, what, "".join(traceback.format_exception(error)), where, ended=ended)

    def message(self, message: str, where: str = "") -> None:
        """Report what a library complained of; `where` is the place in it, as far as it is known."""
        self._record(("message", message), message.partition("\n")[0], message, where)

    def _record(self, signature: _Signature, what: str, details: str, where: str, *, ended: bool = False) -> None:
        with self._lock:
            previous = self._crashes.get(signature)
            if previous is None:
                when = self._wall()
                report = report_text(details, when=when, about=self._about, where=where)
                file = save_report(self._folder, report, when)
                crash = Crash(_without_home(what), report, file, ended=ended)
            else:
                crash = replace(previous, count=previous.count + 1)
            self._crashes[signature] = crash
        self._on_crash(crash)

    def install(self) -> Callable[[], None]:
        """Take every exception that nobody caught, in all threads, and return what gives it back as it was."""
        before = sys.excepthook, threading.excepthook
        self._interrupted = sys.excepthook
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

        def restore() -> None:
            sys.excepthook, threading.excepthook = before

        return restore

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._interrupted(kind, error, trace)
        else:
            frame = inspect.currentframe()
            # Nothing has called this hook when the whole program has been left; a slot is called by the event loop.
            self.error(error.with_traceback(trace), ended=frame is not None and frame.f_back is None)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            where = args.thread.name if args.thread is not None else ""
            self.error(args.exc_value.with_traceback(args.exc_traceback), where)


def report_text(details: str, *, when: datetime, about: Sequence[str] = (), where: str = "") -> str:
    """Return the report of `details`, such as a traceback; the user's home folder is written as `~`."""
    if len(details) > LONGEST:
        details = f"{details[: LONGEST // 2]}\n[…]\n{details[-LONGEST // 2 :]}"
    lines = [
        f"Guided Session Timer {__version__}",
        *about,
        f"Python {platform.python_version()} ({platform.python_implementation()})",
        f"System {platform.platform()}",
        f"When   {when.isoformat(timespec='seconds')}",
    ]
    if where:
        lines.append(f"Where  {where}")
    return _without_home("\n".join([*lines, "", details.rstrip(), ""]))


def save_report(folder: Path, report: str, when: datetime) -> Path | None:
    """Save a report under the time `when`, let the oldest go, and return its file; None where there is no room for it.

    A report that cannot be saved is still shown, so this raises nothing.
    """
    stem = f"crash-{when:%Y%m%d-%H%M%S}"
    try:
        file = next(file for file in _names(folder, stem) if not file.exists())
        write_atomically(file, report.encode("utf-8", "backslashreplace"))
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, StopIteration):
        return None
    return file


def _names(folder: Path, stem: str) -> Sequence[Path]:
    """Return the files for the reports of one second, in an order that is the one of their names too."""
    return [folder / f"{stem}.txt", *(folder / f"{stem}_{number:03}.txt" for number in range(2, 1000))]


def _without_home(text: str) -> str:
    try:
        home = str(Path.home())
    except RuntimeError:
        # Nobody's home, so it is nowhere in the text.
        return text
    return text if len(home) < 3 else text.replace(home, "~")


def print_crash(crash: Crash, out: TextIO | None) -> None:
    """Print a crash on the terminal: one line with the report's file, or the whole report where it was not saved.

    Prints nothing for a repeated crash, nor without a terminal.
    """
    if crash.count > 1 or out is None:
        return
    if crash.file is None:
        out.write(plain_text(crash.report))
    text = (
        _("Something went wrong in the program ({what}). The report above could not be saved.")
        if crash.file is None
        else _("Something went wrong in the program ({what}). The report is in {file}")
    )
    out.write(plain_line(text.format(what=crash.what, file=crash.file)) + "\n")
    out.flush()


def install_for_terminal(folder: Path, wall: Callable[[], datetime]) -> Callable[[], None]:
    """Print bugs on the terminal from now on, with reports in `folder`; return what gives it back as it was.

    Python itself ends with the exit code 1 after an exception in the main thread.
    """

    def on_problem(problem: Problem) -> None:
        if sys.stderr is not None:
            sys.stderr.write(plain_text(str(problem)) + "\n")

    return CrashReporter(
        folder, wall, on_crash=lambda crash: print_crash(crash, sys.stderr), on_problem=on_problem
    ).install()
