"""Keep the exact text of a widget: each change that Qt reports becomes a `TextEdit`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor, QTextDocument

from timer_app.definition.text_edit import TextEdit, difference
from timer_app.ui.editor.text.utf16 import shown, to_characters, to_units


class DocumentSync(QObject):
    """Keep `text` in step with a document, and emit `changed` with each change.

    The document itself is no source for the text: it holds replacements for some characters, and returns others as
    spaces. `changed` is emitted when the document is consistent again.
    """

    changed = Signal(object)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._pending: list[TextEdit] = []
        self._quiet = False
        self.text = ""
        document.contentsChange.connect(self._follow)
        document.contentsChanged.connect(self._emit_pending)

    @property
    def busy(self) -> bool:
        """Whether a change has not been emitted yet."""
        return self._quiet or bool(self._pending)

    @contextmanager
    def quietly(self, text: str) -> Iterator[None]:
        """Let the document become `text` without emitting."""
        self.text, self._quiet = text, True
        try:
            yield
        finally:
            self._quiet = False

    def make(self, edit: TextEdit) -> None:
        """Make an edit in the document, without a signal. Raises ValueError where it does not fit."""
        before = self.text
        with self.quietly(edit.apply(before)):
            cursor = QTextCursor(self._document)
            cursor.setPosition(to_units(before, edit.start))
            cursor.setPosition(to_units(before, edit.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(shown(edit.added))

    def _follow(self, position: int, removed: int, _added: int) -> None:
        """Compute the exact change within the range of units that Qt reports."""
        if self._quiet:
            return
        old = self.text
        start = to_characters(old, position)
        end = to_characters(old, position + removed)
        if to_units(old, end) < position + removed:
            end = min(len(old), end + 1)
        after = to_units(old, len(old)) - to_units(old, end)
        new = self._between(to_units(old, start), self._document.characterCount() - 1 - after)
        edit = difference(shown(old[start:end]), new)
        if edit is not None:
            first = start + edit.start
            exact = TextEdit(first, old[first : first + len(edit.removed)], edit.added)
            self.text = exact.apply(old)
            self._pending.append(exact)

    def _between(self, start: int, end: int) -> str:
        """Return the document's text between two of its positions."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n")

    def _emit_pending(self) -> None:
        pending, self._pending = self._pending, []
        for edit in pending:
            self.changed.emit(edit)
