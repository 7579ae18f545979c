"""Work off the screen's thread, with the answer back on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, SignalInstance
from shiboken6 import isValid

Answer = TypeVar("Answer")


def carrier(owner: QObject, take: Callable[..., None]) -> Callable[..., None]:
    """Return a function that brings news from other threads to `take`, on the screen's thread; made on that thread.

    Once `owner`, which has a parent, is gone, no news comes any more. The function knows nothing of the owner: a signal
    of its own could be emitted by another thread in the middle of its end.
    """
    return partial(_send, _post().news, _post().lead_to(owner, take))


class BackgroundTask(Generic[Answer]):
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
    news = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()
        self._waiting: dict[int, BackgroundTask[Any]] = {}
        self._takers: dict[int, Callable[..., None]] = {}
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self.news.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def expect(self, background: BackgroundTask[Answer]) -> int:
        """Return the number under which an answer is to come."""
        number = next(self._numbers)
        self._waiting[number] = background
        return number

    def lead_to(self, owner: QObject, take: Callable[..., None]) -> int:
        """Return the number under which news is to come to `take` as long as `owner` is there."""
        number = next(self._numbers)
        self._takers[number] = take
        owner.destroyed.connect(lambda: self._takers.pop(number, None))
        return number

    def _hand_over(self, number: int, news: tuple[object, ...]) -> None:
        take = self._takers.get(number)
        if take is not None:
            take(*news)

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
            _tell(_post().failed, self._number, error)
        else:
            _tell(_post().arrived, self._number, answer)


def _send(signal: SignalInstance, number: int, *news: object) -> None:
    _tell(signal, number, news)


def _tell(signal: SignalInstance, number: int, what: object) -> None:
    """Emit a signal of the post; where even that is gone, the program is ending, and nobody waits."""
    try:
        signal.emit(number, what)
    except RuntimeError:
        return


_posts: list[_Post] = []


def _post() -> _Post:
    if not _posts:
        _posts.append(_Post())
    return _posts[0]
