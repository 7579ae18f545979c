from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.history.random_runs import MOMENTS, RECORDS
from tests.history.reference_statistics import days_done
from tests.history.runs import EVENING, begun, plank, reps, run, utc
from timer_app.history.db_file import open_for_reading, open_store, writing
from timer_app.history.errors import HistoryUnreadable
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome, RunRecord, RunSummary, Tag, TagKind
from timer_app.history.row_mapping import write_run
from timer_app.history.run_edits import delete_run
from timer_app.history.statistics.statistics import day_of


def _history(file: Path, runs: Iterable[RunRecord]) -> History:
    with closing(open_store(file)) as connection, writing(connection):
        for record in runs:
            write_run(connection, record, record.begun.started_at)
    return History(file)


def _ids(runs: Iterable[RunSummary]) -> str:
    return "".join(each.id for each in runs)


def test_a_file_that_is_not_there_is_an_empty_history(file: Path) -> None:
    history = History(file)
    assert history.runs() == ()
    assert (history.count(), history.unfinished(), history.days_done()) == (0, None, frozenset())
    assert (history.last_done(), history.sessions(), history.minutes_by_day(date.min, date.max)) == ({}, {}, {})
    with pytest.raises(KeyError):
        history.run("a")
    assert not file.parent.exists()


def test_runs_come_newest_first_and_page_by_page(file: Path) -> None:
    history = _history(file, (run(run_id, utc(2026, 3, day)) for run_id, day in zip("abcde", range(1, 6), strict=True)))
    first = history.runs(2)
    assert _ids(first) == "ed"
    second = history.runs(3, until=first[-1].started_at)
    assert _ids(second) == "dcb"
    assert _ids(history.runs(3, until=second[-1].started_at)) == "ba"


def test_runs_are_found_by_session_outcome_dates_and_words(file: Path) -> None:
    history = _history(
        file,
        (
            run("a", utc(2026, 3, 1), note="Über den Berg: 100% wach"),
            run("b", utc(2026, 3, 2), outcome=RunOutcome.STOPPED),
            run("c", utc(2026, 3, 3), name="Gentle day", note="Long walk"),
        ),
    )
    assert _ids(history.runs(session="gentle-day")) == "c"
    assert _ids(history.runs(outcome=RunOutcome.STOPPED)) == "b"
    assert _ids(history.runs(since=utc(2026, 3, 2), until=utc(2026, 3, 2))) == "b"
    assert _ids(history.runs(search="PLANKS")) == "ba"
    assert _ids(history.runs(search="über")) == "a"
    assert _ids(history.runs(search="100%")) == "a"
    assert _ids(history.runs(search="%")) == "a"
    assert _ids(history.runs(search="long w")) == "c"
    assert _ids(history.runs(search="day\nlong")) == ""
    assert _ids(history.runs(search="nowhere")) == ""
    assert _ids(history.runs(search="")) == "cba"
    assert history.sessions() == {"gentle-day": "Gentle day", "planks-by-the-minute": "Planks by the minute"}


def test_runs_are_found_by_exercise_by_their_own_days_and_by_tags(file: Path) -> None:
    tokyo = timezone(timedelta(hours=9))
    history = _history(
        file,
        (
            replace(run("a", datetime(2026, 3, 2, 0, 30, tzinfo=tokyo)), intervals=(reps(1),)),  # 1 March in UTC
            replace(run("b", utc(2026, 3, 2)), tags=(Tag(TagKind.HELPED, "Hot bath"),)),
            run("c", utc(2026, 3, 3, 23, 59)),
        ),
    )
    assert _ids(history.runs(exercise="plank")) == "cb"
    assert _ids(history.runs(exercise="Wall push")) == "a"
    assert _ids(history.runs(exercise="push")) == ""
    assert _ids(history.runs(first=date(2026, 3, 2))) == "cba"
    assert _ids(history.runs(first=date(2026, 3, 2), last=date(2026, 3, 2))) == "ba"
    assert _ids(history.runs(last=date(2026, 3, 1))) == ""
    assert _ids(history.runs(search="hot b")) == "b"
    assert history.tag_words(TagKind.HELPED) == ("Hot bath",)
    assert history.tag_words(TagKind.SHOES) == ()


def test_last_done_is_the_last_completed_run_of_each_session(file: Path) -> None:
    history = _history(
        file,
        (
            run("a", utc(2026, 3, 1)),
            run("b", utc(2026, 3, 3)),
            run("c", utc(2026, 3, 4), outcome=RunOutcome.STOPPED),
            run("d", utc(2026, 3, 2), name="Gentle day"),
            run("e", utc(2026, 3, 5), outcome=RunOutcome.STOPPED, name="Never done"),
        ),
    )
    assert history.last_done() == {"planks-by-the-minute": utc(2026, 3, 3), "gentle-day": utc(2026, 3, 2)}


def test_unfinished_is_the_newest_run_without_an_end(file: Path) -> None:
    open_run = RunRecord(begun("open", utc(2026, 3, 2)), None, RunOutcome.INTERRUPTED, (plank(),))
    older = replace(open_run, begun=begun("older", utc(2026, 3, 1)))
    history = _history(file, (older, open_run, run("z", utc(2026, 3, 9))))
    assert history.unfinished() == open_run
    with closing(open_store(file)) as connection, writing(connection):
        delete_run(connection, "open", EVENING)
    assert history.unfinished() == older


def test_a_day_is_the_one_on_the_persons_own_calendar(file: Path) -> None:
    tokyo, los_angeles = timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))
    history = _history(
        file,
        (
            run("a", datetime(2026, 3, 2, 0, 30, tzinfo=tokyo), actual=90_000),  # 1 March in UTC
            run("b", datetime(2026, 3, 1, 23, 30, tzinfo=los_angeles), actual=60_000),  # 2 March in UTC
            run("c", datetime(2026, 3, 1, 7, 0, tzinfo=los_angeles), actual=30_000),
        ),
    )
    assert history.minutes_by_day(date(2026, 3, 1), date(2026, 3, 2)) == {date(2026, 3, 1): 1.5, date(2026, 3, 2): 1.5}
    assert history.minutes_by_day(date(2026, 3, 2), date(2026, 3, 9)) == {date(2026, 3, 2): 1.5}
    assert history.minutes_by_day(date(2026, 2, 1), date(2026, 2, 28)) == {}
    assert history.days_done() == {date(2026, 3, 1), date(2026, 3, 2)}


def test_the_journal_can_write_while_the_history_reads(file: Path) -> None:
    history = _history(file, [run("a")])
    with closing(open_store(file)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        write_run(connection, run("b"), EVENING)
        assert history.count() == 1
        connection.execute("COMMIT")
        assert history.count() == 2


def test_a_file_that_cannot_be_read_is_reported_and_not_touched(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no database " * 1000)
    with pytest.raises(HistoryUnreadable, match="damaged"):
        History(file).runs()
    assert file.read_bytes() == b"no database " * 1000


def test_a_row_that_cannot_be_is_reported(file: Path) -> None:
    history = _history(file, [run("a")])
    with closing(open_store(file)) as connection:
        connection.execute("UPDATE run SET started_at = 9223372036854775807")
    for read in (history.runs, history.last_done, lambda: history.run("a")):
        with pytest.raises(HistoryUnreadable):
            read()


@given(
    st.lists(
        st.tuples(MOMENTS, st.sampled_from([RunOutcome.COMPLETED, RunOutcome.STOPPED]), st.integers(0, 120_000)),
        max_size=20,
    )
)
@settings(max_examples=50, deadline=None)
def test_the_file_and_the_pure_functions_tell_the_same(
    tmp_path_factory: pytest.TempPathFactory, given_runs: list[tuple[datetime, RunOutcome, int]]
) -> None:
    file = tmp_path_factory.mktemp("history") / "history.sqlite"
    records = [
        run(str(number), when, outcome=outcome, actual=actual)
        for number, (when, outcome, actual) in enumerate(given_runs)
    ]
    history = _history(file, records)
    summaries = history.runs(100)
    assert history.days_done() == days_done(summaries)
    wanted: dict[date, int] = {}
    for each in summaries:
        wanted[day_of(each)] = wanted.get(day_of(each), 0) + each.actual
    read = history.minutes_by_day(date(2023, 1, 1), date(2028, 1, 1))
    assert {day: round(minutes * 60_000) for day, minutes in read.items()} == wanted
    assert {history.run(record.begun.id) for record in records} == set(records)


@given(RECORDS)
@settings(max_examples=50, deadline=None)
def test_any_run_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, record: RunRecord) -> None:
    history = _history(tmp_path_factory.mktemp("history") / "history.sqlite", [record])
    (read,) = history.records()
    assert read == record
    assert read.begun.started_at.utcoffset() == record.begun.started_at.utcoffset()


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda history: history.runs(), "run_by_time"),
        (lambda history: history.runs(until=EVENING), "run_by_time"),
        (lambda history: history.runs(session="gentle-day"), "run_by_stem"),
        (lambda history: history.runs(first=EVENING.date(), last=EVENING.date()), "run_by_time (started_at>? AND"),
        (lambda history: history.runs(exercise="plank"), "run_by_week (<expr>>?)"),
        (lambda history: history.next_morning_due(EVENING.date()), "run_by_time (started_at>? AND"),
        (lambda history: history.comfort_by_week(EVENING.date(), EVENING.date()), "run_by_week (<expr>>?)"),
        (lambda history: history.last_done(), "run_by_stem"),
        (lambda history: history.sessions(), "run_by_stem"),
        (lambda history: history.unfinished(), "run_unfinished"),
        (lambda history: history.minutes_by_day(EVENING.date(), EVENING.date()), "run_by_week (<expr>>?)"),
        (lambda history: history.days_done(), "run_by_week (<expr>>?)"),
    ],
)
def test_a_pages_queries_go_along_an_index(
    file: Path, read: Callable[[History], object], index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = _history(file, [run("a")])
    statements: list[str] = []

    def traced(path: Path) -> sqlite3.Connection:
        connection = open_for_reading(path)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr("timer_app.history.reader.open_newest_for_reading", traced)
    read(history)
    query = next(statement for statement in statements if statement.strip().startswith(("SELECT", "WITH")))
    with closing(open_for_reading(file)) as connection:
        plan = "\n".join(str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert index in plan
    assert "ORDER BY" not in plan
    assert "SCAN r\n" not in plan + "\n"
