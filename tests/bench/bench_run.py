"""A session in a real window: how late boundaries are acted on, and what the window costs, running and idle.

BENCH_SECONDS is the length of the session (300), BENCH_LOAD=1 keeps both cores busy meanwhile.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

SECONDS = int(os.environ.get("BENCH_SECONDS", "300"))
IDLE = min(30, SECONDS)
SESSION = """format: 1
name: Bench
setup: 0s
steps:
  - rounds: {rounds}
    rest: 2s
    steps:
      - {{exercise: plank, hold: 4s}}
"""


def fine() -> float:
    """Return the steady time in milliseconds, finer than the program's own clock."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) / 1e6


def cpu() -> float:
    """Return the processor time of this process, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def memory() -> float:
    """Return this process's proportional share of memory, in MB."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from timer_app.app import open_window
    from timer_app.clock import SystemClock
    from timer_app.context import AppContext
    from timer_app.history.records import IntervalRecord, RunBegun, RunOutcome
    from timer_app.history.run_journal import Journal
    from timer_app.paths import user_paths

    acted: list[float] = []
    lengths: list[int] = []
    begun: list[float] = []
    marks: dict[str, tuple[float, float]] = {}

    class Watched(Journal):
        def begin(self, run: RunBegun) -> None:
            begun.append(float(clock.now()))
            marks["started"] = (fine(), cpu())
            super().begin(run)

        def interval_ended(self, run_id: str, interval: IntervalRecord) -> None:
            acted.append(fine())
            lengths.append(interval.planned or 0)
            super().interval_ended(run_id, interval)

        def end(self, run_id: str, outcome: RunOutcome, ended_at: datetime) -> None:
            marks["ended"] = (fine(), cpu())
            print(f"memory: {memory():.0f} MB (PSS) at the end of the session")
            super().end(run_id, outcome, ended_at)
            QTimer.singleShot(0, QApplication.quit)

    def start() -> None:
        wall, used = fine() - idle_from[0], cpu() - idle_from[1]
        print(f"idle: {100_000 * used / wall:.2f} % of a core over {wall / 1000:.0f} s, {memory():.0f} MB (PSS)")
        window = next(widget for widget in QApplication.topLevelWidgets() if hasattr(widget, "start_session"))
        window.start_session(context.session(str(file)))

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "settings.json").write_text('{"welcomed": true}')
        file = Path(folder, "bench.session.yaml")
        file.write_text(SESSION.format(rounds=max(1, SECONDS // 6)))
        clock = SystemClock()
        context = AppContext(user_paths(Path(folder)), clock, print)
        context.__dict__["journal"] = Watched(context.paths.history, clock, print)
        idle_from = (0.0, 0.0)

        def settled() -> None:
            nonlocal idle_from
            idle_from = (fine(), cpu())

        real = QApplication.exec

        def timed_exec(_application: QApplication) -> int:
            QTimer.singleShot(3_000, settled)
            QTimer.singleShot(3_000 + IDLE * 1000, start)
            return real()

        QApplication.exec = timed_exec  # type: ignore[method-assign,assignment]
        open_window(context)
        context.close()
    due = begun[0]
    late = []
    for moment, length in zip(acted, lengths, strict=True):
        due += length
        late.append(moment - due)
    wall, used = marks["ended"][0] - marks["started"][0], marks["ended"][1] - marks["started"][1]
    print(f"running: {100_000 * used / wall:.2f} % of a core over {wall / 1000:.0f} s")
    print(f"lateness: median {statistics.median(late):.2f} ms, worst {max(late):.2f} ms, over {len(late)} boundaries")


if __name__ == "__main__":
    if "DISPLAY" not in os.environ and shutil.which("xvfb-run"):
        os.execvp("xvfb-run", ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24", sys.executable, __file__])
    busy = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2) if os.environ.get("BENCH_LOAD")
    ]
    try:
        main()
    finally:
        for process in busy:
            process.kill()
