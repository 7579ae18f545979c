"""`timer-app list`: all sessions with their lengths."""

from __future__ import annotations

from argparse import Namespace

from timer_app.cli.output import print_json, print_lines
from timer_app.cli.session_text import length_text
from timer_app.context import AppContext
from timer_app.i18n import ngettext


def run(context: AppContext, options: Namespace) -> int:
    """Print the sessions, those with problems too."""
    entries = context.library.entries()
    if options.json:
        return print_json(
            [
                {
                    "session": entry.stem,
                    "name": entry.title,
                    "file": str(entry.file),
                    "shipped": entry.shipped,
                    "level": entry.level,
                    "tags": list(entry.tags),
                    "total_seconds": entry.total / 1000,
                    "open_intervals": entry.open_intervals,
                    "problems": len(entry.findings),
                }
                for entry in entries
            ]
        )
    width = max((len(entry.stem) for entry in entries), default=0)
    for entry in entries:
        if entry.broken:
            count = len(entry.findings)
            text = ngettext(
                "{count} problem: timer-app check {file}", "{count} problems: timer-app check {file}", count
            )
            print_lines(f"! {entry.stem:{width}}  {text.format(count=count, file=entry.file)}")
        else:
            print_lines(f"  {entry.stem:{width}}  {length_text(entry.total, entry.open_intervals):>8}  {entry.title}")
    return 0
