"""Mix cues into the frames of one stream, without threads or devices.

Placed cues do not overlap, so mixing is copying into silence. Should one begin late all the same, what still sounds is
faded out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.sound.pcm import FRAME_BYTES, RATE, fade, frames
from timer_app.sound.ports import Cue

LATEST_WORDS: Final[Milliseconds] = 500
"""Words that could not begin in time may still begin this much later."""

LATEST_TONE: Final[Milliseconds] = 100
"""A tone that would begin later than this is left out, for it marks a time."""

_FADE: Final[Milliseconds] = 5


class MixedCue(Struct, frozen=True):
    """A cue with its samples at their final volume."""

    cue: Cue
    pcm: bytes


class _Sounding(Struct, frozen=True):
    start: int
    pcm: bytes

    @property
    def end(self) -> int:
        return self.start + len(self.pcm) // FRAME_BYTES


class CueMixer:
    """The scheduled cues of one stream and what sounds now. Frames count from the stream's first. Not thread-safe."""

    def __init__(self) -> None:
        self._scheduled: deque[MixedCue] = deque()
        self._sounding: list[_Sounding] = []
        # What is copied is heard a little later, so these may be scheduled again after they have begun.
        self._begun: deque[Cue] = deque(maxlen=8)

    def schedule(self, entries: Iterable[MixedCue]) -> None:
        """Replace what has not begun. A cue that has begun is not repeated."""
        fresh = (entry for entry in entries if entry.cue not in self._begun)
        self._scheduled = deque(sorted(fresh, key=lambda entry: entry.cue.at))

    def add(self, entries: Iterable[MixedCue]) -> None:
        """Add what comes after all that was scheduled."""
        self._scheduled.extend(entries)

    def silence(self, position: int) -> None:
        """Fade out what sounds at frame `position`, and clear the schedule."""
        self._scheduled.clear()
        self._begun.clear()
        self._sounding = [_cut(sounding, position) for sounding in self._sounding if sounding.start < position]

    def restart(self) -> None:
        """Begin at frame 0 of another stream; what sounded in the old one is dropped."""
        self._sounding = []

    def drop_before(self, moment: Milliseconds) -> None:
        """Drop the cues whose time is before `moment`, in steady milliseconds."""
        while self._scheduled and self._scheduled[0].cue.at < moment:
            self._scheduled.popleft()

    @property
    def sounds(self) -> bool:
        """Whether something has begun and has not been copied to its end."""
        return bool(self._sounding)

    @property
    def next_at(self) -> Milliseconds | None:
        """The time of the next cue in steady milliseconds, or None."""
        return self._scheduled[0].cue.at if self._scheduled else None

    def fill(self, position: int, count: int, origin: float) -> bytes:
        """Return the next `count` frames from frame `position` on.

        `origin` is the steady time in milliseconds at which frame 0 is heard.
        """
        end = position + count
        while self._scheduled:
            entry = self._scheduled[0]
            start = round((entry.cue.at - origin) * RATE / 1000)
            if start >= end:
                break
            self._scheduled.popleft()
            if position - start <= frames(LATEST_TONE if entry.cue.tone else LATEST_WORDS):
                self._begin(entry, max(start, position))
        if not self._sounding:
            return bytes(count * FRAME_BYTES)
        out = bytearray(count * FRAME_BYTES)
        for sounding in self._sounding:
            first, last = max(sounding.start, position), min(sounding.end, end)
            if first < last:
                out[(first - position) * FRAME_BYTES : (last - position) * FRAME_BYTES] = sounding.pcm[
                    (first - sounding.start) * FRAME_BYTES : (last - sounding.start) * FRAME_BYTES
                ]
        self._sounding = [sounding for sounding in self._sounding if sounding.end > end]
        return bytes(out)

    def _begin(self, entry: MixedCue, start: int) -> None:
        self._sounding = [_cut(sounding, start - frames(_FADE)) for sounding in self._sounding]
        self._sounding.append(_Sounding(start, entry.pcm))
        self._begun.append(entry.cue)


def _cut(sounding: _Sounding, at: int) -> _Sounding:
    """Return a sound faded out, so that it ends at most a fade after frame `at`."""
    kept = max(0, at - sounding.start + frames(_FADE))
    if sounding.end - sounding.start <= kept:
        return sounding
    pcm = sounding.pcm[: kept * FRAME_BYTES]
    # Only the tail is faded, and a tail of one fade's length has the fade over the whole of it.
    tail = pcm[-2 * frames(_FADE) * FRAME_BYTES :]
    return _Sounding(sounding.start, pcm[: len(pcm) - len(tail)] + fade(tail, 0, _FADE))


class TimeBase:
    """When the first frame of a stream is heard, from the times at which the device asks for more.

    The device asks for frames when it has room, so after a call it holds `ahead` milliseconds. Calls come late when
    the computer is busy, and the first ones come in a burst: so the lower quartile of the recent ones counts (with two
    processes more than cores it stood within 1 ms, where the median moved by 5), and it is followed only when it is off
    by more than `_SLACK`, so that sounds keep their distances to the frame. A call so late that the device ran dry has
    moved the whole stream: it is then begun afresh.
    """

    _RECENT: Final = 25
    _WARM_UP_CALLS: Final = 12
    _SLACK: Final = 3.0

    def __init__(self, ahead: float = 0.0) -> None:
        self.ahead = ahead
        self._estimates: deque[float] = deque(maxlen=self._RECENT)
        self._calls = 0
        self._last: Milliseconds | None = None
        self._followed = 0.0

    def filled(self, now: Milliseconds, position: int) -> None:
        """Record that at steady time `now` the device was given all frames before `position`."""
        if self._last is not None and now - self._last > self.ahead > 0:
            self._estimates.clear()
            self._calls = 0
        self._last = now
        self._calls += 1
        self._estimates.append(now - position * 1000 / RATE)
        estimate = sorted(self._estimates)[len(self._estimates) // 4]
        if self._calls <= self._WARM_UP_CALLS or abs(estimate - self._followed) > self._SLACK:
            self._followed = estimate

    @property
    def origin(self) -> float:
        """The estimated steady time in milliseconds at which frame 0 is heard."""
        return self._followed + self.ahead
