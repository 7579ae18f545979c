"""The one place where text meets the terminal: whatever is printed goes through here, and is shown harmlessly."""

from __future__ import annotations

import json
import sys

from timer_app.plain_text import UNSAFE, plain_line


def print_lines(*lines: object) -> None:
    """Print each text as one line; the end of a line within it is part of somebody's name, and shown by its code."""
    sys.stdout.write("".join(plain_line(str(line)) + "\n" for line in lines))


def tell_line(line: object) -> None:
    """Write a text as one line to the error stream, at once."""
    sys.stderr.write(plain_line(str(line)) + "\n")
    sys.stderr.flush()


def print_json(document: object) -> int:
    """Print one JSON document, with what a terminal would obey escaped as JSON does it; return the exit code 0."""
    readable = (sys.stdout.encoding or "utf-8").casefold().replace("-", "") == "utf8"
    text = json.dumps(document, ensure_ascii=not readable, indent=2)
    sys.stdout.write(UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n")
    return 0
