"""A view of a session file's text: highlighted, with line numbers and underlined problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QResizeEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from timer_app.atomic_write import MAX_BYTES
from timer_app.definition.text_edit import TextEdit
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.problems import Finding
from timer_app.ui.editor.text.diagnostics import Diagnostic, Diagnostics
from timer_app.ui.editor.text.document_sync import DocumentSync
from timer_app.ui.editor.text.highlighter import Highlighter
from timer_app.ui.editor.text.line_number_area import LineNumberArea
from timer_app.ui.editor.text.utf16 import cleaned, shown, to_characters, to_units
from timer_app.ui.look.theme import Theme, Type
from timer_app.ui.support.accessibility import announce
from timer_app.ui.widgets.labels import show_tip

_TAB = 2


class CodeView(QPlainTextEdit):
    """A text that is changed by `TextEdit`s alone, and emits each that the user makes with `changed`.

    `caret_moved` carries the caret's offset in characters, after the change that moved it.
    """

    changed = Signal(object)
    caret_moved = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tinted = range(0)
        self._caret = 0
        self._line = -1
        self._top_bar: QWidget | None = None
        self._search_pattern: re.Pattern[str] | None = None
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._sync = DocumentSync(self.document())
        self._highlighter = Highlighter(theme, self.document())
        self.findings = Diagnostics(theme, self.document())
        self.line_numbers = LineNumberArea(theme, self, self, self.findings)
        self.line_numbers.line_clicked.connect(lambda line: self.go_to(line + 1, 1))
        self._sync.changed.connect(self._emit_edit)
        self.cursorPositionChanged.connect(self._follow_caret)
        self.blockCountChanged.connect(self._lay_out)
        self.updateRequest.connect(self._update_margin)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def text(self) -> str:
        """The exact text; `toPlainText` replaces some characters."""
        return self._sync.text

    @property
    def caret(self) -> int:
        """The offset of the caret in characters."""
        return to_characters(self.text, self.textCursor().position())

    def show_text(self, text: str) -> None:
        """Replace the whole text, whose lines end with a line feed."""
        if text == self.text:
            return
        with self._sync.quietly(text):
            self.setPlainText(shown(text))
        # The problems and the marked lines belong to the text before.
        self.show_findings(())
        self.mark_lines(1, 0)
        self._follow_caret()

    def apply(self, edit: TextEdit) -> None:
        """Apply an edit that was made elsewhere. Raises ValueError where it does not fit the text.

        The visible lines stay visible; with the focus here, the caret moves behind the added text.
        """
        self._replace_text(edit)
        if self.hasFocus():
            self.select(edit.end_after, edit.end_after)
        self._follow_caret()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Underline these findings in the current text."""
        self.findings.show(findings)
        self.setExtraSelections(self.findings.underlines())
        self.line_numbers.update()
        self._describe()

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Set the exercises for highlighting."""
        self._highlighter.set_exercises(catalogue)

    def mark_lines(self, first: int, last: int) -> None:
        """Tint the lines from `first` to `last`, counted from 1; none where `last` is before `first`."""
        self._tinted = range(first - 1, last)
        self.viewport().update()

    def go_to(self, line: int, column: int) -> None:
        """Move the caret to a line and a column, both from 1, clamped to the text."""
        block = self.document().findBlockByNumber(min(max(1, line), self.blockCount()) - 1)
        column = min(max(1, column) - 1, len(block.text()))
        self._move_caret(block.position() + to_units(block.text(), column))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert pasted or dropped text, cleaned, within the size limit of a session file."""
        text = cleaned(source.text())
        if len(text) > MAX_BYTES:
            words = _("That is more than a session file can hold. Nothing was inserted.")
            show_tip(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()), self, words)
            announce(self, words, urgent=True)
            return
        # Through the cursor: dragged text is removed in the same edit block.
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the exact selected text."""
        anchor, caret = self.selection()
        data = QMimeData()
        data.setText(self.text[min(anchor, caret) : max(anchor, caret)])
        return data

    def lines_in_view(self) -> Iterator[tuple[int, QRectF]]:
        """Yield the number, from 0, and the rectangle in the viewport of each visible line."""
        for block, place in self._blocks_in_view():
            yield block.blockNumber(), place

    def line_count(self) -> int:
        """Return the number of lines."""
        return self.blockCount()

    def caret_line(self) -> int:
        """Return the number, from 0, of the line with the caret."""
        return self.textCursor().blockNumber()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint line backgrounds and search matches below the text."""
        colours = self._theme.colours
        painter = QPainter(self.viewport())
        pattern, caret = self._search_pattern, self.caret_line()
        for block, place in self._blocks_in_view():
            whole = QRectF(0, place.top(), self.viewport().width(), place.height())
            if block.blockNumber() in self._tinted:
                painter.fillRect(whole, colours.selected)
            elif block.blockNumber() == caret:
                painter.fillRect(whole, colours.hover)
            for match in pattern.finditer(block.text()) if pattern is not None else ():
                painter.fillRect(self._rect_of(block, place, match.span()), colours.code.match)
        painter.end()
        super().paintEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the problems under the mouse in a tooltip, and help below the text."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            below = event.pos().y() > self.cursorRect(self._end()).bottom()
            words = [mark.words for mark in self._under(event.pos())] or [self.toolTip() if below else ""]
            show_tip(event.globalPos(), self.viewport(), *words)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the line numbers and the find bar."""
        super().resizeEvent(event)
        self._lay_out()

    def selection(self) -> tuple[int, int]:
        """Return the offsets of the selection's anchor and of the caret."""
        cursor = self.textCursor()
        return to_characters(self.text, cursor.anchor()), to_characters(self.text, cursor.position())

    def select(self, anchor: int, caret: int) -> None:
        """Select the text from `anchor` to `caret`, in characters."""
        cursor = self.textCursor()
        cursor.setPosition(to_units(self.text, anchor))
        cursor.setPosition(to_units(self.text, caret), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _move_caret(self, position: int) -> None:
        """Move the caret to a position of the document, and centre it if it was out of view."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        visible = self.viewport().rect().contains(self.cursorRect(cursor))
        self.setTextCursor(cursor)
        if not visible:
            self.centerCursor()
        self.ensureCursorVisible()

    def _apply_user_edit(self, edit: TextEdit) -> None:
        """Apply an edit of the user; without a selection of its own, the caret moves behind the added text."""
        least = edit.trimmed
        if least is not None:
            self._replace_text(least)
            self.changed.emit(least)
        self.select(*(edit.selection or (edit.end_after, edit.end_after)))
        self._follow_caret()

    def _replace_text(self, edit: TextEdit) -> None:
        """Apply an edit to the text, with the same lines visible as before."""
        top = QTextCursor(self.firstVisibleBlock())
        number, scrolled = top.blockNumber(), self.verticalScrollBar().value()
        self._sync.make(edit)
        self.verticalScrollBar().setValue(scrolled + top.blockNumber() - number)

    def _emit_edit(self, edit: TextEdit) -> None:
        self.changed.emit(edit)
        self._follow_caret()

    def _follow_caret(self) -> None:
        """Emit the caret's offset after the changes that moved it."""
        if self._sync.busy:
            return
        caret = self.caret
        if caret != self._caret:
            self._caret = caret
            self.caret_moved.emit(caret)
        if self.caret_line() != self._line:
            self._line = self.caret_line()
            self._describe()
            self.viewport().update()
            self.line_numbers.update()

    def _describe(self) -> None:
        """Set the accessible description: the problems in the caret's line, and help."""
        marks = self.findings.in_line(self.caret_line())
        self.setAccessibleDescription(" ".join((*(f"{mark.words}." for mark in marks), self.toolTip())))

    def _under(self, point: QPoint) -> tuple[Diagnostic, ...]:
        """Return the problems under a point of the viewport."""
        cursor = self.cursorForPosition(point)
        beside = abs(self.cursorRect(cursor).left() - point.x()) > 2 * self.fontMetrics().averageCharWidth()
        position = cursor.position()
        return () if beside else self.findings.at(position) or self.findings.at(max(0, position - 1))

    def _blocks_in_view(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        block, height = self.firstVisibleBlock(), self.viewport().height()
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        while block.isValid() and place.top() <= height:
            # The last block's rectangle includes the document margin.
            yield block, QRectF(place.left(), place.top(), place.width(), block.layout().boundingRect().height())
            block = block.next()
            place = QRectF(place.left(), place.bottom(), place.width(), self.blockBoundingRect(block).height())

    def _rect_of(self, block: QTextBlock, place: QRectF, span: tuple[int, int]) -> QRectF:
        """Return the rectangle of some characters of a line."""
        line = block.layout().lineAt(0)
        ends = (line.cursorToX(to_units(block.text(), offset)) for offset in span)
        left, right = (cast("tuple[float, int]", end)[0] for end in ends)
        return QRectF(place.left() + left, place.top(), right - left, place.height())

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor

    def _update_margin(self, area: QRect, moved: int) -> None:
        if moved:
            self.line_numbers.update()
        else:
            self.line_numbers.update(0, area.y(), self.line_numbers.width(), area.height())

    def _lay_out(self) -> None:
        width = self.line_numbers.sizeHint().width()
        above = self._top_bar.sizeHint().height() if self._top_bar is not None and not self._top_bar.isHidden() else 0
        self.setViewportMargins(width, above, 0, 0)
        view = self.viewport().geometry()
        self.line_numbers.setGeometry(QRect(view.left() - width, view.top(), width, view.height()))
        if self._top_bar is not None:
            self._top_bar.setGeometry(QRect(view.left() - width, view.top() - above, view.width() + width, above))

    def _apply_theme(self) -> None:
        font = self._theme.font(Type.CODE)
        self.setFont(font)
        self.setTabStopDistance(_TAB * QFontMetricsF(font).horizontalAdvance(" "))
        self.line_numbers.apply_theme()
        self.setExtraSelections(self.findings.underlines())
        self._lay_out()
