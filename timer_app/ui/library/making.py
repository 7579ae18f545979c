"""Sessions of the person's own: a first file to begin with, and a copy of one that is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from timer_app.definition.importing import Candidate, copy_in
from timer_app.definition.library import SUFFIX, Entry, Library
from timer_app.definition.starter import starter_text, stem_for
from timer_app.definition.writing import write_session
from timer_app.i18n import _

_LONGEST_NAME = 80


def make_new(library: Library) -> Path:
    """Put a commented first session among the person's own and return its file. Raises Problem."""
    name = _("My session")
    return _put(name, starter_text(name), library)


def make_copy(entry: Entry, library: Library) -> Path:
    """Put a copy of a session among the person's own, under a name that tells it apart. Raises Problem.

    The comments of the original stay.
    """
    session = library.open(entry)
    suffix = _(" (copy)")
    name = session.name[: _LONGEST_NAME - len(suffix)] + suffix
    return _put(name, write_session(replace(session, name=name), entry.text()), library)


def _put(name: str, text: str, library: Library) -> Path:
    candidate = Candidate(stem_for(name) + SUFFIX, name, text, None)
    return copy_in([candidate], library.own)[0]
