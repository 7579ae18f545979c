"""The folder of deleted session files, from which they can be restored for 30 days."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from timer_app.atomic_write import make_folder
from timer_app.definition.templates import free_stem
from timer_app.i18n import _
from timer_app.problems import Problem

KEPT_FOR = timedelta(days=30)
"""How long a deleted file is kept: our choice, the same as for the history."""

_STAMP = "%Y%m%dT%H%M%S%f"


class Deleted(Struct, frozen=True):
    """A file that was deleted: where it was, and where it is kept."""

    file: Path
    kept: Path


class Trash:
    """A folder of deleted files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def delete(self, file: Path, at: datetime) -> Deleted:
        """Move a file to the trash and delete what has been there for 30 days. Raises Problem."""
        kept = self._folder / f"{at.strftime(_STAMP)}-{file.name}"
        try:
            make_folder(self._folder)
            self._empty(at)
            shutil.move(file, kept)
        except OSError as error:
            what = _("{file} cannot be deleted: {reason}.").format(file=file.name, reason=error.strerror or error)
            raise Problem(what, _("Look whether it is still there, and who may change its folder.")) from error
        return Deleted(file, kept)

    def restore(self, deleted: Deleted) -> Path:
        """Restore a file, under another name if its own is in use, and return it. Raises Problem."""
        stem, dot, ending = deleted.file.name.partition(".")
        free = free_stem(stem, lambda name: deleted.file.with_name(f"{name}{dot}{ending}").exists())
        file = deleted.file.with_name(f"{free}{dot}{ending}")
        try:
            make_folder(file.parent)
            shutil.move(deleted.kept, file)
        except OSError as error:
            what = _("{file} cannot be put back: {reason}.").format(file=file.name, reason=error.strerror or error)
            raise Problem(what, _("It is kept as {kept}.").format(kept=deleted.kept)) from error
        return file

    def _empty(self, now: datetime) -> None:
        """Delete what has been kept for long enough; foreign files stay."""
        for kept in self._folder.iterdir():
            try:
                at = datetime.strptime(kept.name.partition("-")[0], _STAMP).replace(tzinfo=now.tzinfo)
            except ValueError:
                continue
            if now - at > KEPT_FOR:
                kept.unlink()
