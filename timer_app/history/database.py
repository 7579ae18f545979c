"""The open history file: checked, put aside when damaged, backed up. Used on the journal's thread alone."""

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
    """Open the history when it is needed, check it and maintain it.

    `replay` writes the runs in progress into a file that replaces another. `on_trouble` receives problems, and
    `on_recovered` those that are over. A file is checked completely when it is first opened, before anything is
    written. With `may_create`, a new history is made where the old one is gone, and that is not reported again. Files
    with unsaved writes are searched for beside it, and in the folder `spare`.
    """

    def __init__(
        self,
        file: Path,
        clock: Clock,
        replay: Callable[[sqlite3.Connection], None],
        on_trouble: Callable[[Problem], None],
        on_recovered: Callable[[Problem], None] = lambda _problem: None,
        *,
        spare: Path | None = None,
    ) -> None:
        self._file = file
        self._clock = clock
        self._replay = replay
        self._on_trouble = on_trouble
        self._on_recovered = on_recovered
        self._spare = spare
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._changed = self._needs_checkpoint = False
        self._backed_up: Milliseconds | None = None
        self._no_backup: Problem | None = None
        self._missing: HistoryMissing | None = None
        self.may_create = False
        self._log_checked = False

    @property
    def is_open(self) -> bool:
        """Whether the file is open."""
        return self._connection is not None

    def check(self) -> None:
        """Open and check the file if there is one. Raises as `connection` does.

        An empty file that has safety copies is damaged, too.
        """
        self._check_file()
        if has_stray_log(self._file):
            put_aside(self._file, self._clock.wall())
        if not self._log_checked:
            self._check_log()
        begins = self.may_create and is_missing(self._file)
        if self._connection is None and (begins or self._file.exists() or self._unsaved()):
            if self._file.exists() and is_empty(self._file) and list_backups(self._file):
                raise DamagedFile(("there is nothing in it any more",))
            self.connection()

    def connection(self) -> sqlite3.Connection:
        """Return the open file, opening or creating it if necessary.

        Raises HistoryMissing for a broken link, HistoryRefused, DamagedFile, sqlite3.Error, OSError.
        """
        if self._connection is not None:
            if self._identity == self._identity_now():
                return self._connection
            self.close()
            if not is_missing(self._file):
                self._on_trouble(history_moved(self._file))
        self._check_file()
        if not self._file.exists():
            # The new one need not have what the one before had.
            delete_marker(self._file)
        # Another file than before is a stranger; the same one was checked when it was first opened.
        same = self._identity is not None and self._identity == self._identity_now()
        connection = open_store(self._file, check=not same)
        try:
            if self._identity is None:
                self._check_last_write(connection)
            if not same:
                self._quarantine_rows(connection)
            with writing(connection):
                self._replay(connection)
            self._import_unsaved(connection)
            self._changed = self._changed or self._is_newer_than_backups(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._identity = connection, self._identity_now()
        self.may_create, self._missing = False, None
        return connection

    def put_aside(self) -> HistoryDamaged:
        """Move the damaged file aside and return the problem to report. Raises OSError."""
        self.close()
        now = self._clock.wall()
        kept = put_aside(self._file, now)
        self.may_create = True
        return HistoryDamaged(kept, newest_sound(self._file), now)

    def changed(self, run_id: str | None = None) -> None:
        """Record that something was written, and in which run, if it is in one."""
        self._changed = self._needs_checkpoint = True
        if run_id is not None and self._connection is not None:
            write_marker(self._connection, self._file, run_id)

    def maintain(self) -> None:
        """Do what can wait until no session runs: sum up weeks, checkpoint the log, make a safety copy when due.

        A copy is due when something was written and the last one is 30 minutes old. A failure is reported once, and
        so is its end.
        """
        if self._connection is None:
            return
        # Weeks that cannot be summed up now are added up when they are read.
        with suppress(sqlite3.Error):
            sum_up(self._connection)
        if self._needs_checkpoint:
            # From now on the file is complete without its log, for whoever copies it.
            self._checkpoint(self._connection)
            self._needs_checkpoint = False
        if self._changed:
            self._back_up_if_due(self._connection)

    def make_room(self) -> bool:
        """Checkpoint the log on a full disk, and return whether that freed anything.

        The log holds whole pages, so an hour's session fills a hundred times the room of its rows.
        """
        return self._connection is not None and self._checkpoint(self._connection)

    def _checkpoint(self, connection: sqlite3.Connection) -> bool:
        """Move pages from the log into the file; return whether any were moved."""
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

    def _check_file(self) -> None:
        """Report once that the file is missing. Raises HistoryMissing for a broken link, which may work again."""
        if not is_missing(self._file):
            was_missing, self._missing = self._missing, None
            if was_missing is not None and was_missing.link is None:
                self._on_recovered(was_missing)
        elif not self.may_create:
            is_news = self._missing is None
            problem = self._missing = self._missing or history_missing(self._file, self._clock.wall())
            if problem.link is not None:
                raise problem
            if is_news:
                self._on_trouble(problem)

    def _check_log(self) -> None:
        """Copy a damaged log that SQLite would cut short, and report it. Raises OSError."""
        if has_cut_log(self._file):
            try:
                kept = copy_aside(self._file, self._clock.wall())
            except OSError:
                kept = None
            self._on_trouble(HistoryCut(kept))
        self._log_checked = True

    def _check_last_write(self, connection: sqlite3.Connection) -> None:
        """Report once that the last write is missing. Raises OSError, sqlite3.Error."""
        if is_behind_marker(connection, self._file):
            self._on_trouble(history_behind(next(iter(list_backups(self._file)), None)))
            delete_marker(self._file)

    def _quarantine_rows(self, connection: sqlite3.Connection) -> None:
        """Move invalid rows into a file of their own, and report it. Raises OSError, sqlite3.Error."""
        kept = unused_name(self._file, "set-aside", self._clock.wall(), ".json")
        if (problem := quarantine_invalid_rows(connection, kept)) is not None:
            delete_marker(self._file)
            self._on_trouble(problem)

    def _unsaved(self) -> tuple[Path, ...]:
        return unsaved_files(self._file, self._spare)

    def _import_unsaved(self, connection: sqlite3.Connection) -> None:
        """Import what could not be written when the program last ended. Raises OSError, sqlite3.Error."""
        for kept in self._unsaved():
            try:
                with writing(connection):
                    restore_into(connection, kept)
            except HistoryRefused as problem:
                self._on_trouble(problem)
            except HistoryUnreadable:
                if not kept.exists():
                    # Another program has imported it meanwhile.
                    continue
                aside = kept.with_name(f"{kept.name}.damaged")
                kept.replace(aside)
                self._on_trouble(kept_unreadable(aside))
            else:
                self._changed = self._needs_checkpoint = True
                kept.unlink(missing_ok=True)
                self._on_recovered(history_kept(self._file, kept, None))

    def _back_up_if_due(self, connection: sqlite3.Connection) -> None:
        try:
            if not self._is_due():
                return
            back_up(connection, self._file, self._clock.wall())
        except (OSError, sqlite3.Error) as error:
            if self._no_backup is None:
                self._no_backup = no_backup(self._file, error)
                self._on_trouble(self._no_backup)
            return
        self._backed_up = self._clock.now()
        self._changed = False
        recovered_problem, self._no_backup = self._no_backup, None
        if recovered_problem is not None:
            self._on_recovered(recovered_problem)

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
