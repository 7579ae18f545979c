"""The bridge: a running session's conductor as signals, and the timer that wakes it.

The timer is only a wake-up call to go and look at the clock; it is set anew after each look, for the next moment at
which there is something to see. Between two looks it goes on by itself, from picture to picture.
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
"""Real milliseconds between two pictures of a ring that moves at its usual speed."""

QUICK, SLOW = 100.0, 250.0
"""Real milliseconds between two pictures of a figure in the middle of a rep, and of the slowest ring.

Ten figures a second are smooth enough for a slow lift, and cost what the ring does: see tests/bench/bench_paint.py.
"""

STEP = 4.0
"""How many pixels the ring may move from one picture to the next: 0.65 mm on a 14-inch screen of 1920x1080, one minute
of arc from 2.2 m away, which is what a good eye tells apart."""

SHORTEST = 16.0
"""Real milliseconds that a mere picture waits at least, however fast the clock runs; a boundary never waits."""


class SessionDriver(QObject):
    """A conductor with signals, which looks at the clock on time by itself from `start` until the session has ended.

    `shown` carries each new `Snapshot`, `phase_changed` the `Interval` that has begun, `ended` the last `Snapshot`.
    Between two snapshots, while only time has passed and nothing else changes, `moved` is called with how many
    milliseconds of the interval that are: a picture of what moves needs no more. It is no signal, since it comes ten
    times a second and more, and a signal would cost as much as all that is reckoned for the picture.
    `speed` is the clock's own. `pace` tells how many milliseconds what moves may wait for its next picture.
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
        self._speed = speed
        self._moving = True
        self.pace: Callable[[Snapshot], float] = lambda _now: FRAME
        self.moved: Callable[[Milliseconds], None] = lambda _elapsed: None
        self._last: Snapshot | None = None
        self._news: Milliseconds = 0
        self._beat: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._wake)

    @property
    def speed(self) -> float:
        """How many times faster than real time the session runs."""
        return self._speed

    @property
    def waiting(self) -> int | None:
        """In how many real milliseconds the next look comes by itself, None when nothing will change by itself."""
        return self._timer.interval() if self._timer.isActive() else None

    def start(self) -> None:
        """Begin to look, and tell the first snapshot."""
        self.look()

    def look(self) -> None:
        """Look at the clock, tell what there is to see, and set the timer."""
        self._tell(self.conductor.look())

    def move(self, moving: bool) -> None:
        """Say whether anybody sees what moves: when not, looks come with each whole second and each boundary."""
        if moving != self._moving:
            self._moving = moving
            if self._last is not None:
                self.look()

    def toggle(self) -> None:
        """Pause, or go on."""
        self.conductor.toggle()
        self.look()

    def pause(self) -> None:
        """Pause, where it runs."""
        self.conductor.pause()
        self.look()

    def resume(self) -> None:
        """Go on, where it is paused."""
        self.conductor.resume()
        self.look()

    def skip(self) -> None:
        """End the interval in progress now."""
        self.conductor.skip()
        self.look()

    def back(self) -> None:
        """Go back to the interval's start, or to the one before."""
        self.conductor.back()
        self.look()

    def extend(self) -> None:
        """Make the interval in progress ten seconds longer."""
        self.conductor.extend()
        self.look()

    def done(self) -> None:
        """End an open interval."""
        self.conductor.done()
        self.look()

    def stop(self) -> None:
        """End the session and keep what was done."""
        self.conductor.stop()
        self.look()

    def leave(self) -> None:
        """Play no more, and leave the run to be gone on with."""
        self.conductor.leave()
        self.look()

    def enter_reps(self, index: int, reps: int | None) -> None:
        """Note how many reps the person did in an interval that has ended. Raises ValueError where it has not."""
        self.conductor.enter_reps(index, reps)

    def mute(self, muted: bool) -> None:
        """Turn the sound off, or on again."""
        self.conductor.mute(muted)
        self.look()

    @Slot()
    def _wake(self) -> None:
        """Glance at the clock while nothing but time passes, and look where there is more."""
        beat, news = self._beat, self._news
        passed = self.conductor.glance() if beat is not None else None
        if passed is None or passed >= news or beat is None:
            self.look()
            return
        if news - passed <= beat:
            self._timer.start(ceil((news - passed) / self._speed))
        self.moved(passed)

    def _tell(self, now: Snapshot) -> None:
        before, self._last = self._last, now
        self._set_timer(now)
        self.shown.emit(now)
        if now.interval is not None and (before is None or before.interval is not now.interval):
            self.phase_changed.emit(now.interval)
        if before is None or before.status is not now.status:
            self._tell_status(now, first=before is None)

    def _tell_status(self, now: Snapshot, *, first: bool) -> None:
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
        frame = self.pace(now) if self._moving else None
        to_next = to_news(now)
        self._news = now.elapsed + to_next
        beat = None if frame is None else beat_of(to_next, max(frame, SHORTEST) * self._speed)
        picture = None if beat is None else beat / self._speed
        wait = next_wait(now, self.conductor.next_look(), speed=self._speed, frame=picture)
        if wait is None:
            self._timer.stop()
            return
        self._timer.start(wait)
        # The timer goes by whole milliseconds, so a picture comes up to one later than the one before it would have it.
        self._beat = None if beat is None else max(beat, wait * self._speed)


def beat_of(to_next: Milliseconds, frame: float) -> float:
    """Return the time between two pictures that parts `to_next` evenly, and is at most `frame`; all in milliseconds.

    So each second and each rep has its pictures at the same moments, and none comes just before another.
    """
    return to_next / ceil(to_next / frame)


def frame_of(now: Snapshot, *, way: float, figure: bool, speed: float = 1.0) -> float:
    """Return how many real milliseconds what moves may wait for its next picture.

    `way` is the length of the ring in pixels; `figure` says that one is seen, which moves quickly within a rep.
    """
    if figure and now.rep is not None and now.rep.phase is not RepPhase.HOLD:
        return QUICK
    length = HAND_TURN if now.length is None else now.length
    wanted = STEP * length / way / speed if way else SLOW
    return min(max(wanted, FRAME), SLOW)


def next_wait(now: Snapshot, boundary: float | None, *, speed: float, frame: float | None) -> int | None:
    """Return in how many real milliseconds there is something new to see, None when there is nothing but by the person.

    `boundary` is the next boundary in real milliseconds, `frame` the time between two pictures, None for none.
    """
    if now.status is not Status.RUNNING:
        return None
    picture = to_news(now) / speed
    if frame is not None:
        picture = min(picture, frame)
    picture = max(picture, SHORTEST)
    return max(1, ceil(picture if boundary is None else min(picture, boundary)))


def to_news(now: Snapshot) -> int:
    """Return the milliseconds until anything changes but what moves: 1 to 1,000."""
    return min(to_whole_second(now), to_rep_change(now) or 1_000)


def to_whole_second(now: Snapshot) -> int:
    """Return the milliseconds until the number on the screen changes: 1 to 1,000."""
    if now.remaining is None:
        return 1_000 - now.elapsed % 1_000
    return (now.remaining - 1) % 1_000 + 1


def to_rep_change(now: Snapshot) -> int | None:
    """Return the milliseconds until the next rep or its next phase, None where there is none."""
    if now.rep is None or now.interval is None or now.interval.tempo is None:
        return None
    tempo = now.interval.tempo
    into = now.elapsed - (now.rep.number - 1) * tempo.rep
    edges = (tempo.lift, tempo.lift + tempo.hold, tempo.rep)
    return next((edge - into for edge in edges if edge > into), None)
