"""Problems of the history, in words for the user, and what SQLite's errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from msgspec import Struct

from timer_app.i18n import _, ngettext
from timer_app.problems import Problem

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_MOST_LISTED, _LONGEST_ROW = 3, 200
_DISK_ERRORS = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
    }
)


class Backup(Struct, frozen=True):
    """A safety copy of the history, and when it was made (UTC)."""

    file: Path
    made_at: datetime


class HistoryRefused(Problem):
    """The file belongs to another program, or to a newer version of this one. Nothing in it was changed."""


class HistoryNotSaved(Problem):
    """The history cannot be written now. What was done waits in memory."""


class HistoryMissing(Problem):
    """The history existed, and is missing now.

    `link` is the broken symbolic link, None where the file itself is gone; `backup` is the newest sound safety copy, or
    None. With `can_begin`, a new one can be created in its place.
    """

    def __init__(self, file: Path, link: Path | None, backup: Backup | None, now: datetime) -> None:
        self.link = link
        self.backup = backup
        target = Path(os.path.realpath(file))
        self.can_begin = link is None or (link == file and target.parent.is_dir())
        if self.can_begin:
            self.commands = (*_restore_commands(backup), _("To begin anew: timer-app history new"))
        age = "" if backup is None else age_in_words(now - backup.made_at)
        if link is not None:
            what = _("Your history is not there: {link} is a link to {target}, which cannot be found.")
            advice = _("Connect the drive that it is on, or, if it is gone for good, remove the link.")
            if backup is not None:
                advice += " " + _("A sound safety copy is there, made {age}: {file}.").format(age=age, file=backup.file)
            super().__init__(what.format(link=link, target=os.path.realpath(link)), advice)
            return
        if backup is None:
            advice = _("There is no sound safety copy of it. If you have moved it, put it back.")
        else:
            advice = _("A sound safety copy is there, made {age}. Restore it to have your history back up to then.")
        super().__init__(history_gone(file).what, advice.format(age=age))


class HistoryUnreadable(Problem):
    """The history cannot be read now."""


class HistoryDamaged(Problem):
    """The file was damaged and was put aside.

    `kept` is where it is now; `backup` is the newest sound safety copy, or None when there is none.
    """

    def __init__(self, kept: Path, backup: Backup | None, now: datetime) -> None:
        self.kept = kept
        self.backup = backup
        self.commands = _restore_commands(backup)
        what = _("The history file is damaged. It was put aside as {file}, and a new one was begun.").format(
            file=kept.name
        )
        if backup is None:
            super().__init__(what, _("There is no sound safety copy of it. Keep the file: it may be repaired."))
        else:
            age = _("A sound safety copy is there, made {age}. Restore it to have your history back up to then.")
            super().__init__(what, age.format(age=age_in_words(now - backup.made_at)))


def _restore_commands(backup: Backup | None) -> tuple[str, ...]:
    if backup is None:
        return ()
    return (_("To restore it: timer-app history restore {file}").format(file=backup.file),)


class RowsSetAside(Problem):
    """Rows that cannot be shown were taken out of the history, and are in the file `kept`."""

    def __init__(self, rows: tuple[str, ...], kept: Path) -> None:
        self.rows, self.kept = rows, kept
        what = ngettext(
            "{n} entry in your history cannot be shown and was set aside: {rows}.",
            "{n} entries in your history cannot be shown and were set aside: {rows}.",
            len(rows),
        )
        advice = _("All that is in it is kept as {file}, which you can delete. The rest of your history is as it was.")
        super().__init__(what.format(n=len(rows), rows=summarise(rows)), advice.format(file=kept.name))


class HistoryCut(Problem):
    """The end of the log is damaged: the program or the computer stopped during a write.

    `kept` is where a copy of the files as they were is, or None where none could be made.
    """

    def __init__(self, kept: Path | None) -> None:
        self.kept = kept
        advice = _("Look at your last session, and add what is missing.")
        if kept is not None:
            advice += " " + _("The files as they were are kept as {file}.").format(file=kept.name)
        super().__init__(
            _("The end of your history was damaged when the program last stopped: what you did last may be missing."),
            advice,
        )


class HistoryBehind(Problem):
    """The last write is missing from a file that is sound."""


class HistoryMoved(Problem):
    """The file was moved, deleted or replaced while it was in use."""


class HistoryGone(Problem):
    """The run or the pause to change is not in the history."""


class HistoryKept(Problem):
    """The program ended with unsaved writes, which the next start imports."""


class HistoryLost(Problem):
    """The program ended with unsaved writes that are lost."""


class NotImported(Problem):
    """A file cannot be imported. Nothing of it was."""


class NotExported(Problem):
    """The history cannot be exported to a file."""


class NoBackup(Problem):
    """No safety copy of the history could be made."""


class DamagedFile(Exception):  # noqa: N818 - named after what was found
    """A history file that is not sound, for the reasons in `findings`. Never leaves this package."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


def is_damage(error: Exception) -> bool:
    """Return whether `error` means that the file is damaged."""
    return isinstance(error, DamagedFile) or _primary_code(error) in _DAMAGE


def is_full(error: Exception) -> bool:
    """Return whether `error` means that the disk is full."""
    return _primary_code(error) == sqlite3.SQLITE_FULL


def is_busy(error: Exception | None) -> bool:
    """Return whether `error` means that another program has locked the file."""
    return _primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_disk_error(error: Exception) -> bool:
    """Return whether `error` comes from the disk or another program, and not from a bug."""
    return isinstance(error, OSError) or _primary_code(error) in _DISK_ERRORS


def not_saved(file: Path, error: Exception) -> HistoryNotSaved:
    """Return the problem of a history that cannot be written."""
    reason, remedy = reason_of(file, error)
    return HistoryNotSaved(
        _("Your history is not being saved: {reason}.").format(reason=reason),
        " ".join((_("What you do is kept in memory and written as soon as that is possible."), remedy)).rstrip(),
    )


def recovered(problem: Problem) -> Problem:
    """Return the message that `problem` is over."""
    if isinstance(problem, HistoryMissing):
        return Problem(_("Your history is there again."))
    if isinstance(problem, HistoryKept):
        return Problem(_("What could not be saved before is in your history now."))
    if isinstance(problem, NoBackup):
        return Problem(_("A safety copy of your history was made again."))
    return Problem(_("Your history is saved again."))


def not_read(file: Path, error: Exception) -> HistoryUnreadable:
    """Return the problem of a history that cannot be read."""
    if is_disk_error(error):
        reason, remedy = reason_of(file, error)
    else:
        reason, remedy = _("the file {file} is damaged").format(file=file), ""
    return HistoryUnreadable(_("Your history cannot be read: {reason}.").format(reason=reason), remedy)


def history_gone(file: Path) -> HistoryUnreadable:
    """Return the problem of reading a history that is missing."""
    return HistoryUnreadable(
        _("Your history is gone: {file} cannot be found.").format(file=file),
        _("Put it back, or connect the drive that it is on; else restore a safety copy of it."),
    )


def history_exists(file: Path) -> Problem:
    """Return the problem of creating a history where there is one."""
    return Problem(
        _("There is a history already: {file}.").format(file=file),
        _("Nothing was changed. To begin anew, move it somewhere else first."),
    )


def history_moved(file: Path) -> HistoryMoved:
    """Return the problem of a history file that was moved while it was open."""
    return HistoryMoved(
        _("The history file {file} was moved or replaced while it was in use.").format(file=file),
        _("What is done from now on is written to the file of that name, with the whole session in progress."),
    )


def history_behind(backup: Backup | None) -> HistoryBehind:
    """Return the problem of a history without its last write; `backup` is the newest safety copy, or None."""
    advice = _("Look at your last session, and add what is missing.")
    if backup is not None:
        advice += " " + _("A safety copy may have it: import {file}. Nothing that is there is lost by that.").format(
            file=backup.file
        )
    return HistoryBehind(_("What you did last is missing from your history, although it had been written."), advice)


def rows_not_shown(rows: Sequence[str]) -> HistoryUnreadable:
    """Return the problem of invalid rows that are left out."""
    return HistoryUnreadable(
        _("Not all of your history can be shown: {rows}.").format(rows=summarise(rows)),
        _("The rest is there. The next start of a session, or of the window, sets this aside in a file of its own."),
    )


def rows_not_restored(rows: Sequence[str]) -> NotImported:
    """Return the problem of invalid rows in a safety copy that was restored without them."""
    return NotImported(
        _("Not all of the safety copy could be brought back: {rows}.").format(rows=summarise(rows)),
        _("The rest is there. The copy still has it all."),
    )


def no_backup(file: Path, error: Exception) -> NoBackup:
    """Return the problem of a safety copy that could not be made."""
    reason, remedy = reason_of(file, error)
    return NoBackup(_("No safety copy of your history could be made: {reason}.").format(reason=reason), remedy)


def not_imported(file: Path, reason: str) -> NotImported:
    """Return the problem of a file that cannot be imported; `reason` has no full stop."""
    return NotImported(
        _("{file} cannot be brought into your history: {reason}.").format(file=file, reason=reason),
        _("Choose a history in JSON, a history file of this program, or a safety copy. Nothing was changed."),
    )


def not_written(file: Path, error: Exception) -> NotExported:
    """Return the problem of an export file that cannot be written."""
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    return NotExported(
        _("{file} cannot be written: {reason}.").format(file=file, reason=reason),
        _("Choose another name or another folder."),
    )


def not_checked(file: Path, error: OSError) -> HistoryUnreadable:
    """Return the problem of a file that cannot be checked."""
    return HistoryUnreadable(
        _("{file} cannot be looked through: {reason}.").format(file=file, reason=error.strerror or str(error)),
        _("Name a history file or a safety copy; with no name it is your own history."),
    )


def entry_gone() -> HistoryGone:
    """Return the problem of changing a run or a pause that is not in the history."""
    return HistoryGone(
        _("What you wanted to change is not in your history any more."),
        _("The history file was replaced since it was shown. Look at the list again."),
    )


def foreign_file(file: Path) -> HistoryRefused:
    """Return the problem of a file of another program."""
    return HistoryRefused(
        _("The file {file} belongs to another program, so it is not used as your history.").format(file=file),
        _("Move it somewhere else, and a new history begins."),
    )


def newer_version(file: Path) -> HistoryRefused:
    """Return the problem of a file of a newer version."""
    return HistoryRefused(
        _("The history {file} was written by a newer version of this program.").format(file=file),
        _("Install the newer version to use it. Nothing in it was changed."),
    )


def summarise(rows: Sequence[str]) -> str:
    """Return the first three rows, and how many more there are."""
    more = len(rows) - _MOST_LISTED
    # What comes from a file goes to a terminal, too.
    shown = ("".join(letter if letter.isprintable() else "\ufffd" for letter in row[:_LONGEST_ROW]) for row in rows)
    parts = [
        *islice(shown, _MOST_LISTED),
        *([ngettext("{n} more", "{n} more", more).format(n=more)] if more > 0 else []),
    ]
    return "; ".join(parts)


def age_in_words(age: timedelta) -> str:
    """Return an age in its largest whole unit: "3 days ago"."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 1:
        return _("less than a minute ago")
    if minutes < 60:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)
    days = hours // 24
    return ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def _primary_code(error: Exception | None) -> int | None:
    """Return SQLite's primary result code, or None where there is none."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def reason_of(file: Path, error: Exception) -> tuple[str, str]:
    """Return the reason of an error, and what the user can do about it."""
    code = _primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return _("the disk is full"), _("Make some room on it.")
    if code == sqlite3.SQLITE_READONLY:
        return _("{file} is read-only").format(file=file), _("Allow writing to it and to its folder.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _("another program is using {file}").format(file=file), _("Close the other program.")
    if code == sqlite3.SQLITE_CANTOPEN:
        return _("{file} cannot be opened").format(file=file), _("Look whether its folder is there and yours to use.")
    if isinstance(error, OSError):
        why = error.strerror or str(error)
        text = _("the folder {folder} cannot be used ({why})").format(folder=file.parent, why=why)
        return text, _("Look whether it is there and yours to use.")
    return str(error), ""
