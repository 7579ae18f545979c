"""Text inputs of a form, which leave undo to the document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.comma_completer import CommaCompleter
from timer_app.ui.widgets.labels import set_tip

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_LEAST_LINES = 2
_MOST_LINES = 8


def mark_wrong(widget: QWidget, *, wrong: bool) -> None:
    """Show or hide a widget's error frame."""
    if wrong != bool(widget.property("wrong")):
        widget.setProperty("wrong", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _asks_for_undo(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in _UNDO)


class LineField(QLineEdit):
    """One line of text. `editing_finished` is emitted after an edit when the focus leaves or Enter is pressed."""

    editing_finished = Signal()

    def __init__(self, theme: Theme, name: str, tip: str) -> None:
        super().__init__()
        self._theme = theme
        self._modified = False
        self._offered: QStringListModel | None = None
        self.setAccessibleName(name)
        set_tip(self, tip)
        self.textEdited.connect(self._mark_modified)
        self.editingFinished.connect(self._finish_editing)
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def show_text(self, text: str) -> None:
        """Show another text; the caret stays where it is, as far as it can."""
        if text != self.text():
            caret = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(caret, len(text)) if self.hasFocus() else 0)

    def complete_with(self, words: Sequence[str], *, several: bool = False) -> None:
        """Complete words; with `several`, the last one of a comma-separated list."""
        if self._offered is None:
            self._offered = QStringListModel(self)
            completer = CommaCompleter(self._offered, self) if several else QCompleter(self._offered, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
            completer.activated.connect(self.textEdited)
            self.setCompleter(completer)
        self._offered.setStringList(list(words))

    def event(self, event: QEvent) -> bool:
        """Leave the undo keys to the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and _asks_for_undo(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, leaving undo to the window."""
        if _asks_for_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return a size with room for a word."""
        return QSize(self._theme.px(72), super().minimumSizeHint().height())

    def _mark_modified(self) -> None:
        self._modified = True

    def _finish_editing(self) -> None:
        if self._modified:
            self._modified = False
            self.editing_finished.emit()

    def _apply_theme(self) -> None:
        self.setFont(self._theme.font(Type.BODY))


class TextField(QPlainTextEdit):
    """A text of several lines that grows with its content. `edited` carries it at every keystroke."""

    edited = Signal(str)
    editing_finished = Signal()

    def __init__(self, theme: Theme, name: str, tip: str) -> None:
        super().__init__()
        self._theme = theme
        self._showing = self._modified = False
        self._lines = 0
        self.setAccessibleName(name)
        set_tip(self, tip)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.textChanged.connect(self._emit_edited)
        self.textChanged.connect(self._fit)
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def text(self) -> str:
        """Return the text."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show another text; the caret stays where it is, as far as it can."""
        if text == self.text():
            return
        caret = self.textCursor().position()
        self._showing = True
        self.setPlainText(text)
        self._showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(caret, len(self.text())))
        self.setTextCursor(cursor)

    def select_all(self) -> None:
        """Select the whole text."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Leave the undo keys to the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and _asks_for_undo(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, leaving undo and Escape to the window."""
        if _asks_for_undo(event) or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        """Return True: the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width."""
        return self._height_of(self._lines_at(width))

    def sizeHint(self) -> QSize:
        """Return the size of the text at its width."""
        return QSize(self._theme.px(200), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the least number of lines."""
        return QSize(self._theme.px(96), self._height_of(_LEAST_LINES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Update the number of lines for this width."""
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit `editing_finished` after an edit."""
        super().focusOutEvent(event)
        if self._modified:
            self._modified = False
            self.editing_finished.emit()

    def _emit_edited(self) -> None:
        if not self._showing:
            self._modified = True
            self.edited.emit(self.text())

    def _lines_at(self, width: int) -> int:
        """Return the number of lines of the text or its placeholder at a width, within bounds."""
        inner = width - 2 * (Space.SMALL + Space.HAIR + round(self.document().documentMargin()))
        flags = int(Qt.TextFlag.TextWordWrap)
        text = self.text() or self.placeholderText()
        metrics = self.fontMetrics()
        # A final line feed starts another line.
        high = metrics.boundingRect(QRect(0, 0, max(inner, 1), 0), flags, f"{text}|").height()
        return max(_LEAST_LINES, min(_MOST_LINES, round(high / metrics.lineSpacing())))

    def _height_of(self, lines: int) -> int:
        around = Space.SMALL + Space.TIGHT + self.document().documentMargin()
        return round(lines * self.fontMetrics().lineSpacing() + 2 * around)

    def _fit(self) -> None:
        """Update the height when the number of lines changes."""
        lines = self._lines_at(self.width())
        if lines != self._lines:
            self._lines = lines
            policies = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                policies.ScrollBarAsNeeded if lines == _MOST_LINES else policies.ScrollBarAlwaysOff
            )
            self.updateGeometry()

    def _apply_theme(self) -> None:
        self.setFont(self._theme.font(Type.BODY))
        self._fit()
