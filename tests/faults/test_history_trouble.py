"""The disk stands in the way: the session goes on, it is told once, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.history.runs import EVENING, begun, plank
from tests.small_disk import remount, small_disk
from timer_app.clock import ManualClock
from timer_app.context import AppContext
from timer_app.history.backups import backup_folder
from timer_app.history.db_file import open_store
from timer_app.history.errors import HistoryLost, HistoryNotSaved, HistoryRefused, NoBackup
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.paths import user_paths
from timer_app.problems import Problem

ROOT = Path(__file__).parents[2]


class Session:
    """A journal on a file, and what was told."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.recovered = threading.Event()
        self.over: list[Problem] = []
        self.journal = Journal(file, ManualClock(wall=EVENING), self.problems.append, self._recover)
        self.position = 0

    def _recover(self, problem: Problem) -> None:
        self.over.append(problem)
        self.recovered.set()

    def goes_on(self, intervals: int = 3) -> bool:
        """Let some intervals end, and return whether all is on the disk."""
        if self.position == 0:
            self.journal.begin(begun())
        for _each in range(intervals):
            self.position += 1
            self.journal.interval_ended("a", plank(self.position))
        return self.journal.flush(30)

    def is_all_there(self) -> bool:
        intervals = History(self.file).run("a").intervals
        return intervals == tuple(plank(position) for position in range(1, self.position + 1))


def test_a_folder_that_cannot_be_made_is_reported_once_and_the_rows_wait(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file where the folder should be")
    session = Session(in_the_way / "history.sqlite")
    assert not session.goes_on()
    assert not session.goes_on()
    (problem,) = session.problems
    assert isinstance(problem, HistoryNotSaved)
    assert "not being saved" in problem.what
    assert str(in_the_way) in problem.what
    assert not session.recovered.is_set()

    in_the_way.unlink()
    assert session.goes_on()
    assert session.recovered.wait(30)
    assert session.is_all_there()
    assert session.over == session.problems == [problem]
    assert session.journal.close()


def test_rows_that_wait_are_written_with_no_further_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timer_app.history.writer._RETRY_SECONDS", 0.02)
    in_the_way = tmp_path / "data"
    in_the_way.touch()
    session = Session(in_the_way / "history.sqlite")
    assert not session.goes_on()
    in_the_way.unlink()
    assert session.recovered.wait(30)
    assert session.is_all_there()
    assert session.journal.close()


def test_closing_in_trouble_says_that_not_all_is_saved(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    session = Session(tmp_path / "data" / "history.sqlite")
    session.goes_on()
    assert not session.journal.close(30)
    assert not session.journal._writer._thread.is_alive()


def test_what_could_not_be_written_until_the_end_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    problems: list[Problem] = []
    context = AppContext(user_paths(tmp_path / "data"), ManualClock(wall=EVENING), problems.append)
    context.journal.begin(begun())
    assert not context.journal.flush(30)
    context.close()
    context.close()
    assert [type(problem) for problem in problems] == [HistoryNotSaved, HistoryLost]
    assert str(tmp_path / "data") in str(problems[1])


def test_the_terminal_says_that_all_is_saved_again(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    problems: list[Problem] = []
    context = AppContext(user_paths(tmp_path / "data"), ManualClock(wall=EVENING), problems.append)
    context.journal.begin(begun())
    assert not context.journal.flush(30)
    (tmp_path / "data").unlink()
    context.journal.interval_ended("a", plank())
    assert context.journal.flush(30)
    context.close()
    assert isinstance(problems[0], HistoryNotSaved)
    assert [str(problem) for problem in problems[1:]] == ["Your history is saved again."]


def test_a_context_that_wrote_everything_ends_without_a_word(tmp_path: Path) -> None:
    problems: list[Problem] = []
    context = AppContext(user_paths(tmp_path / "data"), ManualClock(wall=EVENING), problems.append)
    context.journal.begin(begun())
    context.close()
    assert problems == []
    assert History(tmp_path / "data" / "history.sqlite").count() == 1


def test_a_missing_drive_is_reported(tmp_path: Path) -> None:
    if not Path("/proc/self").is_dir():
        pytest.skip("there is no /proc, where nobody can make a folder")
    session = Session(Path("/proc/timer-app/history.sqlite"))
    assert not session.goes_on()
    assert [type(problem) for problem in session.problems] == [HistoryNotSaved]
    assert not session.journal.close(30)


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder that becomes read-only when it is asked to, by its mount for root and by its mode for others."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    if os.name == "nt":
        pytest.skip("folders have no such mode there")
    if os.geteuid() != 0:
        yield folder
        folder.chmod(0o700)
        return
    with small_disk(folder) as disk:
        yield disk


def _allow_writing(folder: Path, *, allowed: bool) -> None:
    if os.geteuid() == 0:
        remount(folder, "rw" if allowed else "ro")
    else:
        folder.chmod(0o700 if allowed else 0o500)


def test_a_read_only_folder_is_reported_once_and_the_rows_wait(read_only_folder: Path) -> None:
    _allow_writing(read_only_folder, allowed=False)
    session = Session(read_only_folder / "history.sqlite")
    assert not session.goes_on()
    assert not session.goes_on()
    assert [type(problem) for problem in session.problems] == [HistoryNotSaved]
    _allow_writing(read_only_folder, allowed=True)
    assert session.goes_on()
    assert session.is_all_there()
    assert session.journal.close()


def test_a_history_in_a_read_only_folder_can_be_read(read_only_folder: Path) -> None:
    session = Session(read_only_folder / "history.sqlite")
    assert session.goes_on()
    assert session.journal.close()
    _allow_writing(read_only_folder, allowed=False)
    assert session.is_all_there()


def test_a_full_disk_in_the_middle_of_a_session(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk; the test with a limit runs for everybody")
    with small_disk(folder):
        session = Session(folder / "history.sqlite")
        assert session.goes_on()
        ballast = folder / "ballast"
        _fill(ballast)
        # The log's room is used again and again, until the file itself has to grow.
        for _turn in range(1_000):
            if not session.goes_on():
                break
        assert [type(problem) for problem in session.problems] == [HistoryNotSaved]
        assert "full" in session.problems[0].what
        assert not session.goes_on()
        assert History(session.file).count() == 1
        ballast.unlink()
        assert session.goes_on()
        assert session.recovered.wait(30)
        assert session.is_all_there()
        assert len(session.problems) == 1
        assert session.journal.close()


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"x" * 4096)
        except OSError:
            return


@pytest.mark.skipif(os.name == "nt", reason="there is no limit on the size of files there")
def test_a_file_that_cannot_grow_in_the_middle_of_a_session(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    done = subprocess.run(
        [sys.executable, "-m", "tests.history.full_disk", str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "saved: True"
    assert lines.count("told: HistoryNotSaved") == 1
    assert lines.count("saved: False") == 3
    assert lines.count("told: well again") == 1
    assert lines.count("saved: True") == 2
    assert lines[-1] == "closed: True"
    record = History(file).run("a")
    assert record.intervals == tuple(plank(position) for position in range(40))
    assert record.outcome is RunOutcome.COMPLETED


@pytest.mark.parametrize("change", ["PRAGMA application_id = 1234; CREATE TABLE other (x)", "PRAGMA user_version = 99"])
def test_a_file_that_is_not_ours_stays_as_it_is_while_the_rows_wait(tmp_path: Path, change: str) -> None:
    file = tmp_path / "history.sqlite"
    with closing(open_store(file)) as connection:
        connection.executescript(change)
    before = file.read_bytes()
    session = Session(file)
    assert not session.goes_on()
    assert not session.goes_on()
    (problem,) = session.problems
    assert isinstance(problem, HistoryRefused)
    assert file.read_bytes() == before
    file.rename(tmp_path / "away.sqlite")
    assert session.goes_on()
    assert session.recovered.wait(30)
    assert session.is_all_there()
    assert session.journal.close()
    assert (tmp_path / "away.sqlite").read_bytes() == before


def test_a_safety_copy_that_cannot_be_made_is_reported_once_and_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    backup_folder(file).write_text("in the way")
    session = Session(file)
    assert session.goes_on()
    session.journal.end("a", RunOutcome.COMPLETED, EVENING)
    assert session.journal.close(30)
    assert session.is_all_there()
    assert [type(problem) for problem in session.problems] == [NoBackup]


def test_a_safety_copy_that_can_be_made_again_is_reported_too(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    backup_folder(file).write_text("in the way")
    session = Session(file)
    for _time in range(2):
        assert session.goes_on()
        session.journal.end("a", RunOutcome.COMPLETED, EVENING)
        assert session.journal.flush(30)
        session.journal.begin(begun())
        assert session.journal.flush(30)
        if backup_folder(file).is_file():
            backup_folder(file).unlink()
    session.journal.end("a", RunOutcome.COMPLETED, EVENING)
    assert session.journal.close(30)
    assert [type(problem) for problem in session.problems] == [NoBackup]
    assert session.over == session.problems


def test_the_callers_thread_never_waits_for_a_slow_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk_answers = threading.Event()
    problems: list[Problem] = []
    begun_to_open = threading.Event()

    def slow(file: Path, *, check: bool) -> sqlite3.Connection:
        begun_to_open.set()
        assert disk_answers.wait(30)
        return open_store(file, check=check)

    monkeypatch.setattr("timer_app.history.database.open_store", slow)
    journal = Journal(tmp_path / "history.sqlite", ManualClock(wall=EVENING), problems.append)
    journal.begin(begun())
    assert begun_to_open.wait(30)
    for position in range(100):
        journal.interval_ended("a", plank(position))
    assert not disk_answers.is_set()
    disk_answers.set()
    assert journal.close(30)
    assert len(History(tmp_path / "history.sqlite").run("a").intervals) == 100
    assert problems == []
