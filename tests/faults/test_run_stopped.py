"""The process is stopped for a while: the session is paused where it was, and nothing completed itself."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ui.run.rig import CIRCUIT, SUPERMAN, Rig
from timer_app.conductor.snapshot import Status

ROOT = Path(__file__).parents[2]

LOOKER = """
import json, sys
from PySide6.QtCore import QCoreApplication
from tests.ui.run import rig as rigs
from timer_app.clock import SystemClock

rigs.ManualClock = SystemClock
application = QCoreApplication([])
rig = rigs.Rig(*rigs.SUPERMAN, setup=1_000)


def tell(now):
    done = sum(past is not None for past in rig.conductor.state.past)
    print(json.dumps([now.status, now.index, now.elapsed, done, len(rig.record.intervals)]), flush=True)
    if now.status == "slept":
        application.quit()


rig.driver.shown.connect(tell)
rig.driver.start()
application.exec()
"""


@dataclass(frozen=True)
class Seen:
    """What a session that runs in a process of its own said of itself."""

    status: str
    index: int
    elapsed: int
    done: int
    written: int


@contextmanager
def running(count: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Start processes that each run a session by the computer's own clock and tell of every look."""
    command = [sys.executable, "-c", LOOKER]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def look(process: subprocess.Popen[str]) -> Seen:
    assert process.stdout is not None
    return Seen(*json.loads(process.stdout.readline()))


def stop_for(seconds: float, count: int) -> None:
    """Stop running sessions within their work, for so long, and see each paused where it was."""
    with running(count) as processes:
        for process in processes:
            seen = look(process)
            while seen.index < 1 or seen.elapsed < 500:
                seen = look(process)
            process.send_signal(signal.SIGSTOP)
        with pytest.raises(subprocess.TimeoutExpired):
            processes[0].wait(seconds)
        for process in processes:
            process.send_signal(signal.SIGCONT)
            last = seen = look(process)
            while seen.status != Status.SLEPT:
                last, seen = seen, look(process)
            # Where it was: at the last look before, which nobody is told of that came while the signal was on its way.
            assert (seen.index, seen.done, seen.written) == (last.index, last.done, last.written) == (1, 1, 1)
            assert 0 <= seen.elapsed - last.elapsed < 200
            assert seen.elapsed < 3_000


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGSTOP there")
def test_stopped_for_five_seconds() -> None:
    stop_for(5, 3)


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGSTOP there")
def test_stopped_for_longer_than_anything_waits() -> None:
    stop_for(20, 3)


def go(rig: Rig, milliseconds: int) -> None:
    """Let time go on, looking every second or sooner."""
    while milliseconds > 0:
        step = min(milliseconds, 1_000)
        rig.clock.advance(step)
        rig.conductor.poll()
        milliseconds -= step


@pytest.mark.parametrize("seconds", [5, 60])
@pytest.mark.parametrize("seed", range(10))
def test_stopped_at_any_moment(seed: int, seconds: int) -> None:
    chance = random.Random(seed)
    rig = Rig(*(SUPERMAN if seed % 2 else CIRCUIT))
    go(rig, chance.randrange(1_000, 200_000))
    before, state, written = rig.conductor.snapshot(), rig.conductor.state, len(rig.record.intervals)
    rig.clock.advance(seconds * 1_000)
    after = rig.conductor.poll()
    assert after.status is Status.SLEPT
    assert (after.index, after.elapsed, after.spent, after.left) == (
        before.index,
        before.elapsed,
        before.spent,
        before.left,
    )
    assert rig.conductor.state.past == state.past
    assert len(rig.record.intervals) == written
    assert rig.speaker.cues == ()
    rig.conductor.resume()
    go(rig, 1_000)
    assert rig.conductor.snapshot().spent == before.spent + 1_000
