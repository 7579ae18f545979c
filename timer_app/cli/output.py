"""Print to the terminal: everything that is printed goes through here, without control characters."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from timer_app.i18n import _
from timer_app.plain_text import UNSAFE, plain_line
from timer_app.problems import Problem, UnreadableFile


def print_lines(*lines: object) -> None:
    """Print each text as one line; the end of a line within it is part of a name, and shown by its code."""
    sys.stdout.write("".join(plain_line(str(line)) + "\n" for line in lines))


def print_error(line: object) -> None:
    """Write a text as one line to the error stream, at once."""
    sys.stderr.write(plain_line(str(line)) + "\n")
    sys.stderr.flush()


def print_problem(problem: Problem) -> None:
    """Write a problem to the error stream, with the commands that put it right."""
    # Each finding is a line of its own; any other end of a line is part of a name.
    lines = map(str, problem.findings) if isinstance(problem, UnreadableFile) else [str(problem)]
    for number, line in enumerate(lines):
        print_error(line if number else f"timer-app: {line}")
    for command in problem.commands:
        print_error(f"timer-app: {command}")


def print_json(document: object) -> int:
    """Print one JSON document, with what a terminal would obey escaped as JSON does it; return the exit code 0."""
    readable = (sys.stdout.encoding or "utf-8").casefold().replace("-", "") == "utf8"
    text = json.dumps(document, ensure_ascii=not readable, indent=2)
    sys.stdout.write(UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text) + "\n")
    return 0


@contextmanager
def printing() -> Iterator[None]:
    """Flush the output at the end. Raises Problem where there is no room for it, and exits where nobody reads it."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has read enough, as `head` does.
        _discard_output()
        raise SystemExit(0) from None
    except OSError as error:
        if not _output_fails():
            raise
        _discard_output()
        what = _("What you asked for cannot be printed: {reason}.").format(reason=error.strerror)
        raise Problem(what, _("Make some room where it goes.")) from error


def _output_fails() -> bool:
    """Return whether it is the output that cannot be written: an empty line more fails again."""
    try:
        print_lines("")
        sys.stdout.flush()
    except OSError:
        return True
    return False


def _discard_output() -> None:
    """Send what is not printed yet nowhere, so that flushing it at the exit does not fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
