"""The history goes back in time, although every byte of it is sound: what was done last is missed, and told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.history.runs import EVENING, begun, plank, run
from timer_app.clock import ManualClock
from timer_app.history.db_file import open_for_reading
from timer_app.history.errors import HistoryBehind, HistoryCut
from timer_app.history.exchange.file_transfer import check_file
from timer_app.history.last_write_marker import is_behind_marker, marker_file
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome
from timer_app.history.run_edits import RunFeedback
from timer_app.history.run_journal import Journal
from timer_app.history.wal_check import is_cut, log_of
from timer_app.problems import Problem

SPENT = 12
FRAME = 24 + 4096


@dataclass(frozen=True, slots=True)
class Left:
    """What a moment leaves on the disk: the file, its log, and the note of what was written last."""

    file: bytes
    log: bytes
    note: bytes

    def put(self, folder: Path) -> Path:
        """Lay it out, and return where the history is."""
        file = folder / "history.sqlite"
        file.write_bytes(self.file)
        log_of(file).write_bytes(self.log)
        marker_file(file).write_bytes(self.note)
        return file


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> tuple[Left, ...]:
    """Do a session, and keep what lay on the disk after each of its intervals."""
    file = tmp_path_factory.mktemp("session") / "history.sqlite"
    clock = ManualClock(wall=EVENING)
    problems: list[Problem] = []
    journal = Journal(file, clock, problems.append)
    left = []
    journal.begin(begun())
    for position in range(1, SPENT + 1):
        clock.advance(60_000)
        journal.interval_ended("a", plank(position))
        assert journal.flush(30)
        left.append(Left(file.read_bytes(), log_of(file).read_bytes(), marker_file(file).read_bytes()))
    journal.close(30)
    assert not problems
    return tuple(left)


def _start(file: Path) -> list[Problem]:
    """Start on these files, and return what is told."""
    problems: list[Problem] = []
    journal = Journal(file, ManualClock(wall=EVENING + timedelta(days=1)), problems.append)
    assert journal.flush(30)
    assert journal.close(30)
    return problems


def _positions(file: Path) -> list[int]:
    return [interval.position for interval in History(file).run("a").intervals]


def test_what_is_sound_tells_nothing(moments: tuple[Left, ...], tmp_path: Path) -> None:
    file = moments[-1].put(tmp_path)
    assert check_file(file).findings == ()
    assert _start(file) == []
    assert _positions(file) == list(range(1, SPENT + 1))


def test_a_log_that_is_cut_where_a_frame_ends_is_never_a_silent_loss(moments: tuple[Left, ...], tmp_path: Path) -> None:
    last = moments[-1]
    clean = 0
    for number, end in enumerate(range(32, len(last.log), FRAME)):
        folder = tmp_path / str(number)
        folder.mkdir()
        cut = Left(last.file, last.log[:end], last.note)
        clean += not is_cut(cut.log)
        file = cut.put(folder)
        problems = _start(file)
        with closing(open_for_reading(file)) as connection:
            known = connection.execute("SELECT max(position) FROM interval").fetchone()[0]
        assert known != SPENT
        assert [type(problem) for problem in problems] == [HistoryBehind], (number, known)
        assert _start(file) == []
    assert clean >= SPENT


def test_a_log_that_is_gone_and_an_older_copy_of_the_file_are_reported(
    moments: tuple[Left, ...], tmp_path: Path
) -> None:
    last, older = moments[-1], moments[SPENT // 2]
    for number, left in enumerate((Left(last.file, b"", last.note), Left(older.file, older.log, last.note))):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = left.put(folder)
        assert check_file(file).findings == ("what was written last is missing",)
        problems = _start(file)
        assert len(problems) == 1
        assert "is missing from your history" in problems[0].what


def test_a_note_that_is_behind_tells_nothing(moments: tuple[Left, ...], tmp_path: Path) -> None:
    """It is not forced to the disk: after a power cut an older one is there, or a torn one, or none."""
    last = moments[-1]
    torn = last.note[:-1] + b"?"
    for number, note in enumerate((moments[0].note, torn, b"", b"\0" * len(last.note))):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert _start(Left(last.file, last.log, note).put(folder)) == []


def test_a_damaged_log_is_reported_as_before(moments: tuple[Left, ...], tmp_path: Path) -> None:
    log = bytearray(moments[-1].log)
    log[32 + 3 * FRAME + 100] ^= 0x40
    file = Left(moments[-1].file, bytes(log), moments[-1].note).put(tmp_path)
    assert isinstance(_start(file)[0], HistoryCut)


def test_whatever_is_done_afterwards_is_no_going_back(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    clock = ManualClock(wall=EVENING)
    problems: list[Problem] = []
    journal = Journal(file, clock, problems.append)
    journal.begin(begun())
    clock.advance(60_000)
    journal.interval_ended("a", plank())
    journal.end("a", RunOutcome.COMPLETED, EVENING)
    clock.set_wall(EVENING - timedelta(hours=1))
    changes: tuple[Callable[[], object], ...] = (
        lambda: journal.rate("a", effort=5),
        lambda: journal.answer_next_morning("a", 7),
        lambda: journal.set_feedback("a", RunFeedback(effort=6)),
        lambda: journal.add_run(run("b")),
        lambda: journal.delete("a"),
        journal.undo,
        journal.redo,
        journal.undo,
        lambda: journal.delete("b"),
    )
    for change in changes:
        change()
        assert journal.flush(30)
        with closing(open_for_reading(file)) as connection:
            assert not is_behind_marker(connection, file)
    assert journal.close(30)
    assert not problems
    assert _start(file) == []


def test_a_safety_copy_is_named(moments: tuple[Left, ...], tmp_path: Path) -> None:
    file = moments[-1].put(tmp_path)
    assert _start(file) == []
    moments[-1].put(tmp_path)
    log_of(file).write_bytes(b"")
    problems = _start(file)
    assert "history-backups" in problems[0].advice
