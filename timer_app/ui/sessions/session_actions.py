"""Actions of the session list: make, edit, copy, rename or delete a session, and undo that."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from timer_app.definition.library import LibraryEntry, stem_of
from timer_app.editing.trash import Deleted, Trash
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.problems import Problem
from timer_app.ui.sessions.session_detail import SessionDetail
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.open_externally import open_externally
from timer_app.ui.support.services import Services

if TYPE_CHECKING:
    from timer_app.coaching.progression import Progression
    from timer_app.editing.apply_progression import AppliedProgression
    from timer_app.ui.sessions.session_files import SessionFiles

NEW_KEY, COPY_KEY, RENAME_KEY, DELETE_KEY, UNDO_KEY = "Ctrl+N", "Ctrl+D", "F2", "Del", "Ctrl+Z"


class SessionActions(QObject):
    """Acts on the session that a `SessionDetail` shows.

    `changed` carries the stem of a file that was made or changed, `edit_requested` an entry to edit, `new_requested`
    the text that a new session begins with, and `lengthened` the entry in which a hold was made longer.
    Sessions that came with the program are not renamed and not deleted: a change makes a copy of them.
    """

    changed = Signal(str)
    edit_requested = Signal(object)
    new_requested = Signal(str)
    lengthened = Signal(object)

    def __init__(self, services: Services, page: QWidget) -> None:
        super().__init__(page)
        self._services = services
        self._page = page
        self._detail: SessionDetail | None = None
        self._undo: Callable[[], None] | None = None
        self._lengthening: BackgroundTask[AppliedProgression | Problem] | None = None
        self._edit = self._action(_("Edit"), "", self.edit)
        self._copy = self._action(_("Duplicate"), COPY_KEY, self.duplicate)
        self._rename = self._action(_("Rename…"), RENAME_KEY, self.rename)
        self._delete = self._action(_("Delete"), DELETE_KEY, self.delete)
        self._outside = self._action(_("Open in a text editor"), "", self._open_outside)
        self._action(_("Undo"), UNDO_KEY, self.undo)

    def follow(self, detail: SessionDetail, listed: QAbstractItemView) -> None:
        """Act on what this view shows, and offer all of it in the menu of the list and by its keys."""
        self._detail = detail
        for action in (self._rename, self._delete):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            listed.addAction(action)
        listed.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        listed.customContextMenuRequested.connect(partial(self._show_menu, listed))

    def new_menu(self, parent: QWidget) -> QMenu:
        """Return the menu of ways to make a new session."""
        menu = QMenu(parent)
        menu.addAction(self._action(_("Empty session"), NEW_KEY, self.make_empty))
        menu.addAction(self._action(_("With notes to learn from"), "", self.make_starter))
        menu.addAction(self._action(_("Copy of the one shown"), "", self.edit_copy))
        return menu

    def make_empty(self) -> None:
        """Begin a session with nothing in it."""
        self.new_requested.emit(self._files.template(notes=False))

    def make_starter(self) -> None:
        """Begin a session with a few steps in it, and notes that explain the file."""
        self.new_requested.emit(self._files.template(notes=True))

    def edit_copy(self) -> None:
        """Copy the session that is shown, and change the copy."""
        file = self._make_copy()
        if file is not None:
            self.changed.emit(stem_of(file))
            self._attempt(lambda: self.edit_requested.emit(self._services.library.read(file)))

    def edit(self) -> None:
        """Change the session that is shown."""
        if self._entry is not None:
            self.edit_requested.emit(self._entry)

    def duplicate(self) -> None:
        """Copy the session that is shown to the user's own."""
        file = self._make_copy()
        if file is not None:
            self._services.messages.show_note(_("A copy is in your folder: {name}.").format(name=file.name))
            self.changed.emit(stem_of(file))

    def rename(self) -> None:
        """Ask for another name for the session that is shown."""
        entry = self._entry
        if entry is None or entry.shipped:
            return
        dialog = self._files.rename_dialog(entry, self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named.connect(partial(self.set_title, entry))
        dialog.open()

    def set_title(self, entry: LibraryEntry, title: str) -> None:
        """Rename a session, and offer to undo that."""

        def rename(title: str) -> None:
            self._files.rename(entry, title)
            self.changed.emit(entry.stem)

        if title != entry.title and self._attempt(lambda: rename(title)):
            message = _("It is called “{name}” now.").format(name=title)
            self._offer_undo(message, lambda: rename(entry.title))

    def lengthen_hold(self, entry: LibraryEntry, growth: Progression) -> None:
        """Write a longer hold into a session's file on another thread, and offer to undo that."""
        self._lengthening = BackgroundTask(
            self,
            lambda: self._files.lengthen_hold(entry, growth),
            partial(self._show_lengthened, entry, growth),
        )
        self._lengthening.start()

    def _show_lengthened(self, entry: LibraryEntry, growth: Progression, done: AppliedProgression | Problem) -> None:
        if isinstance(done, Problem):
            self._services.messages.show_problem(done)
            return

        def undo() -> None:
            self._files.revert(done)
            self.changed.emit(entry.stem)

        self.lengthened.emit(entry)
        self.changed.emit(stem_of(done.file))
        message = _("{exercise} is held for {length} from now on.")
        self._offer_undo(message.format(exercise=growth.exercise.name, length=formatting.brief(growth.proposed)), undo)

    def delete(self) -> None:
        """Delete the session that is shown; it can be brought back for 30 days."""
        entry = self._entry
        if entry is None or entry.shipped:
            return
        trash = Trash(self._services.paths.deleted)
        deleted: list[Deleted] = []

        def restore() -> None:
            self.changed.emit(stem_of(trash.restore(deleted[0])))

        if self._attempt(lambda: deleted.append(trash.delete(entry.file, self._services.clock.wall()))):
            self.changed.emit("")
            self._offer_undo(_("“{name}” is deleted.").format(name=entry.title), restore)

    def undo(self) -> None:
        """Undo the last rename, delete or longer hold."""
        undo, self._undo = self._undo, None
        if undo is not None:
            self._attempt(undo)

    @cached_property
    def _files(self) -> SessionFiles:
        from timer_app.ui.sessions.session_files import SessionFiles  # noqa: PLC0415 - loads the parser and the editing package

        return SessionFiles(self._services)

    @property
    def _entry(self) -> LibraryEntry | None:
        return self._detail.entry if self._detail is not None else None

    def _offer_undo(self, message: str, undo: Callable[[], None]) -> None:
        self._undo = undo

        def undo_shown() -> None:
            if self._undo is undo:
                self.undo()

        self._services.messages.show_offer(message, _("Undo"), undo_shown)

    def _make_copy(self) -> Path | None:
        entry, made = self._entry, list[Path]()
        if entry is not None:
            self._attempt(lambda: made.append(self._files.copy(entry)))
        return made[0] if made else None

    def _attempt(self, act: Callable[[], None]) -> bool:
        """Change files, and return whether that worked; a problem is shown."""
        try:
            act()
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return False
        return True

    def _open_outside(self) -> None:
        if self._entry is not None:
            open_externally(self._entry.file, self._services.messages)

    def _show_menu(self, listed: QAbstractItemView, place: QPoint) -> None:
        index = listed.indexAt(place)
        if not index.isValid():
            return
        listed.setCurrentIndex(index)
        menu = self.menu(listed)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(listed.viewport().mapToGlobal(place))

    def menu(self, parent: QWidget) -> QMenu:
        """Return what can be done with the session that is shown."""
        own = self._entry is not None and not self._entry.shipped
        menu = QMenu(parent)
        menu.addAction(self._edit)
        menu.addAction(self._copy)
        if own:
            menu.addAction(self._rename)
        menu.addAction(self._outside)
        if own:
            menu.addSeparator()
            menu.addAction(self._delete)
        return menu

    def _action(self, words: str, key: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self._page)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked: act())
        self._page.addAction(action)
        return action
