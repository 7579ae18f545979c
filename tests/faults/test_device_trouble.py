"""No sound device; a device taken away and given back: no exception, and the next cue uses what is there."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sound.conftest import HandRoom, room
from timer_app.clock import SystemClock
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.device import Fill, MiniaudioDevice, NoDevice
from timer_app.sound.pcm import frames
from timer_app.sound.ports import Cue
from timer_app.sound.speaker import StreamSpeaker
from timer_app.timeline.cue_lines import Tone

__all__ = ["room"]


@pytest.mark.slow
def test_a_device_taken_away_and_given_back_twenty_times(room: HandRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    problems: queue.SimpleQueue[Problem] = queue.SimpleQueue()
    speaker = StreamSpeaker(
        room.clock, lambda _words: b"\x10\x10" * frames(100), Settings(), on_trouble=problems.put, open_device=room.open
    )
    room.watch(speaker, monkeypatch)
    for time in range(20):
        now = room.clock.now()
        speaker.schedule([Cue(now + 1_000, words="before"), Cue(now + 5_500, words="after")])
        assert room.placed.get(timeout=10) > 0
        room.wait(lambda: room.device is not None)
        room.run(2_000)
        # The cable is pulled: no more calls come, and for half of the times there is no other device either.
        taken = room.device
        room.device, room.plugged = None, time % 2 == 0
        room.clock.advance(1_600)
        if room.plugged:
            room.wait(lambda taken=taken: room.device not in (None, taken))  # type: ignore[misc]
        else:
            room.refused.get(timeout=10)
            assert "play sound" in problems.get(timeout=10).what
            room.plugged = True
            speaker.schedule([Cue(now + 5_500, words="after")])
            assert room.placed.get(timeout=10) == 1
            room.wait(lambda: room.device is not None)
        room.run(3_000)
        heard = [round(begin - now) for begin, _end in room.sounds() if begin > now]
        assert heard == [1_000, 5_500]
        room.heard.clear()
    speaker.close()
    assert problems.empty()


def test_a_device_that_opens_and_never_asks_is_tried_again(room: HandRoom) -> None:
    problems: queue.SimpleQueue[Problem] = queue.SimpleQueue()
    speaker = StreamSpeaker(room.clock, lambda _words: None, Settings(), on_trouble=problems.put, open_device=room.open)
    speaker.schedule([Cue(room.clock.now() + 30_000 * n, tone=Tone.COUNT) for n in range(1, 20)])
    for opened in range(1, 4):
        speaker.wake()
        room.wait(lambda opened=opened: room.opened >= opened)  # type: ignore[misc]
        room.clock.advance(3_100)
        room.wait(lambda: room.device is None)
    speaker.close()


@pytest.mark.skipif(sys.platform != "linux", reason="hides the sound of a Linux system")
def test_a_computer_without_sound_says_so_once_and_writes_nothing_to_the_terminal(tmp_path: Path) -> None:
    script = """
import queue
from timer_app.clock import SystemClock
from timer_app.settings import Settings
from timer_app.sound.ports import Cue
from timer_app.sound.speaker import StreamSpeaker
from timer_app.timeline.cue_lines import Tone
clock = SystemClock()
told = queue.SimpleQueue()
speaker = StreamSpeaker(clock, lambda words: None, Settings(), on_trouble=told.put)
for _ in range(5):
    speaker.schedule([Cue(clock.now() + 300, tone=Tone.COUNT)])
    speaker.silence()
    speaker.mute(True)
speaker.schedule([Cue(clock.now() + 300, tone=Tone.COUNT)])
print(told.get(timeout=20).what)
speaker.close()
print(told.empty())
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env=os.environ | {"PULSE_SERVER": f"unix:{tmp_path}/nobody", "XDG_RUNTIME_DIR": str(tmp_path)},
        check=True,
    )
    if Path("/dev/snd").exists():
        pytest.skip("there is a sound card")
    what, once = done.stdout.splitlines()
    assert "nothing to play sound on" in what
    assert once == "True"
    assert done.stderr == ""


def test_a_stream_of_miniaudio_without_hardware_asks_evenly_and_gives_the_device_back() -> None:
    import miniaudio

    asked: queue.SimpleQueue[int] = queue.SimpleQueue()

    def fill(count: int) -> bytes:
        asked.put(count)
        return bytes(2 * count)

    for _time in range(5):
        device = MiniaudioDevice(fill, backends=[miniaudio.Backend.NULL])
        assert [asked.get(timeout=10) for _call in range(4)] == [frames(40)] * 4
        device.close()
        while not asked.empty():
            asked.get()
    assert asked.empty()


def test_no_sound_system_at_all_is_no_device() -> None:
    with pytest.raises(NoDevice):
        MiniaudioDevice(bytes, backends=[])


def test_the_speaker_plays_through_miniaudio_without_hardware() -> None:
    import miniaudio

    clock = SystemClock()
    heard: queue.SimpleQueue[int] = queue.SimpleQueue()
    asked_for = clock.now() + 600

    def open_device(fill: Fill) -> MiniaudioDevice:
        def listening(count: int) -> bytes:
            sound = fill(count)
            if any(sound):
                heard.put(clock.now())
            return sound

        return MiniaudioDevice(listening, backends=[miniaudio.Backend.NULL])

    def fail(problem: Problem) -> None:
        raise AssertionError(problem)

    speaker = StreamSpeaker(clock, lambda _words: None, Settings(), on_trouble=fail, open_device=open_device)
    speaker.schedule([Cue(asked_for, tone=Tone.COUNT)])
    # It is handed to the device up to 80 ms before it is heard, a busy computer adding to it.
    assert asked_for - 100 <= heard.get(timeout=10) <= asked_for + 100
    speaker.close()
