"""Run work on a thread pool and deliver its result on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, SignalInstance
from shiboken6 import isValid

Result = TypeVar("Result")


def gui_thread_callback(owner: QObject, receive: Callable[..., None]) -> Callable[..., None]:
    """Return a function that, called on any thread, calls `receive` on the GUI thread. Make it on the GUI thread.

    Calls end when `owner`, which has a parent, is destroyed. The function holds no reference to the owner: another
    thread could emit a signal of the owner's while that is being destroyed.
    """
    return partial(_emit_call, _dispatcher().called, _dispatcher().register(owner, receive))


class BackgroundTask(Generic[Result]):
    """Run `work` on another thread, one run at a time, and give its result to `done` on the GUI thread.

    Started again while it runs, it runs once more afterwards, so that the last result is never older than the last
    start. An exception of `work` is raised again on the GUI thread, for the crash report. Once `owner` is destroyed,
    no result is delivered.
    """

    def __init__(self, owner: QObject, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        self._owner = owner
        self._work = work
        self._done = done
        self._busy = False
        self._again = False

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return self._busy

    def start(self) -> None:
        """Start the work, or have it run once more after the current run."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        QThreadPool.globalInstance().start(_Job(self._work, _dispatcher().expect(self)))

    def succeeded(self, result: Result) -> None:
        """Deliver the result, on the GUI thread."""
        if isValid(self._owner):
            self._next()
            self._done(result)

    def failed(self, error: Exception) -> None:
        """Raise the exception of `work`, on the GUI thread."""
        if isValid(self._owner):
            self._next()
            raise error

    def _next(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.start()


class _Dispatcher(QObject):
    """Deliver results on the GUI thread by numbers; there is one, which outlives every thread that needs it.

    It holds the waiting tasks until then, so that no other thread ever drops the last reference to a window.
    """

    succeeded = Signal(int, object)
    failed = Signal(int, object)
    called = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()
        self._tasks: dict[int, BackgroundTask[Any]] = {}
        self._receivers: dict[int, Callable[..., None]] = {}
        self.succeeded.connect(self._succeed, Qt.ConnectionType.QueuedConnection)
        self.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self.called.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def expect(self, task: BackgroundTask[Result]) -> int:
        """Return the number under which the result of `task` is to be emitted."""
        number = next(self._numbers)
        self._tasks[number] = task
        return number

    def register(self, owner: QObject, receive: Callable[..., None]) -> int:
        """Return the number under which `receive` is called until `owner` is destroyed."""
        number = next(self._numbers)
        self._receivers[number] = receive
        owner.destroyed.connect(lambda: self._receivers.pop(number, None))
        return number

    def _call(self, number: int, arguments: tuple[object, ...]) -> None:
        receive = self._receivers.get(number)
        if receive is not None:
            receive(*arguments)

    def _succeed(self, number: int, result: object) -> None:
        self._tasks.pop(number).succeeded(result)

    def _fail(self, number: int, error: Exception) -> None:
        self._tasks.pop(number).failed(error)


class _Job:
    """One run of the work on another thread. It drops its reference to the work before the result is emitted."""

    def __init__(self, work: Callable[[], object], number: int) -> None:
        self._work = [work]
        self._number = number

    def __call__(self) -> None:
        try:
            result = self._work.pop()()
        except Exception as error:  # noqa: BLE001 - raised again on the GUI thread
            _emit(_dispatcher().failed, self._number, error)
        else:
            _emit(_dispatcher().succeeded, self._number, result)


def _emit_call(signal: SignalInstance, number: int, *arguments: object) -> None:
    _emit(signal, number, arguments)


def _emit(signal: SignalInstance, number: int, value: object) -> None:
    """Emit a signal of the dispatcher, unless that is destroyed because the program ends."""
    try:
        signal.emit(number, value)
    except RuntimeError:
        return


_dispatchers: list[_Dispatcher] = []


def _dispatcher() -> _Dispatcher:
    if not _dispatchers:
        _dispatchers.append(_Dispatcher())
    return _dispatchers[0]
