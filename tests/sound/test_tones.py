"""The tones: told apart, without clicks, and as long as they say."""

from __future__ import annotations

import math
from array import array
from itertools import combinations, pairwise

import pytest

from timer_app.settings import ToneSet
from timer_app.sound.pcm import RATE, frames, milliseconds
from timer_app.sound.tones import Note, notes_of, tone_lengths, tone_pcm
from timer_app.timeline.cue_lines import Tone

every_tone = pytest.mark.parametrize("tone", Tone)
every_set = pytest.mark.parametrize("tones", ToneSet)


@every_set
@every_tone
def test_a_tone_lasts_as_long_as_it_says(tones: ToneSet, tone: Tone) -> None:
    assert milliseconds(tone_pcm(tones, tone)) == tone_lengths(tones)[tone]


@every_set
@every_tone
def test_it_neither_clicks_nor_clips(tones: ToneSet, tone: Tone) -> None:
    samples = array("h", tone_pcm(tones, tone))
    assert samples[0] == samples[-1] == 0
    # The steepest step of a full sine at the highest partial heard; a click would be steeper.
    highest = max(note.pitch for note in notes_of(tones, tone)) * 9.2
    steepest = 2 * math.pi * min(highest, 8_000) / RATE * 23_198
    assert max(abs(b - a) for a, b in pairwise(samples)) < steepest
    assert max(map(abs, samples)) <= 23_198


@every_set
@every_tone
def test_its_notes_have_their_pitches(tones: ToneSet, tone: Tone) -> None:
    samples = array("h", tone_pcm(tones, tone))
    for note in notes_of(tones, tone):
        sound = samples[frames(note.start) : frames(note.end)]
        level = strength(sound, note.pitch)
        elsewhere = [strength(sound, note.pitch * 2 ** (semitones / 12)) for semitones in (-7, -5, 5, 7)]
        assert level > 2 * max(elsewhere)


def strength(samples: array[int], pitch: float) -> float:
    """Return how much of a pitch is in some samples (one term of a Fourier sum, with a Hann window)."""
    count = len(samples)
    window = [0.5 - 0.5 * math.cos(2 * math.pi * at / count) for at in range(count)]
    turn = 2 * math.pi * pitch / RATE
    real = sum(s * w * math.cos(turn * at) for at, (s, w) in enumerate(zip(samples, window, strict=True)))
    imaginary = sum(s * w * math.sin(turn * at) for at, (s, w) in enumerate(zip(samples, window, strict=True)))
    return math.hypot(real, imaginary)


@every_set
def test_any_two_tones_differ_in_number_direction_or_an_octave_and_length(tones: ToneSet) -> None:
    for first, second in combinations(Tone, 2):
        assert heard(notes_of(tones, first)) != heard(notes_of(tones, second)), (first, second)


def heard(notes: tuple[Note, ...]) -> tuple[int, int, int]:
    """Return what an untrained ear keeps of a tone: how many notes, which way, and roughly how high."""
    way = round(math.copysign(1, notes[-1].pitch - notes[0].pitch)) if notes[-1].pitch != notes[0].pitch else 0
    octave = round(math.log2(notes[0].pitch / 440))
    return len(notes), way, octave


@every_set
def test_counts_and_reps_fit_twice_in_a_second(tones: ToneSet) -> None:
    lengths = tone_lengths(tones)
    assert set(lengths) == set(Tone)
    assert lengths[Tone.COUNT] <= 300
    assert lengths[Tone.REP] <= 300
    assert max(lengths.values()) <= 1_000


def test_the_sets_sound_different() -> None:
    for tone in Tone:
        assert len({tone_pcm(tones, tone) for tones in ToneSet}) == len(ToneSet)


def test_a_tone_is_made_once() -> None:
    assert tone_pcm(ToneSet.BELLS, Tone.GO) is tone_pcm(ToneSet.BELLS, Tone.GO)
