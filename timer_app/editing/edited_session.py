"""A session being edited: where it came from, where it will be saved, and its document.

A session that came with the program is edited as a copy: it is saved among the user's own under the same name, and is
listed in its place from then on.
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
from timer_app.definition.templates import free_stem, stem_for
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
    """Where a document came from: its own `file` with its `expected` content, or the shipped `origin` of a copy."""

    file: Path | None
    expected: Content | None
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
        """The file to save to; None while it has none of its own."""
        return self._source.file

    @property
    def origin(self) -> Path | None:
        """The shipped file that this is a copy of, if any."""
        return self._source.origin

    @property
    def stem(self) -> str:
        """The stem of the session's file, or the one that saving would give it."""
        if self.file is not None:
            return stem_of(self.file)
        return stem_of(self.origin) if self.origin is not None else stem_for(self.title)

    @property
    def title(self) -> str:
        """The session's name as it is written now, or a stand-in while it has none."""
        head = self.document.draft.head
        name = head.get(format_fields.NAME.name) if head is not None else None
        written = " ".join(name.text.split()) if isinstance(name, Scalar) else ""
        if written:
            return written[: format_fields.LONGEST_NAME]
        return stem_of(self.file) if self.file is not None else _("New session")

    @property
    def can_save(self) -> bool:
        """Whether there is anything to save."""
        return self.document.unsaved or (self.file is None and self.origin is None)

    def save(self, folder: Path, taken: Collection[str] = ()) -> Path:
        """Save the session and return its file; a new file goes into `folder`, under a free name.

        `taken` are the stems of other sessions, which a new one must not hide. Raises ChangedMeanwhile, with nothing
        written, if another program changed the file, and Problem if it cannot be written.
        """
        file = self.file or self._new_file(folder, taken)
        expected = self._source.expected
        content = expected.with_text(self.document.text) if expected is not None else new_content(self.document.text)
        save_content(content, file, expected if self.file is not None else None)
        self._source = _Source(file, content, None)
        self.document.mark_saved()
        return file

    def save_over(self, folder: Path) -> Path:
        """Save over what another program wrote meanwhile, which is kept beside it. Raises Problem."""
        file = self.file
        now = read_if_exists(file) if file is not None else None
        if file is not None and now is not None:
            save_content(now, _free_file(file.parent, f"{stem_of(file)}-other", ()), None)
        self._source = _Source(file, now, self.origin)
        return self.save(folder)

    def accept_disk_content(self, content: Content) -> tuple[TextEdit, ...]:
        """Replace the text by what another program wrote, and return the edits, which can be undone."""
        self._source = _Source(self.file, content, None)
        edits = self.document.set_text(content.text, _("Take over what is on the disk"))
        self.document.mark_saved()
        return edits

    def detach_file(self) -> None:
        """Let the next save create a new file."""
        self._source = _Source(None, None, None)
        self.document.mark_on_disk(None)

    def check_disk(self) -> ChangedMeanwhile | None:
        """Return what another program did to the file since it was opened or saved; None for nothing."""
        file, expected = self.file, self._source.expected
        if file is None:
            return None
        try:
            now = read_if_exists(file)
        except Problem:
            return None  # saving reports it
        if now is None or expected is None or now.raw != expected.raw:
            return ChangedMeanwhile(file, now)
        return None

    def unsaved(self, at: datetime) -> Unsaved:
        """Return the draft to keep in case the program ends before the session is saved."""
        expected = self._source.expected
        on_disk = expected.text if expected is not None else None
        return Unsaved(self.key, self.title, self.document.text, at, self.file, self.origin, on_disk)

    def _new_file(self, folder: Path, taken: Collection[str]) -> Path:
        """Return the file that a session without one is saved to."""
        if self.origin is not None and not (folder / self.origin.name).exists():
            return folder / self.origin.name
        return _free_file(folder, stem_for(self.title), taken)


def open_for_editing(file: Path, catalogue: Catalogue, *, shipped: bool) -> EditedSession:
    """Open a session's file for editing; a `shipped` one as a copy. Raises Problem if it cannot be read."""
    content = read_content(file)
    source = _Source(None, content, file) if shipped else _Source(file, content, None)
    return _edited_session(content.text, content.text, source, DraftReader(file.name, catalogue))


def new_for_editing(text: str, catalogue: Catalogue) -> EditedSession:
    """Return a session without a file, beginning with a text."""
    return _edited_session(text, text, _Source(None, None, None), DraftReader("", catalogue))


def recover_unsaved(draft: Unsaved, catalogue: Catalogue) -> EditedSession:
    """Restore a draft; undo leads back to the text that was on the disk."""
    before = draft.on_disk
    expected = new_content(before) if before is not None else None
    now = None
    if draft.file is not None:
        with suppress(Problem):  # the draft is there all the same; saving reports the problem
            now = read_if_exists(draft.file)
    if now is not None and now.text == before:
        expected = now
    reader = DraftReader(draft.file.name if draft.file is not None else "", catalogue)
    first = before if before is not None else draft.text
    edited = _edited_session(first, before, _Source(draft.file, expected, draft.origin), reader, draft.key)
    edited.document.set_text(draft.text, _("Changes from last time"))
    return edited


def _edited_session(
    text: str, saved: str | None, source: _Source, reader: DraftReader, key: str | None = None
) -> EditedSession:
    return EditedSession(Document(text, reader, saved), StepOperations(reader), source, key or uuid.uuid4().hex)


def _free_file(folder: Path, stem: str, taken: Collection[str]) -> Path:
    """Return the first file name with this stem, numbered if needed, that is neither in the folder nor taken."""
    free = free_stem(stem, lambda name: name in taken or (folder / f"{name}{SUFFIX}").exists())
    return folder / f"{free}{SUFFIX}"
