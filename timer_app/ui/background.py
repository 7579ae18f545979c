"""Work off the screen's thread, with the answer back on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, SignalInstance

Answer = TypeVar("Answer")


class _Carrier(QObject):
    arrived = Signal(object)
    failed = Signal(object)


def carry(signal: SignalInstance, *news: object) -> None:
    """Emit a signal of the screen's thread from another one; where its window was closed meanwhile, nobody waits."""
    try:
        signal.emit(*news)
    except RuntimeError:
        return


class Background(Generic[Answer]):
    """Runs `work` on another thread, one at a time, and gives its answer to `done` on the thread that made this.

    Asked again while it works, it works once more afterwards, so that the last answer is never older than the last
    question. What `work` raises is raised again on the screen's thread, where the crash report takes it up. Once
    `owner` is gone, no answer comes any more.
    """

    def __init__(self, owner: QObject, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        self._work = work
        self._done = done
        self._busy = False
        self._again = False
        self._carrier = _Carrier(owner)
        self._carrier.arrived.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._carrier.failed.connect(self._failed, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    def ask(self) -> None:
        """Start the work, or have it done once more when it is being done."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        QThreadPool.globalInstance().start(self._run)

    def _run(self) -> None:
        try:
            answer = self._work()
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread and raised there
            carry(self._carrier.failed, error)
        else:
            carry(self._carrier.arrived, answer)

    def _next(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.ask()

    def _arrived(self, answer: Answer) -> None:
        self._next()
        self._done(answer)

    def _failed(self, error: Exception) -> None:
        self._next()
        raise error
