"""Drive a running session: wake the conductor on time and emit its snapshots as signals.

The timer only says when to read the clock again. It is set after each refresh for the next visible change, and between
two refreshes repeats by itself from frame to frame.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from timer_app.clock import Milliseconds
from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import RepPhase, Snapshot, Status
from timer_app.presentation.run_view import HAND_TURN

FRAME = 100.0
"""Real milliseconds between two frames of a ring that moves at its usual speed."""

QUICK, SLOW = 100.0, 250.0
"""Real milliseconds between two frames of a figure in the middle of a rep, and of the slowest ring.

Ten frames a second are smooth enough for a slow lift, and cost what the ring does: see tests/bench/bench_paint.py.
"""

STEP = 4.0
"""How many pixels the ring may move from one frame to the next: 0.65 mm on a 14-inch screen of 1920x1080, one minute
of arc from 2.2 m away, the resolution of a good eye."""

SHORTEST = 16.0
"""Real milliseconds between two frames at least, however fast the clock runs; a boundary never waits."""


class SessionDriver(QObject):
    """Emit a conductor's snapshots as signals, refreshed on time from `start` until the session has ended.

    `shown` carries each new `Snapshot`, `phase_changed` the `Interval` that has begun, `ended` the last `Snapshot`.
    `speed` is the clock's own.
    """

    shown = Signal(object)
    phase_changed = Signal(object)
    paused = Signal()
    slept = Signal()
    resumed = Signal()
    ended = Signal(object)

    def __init__(self, conductor: Conductor, *, speed: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.conductor = conductor
        self.speed = speed
        self._animated = True
        self._frame_interval: Callable[[Snapshot], float] = lambda _now: FRAME
        self._animate: Callable[[Milliseconds], None] = lambda _elapsed: None
        self._last: Snapshot | None = None
        self._next_change: Milliseconds = 0
        self._frame: float | None = None
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._wake)

    def start(
        self,
        frame_interval: Callable[[Snapshot], float] | None = None,
        animate: Callable[[Milliseconds], None] | None = None,
    ) -> None:
        """Emit the first snapshot, and from now on animate what moves.

        `frame_interval` returns the real milliseconds between two frames. `animate` is called for a frame with the
        milliseconds of the interval that have passed, where nothing else has changed since the last snapshot. It is
        no signal: ten times a second and more, that would cost as much as the frame itself.
        """
        self._frame_interval = frame_interval or self._frame_interval
        self._animate = animate or self._animate
        self.refresh()

    def refresh(self) -> None:
        """Read the clock, emit what has changed, and set the timer."""
        now = self.conductor.poll()
        before, self._last = self._last, now
        self._set_timer(now)
        self.shown.emit(now)
        if now.interval is not None and (before is None or before.interval is not now.interval):
            self.phase_changed.emit(now.interval)
        if before is None or before.status is not now.status:
            self._emit_status(now, first=before is None)

    def set_animated(self, animated: bool) -> None:
        """Turn the frames on or off; without them, refresh at each whole second and each boundary."""
        if animated != self._animated:
            self._animated = animated
            if self._last is not None:
                self.refresh()

    def do(self, command: Callable[[Conductor], object]) -> None:
        """Have the conductor carry out a command, such as `Conductor.skip`, and refresh."""
        command(self.conductor)
        self.refresh()

    @Slot()
    def _wake(self) -> None:
        """Animate a frame while nothing but time passes, and refresh otherwise."""
        frame, next_change = self._frame, self._next_change
        elapsed = self.conductor.poll_elapsed() if frame is not None else None
        if elapsed is None or elapsed >= next_change or frame is None:
            self.refresh()
            return
        if next_change - elapsed <= frame:
            self.timer.start(ceil((next_change - elapsed) / self.speed))
        self._animate(elapsed)

    def _emit_status(self, now: Snapshot, *, first: bool) -> None:
        match now.status:
            case Status.PAUSED:
                self.paused.emit()
            case Status.SLEPT:
                self.slept.emit()
            case Status.RUNNING if not first:
                self.resumed.emit()
            case Status.COMPLETED | Status.STOPPED:
                self.ended.emit(now)

    def _set_timer(self, now: Snapshot) -> None:
        to_change = to_next_change(now)
        self._next_change = now.elapsed + to_change
        frame = None
        if self._animated:
            frame = even_frame(to_change, max(self._frame_interval(now), SHORTEST) * self.speed)
        real_frame = None if frame is None else frame / self.speed
        wait = next_wait(now, self.conductor.due_in(), speed=self.speed, frame=real_frame)
        if wait is None:
            self.timer.stop()
            return
        self.timer.start(wait)
        # The timer counts whole milliseconds, so it may fire up to one later than the frame that was asked for.
        self._frame = None if frame is None else max(frame, wait * self.speed)


def even_frame(to_change: Milliseconds, frame: float) -> float:
    """Return the time between two frames that divides `to_change` evenly, at most `frame`; all in milliseconds.

    So each second and each rep has its frames at the same moments, and none comes just before another.
    """
    return to_change / ceil(to_change / frame)


def frame_interval(now: Snapshot, *, ring_length: float, figure: bool, speed: float = 1.0) -> float:
    """Return the real milliseconds between two frames of what moves.

    `ring_length` is the length of the ring in pixels; `figure` says that one is visible, which moves quickly in a rep.
    """
    if figure and now.rep is not None and now.rep.phase is not RepPhase.HOLD:
        return QUICK
    length = HAND_TURN if now.length is None else now.length
    interval = STEP * length / ring_length / speed if ring_length else SLOW
    return min(max(interval, FRAME), SLOW)


def next_wait(now: Snapshot, boundary: float | None, *, speed: float, frame: float | None) -> int | None:
    """Return the real milliseconds until the next frame or change, None where only the user changes anything.

    `boundary` is the next boundary in real milliseconds, `frame` the time between two frames, None for none.
    """
    if now.status is not Status.RUNNING:
        return None
    wait = to_next_change(now) / speed
    if frame is not None:
        wait = min(wait, frame)
    wait = max(wait, SHORTEST)
    return max(1, ceil(wait if boundary is None else min(wait, boundary)))


def to_next_change(now: Snapshot) -> int:
    """Return the milliseconds until anything but what moves changes: 1 to 1,000."""
    return min(to_whole_second(now), to_rep_change(now) or 1_000)


def to_whole_second(now: Snapshot) -> int:
    """Return the milliseconds until the displayed number changes: 1 to 1,000."""
    if now.remaining is None:
        return 1_000 - now.elapsed % 1_000
    return (now.remaining - 1) % 1_000 + 1


def to_rep_change(now: Snapshot) -> int | None:
    """Return the milliseconds until the next rep or its next phase, None where there is none."""
    if now.rep is None or now.interval is None or now.interval.tempo is None:
        return None
    tempo = now.interval.tempo
    elapsed = now.elapsed - (now.rep.number - 1) * tempo.rep
    edges = (tempo.lift, tempo.lift + tempo.hold, tempo.rep)
    return next((edge - elapsed for edge in edges if edge > elapsed), None)
