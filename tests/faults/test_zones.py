"""`TZ` holds what no zone is: sessions run and are dated all the same, and drafts and reports are not lost by it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ZONES = {
    "a month off": "ABC999",
    "a day off": "ABC24",
    "a day off eastwards": "ABC-24",
    "a device": ":/dev/zero",
    "a folder": ":/etc",
    "endless": "A" * 10_000,
    "no text": os.fsdecode(b"AB\xffC5"),
    "nothing": "",
}
DRAFT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from timer_app.clock import SystemClock, in_this_zone
from timer_app.crash_report import CrashReporter
from timer_app.editing.autosave import Unsaved, UnsavedWork
folder = Path(sys.argv[1])
work = UnsavedWork(folder / "drafts")
work.save(Unsaved("a", "Back", "name: Back", SystemClock().wall()))
assert [kept.title for kept in work.all()] == ["Back"]
assert in_this_zone(datetime(2026, 3, 14, 18, 30)).tzinfo is not None
assert in_this_zone(datetime(2026, 3, 14, 18, 30, tzinfo=UTC)) == datetime(2026, 3, 14, 18, 30, tzinfo=UTC)
reporter = CrashReporter(folder, SystemClock().wall, on_crash=lambda crash: print(crash.file), on_problem=print)
reporter.error(ZeroDivisionError())
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="zones are named otherwise there")


def start(zone: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": zone},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("zone", ZONES)
def test_a_session_is_run_and_dated(tmp_path: Path, zone: str) -> None:
    program = ("-m", "timer_app", "--data-dir", str(tmp_path))
    start(ZONES[zone], *program, "run", "superman-tens", "--no-window", "--speed", "1000")
    (line,) = start(ZONES[zone], *program, "history").splitlines()
    assert line.startswith("20")
    assert "Superman tens" in line
    assert "1 runs on 1 days" in start(ZONES[zone], *program, "history", "stats")


@pytest.mark.parametrize("zone", ZONES)
def test_drafts_and_reports_are_dated(tmp_path: Path, zone: str) -> None:
    assert "crash-20" in start(ZONES[zone], "-c", DRAFT, str(tmp_path))
