"""Run as a program: a session on a disk that has no room from its third interval on, and has room again later.

The limit on the size of a file stands in for the disk, so that it works for anybody and anywhere but on Windows.
Prints what was told, a line each.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from tests.history.runs import begun, plank
from timer_app.clock import ManualClock
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.problems import Problem


def _print(line: str) -> None:
    """Write a line at once: two threads speak."""
    os.write(1, f"{line}\n".encode())


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def main(file: Path) -> None:
    def trouble(problem: Problem) -> None:
        _print(f"told: {type(problem).__name__}")

    def recovered(_problem: Problem) -> None:
        _print("told: well again")

    clock = ManualClock()
    journal = Journal(file, clock, trouble, recovered)
    journal.begin(begun())
    for position in (0, 1):
        journal.interval_ended("a", plank(position))
    _print(f"saved: {journal.flush(30)}")
    _limit(Path(f"{file}-wal").stat().st_size)
    for position in range(2, 40):
        journal.interval_ended("a", plank(position))
        if position % 10 == 0:
            _print(f"saved: {journal.flush(30)}")
    _limit(resource.RLIM_INFINITY)
    journal.end("a", RunOutcome.COMPLETED, clock.wall())
    _print(f"saved: {journal.flush(30)}")
    _print(f"closed: {journal.close(30)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
