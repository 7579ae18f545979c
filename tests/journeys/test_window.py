"""The app in a real window, driven by keys and clicks through the X server, and the database read afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from timer_app.history.reader import History
from timer_app.history.records import IntervalOutcome, RunOutcome
from timer_app.paths import user_paths

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.screen


SUPERMEN = """format: 1
name: Supermen and holds
setup: 4s
steps:
  - {exercise: plank, hold: 2s}
  - {exercise: superman, reps: 4, rep: 4s, sets: 3, rest: 3s}
  - rounds: 2
    shuffle: true
    steps:
      - {exercise: plank, hold: 2s}
      - {exercise: side-plank, hold: 2s}
      - {exercise: dead-bug, hold: 2s}
"""


def go(
    journey: str, folder: Path, people: str = "tests.journeys.person", *, killed: bool = False, patience: int = 100
) -> None:
    """Send a person on a journey, on a screen of its own, to its end or until the program is killed.

    `people` is the module that knows the journey; after `patience` seconds the person is called back.
    """
    command = [
        sys.executable,
        str(ROOT / "packaging/virtual_display.py"),
        people,
        journey,
        str(folder),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=patience, check=False
    )
    assert (run.returncode, run.stderr) == (-signal.SIGKILL % 256 if killed else 0, "")


def test_planks_by_the_minute_from_the_list_to_the_history(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    go("planks", tmp_path)
    history = History(user_paths(tmp_path).history)
    (summary,) = history.runs()
    run = history.run(summary.id)
    assert (run.begun.session, run.outcome, run.effort) == ("Planks by the minute", RunOutcome.COMPLETED, 6)
    assert [done.kind for done in run.intervals] == ["setup", "work", "rest", "work", "rest", "work"]
    assert {done.outcome for done in run.intervals} <= {IntervalOutcome.SKIPPED, IntervalOutcome.CUT_SHORT}
    assert run.begun.definition.startswith("# yaml-language-server")


def test_session_files_are_opened_from_outside(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    for name in ("Morning", "Evening"):
        text = f"format: 1\nname: {name}\nsteps:\n  - {{exercise: plank, hold: 20s}}\n"
        (tmp_path / f"{name.lower()}.session.yaml").write_text(text)
    go("double clicks", tmp_path)
    kept = {file.name: file.read_text() for file in user_paths(tmp_path).sessions.iterdir()}
    assert kept == {file.name: file.read_text() for file in tmp_path.glob("*.session.yaml")}


def test_the_last_session_is_begun_from_outside(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    go("last session", tmp_path)
    runs = History(user_paths(tmp_path).history).runs()
    assert [(run.stem, run.outcome) for run in runs] == [
        ("superman-tens", RunOutcome.INTERRUPTED),
        ("superman-tens", RunOutcome.COMPLETED),
    ]


def test_a_locked_session_is_unlocked_and_stopped(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    go("locked", tmp_path)
    (summary,) = History(user_paths(tmp_path).history).runs()
    assert summary.outcome is RunOutcome.STOPPED


def test_a_session_that_is_killed_is_gone_on_with_as_one_run(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    paths = user_paths(tmp_path)
    paths.sessions.mkdir(parents=True)
    (paths.sessions / "supermen.session.yaml").write_text(SUPERMEN)
    go("power cut", tmp_path, killed=True)
    history = History(paths.history)
    cut = history.unfinished()
    assert cut is not None
    assert [done.kind for done in cut.intervals] == ["setup", "work", "setup", "work", "rest"]
    go("go on", tmp_path)
    (summary,) = history.runs()
    run = history.run(summary.id)
    assert (run.begun, run.outcome, run.actual) == (cut.begun, RunOutcome.COMPLETED, run.begun.planned)
    assert run.intervals[:5] == cut.intervals
    assert [done.position for done in run.intervals] == list(range(len(run.intervals)))
    assert {done.outcome for done in run.intervals} == {IntervalOutcome.DONE}
    assert history.unfinished() is None
