"""Play cues on time through one stream, which is open only while there is something to play."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from timer_app.clock import Clock, Milliseconds
from timer_app.i18n import _
from timer_app.problems import Problem, SessionProblem
from timer_app.settings import Settings
from timer_app.sound.cue_mixer import LATEST_TONE, LATEST_WORDS, CueMixer, MixedCue, TimeBase
from timer_app.sound.cue_samples import cue_samples
from timer_app.sound.device import Device, MiniaudioDevice, NoDevice, OpenDevice
from timer_app.sound.pcm import FRAME_BYTES
from timer_app.sound.ports import Cue, Source

# A server needs up to some 1.5 s to wake a sleeping output and to ask for frames evenly.
_WARM_UP: Final[Milliseconds] = 2_000
_LINGER: Final[Milliseconds] = 3_000
_STALLED: Final[Milliseconds] = 1_000
_STALLED_AT_FIRST: Final[Milliseconds] = 3_000
_FETCH: Final[Milliseconds] = 5_000
_RETRY: Final[Milliseconds] = 2_000
_POLL: Final = 0.25
_STEADY: Final = 3
"""So many first calls of a device come in a burst, and do not measure the time."""


class StreamSpeaker:
    """The `Speaker` of a computer, with a sound card or without one.

    `source` returns the clips, from any thread. `on_trouble` is called on another thread, once for each time that there
    is no device. Volumes go from 0 to 1; half sounds about half as loud.
    """

    def __init__(
        self,
        clock: Clock,
        source: Source,
        settings: Settings,
        *,
        on_trouble: Callable[[Problem], None],
        open_device: OpenDevice = MiniaudioDevice,
    ) -> None:
        self._clock = clock
        self._source = source
        self._settings = settings
        self._on_trouble = on_trouble
        self._open_device = open_device
        self._muted = settings.muted
        # `_changed` guards the requests; `_playing` guards the mixer, and is held for microseconds only, because the
        # device waits for it.
        self._changed = threading.Condition()
        self._requested: tuple[Cue, ...] | None = None
        self._request_number = 0
        self._waking = False
        self._closing = False
        self._playing = threading.Lock()
        self._mixer = CueMixer()
        self._queued: deque[Cue] = deque()
        self._time_base = TimeBase()
        self._position = 0
        self._calls = 0
        self._last_call: Milliseconds = 0
        self._stream = 0
        self._device: Device | None = None
        self._opened_at: Milliseconds | None = None
        self._quiet_since: Milliseconds = 0
        self._reported = False
        self._thread = threading.Thread(target=self._serve, name="speaker", daemon=True)
        self._thread.start()

    def schedule(self, cues: Sequence[Cue]) -> None:
        """Replace all cues that have not begun by these; what sounds goes on. A cue whose time is past is left out."""
        now = self._clock.now()
        coming = tuple(sorted((cue for cue in cues if cue.at >= now - LATEST_TONE), key=lambda cue: cue.at))
        with self._changed:
            self._requested = coming
            self._request_number += 1
            self._opened_at = None
            self._changed.notify()

    def silence(self) -> None:
        """Stop what sounds, within 100 ms, and clear the schedule."""
        with self._changed:
            self._requested = ()
            self._request_number += 1
            with self._playing:
                self._mixer.silence(self._position)
            self._changed.notify()

    def mute(self, muted: bool) -> None:
        """Mute or unmute within 100 ms."""
        self._muted = muted

    def wake(self) -> None:
        """Open the device early, so that it is awake for the first sound.

        It is closed again when nothing is played within a few seconds.
        """
        with self._changed:
            self._waking = True
            self._opened_at = None
            self._changed.notify()

    def set_settings(self, settings: Settings) -> None:
        """Set the volumes, tones and lead-in of the cues scheduled from now on."""
        self._settings = settings
        self._muted = settings.muted

    def close(self) -> None:
        """Close the device. A call that hangs in the sound system is abandoned after 2 seconds."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(2.0)

    # The speaker's thread.

    def _serve(self) -> None:
        while True:
            with self._changed:
                if self._requested is None and not self._waking and not self._closing:
                    self._changed.wait(self._idle_time())
                if self._closing:
                    break
                cues, self._requested = self._requested, None
                request_number = self._request_number
                waking, self._waking = self._waking, False
            if cues is None:
                self._schedule_due()
            else:
                self._reschedule(cues, request_number)
            self._manage_device(self._clock.now(), waking)
        self._close_device()

    def _idle_time(self) -> float | None:
        """Return how long to wait for a request, in seconds, or None for no limit."""
        if self._device is not None:
            return _POLL
        next_at = self._next_at()
        if next_at is None:
            return None
        return max(_POLL, (next_at - self._clock.now() - self._head_start()) / 1000)

    def _next_at(self) -> Milliseconds | None:
        with self._playing:
            next_at = self._mixer.next_at
        if next_at is None and self._queued:
            return self._queued[0].at
        return next_at

    def _head_start(self) -> Milliseconds:
        return _WARM_UP + self._settings.lead_in

    def _reschedule(self, cues: tuple[Cue, ...], request_number: int) -> None:
        """Replace the mixer's schedule by the soonest cues, unless a newer request came while they were loaded.

        A whole session may be scheduled at once, and its samples would fill the memory, so the rest is queued.
        """
        self._queued = deque(cues)
        entries = self._due_entries()
        with self._changed:
            if self._request_number == request_number:
                with self._playing:
                    self._mixer.schedule(entries)

    def _schedule_due(self) -> None:
        """Add the queued cues that are due to the mixer."""
        with self._changed:
            request_number = self._request_number
        entries = self._due_entries()
        with self._changed:
            if entries and self._request_number == request_number:
                with self._playing:
                    self._mixer.add(entries)

    def _due_entries(self) -> list[MixedCue]:
        """Dequeue the cues of the next seconds, with their samples; those without any are left out."""
        entries = []
        horizon = self._clock.now() + _FETCH
        while self._queued and self._queued[0].at <= horizon:
            cue = self._queued.popleft()
            pcm = cue_samples(cue.words, cue.tone, self._source, self._settings)
            if pcm:
                entries.append(MixedCue(cue, pcm))
        return entries

    def _manage_device(self, now: Milliseconds, waking: bool) -> None:
        """Open, reopen or close the device, by what is scheduled and by when the device last asked for frames."""
        with self._playing:
            if self._device is None:
                self._mixer.drop_before(now - LATEST_WORDS)
            sounds = self._mixer.sounds
            silent_for = now - self._last_call
            stall_limit = _STALLED if self._calls > _STEADY else _STALLED_AT_FIRST
        next_at = self._next_at()
        soon = sounds or (next_at is not None and next_at - now <= self._head_start() + _LINGER)
        if self._device is not None:
            if silent_for > stall_limit:
                self._close_device()
                self._opened_at = None
            elif soon:
                self._quiet_since = now
            elif now - self._quiet_since > _LINGER:
                self._close_device()
        due = next_at is not None and next_at - now <= self._head_start()
        if self._device is None and (waking or due):
            self._open(now)

    def _open(self, now: Milliseconds) -> None:
        if self._opened_at is not None and now - self._opened_at < _RETRY:
            return
        self._opened_at = now
        stream = self._stream + 1
        with self._playing:
            self._stream = stream
            self._position = self._calls = 0
            self._last_call = self._quiet_since = now
            self._mixer.restart()
            self._time_base = TimeBase()
        try:
            device = self._open_device(lambda count: self._fill(stream, count))
        except NoDevice:
            if not self._reported:
                self._reported = True
                self._on_trouble(_no_device())
            return
        with self._playing:
            self._time_base.ahead = device.ahead
        self._device = device

    def _close_device(self) -> None:
        device, self._device = self._device, None
        with self._playing:
            self._stream += 1
        if device is not None:
            device.close()

    # The device's thread.

    def _fill(self, stream: int, count: int) -> bytes:
        now = self._clock.now()
        with self._playing:
            if stream != self._stream:
                return bytes(count * FRAME_BYTES)
            position = self._position
            self._position += count
            self._calls += 1
            self._last_call = now
            self._time_base.filled(now, self._position)
            if self._calls <= _STEADY:
                return bytes(count * FRAME_BYTES)
            self._reported = False
            sound = self._mixer.fill(position, count, self._time_base.origin)
        return bytes(count * FRAME_BYTES) if self._muted else sound


def _no_device() -> Problem:
    return SessionProblem(
        _("There is nothing to play sound on. The session goes on without it."),
        _("Connect headphones or a loudspeaker: the next sound uses what is there."),
    )
