"""The colours of a session's text, line by line."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from timer_app.editing.colouring import Ink, State, colour
from timer_app.ui.editor.code_units import to_units
from timer_app.ui.theme import Theme


class Highlighter(QSyntaxHighlighter):
    """Colours a document's lines by what their parts are. Only lines that change are looked at again."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._known: Container[str] = ()
        self._formats = self._made()
        theme.changed.connect(self._dress)

    def know(self, exercises: Container[str]) -> None:
        """Take over the ids of the exercises that there are."""
        self._known = exercises
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        spans, state = colour(text, State.of(self.previousBlockState()), self._known)
        self.setCurrentBlockState(state.number)
        for span in spans:
            start = to_units(text, span.start)
            self.setFormat(start, to_units(text, span.end) - start, self._formats[span.ink])

    def _dress(self) -> None:
        self._formats = self._made()
        self.rehighlight()

    def _made(self) -> dict[Ink, QTextCharFormat]:
        formats: dict[Ink, QTextCharFormat] = {}
        for ink in Ink:
            formats[ink] = QTextCharFormat()
            formats[ink].setForeground(getattr(self._theme.colours.code, ink))
        formats[Ink.UNKNOWN].setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        return formats
