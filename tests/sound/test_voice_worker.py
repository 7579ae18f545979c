"""The voice's process by itself: one line in, one line out, and an end when its input ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from timer_app.cli import main
from timer_app.sound.voice_worker import worker_command

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


class Worker:
    """The process, and what it says."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            cwd=ROOT,
        )
        self.hello = self.answer()

    def ask(self, **job: object) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer = json.loads(self.process.stdout.readline())
        assert isinstance(answer, dict)
        return answer

    def end(self) -> tuple[int, str]:
        """End its input; return its exit code and what else it said."""
        rest, _ = self.process.communicate(timeout=20)
        return self.process.returncode, rest


@pytest.fixture
def worker() -> Iterator[Worker]:
    started = Worker()
    yield started
    started.process.kill()
    started.process.communicate()


def test_only_answers_come_out_of_it_and_it_ends_with_its_input(worker: Worker, tmp_path: Path) -> None:
    assert worker.hello == {"ready": True, "driver": "espeak"}
    for number in range(1, 6):
        job = {
            "do": "render",
            "text": f"number {number}",
            "voice": "gmw/en",
            "rate": 165,
            "file": f"{tmp_path}/{number}",
        }
        assert worker.ask(id=number, **job) == {"id": number}
        with wave.open(f"{tmp_path}/{number}") as sound:
            assert sound.getnframes() > 5_000
    assert worker.end() == (0, "")


def test_a_frozen_program_starts_itself_with_the_word_that_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/usr/bin/timer-app")
    program, *words = worker_command()
    assert program == "/usr/bin/timer-app"
    monkeypatch.setattr("timer_app.sound.voice_worker.main", lambda: 7)
    assert main(words) == 7


def test_it_lists_the_voices_with_their_languages(worker: Worker) -> None:
    answer = worker.ask(id=1, do="voices")
    voices = {voice["id"]: voice for voice in answer["voices"]}
    assert voices[answer["default"]]["languages"] == ["en-gb"]
    assert all(voice["name"] and voice["languages"] for voice in voices.values())


def test_a_job_that_cannot_be_done_is_answered_and_the_next_one_done(worker: Worker, tmp_path: Path) -> None:
    job = {"do": "render", "voice": "gmw/en", "rate": 165}
    refused = worker.ask(id=1, **job, text="", file=f"{tmp_path}/a")
    assert refused["id"] == 1
    assert "AssertionError" in refused["error"]
    assert worker.ask(id=2, **job, text="plank", file=f"{tmp_path}/b") == {"id": 2}


def test_it_deletes_the_file_that_its_parent_cannot_delete_any_more(worker: Worker, tmp_path: Path) -> None:
    folder = tmp_path / "timer-voice"
    folder.mkdir()
    job = {"do": "render", "text": "plank", "voice": "gmw/en", "rate": 165, "file": str(folder / "speech.wav")}
    assert worker.ask(id=1, **job) == {"id": 1}
    assert worker.end() == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_voice_and_rate_are_those_of_each_job(worker: Worker, tmp_path: Path) -> None:
    lengths = []
    for number, (voice, rate) in enumerate([("gmw/en", 100), ("gmw/en", 300), ("gmw/de", 100), ("gmw/en", 100)]):
        file = f"{tmp_path}/{number}"
        worker.ask(id=number, do="render", text="twenty seconds", voice=voice, rate=rate, file=file)
        with wave.open(file) as sound:
            lengths.append(sound.getnframes())
    slow, fast, german, again = lengths
    assert slow == pytest.approx(49_289, rel=0.1), "the first job has not got its rate"
    assert fast < 0.6 * slow
    assert german > 2 * fast
    assert again == pytest.approx(slow, rel=0.1)
