"""A session is killed at a random moment: what was acknowledged is there, and the next start can go on."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.faults.loaded import start
from timer_app.clock import SystemClock
from timer_app.history.db_file import findings, open_for_reading
from timer_app.history.reader import History
from timer_app.history.run_journal import Journal
from timer_app.problems import Problem

KILLS = 200
FILES = 8


def _killed_session(file: Path, run_id: str, acknowledgements: int) -> list[str]:
    """Run a session, kill it once it has printed so many lines, and return all that it printed."""
    child = start("-m", "tests.history.endless_session", str(file), run_id)
    assert child.stdout is not None
    with child, child.stdout as output:
        lines = [output.readline() for _line in range(acknowledgements)]
        child.kill()
        lines += output.readlines()
    # A line that the kill cut short was not acknowledged.
    return [line.removesuffix("\n") for line in lines if line.endswith("\n")]


def _check_next_start(file: Path, run_id: str, lines: list[str], told: list[Problem]) -> int:
    """Start again on the file and return how many acknowledged intervals were found."""
    journal = Journal(file, SystemClock(), told.append)
    assert journal.flush(60)
    unfinished = History(file).unfinished()
    positions = [int(line.split()[1]) for line in lines if line.startswith(f"{run_id} ")]
    if f"begun {run_id}" in lines:
        assert unfinished is not None
        assert unfinished.begun.id == run_id
        intervals = {interval.position: interval.actual for interval in unfinished.intervals}
        assert {position: intervals.get(position) for position in positions} == {at: at for at in positions}
    assert journal.close(60)
    with closing(open_for_reading(file)) as connection:
        assert findings(connection) == ()
    return len(positions)


def _kill_often(folder: Path, kills: int, files: int, seed: int) -> int:
    rng = Random(seed)
    told: list[Problem] = []
    found = 0
    for number in range(kills):
        file = folder / f"history-{number % files}.sqlite"
        run_id = f"run-{number}"
        lines = _killed_session(file, run_id, rng.choice((1, 1, 2, rng.randrange(3, 80))))
        assert lines[0] == "ready"
        assert not [line for line in lines if line.startswith("trouble")]
        if file.exists():
            found += _check_next_start(file, run_id, lines, told)
    assert told == []
    return found


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
def test_a_killed_session_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert _kill_often(tmp_path, kills=6, files=2, seed=1) > 0


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not known there")
def test_200_killed_sessions_lose_nothing_that_was_acknowledged(memory_folder: Path) -> None:
    found = _kill_often(memory_folder, KILLS, FILES, seed=2026)
    print(f"{KILLS} kills, {found} acknowledged intervals found again")
    assert found > KILLS
