"""`timer-app check`: what is wrong in session files, line by line."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from timer_app.atomic_write import MAX_BYTES, read_start, unreadable
from timer_app.cli.output import print_json, print_lines
from timer_app.context import AppContext
from timer_app.definition.parser import check_session
from timer_app.i18n import ngettext
from timer_app.problems import Finding


def run(context: AppContext, options: Namespace) -> int:
    """Print every finding, and return 1 where there are any. Raises Problem for a file that cannot be read."""
    findings: list[Finding] = []
    for file in options.files:
        findings += check_session(_content(file), str(file), context.catalogue)
    if options.json:
        print_json(
            [
                {
                    "file": finding.file,
                    "line": finding.line,
                    "column": finding.column,
                    "where": finding.where,
                    "problem": finding.problem,
                    "instead": finding.instead,
                }
                for finding in findings
            ]
        )
    else:
        print_lines(*findings)
        if not findings:
            count = len(options.files)
            print_lines(
                ngettext("{count} file, nothing wrong.", "{count} files, nothing wrong.", count).format(count=count)
            )
    return 1 if findings else 0


def _content(file: Path) -> bytes:
    """Return a file's bytes, or as many as show that it is too large. Raises Problem."""
    try:
        return read_start(file, MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(file, error, by_path=True) from error
