"""The session being edited, with signals: the state shared by form, tree, timeline and text.

Every change goes through here: it is applied to the document, emitted to every view, and saved in a draft a moment
later on another thread. The file is watched meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from timer_app.definition.library import LibraryEntry
from timer_app.definition.model import StepPath
from timer_app.definition.text_edit import TextEdit
from timer_app.editing.autosave import Unsaved, UnsavedWork
from timer_app.editing.document import TYPING, Document
from timer_app.editing.draft_parser import Draft
from timer_app.editing.edited_session import EditedSession, new_for_editing, open_for_editing
from timer_app.editing.session_file import ChangedMeanwhile
from timer_app.editing.step_operations import StepOperations, StepResult
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.messages import OngoingProblem
from timer_app.ui.support.services import Services

AUTOSAVE_DELAY = 1_000
"""Milliseconds from the last change to its draft: the most typing that a power cut can lose."""

StepOperation = Callable[[StepOperations, Draft], StepResult]
"""A change of a draft: a method of `StepOperations` with its arguments filled in."""


class EditorSession(QObject):
    """One edited session at a time, or none.

    `changed` carries the edits made to the text, and whether they were typed in it; `chosen` the paths of the steps
    that a change affected; `saved` the file; `disk_changed` a `ChangedMeanwhile`. `opened` is emitted with another
    session.
    """

    opened = Signal()
    changed = Signal(object, bool)
    chosen = Signal(object)
    saved = Signal(object)
    disk_changed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._edited: EditedSession | None = None
        self._drafts = UnsavedWork(services.paths.drafts)
        self._pending_drafts: dict[str, Unsaved | None] = {}
        self._reported: ChangedMeanwhile | None = None
        self._autosave_timer = QTimer(self, singleShot=True, interval=AUTOSAVE_DELAY)
        self._autosave_timer.timeout.connect(self.save_draft)
        no_drafts = OngoingProblem(services.messages, _("Your changes are kept while you type again."))
        self._not_saved = OngoingProblem(services.messages, _("Your session is saved now."))
        self._autosave: BackgroundTask[Problem | None] = BackgroundTask(self, self._write_draft, no_drafts.update)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.check_disk)
        self._watcher.directoryChanged.connect(self.check_disk)

    @property
    def edited(self) -> EditedSession | None:
        """The session being edited, or None."""
        return self._edited

    @property
    def document(self) -> Document | None:
        """The document of the session being edited, or None."""
        return self._edited.document if self._edited is not None else None

    def load(self, entry: LibraryEntry) -> EditedSession:
        """Return a session for editing, a shipped one as a copy. Raises Problem where it cannot be read."""
        return open_for_editing(entry.file, self._services.catalogue, shipped=entry.shipped)

    def create(self, text: str) -> EditedSession:
        """Return a session for editing that has no file yet."""
        return new_for_editing(text, self._services.catalogue)

    def open(self, edited: EditedSession) -> None:
        """Edit another session; the one before should have been saved or closed."""
        self._autosave_timer.stop()
        self._edited = edited
        self._reported = None
        self._watch()
        self.opened.emit()
        if edited.document.unsaved:
            self._autosave_timer.start()

    def change(self, operation: StepOperation, label: str, merge: str = "") -> None:
        """Apply an operation to the session; a `Problem` is shown as a message."""
        edited = self._edited
        if edited is None:
            return
        try:
            result = operation(edited.operations, edited.document.draft)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        if result.edits:
            edited.document.apply(result.edits, label, merge)
            self._emit_changed(result.edits, typed=False)
        if result.paths is not None:
            self.chosen.emit(result.paths)

    def type(self, edit: TextEdit) -> None:
        """Apply an edit that the user typed in the text."""
        if self._edited is not None:
            self._edited.document.apply((edit,), _("Typing"), TYPING)
            self._emit_changed((edit,), typed=True)

    def commit(self) -> None:
        """Start a new undo step with the next change."""
        if self._edited is not None:
            self._edited.document.commit()

    def undo(self) -> None:
        """Undo the last step."""
        if self._edited is not None:
            self._run(self._edited.document.undo())

    def redo(self) -> None:
        """Redo the step undone last."""
        if self._edited is not None:
            self._run(self._edited.document.redo())

    def items(self, paths: Sequence[StepPath]) -> list[str]:
        """Return the lines of some steps. Raises Problem where they have to be corrected first."""
        edited = self._edited
        return edited.operations.items_of(edited.document.draft, paths) if edited is not None else []

    def save(self) -> bool:
        """Save the session unless the file was changed meanwhile; return whether it is saved now."""
        edited = self._edited
        if edited is None:
            return True
        shipped = {entry.stem for entry in self._services.library.entries()}
        return self._save(edited, partial(edited.save, self._services.library.own, shipped))

    def overwrite(self) -> bool:
        """Save the session over what another program wrote, which is kept beside it."""
        edited = self._edited
        return edited is None or self._save(edited, partial(edited.save_over, self._services.library.own))

    def accept_disk_version(self, disk: ChangedMeanwhile) -> None:
        """Replace the text by what another program wrote; detach from a deleted file."""
        edited = self._edited
        if edited is None:
            return
        if disk.content is None:
            edited.detach_file()
            self._emit_changed((), typed=False)
        else:
            self._emit_changed(edited.accept_disk_content(disk.content), typed=False)
        self._reported = None
        self._watch()

    def check_disk(self) -> None:
        """Check whether another program has changed the file, and emit `disk_changed` once for each change."""
        change = self._edited.check_disk() if self._edited is not None else None
        self._watch()
        if change is not None and (self._reported is None or self._reported.content != change.content):
            self._reported = change
            self.disk_changed.emit(change)

    def save_draft(self) -> None:
        """Write unsaved changes to a draft now, on another thread."""
        self._autosave_timer.stop()
        edited = self._edited
        if edited is not None:
            unsaved = edited.unsaved(self._services.clock.wall()) if edited.document.unsaved else None
            self._pending_drafts[edited.key] = unsaved
            self._autosave.start()

    def close(self) -> None:
        """Close the session and delete its draft."""
        self._autosave_timer.stop()
        edited, self._edited = self._edited, None
        self._watch()
        if edited is not None:
            self._pending_drafts[edited.key] = None
            self._autosave.start()

    def _save(self, edited: EditedSession, save: Callable[[], Path]) -> bool:
        try:
            file = save()
        except ChangedMeanwhile as change:
            self._reported = change
            self.disk_changed.emit(change)
            return False
        except Problem as problem:
            self._not_saved.update(problem)
            return False
        self._not_saved.update(None)
        self._reported = None
        self._watch()
        self.save_draft()
        self.saved.emit(file)
        return True

    def _run(self, edits: tuple[TextEdit, ...]) -> None:
        edited = self._edited
        if edits and edited is not None:
            self._emit_changed(edits, typed=False)
            path = edited.document.draft.path_at(min(edit.start for edit in edits))
            self.chosen.emit((path,) if path else ())

    def _emit_changed(self, edits: tuple[TextEdit, ...], *, typed: bool) -> None:
        self._autosave_timer.start()
        self.changed.emit(edits, typed)

    def _watch(self) -> None:
        """Watch the file and its folder: many programs write by replacing the file."""
        file = self._edited.file if self._edited is not None else None
        needed = {str(path) for path in (file, file.parent) if path.exists()} if file is not None else set()
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if outdated := sorted(watched - needed):
            self._watcher.removePaths(outdated)
        if new := sorted(needed - watched):
            self._watcher.addPaths(new)

    def _write_draft(self) -> Problem | None:
        """Write or delete the pending drafts; runs on another thread."""
        pending, self._pending_drafts = self._pending_drafts, {}
        try:
            for key, unsaved in pending.items():
                if unsaved is None:
                    self._drafts.delete(key)
                else:
                    self._drafts.save(unsaved)
        except OSError as error:
            for key, unsaved in pending.items():
                # What has changed since is newer.
                self._pending_drafts.setdefault(key, unsaved)
            what = _("Your changes cannot be kept while you type: {reason}.").format(reason=error.strerror or error)
            return Problem(what, _("Save often: what is not saved would be lost in a power cut."))
        return None
