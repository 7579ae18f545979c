"""Findings as underlined ranges of a text document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from timer_app.i18n import _
from timer_app.problems import Finding
from timer_app.ui.editor.text.utf16 import to_units
from timer_app.ui.look.theme import Theme

_WORD = re.compile(r"[^\s,\[\]{}:#]+|\S")


class Diagnostic(Struct, frozen=True):
    """A finding and its range, which moves with the text."""

    cursor: QTextCursor
    finding: Finding

    @property
    def line(self) -> int:
        """The line, from 0."""
        return self._start().blockNumber()

    @property
    def start(self) -> int:
        """The position in the document."""
        return self.cursor.selectionStart()

    @property
    def end(self) -> int:
        """The position after the underlined range."""
        return self.cursor.selectionEnd()

    @property
    def words(self) -> str:
        """The problem, and what to write instead."""
        problem = self.finding.problem[:1].upper() + self.finding.problem[1:]
        if not self.finding.instead:
            return problem
        return _("{problem}; {instead}").format(problem=problem, instead=self.finding.instead)

    def _start(self) -> QTextCursor:
        cursor = QTextCursor(self.cursor)
        cursor.setPosition(self.start)
        return cursor


class Diagnostics:
    """The findings shown in one document, in the order of their positions."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        self._theme = theme
        self._document = document
        self.marks: tuple[Diagnostic, ...] = ()

    def show(self, findings: Sequence[Finding]) -> None:
        """Show these findings of the current text."""
        self.marks = tuple(Diagnostic(self._cursor_at(finding), finding) for finding in sorted(findings))

    def in_line(self, line: int) -> tuple[Diagnostic, ...]:
        """Return the problems of a line, from 0."""
        return tuple(mark for mark in self.marks if mark.line == line)

    def at(self, position: int) -> tuple[Diagnostic, ...]:
        """Return the problems underlined at a position of the document."""
        return tuple(mark for mark in self.marks if mark.start <= position < max(mark.end, mark.start + 1))

    def lines(self) -> frozenset[int]:
        """Return the lines, from 0, that have a problem."""
        return frozenset(mark.line for mark in self.marks)

    def after(self, position: int) -> Diagnostic | None:
        """Return the first problem after a position, wrapping around."""
        return next((mark for mark in self.marks if mark.start > position), self.marks[0] if self.marks else None)

    def before(self, position: int) -> Diagnostic | None:
        """Return the last problem before a position, wrapping around."""
        earlier = [mark for mark in self.marks if mark.start < position] or self.marks
        return earlier[-1] if earlier else None

    def underlines(self) -> list[QTextEdit.ExtraSelection]:
        """Return the wavy underlines for `setExtraSelections`."""
        waves: list[QTextEdit.ExtraSelection] = []
        for mark in self.marks:
            wave = QTextEdit.ExtraSelection()
            wave.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wave.format.setUnderlineColor(self._theme.colours.code.wave)
            wave.cursor = mark.cursor
            waves.append(wave)
        return waves

    def _cursor_at(self, finding: Finding) -> QTextCursor:
        """Return a selection from a finding's position to the end of its word, or of the line without one."""
        block = self._document.findBlockByNumber(max(0, finding.line - 1))
        if not block.isValid():
            block = self._document.lastBlock()
        text = block.text()
        column = min(max(0, finding.column - 1), len(text))
        word = _WORD.match(text, column)
        end = word.end() if word is not None else len(text.rstrip())
        if not text[column:end].strip():
            column = 0
        column += len(text[column:end]) - len(text[column:end].lstrip())
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + to_units(text, column))
        cursor.setPosition(block.position() + to_units(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor
