"""Detect a history that is missing: its files without it, or a broken symbolic link.

It is reported with its safety copy; no new one is created unasked, and a link is never replaced.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from timer_app.history.backups import has_stray_log, list_backups, newest_sound
from timer_app.history.errors import HistoryMissing
from timer_app.history.last_write_marker import marker_file


def broken_link(file: Path) -> Path | None:
    """Return the broken symbolic link, of the file or one of its folders; None where there is none."""
    return next((path for path in (file, *file.parents) if path.is_symlink() and not path.exists()), None)


def is_missing(file: Path) -> bool:
    """Return whether there was a history that is missing now. Raises OSError."""
    if file.exists():
        return False
    remains = has_stray_log(file) or marker_file(file).exists() or list_backups(file)
    return bool(remains) or broken_link(file) is not None


def history_missing(file: Path, now: datetime) -> HistoryMissing:
    """Return the problem of a missing history, with its newest sound safety copy. Raises OSError."""
    return HistoryMissing(file, broken_link(file), newest_sound(file), now)


def raise_if_missing(file: Path, now: datetime) -> None:
    """Raise HistoryMissing where there was a history that is missing now."""
    if is_missing(file):
        raise history_missing(file, now)
