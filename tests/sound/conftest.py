"""A device whose calls come when the test says so."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import pytest

from timer_app.clock import ManualClock
from timer_app.sound.cue_mixer import MixedCue
from timer_app.sound.device import Fill, NoDevice
from timer_app.sound.pcm import RATE, frames
from timer_app.sound.speaker import StreamSpeaker

PERIOD = 40


class HandDevice:
    """A stream that plays as a clock does: each period of it is heard 70 ms after it was asked for."""

    ahead = 70.0

    def __init__(self, room: HandRoom, fill: Fill) -> None:
        self._room = room
        self.fill = fill

    def close(self) -> None:
        self._room.closed(self)


class HandRoom:
    """A room with one output, whose cable the test holds: what is heard in it, by the time it is heard."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.plugged = True
        self.device: HandDevice | None = None
        self.opened = 0
        self.refused: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.placed: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.heard: dict[int, bytes] = {}
        self.changed = threading.Condition()

    def open(self, fill: Fill) -> HandDevice:
        with self.changed:
            if not self.plugged:
                self.refused.put(1)
                raise NoDevice("unplugged")
            self.device = HandDevice(self, fill)
            self.opened += 1
            self.changed.notify_all()
            return self.device

    def closed(self, device: HandDevice) -> None:
        with self.changed:
            if self.device is device:
                self.device = None
            self.changed.notify_all()

    def wait(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds that another thread brings about."""
        with self.changed:
            assert self.changed.wait_for(holds, timeout=10)

    def watch(self, speaker: StreamSpeaker, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take note in `placed` of how many cues the speaker has put into its score, each time that it has."""
        place = speaker._mixer.schedule

        def note(entries: list[MixedCue]) -> None:
            place(entries)
            self.placed.put(len(entries))

        monkeypatch.setattr(speaker._mixer, "schedule", note)

    def run(self, length: int) -> None:
        """Let time go on, with the device asking for a period at the end of each."""
        for _ in range(length // PERIOD):
            self.clock.advance(PERIOD)
            device = self.device
            if device is not None and self.plugged:
                # After this call the device holds `ahead`: so the period's first frame is heard that much later, less
                # the period itself.
                at = self.clock.now() + round(device.ahead) - PERIOD
                self.heard[at] = device.fill(frames(PERIOD))

    def sounds(self) -> list[tuple[float, float]]:
        """Return what was heard as (begins, ends) in milliseconds, silences of 20 ms and more between."""
        spans: list[tuple[float, float]] = []
        for at, pcm in sorted(self.heard.items()):
            samples = memoryview(pcm).cast("h")
            for index, sample in enumerate(samples):
                if sample:
                    moment = at + index * 1000 / RATE
                    if spans and moment - spans[-1][1] < 20:
                        spans[-1] = (spans[-1][0], moment)
                    else:
                        spans.append((moment, moment))
        return spans


@pytest.fixture
def room() -> HandRoom:
    return HandRoom(ManualClock(now=100_000))
