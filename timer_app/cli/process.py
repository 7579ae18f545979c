"""Set up the process: usable standard streams, and a quiet end on Ctrl+C. Loaded first, so it imports little."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import TextIO, cast

from timer_app.plain_text import plain_text

INTERRUPTED = 128 + signal.SIGINT
"""The exit code of shells for Ctrl+C."""


def set_up_process() -> None:
    """Make the standard streams usable and harmless, and have Ctrl+C end the program without a traceback."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # A shell that starts the program in the background has it ignored.
        signal.signal(signal.SIGINT, _end)
    sys.excepthook = _hook
    sys.unraisablehook = _unraisable_hook
    sys.stdin = _usable(sys.stdin, 0, "r")
    sys.stdout = _harmless(_usable(sys.stdout, 1, "w"))
    sys.stderr = _harmless(_usable(sys.stderr, 2, "w"), must_succeed=False)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt on Ctrl+C inside the block, to clean up.

    Outside it ends the program at once. Without `set_up_process` nothing changes.
    """
    if signal.getsignal(signal.SIGINT) is not _end:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, _end)


def _end(_number: int = signal.SIGINT, _frame: FrameType | None = None) -> None:
    """Exit at once, without cleaning up."""
    os._exit(INTERRUPTED)


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        _end()
    sys.__excepthook__(kind, error, trace)


def _unraisable_hook(unraisable: sys.UnraisableHookArgs) -> None:
    """Exit on a Ctrl+C that Python cannot raise, as in a finalizer."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        _end()
    sys.__unraisablehook__(unraisable)


def _usable(stream: TextIO | None, number: int, mode: str) -> TextIO:
    """Return a standard stream, or one to the null device in place of a closed one.

    The null device gets its descriptor, too: else the next file that is opened would have it, and whatever a library
    prints would go into that file.
    """
    if stream is not None:
        return stream
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere == number:
        os.set_inheritable(nowhere, True)  # noqa: FBT003 - its one argument
    return cast("TextIO", open(nowhere, mode, encoding="utf-8", closefd=False))


def _harmless(stream: TextIO, *, must_succeed: bool = True) -> TextIO:
    return cast("TextIO", HarmlessStream(stream, must_succeed=must_succeed))


class HarmlessStream:
    """A text stream that replaces control characters, so that a terminal shows them and does not obey them.

    Characters missing from its encoding are replaced. `raw` is the stream below, for our own control sequences. With
    `must_succeed` False, errors of writing are ignored.
    """

    def __init__(self, stream: TextIO, *, must_succeed: bool = True) -> None:
        self.raw = stream
        self._must_succeed = must_succeed
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[attr-defined]

    def write(self, text: str) -> int:
        """Write a text without control characters, except for line ends."""
        with self._failing():
            self.raw.write(plain_text(text))
        return len(text)

    def flush(self) -> None:
        """Flush the stream."""
        with self._failing():
            self.raw.flush()

    def _failing(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext() if self._must_succeed else contextlib.suppress(OSError)

    def __getattr__(self, name: str) -> object:
        return getattr(self.raw, name)


def raw(stream: TextIO) -> TextIO:
    """Return the stream below a `HarmlessStream`, for our own control sequences."""
    return stream.raw if isinstance(stream, HarmlessStream) else stream
