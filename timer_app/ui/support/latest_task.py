"""Run a task on another thread for the value requested last, after a delay."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from timer_app.clock import Milliseconds
from timer_app.ui.support.background_task import BackgroundTask

Value = TypeVar("Value")
Result = TypeVar("Result")


class LatestTask(Generic[Value, Result]):
    """Run `work` on the last value that was requested, once no other has been for `delay` milliseconds.

    `work` runs on another thread; it gets the value, and a function that returns whether the value has been cancelled
    or superseded. `done` gets the value and its result on the GUI thread, unless that is so, the result is None, or
    `owner`, which has a parent, is gone.
    """

    def __init__(
        self,
        owner: QObject,
        work: Callable[[Value, Callable[[], bool]], Result | None],
        done: Callable[[Value, Result], None],
        delay: Milliseconds,
    ) -> None:
        self._latest = latest = list[Value]()
        self._work = work
        self._done = done
        self._task = BackgroundTask(owner, self._run, self._finish)
        self._delay = QTimer(owner, singleShot=True, interval=delay)
        self._delay.timeout.connect(self._task.start)
        owner.destroyed.connect(lambda _owner: latest.clear())

    @property
    def busy(self) -> bool:
        """Whether work is being done, or soon will be."""
        return self._task.busy or self._delay.isActive()

    def request(self, value: Value) -> None:
        """Run the work on this value after the delay, in place of any other."""
        self._latest[:] = [value]
        self._delay.start()

    def cancel(self) -> None:
        """Request nothing any more; no result is delivered."""
        self._latest.clear()
        self._delay.stop()

    def _run(self) -> tuple[Value, Result] | None:
        for value in tuple(self._latest):
            result = self._work(value, partial(self._is_superseded, value))
            if result is not None:
                return value, result
        return None

    def _finish(self, answer: tuple[Value, Result] | None) -> None:
        if answer is not None and not self._is_superseded(answer[0]):
            self._latest.clear()
            self._done(*answer)

    def _is_superseded(self, value: Value) -> bool:
        return all(latest is not value for latest in tuple(self._latest))
