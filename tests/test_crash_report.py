"""The report of a bug: what is in it, where it is kept, and how it is told on a terminal."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from timer_app import __version__
from timer_app.clock import ManualClock
from timer_app.crash_report import KEPT, LONGEST, Crash, CrashReporter, print_crash, report_text, save_report
from timer_app.problems import Problem

ROOT = Path(__file__).parents[1]
WHEN = ManualClock().wall()


class Told:
    """A reporter, with what it told."""

    def __init__(self, folder: Path) -> None:
        self.crashes: list[Crash] = []
        self.problems: list[Problem] = []
        self.reporter = CrashReporter(
            folder,
            ManualClock().wall,
            on_crash=self.crashes.append,
            on_problem=self.problems.append,
            about=("Qt     6.11",),
        )


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path / "state")


@pytest.fixture
def hooked(told: Told) -> Iterator[Told]:
    give_back = told.reporter.install()
    yield told
    give_back()


def caught(action: Callable[[], object]) -> BaseException:
    try:
        action()
    except (ArithmeticError, LookupError) as error:
        return error
    raise AssertionError("nothing was raised")


def divide() -> float:
    return 1 / 0


def look_up() -> int:
    return {"a": 1}["b"]


def test_a_report_tells_versions_system_and_what_happened(told: Told) -> None:
    told.reporter.error(caught(divide), "voice")
    (crash,) = told.crashes
    lines = crash.report.splitlines()
    assert lines[0] == f"Guided Session Timer {__version__}"
    assert lines[1] == "Qt     6.11"
    assert lines[2].startswith(f"Python {sys.version.split()[0]} (")
    assert lines[3].startswith("System ")
    assert lines[4:6] == ["When   2026-03-14T18:30:00+00:00", "Where  voice"]
    assert "return 1 / 0" in crash.report
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert crash.what == "ZeroDivisionError: division by zero"
    assert crash.file is not None
    assert crash.file.read_text(encoding="utf-8") == crash.report


def test_the_home_folder_is_not_told(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ida.example"))
    told.reporter.error(FileNotFoundError("/home/ida.example/planks.session.yaml"))
    (crash,) = told.crashes
    assert "ida.example" not in crash.report
    assert crash.what == "FileNotFoundError: ~/planks.session.yaml"


def test_a_bug_that_comes_again_is_counted_and_saved_once(told: Told, tmp_path: Path) -> None:
    for _time in range(500):
        told.reporter.error(caught(divide))
    told.reporter.error(caught(look_up))
    assert [crash.count for crash in told.crashes] == [*range(1, 501), 1]
    assert told.crashes[499].report == told.crashes[0].report
    assert len(list((tmp_path / "state").iterdir())) == 2


def test_the_last_ten_reports_are_kept(tmp_path: Path) -> None:
    (tmp_path / "window").write_bytes(b"where the window was")
    files = [save_report(tmp_path, str(number), WHEN + timedelta(seconds=number // 2)) for number in range(25)]
    kept = sorted(tmp_path.glob("crash-*.txt"))
    assert len(kept) == KEPT
    assert [file.read_text() for file in kept] == [str(number) for number in range(15, 25)]
    assert kept == files[-KEPT:]
    assert (tmp_path / "window").exists()


def test_a_report_that_cannot_be_saved_is_told_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    told = Told(tmp_path / "state")
    told.reporter.error(caught(divide))
    (crash,) = told.crashes
    assert crash.file is None
    out = io.StringIO()
    print_crash(crash, out)
    assert out.getvalue().startswith(crash.report)
    assert out.getvalue().count("\n") == crash.report.count("\n") + 1


def test_a_saved_report_is_told_in_one_line_once(told: Told) -> None:
    out = io.StringIO()
    for _time in range(3):
        told.reporter.error(caught(divide))
    for crash in told.crashes:
        print_crash(crash, out)
    assert out.getvalue() == (
        "Something went wrong in the program (ZeroDivisionError: division by zero)."
        f" The report is in {told.crashes[0].file}\n"
    )
    print_crash(told.crashes[0], None)


def test_a_problem_of_the_persons_world_is_no_crash(told: Told) -> None:
    problem = Problem("The disk is full.")
    told.reporter.error(problem)
    assert told.problems == [problem]
    assert told.crashes == []


def test_an_endless_traceback_is_cut_in_its_middle() -> None:
    report = report_text("begins" + "x" * 1_000_000 + "ends", when=WHEN)
    assert len(report) < LONGEST + 1_000
    assert "begins" in report
    assert report.rstrip().endswith("ends")


def test_text_that_is_no_text_can_be_saved(tmp_path: Path) -> None:
    file = save_report(tmp_path, "a lone surrogate: \ud800", WHEN)
    assert file is not None
    assert file.read_bytes() == b"a lone surrogate: \\ud800"


def test_a_message_of_a_library_is_reported(told: Told) -> None:
    told.reporter.message("Qt: no such thing\nat all", "qt.gui")
    (crash,) = told.crashes
    assert crash.what == "Qt: no such thing"
    assert "Where  qt.gui" in crash.report
    assert "at all" in crash.report


def test_a_report_may_be_interrupted_by_another(tmp_path: Path) -> None:
    """Saving sets off garbage collection, and what is collected has something to say."""
    crashes: list[Crash] = []
    interrupted: list[bool] = []

    def wall() -> datetime:
        if not interrupted:
            interrupted.append(True)
            reporter.message("Qt: destroyed while in use")
        return WHEN

    reporter = CrashReporter(tmp_path, wall, on_crash=crashes.append, on_problem=lambda _problem: None)
    reporter.error(caught(divide))
    assert [crash.what.split(":")[0] for crash in crashes] == ["Qt", "ZeroDivisionError"]


def test_what_no_thread_catches_is_reported_with_the_threads_name(hooked: Told) -> None:
    thread = threading.Thread(target=divide, name="history")
    thread.start()
    thread.join(5)
    (crash,) = hooked.crashes
    assert "Where  history" in crash.report


def test_ending_a_thread_is_no_crash(hooked: Told) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join(5)
    assert hooked.crashes == []


def test_what_nobody_catches_is_reported_and_an_interruption_is_left_to_the_hook_before(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed_on: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: passed_on.append(error))
    give_back = told.reporter.install()
    error = caught(divide)
    sys.excepthook(type(error), error, error.__traceback__)
    interruption = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, interruption, None)
    give_back()
    (crash,) = told.crashes
    assert crash.what.startswith("ZeroDivisionError")
    assert not crash.ended
    assert passed_on == [interruption]


def test_the_hooks_are_given_back(told: Told) -> None:
    before = sys.excepthook, threading.excepthook
    give_back = told.reporter.install()
    assert (sys.excepthook, threading.excepthook) != before
    give_back()
    assert (sys.excepthook, threading.excepthook) == before


def test_on_a_terminal_a_bug_is_one_line_and_the_exit_code_1(tmp_path: Path) -> None:
    program = (
        "import sys, threading; from pathlib import Path; from timer_app.clock import SystemClock\n"
        "from timer_app.crash_report import install_for_terminal\n"
        "install_for_terminal(Path(sys.argv[1]), SystemClock().wall)\n"
        "thread = threading.Thread(target=lambda: {}['b']); thread.start(); thread.join()\n"
        "print(1 / 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert "(KeyError: 'b')" in lines[0]
    assert "(ZeroDivisionError: division by zero)" in lines[1]
    reports = sorted(tmp_path.glob("crash-*.txt"))
    assert [f"The report is in {report}" in line for line, report in zip(lines, reports, strict=True)] == [True, True]
    assert "ZeroDivisionError" in reports[1].read_text(encoding="utf-8")
