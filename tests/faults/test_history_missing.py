"""The history is gone beside what is left of it, or its link leads nowhere: told, never begun anew without a word."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self

import pytest

from tests.history.runs import EVENING, begun, plank, run
from timer_app.clock import ManualClock
from timer_app.history.backups import back_up, backup_folder, list_backups
from timer_app.history.db_file import open_store, writing
from timer_app.history.errors import HistoryCut, HistoryDamaged, HistoryKept, HistoryMissing, HistoryUnreadable
from timer_app.history.exchange.file_transfer import write_backup
from timer_app.history.last_write_marker import marker_file
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome
from timer_app.history.row_mapping import write_run
from timer_app.history.run_journal import Journal
from timer_app.history.unsaved_rows import unsaved_files
from timer_app.history.wal_check import log_of
from timer_app.problems import Problem

LATER = EVENING + timedelta(days=3, minutes=5)


@dataclass
class Start:
    """A start of the program three days later: what it told, and what was over."""

    file: Path
    problems: list[Problem] = field(default_factory=list)
    over: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.journal = Journal(self.file, ManualClock(wall=LATER), self.problems.append, self.over.append)

    def __enter__(self) -> Self:
        self.journal.flush(30)
        return self

    def __exit__(self, *_error: object) -> None:
        self.journal.close(30)

    def missing(self) -> HistoryMissing:
        """Return what was told, which is that the history is missing and nothing else."""
        (problem,) = self.problems
        assert isinstance(problem, HistoryMissing)
        return problem

    def plays(self, intervals: int = 2) -> None:
        """Note a session from its start to its end."""
        self.journal.begin(begun("new", LATER))
        for position in range(1, intervals + 1):
            self.journal.interval_ended("new", plank(position))
        self.journal.end("new", RunOutcome.COMPLETED, LATER)


def fill(file: Path) -> None:
    """Put one run into a history, and make a safety copy of it."""
    with closing(open_store(file)) as connection:
        with writing(connection):
            write_run(connection, run("old"), EVENING)
        back_up(connection, file, EVENING)


def ids(file: Path) -> set[str]:
    return {each.id for each in History(file).runs()}


@pytest.fixture
def gone(tmp_path: Path) -> Path:
    """Return a history that was deleted beside its safety copies."""
    file = tmp_path / "history.sqlite"
    fill(file)
    file.unlink()
    return file


@pytest.fixture
def away(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return a history that is a link, the drive that it leads to, and what that is called while it is away."""
    if os.name == "nt":
        pytest.skip("links need a right there")
    drive, elsewhere, file = tmp_path / "drive", tmp_path / "elsewhere", tmp_path / "data" / "history.sqlite"
    drive.mkdir()
    file.parent.mkdir()
    file.symlink_to(drive / "mine.sqlite")
    fill(file)
    drive.rename(elsewhere)
    return file, drive, elsewhere


def test_a_history_that_is_gone_is_reported_with_its_newest_copy_at_each_start(gone: Path) -> None:
    for _time in range(2):
        with Start(gone) as start:
            problem = start.missing()
            assert problem.backup == list_backups(gone)[0]
            assert str(gone) in problem.what
            assert "made 3 days ago" in problem.advice
        assert not gone.exists()
    with pytest.raises(HistoryUnreadable, match="gone"):
        History(gone).runs()


def test_one_that_left_no_more_than_its_note_is_reported_too(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    with Start(file) as start:
        start.plays()
        assert start.journal.flush(30)
        assert start.problems == []
    file.unlink()
    shutil.rmtree(backup_folder(file))
    assert marker_file(file).exists()
    with Start(file) as start:
        assert start.missing().backup is None
        assert "put it back" in start.problems[0].advice


def test_one_that_left_its_log_alone_is_reported_too(tmp_path: Path) -> None:
    log_of(tmp_path / "history.sqlite").write_bytes(b"left")
    with Start(tmp_path / "history.sqlite") as start:
        start.missing()


def test_a_history_that_never_was_is_not_missed(tmp_path: Path) -> None:
    with Start(tmp_path / "history.sqlite") as start:
        assert start.problems == []
    assert History(tmp_path / "history.sqlite").runs() == ()


def test_the_copy_brings_it_back(gone: Path) -> None:
    with Start(gone) as start:
        backup = start.missing().backup
        assert backup is not None
        start.journal.restore_backup(backup.file)
        assert start.journal.flush(30)
    assert ids(gone) == {"old"}
    with Start(gone) as start:
        assert start.problems == []


def test_it_can_be_begun_anew_and_is_not_missed_any_more(gone: Path) -> None:
    with Start(gone) as start:
        start.journal.create_new()
        assert start.journal.flush(30)
    assert ids(gone) == set()
    with Start(gone) as start:
        assert start.problems == []


def test_to_begin_anew_does_nothing_to_one_that_is_there(tmp_path: Path) -> None:
    fill(tmp_path / "history.sqlite")
    with Start(tmp_path / "history.sqlite") as start:
        start.journal.create_new()
        assert start.journal.flush(30)
    assert ids(tmp_path / "history.sqlite") == {"old"}


def test_a_session_meanwhile_is_saved_once_it_was_reported(gone: Path) -> None:
    with Start(gone) as start:
        problem = start.missing()
        start.plays()
        assert start.journal.flush(30)
        assert ids(gone) == {"new"}
        assert problem.backup is not None
        start.journal.restore_backup(problem.backup.file)
        assert start.journal.flush(30)
        assert start.missing() is problem
    assert ids(gone) == {"old", "new"}


def test_one_that_is_put_back_by_hand_is_reported_to_be_there_again(gone: Path) -> None:
    with Start(gone) as start:
        problem = start.missing()
        # At once: half a copy, seen by chance, would be a damaged file.
        shutil.copyfile(list_backups(gone)[0].file, gone.with_name("copy")).rename(gone)
        start.plays()
        assert start.journal.flush(30)
    # The rows are written before it is reported.
    assert start.over == [problem]
    assert ids(gone) == {"old", "new"}


def test_one_that_goes_while_it_is_in_use_is_reported_with_its_copy(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    fill(file)
    with Start(file) as start:
        assert start.problems == []
        file.unlink()
        start.plays()
        assert start.journal.flush(30)
        assert start.missing().backup is not None
    assert ids(file) == {"new"}


def test_a_link_that_leads_nowhere_is_reported_and_stays(away: tuple[Path, Path, Path]) -> None:
    file, drive, elsewhere = away
    with pytest.raises(HistoryUnreadable):
        History(file).runs()
    with Start(file) as start:
        problem = start.missing()
        assert str(drive / "mine.sqlite") in problem.what
        assert "made 3 days ago" in problem.advice
        assert str(list_backups(file)[0].file) in problem.advice
        start.plays()
        assert not start.journal.flush(30)
        assert file.is_symlink()
        elsewhere.rename(drive)
        assert start.journal.flush(30)
        assert start.over == [problem]
    assert file.is_symlink()
    assert ids(drive / "mine.sqlite") == ids(file) == {"old", "new"}


def test_a_link_that_leads_nowhere_to_the_end_costs_nothing(away: tuple[Path, Path, Path]) -> None:
    file, drive, elsewhere = away
    with Start(file) as start:
        start.plays()
        assert not start.journal.close(30)
    assert [type(problem) for problem in start.problems] == [HistoryMissing, HistoryKept]
    assert file.is_symlink()
    assert not drive.exists()
    elsewhere.rename(drive)
    with Start(file) as start:
        assert start.problems == []
        assert unsaved_files(file) == ()
    assert file.is_symlink()
    assert ids(file) == {"old", "new"}


def test_behind_a_link_one_is_begun_anew_only_when_that_is_wanted(away: tuple[Path, Path, Path]) -> None:
    """The folder of a drive that is away may be there, and empty."""
    file, drive, _elsewhere = away
    drive.mkdir()
    with Start(file) as start:
        start.plays()
        assert not start.journal.flush(30)
        assert list(drive.iterdir()) == []
        start.journal.create_new()
        assert start.journal.flush(30)
    assert file.is_symlink()
    assert ids(drive / "mine.sqlite") == {"new"}


def test_a_folder_that_is_such_a_link_is_reported_and_stays(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("links need a right there")
    (tmp_path / "data").symlink_to(tmp_path / "drive")
    with Start(tmp_path / "data" / "history.sqlite") as start:
        start.plays()
        assert not start.journal.flush(30)
        assert start.missing().link == tmp_path / "data"
    assert (tmp_path / "data").is_symlink()
    assert not (tmp_path / "drive").exists()


def test_a_damaged_history_behind_a_link_is_put_aside_where_it_lies(away: tuple[Path, Path, Path]) -> None:
    file, drive, elsewhere = away
    elsewhere.rename(drive)
    (drive / "mine.sqlite").write_bytes(b"damaged" * 1_000)
    with Start(file) as start:
        start.journal.flush(30)
        (problem,) = start.problems
        assert isinstance(problem, HistoryDamaged)
        assert problem.kept.parent == drive
        assert problem.kept.read_bytes() == b"damaged" * 1_000
        assert problem.backup is not None
        start.journal.restore_backup(problem.backup.file)
        assert start.journal.flush(30)
    assert file.is_symlink()
    assert ids(drive / "mine.sqlite") == {"old"}


def test_a_damaged_history_is_reported_once_and_then_a_new_one_is_there(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    fill(file)
    file.write_bytes(b"damaged" * 1_000)
    with Start(file) as start:
        assert [type(problem) for problem in start.problems] == [HistoryDamaged]
    assert file.exists()
    with Start(file) as start:
        assert start.problems == []


def test_the_log_of_a_history_behind_a_link_is_looked_into(away: tuple[Path, Path, Path]) -> None:
    file, drive, elsewhere = away
    elsewhere.rename(drive)
    (drive / "mine.sqlite-wal").write_bytes(b"cut" * 100)
    with Start(file) as start:
        (problem,) = start.problems
        assert isinstance(problem, HistoryCut)
        assert problem.kept is not None
        assert problem.kept.parent == drive


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("there", [True, False])
def test_a_backup_in_the_place_of_a_link_is_written_through_it(tmp_path: Path, *, there: bool) -> None:
    file, link, target = tmp_path / "history.sqlite", tmp_path / "copy.sqlite", tmp_path / "target.sqlite"
    fill(file)
    if there:
        target.touch()
    link.symlink_to(target)
    write_backup(file, link)
    assert link.is_symlink()
    assert ids(target) == {"old"}


def test_the_soundness_of_copies_is_looked_at_once(gone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    monkeypatch.setattr("timer_app.history.missing_file.newest_sound", looked.append)
    with Start(gone) as start:
        for _time in range(3):
            start.journal.flush(30)
        start.missing()
    assert looked == [gone]
