"""The command line: the window, or everything that needs none."""

import os
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask for, or those that this process was started with, and return the exit code."""
    if arguments is None:
        try:
            from timer_app.cli.process import set_up_process  # noqa: PLC0415

            set_up_process()
        except KeyboardInterrupt:
            os._exit(130)  # as `process.py` has it end from here on
    from timer_app.cli.command_line import run_command  # noqa: PLC0415

    return run_command(arguments)
