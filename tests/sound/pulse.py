"""A sound server of the test's own, with one output that nobody hears and that can be recorded."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import threading
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from timer_app.clock import SystemClock
from timer_app.sound.pcm import RATE

PRESENT = all(shutil.which(tool) for tool in ("pulseaudio", "parec", "pactl"))


class PulseServer:
    """PulseAudio on a socket in `folder`. Programs find it by `address` in PULSE_SERVER."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = f"unix:{folder}/socket"
        self.environment = os.environ | {
            "XDG_RUNTIME_DIR": str(folder),
            "HOME": str(folder),
            "PULSE_SERVER": self.address,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                f"--load=module-null-sink rate={RATE} channels=1 format=s16le sink_name=null",
                f"--load=module-native-protocol-unix socket={self._folder}/socket auth-anonymous=1",
            ],
            env={key: value for key, value in self.environment.items() if key != "PULSE_SERVER"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        answers = ["pactl", "info"]
        while subprocess.run(answers, env=self.environment, capture_output=True, timeout=10, check=False).returncode:
            assert self._process.poll() is None, "the sound server did not start"

    def waited(self) -> float:
        """Return how long its threads, and those of this process but for the first, have waited for a core, in ms.

        The first thread is the tests' own. Where the kernel does not tell, nobody has waited.
        """
        assert self._process is not None
        threads = [*Path(f"/proc/{self._process.pid}/task").iterdir(), *Path("/proc/self/task").iterdir()]
        told = [thread / "schedstat" for thread in threads if thread.name != str(os.getpid())]
        return sum(int(file.read_text().split()[1]) for file in told if file.exists()) / 1e6

    def stop(self) -> None:
        """Kill it, as a crash would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
            (self._folder / "socket").unlink(missing_ok=True)


@dataclass
class Recording:
    """What came out of the server, and when each piece of it came."""

    clock: SystemClock
    samples: array[int] = field(default_factory=lambda: array("h"))
    ends: list[tuple[int, int]] = field(default_factory=list)

    def add(self, piece: bytes) -> None:
        self.samples.frombytes(piece)
        self.ends.append((len(self.samples), self.clock.now()))

    def moment(self, frame: int) -> float:
        """Return when a frame was heard, in steady milliseconds: by the piece near it that came the soonest."""
        at = bisect_right(self.ends, (frame, 0))
        near = self.ends[max(0, at - 20) : at + 20]
        return min(came - end * 1000 / RATE for end, came in near) + frame * 1000 / RATE

    def sounds(self, gap: int) -> list[tuple[int, int]]:
        """Return what is not silent as (first, last) frames, with silences of `gap` milliseconds and more between."""
        spans: list[tuple[int, int]] = []
        for at, sample in enumerate(self.samples):
            if abs(sample) > 300:
                if spans and at - spans[-1][1] < gap * RATE // 1000:
                    spans[-1] = (spans[-1][0], at)
                else:
                    spans.append((at, at))
        return spans


@contextmanager
def recording(server: PulseServer) -> Iterator[Recording]:
    """Record the server's output, which has begun when the block does, for as long as that lasts."""
    made = Recording(SystemClock())
    recorder = subprocess.Popen(
        [
            "parec",
            "--raw",
            "--format=s16le",
            f"--rate={RATE}",
            "--channels=1",
            "--latency-msec=5",
            "-d",
            "null.monitor",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=server.environment,
    )
    assert recorder.stdout is not None
    pipe = recorder.stdout.fileno()
    os.set_blocking(pipe, False)

    begun = threading.Event()

    def read() -> None:
        rest = b""
        while select.select([pipe], [], []):
            piece = os.read(pipe, 1 << 16)
            if not piece:
                return
            whole = rest + piece
            rest = whole[len(whole) // 2 * 2 :]
            made.add(whole[: len(whole) // 2 * 2])
            begun.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        assert begun.wait(30), "nothing can be recorded"
        yield made
    finally:
        recorder.terminate()
        recorder.wait()
        reader.join()
        recorder.stdout.close()
