"""The program is killed while it runs a session: the next start offers to go on where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from threading import Event

import pytest

from tests.faults.loaded import start
from timer_app.clock import SystemClock
from timer_app.conductor.conductor import resume_index
from timer_app.conductor.start_run import is_done, plan_resumed_run
from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.model import Catalogue
from timer_app.history.db_file import findings, open_for_reading
from timer_app.history.reader import History
from timer_app.history.records import IntervalOutcome, RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.paths import Paths, assets, user_paths
from timer_app.presentation.resume_text import offer
from timer_app.problems import Problem

ROOT = Path(__file__).parents[2]
KILLS = 200
SPEED = 300
INTERVALS = 11
"""How many there are in Superman tens."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")


@cache
def catalogue() -> Catalogue:
    return load_catalogue(assets() / "exercises").catalogue


def run_and_kill(folder: Path, chance: Random) -> None:
    """Run a session in a process of its own, and kill it at a random moment."""
    command = ["-m", "timer_app", "--data-dir", str(folder), "run", "superman-tens", "--no-window"]
    program = start(*command, "--speed", str(SPEED))
    assert program.stdout is not None
    with program, program.stdout as output:
        for _each in range(chance.randrange(1, INTERVALS + 1)):
            output.readline()  # on a busy computer it tells of fewer than it begins
        # From the beginning of an interval to somewhere in it: they take 33 to 150 ms here.
        Event().wait(chance.choice((0, chance.random() * 0.1)))
        program.kill()


def start_again(paths: Paths, kept: int) -> str:
    """Start again as the program does, see what it offers, and end the run; return what became of it.

    `kept` are the runs that there were before.
    """
    told: list[Problem] = []
    journal = Journal(paths.history, SystemClock(), told.append)
    assert journal.flush(60)
    history = History(paths.history)
    left = history.unfinished()
    if left is None:
        # So fast, a session may be killed before the history knows of it.
        became = "completed" if len(history.runs()) > kept else "not begun"
        if became == "completed":
            last = max(history.records(), key=lambda record: record.begun.started_at)
            assert len(last.intervals) == INTERVALS
    else:
        done = len(left.intervals)
        assert done <= INTERVALS
        assert [each.position for each in left.intervals] == list(range(done))
        assert {each.outcome for each in left.intervals} <= {IntervalOutcome.DONE}
        assert [each.actual for each in left.intervals] == [each.planned for each in left.intervals]
        became = "begun"
        again = plan_resumed_run(left, catalogue())
        if is_done(again.timeline, left):
            assert done == INTERVALS
            became = "done but for its last word"
        elif done:
            assert resume_index(again.timeline, left) == done
            assert offer(again, left).startswith(f"Go on with {again.timeline.intervals[done].title}")
            became = "offered"
        journal.end(left.begun.id, RunOutcome.STOPPED, SystemClock().wall())
    assert journal.close(60)
    assert told == []
    # Killed at the very beginning, it has not come to making the file.
    if paths.history.exists():
        with closing(open_for_reading(paths.history)) as connection:
            assert findings(connection) == ()
    return became


def kill_often(folder: Path, kills: int, files: int) -> Counter[str]:
    """Kill so many sessions, those with a history of their own side by side, for most of the time nothing is done."""

    def kill_one_after_the_other(number: int) -> Counter[str]:
        chance, data, became = Random(2026 + number), folder / str(number), Counter[str]()
        for _each in range(kills // files):
            paths = user_paths(data)
            kept = len(History(paths.history).runs())
            run_and_kill(data, chance)
            became[start_again(paths, kept)] += 1
        return became

    with ThreadPoolExecutor(files) as pool:
        return sum(pool.map(kill_one_after_the_other, range(files)), Counter[str]())


def test_a_session_that_is_killed_is_offered_again_from_where_it_was(tmp_path: Path) -> None:
    assert kill_often(tmp_path, kills=4, files=2)["offered"] > 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_window_that_is_ended_from_outside_is_not_asked_and_its_session_is_offered_again(
    tmp_path: Path, how: signal.Signals
) -> None:
    command = [sys.executable, "-m", "timer_app", "--data-dir", str(tmp_path), "run", "superman-tens", "--speed", "20"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    history = History(user_paths(tmp_path).history)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as window:
        try:
            while (left := history.unfinished()) is None or not left.intervals:
                assert window.poll() is None
                Event().wait(0.05)
            window.send_signal(how)
            assert window.wait(20) == -how
        finally:
            window.kill()
    left = history.unfinished()
    assert left is not None
    assert not history.is_playing()
    assert offer(plan_resumed_run(left, catalogue()), left).startswith("Go on with")


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_200_sessions_that_are_killed_are_offered_again(memory_folder: Path) -> None:
    became = kill_often(memory_folder, KILLS, files=8)
    print(f"{KILLS} kills: {dict(became)}")
    assert became["not begun"] < KILLS // 2
    assert became["offered"] > KILLS // 8  # enough of them; how many depends on how busy the computer is
