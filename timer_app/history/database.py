"""The open history file over its life: checked, put aside when damaged, copied for safety.

Used on the journal's thread alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from timer_app.clock import Clock, Milliseconds
from timer_app.history.backups import (
    BACKUP_EVERY,
    back_up,
    copy_aside,
    has_stray_log,
    list_backups,
    newest_sound,
    put_aside,
    unused_name,
)
from timer_app.history.db_file import is_empty, open_store, writing
from timer_app.history.errors import (
    DamagedFile,
    HistoryCut,
    HistoryDamaged,
    HistoryMissing,
    HistoryRefused,
    HistoryUnreadable,
    history_behind,
    history_moved,
    no_backup,
)
from timer_app.history.exchange.history_import import restore_into
from timer_app.history.last_write_marker import delete_marker, is_behind_marker, write_marker
from timer_app.history.missing_file import history_missing, is_missing
from timer_app.history.row_mapping import local_time
from timer_app.history.row_validation import quarantine_invalid_rows
from timer_app.history.statistics.weekly_aggregates import sum_up
from timer_app.history.unsaved_rows import history_kept, kept_unreadable, unsaved_files
from timer_app.history.wal_check import has_cut_log
from timer_app.problems import Problem

_BACKUP_EVERY_MS: Milliseconds = BACKUP_EVERY // timedelta(milliseconds=1)


class HistoryDatabase:
    """Opens the history as it is needed and looks after it.

    `replay` writes the sessions in progress into a file that was opened in place of another; `tell` takes what the
    person should know, and `tell_over` which trouble is over. A file is checked wholly the first time that it is
    opened, before anything is written. With `may_create`, a history is begun anew where the one that was there is gone,
    and nothing more is told of that. What could not be saved is looked for beside it, and in the folder `spare`.
    """

    def __init__(
        self,
        file: Path,
        clock: Clock,
        replay: Callable[[sqlite3.Connection], None],
        tell: Callable[[Problem], None],
        tell_over: Callable[[Problem], None] = lambda _problem: None,
        *,
        spare: Path | None = None,
    ) -> None:
        self._file = file
        self._clock = clock
        self._replay = replay
        self._tell = tell
        self._tell_over = tell_over
        self._spare = spare
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._changed = self._unsettled = False
        self._backed_up: Milliseconds | None = None
        self._no_backup: Problem | None = None
        self._missing: HistoryMissing | None = None
        self.may_create = False
        self._looked_into_log = False

    @property
    def is_open(self) -> bool:
        """Whether the file is open."""
        return self._connection is not None

    def look(self) -> None:
        """Open and check the file if there is one, and raise as `connection` does.

        A file that lost all its content is damaged, too.
        """
        self._look_for_file()
        if has_stray_log(self._file):
            put_aside(self._file, self._clock.wall())
        if not self._looked_into_log:
            self._look_into_log()
        begins = self.may_create and is_missing(self._file)
        if self._connection is None and (begins or self._file.exists() or self._unsaved()):
            if self._file.exists() and is_empty(self._file) and list_backups(self._file):
                raise DamagedFile(("there is nothing in it any more",))
            self.connection()

    def connection(self) -> sqlite3.Connection:
        """Return the open file, opened or made if need be.

        Raises HistoryMissing for a link that leads nowhere, HistoryRefused, DamagedFile, sqlite3.Error, OSError.
        """
        if self._connection is not None:
            if self._identity == self._identity_now():
                return self._connection
            self.close()
            if not is_missing(self._file):
                self._tell(history_moved(self._file))
        self._look_for_file()
        if not self._file.exists():
            # The new one need not have what the one before had.
            delete_marker(self._file)
        # Another file than before is a stranger; the same one was checked when it was first opened.
        same = self._identity is not None and self._identity == self._identity_now()
        connection = open_store(self._file, check=not same)
        try:
            if self._identity is None:
                self._look_for_last(connection)
            if not same:
                self._set_aside(connection)
            with writing(connection):
                self._replay(connection)
            self._take_in_unsaved(connection)
            self._changed = self._changed or self._is_newer_than_backups(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._identity = connection, self._identity_now()
        self.may_create, self._missing = False, None
        return connection

    def put_aside(self) -> HistoryDamaged:
        """Move the damaged file out of the way and return what to tell the person. Raises OSError."""
        self.close()
        now = self._clock.wall()
        kept = put_aside(self._file, now)
        self.may_create = True
        return HistoryDamaged(kept, newest_sound(self._file), now)

    def changed(self, run_id: str | None = None) -> None:
        """Note that there is something new, and in which run, if it is in one."""
        self._changed = self._unsettled = True
        if run_id is not None and self._connection is not None:
            write_marker(self._connection, self._file, run_id)

    def settle(self) -> None:
        """Do what is better done between two sessions: sum up, bring all into one file, make a safety copy when due.

        A copy is due where there is something new and the last one is 30 minutes old. Tells of trouble with it once,
        and when that is over.
        """
        if self._connection is None:
            return
        # What cannot be summed up now is added up whenever it is looked at.
        with suppress(sqlite3.Error):
            sum_up(self._connection)
        if self._unsettled:
            # From now on the file by itself tells all, to whoever copies it. Where that fails, the log still tells it.
            self._bring_in(self._connection)
            self._unsettled = False
        if self._changed:
            self._back_up_if_due(self._connection)

    def make_room(self) -> bool:
        """Let the log be written from its beginning again, and return whether that gained anything.

        It holds each change with the pages around it, so that an hour's session fills a hundred times what it leaves.
        """
        return self._connection is not None and self._bring_in(self._connection)

    def _bring_in(self, connection: sqlite3.Connection) -> bool:
        """Bring what is in the log into the file; return whether there was anything, and it fitted in."""
        try:
            _busy, _in_log, brought = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.OperationalError:
            return False
        return bool(brought > 0)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _look_for_file(self) -> None:
        """Tell, once, that the file is gone; raise it where that is a link's, which may lead there again."""
        if not is_missing(self._file):
            was_missing, self._missing = self._missing, None
            if was_missing is not None and was_missing.link is None:
                self._tell_over(was_missing)
        elif not self.may_create:
            is_news = self._missing is None
            told = self._missing = self._missing or history_missing(self._file, self._clock.wall())
            if told.link is not None:
                raise told
            if is_news:
                self._tell(told)

    def _look_into_log(self) -> None:
        """Keep a copy of a log that SQLite would cut short, and tell of it. Raises OSError."""
        if has_cut_log(self._file):
            try:
                kept = copy_aside(self._file, self._clock.wall())
            except OSError:
                kept = None
            self._tell(HistoryCut(kept))
        self._looked_into_log = True

    def _look_for_last(self, connection: sqlite3.Connection) -> None:
        """Tell, once, that what was written last is not there any more. Raises OSError, sqlite3.Error."""
        if is_behind_marker(connection, self._file):
            self._tell(history_behind(next(iter(list_backups(self._file)), None)))
            delete_marker(self._file)

    def _set_aside(self, connection: sqlite3.Connection) -> None:
        """Take out what cannot be shown, and tell of it. Raises OSError, sqlite3.Error."""
        kept = unused_name(self._file, "set-aside", self._clock.wall(), ".json")
        if (problem := quarantine_invalid_rows(connection, kept)) is not None:
            delete_marker(self._file)
            self._tell(problem)

    def _unsaved(self) -> tuple[Path, ...]:
        return unsaved_files(self._file, self._spare)

    def _take_in_unsaved(self, connection: sqlite3.Connection) -> None:
        """Take in what could not be written when the program ended before. Raises OSError, sqlite3.Error."""
        for kept in self._unsaved():
            try:
                with writing(connection):
                    restore_into(connection, kept)
            except HistoryRefused as problem:
                self._tell(problem)
            except HistoryUnreadable:
                if not kept.exists():
                    # Another program has taken it in meanwhile.
                    continue
                aside = kept.with_name(f"{kept.name}.damaged")
                kept.replace(aside)
                self._tell(kept_unreadable(aside))
            else:
                self._changed = self._unsettled = True
                kept.unlink(missing_ok=True)
                self._tell_over(history_kept(self._file, kept, None))

    def _back_up_if_due(self, connection: sqlite3.Connection) -> None:
        try:
            if not self._is_due():
                return
            back_up(connection, self._file, self._clock.wall())
        except (OSError, sqlite3.Error) as error:
            if self._no_backup is None:
                self._no_backup = no_backup(self._file, error)
                self._tell(self._no_backup)
            return
        self._backed_up = self._clock.now()
        self._changed = False
        over, self._no_backup = self._no_backup, None
        if over is not None:
            self._tell_over(over)

    def _is_due(self) -> bool:
        if self._backed_up is not None and self._clock.now() - self._backed_up < _BACKUP_EVERY_MS:
            return False
        backups = list_backups(self._file)
        # A copy from the future was made before the clock was set back; it says nothing.
        return not backups or not timedelta() <= self._clock.wall() - backups[0].made_at < BACKUP_EVERY

    def _is_newer_than_backups(self, connection: sqlite3.Connection) -> bool:
        newest = connection.execute("SELECT max(changed_at) FROM run").fetchone()[0]
        if newest is None:
            return False
        backups = list_backups(self._file)
        return not backups or local_time(newest, 0) >= backups[0].made_at + timedelta(seconds=1)

    def _identity_now(self) -> tuple[int, int] | None:
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino
