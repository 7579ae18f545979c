"""Eight hours of sessions at speed in the real window, through 20,000 turns of the event loop."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOURS = 8
TURNS = 20_000
STEP = 1_500
"""Milliseconds between two looks, below the two seconds that count as sleep."""

MOST_GROWTH = 20_000_000


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_a_long_day_leaks_nothing_and_drifts_by_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.soak", str(tmp_path), str(TURNS), str(STEP)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = json.loads(done.stdout)
    print(found)
    assert found["turns"] >= TURNS
    assert found["played"] >= HOURS * 3_600_000
    assert found["sessions"] > 20
    assert found["cues"] > 1_000
    assert (found["drift"], found["misplaced"]) == (0, 0)
    assert found["troubles"] == []
    assert found["end"] - found["warm"] < MOST_GROWTH
