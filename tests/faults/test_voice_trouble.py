"""The voice's engine is missing, dies, hangs, babbles or is slow: lines fall away, and nothing else happens."""

from __future__ import annotations

import os
import queue
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.sound.conftest import HandRoom, room
from timer_app.clock import SystemClock
from timer_app.conductor.prerender import prerender
from timer_app.definition.model import ExerciseStep, Hold, Session
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.clips import ClipStore
from timer_app.sound.ports import Cue
from timer_app.sound.speaker import StreamSpeaker
from timer_app.sound.voice import RenderedVoice, VoiceTimeouts
from timer_app.sound.voice_worker import worker_command
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import Tone

__all__ = ["room"]

ENGINE = Path(__file__).with_name("faulty_engine.py")
TEXTS = [f"line {number}" for number in range(6)]
PATIENCE = VoiceTimeouts(start=5.0, job=0.15)
ROOT = Path(__file__).parents[2]


class Trial:
    """A voice with a faulty engine, and all that it told."""

    def __init__(self, folder: Path, how: str, seed: int, timeouts: VoiceTimeouts = PATIENCE) -> None:
        folder.mkdir()
        self.starts = folder / "starts"
        self.problems: queue.SimpleQueue[Problem] = queue.SimpleQueue()
        self.progress: list[tuple[int, int]] = []
        command = (sys.executable, "-S", "-E", str(ENGINE), how, str(self.starts), str(seed))
        self.voice = RenderedVoice(
            ClipStore(folder / "clips"), Settings(), on_trouble=self.problems.put, command=command, timeouts=timeouts
        )

    def prepare(self, texts: list[str] = TEXTS) -> int:
        """Prepare texts to the end, and return how many have a clip."""
        done: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.voice.prepare(texts, lambda *progress: self.progress.append(progress), lambda: done.put(None))
        done.get(timeout=20)
        return len(self.voice.lengths(texts))

    @property
    def notices(self) -> list[str]:
        found = []
        while not self.problems.empty():
            found.append(self.problems.get().what)
        return found

    @property
    def started(self) -> int:
        return self.starts.stat().st_size


MakeTrial = Callable[..., Trial]


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[MakeTrial]:
    made: list[Trial] = []

    def make(how: str, seed: int = 0, timeouts: VoiceTimeouts = PATIENCE) -> Trial:
        made.append(Trial(tmp_path / str(len(made)), how, seed, timeouts))
        return made[-1]

    yield make
    for one in made:
        one.voice.close()


def test_a_missing_engine_is_reported_once_and_tried_again_with_the_next_session(trial: MakeTrial) -> None:
    missing = trial("missing")
    assert [missing.prepare(), missing.prepare(), missing.prepare()] == [0, 0, 0]
    (notice,) = missing.notices
    assert "no voice" in notice
    assert missing.started == 3
    assert missing.progress[-1] == (0, len(TEXTS))


def test_an_engine_that_dies_once_is_started_once_more(trial: MakeTrial) -> None:
    dies = trial("dies once")
    assert dies.prepare() == len(TEXTS)
    assert dies.started == 2
    assert dies.notices == []


def test_an_engine_that_hangs_once_is_killed_and_started_once_more(trial: MakeTrial) -> None:
    hangs = trial("hangs once")
    assert hangs.prepare() == len(TEXTS)
    assert hangs.started == 2
    assert hangs.notices == []


@pytest.mark.parametrize("how", ["dies", "hangs", "babbles", "mute"])
def test_after_three_failures_it_gives_up_with_one_notice(trial: MakeTrial, how: str) -> None:
    broken = trial(how, timeouts=VoiceTimeouts(start=0.4, job=0.1))
    assert broken.prepare() == 0
    assert broken.started == 3
    assert broken.prepare() == 0
    assert len(broken.notices) == 1


@pytest.mark.parametrize("how", ["missing", "dies", "hangs", "slow"])
def test_tones_are_on_time_whatever_the_engine_does(
    trial: MakeTrial, room: HandRoom, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    voice = trial(how, timeouts=VoiceTimeouts(start=5.0, job=20.0)).voice
    voice.prepare(TEXTS, lambda _done, _total: None)
    speaker = StreamSpeaker(room.clock, voice.clip, Settings(), on_trouble=print, open_device=room.open)
    room.watch(speaker, monkeypatch)
    now = room.clock.now()
    times = [now + 500 * n for n in range(1, 9)]
    speaker.schedule([*(Cue(at, tone=Tone.COUNT) for at in times), Cue(now + 750, words="never rendered")])
    assert room.placed.get(timeout=10) == len(times)
    room.wait(lambda: room.device is not None)
    room.run(5_000)
    begins = [begin for begin, _end in room.sounds()]
    speaker.close()
    assert begins == pytest.approx(times, abs=1)


def test_asking_for_voices_without_an_engine_gives_none(trial: MakeTrial) -> None:
    arrived: queue.SimpleQueue[object] = queue.SimpleQueue()
    trial("missing").voice.voices(arrived.put)
    assert arrived.get(timeout=20) == ()


@pytest.mark.parametrize("how", ["refuses", "writes rubbish", "speaks German"])
def test_an_engine_that_lives_and_gives_nothing_is_given_up_without_starting_it_again(
    trial: MakeTrial, how: str
) -> None:
    useless = trial(how)
    assert useless.prepare() == 0
    assert useless.started == 1
    assert len(useless.notices) == 1


def test_a_line_that_is_refused_is_left_out_alone(trial: MakeTrial) -> None:
    refuses = trial("refuses the first")
    assert refuses.prepare() == len(TEXTS) - 1
    assert TEXTS[0] not in refuses.voice.lengths(TEXTS)
    assert refuses.notices == []


def test_a_bug_that_ends_the_voice_ends_what_waits_for_it(trial: MakeTrial, monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: met.append(args.exc_type))

    def fail(_done: int, _total: int) -> None:
        raise ZeroDivisionError

    timeline = compile_session(Session("One", (ExerciseStep(Hold(60_000), name="Plank"),)), {})
    with pytest.raises(Problem, match="The voice has stopped working"):
        prerender(timeline, catalogue={}, settings=Settings(), voice=trial("slow").voice, progress=fail)
    assert met == [ZeroDivisionError]


def test_a_program_that_cannot_be_started_is_no_voice(tmp_path: Path) -> None:
    problems: queue.SimpleQueue[Problem] = queue.SimpleQueue()
    voice = RenderedVoice(ClipStore(tmp_path), Settings(), on_trouble=problems.put, command=[str(tmp_path / "none")])
    voice.prepare(TEXTS, lambda _done, _total: None)
    assert "no voice" in problems.get(timeout=20).what
    voice.close()


def test_closing_does_not_wait_for_a_job_that_hangs(trial: MakeTrial) -> None:
    hangs = trial("hangs", timeouts=VoiceTimeouts(start=5.0, job=60.0))
    up: queue.SimpleQueue[object] = queue.SimpleQueue()
    hangs.voice.voices(up.put)
    up.get(timeout=20)
    hangs.voice.prepare(TEXTS, lambda _done, _total: None)
    clock = SystemClock()
    begun = clock.now()
    hangs.voice.close()
    assert clock.now() - begun < 2_000


def test_an_idle_engine_is_let_go_and_comes_again(trial: MakeTrial) -> None:
    slow = trial("slow", timeouts=VoiceTimeouts(start=5.0, job=5.0, idle=0.05))
    assert slow.prepare(["one"]) == 1
    process = slow.voice._process
    assert process is not None
    process._process.wait(timeout=10)
    assert slow.prepare(["one", "two"]) == 2
    assert slow.started == 2


def test_a_clip_that_cannot_be_stored_is_reported_once_and_heard_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("a file in the way")
    problems: queue.SimpleQueue[Problem] = queue.SimpleQueue()
    done: queue.SimpleQueue[None] = queue.SimpleQueue()
    command = (sys.executable, "-S", "-E", str(ENGINE), "fine", str(tmp_path / "starts"), "0")
    voice = RenderedVoice(ClipStore(tmp_path / "clips"), Settings(), on_trouble=problems.put, command=command)
    voice.prepare(TEXTS, lambda _done, _total: None, lambda: done.put(None))
    done.get(timeout=20)
    assert len(voice.lengths(TEXTS)) == len(TEXTS)
    assert voice.clip(TEXTS[0])
    assert "cannot be kept" in problems.get(timeout=5).what
    assert problems.empty()
    voice.close()


HIDDEN = """
import ctypes, ctypes.util
ctypes.util.find_library = lambda name: None
load = ctypes.CDLL.__init__
def missing(self, name=None, *rest, **others):
    if name and "espeak" in str(name):
        raise OSError("cannot open shared object file")
    load(self, name, *rest, **others)
ctypes.CDLL.__init__ = missing
"""


@pytest.mark.skipif(os.name == "nt", reason="the library is hidden in the way of POSIX systems")
def test_the_real_worker_without_espeak_says_so(tmp_path: Path) -> None:
    hide = tmp_path / "sitecustomize.py"
    hide.write_text(HIDDEN)
    problems: queue.SimpleQueue[Problem] = queue.SimpleQueue()
    done: queue.SimpleQueue[None] = queue.SimpleQueue()
    command = ("env", f"PYTHONPATH={tmp_path}{os.pathsep}{ROOT}", *worker_command())
    voice = RenderedVoice(ClipStore(tmp_path / "clips"), Settings(), on_trouble=problems.put, command=command)
    voice.prepare(TEXTS, lambda _done, _total: None, lambda: done.put(None))
    done.get(timeout=20)
    problem = problems.get(timeout=5)
    assert "no voice" in problem.what
    assert "espeak-ng" in problem.advice
    assert voice.lengths(TEXTS) == {}
    voice.close()


PARENT = """
import subprocess, sys, threading
worker = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
worker.stdout.readline()
print(worker.pid, flush=True)
threading.Event().wait()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux")
def test_the_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *worker_command()],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    handle = os.pidfd_open(worker)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert select.select([handle], [], [], 10)[0], "the worker lives on"
    os.close(handle)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["missing", "dies", "dies once", "dies at times", "hangs", "hangs once", "slow"])
def test_fifty_times_nothing_happens_but_that_lines_fall_away(tmp_path: Path, how: str) -> None:
    texts = TEXTS[:4]
    timeouts = VoiceTimeouts(start=10.0, job=0.4 if how.startswith("hangs") else 10.0)

    def outcome(seed: int) -> tuple[int, int, int]:
        faulty = Trial(tmp_path / str(seed), how, seed, timeouts)
        spoken = faulty.prepare(texts)
        faulty.voice.close()
        return spoken, len(faulty.notices), faulty.started

    with ThreadPoolExecutor(max_workers=10) as pool:
        outcomes = set(pool.map(outcome, range(50)))
    if how == "dies at times":
        assert all(notices <= 1 and (spoken == 4 or notices or starts >= 2) for spoken, notices, starts in outcomes)
        assert max(spoken for spoken, _notices, _starts in outcomes) == 4
    else:
        # How many clips are there, how many notices were given, how many times it was started.
        expected = {
            "missing": (0, 1, 1),
            "dies": (0, 1, 3),
            "hangs": (0, 1, 3),
            "dies once": (4, 0, 2),
            "hangs once": (4, 0, 2),
            "slow": (4, 0, 1),
        }
        assert outcomes == {expected[how]}
