"""The speaker on a real sound server, whose output is recorded: what is heard, and when."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sound.pulse import PRESENT, PulseServer, Recording, recording
from timer_app.clock import SystemClock
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.pcm import RATE, frames
from timer_app.sound.ports import Cue
from timer_app.sound.speaker import StreamSpeaker
from timer_app.timeline.cue_lines import Tone

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not PRESENT, reason="pulseaudio and its tools are not installed")]

FAIR = 100
"""The most milliseconds that sound waits for a core on a computer that has time for it."""

BUSY = "while True: sum(range(10_000))"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    started = PulseServer(tmp_path)
    started.start()
    monkeypatch.setenv("PULSE_SERVER", started.address)
    yield started
    started.stop()


def fail(problem: Problem) -> None:
    raise AssertionError(problem)


def rest_until(moment: int, clock: SystemClock) -> None:
    """Leave the computer to the speaker until a moment: sound takes the time it takes."""
    threading.Event().wait(max(0, moment - clock.now()) / 1000)


def wait_until(happened: Callable[[], bool], clock: SystemClock) -> None:
    """Wait for what the speaker does by itself; half a minute at the most."""
    limit = clock.now() + 30_000
    while not happened():
        assert clock.now() < limit
        rest_until(clock.now() + 200, clock)


def stalling_until(moment: int, clock: SystemClock) -> None:
    """Keep this thread busy for 150 ms of each second until a moment, as a page that is being painted does."""
    while clock.now() < moment:
        until = clock.now() + 150
        while clock.now() < until:
            continue
        rest_until(until + 850, clock)


@contextmanager
def fair(server: PulseServer, most: int) -> Iterator[None]:
    """Judge what is heard by a test, unless the sound's threads had to wait for a core longer than `most` ms in all.

    Then what is heard tells of the computer and not of us: a failure becomes a skip.
    """
    before = server.waited()
    try:
        yield
    except AssertionError as error:
        waited = server.waited() - before
        if waited > most:
            pytest.skip(f"the computer was too busy to tell: {waited:.0f} ms of waiting for a core, and {error}")
        raise
    print(f"the sound waited {server.waited() - before:.0f} ms for a core")


@pytest.mark.parametrize("load", ["idle", "stalls", "stalls and every core busy"])
def test_tones_are_on_time_and_evenly_apart(server: PulseServer, load: str) -> None:
    clock = SystemClock()
    cores = range(os.cpu_count() or 1)
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _core in cores] if "busy" in load else []
    try:
        with fair(server, FAIR), recording(server) as recorded:
            speaker = StreamSpeaker(clock, lambda _words: None, Settings(), on_trouble=fail)
            times = [clock.now() + 1_500 + 500 * n for n in range(12)]
            speaker.schedule([Cue(time, tone=Tone.COUNT) for time in times])
            (rest_until if load == "idle" else stalling_until)(times[-1] + 500, clock)
            speaker.close()
            judge(recorded, times, "busy" in load)
    finally:
        for process in busy:
            process.kill()
            process.wait()


def judge(recorded: Recording, times: list[int], busy: bool) -> None:
    """See that tones were on time by the steady clock, and evenly apart by the recording's own."""
    heard = [first for first, _last in recorded.sounds(gap=300)]
    assert len(heard) > 1
    late = [recorded.moment(first) - min(times, key=lambda time: abs(recorded.moment(first) - time)) for first in heard]
    apart = [(b - a) * 1000 / RATE - 500 for a, b in itertools.pairwise(heard)]
    print(
        f"{len(heard)} tones, late by {min(late):.1f} to {max(late):.1f} ms, apart {min(apart):.1f} to {max(apart):.1f}"
    )
    # With every core busy the server itself falls silent now and then; the tone after such a gap is right again.
    assert sum(abs(lateness) < 20 for lateness in late) >= len(times) * 3 // 4
    if not busy:
        assert len(heard) == len(times)
        assert max(map(abs, apart)) < 5


def test_it_is_silent_within_100_ms(server: PulseServer) -> None:
    clock = SystemClock()
    asked: list[int] = []
    with fair(server, FAIR), recording(server) as recorded:
        speaker = StreamSpeaker(clock, lambda _words: b"\x00\x10" * frames(1_000), Settings(), on_trouble=fail)
        begin = clock.now() + 1_500
        for n in range(8):
            at = begin + 1_000 * n
            speaker.schedule([Cue(at, words="on and on")])
            rest_until(at + 400 + 13 * n, clock)
            asked.append(clock.now())
            speaker.silence()
        rest_until(asked[-1] + 500, clock)
        speaker.close()
        ends = [last for _first, last in recorded.sounds(gap=300)]
        assert len(ends) == len(asked)
        took = [recorded.moment(last) - asked[n] for n, last in enumerate(ends)]
        print(f"silent after {min(took):.0f} to {max(took):.0f} ms")
        assert all(0 < silent_after < 100 for silent_after in took)


def test_a_server_that_dies_and_comes_back_is_used_again(server: PulseServer) -> None:
    clock = SystemClock()
    speaker = StreamSpeaker(clock, lambda _words: None, Settings(), on_trouble=lambda _problem: None)
    first = clock.now() + 2_500
    speaker.schedule([Cue(first + 1_000 * n, tone=Tone.COUNT) for n in range(40)])
    rest_until(first + 1_000, clock)
    server.stop()
    rest_until(clock.now() + 1_500, clock)
    server.start()
    with recording(server) as recorded:
        wait_until(lambda: len(recorded.sounds(gap=300)) >= 2, clock)
    speaker.close()


def test_nothing_playing_costs_nothing(server: PulseServer) -> None:
    clock = SystemClock()
    speaker = StreamSpeaker(clock, lambda _words: None, Settings(), on_trouble=fail)
    speaker.schedule([Cue(clock.now() + 100, tone=Tone.COUNT)])
    wait_until(lambda: speaker._device is not None, clock)
    wait_until(lambda: speaker._device is None, clock)
    speaker.close()
