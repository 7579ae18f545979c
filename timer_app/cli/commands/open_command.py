"""`timer-app`, `open` and `run`: the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timer_app.app import open_window
from timer_app.context import AppContext

if TYPE_CHECKING:
    from argparse import Namespace  # the window, started without arguments, needs no parser


def run(context: AppContext, options: Namespace | None) -> int:
    """Open the window, with a session shown or begun in it. Raises Problem."""
    if options is not None and options.command == "run":
        return open_window(context, [] if options.last else [options.session], begin=True)
    return open_window(context, getattr(options, "session", ()))
