"""One session file being changed: its text, what can be told of it, and everything that was done to it so far.

The form and the text tab change the same document, and undo goes back through both. While the text is no YAML, only the
text can be changed; nothing that was done is lost meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from timer_app.definition.text_edit import TextEdit, apply_edits, difference
from timer_app.editing.draft_parser import Draft, DraftReader

TYPING = "typing"
"""What is merged into one step of undo while it is typed in one go, a word at a time."""

_LARGEST_STEP = 40
"""Characters after which even a word without a blank begins a new step of undo."""


class _AppliedChange(Struct, frozen=True):
    """One step of undo: its edits in order, and what was done, in the user's language."""

    edits: tuple[TextEdit, ...]
    label: str
    merge: str


class Document:
    """A text with its history. `reader` reads it; `saved` is the text that is on the disk, None where there is none."""

    def __init__(self, text: str, reader: DraftReader, saved: str | None = None) -> None:
        self._reader = reader
        self._draft = reader.read(text)
        self._saved = saved
        self._done: list[_AppliedChange] = []
        self._undone: list[_AppliedChange] = []
        self._open = False

    @property
    def draft(self) -> Draft:
        """What can be told of the text as it is now."""
        return self._draft

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._draft.text

    @property
    def unsaved(self) -> bool:
        """Whether the text is another than the one on the disk."""
        return self.text != self._saved

    @property
    def undo_label(self) -> str:
        """What undo would take back; empty where nothing was done."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again; empty where nothing was undone."""
        return self._undone[-1].label if self._undone else ""

    def mark_saved(self) -> None:
        """Take the text as it is for the one on the disk. What is done from now on is a new step of undo."""
        self._saved = self.text
        self.commit()

    def mark_on_disk(self, text: str | None) -> None:
        """Take note of what the disk holds now, None for no file."""
        self._saved = text

    def commit(self) -> None:
        """Let the next change be a step of undo of its own, whatever it is."""
        self._open = False

    def apply(self, edits: Sequence[TextEdit], label: str, merge: str = "") -> None:
        """Make edits one after the other, and remember them as `label`.

        Changes in a row with the same `merge` are one step of undo. With `TYPING` they are only where each goes on
        where the last one ended, within a word. Raises ValueError where an edit does not fit the text.
        """
        self._draft = self._reader.read(apply_edits(self.text, edits))
        self._undone.clear()
        last = self._done[-1] if self._done and self._open else None
        if last is not None and merge and last.merge == merge and (merge != TYPING or _goes_on(last.edits, edits[0])):
            self._done[-1] = _AppliedChange((*last.edits, *edits), last.label, merge)
        else:
            self._done.append(_AppliedChange(tuple(edits), label, merge))
        self._open = True

    def set_text(self, text: str, label: str) -> tuple[TextEdit, ...]:
        """Take another text, and return the edit that it is; none where it is no other."""
        edit = difference(self.text, text)
        edits = (edit,) if edit is not None else ()
        if edits:
            self.apply(edits, label)
        return edits

    def undo(self) -> tuple[TextEdit, ...]:
        """Take back what was done last, and return the edits that this was; none where nothing was done."""
        if not self._done:
            return ()
        done = self._done.pop()
        self._undone.append(done)
        return self._run(tuple(edit.inverse for edit in reversed(done.edits)))

    def redo(self) -> tuple[TextEdit, ...]:
        """Do again what was undone last, and return the edits that this was; none where nothing was undone."""
        if not self._undone:
            return ()
        done = self._undone.pop()
        self._done.append(done)
        return self._run(done.edits)

    def _run(self, edits: tuple[TextEdit, ...]) -> tuple[TextEdit, ...]:
        self._draft = self._reader.read(apply_edits(self.text, edits))
        self._open = False
        return edits


def _goes_on(before: tuple[TextEdit, ...], edit: TextEdit) -> bool:
    """Whether an edit goes on with the typing before it: at its end, in the same direction, in the same word."""
    last = before[-1]
    if len(before) >= _LARGEST_STEP or "\n" in edit.added + edit.removed:
        return False
    if not edit.removed and not last.removed:
        begins_word = last.added[-1:].isspace() and not edit.added[:1].isspace()
        return edit.start == last.end_after and not begins_word
    return not edit.added and not last.added and last.start in (edit.end, edit.start)
