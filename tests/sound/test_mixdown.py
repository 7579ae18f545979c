"""The mixdown, read back sample by sample."""

from __future__ import annotations

import os
import tracemalloc
import wave
from array import array
from pathlib import Path
from typing import Any

import miniaudio
import pytest
from mutagen.id3 import ID3

from tests.fakes import full_disk
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.id3 import MOST_CHAPTERS, Chapter, id3_tag
from timer_app.sound.mixdown import OPEN_LENGTH, Mix, mixdown
from timer_app.sound.pcm import RATE, frames
from timer_app.sound.tones import tone_pcm
from timer_app.timeline.cue_lines import LineKind, Sound, SoundPlan, Tone
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline

PLANK = Timeline(
    "Planks & more, gently – äöü",
    "en",
    (
        Interval(0, IntervalKind.SETUP, 0, 10_000, "Plank", (0,)),
        Interval(1, IntervalKind.WORK, 10_000, 20_000, "Plank", (0,)),
        Interval(2, IntervalKind.REST, 30_000, 5_000, "Rest", (1,)),
        Interval(3, IntervalKind.WORK, 35_000, None, "Push-up", (2,)),
    ),
)
PLAN = SoundPlan(
    (
        Sound(0, 1_000, 700, LineKind.NEXT, 3, words="700"),
        Sound(1, 0, 450, LineKind.GO, 1, tone=Tone.GO),
        Sound(1, 19_000, 140, LineKind.COUNT, 1, tone=Tone.COUNT),
        Sound(3, 0, 450, LineKind.GO, 1, tone=Tone.GO),
        Sound(4, 0, 1_500, LineKind.END, 4, words="1500"),
    )
)


def clip(words: str) -> bytes | None:
    return b"\x10\x10" * frames(int(words))


def samples(file: Path) -> array[int]:
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        return array("h", sound.readframes(sound.getnframes()))


def tag_of(file: Path) -> Any:
    return ID3(str(file))  # type: ignore[no-untyped-call]


def test_every_sound_is_at_its_sample_and_silence_is_between(tmp_path: Path) -> None:
    mixdown(Mix(PLAN, PLANK, clip, Settings(tone_volume=1.0)), tmp_path / "out.wav")
    expected = array("h", bytes(2 * frames(10_000 + 20_000 + 5_000 + OPEN_LENGTH + 1_500)))
    for at, words, tone in [
        (1_000, "700", None),
        (10_000, None, Tone.GO),
        (29_000, None, Tone.COUNT),
        (35_000, None, Tone.GO),
        (35_000 + OPEN_LENGTH, "1500", None),
    ]:
        pcm = array("h", tone_pcm(Settings().tone_set, tone) if tone else clip(words or "") or b"")
        expected[frames(at) : frames(at) + len(pcm)] = pcm
    assert samples(tmp_path / "out.wav") == expected


def test_open_intervals_last_as_long_as_asked(tmp_path: Path) -> None:
    mix = Mix(PLAN, PLANK, clip, lengths={3: 30_000})
    mixdown(mix, tmp_path / "out.wav")
    assert mix.total() == 35_000 + 30_000 + 1_500
    assert len(samples(tmp_path / "out.wav")) == frames(mix.total())


def test_a_text_without_a_clip_is_silence(tmp_path: Path) -> None:
    mix = Mix(SoundPlan(PLAN.sounds[:1]), PLANK, lambda _words: None)
    mixdown(mix, tmp_path / "out.wav")
    assert not any(samples(tmp_path / "out.wav"))


def test_an_mp3_sounds_as_long_and_has_its_title_and_chapters(tmp_path: Path) -> None:
    parts: list[float] = []
    mixdown(Mix(PLAN, PLANK, clip), tmp_path / "out.mp3", parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
    decoded = miniaudio.mp3_read_file_s16(str(tmp_path / "out.mp3"))
    assert decoded.num_frames / RATE == pytest.approx(96.5, abs=0.2)
    heard = next(at for at, sample in enumerate(decoded.samples) if abs(sample) > 1_000)
    assert heard / RATE == pytest.approx(1.0, abs=0.05)
    tag = tag_of(tmp_path / "out.mp3")
    assert str(tag["TIT2"]) == PLANK.name
    assert tag["CTOC:contents"].child_element_ids == ["chapter0", "chapter1", "chapter2"]
    chapters = [(c.start_time, c.end_time, str(c.sub_frames["TIT2"])) for c in tag.getall("CHAP")]
    assert chapters == [(0, 30_000, "Plank"), (30_000, 35_000, "Rest"), (35_000, 95_000, "Push-up")]


def test_more_chapters_than_a_tag_can_count_end_in_a_long_one(tmp_path: Path) -> None:
    (tmp_path / "tag").write_bytes(id3_tag("Long", [Chapter(n, n + 1, str(n)) for n in range(300)]))
    tag = tag_of(tmp_path / "tag")
    chapters = tag.getall("CHAP")
    assert len(chapters) == MOST_CHAPTERS == len(tag["CTOC:contents"].child_element_ids)
    assert (chapters[-1].start_time, chapters[-1].end_time) == (254, 300)


@pytest.mark.parametrize("name", ["out.wav", "out.mp3"])
def test_what_stops_it_leaves_the_old_file(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    out.write_bytes(b"old")

    class StoppedError(Exception):
        pass

    def stop(_part: float) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        mixdown(Mix(PLAN, PLANK, clip), out, stop)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "nowhere").touch()
    with pytest.raises(Problem, match="cannot be written: Not a directory"):
        mixdown(Mix(PLAN, PLANK, clip), tmp_path / "nowhere" / "out.wav")


@pytest.mark.parametrize("name", ["out.wav", "out.mp3"])
@pytest.mark.skipif(os.name == "nt", reason="no limits on Windows")
def test_a_full_disk_is_reported(tmp_path: Path, name: str) -> None:
    with full_disk(room=1000), pytest.raises(Problem, match="File too large"):
        mixdown(Mix(PLAN, PLANK, clip), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"out\.ogg"):
        mixdown(Mix(PLAN, PLANK, clip), tmp_path / "out.ogg")


def test_an_hour_is_never_in_memory_at_once(tmp_path: Path) -> None:
    intervals = tuple(Interval(n, IntervalKind.WORK, n * 60_000, 60_000, "Plank", (n,)) for n in range(60))
    plan = SoundPlan(tuple(Sound(n, 0, 450, LineKind.GO, 1, tone=Tone.GO) for n in range(60)))
    tracemalloc.start()
    mixdown(Mix(plan, Timeline("Hour", "en", intervals), clip), tmp_path / "out.wav")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path / "out.wav").stat().st_size > 340_000_000
    assert peak < 5_000_000
