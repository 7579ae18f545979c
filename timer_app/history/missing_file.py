"""A history that was there and is not any more: taken away beside what is left of it, or behind a broken link.

It is told, and its safety copy offered; none is begun anew without a word, and a link is never replaced.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from timer_app.history.backups import has_stray_log, list_backups, newest_sound
from timer_app.history.errors import HistoryMissing
from timer_app.history.last_write_marker import marker_file


def broken_link(file: Path) -> Path | None:
    """Return the link that leads nowhere, the history's own or one of its folders', None where there is none."""
    return next((path for path in (file, *file.parents) if path.is_symlink() and not path.exists()), None)


def is_missing(file: Path) -> bool:
    """Return whether there was a history that is not there now. Raises OSError."""
    if file.exists():
        return False
    left = has_stray_log(file) or marker_file(file).exists() or list_backups(file)
    return bool(left) or broken_link(file) is not None


def history_missing(file: Path, now: datetime) -> HistoryMissing:
    """Return what to tell of a history that is missing, with its newest sound safety copy. Raises OSError."""
    return HistoryMissing(file, broken_link(file), newest_sound(file), now)


def raise_if_missing(file: Path, now: datetime) -> None:
    """Raise HistoryMissing where there was a history that is not there now."""
    if is_missing(file):
        raise history_missing(file, now)
