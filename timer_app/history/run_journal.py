"""The journal: record runs and edits of the history, written on a thread of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from timer_app.clock import Clock
from timer_app.history.backups import unused_name
from timer_app.history.errors import rows_not_restored
from timer_app.history.exchange.history_import import import_into, replace_with, restore_into
from timer_app.history.merge import MergeResult
from timer_app.history.records import IntervalRecord, Pause, RunBegun, RunOutcome, RunRecord
from timer_app.history.row_mapping import (
    write_begun,
    write_end,
    write_interval,
    write_next_morning,
    write_rating,
    write_resume_at,
)
from timer_app.history.run_edits import (
    RunFeedback,
    add_run,
    check_pause,
    check_ratings,
    delete_pause,
    delete_run,
    put_pause,
    redo,
    set_feedback,
    undo,
)
from timer_app.history.writer import FLUSH_SECONDS, QueuedWrite, Writer
from timer_app.problems import Problem


class Journal:
    """Record runs in the history `file`; a `RunRecorder`.

    Every call returns at once; each entry is committed in a transaction of its own, in order, on the journal's thread.
    When the journal is made, the file is checked there from end to end before anything is written to it. While the disk
    fails, entries wait in memory and are tried again with each new one and every 5 seconds. What still waits when the
    journal is closed is saved beside the history or in the folder `spare`, for the next one (see `unsaved_rows`).

    `on_trouble` is called on the journal's thread, once for each failure that lasts, and with HistoryDamaged when the
    file was put aside. `on_recovered` is called there with the problem that is over: when all entries have been
    written, or a safety copy was made again. Neither may wait for the journal.
    """

    def __init__(
        self,
        file: Path,
        clock: Clock,
        on_trouble: Callable[[Problem], None],
        on_recovered: Callable[[Problem], None] = lambda _problem: None,
        spare: Path | None = None,
    ) -> None:
        self._file = file
        self._clock = clock
        self._on_trouble = on_trouble
        self._writer = Writer(file, clock, on_trouble, on_recovered, spare)

    def begin(self, run: RunBegun) -> None:
        """Record the start of a run; one with a known id is resumed."""
        self._writer.add(QueuedWrite(partial(write_begun, run=run, changed_at=self._clock.wall()), run.id, begins=True))

    def interval_ended(self, run_id: str, interval: IntervalRecord) -> None:
        """Record how an interval ended, in place of an older record of its position."""
        write = partial(write_interval, run_id=run_id, interval=interval, changed_at=self._clock.wall())
        self._writer.add(QueuedWrite(write, run_id))

    def set_resume_at(self, run_id: str, position: int | None) -> None:
        """Record at which position the run would be resumed, None for behind its last interval."""
        write = partial(write_resume_at, run_id=run_id, position=position, changed_at=self._clock.wall())
        self._writer.add(QueuedWrite(write, run_id))

    def end(self, run_id: str, outcome: RunOutcome, ended_at: datetime) -> None:
        """Record how the run ended."""
        write = partial(write_end, run_id=run_id, outcome=outcome, ended_at=ended_at, changed_at=self._clock.wall())
        self._writer.add(QueuedWrite(write, run_id, ends=True))

    def rate(
        self,
        run_id: str,
        *,
        effort: int | None = None,
        comfort_before: int | None = None,
        comfort_after: int | None = None,
        note: str | None = None,
    ) -> None:
        """Record ratings and the note; None leaves a value as it is. Raises ValueError outside the scales."""
        check_ratings(effort=effort, comfort_before=comfort_before, comfort_after=comfort_after)
        rating = (effort, comfort_before, comfort_after, note)
        write = partial(write_rating, run_id=run_id, rating=rating, changed_at=self._clock.wall())
        self._writer.add(QueuedWrite(write, run_id))

    def set_feedback(self, run_id: str, feedback: RunFeedback) -> None:
        """Replace the user's feedback on a run."""
        self._writer.add(QueuedWrite(partial(set_feedback, run_id=run_id, feedback=feedback, now=self._clock.wall())))

    def add_run(self, run: RunRecord) -> None:
        """Add a run that was done away from the computer."""
        self._writer.add(QueuedWrite(partial(add_run, run=run, now=self._clock.wall())))

    def delete(self, run_id: str) -> None:
        """Delete a run. `undo` restores it."""
        self._writer.add(QueuedWrite(partial(delete_run, run_id=run_id, now=self._clock.wall())))

    def put_pause(self, pause: Pause) -> None:
        """Add a pause, or change the one with its id. Raises ValueError when it ends before it begins."""
        check_pause(pause)
        self._writer.add(QueuedWrite(partial(put_pause, pause=pause, now=self._clock.wall())))

    def delete_pause(self, pause_id: str) -> None:
        """Delete a pause."""
        self._writer.add(QueuedWrite(partial(delete_pause, pause_id=pause_id, now=self._clock.wall())))

    def undo(self) -> None:
        """Undo the last change of a run, its ratings, note or tags, or of a pause."""
        self._writer.add(QueuedWrite(partial(undo, now=self._clock.wall())))

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self._writer.add(QueuedWrite(partial(redo, now=self._clock.wall())))

    def answer_next_morning(self, run_id: str, comfort: int | None) -> None:
        """Record the comfort on the morning after a run; None only records that it was asked.

        Raises ValueError outside 0 to 10.
        """
        check_ratings(comfort_next=comfort)
        write = partial(write_next_morning, run_id=run_id, comfort=comfort, changed_at=self._clock.wall())
        self._writer.add(QueuedWrite(write, run_id))

    def import_file(self, file: Path, on_done: Callable[[MergeResult], None], *, restore_deleted: bool = False) -> None:
        """Import a history in JSON, another computer's history file, or a safety copy.

        With `restore_deleted`, runs that were deleted here are restored, too. `on_done` is called on the journal's
        thread after the commit; `on_trouble` when the file cannot be used.
        """
        merged: list[MergeResult] = []
        restored_at = self._clock.wall() if restore_deleted else None

        def write(connection: sqlite3.Connection) -> None:
            merged[:] = [import_into(connection, file, restored_at)]

        self._writer.add(
            QueuedWrite(write, done=lambda: on_done(merged[0]), from_file=True), may_create=restore_deleted
        )

    def restore_backup(self, backup: Path, on_done: Callable[[], None] | None = None) -> None:
        """Merge a safety copy into the history; nothing that is there is lost.

        `on_done` is called on the journal's thread after the commit; `on_trouble` when the copy, or part of it, cannot
        be used.
        """
        merged: list[MergeResult] = []

        def write(connection: sqlite3.Connection) -> None:
            merged[:] = [restore_into(connection, backup)]

        def done() -> None:
            if merged[0].left_out:
                self._on_trouble(rows_not_restored(merged[0].left_out))
            if on_done is not None:
                on_done()

        self._writer.add(QueuedWrite(write, done=done, from_file=True), may_create=True)

    def replace_with(self, file: Path, on_done: Callable[[MergeResult], None]) -> None:
        """Replace the whole history by another, or by a safety copy; a copy of the old one is kept.

        A run in progress continues in it. `on_done` and `on_trouble` are as in `import_file`.
        """
        merged: list[MergeResult] = []
        kept = unused_name(self._file, "replaced", self._clock.wall())

        def write(connection: sqlite3.Connection) -> None:
            merged[:] = [replace_with(connection, self._file, file, kept)]
            self._writer.replay(connection)

        self._writer.add(QueuedWrite(write, done=lambda: on_done(merged[0]), from_file=True), may_create=True)

    def create_new(self, on_done: Callable[[], None] | None = None) -> None:
        """Create a history where the old one is missing; an existing one is left alone.

        `on_done` is called on the journal's thread after the commit.
        """
        self._writer.add(QueuedWrite(lambda _connection: None, done=on_done, from_file=True), may_create=True)

    @property
    def waiting(self) -> bool:
        """Whether an entry is not committed yet."""
        return self._writer.waiting

    def flush(self, timeout: float = FLUSH_SECONDS) -> bool:
        """Wait until all entries so far are committed, at most `timeout` seconds; return whether they are.

        Waits for the check at the start, too; returns False at once when the disk fails.
        """
        return self._writer.flush(timeout)

    def close(self, patience: float | None = None, on_wait: Callable[[], None] = lambda: None) -> bool:
        """Write the entries that wait, close the file, and return whether all are in the history.

        Waits until nothing was written for `patience` seconds, 20 if None, or Ctrl+C. Then the rest is saved for the
        next start, and `on_trouble` is called on this thread. `on_wait` is called once where it takes longer than half
        a second.
        """
        return self._writer.close(patience, on_wait)
