"""Keeping the screen awake while a session runs, and only then.

wakepy knows how on each system. It is loaded and asked on a thread of its own: loading it takes 60 ms and more, and the
desktop that it asks may take its time to answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack

from PySide6.QtCore import QTimer

from timer_app.conductor.snapshot import Snapshot
from timer_app.i18n import _
from timer_app.problems import Problem, SessionProblem
from timer_app.ui.support.session_driver import SessionDriver

PAUSE = 10 * 60_000
"""How many milliseconds of a pause the screen stays awake: our choice, so that a laptop left alone goes to sleep."""


class ScreenInhibitor:
    """Holds the screen awake from `hold` to `release`. Both may be called often, from any thread, and never block.

    Where it cannot be had, `on_trouble` is called on another thread, once.
    """

    def __init__(self, on_trouble: Callable[[Problem], None]) -> None:
        self._on_trouble = on_trouble
        self._reported = False
        self._changed = threading.Condition()
        self._requested = False
        self._held = False
        self._thread: threading.Thread | None = None

    @property
    def requested(self) -> bool:
        """Whether the screen is to be held awake, as far as that can be had."""
        return self._requested

    @property
    def held(self) -> bool:
        """Whether the screen is being held awake."""
        return self._held

    def hold(self) -> None:
        """Keep the screen awake from now on."""
        with self._changed:
            self._requested = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="awake", daemon=True)
                self._thread.start()

    def release(self) -> None:
        """Let the screen go dark as it likes."""
        with self._changed:
            self._requested = False
            self._changed.notify_all()

    def close(self, seconds: float = 1.0) -> bool:
        """Let go, and return whether all of it was done within `seconds`."""
        self.release()
        with self._changed:
            return self._changed.wait_for(lambda: self._thread is None, seconds)

    def _work(self) -> None:
        """Hold for as long as it is wanted. wakepy wants to be left on the thread on which it was entered."""
        try:
            while True:
                self._hold_once()
                with self._changed:
                    if not self._requested:
                        self._end_thread()
                        return
        finally:
            with self._changed:
                self._end_thread()

    def _end_thread(self) -> None:
        """Make room for the next thread, unless it is there already."""
        if self._thread is threading.current_thread():
            self._thread = None
            self._held = False
            self._changed.notify_all()

    def _hold_once(self) -> None:
        mode = ExitStack()
        held = self._enter(mode)
        with self._changed:
            self._held = held
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._requested)
            self._held = False
        try:
            mode.close()
        except RuntimeError:
            # The desktop that held it is gone, and what it held with it: there is nothing left to let go of.
            return

    def _enter(self, stack: ExitStack) -> bool:
        """Request it from the system, and return whether that worked; report it where it did not."""
        try:
            from wakepy import keep  # noqa: PLC0415 - slow to load, and needed once a session runs
        except ImportError:
            self._report()
            return False
        return stack.enter_context(keep.presenting(on_fail=lambda _result: self._report())).active

    def _report(self) -> None:
        # Within the lock: after a release nothing more is reported.
        with self._changed:
            if self._reported or not self._requested:
                # A session that is over by now needs no awake screen.
                return
            self._reported = True
            self._on_trouble(
                SessionProblem(
                    _("The screen may go dark during a session: this computer offers no way to keep it on."),
                    _("The voice goes on all the same. Longer times can be chosen in the system's own settings."),
                )
            )


def keep_awake_with(driver: SessionDriver, inhibitor: ScreenInhibitor) -> None:
    """Hold the screen awake while the session behind `driver` runs, and for the first minutes of a pause."""
    pause = QTimer(driver)
    pause.setSingleShot(True)
    pause.setInterval(PAUSE)
    pause.timeout.connect(inhibitor.release)

    def hold() -> None:
        pause.stop()
        inhibitor.hold()

    def end(_now: Snapshot) -> None:
        pause.stop()
        # The next session may be running by the time that this driver is destroyed.
        driver.destroyed.disconnect(inhibitor.release)
        inhibitor.release()

    driver.paused.connect(pause.start)
    driver.slept.connect(pause.start)
    driver.resumed.connect(hold)
    driver.ended.connect(end)
    driver.destroyed.connect(inhibitor.release)
    if driver.conductor.snapshot().live:
        hold()
