from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.history.random_runs import RECORDS
from tests.history.runs import EVENING
from timer_app.history.bounds import CHANGE, INTERVAL, PAUSE, RUN, TAG, Bound
from timer_app.history.db_file import empty_store, findings, writing
from timer_app.history.records import RunRecord
from timer_app.history.row_mapping import write_run
from timer_app.history.row_validation import copy_valid_rows, find_invalid_rows, query_valid_rows

BOUNDS = {
    f"{table}.{column}": bound
    for table, bounds in {"run": RUN, "interval": INTERVAL, "tag": TAG, "pause": PAUSE, "change": CHANGE}.items()
    for column, bound in bounds.items()
}
_WORDS = st.sampled_from(["done", "left", "sleep", "rest", "completed", "run", "", "[]", "a\0b"])
_VALUES = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.integers(-2, 12)
    | st.floats(allow_nan=False)
    | st.binary(max_size=3)
    | _WORDS
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
)


@pytest.mark.parametrize("bound", BOUNDS.values(), ids=BOUNDS)
@given(_VALUES)
@example(2**63 - 1)
def test_what_sqlite_lets_pass_is_within_its_bound_but_for_what_a_text_is_made_of(
    bound: Bound, value: str | float | bytes | None
) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        passed = connection.execute(
            f"SELECT coalesce({bound.sql.format('value')}, 0) FROM (SELECT ? AS value)", (value,)
        )
        (passes,) = passed.fetchone()
    if bound.accepts(value):
        assert passes
    elif passes:
        assert bound.is_text
        assert isinstance(value, str)


@given(st.lists(RECORDS, max_size=3))
def test_whatever_is_written_is_within_its_bounds_and_is_copied_whole(runs: list[RunRecord]) -> None:
    with closing(empty_store()) as connection:
        with writing(connection):
            for record in runs:
                write_run(connection, record, EVENING)
        assert find_invalid_rows(connection) == ()
        with closing(copy_valid_rows(connection, ())) as copy:
            assert findings(copy) == ()
            for table in ("run", "interval", "tag", "definition"):
                rows = f"SELECT * FROM {table} ORDER BY 1, 2"
                assert copy.execute(rows).fetchall() == connection.execute(rows).fetchall()


def test_a_fault_of_ours_is_not_taken_for_one_of_the_rows() -> None:
    with closing(empty_store()) as connection, pytest.raises(ZeroDivisionError):
        query_valid_rows(connection, lambda _connection: 1 // 0)
