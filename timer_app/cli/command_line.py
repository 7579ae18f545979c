"""The command line: parse the arguments, then run the command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from timer_app.cli.output import print_problem, printing
from timer_app.i18n import use_language
from timer_app.problems import Problem
from timer_app.sound import WORKER

if TYPE_CHECKING:
    from argparse import Namespace


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Run the command of the arguments, or of those that this process was started with.

    Returns 0, 1 for a problem, also of saving, or what shells give for Ctrl+C; wrong usage exits with 2.
    """
    is_program = arguments is None
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments[:1] == [WORKER]:
        return int(import_module("timer_app.sound.voice_worker").main())
    use_language()
    try:
        with printing():
            options = _parse(arguments) if arguments else None
    except Problem as problem:
        print_problem(problem)
        return 1
    from timer_app.cli.execution import execute  # noqa: PLC0415 - --help and --version need none of it

    return execute(options, is_program=is_program)


def _parse(arguments: Sequence[str]) -> Namespace:
    from timer_app.cli.parser import parse  # noqa: PLC0415 - without arguments it is the window, which waits for nothing

    return parse(arguments)
