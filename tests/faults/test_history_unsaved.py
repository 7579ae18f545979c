"""Rows that cannot be written when the program ends: waited for while the disk goes on, else kept for the next one."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Condition, Semaphore
from typing import TypeVar

import pytest
from msgspec.structs import replace

from tests.history.runs import EVENING, begun, plank, run, utc
from timer_app.clock import ManualClock
from timer_app.conductor.interrupted_run import find_interrupted
from timer_app.exercises.catalogue import load_catalogue
from timer_app.history.db_file import findings, open_for_reading, open_store, writing
from timer_app.history.errors import HistoryKept, HistoryLost, HistoryNotSaved, HistoryUnreadable
from timer_app.history.reader import History
from timer_app.history.records import Pause, PauseKind, RunOutcome
from timer_app.history.row_mapping import write_run
from timer_app.history.run_edits import RunFeedback
from timer_app.history.run_journal import Journal
from timer_app.history.unsaved_rows import unsaved_files
from timer_app.paths import assets
from timer_app.problems import Problem

T = TypeVar("T")
INTERVALS = tuple(plank(position) for position in range(1, 7))


class Start:
    """A start of the program: a journal on the file, what was told, and what is over."""

    def __init__(self, file: Path, clock: ManualClock) -> None:
        self.problems: list[Problem] = []
        self.over: list[Problem] = []
        self.clock = clock
        self.journal = Journal(file, clock, self.problems.append, self.over.append)

    def does_all_but_the_last(self, intervals: int) -> None:
        """Note a session's start and its first intervals, and see them on the disk."""
        self.journal.begin(begun())
        for interval in INTERVALS[:intervals]:
            self.clock.advance(60_000)
            self.journal.interval_ended("a", interval)
        assert self.journal.flush(30)

    def does_the_rest(self, intervals: int) -> None:
        """Note the other intervals, the end, and what is said of it."""
        for interval in INTERVALS[intervals:]:
            self.clock.advance(60_000)
            self.journal.interval_ended("a", interval)
        self.journal.end("a", RunOutcome.COMPLETED, self.clock.wall())
        self.journal.rate("a", effort=6, note="At last")

    def kinds(self) -> list[type[Problem]]:
        return [type(problem) for problem in self.problems]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(wall=EVENING)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite ask for a lock only for a moment at a time."""
    monkeypatch.setattr("timer_app.history.db_file._BUSY_SECONDS", 0.01)
    monkeypatch.setattr("timer_app.history.writer._BUSY_RETRY_SECONDS", 0.01)


@contextmanager
def another_program(file: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that holds the database for itself until it is rolled back."""
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def check_all_is_there(file: Path, clock: ManualClock) -> None:
    """See that the next start takes in what was kept, and that the one after it has nothing more to do."""
    records = []
    for _time in range(2):
        start = Start(file, clock)
        assert start.journal.flush(30)
        assert start.journal.close(30)
        assert start.problems == []
        assert unsaved_files(file) == ()
        records.append(History(file).records())
        with closing(open_for_reading(file)) as connection:
            assert findings(connection) == ()
    (record,) = records[0]
    assert records[1] == records[0]
    assert record.intervals == INTERVALS
    assert (record.outcome, record.effort, record.note) == (RunOutcome.COMPLETED, 6, "At last")


def keep_aside(file: Path, clock: ManualClock, *, written: int = 2) -> Path:
    """End the program while another holds the database, and return where the rest is."""
    start = Start(file, clock)
    start.does_all_but_the_last(written)
    with another_program(file):
        start.does_the_rest(written)
        assert not start.journal.close(0)
        (kept,) = unsaved_files(file)
        assert str(kept) in next(str(problem) for problem in start.problems if isinstance(problem, HistoryKept))
        start.journal._writer._thread.join()
    return kept


def test_what_another_program_keeps_from_being_written_is_taken_in_at_the_next_start(
    file: Path, clock: ManualClock
) -> None:
    keep_aside(file, clock)
    check_all_is_there(file, clock)


def test_it_is_said_what_stands_in_the_way_and_that_all_is_in_at_last(file: Path, clock: ManualClock) -> None:
    start = Start(file, clock)
    start.does_all_but_the_last(2)
    with another_program(file):
        start.does_the_rest(2)
        assert not start.journal.flush(30)
        assert not start.journal.close(0)
        start.journal._writer._thread.join()
    assert start.kinds() == [HistoryNotSaved, HistoryKept]
    for problem in start.problems:
        assert "another program is using" in problem.what
        assert "room" not in str(problem)
    again = Start(file, clock)
    assert again.journal.close(30)
    assert [type(problem) for problem in again.over] == [HistoryKept]


def test_a_lock_that_is_given_back_while_the_program_ends_costs_nothing(file: Path, clock: ManualClock) -> None:
    start = Start(file, clock)
    start.does_all_but_the_last(2)
    with another_program(file) as other:
        start.does_the_rest(2)

        def give_back() -> None:
            other.execute("ROLLBACK")

        assert start.journal.close(30, on_wait=give_back)
    assert unsaved_files(file) == ()
    check_all_is_there(file, clock)


class SlowTime(Condition):
    """Time that passes only while the disk is waited for: each of its answers takes 4 seconds."""

    disk = Semaphore(0)

    def wait_for(self, predicate: Callable[[], T], timeout: float | None = None) -> T:
        if timeout is None or threading.current_thread().name == "journal":
            return super().wait_for(predicate, timeout)
        while not (answer := predicate()) and timeout >= 4:
            timeout -= 4
            self.disk.release()
            super().wait_for(predicate, 10)
        return answer


def test_a_disk_that_takes_4_seconds_for_each_row_gets_them_all(
    file: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def slowly(connection: sqlite3.Connection) -> Iterator[None]:
        with writing(connection):
            yield
            SlowTime.disk.acquire()

    monkeypatch.setattr("timer_app.history.writer.Condition", SlowTime)
    monkeypatch.setattr("timer_app.history.writer.writing", slowly)
    start = Start(file, clock)
    start.journal.begin(begun())
    start.does_the_rest(0)
    waited: list[bool] = []
    assert start.journal.close(on_wait=lambda: waited.append(True))
    assert waited == [True]
    monkeypatch.undo()
    check_all_is_there(file, clock)
    assert start.problems == []


def test_a_disk_that_does_not_answer_any_more_is_not_waited_for(
    file: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()

    @contextmanager
    def never(connection: sqlite3.Connection) -> Iterator[None]:
        with writing(connection):
            yield
            answers.wait(30)

    start = Start(file, clock)
    start.does_all_but_the_last(2)
    monkeypatch.setattr("timer_app.history.writer.writing", never)
    start.does_the_rest(2)
    assert not start.journal.close(0)
    assert start.kinds() == [HistoryKept]
    assert "disk" in start.problems[0].what
    answers.set()
    start.journal._writer._thread.join()
    monkeypatch.undo()
    # The row that was on its way then is on the disk by now, and in what was kept.
    check_all_is_there(file, clock)


def test_whoever_stops_waiting_with_ctrl_c_has_the_rest_kept(file: Path, clock: ManualClock) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    start = Start(file, clock)
    start.does_all_but_the_last(2)
    with another_program(file):
        start.does_the_rest(2)
        assert not start.journal.close(600, on_wait=stop)
        start.journal._writer._thread.join()
    check_all_is_there(file, clock)


@pytest.mark.parametrize("written", [0, 1, 5, 6])
def test_a_kill_between_taking_in_and_taking_away_doubles_nothing(
    file: Path, clock: ManualClock, tmp_path: Path, written: int
) -> None:
    kept = keep_aside(file, clock, written=written)
    again = tmp_path / "again"
    shutil.copyfile(kept, again)
    start = Start(file, clock)
    assert start.journal.flush(30)
    clock.advance(60_000)
    start.journal.set_feedback("a", replace(RunFeedback.of(History(file).run("a")), effort=9))
    assert start.journal.close(30)
    shutil.copyfile(again, kept)
    clock.advance(60_000)
    assert Start(file, clock).journal.close(30)
    (record,) = History(file).records()
    assert (record.intervals, record.effort, record.note) == (INTERVALS, 9, "At last")


def test_whatever_was_changed_is_kept_and_nothing_else(file: Path, clock: ManualClock) -> None:
    start = Start(file, clock)
    for run_id in ("old", "mended", "deleted", "asked"):
        start.journal.add_run(run(run_id, utc(2026, 3, 1)))
    assert start.journal.flush(30)
    holiday = Pause("p", PauseKind.HOLIDAY, EVENING.date(), None)
    with another_program(file):
        clock.advance(60_000)
        start.journal.set_feedback("mended", RunFeedback(note="better"))
        start.journal.delete("deleted")
        start.journal.answer_next_morning("asked", 8)
        start.journal.put_pause(holiday)
        start.journal.delete("old")
        start.journal.undo()
        start.journal.add_run(run("new", utc(2026, 3, 2)))
        assert not start.journal.close(0)
        (kept,) = unsaved_files(file)
        with closing(open_for_reading(kept)) as connection:
            known = {row[0] for row in connection.execute("SELECT id FROM run")}
        assert known == {"mended", "deleted", "asked", "new", "old"}
        start.journal._writer._thread.join()
    clock.advance(60_000)
    assert Start(file, clock).journal.close(30)
    history = History(file)
    assert {record.id for record in history.runs()} == {"old", "mended", "asked", "new"}
    assert (history.run("mended").note, history.run("asked").comfort_next) == ("better", 8)
    assert history.pauses() == (holiday,)


def test_what_was_kept_grows_with_what_is_new_and_not_with_the_years(file: Path, clock: ManualClock) -> None:
    start = Start(file, clock)
    for number in range(300):
        start.journal.add_run(run(f"old-{number}", EVENING - timedelta(days=number), note="x" * 2_000))
    assert start.journal.flush(60)
    with another_program(file):
        start.journal.begin(begun())
        assert not start.journal.close(0)
        (kept,) = unsaved_files(file)
        assert kept.stat().st_size < file.stat().st_size / 3
        start.journal._writer._thread.join()


def test_a_session_that_ended_in_what_was_kept_is_not_offered_to_go_on_with(file: Path, clock: ManualClock) -> None:
    keep_aside(file, clock)
    assert History(file).unfinished() is not None
    assert find_interrupted(History(file), load_catalogue(assets() / "exercises").catalogue, clock.wall()) is None


def test_what_was_kept_and_cannot_be_read_is_put_aside_and_reported_once(file: Path, clock: ManualClock) -> None:
    kept = keep_aside(file, clock)
    kept.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    start = Start(file, clock)
    assert start.journal.flush(30)
    assert start.journal.close(30)
    (problem,) = start.problems
    assert isinstance(problem, HistoryUnreadable)
    aside = kept.with_name(kept.name + ".damaged")
    assert aside.exists()
    assert aside.name in str(problem)
    assert Start(file, clock).journal.close(30)
    assert History(file).run("a").intervals == INTERVALS[:2]


def test_where_nothing_can_be_kept_it_is_said_that_it_is_lost_and_why(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "data").touch()
    start = Start(tmp_path / "data" / "history.sqlite", clock)
    start.journal.begin(begun())
    assert not start.journal.close(30)
    assert start.kinds() == [HistoryNotSaved, HistoryLost]
    assert "the folder" in str(start.problems[1])
    assert "room" not in str(start.problems[1])
    assert not start.journal.close(30)
    assert len(start.problems) == 2


def test_where_nothing_can_be_written_beside_the_history_another_folder_takes_it(
    tmp_path: Path, clock: ManualClock
) -> None:
    """The folder of the data may be read-only, or on a drive that is away."""
    problems: list[Problem] = []
    spare = tmp_path / "state" / "of-the-program"
    (tmp_path / "data").touch()
    file = tmp_path / "data" / "history.sqlite"
    journal = Journal(file, clock, problems.append, spare=spare)
    journal.begin(begun())
    for interval in INTERVALS:
        journal.interval_ended("a", interval)
    journal.end("a", RunOutcome.COMPLETED, clock.wall())
    journal.rate("a", effort=6, note="At last")
    assert not journal.close(30)
    (kept,) = unsaved_files(file, spare)
    assert kept.parent == spare
    assert isinstance(problems[-1], HistoryKept)
    (tmp_path / "data").unlink()
    assert History(file, spare=spare).has_unsaved_files
    assert Journal(file, clock, problems.append, spare=spare).close(30)
    assert not History(file, spare=spare).has_unsaved_files
    check_all_is_there(file, clock)


def test_what_was_on_its_way_when_it_was_given_up_comes_not_after_what_the_next_start_took_in(
    file: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread that still asks for the database must not begin the run again that has its end by then."""
    asks, gets = threading.Event(), threading.Event()

    @contextmanager
    def late(connection: sqlite3.Connection) -> Iterator[None]:
        if threading.current_thread() is start.journal._writer._thread:
            if asks.is_set():
                raise OSError("the program is over by then")
            asks.set()
            assert gets.wait(30)
        with writing(connection):
            yield

    start = Start(file, clock)
    assert start.journal.flush(30)
    monkeypatch.setattr("timer_app.history.writer.writing", late)
    start.journal.begin(begun())
    assert asks.wait(30)
    start.does_the_rest(0)
    assert not start.journal.close(0)
    assert Start(file, clock).journal.close(30)
    gets.set()
    start.journal._writer._thread.join()
    check_all_is_there(file, clock)


def test_a_file_that_cannot_be_brought_in_is_not_kept_for_it_is_there_still(
    file: Path, clock: ManualClock, tmp_path: Path
) -> None:
    other = tmp_path / "other.sqlite"
    with closing(open_store(other)) as connection, writing(connection):
        write_run(connection, run("other"), EVENING)
    start = Start(file, clock)
    start.does_all_but_the_last(2)
    start.journal.end("a", RunOutcome.COMPLETED, clock.wall())
    assert start.journal.flush(30)
    with another_program(file):
        start.journal.replace_with(other, lambda _merged: None)
        assert not start.journal.flush(30)
        assert not start.journal.close(0)
        start.journal._writer._thread.join()
    assert unsaved_files(file) == ()
    assert "Nothing was brought into your history" in str(start.problems[-1])
    assert [each.id for each in History(file).runs()] == ["a"]
