"""The voice worker: a process of its own that renders speech with pyttsx3.

It reads one job a line from its standard input and answers with one line each, both JSON; it renders to files and never
plays. pyttsx3 prints to the standard output, so the answers go through a copy of that descriptor, which is then turned
to the standard error. The engine is made and run in the main thread, one job at a time, because the drivers of Windows
and macOS require it. When the parent goes, the input ends and so does this process, even in the middle of a job; and
one that is stopped, and so cannot notice, is killed by Linux.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeAlias

from timer_app.search_path import trusted_path
from timer_app.sound import WORKER
from timer_app.sound.speech_file import has_memory_files

HOME = Path(__file__).parents[2]
"""The working directory of this process: the program's own, not the user's."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from timer_app.sound.voice_worker import main; sys.exit(main())"
"""The code that starts this process, with the module search path of the program."""

_PR_SET_PDEATHSIG = 1

Answer: TypeAlias = dict[str, object]


def worker_command() -> tuple[str, ...]:
    """Return the command that starts this process, in `HOME`: the interpreter, or the frozen program itself."""
    if getattr(sys, "frozen", False):
        return (sys.executable, WORKER)
    return (sys.executable, "-P", "-c", _START, *trusted_path(sys.path))


def main() -> int:
    """Serve jobs until the input ends. Returns the exit code: 0, or 1 when there is no engine."""
    _end_with_parent()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # Not sys.stdin, which a frozen program with a window may not have.
    jobs = _read_jobs(os.fdopen(os.dup(0), encoding="utf-8"))
    try:
        engine = _SpeechEngine()
    except Exception as error:  # noqa: BLE001 - a driver may raise anything; the parent decides what it means
        _send(answers, {"ready": False, "error": _error_text(error)})
        return 1
    _send(answers, {"ready": True, "driver": engine.driver})
    for job in jobs:
        _send(answers, _answer(engine, job))
    return 0


def _end_with_parent() -> None:
    """Have Linux kill this process when its parent is gone, even while it is stopped. It leaves no files then."""
    if has_memory_files():
        import ctypes  # noqa: PLC0415 - nothing else of ours calls the system so

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class _SpeechEngine:
    """pyttsx3 with workarounds for its drivers."""

    def __init__(self) -> None:
        from pyttsx3.engine import Engine  # noqa: PLC0415 - an engine that is missing is an answer, not a crash

        # Not pyttsx3.init(), which gives the same engine again: Windows needs a fresh one each time.
        self._make = Engine
        self._engine = self._make()
        self.driver = str(self._engine.driver_name)
        self._rate: object = None
        self._voice: object = None
        self.default = str(self._engine.getProperty("voice") or "")
        if self.driver == "espeak":
            # Each run begins by stopping what espeak is busy with, and that may be the change of rate that was asked
            # for just before, or the text itself: an empty file or the wrong pace came of it, some 4 times in 100.
            self._engine.proxy._driver.stop = _ignore_stop  # noqa: SLF001 - pyttsx3 has no other way in
            # Its first run returns at once without waiting. A second empty run would hang for ever.
            self._engine.runAndWait()

    def voices(self) -> list[dict[str, object]]:
        """List the voices: id, name, and languages as BCP 47 tags."""
        return [
            {
                "id": str(voice.id),
                "name": str(voice.name),
                "languages": [str(tag).replace("_", "-") for tag in voice.languages or () if tag],
            }
            for voice in self._engine.getProperty("voices")
        ]

    def render(self, text: str, voice: str, rate: int, file: str) -> None:
        """Render `text` to the WAV file `file`. Raises RuntimeError when nothing came of it."""
        self._set(voice, rate)
        self._engine.save_to_file(text, file)
        self._engine.runAndWait()
        if not Path(file).is_file():
            raise RuntimeError("the engine wrote no file")
        if sys.platform == "darwin":
            _convert_aiff(file)

    def _set(self, voice: str, rate: int) -> None:
        if sys.platform == "win32":
            # On Windows the second and later utterances of one engine are silent.
            self._engine.stop()
            self._engine = self._make(self.driver)
            self._voice = self._rate = None
        if voice != self._voice:
            self._engine.setProperty("voice", voice)
            self._voice = voice
        if rate != self._rate:
            self._engine.setProperty("rate", rate)
            self._rate = rate


def _ignore_stop() -> None:
    """Replace the driver's `stop`, which is not needed: the worker is killed instead."""


def _convert_aiff(file: str) -> None:
    """Convert the AIFF that macOS writes under any name to WAV."""
    with Path(file).open("rb") as written:
        if written.read(4) == b"RIFF":
            return
    converted = f"{file}.converted"
    subprocess.run(["afconvert", "-f", "WAVE", "-d", "LEI16", file, converted], check=True, capture_output=True)
    Path(converted).replace(file)


def _answer(engine: _SpeechEngine, job: dict[str, Any]) -> Answer:
    try:
        if job["do"] == "voices":
            return {"id": job["id"], "voices": engine.voices(), "default": engine.default}
        engine.render(job["text"], job["voice"], job["rate"], job["file"])
    except Exception as error:  # noqa: BLE001 - a driver may raise anything; the parent decides what it means
        return {"id": job["id"], "error": _error_text(error)}
    return {"id": job["id"]}


def _error_text(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _send(answers: IO[str], answer: Answer) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _read_jobs(source: IO[str]) -> Iterator[dict[str, Any]]:
    """Yield the jobs as they come, while a thread watches for the end of the input."""
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def watch() -> None:
        file = None
        for line in source:
            job = json.loads(line)
            file = job.get("file", file)
            jobs.put(job)
        # The parent is gone: what it would have deleted goes too, and a job that hangs must not keep this process.
        if file is not None:
            _delete(Path(file))
        os._exit(0)

    threading.Thread(target=watch, name="jobs", daemon=True).start()
    return iter(jobs.get, None)


def _delete(file: Path) -> None:
    """Delete a file that speech was rendered to, and its folder when there is nothing else in it."""
    with suppress(OSError):
        file.unlink(missing_ok=True)
        file.parent.rmdir()
