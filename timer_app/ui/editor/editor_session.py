"""The session that is being edited, with signals: what form, tree, drawing and text have in common.

Whatever is changed goes through here: it is made in the document, told to every view, and kept in a draft a moment
later, off the screen's thread. The file is watched meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from timer_app.definition.model import StepPath
from timer_app.editing.autosave import Unsaved, UnsavedWork
from timer_app.editing.document import TYPING, Document
from timer_app.editing.draft_parser import Draft
from timer_app.editing.edited_session import EditedSession
from timer_app.editing.session_file import ChangedMeanwhile
from timer_app.editing.step_operations import StepOperations, StepResult
from timer_app.editing.text_change import Change
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.messages import OngoingProblem
from timer_app.ui.support.services import Services

KEEP_AFTER = 1_000
"""Milliseconds after the last change until it is kept in a draft: what a power cut may take of one's typing."""

Way = Callable[[StepOperations, Draft], str | StepResult]
"""A way to change a draft: one of a `StepOperations`'s, with what it needs filled in."""


class EditorSession(QObject):
    """One session at a time. `changed` carries the changes made to the text, and whether they were typed in it.

    `chosen` carries the paths of the steps that a change was about. `saved` carries the file; `noticed` what another
    program did to it; `opened` comes with another session on the desk.
    """

    opened = Signal()
    changed = Signal(object, bool)
    chosen = Signal(object)
    saved = Signal(object)
    noticed = Signal(object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._work: EditedSession | None = None
        self._drafts = UnsavedWork(services.paths.drafts)
        self._waiting: dict[str, Unsaved | None] = {}
        self._told: ChangedMeanwhile | None = None
        self._resting = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._resting.timeout.connect(self.keep)
        no_drafts = OngoingProblem(services.messages, _("Your changes are kept while you type again."))
        self._not_saved = OngoingProblem(services.messages, _("Your session is saved now."))
        self._keeping: BackgroundTask[Problem | None] = BackgroundTask(self, self._write_draft, no_drafts.update)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.look_at_disk)
        self._watcher.directoryChanged.connect(self.look_at_disk)

    @property
    def work(self) -> EditedSession | None:
        """What is on the desk; None while it is empty."""
        return self._work

    @property
    def document(self) -> Document | None:
        """The document on the desk."""
        return self._work.document if self._work is not None else None

    def open(self, work: EditedSession) -> None:
        """Put a session on the desk in place of what was there, which should have been saved or let go."""
        self._resting.stop()
        self._work = work
        self._told = None
        self._watch()
        self.opened.emit()
        if work.document.unsaved:
            self._resting.start()

    def change(self, way: Way, label: str, merge: str = "") -> None:
        """Change the session in a way; what stands in the way of it is told as a message."""
        work = self._work
        if work is None:
            return
        try:
            made = way(work.changer, work.document.draft)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        text, paths = (made.text, made.paths) if isinstance(made, StepResult) else (made, None)
        change = work.document.become(text, label, merge)
        if change is not None:
            self._tell((change,), typed=False)
        if paths is not None:
            self.chosen.emit(paths)

    def type(self, change: Change) -> None:
        """Make a change that the person has typed in the text."""
        if self._work is not None:
            self._work.document.make(change, _("Typing"), TYPING)
            self._tell((change,), typed=True)

    def settle(self) -> None:
        """Let the next change be a step of undo of its own."""
        if self._work is not None:
            self._work.document.settle()

    def undo(self) -> None:
        """Take back what was done last."""
        if self._work is not None:
            self._run(self._work.document.undo())

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._work is not None:
            self._run(self._work.document.redo())

    def items(self, paths: Sequence[StepPath]) -> list[str]:
        """Return the lines of some steps. Raises Problem where they have to be mended first."""
        work = self._work
        return work.changer.taken_from(work.document.draft, paths) if work is not None else []

    def save(self) -> bool:
        """Save the session; returns whether it is saved now. What another program did meanwhile is told, not undone."""
        work = self._work
        if work is None:
            return True
        shipped = {entry.stem for entry in self._services.library.entries()}
        return self._save(work, partial(work.save, self._services.library.own, shipped))

    def save_mine(self) -> bool:
        """Save the session in place of what another program wrote, which is kept beside it."""
        work = self._work
        return work is None or self._save(work, partial(work.save_over, self._services.library.own))

    def take_theirs(self, theirs: ChangedMeanwhile) -> None:
        """Take what another program wrote in place of what was done here; for a deleted file, let go of the file."""
        work = self._work
        if work is None:
            return
        if theirs.content is None:
            work.part_from_file()
            self._tell((), typed=False)
        else:
            before = work.document.text
            work.take_over(theirs.content)
            whole = Change(0, before, work.document.text)
            self._tell((whole,), typed=False)
        self._told = None
        self._watch()

    def look_at_disk(self) -> None:
        """Look whether another program has changed the file, and tell it once."""
        found = self._work.look_at_disk() if self._work is not None else None
        self._watch()
        if found is not None and (self._told is None or self._told.content != found.content):
            self._told = found
            self.noticed.emit(found)

    def keep(self) -> None:
        """Keep what is not saved in a draft, now and off the screen's thread."""
        self._resting.stop()
        work = self._work
        if work is not None:
            kept = work.unsaved(self._services.clock.wall()) if work.document.unsaved else None
            self._waiting[work.key] = kept
            self._keeping.ask()

    def let_go(self) -> None:
        """Clear the desk and forget the draft: it was saved, or the person does not want it."""
        self._resting.stop()
        work, self._work = self._work, None
        self._watch()
        if work is not None:
            self._waiting[work.key] = None
            self._keeping.ask()

    def _save(self, work: EditedSession, save: Callable[[], Path]) -> bool:
        try:
            file = save()
        except ChangedMeanwhile as found:
            self._told = found
            self.noticed.emit(found)
            return False
        except Problem as problem:
            self._not_saved.update(problem)
            return False
        self._not_saved.update(None)
        self._told = None
        self._watch()
        self.keep()
        self.saved.emit(file)
        return True

    def _run(self, changes: tuple[Change, ...]) -> None:
        work = self._work
        if changes and work is not None:
            self._tell(changes, typed=False)
            path = work.document.draft.path_at(changes[-1].start)
            self.chosen.emit((path,) if path else ())

    def _tell(self, changes: tuple[Change, ...], *, typed: bool) -> None:
        self._resting.start()
        self.changed.emit(changes, typed)

    def _watch(self) -> None:
        """Watch the file on the desk, and its folder: many programs write by putting another file in its place."""
        file = self._work.file if self._work is not None else None
        wanted = {str(path) for path in (file, file.parent) if path.exists()} if file is not None else set()
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := sorted(watched - wanted):
            self._watcher.removePaths(gone)
        if new := sorted(wanted - watched):
            self._watcher.addPaths(new)

    def _write_draft(self) -> Problem | None:
        """Write the drafts that wait, or take them away. On another thread."""
        waiting, self._waiting = self._waiting, {}
        try:
            for key, kept in waiting.items():
                if kept is None:
                    self._drafts.forget(key)
                else:
                    self._drafts.keep(kept)
        except OSError as error:
            for key, kept in waiting.items():
                # What has changed since is newer.
                self._waiting.setdefault(key, kept)
            what = _("Your changes cannot be kept while you type: {reason}.").format(reason=error.strerror or error)
            return Problem(what, _("Save often: what is not saved would be lost in a power cut."))
        return None
