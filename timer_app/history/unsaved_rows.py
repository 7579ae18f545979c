"""Save what could not be written when the program ended beside the history, for an import at the next start.

Each such file is a history of its own with the new rows. It is merged as another computer's is, so that importing it
twice, after a start that was killed in between, changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from secrets import token_hex
from typing import TypeAlias

from timer_app.history.backups import copy_to
from timer_app.history.db_file import empty_store, migrate, open_for_reading, writing
from timer_app.history.errors import (
    DamagedFile,
    HistoryKept,
    HistoryLost,
    HistoryNotSaved,
    HistoryUnreadable,
    reason_of,
)
from timer_app.i18n import _
from timer_app.problems import Problem

Write: TypeAlias = Callable[[sqlite3.Connection], object]
"""A change of a history, inside the caller's transaction."""


def unsaved_files(file: Path, spare: Path | None = None) -> tuple[Path, ...]:
    """Return the files with unsaved rows of a history, oldest first."""
    pattern = f"{escape(file.stem)}.unsaved-*{escape(file.suffix)}"
    files = (kept for folder in _folders(file, spare) for kept in folder.glob(pattern))
    return tuple(sorted(files, key=lambda kept: kept.name))


def save_unsaved(file: Path, writes: Iterable[Write], now: datetime, spare: Path | None = None) -> tuple[Path, bool]:
    """Save what `writes` change in a copy of the history; return its path, and whether all of them succeeded.

    It is saved beside the history, or else in the folder `spare`, if there is one. A write can fail where the history
    cannot be read. Raises OSError, sqlite3.Error.
    """
    whole = True
    stamp = now.astimezone(UTC).strftime("%Y-%m-%d-%H%M%S")
    name = f"{file.stem}.unsaved-{stamp}-{token_hex(3)}{file.suffix}"
    with closing(_load_copy(file)) as memory:
        before = _states(memory)
        for write in writes:
            try:
                with writing(memory):
                    write(memory)
            except (LookupError, Problem):
                whole = False
        _leave_out(memory, before)
        return _copy_into(_folders(file, spare), name, memory), whole


def _folders(file: Path, spare: Path | None) -> tuple[Path, ...]:
    return (file.parent,) if spare is None else (file.parent, spare)


def _copy_into(folders: tuple[Path, ...], name: str, memory: sqlite3.Connection) -> Path:
    """Write a history into the first folder that can be written to; return its path. Raises OSError, sqlite3.Error."""
    first, *others = folders
    try:
        copy_to(memory, first / name)
    except (OSError, sqlite3.Error):
        if not others:
            raise
        return _copy_into(tuple(others), name, memory)
    return first / name


def _load_copy(file: Path) -> sqlite3.Connection:
    """Return the history in memory, or an empty one where it cannot be read."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with closing(open_for_reading(file)) as history:
            history.backup(memory)
        migrate(memory)
    except (Problem, sqlite3.Error, DamagedFile):
        memory.close()
        return empty_store()
    return memory


def _states(memory: sqlite3.Connection) -> set[tuple[str, str, int]]:
    """Return all runs and pauses, each with the time of its last change."""
    return set(
        memory.execute("SELECT 'run', id, changed_at FROM run UNION ALL SELECT 'pause', id, changed_at FROM pause")
    )


def _leave_out(memory: sqlite3.Connection, before: set[tuple[str, str, int]]) -> None:
    """Delete the unchanged rows: a disk with little room may still take the rest."""
    memory.execute("PRAGMA foreign_keys = ON")
    for table, of_id, changed_at in before & _states(memory):
        memory.execute(f"DELETE FROM {table} WHERE id = ? AND changed_at = ?", (of_id, changed_at))  # noqa: S608 - a table of ours
    memory.execute("DELETE FROM definition WHERE number NOT IN (SELECT definition FROM run)")
    for table in ("change", "summed", "day_sum", "exercise_sum", "comfort_sum"):
        memory.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours
    memory.execute("VACUUM")


def history_kept(file: Path, kept: Path, error: Exception | None) -> HistoryKept:
    """Return the problem of rows that are in `kept` until the next start; `error` is None for a disk that hangs."""
    return HistoryKept(
        _with_reason(_("What you did last is not in your history yet"), _reason_at_exit(file, error)[0]),
        _("It is kept in {file}, and put into your history at the next start.").format(file=kept),
    )


def history_lost(file: Path, error: Exception | None) -> HistoryLost:
    """Return the problem of rows that could be written neither to the history nor beside it."""
    reason, remedy = _reason_at_exit(file, error)
    what = _("Some of what you did last could not be written to your history, and is lost")
    return HistoryLost(_with_reason(what, reason), remedy)


def not_imported_at_exit(file: Path, error: Exception | None) -> HistoryNotSaved:
    """Return the problem of a file that could not be imported before the program ended."""
    reason, remedy = _reason_at_exit(file, error)
    return HistoryNotSaved(
        _with_reason(_("Nothing was brought into your history"), reason),
        (remedy + " " + _("Try it again then.")).strip(),
    )


def kept_unreadable(kept: Path) -> HistoryUnreadable:
    """Return the problem of a file with unsaved rows that cannot be read."""
    return HistoryUnreadable(
        _("Some of what you did last could not be put into your history: what was kept of it cannot be read."),
        _("It is in {file}. Look at your last session, and add what is missing.").format(file=kept),
    )


def _with_reason(what: str, reason: str) -> str:
    """Return a sentence with its reason, as part of it or as a sentence of its own."""
    return f"{what}. {reason}" if reason.endswith(".") else f"{what}: {reason}."


def _reason_at_exit(file: Path, error: Exception | None) -> tuple[str, str]:
    """Return the reason of a failure, and what to do about it; `error` is None for a disk that hangs."""
    if isinstance(error, Problem):
        return error.what, error.advice
    if error is None:
        return _("the disk does not answer"), ""
    return reason_of(file, error)
