from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.history.runs import EVENING, begun, plank, run
from timer_app.clock import ManualClock
from timer_app.history.db_file import empty_store, findings
from timer_app.history.errors import HistoryGone
from timer_app.history.reader import History, record_of
from timer_app.history.records import Pause, PauseKind, Tag, TagKind
from timer_app.history.row_mapping import write_rating, write_run
from timer_app.history.run_edits import (
    HistoryEdit,
    RunFeedback,
    add_run,
    delete_pause,
    delete_run,
    pauses,
    put_pause,
    redo,
    redoable,
    set_feedback,
    undo,
    undoable,
)
from timer_app.history.run_journal import Journal
from timer_app.problems import Problem

FLU = Pause("flu", PauseKind.ILLNESS, date(2026, 3, 2), None)
SHOES = Tag(TagKind.SHOES, "red")


@pytest.fixture
def store() -> Iterator[sqlite3.Connection]:
    with closing(empty_store()) as connection:
        write_run(connection, run("a"), EVENING)
        yield connection


def _said(connection: sqlite3.Connection) -> RunFeedback | None:
    row = connection.execute("SELECT deleted_at FROM run WHERE id = 'a'").fetchone()
    record = record_of(connection, "a")
    return None if row[0] is not None or record is None else RunFeedback.of(record)


def test_all_that_was_said_can_be_mended_undone_and_redone(store: sqlite3.Connection) -> None:
    said = RunFeedback(6, 4, 0, 7, "Fine", (Tag(TagKind.HELPED, "walk"), SHOES))
    set_feedback(store, "a", said, EVENING)
    assert _said(store) == said
    assert undo(store, EVENING)
    assert _said(store) == RunFeedback()
    assert redo(store, EVENING)
    assert _said(store) == said
    assert findings(store) == ()


def test_undoing_changes_back_only_what_the_change_changed(store: sqlite3.Connection) -> None:
    set_feedback(store, "a", RunFeedback(effort=3), EVENING)
    set_feedback(store, "a", RunFeedback(effort=3, note="later"), EVENING)
    write_run(store, replace(run("a"), effort=9, note="later", comfort_after=2), EVENING)
    assert undo(store, EVENING)
    assert _said(store) == RunFeedback(effort=9, comfort_after=2)


def test_what_was_said_elsewhere_since_is_not_lost_by_undo(store: sqlite3.Connection) -> None:
    set_feedback(store, "a", RunFeedback(note="mine"), EVENING)
    write_rating(store, "a", (None, None, None, "of another computer"), EVENING)
    assert undo(store, EVENING)
    assert _said(store) == RunFeedback()
    assert redo(store, EVENING)
    assert _said(store) == RunFeedback(note="of another computer")
    assert undo(store, EVENING)
    assert _said(store) == RunFeedback()
    assert findings(store) == ()


def test_a_deleted_run_comes_back_and_an_added_one_goes(store: sqlite3.Connection) -> None:
    delete_run(store, "a", EVENING)
    added = replace(run("b"), away=True)
    add_run(store, added, EVENING)
    assert _said(store) is None
    undo(store, EVENING)
    assert store.execute("SELECT id FROM run WHERE deleted_at IS NULL").fetchall() == []
    undo(store, EVENING)
    assert _said(store) == RunFeedback()
    assert not undo(store, EVENING)
    redo(store, EVENING)
    redo(store, EVENING)
    assert store.execute("SELECT id FROM run WHERE deleted_at IS NULL").fetchall() == [("b",)]
    assert record_of(store, "b") == added
    assert not redo(store, EVENING)


def test_a_pause_is_added_mended_and_taken_away(store: sqlite3.Connection) -> None:
    put_pause(store, FLU, EVENING)
    over = replace(FLU, last=date(2026, 3, 9), note="well again")
    put_pause(store, over, EVENING)
    assert pauses(store) == (over,)
    delete_pause(store, "flu", EVENING)
    assert pauses(store) == ()
    for expected in ((over,), (FLU,), ()):
        assert undo(store, EVENING)
        assert pauses(store) == expected
    for expected in ((FLU,), (over,), ()):
        assert redo(store, EVENING)
        assert pauses(store) == expected
    assert findings(store) == ()


def test_a_new_change_leaves_nothing_to_redo(store: sqlite3.Connection) -> None:
    set_feedback(store, "a", RunFeedback(note="one"), EVENING)
    undo(store, EVENING)
    set_feedback(store, "a", RunFeedback(note="two"), EVENING)
    assert not redo(store, EVENING)
    assert _said(store) == RunFeedback(note="two")


def test_saying_the_same_again_is_no_change(store: sqlite3.Connection) -> None:
    set_feedback(store, "a", RunFeedback(note="one"), EVENING)
    set_feedback(store, "a", RunFeedback(note="one"), EVENING)
    undo(store, EVENING)
    assert _said(store) == RunFeedback()


@pytest.mark.parametrize(("days", "there"), [(29, True), (30, True), (31, False)])
def test_a_change_can_be_undone_for_30_days(store: sqlite3.Connection, days: int, there: bool) -> None:
    set_feedback(store, "a", RunFeedback(note="one"), EVENING)
    later = EVENING + timedelta(days=days)
    change = HistoryEdit(EVENING, "run", "a", ("note",))
    assert undoable(store, later) == (change if there else None)
    assert undo(store, later) is there
    assert redoable(store, later) == (change if there else None)


def test_old_changes_are_forgotten_with_the_next_one(store: sqlite3.Connection) -> None:
    set_feedback(store, "a", RunFeedback(note="one"), EVENING)
    set_feedback(store, "a", RunFeedback(note="two"), EVENING + timedelta(days=31))
    assert store.execute("SELECT count(*) FROM change").fetchone() == (1,)


def test_what_would_be_undone_is_known(store: sqlite3.Connection) -> None:
    delete_run(store, "a", EVENING)
    assert undoable(store, EVENING) == HistoryEdit(EVENING, "run", "a", ("deleted",), deletes=True)
    assert redoable(store, EVENING) is None
    add_run(store, run("b"), EVENING)
    assert undoable(store, EVENING) == HistoryEdit(EVENING, "run", "b", ("deleted",))


def test_what_is_not_there_is_reported(store: sqlite3.Connection) -> None:
    with pytest.raises(HistoryGone):
        set_feedback(store, "z", RunFeedback(), EVENING)
    with pytest.raises(HistoryGone):
        delete_run(store, "z", EVENING)
    with pytest.raises(HistoryGone):
        delete_pause(store, "z", EVENING)


@pytest.mark.parametrize("wrong", [{"effort": 0}, {"comfort_before": -1}, {"comfort_after": 11}, {"comfort_next": 11}])
def test_a_rating_outside_its_scale_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="to 10"):
        RunFeedback(**wrong)  # type: ignore[arg-type] # ratings by their names


def test_the_last_word_counts_although_the_clock_was_set_back(store: sqlite3.Connection) -> None:
    before = store.execute("SELECT changed_at FROM run").fetchone()[0]
    set_feedback(store, "a", RunFeedback(note="one"), EVENING - timedelta(days=400))
    assert store.execute("SELECT changed_at FROM run").fetchone()[0] > before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE change SET before = '{}'",
        "UPDATE change SET undone = 1 WHERE number = 1",
        "UPDATE pause SET first_day = first_day - 1",
        "UPDATE pause SET note = 'other'",
    ],
)
def test_a_damaged_pause_or_change_is_found(store: sqlite3.Connection, damage: str) -> None:
    put_pause(store, FLU, EVENING)
    assert findings(store) == ()
    store.execute(damage)
    assert findings(store) != ()


_DOING: dict[str, Callable[[sqlite3.Connection, int], object]] = {
    "mend": lambda connection, number: set_feedback(connection, "a", RunFeedback(effort=number + 1), EVENING),
    "delete": lambda connection, _number: delete_run(connection, "a", EVENING),
    "pause": lambda connection, number: put_pause(connection, replace(FLU, note=str(number)), EVENING),
    "no pause": lambda connection, _number: _end_pauses(connection),
}


def _end_pauses(connection: sqlite3.Connection) -> None:
    for pause in pauses(connection):
        delete_pause(connection, pause.id, EVENING)


def _state(connection: sqlite3.Connection) -> tuple[object, ...]:
    record = record_of(connection, "a")
    assert record is not None
    deleted = connection.execute("SELECT deleted_at IS NOT NULL FROM run").fetchone()
    return deleted, RunFeedback.of(record), pauses(connection)


@given(st.lists(st.tuples(st.sampled_from([*_DOING, "undo", "redo"]), st.integers(0, 3)), max_size=25))
@settings(max_examples=80, deadline=None)
def test_undo_and_redo_go_along_all_that_was_done(steps: list[tuple[str, int]]) -> None:
    """Against a list of all states, and a place in it."""
    with closing(empty_store()) as connection:
        write_run(connection, run("a"), EVENING)
        states, place = [_state(connection)], 0
        for what, number in steps:
            if what == "undo":
                assert undo(connection, EVENING) is (place > 0)
                place = max(0, place - 1)
            elif what == "redo":
                assert redo(connection, EVENING) is (place < len(states) - 1)
                place = min(len(states) - 1, place + 1)
            else:
                _DOING[what](connection, number)
                if (now := _state(connection)) != states[place]:
                    place += 1
                    states = [*states[:place], now]
            assert _state(connection) == states[place]
        assert findings(connection) == ()


def test_the_window_is_closed_and_opened_and_the_change_can_still_be_undone(
    open_journal: Callable[[], Journal], file: Path, clock: ManualClock, problems: list[Problem]
) -> None:
    first = open_journal()
    first.begin(begun())
    first.interval_ended("a", plank())
    first.end("a", run().outcome, EVENING)
    first.set_feedback("a", RunFeedback(effort=7, note="Hard", tags=(SHOES,)))
    first.put_pause(FLU)
    assert first.close()
    clock.advance(24 * 3_600_000)
    second = open_journal()
    second.undo()
    second.undo()
    assert second.flush()
    history = History(file)
    assert RunFeedback.of(history.run("a")) == RunFeedback()
    assert history.pauses() == ()
    second.redo()
    assert second.flush()
    assert RunFeedback.of(history.run("a")) == RunFeedback(effort=7, note="Hard", tags=(SHOES,))
    assert history.undoable(clock.wall()) == HistoryEdit(EVENING, "run", "a", ("effort", "note", "tags"))
    redone = history.redoable(clock.wall())
    assert redone is not None
    assert (redone.subject, redone.id) == ("pause", "flu")
    second.delete("a")
    second.add_run(replace(run("b"), away=True))
    assert second.flush()
    assert [each.id for each in history.runs()] == ["b"]
    second.set_feedback("z", RunFeedback())
    assert second.flush()
    assert [type(problem) for problem in problems] == [HistoryGone]


def test_the_morning_after_is_answered_once(journal: Journal, file: Path) -> None:
    for run_id in ("a", "b"):
        journal.begin(begun(run_id))
    journal.answer_next_morning("a", 8)
    journal.answer_next_morning("b", None)
    assert journal.flush()
    assert [History(file).run(run_id).comfort_next for run_id in ("a", "b")] == [8, None]
    with pytest.raises(ValueError, match="comfort_next"):
        journal.answer_next_morning("a", 11)


def test_a_pause_that_ends_before_it_begins_is_refused(journal: Journal) -> None:
    with pytest.raises(ValueError, match="does not end"):
        journal.put_pause(replace(FLU, last=date(2026, 3, 1)))
