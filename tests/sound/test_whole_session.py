"""A shipped session from its file to a sound file, with the real voice, read back sample by sample."""

from __future__ import annotations

import queue
import shutil
import wave
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.timeline.scripts import plan_sounds
from timer_app.definition.parser import read_session
from timer_app.exercises.catalogue import load_catalogue
from timer_app.paths import assets, shipped_sessions
from timer_app.problems import Problem
from timer_app.settings import Settings, Talk
from timer_app.sound.clips import ClipStore
from timer_app.sound.mixdown import Mix, mixdown
from timer_app.sound.pcm import RATE, frames
from timer_app.sound.tones import tone_lengths, tone_pcm
from timer_app.sound.voice import RenderedVoice
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import CueLine, LineKind, Sound
from timer_app.timeline.phrase_parser import load_phrases
from timer_app.timeline.script import script, texts

pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")

SETTINGS = Settings(tone_volume=1.0)


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RenderedVoice]:
    def fail(problem: Problem) -> None:
        raise AssertionError(problem)

    started = RenderedVoice(ClipStore(tmp_path_factory.mktemp("clips")), SETTINGS, on_trouble=fail)
    yield started
    started.close()


def longest() -> str:
    """Return the stem of the longest session that is shipped."""
    catalogue = load_catalogue(assets() / "exercises").catalogue

    def total(file: Path) -> int:
        return compile_session(read_session(file.read_bytes(), file.name, catalogue), catalogue).total

    return max(shipped_sessions().glob("*.session.yaml"), key=total).name.removesuffix(".session.yaml")


def mix_of(stem: str, talk: Talk, voice: RenderedVoice) -> Mix:
    """Read, compile, write, render and place a shipped session."""
    catalogue = load_catalogue(assets() / "exercises").catalogue
    file = shipped_sessions() / f"{stem}.session.yaml"
    timeline = compile_session(read_session(file.read_bytes(), file.name, catalogue), catalogue)
    phrases = load_phrases(timeline.language)
    spoken = texts(script(timeline, phrases, catalogue, talk))
    done: queue.SimpleQueue[None] = queue.SimpleQueue()
    voice.prepare(spoken, lambda _done, _total: None, lambda: done.put(None))
    done.get(timeout=60)
    lengths = voice.lengths(spoken)
    assert set(lengths) == set(spoken)
    plan = plan_sounds(timeline, phrases, catalogue, talk, lengths, tone_lengths(SETTINGS.tone_set))
    return Mix(plan, timeline, voice.clip, SETTINGS)


@pytest.mark.parametrize(
    ("stem", "talk"),
    [
        ("the longest", Talk.FULL),
        ("planks-by-the-minute", Talk.FULL),
        ("superman-tens", Talk.FULL),
        ("superman-tens", Talk.TONES),
        ("knee-to-chest-holds", Talk.BRIEF),
        ("knee-to-chest-holds", Talk.COUNTS),
    ],
)
def test_every_tone_is_on_its_sample_and_every_line_in_its_window(
    tmp_path: Path, voice: RenderedVoice, stem: str, talk: Talk
) -> None:
    mix = mix_of(longest() if stem == "the longest" else stem, talk, voice)
    mixdown(mix, tmp_path / "session.wav")
    with wave.open(str(tmp_path / "session.wav")) as sound:
        heard = array("h", sound.readframes(sound.getnframes()))
    assert len(heard) == frames(mix.total())

    starts = mix.starts()
    lines = lines_of(mix, talk)
    rows = sorted(((starts[sound.interval] + sound.offset, sound) for sound in mix.plan.sounds), key=lambda row: row[0])
    assert rows
    assert any(sound.tone for _at, sound in rows)
    assert any(sound.words for _at, sound in rows) == (talk is not Talk.TONES)
    before = 0
    for at, sound in rows:
        assert not any(heard[frames(before) : frames(at)]), f"something sounds before {at} ms"
        assert is_where_it_may(sound, lines), f"{sound} is outside the window of its line"
        begins, ends = window(heard, at, at + sound.length)
        if sound.tone is not None:
            pcm = array("h", tone_pcm(SETTINGS.tone_set, sound.tone))
            assert abs(shift(heard, pcm, frames(at))) <= RATE // 1000, f"{sound.tone} at {at} ms"
        else:
            assert ends - begins > 50 * RATE // 1000, f"{sound.words!r} at {at} ms is not heard"
        if sound.interval < len(mix.timeline.intervals):
            assert at + sound.length <= starts[sound.interval + 1], f"{sound} goes on into the next interval"
        before = at + sound.length
    assert not any(heard[frames(before) :])


def lines_of(mix: Mix, talk: Talk) -> tuple[CueLine, ...]:
    """Return the script that a mix was made from."""
    catalogue = load_catalogue(assets() / "exercises").catalogue
    return script(mix.timeline, load_phrases(mix.timeline.language), catalogue, talk)


def is_where_it_may(sound: Sound, lines: Iterable[CueLine]) -> bool:
    """Whether a sound is one of the script's lines, and inside the window that the script gives it."""
    return any(
        (line.interval, line.kind) == (sound.interval, sound.kind)
        and (sound.words in line.variants if sound.words else sound.tone is line.tone)
        and line.earliest <= sound.offset
        and (line.latest is None or sound.end <= line.latest)
        and (not line.exact or sound.offset == line.at)
        for line in lines
    )


def window(heard: array[int], begin: int, end: int) -> tuple[int, int]:
    """Return the first and the last frame that sounds between two moments."""
    places = range(frames(begin), frames(end))
    first = next((at for at in places if heard[at]), None)
    assert first is not None
    return first, next(at for at in reversed(places) if heard[at])


def shift(heard: array[int], pcm: array[int], due: int) -> int:
    """Return by how many frames a sound is off its due frame, looking 5 ms around it: where it differs least."""
    around = 5 * RATE // 1000
    places = range(max(-around, -due), around + 1)
    return min(places, key=lambda off: (difference(heard, pcm, due + off), abs(off)))


def difference(heard: array[int], pcm: array[int], at: int) -> int:
    """Return how much the first 20 ms of a sound differ from what is heard from a frame on."""
    return sum(abs(heard[at + index] - pcm[index]) for index in range(0, 20 * RATE // 1000, 3))


def test_counts_are_on_the_last_whole_seconds(voice: RenderedVoice) -> None:
    mix = mix_of("planks-by-the-minute", Talk.FULL, voice)
    counts = [sound for sound in mix.plan.sounds if sound.kind is LineKind.COUNT]
    assert counts
    for sound in counts:
        length = mix.timeline.intervals[sound.interval].length
        assert length is not None
        assert (length - sound.offset) in (1_000, 2_000, 3_000)
