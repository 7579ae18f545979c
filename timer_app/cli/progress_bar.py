"""A progress bar on the error stream, so that the output stays clean."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

from timer_app.cli.process import raw

_WIDTH = 24


@contextlib.contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that shows `done` of `total`; it does nothing where the error stream is no terminal."""
    stream = raw(sys.stderr)
    visible = stream.isatty()

    def show(done: int, total: int) -> None:
        if visible and total:
            filled = _WIDTH * done // total
            stream.write(f"\r{what} [{'█' * filled}{'·' * (_WIDTH - filled)}] {done}/{total}")
            stream.flush()

    try:
        yield show
    finally:
        if visible:
            stream.write("\r\x1b[K")
            stream.flush()
