"""The audio output device: open it, feed it frames, close it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

from timer_app.sound.pcm import RATE

Fill: TypeAlias = Callable[[int], bytes]
"""Given a number of frames, return as many: called by the device on a thread of its own."""

# A pause must be silent within 100 ms, and a stall of this program must not be heard. With periods of 40 ms the device
# asks again with 30 ms left, and holds some 70 ms after it was given more.
_PERIOD: Final = 40
_PERIODS: Final = 2
_AHEAD: Final = {"PulseAudio": 68.0}
_AHEAD_ELSEWHERE: Final = float(_PERIOD * _PERIODS)


class NoDevice(Exception):  # noqa: N818 - a state of the computer
    """There is no output device."""


class Device(Protocol):
    """An open stream of 48 kHz mono 16-bit frames."""

    @property
    def ahead(self) -> float:
        """How many milliseconds of sound the device holds just after it was given frames."""

    def close(self) -> None:
        """Close the device; `fill` is not called any more."""


OpenDevice: TypeAlias = Callable[[Fill], Device]
"""Open the system's default device and play what the function returns. Raises NoDevice."""


class MiniaudioDevice:
    """The system's default device, through miniaudio."""

    def __init__(self, fill: Fill, backends: list[Any] | None = None) -> None:
        """Open it and begin to play. Raises NoDevice."""
        import miniaudio  # noqa: PLC0415 - 100 ms that a silent program does not need

        self._lib = miniaudio.lib
        chosen = _backends(miniaudio.Backend) if backends is None else backends
        if not chosen:
            raise NoDevice("no sound system")
        try:
            self._device = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=_PERIOD,
                callback_periods=_PERIODS,
                backends=chosen,
                app_name="Guided Session Timer",
            )
        except miniaudio.MiniaudioError as error:
            raise NoDevice(str(error)) from error
        self.ahead = _AHEAD.get(self._device.backend, _AHEAD_ELSEWHERE)
        frames = _frames(fill)
        next(frames)
        try:
            self._device.start(frames)
        except miniaudio.MiniaudioError as error:
            self.close()
            raise NoDevice(str(error)) from error

    def close(self) -> None:
        """Close the device, and miniaudio's connection to the sound system."""
        self._device.close()
        # miniaudio does not do this: each opening would leave a connection and its thread behind.
        self._lib.ma_context_uninit(self._device._context)  # noqa: SLF001 - no public name for it


def _frames(fill: Fill) -> Generator[bytes, int, None]:
    """Turn the function into the generator that miniaudio sends numbers of frames to."""
    count = yield b""
    while True:
        count = yield fill(count)


def _backends(backend: Any) -> list[Any]:  # noqa: ANN401 - miniaudio has no types
    """Return the sound systems to try, in order. Naming them keeps the others from complaining on the terminal."""
    if sys.platform == "win32":
        return [backend.WASAPI, backend.DSOUND, backend.WINMM]
    if sys.platform == "darwin":
        return [backend.COREAUDIO]
    backends = [backend.PULSEAUDIO, backend.ALSA]
    # ALSA without a playback device writes thirty lines to the terminal.
    if not any(Path("/dev/snd").glob("pcm*p")):
        backends.remove(backend.ALSA)
    return backends
