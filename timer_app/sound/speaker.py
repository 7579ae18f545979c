"""The speaker: cues played on time through one stream, which lives only while there is something to play."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from timer_app.clock import Clock, Milliseconds
from timer_app.i18n import _
from timer_app.problems import Problem, SessionProblem
from timer_app.settings import Settings
from timer_app.sound.cue_mixer import LATEST_TONE, LATEST_WORDS, CueMixer, MixedCue, TimeBase
from timer_app.sound.device import Device, MiniaudioDevice, NoDevice, OpenDevice
from timer_app.sound.pcm import FRAME_BYTES, scaled
from timer_app.sound.ports import Cue
from timer_app.sound.tones import tone_pcm

Source: TypeAlias = Callable[[str], bytes | None]
"""The samples of a text, 48 kHz mono 16-bit, or None when there is no clip of it."""

# A server needs up to some 1.5 s to wake a sleeping output and to ask for frames evenly.
_WARM_UP: Final[Milliseconds] = 2_000
_LINGER: Final[Milliseconds] = 3_000
_GONE: Final[Milliseconds] = 1_000
_GONE_AT_FIRST: Final[Milliseconds] = 3_000
_FETCH: Final[Milliseconds] = 5_000
_RETRY: Final[Milliseconds] = 2_000
_POLL: Final = 0.25
_STEADY: Final = 3
"""The first calls of a device come in a burst, and tell nothing about the time."""


class StreamSpeaker:
    """The `Speaker` of a computer, with a sound card or without one.

    `source` gives the clips, from any thread. `on_trouble` is told once for each time that no device is there, on
    another thread. Volumes go from 0 to 1; half sounds about half as loud.
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
        # `_changed` guards the wishes; `_playing` guards the score, and is held for microseconds only, because the
        # device waits for it.
        self._changed = threading.Condition()
        self._wanted: tuple[Cue, ...] | None = None
        self._wish = 0
        self._waking = False
        self._closing = False
        self._playing = threading.Lock()
        self._score = CueMixer()
        self._later: deque[Cue] = deque()
        self._base = TimeBase()
        self._position = 0
        self._calls = 0
        self._last_call: Milliseconds = 0
        self._stream = 0
        self._device: Device | None = None
        self._tried: Milliseconds | None = None
        self._quiet_since: Milliseconds = 0
        self._told = False
        self._thread = threading.Thread(target=self._serve, name="speaker", daemon=True)
        self._thread.start()

    def schedule(self, cues: Sequence[Cue]) -> None:
        """Replace all cues that have not begun by these; what sounds goes on. A cue whose time is past is left out."""
        now = self._clock.now()
        coming = tuple(sorted((cue for cue in cues if cue.at >= now - LATEST_TONE), key=lambda cue: cue.at))
        with self._changed:
            self._wanted = coming
            self._wish += 1
            self._tried = None
            self._changed.notify()

    def silence(self) -> None:
        """Stop what sounds, within 100 ms, and forget all that was to come."""
        with self._changed:
            self._wanted = ()
            self._wish += 1
            with self._playing:
                self._score.silence(self._position)
            self._changed.notify()

    def mute(self, muted: bool) -> None:
        """Play everything inaudibly, or audibly again; within 100 ms."""
        self._muted = muted

    def wake(self) -> None:
        """Open the device before there is anything to play, so that the first sound finds it awake.

        It is closed again when nothing follows within a few seconds.
        """
        with self._changed:
            self._waking = True
            self._tried = None
            self._changed.notify()

    def set_settings(self, settings: Settings) -> None:
        """Take other volumes, tones and lead-in, for the cues scheduled from now on."""
        self._settings = settings
        self._muted = settings.muted

    def close(self) -> None:
        """Give the device back. What hangs in the sound system is left behind after 2 seconds."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(2.0)

    # The speaker's thread.

    def _serve(self) -> None:
        while True:
            with self._changed:
                if self._wanted is None and not self._waking and not self._closing:
                    self._changed.wait(self._pause())
                if self._closing:
                    break
                wanted, self._wanted = self._wanted, None
                wish = self._wish
                waking, self._waking = self._waking, False
            if wanted is None:
                self._feed()
            else:
                self._place(wanted, wish)
            self._watch(self._clock.now(), waking)
        self._close_device()

    def _pause(self) -> float | None:
        """Return how long to sleep, in seconds, or None for as long as nothing is asked for."""
        if self._device is not None:
            return _POLL
        next_at = self._next_at()
        if next_at is None:
            return None
        return max(_POLL, (next_at - self._clock.now() - self._head_start()) / 1000)

    def _next_at(self) -> Milliseconds | None:
        with self._playing:
            next_at = self._score.next_at
        if next_at is None and self._later:
            return self._later[0].at
        return next_at

    def _head_start(self) -> Milliseconds:
        return _WARM_UP + self._settings.lead_in

    def _place(self, cues: tuple[Cue, ...], wish: int) -> None:
        """Put the soonest cues into the score, unless something else was wished for while their samples were fetched.

        A whole session may be scheduled at once, and its samples would fill the memory: so the rest waits its turn.
        """
        self._later = deque(cues)
        entries = self._due_entries()
        with self._changed:
            if self._wish == wish:
                with self._playing:
                    self._score.schedule(entries)

    def _feed(self) -> None:
        """Put the cues into the score whose turn has come."""
        with self._changed:
            wish = self._wish
        entries = self._due_entries()
        with self._changed:
            if entries and self._wish == wish:
                with self._playing:
                    self._score.add(entries)

    def _due_entries(self) -> list[MixedCue]:
        """Take the cues whose turn has come, with their samples; those without any are left out."""
        entries = []
        horizon = self._clock.now() + _FETCH
        while self._later and self._later[0].at <= horizon:
            cue = self._later.popleft()
            pcm = self._samples(cue)
            if pcm:
                entries.append(MixedCue(cue, pcm))
        return entries

    def _samples(self, cue: Cue) -> bytes | None:
        settings = self._settings
        if cue.tone is not None:
            return scaled(tone_pcm(settings.tone_set, cue.tone), settings.tone_volume**2)
        pcm = self._source(cue.words or "")
        return scaled(pcm, settings.voice_volume**2) if pcm else None

    def _watch(self, now: Milliseconds, waking: bool) -> None:
        """Open, reopen or close the device, as the score and the device's own calls ask for."""
        with self._playing:
            if self._device is None:
                self._score.forget(now - LATEST_WORDS)
            sounds = self._score.sounds
            silent_for = now - self._last_call
            patience = _GONE if self._calls > _STEADY else _GONE_AT_FIRST
        next_at = self._next_at()
        soon = sounds or (next_at is not None and next_at - now <= self._head_start() + _LINGER)
        if self._device is not None:
            if silent_for > patience:
                self._close_device()
                self._tried = None
            elif soon:
                self._quiet_since = now
            elif now - self._quiet_since > _LINGER:
                self._close_device()
        due = next_at is not None and next_at - now <= self._head_start()
        if self._device is None and (waking or due):
            self._open(now)

    def _open(self, now: Milliseconds) -> None:
        if self._tried is not None and now - self._tried < _RETRY:
            return
        self._tried = now
        stream = self._stream + 1
        with self._playing:
            self._stream = stream
            self._position = self._calls = 0
            self._last_call = self._quiet_since = now
            self._score.restart()
            self._base = TimeBase()
        try:
            device = self._open_device(lambda count: self._fill(stream, count))
        except NoDevice:
            if not self._told:
                self._told = True
                self._on_trouble(_no_device())
            return
        with self._playing:
            self._base.ahead = device.ahead
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
            self._base.filled(now, self._position)
            if self._calls <= _STEADY:
                return bytes(count * FRAME_BYTES)
            self._told = False
            sound = self._score.fill(position, count, self._base.origin)
        return bytes(count * FRAME_BYTES) if self._muted else sound


def _no_device() -> Problem:
    return SessionProblem(
        _("There is nothing to play sound on. The session goes on without it."),
        _("Connect headphones or a loudspeaker: the next sound uses what is there."),
    )
