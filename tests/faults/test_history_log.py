"""The write-ahead log is damaged after a crash: what it held is either read, or its loss is told."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.history.runs import EVENING, begun, plank
from timer_app.clock import ManualClock
from timer_app.history.db_file import open_store, writing
from timer_app.history.errors import HistoryCut, HistoryDamaged, HistoryNotSaved
from timer_app.history.exchange.file_transfer import check_file
from timer_app.history.reader import History
from timer_app.history.records import IntervalRecord
from timer_app.history.row_mapping import write_begun, write_interval
from timer_app.history.run_journal import Journal
from timer_app.history.wal_check import is_cut, log_of
from timer_app.problems import Problem

DAMAGES = 1000
SPENT = 25


@dataclass(frozen=True, slots=True)
class Crash:
    """What lay on the disk when the power went: the file, its log, and the intervals that were acknowledged."""

    file: bytes
    log: bytes
    intervals: tuple[IntervalRecord, ...]


def _crash(folder: Path, *, settled_after: int | None) -> Crash:
    """Do a session, and take the files as they are in the middle of it; its first part may be in the file already."""
    file = folder / "history.sqlite"
    intervals = tuple(plank(position) for position in range(1, SPENT))
    with closing(open_store(file)) as connection:
        with writing(connection):
            write_begun(connection, begun(), EVENING)
        for interval in intervals:
            with writing(connection):
                write_interval(connection, "a", interval, EVENING)
            if interval.position == settled_after:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        return Crash(file.read_bytes(), log_of(file).read_bytes(), intervals)


@pytest.fixture(scope="module", params=[None, 12], ids=["first log", "log over a former one"])
def crash(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Crash:
    return _crash(tmp_path_factory.mktemp("crash"), settled_after=request.param)


def _start_on(crash: Crash, log: bytes, folder: Path) -> str:
    """Start after the crash with another log, and return what became of it."""
    file = folder / "history.sqlite"
    file.write_bytes(crash.file)
    log_of(file).write_bytes(log)
    problems: list[Problem] = []
    journal = Journal(file, ManualClock(wall=EVENING), problems.append)
    try:
        well = journal.flush(30)
        if not problems:
            assert well
            assert History(file).run("a").intervals == crash.intervals
            return "nothing lost"
        first = problems[0]
        assert isinstance(first, HistoryCut)
        assert first.kept is not None
        assert first.kept.read_bytes() == crash.file
        assert log_of(first.kept).read_bytes() == log
        assert all(isinstance(problem, HistoryDamaged | HistoryNotSaved) for problem in problems[1:])
        return "told"
    finally:
        journal.close(30)


def _damage_often(crash: Crash, folder: Path, times: int, seed: int) -> Counter[str]:
    rng = Random(seed)
    ends: Counter[str] = Counter()
    for number in range(times):
        one = folder / str(number)
        one.mkdir()
        log = bytearray(crash.log)
        # One time in four within the head of the log or of a frame, which is most likely to be taken for another's.
        start = rng.randrange(len(log) - 16)
        if rng.random() < 0.25:
            start = rng.choice((0, 32 + rng.randrange((len(log) - 32) // 4120) * 4120)) + rng.randrange(24)
        log[start : start + 16] = rng.randbytes(16)
        ends[_start_on(crash, bytes(log), one)] += 1
        shutil.rmtree(one)
    return ends


def test_a_sound_log_loses_nothing_and_tells_nothing(crash: Crash, tmp_path: Path) -> None:
    assert _start_on(crash, crash.log, tmp_path) == "nothing lost"


def test_a_damaged_log_is_never_a_silent_loss(crash: Crash, memory_folder: Path) -> None:
    ends = _damage_often(crash, memory_folder, 40, seed=3)
    assert ends["told"] > 5


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_1000_damaged_logs_are_never_a_silent_loss(crash: Crash, memory_folder: Path) -> None:
    ends = _damage_often(crash, memory_folder, DAMAGES, seed=2026)
    print(f"{ends.total()} damaged logs: {dict(ends)}")
    assert ends["told"] > 0.1 * DAMAGES


def test_a_change_that_was_not_committed_is_no_loss(crash: Crash) -> None:
    """A kill leaves a frame half written at the end, or whole frames with no commit after them."""
    frame = 24 + 4096
    ends = range(32 + frame, len(crash.log), 4_001)
    assert not [end for end in ends if is_cut(crash.log[:end])]
    assert not is_cut(b"")
    assert not is_cut(crash.log[:32])


def test_the_check_without_a_window_finds_it_too(crash: Crash, tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    file.write_bytes(crash.file)
    log = bytearray(crash.log)
    log[32 + 24 + 100] ^= 0x40
    log_of(file).write_bytes(log)
    assert check_file(file).findings[0] == "the end of its log cannot be read"


def test_it_is_reported_although_no_copy_can_be_made(
    crash: Crash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_file: Path, _now: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("timer_app.history.database.copy_aside", no_room)
    file = tmp_path / "history.sqlite"
    file.write_bytes(crash.file)
    log_of(file).write_bytes(b"\0" * 32 + crash.log[32:])
    problems: list[Problem] = []
    journal = Journal(file, ManualClock(wall=EVENING), problems.append)
    journal.flush(30)
    journal.close(30)
    assert isinstance(problems[0], HistoryCut)
    assert problems[0].kept is None
    assert "may be missing" in str(problems[0])
