"""Measure the history: commits, the check at the start, each query and the History page itself at 100,000 runs.

    python -m tests.bench.bench_history [RUNS]

Prints one line for each figure. Takes about a minute and 250 MB of disk for 100,000 runs.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from tests.demo import make_demo_history
from tests.history.runs import begun, plank
from timer_app.clock import SystemClock
from timer_app.history.db_file import findings, open_for_reading, open_store, run_seal
from timer_app.history.reader import History
from timer_app.history.records import TagKind
from timer_app.history.run_journal import Journal
from timer_app.history.statistics.comfort_stats import ComfortGrouping
from timer_app.history.statistics.weekly_aggregates import sum_up

UNTIL = datetime(2026, 3, 14, 18, 30, tzinfo=UTC)
INTERVALS = 2000
VISITS = 5
AFTER_START = {"some seconds after the start": 5000, "at once": 600}
"""When the page is gone to, in ms: when it is made ahead, the check of a long history being under way, and before."""

LOOKS = {
    "light": "",
    "dark": ', "appearance": "dark"',
    "text at 150 %": ', "text_percent": 150',
}


def main(runs: int) -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory(prefix="bench-history-") as folder:
        measure_commits(Path(folder) / "commits.sqlite")
        file = Path(folder) / "history.sqlite"
        start = perf_counter()
        make_demo_history(file, UNTIL)
        print(f"two years written in {(perf_counter() - start) * 1000:.0f} ms")
        with closing(open_for_reading(file)) as connection:
            count = connection.execute("SELECT count(*) FROM run").fetchone()[0]
            print(f"{file.stat().st_size / count:.0f} bytes a run ({count} runs)")
            tell("check of two years", lambda: findings(connection))
        with closing(open_store(file, check=False)) as connection:
            tell("two years summed up", lambda: sum_up(connection), 1)
        measure_queries(file, "two years")
        multiply(file, runs)
        with closing(open_store(file, check=False)) as connection:
            tell(f"all weeks of {runs} runs summed up", lambda: sum_up(connection), 1)
        measure_queries(file, f"{runs} runs")
        measure_page(file)
        with closing(open_for_reading(file)) as connection:
            tell(f"integrity_check of {runs} runs", lambda: connection.execute("PRAGMA integrity_check").fetchall(), 1)
            tell(f"whole check of {runs} runs", lambda: findings(connection), 1)


def measure_commits(file: Path) -> None:
    """Print how long an interval takes from the caller's call until it is on the disk, in a session of its own."""
    told: list[object] = []
    journal = Journal(file, SystemClock(), told.append)
    journal.begin(begun())
    journal.flush(60)
    calls, commits = [], []
    for number in range(INTERVALS):
        # A session of 40 intervals, gone over again and again.
        interval = replace(plank(number % 40), actual=number)
        start = perf_counter()
        journal.interval_ended("a", interval)
        calls.append((perf_counter() - start) * 1000)
        journal.flush(60)
        commits.append((perf_counter() - start) * 1000)
    journal.close(60)
    assert told == []
    for name, times in (("call", calls), ("commit", commits)):
        p99 = statistics.quantiles(times, n=100)[98]
        print(f"{name} of an interval: median {statistics.median(times):.3f} ms, p99 {p99:.3f} ms")


def multiply(file: Path, runs: int) -> None:
    """Copy the runs of a history, some minutes earlier each time, until there are `runs` of them, and seal them."""
    with closing(open_store(file, check=False)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        count = connection.execute("SELECT count(*) FROM run").fetchone()[0]
        columns = [row[1] for row in connection.execute("PRAGMA table_info(run)")]
        for copy in range(1, runs // count + 1):
            picked = ", ".join(_copied(column, copy, count) for column in columns)
            connection.execute(f"INSERT INTO run SELECT {picked} FROM run WHERE number <= {count}")
            for table in ("interval", "tag"):
                rest = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")][1:]
                quoted = ", ".join(f'"{column}"' for column in rest)
                connection.execute(
                    f"INSERT INTO {table} SELECT run + {copy * count}, {quoted} FROM {table} WHERE run <= {count}"
                )
        numbers = connection.execute(f"SELECT number FROM run WHERE number > {count}").fetchall()
        connection.executemany(
            "UPDATE run SET seal = ? WHERE number = ?", ((run_seal(connection, row[0]), row[0]) for row in numbers)
        )
        connection.execute("COMMIT")


def _copied(column: str, copy: int, count: int) -> str:
    return {
        "number": f"number + {copy * count}",
        "id": f"id || '-{copy}'",
        "started_at": f"started_at - {copy} * 211000000",
    }.get(column, column)


def measure_queries(file: Path, name: str) -> None:
    """Print how long each query of the first pages takes, opening the file included."""
    history = History(file)
    newest = history.runs(1)[0]
    today: date = UNTIL.date()
    tell(f"{name}: count", history.count)
    tell(f"{name}: runs(200)", lambda: history.runs(200))
    tell(f"{name}: runs(200), a year back", lambda: history.runs(200, until=UNTIL - timedelta(days=365)))
    tell(f"{name}: runs(200) of a session", lambda: history.runs(200, session="runner-core"))
    tell(f"{name}: runs(200), words found", lambda: history.runs(200, search="mat"))
    tell(f"{name}: runs(200), words not found", lambda: history.runs(200, search="nowhere"))
    tell(f"{name}: run", lambda: history.run(newest.id))
    tell(f"{name}: last_done", history.last_done)
    tell(f"{name}: unfinished", history.unfinished)
    tell(f"{name}: sessions", history.sessions)
    tell(f"{name}: minutes_by_day, a year", lambda: history.minutes_by_day(today - timedelta(days=365), today))
    tell(f"{name}: days_done", history.days_done)
    tell(f"{name}: runs(200) with an exercise", lambda: history.runs(200, exercise="plank"))
    tell(f"{name}: runs(200) with an unknown exercise", lambda: history.runs(200, exercise="nothing"), 3)
    tell(f"{name}: runs(200) of a month", lambda: history.runs(200, first=today - timedelta(days=30), last=today))
    tell(f"{name}: progress of each exercise", history.progress, 3)
    for beside in ComfortGrouping:
        tell(f"{name}: comfort beside {beside}", partial(history.comfort_by, beside), 3)
    tell(f"{name}: comfort_by_week, a year", lambda: history.comfort_by_week(today - timedelta(days=365), today))
    tell(f"{name}: to_ask", lambda: history.next_morning_due(today))
    tell(f"{name}: pauses", history.pauses)
    tell(f"{name}: tag_words", lambda: history.tag_words(TagKind.SHOES))
    tell(f"{name}: undoable", lambda: history.undoable(UNTIL))


def measure_page(file: Path) -> None:
    """Print how soon the History page is there with its content, and how long the screen's thread worked for it."""
    for look, chosen in LOOKS.items():
        (file.parent / "settings.json").write_text(f'{{"welcomed": true{chosen}}}')
        for when, after in AFTER_START.items() if not chosen else (next(iter(AFTER_START.items())),):
            measure_visits(file.parent, after, f"{look}, {when}")


def measure_visits(folder: Path, after_start: int, name: str) -> None:
    """Print the medians of several starts, in each of which the page is visited twice."""
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24"] if shutil.which("xvfb-run") else []
    script = Path(__file__).with_name("history_page.py")
    environment = (
        os.environ | {"PYTHONPATH": str(script.parents[2])} | ({} if screen else {"QT_QPA_PLATFORM": "offscreen"})
    )
    told: dict[str, list[tuple[float, float]]] = {}
    for _time in range(VISITS):
        command = [*screen, sys.executable, str(script), str(folder), str(after_start)]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
        for line in run.stdout.splitlines():
            what, taken, worked = line.split("\t")
            told.setdefault(what, []).append((float(taken), float(worked)))
    for what, times in told.items():
        taken, worked = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"{name}: {what}: {taken:.0f} ms, the screen's thread worked {worked:.0f} ms of it (medians of {VISITS})")


def tell(name: str, work: Callable[[], object], times: int = 9) -> None:
    """Print the median time that some work takes."""
    taken = []
    for _time in range(times):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    print(f"{name}: {statistics.median(taken):.2f} ms")


if __name__ == "__main__":
    print(f"SQLite {sqlite3.sqlite_version}")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
