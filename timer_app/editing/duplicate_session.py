"""Duplicate a session."""

from __future__ import annotations

from pathlib import Path

from timer_app.definition.format_fields import LONGEST_NAME
from timer_app.definition.library import SUFFIX, Library, LibraryEntry
from timer_app.definition.session_import import Candidate, copy_in
from timer_app.definition.templates import stem_for
from timer_app.editing.text_rewrite import renamed
from timer_app.i18n import _


def make_copy(entry: LibraryEntry, library: Library) -> Path:
    """Save a copy of a session in the user's folder, with “(copy)” in its name and its comments. Raises Problem."""
    session = library.open(entry)
    suffix = _(" (copy)")
    name = session.name[: LONGEST_NAME - len(suffix)] + suffix
    text = renamed(entry.text(), name, library.catalogue)
    candidate = Candidate(stem_for(name) + SUFFIX, name, text, None)
    return copy_in([candidate], library.own)[0]
