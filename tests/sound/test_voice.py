"""The voice through its real process and the real espeak-ng."""

from __future__ import annotations

import os
import queue
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.clips import ClipStore
from timer_app.sound.pcm import milliseconds
from timer_app.sound.voice import RenderedVoice
from timer_app.sound.voice_selection import VoiceInfo

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
pytestmark = needs_espeak

MakeVoice = Callable[..., RenderedVoice]


@pytest.fixture
def make_voice(tmp_path: Path) -> Iterator[MakeVoice]:
    made: list[RenderedVoice] = []

    def make(settings: Settings | None = None, language: str = "en") -> RenderedVoice:
        def fail(problem: Problem) -> None:
            raise AssertionError(problem)

        store = ClipStore(tmp_path / "clips")
        made.append(RenderedVoice(store, settings or Settings(), language, on_trouble=fail))
        return made[-1]

    yield make
    for voice in made:
        voice.close()


def prepared(voice: RenderedVoice, *texts: str) -> list[tuple[int, int]]:
    """Prepare texts and return what was told of it, up to the end."""
    calls: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
    voice.prepare(texts, lambda done, total: calls.put((done, total)))
    steps = [calls.get(timeout=20)]
    while steps[-1][0] != steps[-1][1]:
        steps.append(calls.get(timeout=20))
    return steps


def test_it_reports_progress_and_how_long_each_text_lasts(make_voice: MakeVoice) -> None:
    voice = make_voice()
    steps = prepared(voice, "plank", "side plank, left", "three")
    assert steps == [(1, 3), (2, 3), (3, 3)]
    lengths = voice.lengths(["plank", "side plank, left", "three", "never asked for"])
    assert set(lengths) == {"plank", "side plank, left", "three"}
    assert 200 < lengths["three"] < lengths["side plank, left"] < 3_000
    for text, length in lengths.items():
        clip = voice.clip(text)
        assert clip is not None
        assert milliseconds(clip) == length


def test_clips_are_found_again_by_the_next_start(make_voice: MakeVoice) -> None:
    first = make_voice()
    prepared(first, "bird dog")
    length = first.lengths(["bird dog"])
    second = make_voice(Settings(voice="gmw/en", rate=165))
    assert second.lengths(["bird dog"]) == length


def test_a_slower_voice_takes_longer(make_voice: MakeVoice) -> None:
    voice = make_voice()
    prepared(voice, "knee to chest")
    ordinary = voice.lengths(["knee to chest"])["knee to chest"]
    voice.set_voice("", 100)
    assert voice.lengths(["knee to chest"]) == {}
    prepared(voice, "knee to chest")
    assert voice.lengths(["knee to chest"])["knee to chest"] > ordinary * 1.2


def test_a_new_voice_renders_what_is_being_prepared(make_voice: MakeVoice) -> None:
    voice = make_voice()
    calls: queue.SimpleQueue[str] = queue.SimpleQueue()
    voice.prepare([f"line {n}" for n in range(40)], lambda done, total: calls.put("end" if done == total else ""))
    calls.get(timeout=20)
    voice.set_voice("gmw/en-us", 200)
    while calls.get(timeout=20) != "end":
        continue
    assert len(voice.lengths([f"line {n}" for n in range(40)])) == 40


def test_a_new_voice_renders_anew_what_was_finished_and_reports_it_again(make_voice: MakeVoice) -> None:
    voice = make_voice()
    calls: queue.SimpleQueue[str] = queue.SimpleQueue()
    voice.prepare(["plank", "bridge"], lambda _done, _total: calls.put("progress"), lambda: calls.put("finished"))
    while calls.get(timeout=20) != "finished":
        continue
    ordinary = voice.lengths(["plank", "bridge"])
    voice.set_voice("", 100)
    while calls.get(timeout=20) != "finished":
        continue
    slower = voice.lengths(["plank", "bridge"])
    assert all(slower[text] > ordinary[text] for text in ("plank", "bridge"))


def test_another_language_renders_nothing_anew_that_was_finished(make_voice: MakeVoice) -> None:
    voice = make_voice()
    prepared(voice, "plank", "bridge")
    voice.set_language("de")
    prepared(voice, "Brett")
    assert voice.lengths(["plank", "bridge"]) == {}


def test_a_later_request_forgets_the_earlier(make_voice: MakeVoice) -> None:
    voice = make_voice()
    calls: queue.SimpleQueue[int] = queue.SimpleQueue()
    many = [f"earlier {n}" for n in range(200)]
    voice.prepare(many, lambda *progress: calls.put(progress[0]))
    calls.get(timeout=20)
    prepared(voice, "later")
    assert len(voice.lengths(many)) < 100


def test_nothing_that_is_rendered_is_lost_to_a_later_request(
    make_voice: MakeVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[str] = []
    store = ClipStore.store

    def counting(self: ClipStore, key: str, clip: bytes) -> OSError | None:
        stored.append(key)
        return store(self, key, clip)

    monkeypatch.setattr(ClipStore, "store", counting)
    voice = make_voice()
    calls: queue.SimpleQueue[int] = queue.SimpleQueue()
    lines = [f"line {n}" for n in range(30)]
    voice.prepare(lines, lambda done, _total: calls.put(done))
    while calls.get(timeout=20) < 5:
        continue
    prepared(voice, *reversed(lines))
    assert len(stored) == len(set(stored)) == 30


def test_texts_that_say_nothing_have_no_clip_and_stop_nothing(make_voice: MakeVoice) -> None:
    voice = make_voice()
    calls: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
    odd = ["", "  ", "\0", "…", "\ud800"]
    voice.prepare([*odd, "a\0b \ud83c c <bookmark/>", "end"], lambda done, total: calls.put((done, total)))
    while calls.get(timeout=20) != (2, 7):
        continue
    assert voice.lengths(odd) == {}
    assert set(voice.lengths(["a\0b \ud83c c <bookmark/>", "end"])) == {"a\0b \ud83c c <bookmark/>", "end"}


def test_an_empty_request_is_reported_as_done(make_voice: MakeVoice) -> None:
    assert prepared(make_voice()) == [(0, 0)]


def test_the_voices_and_the_one_for_a_language(make_voice: MakeVoice) -> None:
    voice = make_voice(language="de")
    calls: queue.SimpleQueue[tuple[VoiceInfo, ...]] = queue.SimpleQueue()
    voice.voices(calls.put)
    voices = calls.get(timeout=20)
    assert len(voices) > 50
    assert any(tag.startswith("en") for info in voices for tag in info.languages)
    prepared(voice, "Seitstütz")
    german = voice.lengths(["Seitstütz"])
    voice.set_language("fr")
    assert voice.lengths(["Seitstütz"]) == {}
    voice.set_language("de-DE")
    assert voice.lengths(["Seitstütz"]) == german


def test_a_voice_that_is_gone_gives_way_to_that_of_the_language(make_voice: MakeVoice) -> None:
    voice = make_voice(Settings(voice="gmw/no-longer-there"))
    prepared(voice, "plank")
    usual = make_voice()
    prepared(usual, "plank")
    assert voice.lengths(["plank"]) == usual.lengths(["plank"]) != {}


@pytest.mark.skipif(os.name == "nt", reason="needs /proc")
def test_closing_leaves_no_process_behind(make_voice: MakeVoice) -> None:
    voice = make_voice()
    prepared(voice, "plank")
    process = voice._process
    assert process is not None
    pid = process._process.pid
    voice.close()
    assert not Path(f"/proc/{pid}").exists()
