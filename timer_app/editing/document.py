"""The text of one session file with its undo history.

The form and the text tab change the same document, and undo goes back through both. While the text is no YAML, only the
text can be changed; the history is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from timer_app.definition.text_edit import TextEdit, apply_edits, difference
from timer_app.editing.draft_parser import Draft, DraftReader

TYPING = "typing"
"""The `merge` of typed edits: they become one undo step for each word."""

_LARGEST_STEP = 40
"""Edits after which even a word without a blank begins a new undo step."""


class _AppliedChange(Struct, frozen=True):
    """One undo step: its edits in order, and its label in the user's language."""

    edits: tuple[TextEdit, ...]
    label: str
    merge: str


class Document:
    """A text with its undo history. `saved` is the text on the disk, None without a file."""

    def __init__(self, text: str, reader: DraftReader, saved: str | None = None) -> None:
        self._reader = reader
        self._draft = reader.read(text)
        self._saved = saved
        self._done: list[_AppliedChange] = []
        self._undone: list[_AppliedChange] = []
        self._open = False

    @property
    def draft(self) -> Draft:
        """The parsed text."""
        return self._draft

    @property
    def text(self) -> str:
        """The current text."""
        return self._draft.text

    @property
    def unsaved(self) -> bool:
        """Whether the text differs from the one on the disk."""
        return self.text != self._saved

    @property
    def undo_label(self) -> str:
        """The label of the step to undo; empty for none."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """The label of the step to redo; empty for none."""
        return self._undone[-1].label if self._undone else ""

    def mark_saved(self) -> None:
        """Take the text for the one on the disk, and end the current undo step."""
        self._saved = self.text
        self.commit()

    def mark_on_disk(self, text: str | None) -> None:
        """Set the text that is on the disk, None for no file."""
        self._saved = text

    def commit(self) -> None:
        """End the current undo step, so that the next change begins a new one."""
        self._open = False

    def apply(self, edits: Sequence[TextEdit], label: str, merge: str = "") -> None:
        """Apply edits one after the other, as an undo step called `label`.

        Consecutive calls with the same `merge` are one undo step; with `TYPING` only as long as each edit continues the
        one before, within a word. Raises ValueError if an edit does not fit the text.
        """
        self._draft = self._reader.read(apply_edits(self.text, edits))
        self._undone.clear()
        last = self._done[-1] if self._done and self._open else None
        if last is not None and merge and last.merge == merge and (merge != TYPING or _continues(last.edits, edits[0])):
            self._done[-1] = _AppliedChange((*last.edits, *edits), last.label, merge)
        else:
            self._done.append(_AppliedChange(tuple(edits), label, merge))
        self._open = True

    def set_text(self, text: str, label: str) -> tuple[TextEdit, ...]:
        """Replace the text, and return the edit that does so; none if the text is the same."""
        edit = difference(self.text, text)
        edits = (edit,) if edit is not None else ()
        if edits:
            self.apply(edits, label)
        return edits

    def undo(self) -> tuple[TextEdit, ...]:
        """Undo the last step and return the edits made; none if there is nothing to undo."""
        if not self._done:
            return ()
        done = self._done.pop()
        self._undone.append(done)
        return self._run(tuple(edit.inverse for edit in reversed(done.edits)))

    def redo(self) -> tuple[TextEdit, ...]:
        """Redo the step undone last and return the edits made; none if there is nothing to redo."""
        if not self._undone:
            return ()
        done = self._undone.pop()
        self._done.append(done)
        return self._run(done.edits)

    def _run(self, edits: tuple[TextEdit, ...]) -> tuple[TextEdit, ...]:
        self._draft = self._reader.read(apply_edits(self.text, edits))
        self._open = False
        return edits


def _continues(before: tuple[TextEdit, ...], edit: TextEdit) -> bool:
    """Return whether an edit continues the typing before it: adjacent, in the same direction, in the same word."""
    last = before[-1]
    if len(before) >= _LARGEST_STEP or "\n" in edit.added + edit.removed:
        return False
    if not edit.removed and not last.removed:
        begins_word = last.added[-1:].isspace() and not edit.added[:1].isspace()
        return edit.start == last.end_after and not begins_word
    return not edit.added and not last.added and last.start in (edit.end, edit.start)
