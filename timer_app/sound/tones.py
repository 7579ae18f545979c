"""Synthesise the tones: three families, in each of which every event is distinct by ear.

| event | how many notes | which way | how |
|---|---|---|---|
| count | one | | short, middle |
| go | one | | long, an octave above the count |
| rest | two | falling | a fifth down |
| rep | one | | the shortest, an octave below the count, and softer |
| half | two | level | the same note again |
| done | three | rising | a broken major chord |

So number, direction, pitch and length all differ, and one of them is enough. Bells ring in uneven partials, wood knocks
and is gone, pulses are plain and even.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from functools import cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.settings import ToneSet
from timer_app.sound.pcm import RATE, fade, frames
from timer_app.timeline.cue_lines import Tone


class Note(Struct, frozen=True):
    """One note: when it begins in its tone and how long it lasts, in milliseconds, and its pitch in hertz."""

    start: Milliseconds
    length: Milliseconds
    pitch: float

    @property
    def end(self) -> Milliseconds:
        """When it has ended, in milliseconds from the tone's start."""
        return self.start + self.length


class _Partial(Struct, frozen=True):
    """One sine of a sound: its frequency and loudness in terms of the note's, and how fast it fades.

    `halving` is the time in milliseconds in which it loses half its loudness, 0 for not at all.
    """

    ratio: float
    loudness: float
    halving: float


class _Timbre(Struct, frozen=True):
    partials: tuple[_Partial, ...]
    attack: Milliseconds
    release: Milliseconds
    longest: Milliseconds


# The pitches lie between A4 and E6, where small loudspeakers are good and ageing ears still hear well.
_A4, _A5, _CIS6, _D5, _E6, _A6 = 440.0, 880.0, 1108.73, 587.33, 1318.51, 1760.0

NOTES: Final[Mapping[Tone, tuple[Note, ...]]] = {
    Tone.COUNT: (Note(0, 140, _A5),),
    Tone.GO: (Note(0, 450, _A6),),
    Tone.REST: (Note(0, 200, _A5), Note(200, 350, _D5)),
    Tone.REP: (Note(0, 80, _A4),),
    Tone.HALF: (Note(0, 140, _CIS6), Note(180, 200, _CIS6)),
    Tone.DONE: (Note(0, 180, _A5), Note(180, 180, _CIS6), Note(360, 540, _E6)),
}
"""The notes of each event, before a family shortens them. Counts and reps are short enough to come twice a second."""

_SOFTER: Final[Mapping[Tone, float]] = {Tone.REP: 0.55}

# Bells: the partials of a small hand bell (1, 2, 2.76, 5.4). Wood: those of a bar struck in the middle (1, 3.93, 9.2).
_TIMBRES: Final[Mapping[ToneSet, _Timbre]] = {
    ToneSet.BELLS: _Timbre(
        (_Partial(1, 1.0, 110), _Partial(2, 0.45, 60), _Partial(2.76, 0.3, 35), _Partial(5.4, 0.1, 12)), 3, 25, 600
    ),
    ToneSet.WOOD: _Timbre((_Partial(1, 1.0, 30), _Partial(3.93, 0.35, 9), _Partial(9.2, 0.08, 3)), 2, 20, 220),
    ToneSet.PULSES: _Timbre((_Partial(1, 1.0, 0), _Partial(2, 0.12, 0)), 12, 30, 600),
}
_PEAK: Final = 23_198  # 3 dB below full scale, as clips are


def notes_of(tones: ToneSet, tone: Tone) -> tuple[Note, ...]:
    """Return the notes of a tone as a family plays them: no longer than its sound lasts."""
    longest = _TIMBRES[tones].longest
    return tuple(replace(note, length=min(note.length, longest)) for note in NOTES[tone])


def tone_lengths(tones: ToneSet) -> Mapping[Tone, Milliseconds]:
    """Return how long each tone of a family lasts, in milliseconds. Synthesises nothing."""
    return {tone: max(note.end for note in notes_of(tones, tone)) for tone in Tone}


@cache
def tone_pcm(tones: ToneSet, tone: Tone) -> bytes:
    """Return the samples of a tone, 48 kHz mono 16-bit; synthesised once and cached."""
    timbre = _TIMBRES[tones]
    notes = notes_of(tones, tone)
    sound = array("h", bytes(2 * frames(max(note.end for note in notes))))
    for note in notes:
        at = frames(note.start)
        pcm = array("h", _note(timbre, note, _SOFTER.get(tone, 1.0)))
        sound[at : at + len(pcm)] = pcm
    return sound.tobytes()


def _note(timbre: _Timbre, note: Note, loudness: float) -> bytes:
    count = frames(note.length)
    waves = [
        _partial(partial, note.pitch, count) for partial in timbre.partials if partial.ratio * note.pitch < RATE / 2
    ]
    mixed = [sum(parts) for parts in zip(*waves, strict=True)]
    gain = _PEAK * loudness / max(abs(level) for level in mixed)
    return fade(array("h", [int(level * gain) for level in mixed]).tobytes(), timbre.attack, timbre.release)


def _partial(partial: _Partial, pitch: float, count: int) -> list[float]:
    """Make one fading sine with two multiplications a sample: each follows from the two before it."""
    step = 2 * math.pi * pitch * partial.ratio / RATE
    fading = 0.5 ** (1000 / (partial.halving * RATE)) if partial.halving else 1.0
    first, second = 2 * fading * math.cos(step), fading * fading
    before, level = 0.0, partial.loudness * math.sin(step)
    wave = []
    for _ in range(count):
        wave.append(before)
        before, level = level, first * level - second * before
    return wave
