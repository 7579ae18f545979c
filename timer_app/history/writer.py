"""The thread that writes the history: each entry by itself, in order, for as long as it takes."""

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
"""How long a flush waits, if it is not told otherwise."""

_PATIENCE_SECONDS = 20.0
_AT_ONCE_SECONDS = 0.5


class QueuedWrite(Struct, frozen=True):
    """Something to be written, inside a transaction of its own; again without harm, if need be.

    What comes `from_file` need not be kept where it cannot be written: it is still there to be brought in.
    """

    write: Write
    run_id: str | None = None
    begins: bool = False
    ends: bool = False
    done: Callable[[], None] | None = None
    from_file: bool = False


class _WriteCancelled(Exception):  # noqa: N818 - named after what happened
    """What waited was kept aside, and is not to be written any more."""


class Writer:
    """Writes entries into the history `file`, opened and looked after by its `HistoryDatabase`, on a thread of its own.

    `on_trouble`, `on_recovered` and `spare` are the journal's.
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
        self._keeper = HistoryDatabase(file, clock, self.replay, on_trouble, on_recovered, spare=spare)
        self._in_progress: dict[str, list[QueuedWrite]] = {}
        self._playing = play_lock(file)
        self._trouble: Problem | None = None
        self._error: Exception | None = None
        self._changed = Condition()
        self._waiting: deque[QueuedWrite] = deque()
        self._added = self._written = self._steps = 0
        self._asked = self._answered = 0
        self._news = True
        self._checked = False
        self._closing = self._given_up = self._ended = False
        self._all_saved: bool | None = None
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> bool:
        """Whether something that was noted is not on the disk yet."""
        with self._changed:
            return bool(self._waiting)

    def flush(self, timeout: float) -> bool:
        """Wait until all that was added so far is on the disk, as `Journal.flush` says."""
        with self._changed:
            self._asked += 1
            mine, wanted = self._asked, self._added
            self._wake()
            self._changed.wait_for(
                lambda: self._answered >= mine or (self._checked and self._written >= wanted), timeout
            )
            return self._written >= wanted

    def close(self, patience: float | None, on_wait: Callable[[], None]) -> bool:
        """Write what waits and close the file, or keep it aside, as `Journal.close` says."""
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
                while self._goes_on(patience):
                    pass
        with self._changed:
            self._given_up = not self._ended
            self._all_saved = not self._waiting
        if self._ended:
            self._thread.join()
        if not self._all_saved:
            self._keep_unsaved()
        return self._all_saved

    def _goes_on(self, patience: float) -> bool:
        """Wait for the next step of the journal's thread; return whether it came in time, and was not the last."""
        with self._changed:
            steps = self._steps
            came = self._changed.wait_for(lambda: self._ended or self._steps != steps, patience)
            return came and not self._ended

    def _keep_unsaved(self) -> None:
        """Keep what waits for the next start, and tell of it."""
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
        """Take an entry to be written. Raises RuntimeError after the end.

        With `may_create`, a history is begun anew for what waits where the one that was there is gone.
        """
        with self._changed:
            self._keeper.may_create = self._keeper.may_create or may_create
            if self._closing:
                raise RuntimeError("the journal is closed")
            self._waiting.append(entry)
            self._added += 1
            self._wake()

    def _wake(self) -> None:
        self._news = True
        self._changed.notify_all()

    def _step(self) -> None:
        with self._changed:
            self._steps += 1
            self._changed.notify_all()

    def _work(self) -> None:
        """Write whatever comes until the journal is closed: the journal's thread."""
        again = True
        while again:
            with self._changed:
                self._changed.wait_for(lambda: self._news, self._retry_after())
                self._news = False
                asked, closing = self._asked, self._closing
            well = self._write_all()
            with self._changed:
                self._answered = asked
                self._checked = True
                self._changed.notify_all()
            if well and (closing or not self._in_progress):
                self._keeper.settle()
            # Another program may give the file back any moment; nothing else that stands in the way goes by itself.
            again = not closing or (self.waiting and is_busy(self._error) and not self._given_up)
        self._keeper.close()
        self._playing.release()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _retry_after(self) -> float | None:
        """Return the seconds until what stood in the way is tried again, None where nothing did."""
        if self._error is None:
            return None
        return _BUSY_RETRY_SECONDS if self._closing else _RETRY_SECONDS

    def _write_all(self) -> bool:
        """Write all that waits and return whether nothing stood in the way."""
        fresh_start, room_made_at = False, -1
        while True:
            try:
                self._keeper.look()
                while (entry := self._first()) is not None:
                    self._write(entry)
            except _WriteCancelled:
                return False
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

    def _first(self) -> QueuedWrite | None:
        with self._changed:
            return self._waiting[0] if self._waiting else None

    def _write(self, entry: QueuedWrite) -> None:
        was_open = self._keeper.is_open
        connection = self._keeper.connection()
        if not was_open:
            self._step()
        well = False
        if entry.begins or self._in_progress:
            # Before anybody can see the run. Somebody may be looking just now: then it is had with the next entry.
            self._playing.take()
        try:
            with writing(connection):
                self._look_whether_given_up()
                entry.write(connection)
        except _WriteCancelled:
            raise
        except Problem as problem:
            # What this entry wanted cannot be had (a safety copy that is no good); the next ones can.
            self._on_trouble(problem)
        except Exception as error:
            # A fault of ours in one entry goes to the crash report, and does not stand in the way of the next.
            if is_disk_error(error) or is_damage(error):
                raise
            threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, self._thread)))
        else:
            self._keeper.changed(entry.run_id)
            if entry.done is not None:
                entry.done()
            well = True
        with self._changed:
            if well:
                self._keep_in_progress(entry)
            self._waiting.popleft()
            self._written += 1
            self._steps += 1
            self._changed.notify_all()

    def _keep_in_progress(self, entry: QueuedWrite) -> None:
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
        """Write the runs in progress again, into a file that may not know them."""
        self._look_whether_given_up()
        for entries in self._in_progress.values():
            for entry in entries:
                entry.write(connection)

    def _look_whether_given_up(self) -> None:
        """Raise where what waits was kept aside; asked inside a transaction, before which nobody can have taken it in.

        Written after that, a run's start would take its end away.
        """
        if self._given_up:
            raise _WriteCancelled

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
        self._error = error
        if self._trouble is None and not self._given_up:
            self._trouble = error if isinstance(error, Problem) else not_saved(self._file, error)
            self._on_trouble(self._trouble)

    def _recover(self) -> None:
        trouble, self._trouble, self._error = self._trouble, None, None
        if trouble is not None and not self._given_up:
            self._on_recovered(trouble)
