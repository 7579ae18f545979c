"""Changes to session files. Loading this loads the YAML parser and the editing package, so it waits for a change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from timer_app.coaching.progression import Progression
from timer_app.definition.library import LibraryEntry
from timer_app.definition.templates import empty_text, starter_text
from timer_app.editing.apply_progression import AppliedProgression, lengthen_hold, revert
from timer_app.editing.duplicate_session import make_copy
from timer_app.editing.rename_session import rename
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.sessions.rename_dialog import RenameDialog
from timer_app.ui.support.services import Services


class SessionFiles:
    """Make, copy, rename and change session files. Every method raises Problem when a file stands in the way."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def template(self, *, notes: bool) -> str:
        """Return the text of a new session: empty, or with a few steps and `notes` that explain the file."""
        return (starter_text if notes else empty_text)(_("My session"))

    def copy(self, entry: LibraryEntry) -> Path:
        """Copy a session to the user's own, and return the copy's file."""
        return make_copy(entry, self._services.library)

    def rename_dialog(self, entry: LibraryEntry, parent: QWidget) -> RenameDialog:
        """Return a dialog that asks for another name of a session."""
        return RenameDialog(self._services.theme, entry.title, parent)

    def rename(self, entry: LibraryEntry, title: str) -> None:
        """Write another name into a session's file, which keeps its own name: so its history stays with it."""
        rename(entry.file, title)

    def lengthen_hold(self, entry: LibraryEntry, growth: Progression) -> AppliedProgression | Problem:
        """Write a longer hold into a session's file, or into a copy of a shipped one. Raises nothing."""
        own, catalogue = self._services.library.own, self._services.catalogue
        step = (entry.file, growth.path, growth.step)
        try:
            return lengthen_hold(*step, growth.proposed, catalogue=catalogue, own=own, shipped=entry.shipped)
        except Problem as problem:
            return problem

    def revert(self, applied: AppliedProgression) -> None:
        """Undo a longer hold."""
        revert(applied)
