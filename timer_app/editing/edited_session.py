"""A session on the desk: where it came from, where it will be saved, and the document that is being changed.

A session that came with the program is changed as a copy: it is saved among the person's own under the same name, and
is listed in its place from then on.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from timer_app.definition import format_fields
from timer_app.definition.library import SUFFIX, stem_of
from timer_app.definition.templates import stem_for
from timer_app.definition.text_edit import TextEdit
from timer_app.editing.autosave import Unsaved
from timer_app.editing.document import Document
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.session_file import (
    ChangedMeanwhile,
    Content,
    new_content,
    read_content,
    read_if_exists,
    save_content,
)
from timer_app.editing.step_operations import StepOperations
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.schema.yaml_tree import Scalar


class _Source(Struct, frozen=True):
    """Where a document came from: its own `file` with what it is known to hold, or the shipped `origin` of a copy."""

    file: Path | None
    known: Content | None
    origin: Path | None


class EditedSession:
    """One session being edited. `key` names it among unsaved work."""

    def __init__(self, document: Document, operations: StepOperations, source: _Source, key: str) -> None:
        self.document = document
        self.operations = operations
        self.key = key
        self._source = source

    @property
    def file(self) -> Path | None:
        """The file that it is saved in; None while it has none of its own."""
        return self._source.file

    @property
    def origin(self) -> Path | None:
        """The shipped file that it is a copy of, if any."""
        return self._source.origin

    @property
    def stem(self) -> str:
        """What the session is called by, or would be if it were saved now."""
        if self.file is not None:
            return stem_of(self.file)
        return stem_of(self.origin) if self.origin is not None else stem_for(self.title)

    @property
    def title(self) -> str:
        """The session's name as it is written now, or what stands in for one that has none yet."""
        head = self.document.draft.head
        name = head.get(format_fields.NAME.name) if head is not None else None
        written = " ".join(name.text.split()) if isinstance(name, Scalar) else ""
        if written:
            return written[: format_fields.LONGEST_NAME]
        return stem_of(self.file) if self.file is not None else _("New session")

    @property
    def can_save(self) -> bool:
        """Whether there is anything to be saved."""
        return self.document.unsaved or (self.file is None and self.origin is None)

    def save(self, folder: Path, taken: Collection[str] = ()) -> Path:
        """Save it, in `folder` where it has no file yet, under a name that is free there, and return the file.

        `taken` are the stems of other sessions, which a new one must not hide. Raises ChangedMeanwhile where the file
        is another by now, with nothing written, and Problem where it cannot be written.
        """
        file = self.file or self._new_file(folder, taken)
        known = self._source.known
        content = known.with_text(self.document.text) if known is not None else new_content(self.document.text)
        save_content(content, file, known if self.file is not None else None)
        self._source = _Source(file, content, None)
        self.document.mark_saved()
        return file

    def save_over(self, folder: Path) -> Path:
        """Save it in place of what another program has written meanwhile, which is kept beside it. Raises Problem."""
        file = self.file
        now = read_if_exists(file) if file is not None else None
        if file is not None and now is not None:
            save_content(now, _free(file.parent, f"{stem_of(file)}-other", ()), None)
        self._source = _Source(file, now, self.origin)
        return self.save(folder)

    def accept_disk_content(self, theirs: Content) -> tuple[TextEdit, ...]:
        """Take what another program has written in place of what was done here, and return the edits.

        They can be undone.
        """
        self._source = _Source(self.file, theirs, None)
        edits = self.document.set_text(theirs.text, _("Take over what is on the disk"))
        self.document.mark_saved()
        return edits

    def detach_file(self) -> None:
        """Let the next save make a new file: the old one was deleted, or belongs to somebody else now."""
        self._source = _Source(None, None, None)
        self.document.mark_on_disk(None)

    def look_at_disk(self) -> ChangedMeanwhile | None:
        """Return what another program has done to the file since it was opened or saved; None where nothing was."""
        file, known = self.file, self._source.known
        if file is None:
            return None
        try:
            now = read_if_exists(file)
        except Problem:
            return None  # saving will tell; there is nothing to show yet
        if now is None or known is None or now.raw != known.raw:
            return ChangedMeanwhile(file, now)
        return None

    def unsaved(self, at: datetime) -> Unsaved:
        """Return what is to be kept of it, in case the program ends before it is saved."""
        known = self._source.known
        on_disk = known.text if known is not None else None
        return Unsaved(self.key, self.title, self.document.text, at, self.file, self.origin, on_disk)

    def _new_file(self, folder: Path, taken: Collection[str]) -> Path:
        """Return the file that a session without one is saved in."""
        if self.origin is not None and not (folder / self.origin.name).exists():
            return folder / self.origin.name
        return _free(folder, stem_for(self.title), taken)


def open_for_editing(file: Path, catalogue: Catalogue, *, shipped: bool) -> EditedSession:
    """Return a session's file as it is edited; a `shipped` one as a copy. Raises Problem where it cannot be read."""
    content = read_content(file)
    source = _Source(None, content, file) if shipped else _Source(file, content, None)
    return _work(content.text, content.text, source, DraftReader(file.name, catalogue))


def new_for_editing(text: str, catalogue: Catalogue) -> EditedSession:
    """Return a session that has no file yet, with a text to begin with."""
    return _work(text, text, _Source(None, None, None), DraftReader("", catalogue))


def recover_unsaved(kept: Unsaved, catalogue: Catalogue) -> EditedSession:
    """Return unsaved work as it was. What is on the disk is what it was taken from: undo goes back there."""
    before = kept.on_disk
    known = new_content(before) if before is not None else None
    now = None
    if kept.file is not None:
        with suppress(Problem):  # what was written is there all the same; saving it will tell
            now = read_if_exists(kept.file)
    if now is not None and now.text == before:
        known = now
    reader = DraftReader(kept.file.name if kept.file is not None else "", catalogue)
    first = before if before is not None else kept.text
    work = _work(first, before, _Source(kept.file, known, kept.origin), reader, kept.key)
    work.document.set_text(kept.text, _("Changes from last time"))
    return work


def _work(text: str, saved: str | None, source: _Source, reader: DraftReader, key: str | None = None) -> EditedSession:
    return EditedSession(Document(text, reader, saved), StepOperations(reader), source, key or uuid.uuid4().hex)


def _free(folder: Path, stem: str, taken: Collection[str]) -> Path:
    """Return the first file of this stem that is neither in the folder nor taken, with a number where it needs one."""
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        file = folder / f"{name}{SUFFIX}"
        if name not in taken and not file.exists():
            return file
        number += 1
