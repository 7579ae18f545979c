"""The app in a real window, driven by keys and clicks through the X server, and the database read afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from timer_app.history.reading import History
from timer_app.history.records import IntervalOutcome, RunOutcome
from timer_app.paths import person_paths

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.screen


def go(journey: str, folder: Path) -> None:
    """Send a person on a journey, on a screen of its own."""
    command = [
        sys.executable,
        str(ROOT / "packaging/virtual_display.py"),
        "tests.journeys.person",
        journey,
        str(folder),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_planks_by_the_minute_from_the_list_to_the_history(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    go("planks", tmp_path)
    history = History(person_paths(tmp_path).history)
    (summary,) = history.runs()
    run = history.run(summary.id)
    assert (run.begun.session, run.outcome, run.effort) == ("Planks by the minute", RunOutcome.COMPLETED, 6)
    assert [done.kind for done in run.intervals] == ["setup", "work", "rest", "work", "rest", "work"]
    assert {done.outcome for done in run.intervals} <= {IntervalOutcome.SKIPPED, IntervalOutcome.CUT_SHORT}
    assert run.begun.definition.startswith("# yaml-language-server")
