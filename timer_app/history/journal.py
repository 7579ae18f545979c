"""The journal: writes down what is done as it is done, on a thread of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from timer_app.clock import Clock
from timer_app.history.backups import name_aside
from timer_app.history.importing import import_into, replace_with, restore_into
from timer_app.history.keeper import Keeper
from timer_app.history.mending import (
    Said,
    add_run,
    delete_pause,
    delete_run,
    mend_run,
    put_pause,
    redo,
    undo,
)
from timer_app.history.merging import Merged
from timer_app.history.playing import mark_of
from timer_app.history.records import IntervalRecord, Pause, RunBegun, RunOutcome, RunRecord
from timer_app.history.rows import (
    take_back_interval,
    write_begun,
    write_end,
    write_interval,
    write_next_morning,
    write_rating,
)
from timer_app.history.store import writing
from timer_app.history.troubles import DamagedFile, is_damage, is_full, is_worldly, not_saved, rows_not_restored
from timer_app.problems import Problem

_RETRY_SECONDS = 5.0
_WAIT_SECONDS = 10.0

_Write: TypeAlias = Callable[[sqlite3.Connection], object]


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something to be written, inside a transaction of its own; again without harm, if need be."""

    write: _Write
    run_id: str | None = None
    begins: bool = False
    ends: bool = False
    done: Callable[[], None] | None = None


class Journal:
    """Keeps the record of runs in the history `file`. It is a `Record`.

    Every call returns at once; each entry is committed by itself, in order, on the journal's thread. There too the file
    is checked from end to end when the journal is made, before anything is written to it, so that no page waits for it.
    While the disk stands in the way, entries wait in memory and are tried again with each new one and every 5 seconds.

    `on_trouble` is called on the journal's thread, once for each spell of trouble, and with HistoryDamaged when the
    file was put aside. `on_recovered` is called there with the trouble that is over: when all that waited has been
    written, or a safety copy was made again. Neither may wait for the journal.
    """

    def __init__(
        self,
        file: Path,
        clock: Clock,
        on_trouble: Callable[[Problem], None],
        on_recovered: Callable[[Problem], None] = lambda _problem: None,
    ) -> None:
        self._file = file
        self._clock = clock
        self._on_trouble = on_trouble
        self._on_recovered = on_recovered
        self._keeper = Keeper(file, clock, self._replay, on_trouble, on_recovered)
        self._in_progress: dict[str, list[_Entry]] = {}
        self._playing = mark_of(file)
        self._trouble: Problem | None = None
        self._changed = threading.Condition()
        self._waiting: deque[_Entry] = deque()
        self._added = self._written = 0
        self._asked = self._answered = 0
        self._news = True
        self._checked = False
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    def begin(self, run: RunBegun) -> None:
        """Note that a run has begun; one with an id that is known is gone on with."""
        self._add(_Entry(partial(write_begun, run=run, changed_at=self._clock.wall()), run.id, begins=True))

    def interval_ended(self, run_id: str, interval: IntervalRecord) -> None:
        """Note how an interval ended, in place of what was noted for its position before."""
        write = partial(write_interval, run_id=run_id, interval=interval, changed_at=self._clock.wall())
        self._add(_Entry(write, run_id))

    def interval_taken_back(self, run_id: str, position: int) -> None:
        """Forget how the interval at a position ended."""
        forget = partial(take_back_interval, run_id=run_id, position=position, changed_at=self._clock.wall())
        self._add(_Entry(forget, run_id))

    def end(self, run_id: str, outcome: RunOutcome, ended_at: datetime) -> None:
        """Note how the run ended."""
        write = partial(write_end, run_id=run_id, outcome=outcome, ended_at=ended_at, changed_at=self._clock.wall())
        self._add(_Entry(write, run_id, ends=True))

    def rate(
        self,
        run_id: str,
        *,
        effort: int | None = None,
        comfort_before: int | None = None,
        comfort_after: int | None = None,
        note: str | None = None,
    ) -> None:
        """Note what the person says of the run; None leaves what stands. Raises ValueError outside the scales."""
        _check_scale("effort", effort, 1)
        _check_scale("comfort before", comfort_before, 0)
        _check_scale("comfort after", comfort_after, 0)
        rating = (effort, comfort_before, comfort_after, note)
        write = partial(write_rating, run_id=run_id, rating=rating, changed_at=self._clock.wall())
        self._add(_Entry(write, run_id))

    def mend(self, run_id: str, said: Said) -> None:
        """Replace all that the person said of a run."""
        self._add(_Entry(partial(mend_run, run_id=run_id, said=said, now=self._clock.wall())))

    def add_run(self, run: RunRecord) -> None:
        """Add a run that was done away from the computer."""
        self._add(_Entry(partial(add_run, run=run, now=self._clock.wall())))

    def delete(self, run_id: str) -> None:
        """Take a run out of the history. `undo` brings it back."""
        self._add(_Entry(partial(delete_run, run_id=run_id, now=self._clock.wall())))

    def put_pause(self, pause: Pause) -> None:
        """Add a pause, or change the one with its id. Raises ValueError when it ends before it begins."""
        if pause.last is not None and pause.last < pause.first:
            raise ValueError(f"a pause from {pause.first} does not end on {pause.last}")
        self._add(_Entry(partial(put_pause, pause=pause, now=self._clock.wall())))

    def delete_pause(self, pause_id: str) -> None:
        """Take a pause out of the history."""
        self._add(_Entry(partial(delete_pause, pause_id=pause_id, now=self._clock.wall())))

    def undo(self) -> None:
        """Undo the last change that stands: of a run, its ratings, note or tags, or of a pause."""
        self._add(_Entry(partial(undo, now=self._clock.wall())))

    def redo(self) -> None:
        """Make the change again that was undone last."""
        self._add(_Entry(partial(redo, now=self._clock.wall())))

    def answer_next_morning(self, run_id: str, comfort: int | None) -> None:
        """Note how the back was on the morning after a run; None does not ask for it again.

        Raises ValueError outside 0 to 10.
        """
        _check_scale("comfort on the next morning", comfort, 0)
        write = partial(write_next_morning, run_id=run_id, comfort=comfort, changed_at=self._clock.wall())
        self._add(_Entry(write, run_id))

    def import_file(self, file: Path, on_done: Callable[[Merged], None], *, back: bool = False) -> None:
        """Bring in the runs of a history in JSON, of another computer's history file, or of a safety copy.

        With `back`, what was deleted here since comes back too. `on_done` is called on the journal's thread when all of
        it is on the disk; `on_trouble` is told when the file cannot be used.
        """
        merged: list[Merged] = []
        back_at = self._clock.wall() if back else None

        def bring_in(connection: sqlite3.Connection) -> None:
            merged[:] = [import_into(connection, file, back_at)]

        self._add(_Entry(bring_in, done=lambda: on_done(merged[0])))

    def restore_backup(self, backup: Path, on_done: Callable[[], None] | None = None) -> None:
        """Bring the runs of a safety copy back into the history; nothing that is there is lost.

        `on_done` is called on the journal's thread when all of it is on the disk; when the copy cannot be used, or not
        all of it, `on_trouble` is told.
        """
        merged: list[Merged] = []

        def bring_in(connection: sqlite3.Connection) -> None:
            merged[:] = [restore_into(connection, backup)]

        def done() -> None:
            if merged[0].left_out:
                self._on_trouble(rows_not_restored(merged[0].left_out))
            if on_done is not None:
                on_done()

        self._add(_Entry(bring_in, done=done))

    def replace_with(self, file: Path, on_done: Callable[[Merged], None]) -> None:
        """Put another history, or a safety copy, in place of all that is in this one, of which a copy is kept.

        What is being played goes on in it. `on_done` and `on_trouble` are as in `import_file`.
        """
        merged: list[Merged] = []
        kept = name_aside(self._file, "replaced", self._clock.wall())

        def bring_in(connection: sqlite3.Connection) -> None:
            merged[:] = [replace_with(connection, self._file, file, kept)]
            self._replay(connection)

        self._add(_Entry(bring_in, done=lambda: on_done(merged[0])))

    @property
    def waiting(self) -> bool:
        """Whether something that was noted is not on the disk yet."""
        with self._changed:
            return bool(self._waiting)

    def flush(self, timeout: float = _WAIT_SECONDS) -> bool:
        """Wait until all that was noted so far is on the disk, at most `timeout` seconds; return whether it is.

        Waits for the check at the start, too; returns False without waiting on when the disk stands in the way.
        """
        with self._changed:
            self._asked += 1
            mine, wanted = self._asked, self._added
            self._wake()
            self._changed.wait_for(
                lambda: self._answered >= mine or (self._checked and self._written >= wanted), timeout
            )
            return self._written >= wanted

    def close(self, timeout: float = _WAIT_SECONDS) -> bool:
        """Write what waits, close the file, and return whether all is on the disk. Waits at most `timeout` seconds."""
        with self._changed:
            self._closing = True
            self._wake()
        self._thread.join(timeout)
        with self._changed:
            return not self._waiting

    def _add(self, entry: _Entry) -> None:
        with self._changed:
            if self._closing:
                raise RuntimeError("the journal is closed")
            self._waiting.append(entry)
            self._added += 1
            self._wake()

    def _wake(self) -> None:
        self._news = True
        self._changed.notify_all()

    def _work(self) -> None:
        """Write whatever comes until the journal is closed: the journal's thread."""
        closing = False
        while not closing:
            with self._changed:
                self._changed.wait_for(lambda: self._news, _RETRY_SECONDS if self._trouble else None)
                self._news = False
                asked, closing = self._asked, self._closing
            well = self._write_all()
            with self._changed:
                self._answered = asked
                self._checked = True
                self._changed.notify_all()
            if well and (closing or not self._in_progress):
                self._keeper.settle()
        self._keeper.close()
        self._playing.release()

    def _write_all(self) -> bool:
        """Write all that waits and return whether nothing stood in the way."""
        fresh_start, room_made_at = False, -1
        while True:
            try:
                self._keeper.look()
                while (entry := self._first()) is not None:
                    self._write(entry)
            except (Problem, OSError, sqlite3.Error, DamagedFile) as error:
                if is_full(error) and room_made_at != self._written and self._keeper.make_room():
                    room_made_at = self._written
                    continue
                if fresh_start or not is_damage(error):
                    self._tell(error)
                    return False
                fresh_start = self._begin_afresh()
                if not fresh_start:
                    return False
            else:
                self._recover()
                return True

    def _first(self) -> _Entry | None:
        with self._changed:
            return self._waiting[0] if self._waiting else None

    def _write(self, entry: _Entry) -> None:
        connection = self._keeper.connection()
        if entry.begins or self._in_progress:
            # Before anybody can see the run. Somebody may be looking just now: then it is had with the next entry.
            self._playing.take()
        try:
            with writing(connection):
                entry.write(connection)
        except Problem as problem:
            # What this entry wanted cannot be had (a safety copy that is no good); the next ones can.
            self._on_trouble(problem)
        except Exception as error:
            # A fault of ours in one entry goes to the crash report, and does not stand in the way of the next.
            if is_worldly(error) or is_damage(error):
                raise
            threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, self._thread)))
        else:
            self._keep_in_progress(entry)
            self._keeper.changed(entry.run_id)
            if entry.done is not None:
                entry.done()
        with self._changed:
            self._waiting.popleft()
            self._written += 1
            self._changed.notify_all()

    def _keep_in_progress(self, entry: _Entry) -> None:
        if entry.run_id is None:
            return
        if entry.begins:
            self._in_progress.setdefault(entry.run_id, []).append(entry)
        elif entry.ends:
            self._in_progress.pop(entry.run_id, None)
            if not self._in_progress:
                self._playing.release()
        elif entry.run_id in self._in_progress:
            self._in_progress[entry.run_id].append(entry)

    def _replay(self, connection: sqlite3.Connection) -> None:
        """Write the runs in progress again, into a file that may not know them."""
        for entries in self._in_progress.values():
            for entry in entries:
                entry.write(connection)

    def _begin_afresh(self) -> bool:
        """Put a damaged file aside; return whether that could be done."""
        try:
            problem = self._keeper.put_aside()
        except (OSError, sqlite3.Error) as error:
            self._tell(error)
            return False
        self._on_trouble(problem)
        return True

    def _tell(self, error: Exception) -> None:
        if self._trouble is None:
            self._trouble = error if isinstance(error, Problem) else not_saved(self._file, error)
            self._on_trouble(self._trouble)

    def _recover(self) -> None:
        trouble, self._trouble = self._trouble, None
        if trouble is not None:
            self._on_recovered(trouble)


def _check_scale(name: str, value: int | None, lowest: int) -> None:
    if value is not None and not lowest <= value <= 10:
        raise ValueError(f"{name} goes from {lowest} to 10, not {value}")
