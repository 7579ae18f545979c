"""The speaker on a device whose time the test holds."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator

import pytest

from tests.sound.conftest import HandRoom
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.cue_mixer import MixedCue
from timer_app.sound.pcm import frames
from timer_app.sound.ports import Cue
from timer_app.sound.speaker import StreamSpeaker
from timer_app.sound.tones import tone_lengths
from timer_app.timeline.cue_lines import Tone

MakeSpeaker = Callable[..., StreamSpeaker]


def clip(words: str) -> bytes | None:
    """Return a clip of as many milliseconds as the words say."""
    return b"\x10\x10" * frames(int(words)) if words.isdigit() else None


@pytest.fixture
def troubles() -> queue.SimpleQueue[Problem]:
    return queue.SimpleQueue()


@pytest.fixture
def make_speaker(
    room: HandRoom, troubles: queue.SimpleQueue[Problem], monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeSpeaker]:
    made: list[StreamSpeaker] = []

    def make(settings: Settings | None = None) -> StreamSpeaker:
        speaker = StreamSpeaker(
            room.clock, clip, settings or Settings(), on_trouble=troubles.put, open_device=room.open
        )
        made.append(speaker)
        room.watch(speaker, monkeypatch)
        return speaker

    yield make
    for speaker in made:
        speaker.close()


def scheduled(speaker: StreamSpeaker, room: HandRoom, *cues: Cue) -> None:
    """Schedule cues and wait until the stream runs with them."""
    speaker.schedule(cues)
    room.placed.get(timeout=10)
    room.wait(lambda: room.device is not None)


def test_cues_are_heard_at_their_times(make_speaker: MakeSpeaker, room: HandRoom) -> None:
    now = room.clock.now()
    speaker = make_speaker()
    scheduled(speaker, room, Cue(now + 1_000, words="300"), Cue(now + 1_500, tone=Tone.GO), Cue(now + 600, words="50"))
    room.run(3_000)
    go = tone_lengths(Settings().tone_set)[Tone.GO]
    begins, ends = zip(*room.sounds(), strict=True)
    assert begins == pytest.approx([now + 600, now + 1_000, now + 1_500], abs=1)
    assert ends == pytest.approx([now + 650, now + 1_300, now + 1_500 + go], abs=10)


def test_past_cues_and_texts_without_a_clip_are_left_out(make_speaker: MakeSpeaker, room: HandRoom) -> None:
    now = room.clock.now()
    speaker = make_speaker()
    scheduled(speaker, room, Cue(now + 700, words="no clip"), Cue(now + 900, words="100"))
    scheduled(speaker, room, Cue(now - 101, words="100"), Cue(now + 900, words="100"))
    room.run(1_600)
    assert [round(begin - now) for begin, _ in room.sounds()] == [900]


def test_silence_is_there_within_a_tenth_of_a_second(make_speaker: MakeSpeaker, room: HandRoom) -> None:
    now = room.clock.now()
    speaker = make_speaker()
    scheduled(speaker, room, Cue(now + 400, words="5000"), Cue(now + 6_000, words="100"))
    room.run(1_000)
    stopped_at = room.clock.now()
    speaker.silence()
    room.run(8_000)
    ((begin, end),) = room.sounds()
    assert begin == pytest.approx(now + 400, abs=1)
    assert stopped_at < end < stopped_at + 100


def test_silence_also_forgets_what_is_just_being_fetched(room: HandRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    fetching, release = threading.Event(), threading.Event()

    def slow_clip(words: str) -> bytes | None:
        fetching.set()
        assert release.wait(timeout=10)
        return clip(words)

    speaker = StreamSpeaker(room.clock, slow_clip, Settings(), on_trouble=print, open_device=room.open)
    room.watch(speaker, monkeypatch)
    now = room.clock.now()
    speaker.schedule([Cue(now + 400, words="1000")])
    assert fetching.wait(timeout=10)
    speaker.silence()
    release.set()
    assert room.placed.get(timeout=10) == 0
    speaker.wake()
    room.wait(lambda: room.device is not None)
    room.run(2_000)
    speaker.close()
    assert room.sounds() == []


def test_mute_silences_and_gives_back(make_speaker: MakeSpeaker, room: HandRoom) -> None:
    now = room.clock.now()
    speaker = make_speaker(Settings(muted=True))
    scheduled(speaker, room, Cue(now + 400, words="4000"))
    room.run(1_000)
    assert room.sounds() == []
    speaker.mute(muted=False)
    room.run(1_000)
    speaker.mute(muted=True)
    room.run(1_000)
    ((begin, end),) = room.sounds()
    assert now + 1_000 <= begin <= now + 1_100
    assert now + 2_000 <= end <= now + 2_100


def test_volumes_of_voice_and_tones_are_apart(make_speaker: MakeSpeaker, room: HandRoom) -> None:
    now = room.clock.now()
    speaker = make_speaker(Settings(voice_volume=0.5, tone_volume=0.0))
    scheduled(speaker, room, Cue(now + 400, words="100"), Cue(now + 800, tone=Tone.COUNT))
    room.run(2_000)
    levels = {sample for pcm in room.heard.values() for sample in memoryview(pcm).cast("h")}
    assert levels == {0, 0x1010 // 4}


def test_the_device_is_open_only_around_sounds(make_speaker: MakeSpeaker, room: HandRoom) -> None:
    now = room.clock.now()
    speaker = make_speaker(Settings(lead_in=500))
    assert room.opened == 0
    scheduled(speaker, room, Cue(now + 400, words="100"))
    room.run(6_000)
    room.wait(lambda: room.device is None)
    at = room.clock.now()
    for passed in (0, 4_000, 7_400, 7_600):
        assert room.opened == 1
        room.clock.advance(at + passed - room.clock.now())
        speaker.schedule([Cue(at + 10_000, words="100")])
        room.placed.get(timeout=10)
    room.wait(lambda: room.opened == 2)
    room.run(4_000)
    assert [round(begin - at) for begin, _ in room.sounds()[1:]] == [10_000]


def test_a_device_can_be_woken_beforehand(make_speaker: MakeSpeaker, room: HandRoom) -> None:
    speaker = make_speaker()
    speaker.wake()
    room.wait(lambda: room.device is not None)
    assert room.sounds() == []


def test_without_a_device_it_says_so_once_and_uses_one_that_appears(
    make_speaker: MakeSpeaker, room: HandRoom, troubles: queue.SimpleQueue[Problem]
) -> None:
    room.plugged = False
    speaker = make_speaker()
    for _ in range(3):
        speaker.schedule([Cue(room.clock.now() + 500, words="100")])
        room.refused.get(timeout=10)
        room.clock.advance(3_000)
    while not room.placed.empty():
        room.placed.get()
    assert "play sound" in troubles.get(timeout=10).what
    room.plugged = True
    now = room.clock.now()
    scheduled(speaker, room, Cue(now + 500, words="100"))
    room.run(1_000)
    assert [round(begin - now) for begin, _ in room.sounds()] == [500]
    assert troubles.empty()


def test_a_whole_session_is_scheduled_at_once_and_fetched_bit_by_bit(
    make_speaker: MakeSpeaker, room: HandRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = room.clock.now()
    speaker = make_speaker()
    scheduled(speaker, room, *(Cue(now + 500 * n, words="40") for n in range(1, 1_000)))
    assert len(speaker._mixer._scheduled) == 10
    added: queue.SimpleQueue[int] = queue.SimpleQueue()
    add = speaker._mixer.add

    def note(entries: list[MixedCue]) -> None:
        add(entries)
        added.put(len(entries))

    monkeypatch.setattr(speaker._mixer, "add", note)
    for _ in range(5):
        room.run(1_000)
        added.get(timeout=10)
    assert [round(begin - now) for begin, _ in room.sounds()][:9] == [500 * n for n in range(1, 10)]
