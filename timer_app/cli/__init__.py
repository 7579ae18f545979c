"""The command line: the window, or everything that needs none."""

from timer_app.cli.main import main

__all__ = ["main"]
