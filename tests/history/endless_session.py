"""Run as a program: journal the intervals of a session that never ends, as fast as the disk takes them.

Prints what is acknowledged, a line each: `ready`, then `begun RUN`, then `RUN POSITION`. For tests that kill it.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from tests.history.runs import begun, plank
from timer_app.clock import SystemClock
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.problems import Problem


def main(file: Path, run_id: str) -> None:
    clock = SystemClock()
    print("ready", flush=True)

    def trouble(problem: Problem) -> None:
        print(f"trouble {problem}", flush=True)

    journal = Journal(file, clock, trouble)
    journal.begin(begun(f"{run_id}-before", clock.wall()))
    journal.interval_ended(f"{run_id}-before", plank(0))
    journal.end(f"{run_id}-before", RunOutcome.COMPLETED, clock.wall())
    journal.begin(begun(run_id, clock.wall()))
    if journal.flush(60):
        print(f"begun {run_id}", flush=True)
    for position in count():
        journal.interval_ended(run_id, replace(plank(position), actual=position))
        if journal.flush(60):
            print(f"{run_id} {position}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
