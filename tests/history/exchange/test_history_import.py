from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.history.runs import EVENING, begun, plank, run
from timer_app.clock import ManualClock
from timer_app.history.db_file import empty_store, findings, open_for_reading, open_store, writing
from timer_app.history.errors import HistoryUnreadable, NotImported, summarise
from timer_app.history.exchange.file_transfer import check_copy
from timer_app.history.exchange.history_import import import_into
from timer_app.history.exchange.json_export import document
from timer_app.history.merge import MergeResult
from timer_app.history.migrations import MIGRATIONS
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome, RunRecord
from timer_app.history.row_mapping import write_run
from timer_app.history.run_journal import Journal
from timer_app.problems import Problem

MEBIBYTE = 1 << 20


def _fifo(file: Path) -> None:
    os.mkfifo(file)


def _device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def _socket(file: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(file))


def _huge(start: bytes) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        with file.open("wb") as out:
            out.write(start)
            out.truncate(2 << 30)

    return make


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither")
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_fifo, "it is not a file but a pipe or a device"),
        (_device, "it is not a file but a pipe or a device"),
        (_socket, "such device"),
        (Path.mkdir, "it is a folder"),
        (_huge(b"{"), "it is larger than 256 MiB"),
        (_huge(b"SQLite format 3\0"), "it is larger than 512 MiB"),
    ],
)
def test_what_could_hold_it_up_for_ever_is_refused_at_once(
    tmp_path: Path, make: Callable[[Path], None], reason: str
) -> None:
    resource = pytest.importorskip("resource", reason="only there is its memory told")
    file = tmp_path / "other"
    make(file)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with closing(empty_store()) as connection, pytest.raises(NotImported, match=reason), writing(connection):
        import_into(connection, file)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * MEBIBYTE // 1024


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither")
@pytest.mark.parametrize("make", [_fifo, _device])
def test_nor_is_it_looked_through(tmp_path: Path, make: Callable[[Path], None]) -> None:
    file = tmp_path / "other"
    make(file)
    with pytest.raises(HistoryUnreadable, match="it is not a file but a pipe or a device"):
        check_copy(file)


def test_a_file_has_no_say_in_what_is_done_with_it(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "history.sqlite")) as writer:
        assert writer.execute("PRAGMA trusted_schema").fetchone() == (0,)
    with closing(open_for_reading(tmp_path / "history.sqlite")) as reader:
        assert reader.execute("PRAGMA trusted_schema").fetchone() == (0,)
        assert reader.execute("PRAGMA cell_size_check").fetchone() == (1,)


_AS_LONG_AS_THEY_LIKE = "hex(zeroblob(30000000))"


def _remade(file: Path, name: str, old: str, new: str) -> None:
    """Change what a file says that one of its tables or indexes is made by."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        query = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ? AND instr(sql, ?)"
        assert connection.execute(query, (old, new, name, old)).rowcount == 1


def test_a_check_of_another_hand_is_not_worked_out(tmp_path: Path) -> None:
    file = _history(tmp_path / "other.sqlite", run("a"))
    _remade(file, "run", "CHECK (away IN (0, 1))", "CHECK (away = 5)")
    with closing(empty_store()) as connection, writing(connection):
        assert import_into(connection, file) == MergeResult(1, 0)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("run", "stem TEXT NOT NULL,", f"stem TEXT NOT NULL, never TEXT AS ({_AS_LONG_AS_THEY_LIKE}) VIRTUAL,"),
        ("run_by_stem", "WHERE deleted_at IS NULL", f"WHERE deleted_at IS NULL AND {_AS_LONG_AS_THEY_LIKE} <> ''"),
    ],
)
def test_nor_is_a_column_or_an_index_of_another_hand(tmp_path: Path, name: str, old: str, new: str) -> None:
    file = _history(tmp_path / "other.sqlite", run("a"))
    _remade(file, name, old, new)
    refused = pytest.raises(NotImported, match="tables are not as they were made")
    with refused, closing(empty_store()) as connection, writing(connection):
        import_into(connection, file)


def _history(file: Path, *runs: RunRecord) -> Path:
    with closing(open_store(file)) as connection, writing(connection):
        for record in runs:
            write_run(connection, record, EVENING)
    return file


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_history_of_an_older_version_is_the_same_brought_in_or_opened(tmp_path: Path, version: int) -> None:
    older = tmp_path / "older.sqlite"
    with closing(sqlite3.connect(older)) as connection:
        connection.executescript((Path(__file__).parents[1] / "fixtures" / f"history-{version}.sql").read_text("utf-8"))
    own = _history(tmp_path / "own.sqlite")
    with closing(open_store(own)) as connection, writing(connection):
        assert import_into(connection, older).new == 1
    with closing(open_store(older)):
        assert History(older).records() == History(own).records()


@pytest.fixture(params=["sqlite", "json"])
def copy(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A history with two runs."""
    history = _history(tmp_path / "copy.sqlite", run("then", note="as it was"), run("both", note="then"))
    if request.param == "sqlite":
        return history
    file = tmp_path / "copy.json"
    with closing(open_for_reading(history)) as connection:
        file.write_text("".join(document(connection)), encoding="utf-8")
    return file


def test_a_copy_takes_the_place_of_all_and_all_is_kept(journal: Journal, file: Path, copy: Path) -> None:
    later = EVENING + timedelta(days=1)
    for run_id in ("now", "both"):
        journal.begin(begun(run_id, later))
        journal.end(run_id, RunOutcome.STOPPED, later)
    journal.rate("both", note="now")
    assert journal.flush()
    before = History(file).records()
    merged: list[MergeResult] = []
    journal.replace_with(copy, merged.append)
    assert journal.flush()
    assert {(each.id, each.note) for each in History(file).runs()} == {("then", "as it was"), ("both", "then")}
    kept = merged[0].kept
    assert kept is not None
    assert str(kept) in " ".join(merged[0].describe())
    assert History(kept).records() == before
    journal.replace_with(kept, merged.append)
    assert journal.flush()
    assert History(file).records() == before
    with closing(open_for_reading(file)) as connection:
        assert findings(connection) == ()


def test_what_is_being_played_goes_on_in_the_copy(
    open_journal: Callable[[], Journal], file: Path, copy: Path, problems: list[Problem]
) -> None:
    journal = open_journal()
    journal.begin(begun("playing"))
    journal.interval_ended("playing", plank(1))
    journal.replace_with(copy, lambda _merged: None)
    journal.interval_ended("playing", plank(2))
    journal.end("playing", RunOutcome.COMPLETED, EVENING)
    assert journal.close()
    assert {each.id for each in History(file).runs()} == {"then", "both", "playing"}
    assert History(file).run("playing").intervals == (plank(1), plank(2))
    # Nor is what was written last missed at the next start.
    assert open_journal().close()
    assert problems == []


def test_a_copy_that_is_none_takes_no_place(
    journal: Journal, file: Path, problems: list[Problem], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"SQLite format 3\0 and no more")
    journal.begin(begun())
    journal.replace_with(bad, lambda _merged: None)
    assert journal.flush()
    assert [type(problem) for problem in problems] == [NotImported]
    assert History(file).count() == 1
    assert list(file.parent.glob("*.replaced-*")) == []


def test_an_interval_left_open_for_weeks_stays_within_what_can_be_reported(file: Path, clock: ManualClock) -> None:
    _history(file, replace(run("weeks"), intervals=(plank(actual=30 * 86_400_000),)))
    problems: list[Problem] = []
    assert Journal(file, clock, problems.append).close()
    assert problems == []
    assert History(file).run("weeks").actual == 1_000_000_000


def test_what_is_reported_of_rows_is_short_and_can_be_printed() -> None:
    summary = summarise(("run 1: \x1b[2J", "run 2: \N{RIGHT-TO-LEFT OVERRIDE}", "x" * 1000, "run 4", "run 5"))
    assert summary == f"run 1: \ufffd[2J; run 2: \ufffd; {'x' * 200}; 2 more"
