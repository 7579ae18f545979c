"""Edit the history with undo and redo, for 30 days.

Each change is stored in the file with the values before and after it, so that it can be undone after a restart. Every
function works inside the caller's transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from msgspec import Struct

from timer_app.history.bounds import CHANGE, PAUSE, RUN
from timer_app.history.db_file import row_seal
from timer_app.history.errors import entry_gone
from timer_app.history.records import Pause, PauseKind, RunRecord, Tag, TagKind
from timer_app.history.row_mapping import (
    change_time,
    clean,
    day,
    local_time,
    moment,
    put_tags,
    seal_pause_as,
    seal_run_as,
    validate,
    write_pause,
    write_run,
)

UNDO_FOR = timedelta(days=30)
"""How long a change can be undone."""

_CHANGE = {name: CHANGE[name] for name in ("made_at", "subject", "id", "before", "after")}
_RATINGS = ("effort", "comfort_before", "comfort_after", "comfort_next", "note")
_PAUSE = ("kind", "first_day", "last_day", "note")

_State: TypeAlias = dict[str, object]
"""The editable values of a run or a pause, as JSON types; `deleted` is a boolean."""

_Row: TypeAlias = tuple[int, int, str, str, str, str]
"""A change: number, when, subject, id, before and after."""


def check_ratings(**ratings: int | None) -> None:
    """Raise ValueError for a rating outside its bounds; the names are those of the columns."""
    for name, rating in ratings.items():
        if not RUN[name].accepts(rating):
            raise ValueError(f"{name} is {RUN[name].describe()}, not {rating}")


def check_pause(pause: Pause) -> None:
    """Raise ValueError for a pause that ends before it begins."""
    if pause.last is not None and pause.last < pause.first:
        raise ValueError(f"a pause from {pause.first} does not end on {pause.last}")


class RunFeedback(Struct, frozen=True):
    """The user's feedback on a run: the ratings (None where left out), the note and the tags."""

    effort: int | None = None
    comfort_before: int | None = None
    comfort_after: int | None = None
    comfort_next: int | None = None
    note: str = ""
    tags: tuple[Tag, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a rating outside its scale."""
        check_ratings(
            effort=self.effort,
            comfort_before=self.comfort_before,
            comfort_after=self.comfort_after,
            comfort_next=self.comfort_next,
        )

    @classmethod
    def of(cls, run: RunRecord) -> RunFeedback:
        """Return the feedback in a run."""
        return cls(run.effort, run.comfort_before, run.comfort_after, run.comfort_next, run.note, run.tags)


class HistoryEdit(Struct, frozen=True):
    """A change that can be undone or redone: when it was made, of which run or pause, and the names of what changed.

    Among the names are those of `RunFeedback`, of `Pause`, and `deleted`, which adding something changes, too.
    `deletes` means that the change deleted it.
    """

    made_at: datetime
    subject: str
    id: str
    fields: tuple[str, ...]
    deletes: bool = False


def set_feedback(connection: sqlite3.Connection, run_id: str, feedback: RunFeedback, now: datetime) -> None:
    """Replace the user's feedback on a run. Raises Problem when the run is not there any more."""
    tags = sorted({(tag.kind.value, clean(tag.word).strip()) for tag in feedback.tags})
    values: _State = {name: getattr(feedback, name) for name in _RATINGS}
    values |= {"note": clean(feedback.note), "tags": [[kind, word] for kind, word in tags if word]}
    _change(connection, "run", run_id, values, now)


def delete_run(connection: sqlite3.Connection, run_id: str, now: datetime) -> None:
    """Delete a run. Raises Problem when it is not there."""
    _change(connection, "run", run_id, {"deleted": True}, now)


def restore(connection: sqlite3.Connection, subject: str, of_id: str, now: datetime) -> None:
    """Restore a deleted `run` or `pause`. Raises Problem when it was never there."""
    _change(connection, subject, of_id, {"deleted": False}, now)


def add_run(connection: sqlite3.Connection, run: RunRecord, now: datetime) -> None:
    """Add a run that was done away from the computer."""
    write_run(connection, run, now)
    _note(connection, ("run", run.begun.id), {"deleted": True}, {"deleted": False}, now)


def put_pause(connection: sqlite3.Connection, pause: Pause, now: datetime) -> None:
    """Add a pause, or change the one with its id. Raises ValueError when it ends before it begins."""
    check_pause(pause)
    old = _state_or_none(connection, "pause", pause.id) or {"deleted": True}
    write_pause(connection, pause, now)
    state = _state(connection, "pause", pause.id)
    after = {name: value for name, value in state.items() if old.get(name, value) != value}
    if after:
        _note(connection, ("pause", pause.id), {name: old[name] for name in after}, after, now)


def delete_pause(connection: sqlite3.Connection, pause_id: str, now: datetime) -> None:
    """Delete a pause. Raises Problem when it is not there."""
    _change(connection, "pause", pause_id, {"deleted": True}, now)


def undo(connection: sqlite3.Connection, now: datetime) -> bool:
    """Undo the last change of the last 30 days; return whether there was one."""
    return _apply_next(connection, now, is_undo=True)


def redo(connection: sqlite3.Connection, now: datetime) -> bool:
    """Redo the change that was undone last; return whether there was one."""
    return _apply_next(connection, now, is_undo=False)


def undoable(connection: sqlite3.Connection, now: datetime) -> HistoryEdit | None:
    """Return the change that `undo` would undo, or None."""
    return _as_edit(_next(connection, now, is_undo=True))


def redoable(connection: sqlite3.Connection, now: datetime) -> HistoryEdit | None:
    """Return the change that `redo` would redo, or None."""
    return _as_edit(_next(connection, now, is_undo=False))


def pauses(connection: sqlite3.Connection) -> tuple[Pause, ...]:
    """Return all pauses, newest first."""
    query = f"SELECT {', '.join(PAUSE)} FROM pause WHERE deleted_at IS NULL ORDER BY first_day DESC, id"  # noqa: S608 - column names of ours
    result = []
    for row in connection.execute(query):
        validate(PAUSE, row)
        pause_id, kind, first, last, note, *_when = row
        result.append(Pause(pause_id, PauseKind(kind), day(first), None if last is None else day(last), note))
    return tuple(result)


def _change(connection: sqlite3.Connection, subject: str, of_id: str, values: _State, now: datetime) -> None:
    """Set the values and record what differs."""
    old = _state(connection, subject, of_id)
    after = {name: value for name, value in values.items() if old[name] != value}
    if after:
        _apply(connection, subject, of_id, after, now)
        _note(connection, (subject, of_id), {name: old[name] for name in after}, after, now)


def _note(
    connection: sqlite3.Connection, changed: tuple[str, str], before: _State, after: _State, now: datetime
) -> None:
    """Record a change; what was undone before it cannot be redone any more."""
    made_at = moment(now)[0]
    connection.execute(
        "DELETE FROM change WHERE undone = 1 OR made_at < ?", (made_at - UNDO_FOR // timedelta(microseconds=1),)
    )
    query = "INSERT INTO change (made_at, subject, id, before, after) VALUES (?, ?, ?, ?, ?)"
    number = connection.execute(query, (made_at, *changed, _as_text(before), _as_text(after))).lastrowid
    _seal_change(connection, number)


def _apply_next(connection: sqlite3.Connection, now: datetime, *, is_undo: bool) -> bool:
    row = _next(connection, now, is_undo=is_undo)
    if row is None:
        return False
    number, _made_at, subject, of_id, *states = row
    before, after = map(json.loads, states)
    applied, replaced = (before, after) if is_undo else (after, before)
    # Another computer, or the finish page, may have changed the values since: the opposite step restores those.
    state = _state(connection, subject, of_id)
    replaced |= {name: state[name] for name in replaced if name != "deleted"}
    _apply(connection, subject, of_id, applied, now)
    query = "UPDATE change SET undone = ?, before = ?, after = ? WHERE number = ?"
    connection.execute(query, (int(is_undo), _as_text(before), _as_text(after), number))
    _seal_change(connection, number)
    return True


def _next(connection: sqlite3.Connection, now: datetime, *, is_undo: bool) -> _Row | None:
    since = moment(now - UNDO_FOR)[0]
    query = "SELECT number, made_at, subject, id, before, after FROM change WHERE undone = ? AND made_at >= ?"
    order = "DESC" if is_undo else "ASC"
    row: _Row | None = connection.execute(
        f"{query} ORDER BY number {order} LIMIT 1", (int(not is_undo), since)
    ).fetchone()
    if row is not None:
        validate(_CHANGE, row[1:])
    return row


def _as_text(state: _State) -> str:
    return json.dumps(state, ensure_ascii=False, sort_keys=True)


def _as_edit(row: _Row | None) -> HistoryEdit | None:
    if row is None:
        return None
    _number, made_at, subject, of_id, _before, after = row
    values: Mapping[str, object] = json.loads(after)
    return HistoryEdit(local_time(made_at, 0), subject, of_id, tuple(sorted(values)), values.get("deleted") is True)


def _seal_change(connection: sqlite3.Connection, number: int | None) -> None:
    if number is None:
        raise LookupError("a change without its number")
    connection.execute("UPDATE change SET seal = ? WHERE number = ?", (row_seal(connection, "change", number), number))


def _state(connection: sqlite3.Connection, subject: str, of_id: str) -> _State:
    """Return the editable values of a run or a pause. Raises Problem when it is not there."""
    state = _state_or_none(connection, subject, of_id)
    if state is None:
        raise entry_gone()
    return state


def _state_or_none(connection: sqlite3.Connection, subject: str, of_id: str) -> _State | None:
    columns = _RATINGS if subject == "run" else _PAUSE
    query = f"SELECT {', '.join(columns)}, deleted_at IS NOT NULL, number FROM {subject} WHERE id = ?"  # noqa: S608 - column names of ours
    row = connection.execute(query, (of_id,)).fetchone()
    if row is None:
        return None
    state: _State = dict(zip((*columns, "deleted"), (*row[:-2], bool(row[-2])), strict=True))
    if subject == "run":
        tags = connection.execute("SELECT kind, word FROM tag WHERE run = ? ORDER BY kind, word", (row[-1],))
        state["tags"] = [list(tag) for tag in tags]
    return state


def _apply(
    connection: sqlite3.Connection, subject: str, of_id: str, values: Mapping[str, object], now: datetime
) -> None:
    """Set the values, and seal the run or the pause. Raises Problem when it is not there."""
    query = f"SELECT number, changed_at FROM {subject} WHERE id = ?"  # noqa: S608 - a table of ours
    row = connection.execute(query, (of_id,)).fetchone()
    if row is None:
        raise entry_gone()
    number, changed_at = row
    for name, value in values.items():
        if name == "tags":
            put_tags(connection, number, (Tag(TagKind(kind), word) for kind, word in _pairs(value)))
        elif name == "deleted":
            query = f"UPDATE {subject} SET deleted_at = ? WHERE number = ?"  # noqa: S608 - a table of ours
            connection.execute(query, (moment(now)[0] if value else None, number))
        elif name in (_RATINGS if subject == "run" else _PAUSE):
            connection.execute(f"UPDATE {subject} SET {name} = ? WHERE number = ?", (value, number))  # noqa: S608 - column names of ours
    if subject == "run":
        seal_run_as(connection, number, change_time(now, changed_at))
    else:
        seal_pause_as(connection, of_id, change_time(now, changed_at))


def _pairs(value: object) -> list[tuple[str, str]]:
    return [(str(kind), str(word)) for kind, word in value] if isinstance(value, list) else []
