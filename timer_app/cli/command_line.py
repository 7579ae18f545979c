"""The command line's beginning and end: what was asked for is done, and every problem is told in plain words."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timer_app.cli.output import print_lines, tell_line
from timer_app.cli.process import INTERRUPTED, interruptible
from timer_app.clock import SpedClock, SystemClock
from timer_app.i18n import _, use_language
from timer_app.problems import Problem, UnreadableFile
from timer_app.sound import WORKER

if TYPE_CHECKING:
    from argparse import Namespace

    from timer_app.app import AppContext


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for, or those that this process was started with.

    Returns 0, 1 for a problem, also of saving, or what shells give for Ctrl+C; wrong usage exits with 2.
    """
    is_program = arguments is None
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments[:1] == [WORKER]:
        from timer_app.sound.voice_worker import main as work  # noqa: PLC0415 - the worker is another program

        return work()
    use_language()
    try:
        with _printing():
            asked = _asked(arguments) if arguments else None
    except Problem as problem:
        tell(problem)
        return 1
    from timer_app.app import AppContext  # noqa: PLC0415 - neither does --help or --version
    from timer_app.paths import keep_private, user_paths  # noqa: PLC0415

    speed = getattr(asked, "speed", 1.0)
    clock = SystemClock() if speed == 1 else SpedClock(SystemClock(), speed)
    context = AppContext(user_paths(asked.data_dir if asked else None), clock, tell)
    if is_program:
        from timer_app.crash_report import install_for_terminal  # noqa: PLC0415

        install_for_terminal(context.paths.state, clock.wall)
    keep_private(context.paths)
    code = 1
    try:
        with _printing():
            done = _do(context, asked)
        code = done
    except Problem as problem:
        tell(problem)
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        with interruptible():
            saved = context.close(_say_that_it_saves)
    return code if saved else code or 1


@contextmanager
def _printing() -> Iterator[None]:
    """Have all that is printed meanwhile where it belongs. Raises Problem where there is no room for it."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has read enough, as `head` does.
        _print_no_more()
        raise SystemExit(0) from None
    except OSError as error:
        if not _output_fails():
            raise
        _print_no_more()
        what = _("What you asked for cannot be printed: {reason}.").format(reason=error.strerror)
        raise Problem(what, _("Make some room where it goes.")) from error


def _output_fails() -> bool:
    """Tell whether it is the output that cannot be written: an empty line more fails again."""
    try:
        print_lines("")
        sys.stdout.flush()
    except OSError:
        return True
    return False


def _print_no_more() -> None:
    """Let what is not printed yet go nowhere, and the end of the program not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _asked(arguments: Sequence[str]) -> Namespace:
    """Return what is asked for. With no words it is the window, which need not wait for the parser."""
    from timer_app.cli.parser import parse  # noqa: PLC0415 - only for those who type

    return parse(arguments)


def _do(context: AppContext, asked: Namespace | None) -> int:
    """Open the window, or do what needs none; neither loads what only the other needs."""
    if asked is None or asked.command in (None, "open") or (asked.command == "run" and not asked.no_window):
        from timer_app.app import open_window  # noqa: PLC0415

        if asked is not None and asked.command == "run":
            return open_window(context, [] if asked.last else [asked.session], begin=True)
        return open_window(context, getattr(asked, "session", ()))
    from timer_app.cli.commands import COMMANDS  # noqa: PLC0415

    with interruptible():
        return COMMANDS[asked.command](context, asked)


def _say_that_it_saves() -> None:
    tell_line(_("Saving your history …"))


def tell(problem: Problem) -> None:
    """Tell the person about a problem, on the terminal."""
    # Each finding is a line of its own; any other end of a line is part of a name.
    lines = map(str, problem.findings) if isinstance(problem, UnreadableFile) else [str(problem)]
    for number, line in enumerate(lines):
        tell_line(line if number else f"timer-app: {line}")
    from timer_app.history.errors import HistoryDamaged, HistoryMissing  # noqa: PLC0415 - seldom needed

    ways = []
    if isinstance(problem, HistoryDamaged | HistoryMissing) and problem.backup is not None:
        ways.append(_("To restore it: timer-app history restore {file}").format(file=problem.backup.file))
    if isinstance(problem, HistoryMissing):
        ways.append(_("To begin anew: timer-app history new"))
        if not problem.can_begin:
            ways.clear()
    for way in ways:
        tell_line(f"timer-app: {way}")
