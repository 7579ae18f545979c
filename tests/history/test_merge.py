from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.history.random_runs import INTERVALS, RECORDS
from tests.history.runs import EVENING, begun, plank, reps, run
from timer_app.history.db_file import empty_store, findings, writing
from timer_app.history.errors import NotImported
from timer_app.history.exchange.history_import import import_into
from timer_app.history.exchange.json_export import document
from timer_app.history.merge import MergeResult, merge
from timer_app.history.reader import record_of
from timer_app.history.records import Pause, PauseKind, RunRecord, Tag, TagKind
from timer_app.history.row_mapping import write_next_morning, write_rating, write_run
from timer_app.history.run_edits import (
    RunFeedback,
    delete_pause,
    delete_run,
    pauses,
    put_pause,
    redo,
    set_feedback,
    undo,
)

REST = Pause("rest", PauseKind.REST, date(2026, 3, 2), date(2026, 3, 8))


def _store(*runs: RunRecord, changed_at: datetime = EVENING) -> sqlite3.Connection:
    connection = empty_store()
    with writing(connection):
        for record in runs:
            write_run(connection, record, changed_at)
    return connection


def _seen(connection: sqlite3.Connection) -> tuple[object, ...]:
    """Return all that a user sees of a history."""
    ids = [row[0] for row in connection.execute("SELECT id FROM run WHERE deleted_at IS NULL ORDER BY id")]
    return tuple(record_of(connection, run_id) for run_id in ids), sorted(pauses(connection), key=lambda each: each.id)


def _through_json(target: sqlite3.Connection, source: sqlite3.Connection, file: Path) -> MergeResult:
    file.write_text("".join(document(source)), encoding="utf-8")
    with writing(target):
        return import_into(target, file)


def _directly(target: sqlite3.Connection, source: sqlite3.Connection, _file: Path) -> MergeResult:
    with writing(target):
        return merge(target, source)


_EDITS: dict[str, Callable[[sqlite3.Connection, str, str, datetime], object]] = {
    "note": lambda store, of, word, now: set_feedback(store, of, RunFeedback(note=word, effort=len(word)), now),
    "tags": lambda store, of, word, now: set_feedback(store, of, RunFeedback(tags=(Tag(TagKind.SHOES, word),)), now),
    "delete": lambda store, of, _word, now: delete_run(store, of, now),
    "redo": lambda store, _of, _word, now: redo(store, now),
    "undo": lambda store, _of, _word, now: undo(store, now),
    "morning": lambda store, of, word, now: write_next_morning(store, of, len(word), now),
    "pause": lambda store, _of, word, now: put_pause(store, replace(REST, note=word), now),
    "no pause": lambda store, _of, _word, now: _end_pauses(store, now),
    "again": lambda store, of, word, now: write_run(store, run(of, actual=len(word)), now),
}
"""What a user can do to a history."""

_STEP = st.tuples(st.sampled_from(list(_EDITS)), st.sampled_from("abc"), st.sampled_from(["x", "here", "yonder"]))
_STEPS = st.lists(_STEP, max_size=6)


def _end_pauses(store: sqlite3.Connection, now: datetime) -> None:
    for pause in pauses(store):
        delete_pause(store, pause.id, now)


def _edit(store: sqlite3.Connection, steps: list[tuple[str, str, str]], start: datetime) -> None:
    for number, (what, run_id, word) in enumerate(steps):
        now = start + timedelta(seconds=number)
        with writing(store):
            if record_of(store, run_id) is None:
                write_run(store, run(run_id, note=word), now)
            _EDITS[what](store, run_id, word, now)


@pytest.mark.parametrize("bring", [_directly, _through_json])
@given(_STEPS, _STEPS, st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_two_computers_that_take_in_each_other_end_up_equal(
    tmp_path_factory: pytest.TempPathFactory,
    bring: Callable[[sqlite3.Connection, sqlite3.Connection, Path], MergeResult],
    here: list[tuple[str, str, str]],
    there: list[tuple[str, str, str]],
    later: int,
) -> None:
    file = tmp_path_factory.mktemp("both") / "history.json"
    with closing(_store(run("a"))) as mine, closing(_store()) as yours:
        bring(yours, mine, file)
        _edit(mine, here, EVENING + timedelta(seconds=1))
        _edit(yours, there, EVENING + timedelta(seconds=later))
        bring(mine, yours, file)
        bring(yours, mine, file)
        assert _seen(mine) == _seen(yours)
        for connection in (mine, yours):
            assert findings(connection) == ()
        before = _seen(mine)
        assert bring(mine, yours, file) == MergeResult(0, 0)
        assert _seen(mine) == before


@pytest.mark.parametrize("bring", [_directly, _through_json])
def test_the_last_word_counts_on_both_although_a_clock_was_set_back(
    tmp_path: Path, bring: Callable[[sqlite3.Connection, sqlite3.Connection, Path], MergeResult]
) -> None:
    file, put_right = tmp_path / "history.json", EVENING - timedelta(hours=1)
    with closing(_store(run("a"))) as mine, closing(_store()) as yours:
        with writing(mine):
            put_pause(mine, REST, EVENING)
        bring(yours, mine, file)
        with writing(mine):
            write_rating(mine, "a", (7, None, None, "So"), put_right)
            write_next_morning(mine, "a", 6, put_right)
            put_pause(mine, replace(REST, note="knee"), put_right)
        said = _seen(mine)
        bring(mine, yours, file)
        bring(yours, mine, file)
        assert _seen(mine) == _seen(yours) == said


@given(st.lists(RECORDS, max_size=3), st.lists(INTERVALS, min_size=2, max_size=2), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_interval_of_either_is_lost(
    runs: list[RunRecord], intervals: list[tuple[object, ...]], mine_is_newer: bool
) -> None:
    first, second = (replace(run("same"), intervals=each) for each in intervals)  # of hypothesis
    times = (EVENING + timedelta(mine_is_newer), EVENING)
    others = [replace(record, begun=replace(record.begun, id=str(number))) for number, record in enumerate(runs)]
    with closing(_store(first, changed_at=times[0])) as mine, closing(_store(*others, second)) as yours:
        with writing(mine):
            assert merge(mine, yours).new == len(others)
        record = record_of(mine, "same")
        assert record is not None
        assert {each.position for each in record.intervals} == {
            each.position for each in (*first.intervals, *second.intervals)
        }
        if mine_is_newer:
            assert set(first.intervals) <= set(record.intervals)
        assert all(record_of(mine, other.begun.id) == other for other in others)
        assert findings(mine) == ()


@given(st.lists(RECORDS, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_history_goes_out_in_json_and_in_again(
    tmp_path_factory: pytest.TempPathFactory, runs: list[RunRecord]
) -> None:
    file = tmp_path_factory.mktemp("out") / "history.json"
    runs = [replace(record, begun=replace(record.begun, id=f"run {number}")) for number, record in enumerate(runs)]
    with closing(_store(*runs)) as source, closing(_store()) as target:
        with writing(source):
            put_pause(source, REST, EVENING)
        assert _through_json(target, source, file) == MergeResult(len(runs), 0, pauses=1)
        assert _seen(target) == _seen(source)
        assert "".join(document(target)) == "".join(document(source))
        assert _through_json(source, target, file) == MergeResult(0, 0)


def test_the_same_moment_on_both_is_settled_the_same_way_on_both() -> None:
    first = RunRecord(begun("a"), EVENING, run().outcome, (plank(1, 5), plank(2, 7)), note="one")
    second = replace(first, intervals=(plank(1, 6), reps(3)), note="two")
    with closing(_store(first)) as mine, closing(_store(second)) as yours:
        with writing(mine):
            merge(mine, yours)
        with writing(yours):
            merge(yours, mine)
        assert _seen(mine) == _seen(yours)
        record = record_of(mine, "a")
        assert record is not None
        assert {each.position for each in record.intervals} == {1, 2, 3}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a history of this program"),
        ('{"format": "another"}', "not a history of this program"),
        ('{"format": "guided-session-timer history"}', "its version is missing"),
        ('{"format": "guided-session-timer history", "version": 2}', "a newer version"),
        ('{"format": "guided-session-timer history", "version": 1, "runs": {}}', "runs is not a list"),
        ('{"format": "guided-session-timer history", "version": 1, "runs": [1]}', r"runs\[0\] is not an object"),
        ('{"format": "guided-session-timer history", "version": 1, "definitions": {"a": "b"}}', "that SHA-256"),
        (
            '{"format": "guided-session-timer history", "version": 1, "definitions": {"\\u001b[2J": ""}}',
            r"s\.\S\[2J is",
        ),
    ],
)
def test_what_is_no_history_is_reported_and_changes_nothing(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "history.json"
    file.write_text(text, encoding="utf-8")
    with closing(_store(run("a"))) as connection:
        with pytest.raises(NotImported, match=reason), writing(connection):
            import_into(connection, file)
        assert connection.execute("SELECT count(*) FROM run").fetchone() == (1,)


def _document_of_one() -> str:
    record = replace(run("a", note="fine"), tags=(Tag(TagKind.SLEEP, "side"),), effort=5)
    with closing(_store(record)) as connection:
        with writing(connection):
            put_pause(connection, REST, EVENING)
        return "".join(document(connection))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"id": "a"', '"id": ""', r"runs\[0\].id"),
        ('"id": "a"', '"id": 5', r"runs\[0\].id"),
        ('"id": "a"', '"id": "a\\nb"', r"runs\[0\].id"),
        ('"id": "a"', '"id": "a\\u202eb"', r"runs\[0\].id"),
        ('"effort": 5', '"effort": 11', r"runs\[0\].effort"),
        ('"effort": 5', '"effort": true', r"runs\[0\].effort"),
        ('"note": "fine"', '"note": null', r"runs\[0\].note"),
        ('"outcome": "completed"', '"outcome": "won"', r"runs\[0\].outcome"),
        ('"started_at": "2026', '"started_at": "20x6', r"runs\[0\].started_at"),
        ('"started_at": "2026', '"started_at": "0001', r"runs\[0\].started_at"),
        ("18:30:00.123456+01:00", "18:30:00.123456", r"runs\[0\].started_at"),
        ('"planned_seconds": 310', '"planned_seconds": NaN', r"runs\[0\].planned_seconds"),
        ('"planned_seconds": 310', '"planned_seconds": 1e300', r"runs\[0\].planned_seconds"),
        ('"planned_seconds": 310', '"planned_seconds": -1', r"runs\[0\].planned_seconds"),
        ('"position": 1', '"position": 99999999999999999999', r"runs\[0\].intervals\[0\].position"),
        ('"position": 1', '"position": null', r"runs\[0\].intervals\[0\]"),
        ('"kind": "sleep"', '"kind": "dream"', r"runs\[0\].tags\[0\].kind"),
        ('"left_out": []', '"left_out": "[]"', r"runs\[0\].left_out"),
        ('"away": false', '"away": 0', r"runs\[0\].away"),
        ('"last": "2026-03-08"', '"last": "2026-03-01"', r"pauses\[0\].last"),
        ('"first": "2026-03-02"', '"first": "March"', r"pauses\[0\].first"),
        ('"first": "2026-03-02"', '"first": "0001-01-01"', r"pauses\[0\].first"),
        ('"side": null', '"side": "middle"', r"runs\[0\].intervals\[0\].side"),
        ('"kind": "rest"', '"kind": "lazy"', r"pauses\[0\].kind"),
        ('"pauses": []', '"pauses": 1', "deleted.pauses"),
    ],
)
def test_what_is_wrong_in_a_document_is_reported_by_its_place(tmp_path: Path, old: str, new: str, where: str) -> None:
    text = _document_of_one()
    assert old in text
    file = tmp_path / "history.json"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with closing(_store()) as connection:
        with pytest.raises(NotImported, match=where), writing(connection):
            import_into(connection, file)
        assert connection.execute("SELECT count(*) FROM run").fetchone() == (0,)


def test_half_a_character_and_a_nul_are_taken_out_and_unknown_keys_are_passed_over(tmp_path: Path) -> None:
    text = _document_of_one().replace('"note": "fine"', '"note": "a\\ud800b\\u0000c", "colour": {"of": ["later"]}', 1)
    file = tmp_path / "history.json"
    file.write_text(text, encoding="utf-8")
    with closing(_store()) as connection:
        with writing(connection):
            assert import_into(connection, file) == MergeResult(1, 0, pauses=1)
        record = record_of(connection, "a")
        assert record is not None
        assert record.note == "a?bc"


def test_a_run_deleted_here_and_changed_there_at_the_same_moment_stays_on_both(tmp_path: Path) -> None:
    with closing(_store(run("a"))) as mine, closing(_store(run("a"))) as yours:
        delete_run(mine, "a", EVENING + timedelta(seconds=1))
        set_feedback(yours, "a", RunFeedback(effort=1), EVENING + timedelta(seconds=1))
        _through_json(mine, yours, tmp_path / "history.json")
        _through_json(yours, mine, tmp_path / "history.json")
        assert _seen(mine) == _seen(yours)
        record = record_of(mine, "a")
        assert record is not None
        assert record.effort == 1
