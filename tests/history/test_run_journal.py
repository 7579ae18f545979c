from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.history.runs import EVENING, TEXT, begun, plank, reps
from timer_app.clock import ManualClock
from timer_app.history.backups import list_backups
from timer_app.history.database import HistoryDatabase
from timer_app.history.db_file import findings, writing
from timer_app.history.errors import HistoryMoved, HistoryUnreadable
from timer_app.history.reader import History
from timer_app.history.records import IntervalOutcome, RunOutcome, RunRecord, RunRecorder
from timer_app.history.row_mapping import write_begun
from timer_app.history.run_edits import RunFeedback
from timer_app.history.run_journal import Journal
from timer_app.problems import Problem


def test_a_run_is_read_as_it_was_written(journal: Journal, file: Path, problems: list[Problem]) -> None:
    record: RunRecorder = journal
    record.begin(begun())
    record.interval_ended("a", plank(1))
    record.interval_ended("a", reps(2))
    record.rate("a", effort=6, comfort_before=4)
    record.rate("a", comfort_after=0, note="Went well; niño, 山")
    end = EVENING + timedelta(minutes=6)
    record.end("a", RunOutcome.COMPLETED, end)
    assert journal.flush()
    wanted = RunRecord(begun(), end, RunOutcome.COMPLETED, (plank(1), reps(2)), 6, 4, 0, "Went well; niño, 山")
    read = History(file).run("a")
    assert read == wanted
    assert read.begun.started_at.utcoffset() == timedelta(hours=1)
    assert History(file).runs()[0].actual == 60_001
    assert not problems


def test_going_back_over_an_interval_replaces_its_record(journal: Journal, file: Path) -> None:
    journal.begin(begun())
    journal.interval_ended("a", plank(1, 20_000, IntervalOutcome.CUT_SHORT))
    journal.interval_ended("a", plank(1, 60_000))
    journal.interval_ended("a", reps(2))
    journal.interval_ended("a", replace(reps(2), actual_reps=14))
    assert journal.flush()
    assert History(file).run("a").intervals == (plank(1), replace(reps(2), actual_reps=14))
    assert History(file).runs()[0].actual == 60_001


def test_where_a_run_is_to_be_gone_on_with_is_kept_until_its_end(journal: Journal, file: Path) -> None:
    journal.begin(begun())
    journal.interval_ended("a", plank(1))
    journal.interval_ended("a", reps(2))
    journal.set_resume_at("a", 1)
    assert journal.flush()
    unfinished = History(file).unfinished()
    assert unfinished is not None
    assert (unfinished.intervals, unfinished.resume_at) == ((plank(1), reps(2)), 1)
    journal.begin(begun())
    assert journal.flush()
    assert History(file).run("a").resume_at == 1
    journal.interval_ended("a", replace(plank(1), attempts=2))
    journal.end("a", RunOutcome.STOPPED, EVENING)
    assert journal.flush()
    ended = History(file).run("a")
    assert (ended.intervals, ended.resume_at) == ((replace(plank(1), attempts=2), reps(2)), None)


def test_a_run_without_its_end_can_be_gone_on_with(open_journal: Callable[[], Journal], file: Path) -> None:
    first = open_journal()
    first.begin(begun())
    first.interval_ended("a", plank(1))
    assert first.close()
    unfinished = History(file).unfinished()
    assert unfinished is not None
    assert (unfinished.begun.id, unfinished.outcome, unfinished.ended_at) == ("a", RunOutcome.INTERRUPTED, None)

    second = open_journal()
    second.begin(unfinished.begun)
    second.interval_ended("a", plank(2))
    second.end("a", RunOutcome.COMPLETED, EVENING)
    assert second.flush()
    assert History(file).run("a").intervals == (plank(1), plank(2))
    assert History(file).unfinished() is None
    assert History(file).count() == 1


def test_a_run_is_being_made_until_it_ends_or_its_program_does(open_journal: Callable[[], Journal], file: Path) -> None:
    history = History(file)
    one, other = open_journal(), open_journal()
    seen = [history.is_playing()]
    for journal, run in ((one, begun()), (other, begun("b"))):
        journal.begin(run)
        assert journal.flush()
        seen.append(history.is_playing())
    one.end("a", RunOutcome.COMPLETED, EVENING)
    assert one.flush()
    seen.append(history.is_playing())
    assert other.close()
    seen.append(history.is_playing())
    assert seen == [False, True, True, True, False]


def test_a_run_that_is_begun_again_has_no_end(journal: Journal, file: Path) -> None:
    journal.begin(begun())
    journal.end("a", RunOutcome.STOPPED, EVENING)
    journal.begin(begun())
    assert journal.flush()
    assert History(file).run("a").ended_at is None


def test_a_definition_that_is_run_often_is_kept_once(journal: Journal, file: Path) -> None:
    for run_id in "abc":
        journal.begin(begun(run_id))
    journal.begin(begun("d", text=TEXT + "# changed\n"))
    assert journal.close()
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM definition").fetchone() == (2,)
    connection.close()
    assert History(file).run("d").begun.definition == TEXT + "# changed\n"
    assert History(file).run("a").begun.definition == TEXT


def test_ratings_can_be_mended_and_taken_away(journal: Journal, file: Path) -> None:
    journal.begin(begun())
    journal.rate("a", effort=7, comfort_before=3, comfort_after=2, note="hard")
    journal.set_feedback("a", RunFeedback(comfort_before=3))
    assert journal.flush()
    read = History(file).run("a")
    assert (read.effort, read.comfort_before, read.comfort_after, read.note) == (None, 3, None, "")


@pytest.mark.parametrize("rating", [{"effort": 0}, {"effort": 11}, {"comfort_before": -1}, {"comfort_after": 11}])
def test_a_rating_outside_its_scale_is_refused_at_once(journal: Journal, rating: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"from [01] to 10, not"):
        journal.rate("a", **rating)  # type: ignore[arg-type]


def test_a_deleted_run_comes_back(journal: Journal, file: Path) -> None:
    journal.begin(begun())
    journal.interval_ended("a", plank(1))
    journal.end("a", RunOutcome.COMPLETED, EVENING)
    assert journal.flush()
    before = History(file).run("a")
    journal.delete("a")
    assert journal.flush()
    history = History(file)
    assert (history.count(), history.runs(), history.last_done(), history.days_done()) == (0, (), {}, frozenset())
    with pytest.raises(KeyError):
        history.run("a")
    journal.undo()
    assert journal.flush()
    assert history.run("a") == before


def test_text_that_sqlite_cannot_hold_is_kept_as_far_as_it_can(journal: Journal, file: Path) -> None:
    journal.begin(begun())
    journal.rate("a", note="half \ud83d of it\0and the rest")
    assert journal.flush()
    assert History(file).run("a").note == "half ? of itand the rest"


def test_an_entry_for_an_unknown_run_is_our_bug_and_stops_nothing(
    journal: Journal, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported = threading.Event()
    errors = []

    def report(arguments: threading.ExceptHookArgs) -> None:
        errors.append(arguments.exc_type)
        reported.set()

    monkeypatch.setattr(threading, "excepthook", report)
    journal.interval_ended("nobody", plank(1))
    journal.begin(begun())
    assert journal.flush()
    assert reported.wait(5)
    assert errors == [LookupError]
    assert History(file).count() == 1


def test_a_closed_journal_takes_nothing_more(journal: Journal) -> None:
    assert journal.close()
    assert journal.close()
    with pytest.raises(RuntimeError, match="closed"):
        journal.begin(begun())


def test_nothing_is_made_before_there_is_something_to_keep(journal: Journal, file: Path) -> None:
    assert journal.flush()
    assert not file.parent.exists()


def test_a_file_taken_away_in_use_is_reported_of_and_the_run_is_written_again(
    journal: Journal, file: Path, problems: list[Problem]
) -> None:
    journal.begin(begun())
    journal.interval_ended("a", plank(1))
    journal.rate("a", comfort_before=5)
    assert journal.flush()
    for path in file.parent.iterdir():
        path.rename(path.with_name(f"away-{path.name}"))
    journal.interval_ended("a", plank(2))
    assert journal.flush()
    assert [type(problem) for problem in problems] == [HistoryMoved]
    read = History(file).run("a")
    assert read.intervals == (plank(1), plank(2))
    assert read.comfort_before == 5


def test_a_copy_is_made_of_what_is_new_every_half_hour_at_most(
    file: Path, clock: ManualClock, problems: list[Problem]
) -> None:
    database = HistoryDatabase(file, clock, lambda _connection: None, problems.append)

    def copies_after(minutes: int, *, with_news: bool) -> int:
        clock.advance(minutes * 60_000)
        if with_news:
            with writing(database.connection()):
                write_begun(database.connection(), begun(), clock.wall())
            database.changed()
        database.maintain()
        return len(list_backups(file))

    assert copies_after(0, with_news=True) == 1
    assert copies_after(29, with_news=True) == 1
    assert copies_after(1, with_news=False) == 2
    assert copies_after(24 * 60, with_news=False) == 2
    clock.set_wall(EVENING - timedelta(days=365))
    assert copies_after(1, with_news=True) == 3
    assert copies_after(1, with_news=True) == 3
    database.close()
    assert not problems


def test_between_two_sessions_the_file_by_itself_tells_all(
    file: Path, clock: ManualClock, problems: list[Problem], tmp_path: Path
) -> None:
    database = HistoryDatabase(file, clock, lambda _connection: None, problems.append)
    with writing(database.connection()):
        write_begun(database.connection(), begun(), clock.wall())
    database.changed()
    database.maintain()
    alone = tmp_path / "alone.sqlite"
    alone.write_bytes(file.read_bytes())
    assert History(alone).count() == 1
    database.close()


def test_what_was_new_when_the_program_ended_is_copied_at_the_next_start(
    open_journal: Callable[[], Journal], file: Path, clock: ManualClock
) -> None:
    for run_id in "ab":
        clock.advance(60_000)
        journal = open_journal()
        journal.begin(begun(run_id))
        journal.end(run_id, RunOutcome.COMPLETED, clock.wall())
        assert journal.close()
    assert len(list_backups(file)) == 1
    clock.advance(31 * 60_000)
    assert open_journal().close()
    assert len(list_backups(file)) == 2
    assert open_journal().close()
    assert len(list_backups(file)) == 2


def test_a_safety_copy_is_brought_back_beside_what_is_there(
    open_journal: Callable[[], Journal], file: Path, clock: ManualClock
) -> None:
    first = open_journal()
    first.begin(begun("old"))
    first.interval_ended("old", plank(1))
    first.rate("old", note="then")
    first.end("old", RunOutcome.COMPLETED, EVENING)
    assert first.close()
    (backup,) = list_backups(file)
    file.unlink()
    clock.advance(60_000)
    second = open_journal()
    second.begin(begun("new"))
    second.begin(begun("old"))
    second.rate("old", note="now")
    second.restore_backup(backup.file)
    assert second.flush()
    assert {run.id for run in History(file).runs()} == {"old", "new"}
    old = History(file).run("old")
    assert (old.note, old.intervals) == ("now", (plank(1),))
    assert second.close()
    with sqlite3.connect(file) as connection:
        assert findings(connection) == ()
    connection.close()


def test_a_copy_that_is_no_good_is_reported_and_changes_nothing(
    journal: Journal, file: Path, problems: list[Problem], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"not a history" * 100)
    journal.begin(begun())
    journal.restore_backup(bad)
    journal.restore_backup(tmp_path / "missing.sqlite")
    assert journal.flush()
    assert [type(problem) for problem in problems] == [HistoryUnreadable, HistoryUnreadable]
    assert History(file).count() == 1
