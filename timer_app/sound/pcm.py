"""Samples as the speaker and the clips use them: 48 kHz, mono, signed 16-bit, in native byte order."""

from __future__ import annotations

from array import array
from typing import Final

from timer_app.clock import Milliseconds

RATE: Final = 48_000
"""Frames a second."""

FRAME_BYTES: Final = 2
"""Bytes of one frame: one channel of 16 bits."""


def milliseconds(pcm: bytes) -> Milliseconds:
    """Return how long some samples last, rounded up to a whole millisecond."""
    return -(-len(pcm) // FRAME_BYTES * 1000 // RATE)


def frames(length: Milliseconds) -> int:
    """Return how many frames a length in milliseconds has."""
    return length * RATE // 1000


def scaled(pcm: bytes, gain: float) -> bytes:
    """Return the samples at a lower volume: `gain` from 0 to 1."""
    if gain >= 1:
        return pcm
    return array("h", [int(sample * gain) for sample in array("h", pcm)]).tobytes()


def fade(pcm: bytes, fade_in: Milliseconds, fade_out: Milliseconds) -> bytes:
    """Return the samples with a linear fade at both ends, in milliseconds, each at most half of the whole."""
    samples = array("h", pcm)
    half = len(samples) // 2
    rising, falling = min(frames(fade_in), half), min(frames(fade_out), half)
    for at in range(rising):
        samples[at] = samples[at] * at // rising
    for at in range(1, falling + 1):
        samples[-at] = samples[-at] * (at - 1) // falling
    return samples.tobytes()
