"""The program is killed while its voice speaks: no process of it lives on, and no file of it stays behind."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from threading import Event

import pytest

from timer_app.settings import Settings
from timer_app.sound import speech_file
from timer_app.sound.clips import ClipStore
from timer_app.sound.voice import RenderedVoice

ROOT = Path(__file__).parents[2]
KILLS = 50
PROGRAM = """
import sys, threading
from pathlib import Path
from timer_app.settings import Settings
from timer_app.sound.clips import ClipStore
from timer_app.sound.voice import RenderedVoice
voice = RenderedVoice(ClipStore(Path(sys.argv[1])), Settings(), on_trouble=print)
voice.prepare([f"line {number}" for number in range(2_000)], lambda there, wanted: there == 3 and tell())
def tell():
    print(voice._process._process.pid, flush=True)
threading.Event().wait()
"""

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux"),
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed"),
]


def left_behind(folder: Path, wait: float, *, stopped: bool) -> list[str]:
    """Kill a program whose voice is at work, after a while; return what is left in its temporary folder.

    With `stopped`, its voice is stopped before. It has to end in any case.
    """
    temporary = folder / "tmp"
    temporary.mkdir(parents=True)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder / "clips")],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    with program:
        assert program.stdout is not None
        worker = int(program.stdout.readline())
        handle = os.pidfd_open(worker)
        Event().wait(wait)
        if stopped:
            os.kill(worker, signal.SIGSTOP)
        program.kill()
        ended = bool(select.select([handle], [], [], 10)[0])
        if not ended:
            os.kill(worker, signal.SIGKILL)
        os.close(handle)
    assert ended, "the voice's process lives on"
    return sorted(str(file.relative_to(temporary)) for file in temporary.rglob("*"))


@pytest.mark.parametrize("stopped", [False, True], ids=["at work", "stopped"])
def test_nothing_of_a_killed_program_is_left(tmp_path: Path, stopped: bool) -> None:
    assert left_behind(tmp_path, 0.02, stopped=stopped) == []


@pytest.mark.slow
def test_fifty_times_nothing_of_a_killed_program_is_left(tmp_path: Path) -> None:
    chance = Random(2026)
    for number in range(KILLS):
        assert left_behind(tmp_path / str(number), chance.random() / 5, stopped=bool(number % 2)) == []


def test_a_stopped_voice_ends_when_the_program_closes_it(tmp_path: Path) -> None:
    begun = Event()
    voice = RenderedVoice(ClipStore(tmp_path), Settings(), on_trouble=print)
    voice.prepare([f"line {number}" for number in range(500)], lambda count, _total: begun.set() if count else None)
    assert begun.wait(20)
    process = voice._process
    assert process is not None
    os.kill(process._process.pid, signal.SIGSTOP)
    voice.close()
    assert process._process.returncode == -signal.SIGKILL


def test_speech_is_rendered_through_a_folder_where_there_are_no_files_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech_file, "has_memory_files", lambda: False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    finished = Event()
    voice = RenderedVoice(ClipStore(tmp_path / "clips"), Settings(), on_trouble=print)
    voice.prepare(["plank", "bridge"], lambda _done, _total: None, finished.set)
    assert finished.wait(20)
    assert set(voice.lengths(["plank", "bridge"])) == {"plank", "bridge"}
    voice.close()
    assert list((tmp_path / "tmp").iterdir()) == []
