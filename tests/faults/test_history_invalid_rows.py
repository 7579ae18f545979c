"""A row that no reader can show, rightly sealed: in a history that is brought in, and in the own one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from tests.faults.invalid_rows import (
    INVALID,
    TEXTS,
    InvalidValue,
    all_invalid,
    random_invalid,
    remove_checks,
    write_invalid,
    write_sample_history,
)
from tests.history.runs import EVENING, run
from timer_app.clock import ManualClock
from timer_app.history.db_file import findings, open_for_reading, open_store, writing
from timer_app.history.errors import NotImported, RowsSetAside
from timer_app.history.exchange.export_formats import calendar, intervals_csv, runs_csv
from timer_app.history.exchange.file_transfer import check_file, write_document
from timer_app.history.exchange.history_import import import_into
from timer_app.history.merge import MergeResult
from timer_app.history.reader import History
from timer_app.history.row_mapping import write_run
from timer_app.history.run_journal import Journal
from timer_app.history.statistics.comfort_stats import ComfortGrouping
from timer_app.problems import Problem

IMPORTS = 1500


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound history."""
    file = tmp_path_factory.mktemp("sound") / "history.sqlite"
    write_sample_history(file)
    return file


def _import_each(sound: Path, folder: Path, wrongs: Iterable[InvalidValue]) -> None:
    """Import a history with each of these values into another one: each is refused, and nothing changes."""
    own, foreign = folder / "own.sqlite", folder / "foreign.sqlite"
    with closing(open_store(own)) as connection:
        with writing(connection):
            write_run(connection, run("own"), EVENING)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before, changes = own.read_bytes(), connection.total_changes
        for wrong in wrongs:
            shutil.copyfile(sound, foreign)
            row = write_invalid(foreign, wrong)
            with pytest.raises(NotImported) as refused, writing(connection):
                import_into(connection, foreign)
            message = str(refused.value)
            assert wrong.column in message, (wrong, message)
            assert f" {row}" in message or wrong.table == "definition" or "damaged" in message, (wrong, message)
            assert (own.read_bytes(), connection.total_changes) == (before, changes), wrong


def test_a_history_with_a_row_that_nothing_can_show_is_refused(sound: Path, tmp_path: Path) -> None:
    _import_each(sound, tmp_path, islice(all_invalid(), 0, None, 11))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_1500_such_histories_change_nothing(sound: Path, memory_folder: Path) -> None:
    rng = Random(2026)
    every = list(all_invalid())
    _import_each(sound, memory_folder, [*every, *(random_invalid(rng) for _each in range(IMPORTS - len(every)))])


def test_a_sound_history_without_its_checks_is_taken(sound: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite"
    shutil.copyfile(sound, foreign)
    remove_checks(foreign)
    write_invalid(foreign, InvalidValue("run", "note", "as before"))
    with closing(open_store(tmp_path / "own.sqlite")) as connection:
        with writing(connection):
            assert import_into(connection, foreign) == MergeResult(4, 0, pauses=1)
        assert findings(connection) == ()
    assert History(tmp_path / "own.sqlite").run("mine").note == "as before"


_ONE_OF_EACH = [
    *(InvalidValue(table, column, values[0]) for (table, column), values in INVALID.items()),
    *(InvalidValue(table, column, b"caf\xe9", as_text=True) for table, columns in TEXTS.items() for column in columns),
    InvalidValue("run", "started_at", 4_611_686_018_427_387_904),
    InvalidValue("run", "started_offset", 10**9),
    InvalidValue("run", "ended_offset", None),
    InvalidValue("pause", "first_day", 4_000_000),
]


def _all_told(history: History) -> tuple[object, ...]:
    """Return what the pages and the command line make of a history."""
    records = history.records()
    return (
        records,
        history.runs(),
        history.count(),
        history.pauses(),
        history.last_done(),
        history.unfinished(),
        history.sessions(),
        history.days_done(),
        history.minutes_by_day(date(2000, 1, 1), date(2030, 1, 1)),
        history.progress(),
        [history.comfort_by(beside) for beside in ComfortGrouping],
        history.comfort_by_week(date(2000, 1, 1), date(2030, 1, 1)),
        history.next_morning_due(EVENING.date()),
        "".join(runs_csv(records)) + "".join(intervals_csv(records)) + "".join(calendar(records)),
    )


def _expected(sound: Path, folder: Path, wrong: InvalidValue, row: int) -> tuple[object, ...]:
    """Return what is told of a sound history without that row, and what hangs on it."""
    file = folder / "without.sqlite"
    shutil.copyfile(sound, file)
    with closing(open_store(file)) as connection, writing(connection):
        if wrong.table == "definition":
            connection.execute("DELETE FROM run WHERE definition = ?", (row,))
        elif wrong.table in ("run", "interval", "tag", "pause"):
            table = "pause" if wrong.table == "pause" else "run"
            connection.execute(f"DELETE FROM {table} WHERE number = ?", (row,))
        connection.execute("DELETE FROM summed")
    return _all_told(History(file))


def _is_derived(wrong: InvalidValue) -> bool:
    return wrong.table.endswith("_sum")


@pytest.mark.parametrize(
    "wrong",
    [pytest.param(wrong, marks=[pytest.mark.slow] if number % 4 else []) for number, wrong in enumerate(_ONE_OF_EACH)],
    ids=str,
)
def test_the_own_history_is_readable_but_for_such_a_row(sound: Path, tmp_path: Path, wrong: InvalidValue) -> None:
    file = tmp_path / "history.sqlite"
    shutil.copyfile(sound, file)
    row = write_invalid(file, wrong)
    expected = _expected(sound, tmp_path, wrong, row)

    # Before anything is written: named, and the rest is there.
    checked = check_file(file)
    assert (checked.findings, len(checked.invalid_rows) > 0) == ((), True)
    assert wrong.column in " ".join(checked.invalid_rows)
    with History(file).without_invalid_rows() as (history, left_out):
        assert _all_told(history) == expected
        assert left_out == checked.invalid_rows
    with History(file).snapshot() as history:
        # A page looks no further than it has to, and may have what no reader of it minds.
        _all_told(history)
        history.undoable(EVENING)
    write_document(file, tmp_path / "history.json")

    # Once a journal was there: set aside with its bytes, and gone.
    problems: list[Problem] = []
    journal = Journal(file, ManualClock(wall=EVENING), problems.append)
    assert journal.flush()
    assert journal.close()
    if _is_derived(wrong):
        assert problems == []
    else:
        (problem,) = problems
        assert isinstance(problem, RowsSetAside)
        assert wrong.column in str(problem)
        (kept,) = tmp_path.glob("history.set-aside-*.json")
        assert problem.kept == kept
        assert _holds(kept, wrong)
    assert check_file(file) == check_file(tmp_path / "without.sqlite")
    assert _all_told(History(file)) == expected


def _holds(kept: Path, wrong: InvalidValue) -> bool:
    """Whether a file holds a value in a row of that table, byte by byte."""
    rows = [row for entry in json.loads(kept.read_text("utf-8")) for row in entry.get(wrong.table, ())]
    value = wrong.value
    if wrong.as_text and isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    wanted = {"hex": value.hex()} if isinstance(value, bytes) else value
    return any(row[wrong.column] == wanted for row in rows)


def test_every_such_row_is_set_aside_at_once(sound: Path, tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    shutil.copyfile(sound, file)
    for table, column in (("run", "session"), ("pause", "note")):
        write_invalid(file, InvalidValue(table, column, b"\xff", as_text=True))
    problems: list[Problem] = []
    journal = Journal(file, ManualClock(wall=EVENING), problems.append)
    assert journal.close()
    (problem,) = problems
    assert isinstance(problem, RowsSetAside)
    assert [row.split(" (")[0] for row in problem.rows] == ["run 4", "pause 1"]
    with closing(open_for_reading(file)) as connection:
        assert connection.execute("SELECT count(*) FROM change").fetchone() == (0,)


def test_a_safety_copy_with_such_a_row_brings_back_the_rest(sound: Path, tmp_path: Path) -> None:
    copy, file = tmp_path / "copy.sqlite", tmp_path / "history.sqlite"
    shutil.copyfile(sound, copy)
    write_invalid(copy, InvalidValue("run", "started_at", 2**62))
    problems: list[Problem] = []
    merged: list[MergeResult] = []
    journal = Journal(file, ManualClock(wall=EVENING), problems.append)
    journal.restore_backup(copy)
    assert journal.flush()
    assert [type(problem) for problem in problems] == [NotImported]
    assert "run 4" in str(problems[0])
    assert History(file).count() == 3
    journal.import_file(copy, merged.append, restore_deleted=True)
    journal.import_file(copy, merged.append)
    assert journal.close()
    assert len(merged[0].left_out) == 1
    assert "run 4" in " ".join(merged[0].describe())
    assert [type(problem) for problem in problems] == [NotImported, NotImported]
