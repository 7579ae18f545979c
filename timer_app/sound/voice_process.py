"""Control the voice worker: start it, send it jobs with a time limit, and kill it when it does not answer."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

from msgspec import Struct, ValidationError, convert

from timer_app.sound.voice_selection import VoiceInfo
from timer_app.sound.voice_worker import HOME

# Windows would open a terminal window for the process; elsewhere there is no such flag.
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class NoEngine(Exception):  # noqa: N818 - a state of the computer
    """There is no speech engine on this computer: starting again would not help."""


class EngineTrouble(Exception):  # noqa: N818 - a state of the other process, not an error of this one
    """The worker died or did not answer in time, and was killed."""


class EngineRefused(Exception):  # noqa: N818 - an answer of the worker's
    """The engine could not do one job."""


class _Answer(Struct, frozen=True):
    """An answer of the worker: to its start, without an `id`, or to the job with this `id`."""

    id: int | None = None
    ready: bool = False
    driver: str = ""
    voices: tuple[VoiceInfo, ...] = ()
    default: str = ""
    error: str | None = None


class VoiceProcess:
    """A voice worker process. Each call waits; all but `kill` must come from one thread."""

    def __init__(self, command: Sequence[str], start_limit: float, shared: Sequence[int] = ()) -> None:
        """Start it and wait until it is ready.

        `start_limit` is in seconds, and `shared` are the descriptors that it inherits. Raises NoEngine when there is no
        engine, EngineTrouble when the worker does not start in time.
        """
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                cwd=HOME,
                pass_fds=shared,
                start_new_session=os.name != "nt",
                creationflags=_NO_WINDOW,
            )
        except OSError as error:
            raise NoEngine(str(error)) from error
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="voice answers", daemon=True)
        self._reader.start()
        self._lock = threading.Lock()
        self._ended = False
        self._job = 0
        hello = self._next_answer(start_limit)
        if not hello.ready:
            self.kill()
            raise NoEngine(hello.error or "no answer")
        self.driver = hello.driver

    def voices(self, limit: float) -> tuple[tuple[VoiceInfo, ...], str]:
        """List the voices, and the id of the default one, within `limit` seconds.

        Raises EngineTrouble and EngineRefused.
        """
        answer = self._request(limit, {"do": "voices"})
        return answer.voices, answer.default

    def render(self, text: str, voice: str, rate: int, file: str, limit: float) -> None:
        """Render `text` to `file` within `limit` seconds. Raises EngineTrouble and EngineRefused."""
        self._request(limit, {"do": "render", "text": text, "voice": voice, "rate": rate, "file": file})

    def kill(self) -> None:
        """Kill the process and all that it started. Thread-safe; a second call does nothing."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(1.0)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _request(self, limit: float, job: dict[str, object]) -> _Answer:
        self._job += 1
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - it was asked for
        try:
            pipe.write(json.dumps({"id": self._job, **job}) + "\n")
            pipe.flush()
        except OSError as error:
            self.kill()
            raise EngineTrouble(str(error)) from error
        answer = self._next_answer(limit)
        if answer.error is not None:
            raise EngineRefused(answer.error)
        return answer

    def _next_answer(self, limit: float) -> _Answer:
        """Return the next answer, which belongs to the current job. Raises EngineTrouble."""
        try:
            line = self._lines.get(timeout=limit)
        except queue.Empty:
            line = None
        try:
            answer = convert(json.loads(line), _Answer) if line is not None else None
        except (ValueError, ValidationError):
            answer = None
        if answer is None or answer.id not in (None, self._job):
            self.kill()
            raise EngineTrouble("no answer in time" if line is None else f"not an answer: {line!r}")
        return answer

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101 - it was asked for
        for line in pipe:
            self._lines.put(line)
        self._lines.put(None)
