"""Clips: what is done to a rendering, and how it is kept."""

from __future__ import annotations

import io
import math
import os
import random
import threading
import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.sound.clips import ClipStore, clip_key, treat
from timer_app.sound.pcm import RATE, fade, milliseconds, scaled


def wav(samples: list[int], rate: int = 22_050, channels: int = 1) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(array("h", samples).tobytes())
    return buffer.getvalue()


def voiced(length: float, level: int = 8_000, rate: int = 22_050) -> list[int]:
    return [round(level * math.sin(2 * math.pi * 300 * at / rate)) for at in range(int(length * rate))]


def silent(length: float, rate: int = 22_050) -> list[int]:
    return [0] * int(length * rate)


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_silence_is_trimmed_at_both_ends_but_for_the_margins(rate: int) -> None:
    clip = treat(wav(silent(0.06, rate) + voiced(0.5, rate=rate) + silent(0.548, rate), rate))
    assert milliseconds(clip) == pytest.approx(500 + 5 + 15, abs=3)


def test_silence_within_stays() -> None:
    clip = treat(wav(voiced(0.2) + silent(0.4) + voiced(0.2)))
    assert milliseconds(clip) == pytest.approx(800, abs=3)


@pytest.mark.parametrize("level", [60, 2_000, 32_000])
def test_peaks_are_evened(level: int) -> None:
    samples = array("h", treat(wav(voiced(0.3, level))))
    assert max(samples) == pytest.approx(23_198, rel=0.03)


def test_it_begins_and_ends_without_a_click() -> None:
    samples = array("h", treat(wav(voiced(0.3))))
    assert abs(samples[0]) < 50
    assert abs(samples[-1]) < 50


@pytest.mark.parametrize("samples", [[], [0] * 9_000, [3, -3] * 4_000])
def test_nothing_but_silence_is_an_empty_clip(samples: list[int]) -> None:
    assert treat(wav(samples)) == b""


@pytest.mark.parametrize("junk", [b"", b"RIFF", b"FORM....AIFF", wav(voiced(0.1))[:20]])
def test_what_is_no_wav_file_is_refused(junk: bytes) -> None:
    with pytest.raises(ValueError, match="not a WAV file"):
        treat(junk)


def test_two_channels_become_one() -> None:
    both = [sample for sample in voiced(0.2) for _ in range(2)]
    assert milliseconds(treat(wav(both, channels=2))) == pytest.approx(200, abs=3)


@given(st.integers(0, 200_000))
def test_a_length_is_rounded_up_to_a_whole_millisecond(count: int) -> None:
    assert milliseconds(bytes(2 * count)) == math.ceil(count * 1000 / RATE)


@given(st.binary(max_size=400).filter(lambda b: len(b) % 2 == 0), st.floats(0, 1))
def test_scaling_never_makes_louder(pcm: bytes, gain: float) -> None:
    before, after = array("h", pcm), array("h", scaled(pcm, gain))
    assert len(before) == len(after)
    assert all(abs(a) <= abs(b) for a, b in zip(after, before, strict=True))


@given(st.binary(max_size=400).filter(lambda b: len(b) % 2 == 0), st.integers(0, 5), st.integers(0, 5))
def test_a_fade_keeps_the_length_and_ends_in_silence(pcm: bytes, rising: int, falling: int) -> None:
    faded = array("h", fade(pcm, rising, falling))
    assert len(faded) * 2 == len(pcm)
    if len(faded) > 1 and rising and falling:
        assert faded[0] == faded[-1] == 0


def key(text: str = "plank", **others: object) -> str:
    matters: dict[str, object] = {"engine": "2.99", "driver": "espeak", "voice": "gmw/en", "rate": 165} | others
    return clip_key(text, **matters)  # type: ignore[arg-type]


def test_the_key_depends_on_all_that_matters() -> None:
    others = [
        key("planks"), key(engine="3.0"), key(driver="nsss"), key(voice="gmw/en-us"), key(rate=166)
    ]  # fmt: skip
    assert len({key(), *others}) == 6
    assert key() == key()


CLIP = bytes(range(256)) * 40


def test_a_clip_is_found_again_by_another_store(tmp_path: Path) -> None:
    assert ClipStore(tmp_path / "clips").store("a", CLIP) is None
    store = ClipStore(tmp_path / "clips")
    assert store.length("a") == milliseconds(CLIP)
    assert store.load("a") == CLIP
    assert store.length("b") is None
    assert store.load("b") is None


def test_any_damage_is_noticed_and_the_file_deleted(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(300):
        ClipStore(tmp_path).store("a", CLIP)
        file = tmp_path / "a.clip"
        content = bytearray(file.read_bytes())
        if chance.random() < 0.3:
            content = content[: chance.randrange(len(content))]
        else:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        store = ClipStore(tmp_path)
        assert store.load("a") is None
        assert store.length("a") is None
        assert not file.exists()


def test_a_clip_deleted_while_in_use_is_no_longer_claimed(tmp_path: Path) -> None:
    store = ClipStore(tmp_path, memory_limit=0)
    store.store("a", CLIP)
    (tmp_path / "a.clip").unlink()
    assert store.load("a") is None
    assert store.length("a") is None


def test_the_least_recently_used_are_forgotten_first(tmp_path: Path) -> None:
    store = ClipStore(tmp_path, disk_limit=5 * len(CLIP), memory_limit=0)
    for number in range(8):
        store.store(str(number), CLIP)
        os.utime(tmp_path / f"{number}.clip", (number, number))
    assert store.load("1") == CLIP
    store.evict()
    assert sorted(file.stem for file in tmp_path.iterdir()) == ["1", "5", "6", "7"]
    assert store.length("0") is None


def test_below_the_limit_nothing_is_forgotten(tmp_path: Path) -> None:
    store = ClipStore(tmp_path)
    store.store("a", CLIP)
    store.evict()
    assert store.load("a") == CLIP
    ClipStore(tmp_path / "not there").evict()


def test_memory_holds_no_more_than_its_limit(tmp_path: Path) -> None:
    store = ClipStore(tmp_path, memory_limit=3 * len(CLIP))
    for number in range(10):
        store.store(str(number), CLIP)
    assert len(store._memory) == 3
    assert store._memory_size == 3 * len(CLIP)
    assert all(store.load(str(number)) == CLIP for number in range(10))


def test_where_the_disk_takes_nothing_clips_stay_in_memory(tmp_path: Path) -> None:
    in_the_way = tmp_path / "clips"
    in_the_way.write_text("a file")
    store = ClipStore(in_the_way, memory_limit=0)
    assert isinstance(store.store("a", CLIP), OSError)
    assert store.length("a") == milliseconds(CLIP)
    assert store.load("a") == CLIP
    store.evict()


def test_many_threads_may_store_and_load(tmp_path: Path) -> None:
    store = ClipStore(tmp_path, memory_limit=2 * len(CLIP))
    wrong: list[bytes | None] = []

    def work(offset: int) -> None:
        for number in range(60):
            name = str((number + offset) % 12)
            store.store(name, CLIP)
            if (clip := store.load(name)) != CLIP:
                wrong.append(clip)

    threads = [threading.Thread(target=work, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert store._memory_size == sum(map(len, store._memory.values())) <= 2 * len(CLIP)
