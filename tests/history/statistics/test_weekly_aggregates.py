"""The sums of the weeks stand for the runs, whatever happens to the runs in between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.history.random_runs import RECORDS
from tests.history.reference_statistics import progress_of
from tests.history.runs import run, utc
from timer_app.history.db_file import empty_store, findings, writing
from timer_app.history.merge import merge
from timer_app.history.reader import record_of
from timer_app.history.records import RunRecord
from timer_app.history.row_mapping import write_interval, write_run
from timer_app.history.run_edits import RunFeedback, delete_run, redo, set_feedback, undo
from timer_app.history.statistics.comfort_stats import ComfortGrouping, comfort_by
from timer_app.history.statistics.exercise_progress import progress
from timer_app.history.statistics.weekly_aggregates import day_sums, sum_up

NOW = utc(2026, 3, 14)


def _there(connection: sqlite3.Connection) -> list[RunRecord]:
    ids = connection.execute("SELECT id FROM run WHERE deleted_at IS NULL").fetchall()
    return [record for (run_id,) in ids if (record := record_of(connection, run_id)) is not None]


class Summing(RuleBasedStateMachine):
    """Runs come, change, go and come back, and are summed up now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.connection = empty_store()

    @rule(record=RECORDS)
    def add(self, record: RunRecord) -> None:
        write_run(self.connection, record, NOW)

    @rule(record=RECORDS)
    def merge(self, record: RunRecord) -> None:
        """Another computer knows a run of the same id that began at another time."""
        with closing(empty_store()) as other, writing(self.connection):
            write_run(other, record, NOW + timedelta(days=1))
            merge(self.connection, other)

    @rule(said=st.builds(RunFeedback, effort=st.none(), comfort_before=st.none() | st.integers(0, 10)))
    def set_feedback(self, said: RunFeedback) -> None:
        for record in _there(self.connection)[:1]:
            set_feedback(self.connection, record.begun.id, said, NOW)

    @rule(length=st.integers(0, 100_000))
    def go_on(self, length: int) -> None:
        for record in _there(self.connection)[:1]:
            for interval in run(actual=length).intervals:
                write_interval(self.connection, record.begun.id, interval, NOW)

    @rule()
    def delete(self) -> None:
        for record in _there(self.connection)[:1]:
            delete_run(self.connection, record.begun.id, NOW)

    @rule(back=st.booleans())
    def turn(self, back: bool) -> None:
        (undo if back else redo)(self.connection, NOW)

    @rule()
    def sum_up(self) -> None:
        sum_up(self.connection)

    @invariant()
    def tells_what_the_runs_say(self) -> None:
        runs = _there(self.connection)
        assert progress(self.connection) == progress_of(runs)
        spent: dict[date, tuple[int, int]] = {}
        for record in runs:
            day = record.begun.started_at.date()
            number, time = spent.get(day, (0, 0))
            spent[day] = number + 1, time + record.actual
        sums = {date(1970, 1, 1) + timedelta(days=row[0]): row[1:] for row in day_sums(self.connection, "runs, actual")}
        assert sums == spent

    @invariant()
    def is_sound(self) -> None:
        assert findings(self.connection) == ()

    def teardown(self) -> None:
        self.connection.close()


Summing.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestSumming = Summing.TestCase


@given(st.integers(-400, 400), st.integers(0, 60))
@settings(max_examples=50, deadline=None)
def test_days_can_be_asked_for_by_the_range(start: int, length: int) -> None:
    days = [date(2026, 3, 14) + timedelta(days=offset) for offset in range(-40, 41, 3)]
    first = date(2026, 3, 14) + timedelta(days=start)
    last = first + timedelta(days=length)
    with closing(empty_store()) as connection:
        for number, each in enumerate(days):
            write_run(connection, run(str(number), datetime.combine(each, NOW.timetz())), NOW)
            if number == len(days) // 2:
                sum_up(connection)
        found = {row[0] for row in day_sums(connection, "runs", first, last)}
    assert found == {(each - date(1970, 1, 1)).days for each in days if first <= each <= last}


def test_summing_up_changes_no_run_and_does_nothing_twice() -> None:
    with closing(empty_store()) as connection:
        for number in range(3):
            write_run(connection, run(str(number), NOW + timedelta(weeks=number)), NOW)
        before = connection.execute("SELECT * FROM run").fetchall()
        sum_up(connection)
        sealed = connection.execute("SELECT week, seal FROM summed").fetchall()
        changes = connection.total_changes
        sum_up(connection)
        assert connection.total_changes == changes
        assert len(sealed) == 3
        assert connection.execute("SELECT * FROM run").fetchall() == before
        assert comfort_by(connection, ComfortGrouping.SESSION) == ()
