"""The command line: the window, or everything that needs none."""

import os
import sys
from collections.abc import Sequence

from timer_app.search_path import trusted_path


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for, or those that this process was started with, and return the exit code."""
    if arguments is None:
        try:
            # Nothing more is imported before this.
            sys.path[:] = trusted_path(sys.path)
            from timer_app.cli.process import set_up_process  # noqa: PLC0415

            set_up_process()
        except KeyboardInterrupt:
            os._exit(130)  # as `process.py` has it end from here on
    from timer_app.cli.command_line import run_command  # noqa: PLC0415

    return run_command(arguments)
