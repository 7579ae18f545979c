"""The only reader of time.

Everything else gets the time as an argument. There are two times: the *steady* time that sessions are played against,
which never jumps and has no meaning of its own, and the *wall* time that the history is dated with.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol, TypeAlias

Milliseconds: TypeAlias = int
"""Whole milliseconds. Lengths and positions are whole numbers, so that sums are exact and drift is nought."""


def _steady_source() -> Callable[[], int]:
    """Return the system's steady clock, in nanoseconds, that goes on while the computer sleeps.

    That way a sleep shows as a gap between two looks on every system. `time.monotonic` would stand still in sleep on
    Linux and macOS, and advances in steps of 15.6 ms on Windows before Python 3.13.
    """
    system: str = sys.platform
    if system == "linux":
        return partial(time.clock_gettime_ns, time.CLOCK_BOOTTIME)
    if system == "darwin":
        return partial(time.clock_gettime_ns, time.CLOCK_MONOTONIC)  # counts sleep there, unlike time.monotonic
    return time.perf_counter_ns


_steady_ns = _steady_source()


def in_this_zone(when: datetime) -> datetime:
    """Return a moment as the computer's zone has it; one without a zone is taken to be in that zone already.

    Where the zone is further off than a day, as `TZ` can have it, it is UTC.
    """
    try:
        return when.astimezone()
    except (ValueError, OverflowError):
        return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)


class Clock(Protocol):
    """Where the time comes from."""

    @property
    def speed(self) -> float:
        """How many times faster than real time the steady time runs: 1 but for trying a session quickly."""

    def now(self) -> Milliseconds:
        """Return the steady time in whole milliseconds from an origin of its own."""

    def wall(self) -> datetime:
        """Return the date and time where the computer is, with its zone's offset."""


class SystemClock:
    """The computer's own clocks."""

    speed = 1.0

    def now(self) -> Milliseconds:
        """Return the steady time in whole milliseconds; it goes on while the computer sleeps."""
        return _steady_ns() // 1_000_000

    def wall(self) -> datetime:
        """Return the local date and time with its offset from UTC."""
        return in_this_zone(datetime.now(UTC))


class SpedClock:
    """A clock that runs `speed` times as fast as another from the moment it is made: for trying a session quickly.

    Wall time is the other clock's own. `speed` is above 0.
    """

    def __init__(self, inner: Clock, speed: float) -> None:
        if speed <= 0:
            raise ValueError(f"speed must be above 0, not {speed}")
        self._inner = inner
        self._speed = speed
        self._origin = inner.now()

    @property
    def speed(self) -> float:
        """How many times faster than real time this clock runs."""
        return self._speed * self._inner.speed

    def now(self) -> Milliseconds:
        """Return the sped-up steady time in whole milliseconds."""
        return self._origin + round((self._inner.now() - self._origin) * self._speed)

    def wall(self) -> datetime:
        """Return the other clock's wall time."""
        return self._inner.wall()


class ManualClock:
    """A clock that stands still until it is advanced: for tests, demonstrations and pictures.

    It starts at `now` milliseconds of steady time and at the wall time `wall`, which must carry its zone.
    """

    speed = 1.0

    def __init__(self, now: Milliseconds = 0, wall: datetime = datetime(2026, 3, 14, 18, 30, tzinfo=UTC)) -> None:
        if wall.tzinfo is None:
            raise ValueError("the wall time needs its zone")
        self._now = now
        self._wall = wall

    def now(self) -> Milliseconds:
        """Return the steady time in milliseconds, as it was last set."""
        return self._now

    def wall(self) -> datetime:
        """Return the wall time, as it was last set."""
        return self._wall

    def advance(self, milliseconds: Milliseconds) -> None:
        """Let both times go on by `milliseconds`. Raises ValueError when that is below 0: time never goes back."""
        if milliseconds < 0:
            raise ValueError(f"time does not go back ({milliseconds} ms)")
        self._now += milliseconds
        self._wall += timedelta(milliseconds=milliseconds)

    def set_wall(self, wall: datetime) -> None:
        """Set the wall time alone, as a user or a time server does; it may go back."""
        self._wall = wall
