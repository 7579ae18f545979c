"""The thread that writes the history: each entry in a transaction of its own, in order, with retries."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from pathlib import Path
from threading import Condition

from msgspec import Struct

from timer_app.clock import Clock
from timer_app.history.database import HistoryDatabase
from timer_app.history.db_file import writing
from timer_app.history.errors import (
    DamagedFile,
    is_busy,
    is_damage,
    is_disk_error,
    is_full,
    not_saved,
)
from timer_app.history.play_lock import play_lock
from timer_app.history.unsaved_rows import Write, history_kept, history_lost, not_imported_at_exit, save_unsaved
from timer_app.problems import Problem

_RETRY_SECONDS = 5.0
_BUSY_RETRY_SECONDS = 0.2
FLUSH_SECONDS = 10.0
"""How long a flush waits by default."""

_PATIENCE_SECONDS = 20.0
_AT_ONCE_SECONDS = 0.5


class QueuedWrite(Struct, frozen=True):
    """An idempotent write in a transaction of its own.

    One that imports a file (`from_file`) is not saved for the next start: the file is still there.
    """

    write: Write
    run_id: str | None = None
    begins: bool = False
    ends: bool = False
    done: Callable[[], None] | None = None
    from_file: bool = False


class _WriteCancelled(Exception):  # noqa: N818 - named after what happened
    """The waiting entries were saved aside, and must not be written any more."""


class Writer:
    """Write entries into the history `file`, through its `HistoryDatabase`, on a thread of its own.

    `on_trouble`, `on_recovered` and `spare` are as in `Journal`.
    """

    def __init__(
        self,
        file: Path,
        clock: Clock,
        on_trouble: Callable[[Problem], None],
        on_recovered: Callable[[Problem], None],
        spare: Path | None,
    ) -> None:
        self._file = file
        self._spare = spare
        self._clock = clock
        self._on_trouble = on_trouble
        self._on_recovered = on_recovered
        self._database = HistoryDatabase(file, clock, self.replay, on_trouble, on_recovered, spare=spare)
        self._in_progress: dict[str, list[QueuedWrite]] = {}
        self._playing = play_lock(file)
        self._trouble: Problem | None = None
        self._error: Exception | None = None
        self._changed = Condition()
        self._waiting: deque[QueuedWrite] = deque()
        self._added = self._written = self._steps = 0
        self._flushes_requested = self._flushes_done = 0
        self._has_work = True
        self._checked = False
        self._closing = self._cancelled = self._ended = False
        self._all_saved: bool | None = None
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> bool:
        """Whether an entry is not committed yet."""
        with self._changed:
            return bool(self._waiting)

    def flush(self, timeout: float) -> bool:
        """Wait until all entries so far are committed (see `Journal.flush`)."""
        with self._changed:
            self._flushes_requested += 1
            flush, target = self._flushes_requested, self._added
            self._wake()
            self._changed.wait_for(
                lambda: self._flushes_done >= flush or (self._checked and self._written >= target), timeout
            )
            return self._written >= target

    def close(self, patience: float | None, on_wait: Callable[[], None]) -> bool:
        """Write the entries that wait and close the file (see `Journal.close`)."""
        with self._changed:
            if self._all_saved is not None:
                return self._all_saved
            self._closing = True
            self._wake()
        patience = _PATIENCE_SECONDS if patience is None else patience
        with suppress(KeyboardInterrupt):
            with self._changed:
                at_once = self._changed.wait_for(lambda: self._ended, min(patience, _AT_ONCE_SECONDS))
            if not at_once:
                on_wait()
                while self._wait_for_step(patience):
                    pass
        with self._changed:
            self._cancelled = not self._ended
            self._all_saved = not self._waiting
        if self._ended:
            self._thread.join()
        if not self._all_saved:
            self._save_unsaved()
        return self._all_saved

    def _wait_for_step(self, patience: float) -> bool:
        """Wait for the next step of the thread; return whether it came in time, and was not the last."""
        with self._changed:
            steps = self._steps
            moved_on = self._changed.wait_for(lambda: self._ended or self._steps != steps, patience)
            return moved_on and not self._ended

    def _save_unsaved(self) -> None:
        """Save the waiting entries for the next start, and report that."""
        with self._changed:
            entries = [*chain.from_iterable(self._in_progress.values()), *self._waiting]
            error = self._error
        writes = [entry.write for entry in entries if not entry.from_file]
        if not writes:
            self._on_trouble(not_imported_at_exit(self._file, error))
            return
        try:
            kept, whole = save_unsaved(self._file, writes, self._clock.wall(), self._spare)
        except (OSError, sqlite3.Error) as failure:
            self._on_trouble(history_lost(self._file, error or failure))
            return
        self._on_trouble(history_kept(self._file, kept, error))
        if not whole:
            self._on_trouble(history_lost(self._file, error))

    def add(self, entry: QueuedWrite, *, may_create: bool = False) -> None:
        """Queue an entry. Raises RuntimeError after the end.

        With `may_create`, a new history is created where the old one is missing.
        """
        with self._changed:
            self._database.may_create = self._database.may_create or may_create
            if self._closing:
                raise RuntimeError("the journal is closed")
            self._waiting.append(entry)
            self._added += 1
            self._wake()

    def _wake(self) -> None:
        self._has_work = True
        self._changed.notify_all()

    def _step(self) -> None:
        with self._changed:
            self._steps += 1
            self._changed.notify_all()

    def _work(self) -> None:
        """Write entries until the journal is closed: the body of the thread."""
        again = True
        while again:
            with self._changed:
                self._changed.wait_for(lambda: self._has_work, self._retry_after())
                self._has_work = False
                requested, closing = self._flushes_requested, self._closing
            succeeded = self._write_all()
            with self._changed:
                self._flushes_done = requested
                self._checked = True
                self._changed.notify_all()
            if succeeded and (closing or not self._in_progress):
                self._database.maintain()
            # Another program may release the file any moment; no other failure ends by itself.
            again = not closing or (self.waiting and is_busy(self._error) and not self._cancelled)
        self._database.close()
        self._playing.release()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _retry_after(self) -> float | None:
        """Return the seconds until a failed write is tried again, None where none failed."""
        if self._error is None:
            return None
        return _BUSY_RETRY_SECONDS if self._closing else _RETRY_SECONDS

    def _write_all(self) -> bool:
        """Write the waiting entries and return whether that succeeded."""
        fresh_start, room_made_at = False, -1
        while True:
            try:
                self._database.check()
                while (entry := self._first()) is not None:
                    self._write(entry)
            except _WriteCancelled:
                return False
            except (Problem, OSError, sqlite3.Error, DamagedFile) as error:
                if is_full(error) and room_made_at != self._written and self._database.make_room():
                    room_made_at = self._written
                    continue
                if fresh_start or not is_damage(error):
                    self._report(error)
                    return False
                fresh_start = self._replace_damaged()
                if not fresh_start:
                    return False
            else:
                self._recover()
                return True

    def _first(self) -> QueuedWrite | None:
        with self._changed:
            return self._waiting[0] if self._waiting else None

    def _write(self, entry: QueuedWrite) -> None:
        was_open = self._database.is_open
        connection = self._database.connection()
        if not was_open:
            self._step()
        succeeded = False
        if entry.begins or self._in_progress:
            # Before anybody can see the run. While another program tests the lock, it is acquired with the next entry.
            self._playing.acquire()
        try:
            with writing(connection):
                self._raise_if_cancelled()
                entry.write(connection)
        except _WriteCancelled:
            raise
        except Problem as problem:
            # This entry cannot be written (as with a damaged safety copy); the next ones can.
            self._on_trouble(problem)
        except Exception as error:
            # A bug in one entry goes to the crash report, and does not stop the next.
            if is_disk_error(error) or is_damage(error):
                raise
            threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, self._thread)))
        else:
            self._database.changed(entry.run_id)
            if entry.done is not None:
                entry.done()
            succeeded = True
        with self._changed:
            if succeeded:
                self._update_in_progress(entry)
            self._waiting.popleft()
            self._written += 1
            self._steps += 1
            self._changed.notify_all()

    def _update_in_progress(self, entry: QueuedWrite) -> None:
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

    def replay(self, connection: sqlite3.Connection) -> None:
        """Write the runs in progress again, into a file that may not have them."""
        self._raise_if_cancelled()
        for entries in self._in_progress.values():
            for entry in entries:
                entry.write(connection)

    def _raise_if_cancelled(self) -> None:
        """Raise where the waiting entries were saved aside; checked in a transaction, before anybody can import them.

        Written after that, a run's start would remove its end.
        """
        if self._cancelled:
            raise _WriteCancelled

    def _replace_damaged(self) -> bool:
        """Put a damaged file aside; return whether that succeeded."""
        try:
            problem = self._database.put_aside()
        except (OSError, sqlite3.Error) as error:
            self._report(error)
            return False
        self._on_trouble(problem)
        return True

    def _report(self, error: Exception) -> None:
        self._error = error
        if self._trouble is None and not self._cancelled:
            self._trouble = error if isinstance(error, Problem) else not_saved(self._file, error)
            self._on_trouble(self._trouble)

    def _recover(self) -> None:
        trouble, self._trouble, self._error = self._trouble, None, None
        if trouble is not None and not self._cancelled:
            self._on_recovered(trouble)
