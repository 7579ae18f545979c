"""Run one command, with its problems printed and its history saved.

The one place where a command's module is loaded, so that none waits for what only another needs.
"""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING

from timer_app.cli.output import print_error, print_problem, printing
from timer_app.cli.process import INTERRUPTED, interruptible
from timer_app.clock import SpedClock, SystemClock
from timer_app.context import AppContext
from timer_app.crash_report import install_for_terminal
from timer_app.i18n import _
from timer_app.paths import restrict_permissions, user_paths
from timer_app.problems import Problem

if TYPE_CHECKING:
    from argparse import Namespace  # the window, started without arguments, needs no parser


def execute(options: Namespace | None, *, is_program: bool) -> int:
    """Run a command and return the exit code; with no options it is the window.

    With `is_program`, a crash of this process is reported.
    """
    speed = getattr(options, "speed", 1.0)
    clock = SystemClock() if speed == 1 else SpedClock(SystemClock(), speed)
    context = AppContext(user_paths(options.data_dir if options else None), clock, print_problem)
    if is_program:
        install_for_terminal(context.paths.state, clock.wall)
    restrict_permissions(context.paths)
    code = 1
    try:
        with printing():
            result = _run(context, options)
        code = result
    except Problem as problem:
        print_problem(problem)
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        with interruptible():
            saved = context.close(lambda: print_error(_("Saving your history …")))
    return code if saved else code or 1


def _run(context: AppContext, options: Namespace | None) -> int:
    name = module_name(options)
    run = import_module(f"timer_app.cli.commands.{name}_command").run
    # The window has Ctrl+C end the program at once.
    with nullcontext() if name == "open" else interruptible():
        return int(run(context, options))


def module_name(options: Namespace | None) -> str:
    """Return which module of `commands` runs a command: its name, without `_command`."""
    if options is None or options.command is None or (options.command == "run" and not options.no_window):
        return "open"
    if options.command == "exercises" and options.sheet is not None:
        return "exercise_sheet"
    return str(options.command)
