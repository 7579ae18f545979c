"""Work off the screen's thread, with the answer back on it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, SignalInstance
from shiboken6 import isValid

Answer = TypeVar("Answer")


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
        self._owner = owner
        self._work = work
        self._done = done
        self._busy = False
        self._again = False

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
        QThreadPool.globalInstance().start(_Job(self._work, _post().expect(self)))

    def arrived(self, answer: Answer) -> None:
        """Take the answer, on the screen's thread."""
        if isValid(self._owner):
            self._next()
            self._done(answer)

    def failed(self, error: Exception) -> None:
        """Take what the work has raised, on the screen's thread."""
        if isValid(self._owner):
            self._next()
            raise error

    def _next(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.ask()


class _Post(QObject):
    """Brings answers to the screen's thread, by numbers; there is one, and it is never gone while a thread needs it.

    It keeps who waits until then, so that no other thread is ever the last to let go of a window.
    """

    arrived = Signal(int, object)
    failed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()
        self._waiting: dict[int, Background[Any]] = {}
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)

    def expect(self, background: Background[Answer]) -> int:
        """Return the number under which an answer is to come."""
        number = next(self._numbers)
        self._waiting[number] = background
        return number

    def _deliver(self, number: int, answer: object) -> None:
        self._waiting.pop(number).arrived(answer)

    def _fail(self, number: int, error: Exception) -> None:
        self._waiting.pop(number).failed(error)


class _Job:
    """One piece of work, on another thread. It lets go of the work before it tells the answer."""

    def __init__(self, work: Callable[[], object], number: int) -> None:
        self._work = [work]
        self._number = number

    def __call__(self) -> None:
        try:
            answer = self._work.pop()()
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread and raised there
            carry(_post().failed, self._number, error)
        else:
            carry(_post().arrived, self._number, answer)


_posts: list[_Post] = []


def _post() -> _Post:
    if not _posts:
        _posts.append(_Post())
    return _posts[0]
