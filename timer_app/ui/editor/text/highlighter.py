"""Syntax highlighting of a session's text."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from timer_app.editing.text.tokenizer import State, TokenKind, tokenize
from timer_app.ui.editor.text.utf16 import to_units
from timer_app.ui.look.theme import Theme

_LINES_AT_ONCE = 200
"""How many lines are highlighted in one go: more than a window shows, a few milliseconds' work."""

_LATER = -1
"""The state of a line that is not highlighted yet."""


class Highlighter(QSyntaxHighlighter):
    """Highlight a document's lines by their tokens.

    Only lines that change are parsed again, and of a long text only the first lines at once: the others follow while
    the event loop is idle.
    """

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        # The document is set below, so that this is notified of each change first.
        super().__init__(QObject(document))
        self._theme = theme
        self._exercises: Container[str] = ()
        self._formats = self._make_formats()
        self._budget = _LINES_AT_ONCE
        self._next = QTextCursor(document)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._resume)
        document.contentsChange.connect(self._reset_budget)
        self.setDocument(document)
        theme.changed.connect(self._apply_theme)

    def set_exercises(self, exercises: Container[str]) -> None:
        """Set the ids of the catalogue's exercises."""
        self._exercises = exercises
        self._reset_budget()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Highlight one line, or defer it."""
        if not self._budget:
            self._defer(self.currentBlock())
            return
        self._budget -= 1
        spans, state = tokenize(text, State.of(self.previousBlockState()), self._exercises)
        self.setCurrentBlockState(state.number)
        for span in spans:
            start = to_units(text, span.start)
            self.setFormat(start, to_units(text, span.end) - start, self._formats[span.kind])

    def _defer(self, block: QTextBlock) -> None:
        self.setCurrentBlockState(_LATER)
        if not self._timer.isActive() or block.position() < self._next.position():
            self._next.setPosition(block.position())
            self._timer.start()

    def _reset_budget(self) -> None:
        self._budget = _LINES_AT_ONCE

    def _resume(self) -> None:
        """Highlight the next deferred lines."""
        self._reset_budget()
        block = self._next.block()
        while block.isValid() and block.userState() != _LATER:
            block = block.next()
        if not block.isValid():
            self._timer.stop()
            return
        self._next.setPosition(block.position())
        # Continues with the lines below, whose state changes by this, until the budget is used up.
        self.rehighlightBlock(block)

    def _apply_theme(self) -> None:
        self._formats = self._make_formats()
        self._reset_budget()
        self.rehighlight()

    def _make_formats(self) -> dict[TokenKind, QTextCharFormat]:
        formats: dict[TokenKind, QTextCharFormat] = {}
        for kind in TokenKind:
            formats[kind] = QTextCharFormat()
            formats[kind].setForeground(getattr(self._theme.colours.code, kind))
        formats[TokenKind.UNKNOWN].setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        return formats
