"""The command line, which also opens the window."""

import os
import sys
from collections.abc import Sequence

from timer_app.search_path import trusted_path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command of the arguments, by default those of this process; return the exit code."""
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
