"""Make, list and thin out safety copies of the history, and move a damaged file aside."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from timer_app.atomic_write import drafting, make_folder, open_file, replacing
from timer_app.history.db_file import findings, open_for_reading
from timer_app.history.errors import Backup, DamagedFile
from timer_app.history.last_write_marker import marker_file
from timer_app.history.wal_check import log_of, side_file
from timer_app.problems import Problem

BACKUP_EVERY = timedelta(minutes=30)

_DAYS, _WEEKS, _MONTHS = 14, 8, 24
_STAMP = "%Y-%m-%d-%H%M%S"
_SIDE_FILES = ("", "-wal", "-shm")


def backup_folder(file: Path) -> Path:
    """Return where the safety copies of `file` are kept."""
    return file.with_name(f"{file.stem}-backups")


def list_backups(file: Path) -> tuple[Backup, ...]:
    """Return the safety copies of `file`, newest first. Raises OSError."""
    folder = backup_folder(file)
    if not folder.is_dir():
        return ()
    pattern = re.compile(re.escape(file.stem) + r"-(\d{4}-\d\d-\d\d-\d{6})" + re.escape(file.suffix))
    backups = []
    for path in folder.iterdir():
        if (match := pattern.fullmatch(path.name)) and path.is_file():
            try:
                made_at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            except ValueError:
                continue
            backups.append(Backup(path, made_at))
    return tuple(sorted(backups, key=lambda backup: backup.made_at, reverse=True))


def newest_sound(file: Path) -> Backup | None:
    """Return the newest safety copy that is sound from end to end, or None. Raises OSError."""
    return next((backup for backup in list_backups(file) if _is_sound(backup.file)), None)


def back_up(connection: sqlite3.Connection, file: Path, now: datetime) -> Backup:
    """Make a safety copy of the open history `file` and thin out the older ones. Raises OSError, sqlite3.Error.

    The copy gets its name only when it is whole and on the disk.
    """
    folder = backup_folder(file)
    make_folder(folder)
    made_at = now.astimezone(UTC).replace(microsecond=0)
    path = folder / f"{file.stem}-{made_at.strftime(_STAMP)}{file.suffix}"
    for left_behind in folder.glob("*.partial*"):
        left_behind.unlink()
    copy_to(connection, path)
    for backup in superfluous(list_backups(file), now):
        backup.file.unlink(missing_ok=True)
    return Backup(path, made_at)


def copy_to(connection: sqlite3.Connection, file: Path) -> None:
    """Copy the open history into one file, which gets its name only when it is whole. Raises OSError, sqlite3.Error.

    A symbolic link of that name stays, and points to the copy.
    """
    with drafting(file) as draft:
        _copy(connection, draft)


def superfluous(backups: Iterable[Backup], now: datetime) -> tuple[Backup, ...]:
    """Return the copies to delete: all of the last day stay, then the last of each day, week and month.

    Days go back 14 days, weeks 8 weeks, months 24 months; the newest copy always stays.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    stays = set(newest_first[:1])
    seen: set[tuple[str, int, int]] = set()
    for backup in newest_first:
        age = now - backup.made_at
        if age < timedelta(days=1):
            stays.add(backup)
        for period in _periods(backup.made_at, age):
            if period not in seen:
                seen.add(period)
                stays.add(backup)
    return tuple(backup for backup in newest_first if backup not in stays)


def put_aside(file: Path, now: datetime) -> Path:
    """Rename a damaged history and its log, and return the new path. Raises OSError. A symbolic link to it stays."""
    kept = unused_name(file, "damaged", now)
    for side in _SIDE_FILES:
        if side_file(file, side).exists():
            side_file(file, side).rename(side_file(kept, side))
    if marker_file(file).exists():
        # It lies beside a link, and the history perhaps on another disk.
        shutil.move(marker_file(file), marker_file(kept))
    return kept


def copy_aside(file: Path, now: datetime) -> Path:
    """Copy a history and its log byte by byte, and return the path of the copy. Raises OSError."""
    kept = unused_name(file, "damaged", now)
    for side in ("", "-wal"):
        if side_file(file, side).exists():
            with open_file(side_file(file, side)) as source, replacing(side_file(kept, side)) as copy:
                shutil.copyfileobj(source, copy)
    return kept


def has_stray_log(file: Path) -> bool:
    """Return whether there is a log without its history, as after a power cut in `put_aside`."""
    return not file.exists() and log_of(file).exists()


def unused_name(file: Path, mark: str, now: datetime, ending: str = "") -> Path:
    """Return an unused path beside a history, with `mark` and the time in its name.

    `ending` is the suffix, the history's own where it is empty. Raises FileExistsError after 999 of the same second.
    """
    stamp = now.strftime(_STAMP)
    for number in range(1, 1000):
        name = f"{mark}-{stamp}" if number == 1 else f"{mark}-{stamp}-{number}"
        kept = side_file(file, "").with_name(f"{file.stem}.{name}{ending or file.suffix}")
        if not any(side_file(kept, side).exists() for side in _SIDE_FILES):
            return kept
    raise FileExistsError(f"too many {mark} files beside {file}")


def _periods(made_at: datetime, age: timedelta) -> list[tuple[str, int, int]]:
    year, week, _weekday = made_at.isocalendar()
    periods = []
    if age < timedelta(days=_DAYS):
        periods.append(("day", made_at.year, made_at.timetuple().tm_yday))
    if age < timedelta(weeks=_WEEKS):
        periods.append(("week", year, week))
    if age < timedelta(days=_MONTHS * 31):
        periods.append(("month", made_at.year, made_at.month))
    return periods


def _copy(connection: sqlite3.Connection, draft: Path) -> None:
    target = sqlite3.connect(draft, isolation_level=None)
    try:
        # It is brought to the disk once, when it is whole: a slow disk takes seconds each time.
        target.execute("PRAGMA synchronous = OFF")
        connection.backup(target)
        # One plain file, which can be looked at without a log beside it.
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()


def _is_sound(file: Path) -> bool:
    try:
        connection = open_for_reading(file)
    except (Problem, sqlite3.Error, DamagedFile):
        return False
    try:
        return not findings(connection)
    except sqlite3.Error:
        return False
    finally:
        connection.close()
