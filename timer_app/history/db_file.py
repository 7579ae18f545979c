"""Open the history file, migrate it, and check its integrity."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from timer_app.atomic_write import make_folder, size_of
from timer_app.history.errors import DamagedFile, foreign_file, is_disk_error, newer_version
from timer_app.history.migrations import MIGRATIONS, Migration
from timer_app.history.wal_check import log_of, side_file

APPLICATION_ID = 0x47535431
"""Written into the file's header: "GST1"."""

_BUSY_SECONDS = 5.0
_MOST_FINDINGS = 10
_LONGEST_VALUE = 64 * 1024 * 1024
"""The longest text in bytes that SQLite puts together; a run's seal covers a thousandth of it."""


def open_store(file: Path, migrations: Sequence[Migration] = MIGRATIONS, *, check: bool = True) -> sqlite3.Connection:
    """Open the history for writing, creating it and its folder if missing; behind a symbolic link, the file alone.

    An existing file is checked before anything is written to it; with `check`, completely (see `findings`). Raises
    HistoryRefused for a file of another program or a newer version, which stays unchanged; DamagedFile; sqlite3.Error
    or OSError for a failure of the disk.
    """
    if is_empty(file):
        _make(file, migrations)
    else:
        _check_before_opening(file, migrations, check=check)
    return _open(file, migrations)


def is_empty(file: Path) -> bool:
    """Return whether there is no file, or an empty one. Raises OSError."""
    return not file.exists() or size_of(file) == 0


def open_for_reading(file: Path) -> sqlite3.Connection:
    """Open an existing history read-only. Raises HistoryRefused, DamagedFile, sqlite3.Error."""
    try:
        return _read_only(file)
    except sqlite3.OperationalError:
        if _has_log(file):
            raise
        # A folder that is read-only has no room for the file that readers share; without a log none is needed.
        return _read_only(file, immutable=True)


def open_newest_for_reading(file: Path) -> sqlite3.Connection:
    """Open a history read-only in the newest version, empty without a file. Raises as `open_for_reading` does.

    One of an earlier version is migrated in memory: the file itself is migrated by the next writer.
    """
    if is_empty(file):
        return empty_store()
    connection = open_for_reading(file)
    if _pragma(connection, "user_version") == len(MIGRATIONS):
        return connection
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with closing(connection):
        connection.backup(copy)
    migrate(copy)
    return copy


def empty_store() -> sqlite3.Connection:
    """Return an empty history in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _empty_template().backup(connection)
    return connection


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Migrate the file to the newest version in one transaction."""
    if _pragma(connection, "user_version") == len(migrations):
        return
    with writing(connection):
        version = _pragma(connection, "user_version")
        for statements in migrations[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
    # The file's own header then has its version, whatever becomes of the write-ahead log.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def findings(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> tuple[str, ...]:
    """Return what is wrong with the file, empty when it is sound.

    Checks the structure with SQLite's `integrity_check` (its `quick_check` misses a third of the damages), the tables
    against the migrations, each run against its seal and each definition against its hash: SQLite keeps no checksums.
    Raises sqlite3.Error for a failure of the disk.
    """
    try:
        return tuple(_findings(connection, migrations))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if is_disk_error(error):
            raise
        return (str(error),)


def run_seal(connection: sqlite3.Connection, number: int) -> int:
    """Return the checksum of a run and its intervals."""
    row = connection.execute(f"SELECT {_SEALED_RUN[-1]} FROM run AS r WHERE r.number = ?", (number,)).fetchone()  # noqa: S608 - a constant
    return zlib.crc32(row[0])


def row_seal(connection: sqlite3.Connection, table: str, number: int) -> int:
    """Return the checksum of a row of the table `pause` or `change`."""
    query = f"SELECT {_SEALED_ROW[table]} FROM {table} WHERE number = ?"  # noqa: S608 - constants
    return zlib.crc32(connection.execute(query, (number,)).fetchone()[0])


def week_seal(connection: sqlite3.Connection, week: int) -> int:
    """Return the checksum of the sums of a week."""
    query = f"SELECT {_SEALED_WEEK} FROM summed AS s WHERE s.week = ?"  # noqa: S608 - a constant
    return zlib.crc32(connection.execute(query, (week,)).fetchone()[0])


def definition_hash(text: str) -> str:
    """Return the SHA-256 of a definition's text in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _empty_template() -> sqlite3.Connection:
    """Return an empty history to copy, which is ten times as fast as migrating another."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    migrate(connection)
    return connection


def _make(file: Path, migrations: Sequence[Migration]) -> None:
    """Create a history under another name and rename it, so that a file of this name is always complete."""
    if file.is_symlink():
        file = side_file(file, "")
    else:
        make_folder(file.parent)
    new = file.with_name(f"{file.name}.new")
    for left_behind in (new, new.with_name(f"{new.name}-journal"), new.with_name(f"{new.name}-wal")):
        left_behind.unlink(missing_ok=True)
    # What SQLite puts beside a file has the rights of that.
    new.touch(mode=0o600)
    # It is brought to the disk once, when it is whole: a slow disk takes seconds each time.
    _open(new, migrations, synchronous="OFF").close()
    with new.open("rb+") as made:
        os.fsync(made.fileno())
    new.replace(file)


def _open(file: Path, migrations: Sequence[Migration], *, synchronous: str = "FULL") -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, timeout=_BUSY_SECONDS)
    try:
        _distrust(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        migrate(connection, migrations)
        connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_before_opening(file: Path, migrations: Sequence[Migration], *, check: bool) -> None:
    """Check a file without changing it. Raises HistoryRefused, DamagedFile, sqlite3.Error."""
    connection = _connect_read_only(file)
    try:
        _refuse_foreign(connection, file, migrations)
        if check and (problems := findings(connection, migrations)):
            raise DamagedFile(problems)
    finally:
        connection.close()


def _read_only(file: Path, *, immutable: bool = False) -> sqlite3.Connection:
    connection = _connect_read_only(file, immutable=immutable)
    try:
        _refuse_foreign(connection, file, MIGRATIONS)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(file: Path) -> bool:
    log = log_of(file)
    return log.exists() and log.stat().st_size > 0


def _connect_read_only(file: Path, *, immutable: bool = False) -> sqlite3.Connection:
    if file.exists() and not file.is_file():
        # SQLite would wait for a pipe.
        raise DamagedFile(("it is not a file",))
    uri = f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_BUSY_SECONDS)
    try:
        _distrust(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _distrust(connection: sqlite3.Connection) -> None:
    """Disable what a crafted file could run (https://www.sqlite.org/security.html)."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # noqa: FBT003 - it takes no name


def _refuse_foreign(connection: sqlite3.Connection, file: Path, migrations: Sequence[Migration]) -> None:
    try:
        application = _pragma(connection, "application_id")
        version = _pragma(connection, "user_version")
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    except UnicodeDecodeError as error:
        # SQLite names what is malformed with the file's own bytes, and Python cannot read the message.
        raise DamagedFile((str(error),)) from error
    if application == APPLICATION_ID:
        if version > len(migrations):
            raise newer_version(file)
    elif tables and _schema(connection) == _expected_schema(tuple(migrations)):
        raise DamagedFile(("it does not say whose it is",))
    elif application or version or tables:
        raise foreign_file(file)
    else:
        raise DamagedFile(("there is nothing in it",))


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return int(row[0])


def _findings(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> Iterator[str]:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        yield "it does not say whose it is"
    version = _pragma(connection, "user_version")
    if _schema(connection) != _expected_schema(tuple(migrations[:version])):
        yield "the tables are not as they were made"
        return
    structure = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST_FINDINGS})")]
    if structure != ["ok"]:
        yield from structure
        return
    if tuple(migrations[:version]) == MIGRATIONS[:version]:
        yield from _broken_seals(connection, version)


def _broken_seals(connection: sqlite3.Connection, version: int) -> Iterator[str]:
    for orphan in connection.execute("PRAGMA foreign_key_check"):
        yield f"{orphan[0]} without its {orphan[2]}"
    sealed = {"run AS r": f"r.number, r.seal, {_SEALED_RUN[min(version, len(_SEALED_RUN)) - 1]}"}
    if version > 1:
        sealed |= {table: f"number, seal, {content}" for table, content in _SEALED_ROW.items()}
    if version > 2:
        sealed |= {"summed AS s": f"s.week, s.seal, {_SEALED_WEEK}"}
    for table, columns in sealed.items():
        for number, seal, content in connection.execute(f"SELECT {columns} FROM {table}"):  # noqa: S608 - constants
            if zlib.crc32(content) != seal:
                yield f"{table.split()[0]} {number} is not as it was written"
    for number, written, text in connection.execute("SELECT number, hash, CAST(text AS BLOB) FROM definition"):
        if hashlib.sha256(text).hexdigest() != written:
            yield f"definition {number} is not as it was written"


def _schema(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Return the columns of tables and indexes, since each SQLite formats their SQL differently; triggers as SQL."""
    return connection.execute(
        """
        SELECT s.type, s.name, s.tbl_name, c.cid, c.name, CASE s.type WHEN 'trigger' THEN s.sql ELSE c.type END,
            c."notnull", c.pk
        FROM sqlite_schema AS s LEFT JOIN pragma_table_info(s.name) AS c WHERE s.name NOT LIKE 'sqlite_stat%'
        UNION ALL
        SELECT s.type, s.name, s.tbl_name, i.seqno, i.name, '', 0, 0
        FROM sqlite_schema AS s JOIN pragma_index_info(s.name) AS i
        ORDER BY 1, 2, 4, 5
        """
    ).fetchall()


@cache
def _expected_schema(migrations: tuple[Migration, ...]) -> list[tuple[object, ...]]:
    model = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statements in migrations:
            for statement in statements:
                model.execute(statement)
        return _schema(model)
    finally:
        model.close()


def _sealed_run() -> tuple[str, ...]:
    """Return the SQL expression of what a run's seal covers, for each version.

    Columns that a later version added count only where they differ from their defaults, so that earlier seals stay
    valid.
    """
    run = "number id session stem definition planned started_at started_offset ended_at ended_offset outcome actual"
    run += " effort comfort_before comfort_after note changed_at deleted_at"
    interval = "position exercise title kind side set round planned actual planned_reps actual_reps outcome"
    lines = f"SELECT {_quoted(interval)} AS line FROM interval WHERE run = r.number ORDER BY position"  # noqa: S608 - constants
    first = f"{_quoted(run, 'r.')}||';'||(SELECT coalesce(group_concat(line, ';'), '') FROM ({lines}))"  # noqa: S608 - constants
    tags = f"SELECT {_quoted('kind word')} AS line FROM tag WHERE run = r.number ORDER BY kind, word"  # noqa: S608 - constants
    of_tags = f"(SELECT coalesce(group_concat(line, ';'), '') FROM ({tags}))"  # noqa: S608 - constants
    added = f"{_quoted('left_out comfort_next next_asked away', 'r.')}||';'||{of_tags}"
    nothing = "'''[]'',NULL,0,0;'"
    second = f"{first}||CASE {added} WHEN {nothing} THEN '' ELSE ';'||{added} END"
    repeated = f"SELECT {_quoted('position attempts')} AS line FROM interval"  # noqa: S608 - constants
    repeated += " WHERE run = r.number AND attempts > 1 ORDER BY position"
    of_repeated = f"(SELECT group_concat(line, ';') FROM ({repeated}))"  # noqa: S608 - constants
    fourth = f"{second}||coalesce(';resume '||r.resume_at, '')||coalesce(';repeated '||{of_repeated}, '')"
    return _blob(first), _blob(second), _blob(second), _blob(fourth)


def _quoted(columns: str, prefix: str = "") -> str:
    return "||','||".join(f'quote({prefix}"{column}")' for column in columns.split())


def _blob(content: str) -> str:
    return f"CAST({content} AS BLOB)"


def _sealed_week() -> str:
    """Return the SQL expression of what a week's seal covers."""
    comfort = " rated before_count before_sum after_count after_sum change_count change_sum next_count next_sum"
    lines = {
        ("day_sum", "day"): f"day runs done actual{comfort}",
        ("exercise_sum", "line"): f"exercise own title runs longest_hold reps time{comfort}",
        ("comfort_sum", "line"): f"beside key label{comfort}",
    }
    parts = (
        f"(SELECT coalesce(group_concat(line, ';'), '') FROM (SELECT {_quoted(columns)} AS line"  # noqa: S608 - constants
        f" FROM {table} WHERE week = s.week ORDER BY {order}))"
        for (table, order), columns in lines.items()
    )
    return _blob("||'|'||".join(("s.week", *parts)))


_SEALED_RUN = _sealed_run()
_SEALED_WEEK = _sealed_week()
_SEALED_ROW = {
    "pause": _blob(_quoted("number id kind first_day last_day note changed_at deleted_at")),
    "change": _blob(_quoted("number made_at subject id before after undone")),
}
