"""A code editor for the text of a session file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu

from timer_app.definition.text_edit import TextEdit
from timer_app.editing.text import line_commands
from timer_app.editing.text.completion import CompletionItem, complete
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.ui.editor.text.code_view import CodeView
from timer_app.ui.editor.text.completion_popup import CompletionPopup
from timer_app.ui.editor.text.find_bar import FindBar
from timer_app.ui.look.theme import Theme
from timer_app.ui.support.accessibility import announce
from timer_app.ui.widgets.labels import set_tip

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class CodeEditor(CodeView):
    """Edit the text of a session file, with key bindings, completion and a find bar.

    It knows neither a document nor files: `changed` carries each `TextEdit` that the user makes, and `apply` makes
    one that was made elsewhere. It has no undo of its own: `undo_requested` and `redo_requested` ask for it.
    """

    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._catalogue: Catalogue = {}
        self._requested_at: int | None = None
        self.setAccessibleName(_("The session file as text"))
        self.setPlaceholderText(_("Nothing is written here yet. Ctrl+Space shows what can be."))
        about = _(
            "Tab indents; to go on to what follows, press Escape and then Tab, or Ctrl+Tab. "
            "F8 goes to the next problem, Ctrl+Space shows what can be written, Ctrl+F searches."
        )
        set_tip(self, about)
        set_tip(self.line_numbers, about)
        self.popup = CompletionPopup(theme, self)
        self._top_bar = self.find_bar = FindBar(theme, self)
        self._commands = self._bind_keys()
        self.popup.accepted.connect(self._accept)
        self.find_bar.next_requested.connect(lambda: self.find_next(forwards=True))
        self.find_bar.previous_requested.connect(lambda: self.find_next(forwards=False))
        self.find_bar.pattern_changed.connect(self._select_first_match)
        self.find_bar.closed.connect(self.close_find)
        self.verticalScrollBar().valueChanged.connect(self.popup.hide)
        self._describe()

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Set the exercises for highlighting and completion."""
        self._catalogue = catalogue
        super().show_catalogue(catalogue)

    def apply(self, edit: TextEdit) -> None:
        """Apply an edit that was made elsewhere. Raises ValueError where it does not fit the text.

        The visible lines stay visible; with the focus here, the caret moves behind the added text.
        """
        self.popup.hide()
        super().apply(edit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle completion, commands, and typing."""
        if self.popup.isVisible() and self.popup.press(event.key()):
            return
        if event.key() in _MODIFIERS:
            super().keyPressEvent(event)
            return
        leaving = self.tabChangesFocus()
        self.setTabChangesFocus(event.key() == Qt.Key.Key_Escape and not leaving)
        command = self._commands.get(_combination(event))
        if event.key() == Qt.Key.Key_Escape:
            event.setAccepted(not leaving)
        elif command is not None:
            self.popup.hide()
            command()
        else:
            before = self.text
            if not (_combination(event) == "Backspace" and self.edit_lines(line_commands.outdent_before_caret)):
                super().keyPressEvent(event)
            if self.text == before:
                self.popup.hide()
            else:
                self._offer(automatic=self.popup.isVisible() or event.text().isprintable())

    def event(self, event: QEvent) -> bool:
        """Override the window's shortcuts for keys that are bound here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape and not self.tabChangesFocus()
            if escape or _combination(event) in self._commands:
                event.accept()
                return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hide the completion: a text being composed is no word yet."""
        self.popup.hide()
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert pasted or dropped text, and hide the completion."""
        self.popup.hide()
        super().insertFromMimeData(source)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the context menu."""
        self._menu().popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide the completion."""
        self.popup.hide()
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the completion, and let Tab indent again."""
        self.popup.hide()
        self.setTabChangesFocus(False)
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the completion."""
        self.popup.hide()
        super().resizeEvent(event)

    def _bind_keys(self) -> dict[str, Callable[[], object]]:
        """Return the command of each key. On a Mac, `Ctrl` is the Command key, and `Meta` the one called Control."""
        break_line = partial(self.edit_lines, line_commands.break_line)
        comment = partial(self.edit_lines, line_commands.toggle_comment)
        leave, leave_back = partial(self.leave, forwards=True), partial(self.leave, forwards=False)
        return {
            "Ctrl+Z": self.undo_requested.emit,
            "Ctrl+Shift+Z": self.redo_requested.emit,
            "Ctrl+Y": self.redo_requested.emit,
            "Return": break_line,
            "Shift+Return": break_line,
            "Home": partial(self.go_home, select=False),
            "Shift+Home": partial(self.go_home, select=True),
            "Tab": partial(self.edit_lines, line_commands.indent),
            "Shift+Tab": partial(self.edit_lines, line_commands.outdent),
            "Ctrl+Tab": leave,
            "Ctrl+Shift+Tab": leave_back,
            "Meta+Tab": leave,
            "Meta+Shift+Tab": leave_back,
            "Ctrl+/": comment,
            # Where the slash needs the shift key.
            "Ctrl+Shift+/": comment,
            "Ctrl+Space": self.suggest,
            "Meta+Space": self.suggest,
            "Alt+Up": partial(self.edit_lines, partial(line_commands.move_lines, up=True)),
            "Alt+Down": partial(self.edit_lines, partial(line_commands.move_lines, up=False)),
            "Ctrl+F": self.open_find,
            "F3": partial(self.find_next, forwards=True),
            "Shift+F3": partial(self.find_next, forwards=False),
            "F8": partial(self.go_to_problem, forwards=True),
            "Shift+F8": partial(self.go_to_problem, forwards=False),
        }

    def _menu(self) -> QMenu:
        """Return the context menu, which deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected = self.textCursor().hasSelection()
        entries: tuple[tuple[str, str, Callable[[], object], bool] | None, ...] = (
            (_("Undo"), "Ctrl+Z", self.undo_requested.emit, True),
            (_("Redo"), "Ctrl+Shift+Z", self.redo_requested.emit, True),
            None,
            (_("Cut"), "Ctrl+X", self.cut, selected),
            (_("Copy"), "Ctrl+C", self.copy, selected),
            (_("Paste"), "Ctrl+V", self.paste, self.canPaste()),
            (_("Select all"), "Ctrl+A", self.selectAll, not self.document().isEmpty()),
            None,
            (_("Comment out"), "Ctrl+/", partial(self.edit_lines, line_commands.toggle_comment), True),
            (_("What can be written here"), "Ctrl+Space", self.suggest, True),
            (_("Find"), "Ctrl+F", self.open_find, True),
        )
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            words, key, command, enabled = entry
            action = menu.addAction(words)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked, command=command: command())
        return menu

    def edit_lines(self, edit: Callable[[str, int, int], TextEdit | None]) -> bool:
        """Apply an edit to the selected lines; return whether there was something to change."""
        done = edit(self.text, *self.selection())
        if done is not None:
            self._apply_user_edit(done)
        return done is not None

    def go_home(self, *, select: bool) -> None:
        """Move the caret to the line's first letter, or from there to its start; `select` extends the selection."""
        anchor, caret = self.selection()
        place = line_commands.home(self.text, caret)
        self.select(anchor if select else place, place)

    def leave(self, *, forwards: bool) -> None:
        """Move the focus to the next or the previous control."""
        self.setTabChangesFocus(True)
        self.focusNextPrevChild(forwards)
        self.setTabChangesFocus(False)

    def go_to_problem(self, *, forwards: bool) -> None:
        """Move the caret to the next or the previous problem, and announce it."""
        position = self.textCursor().position()
        mark = self.findings.after(position) if forwards else self.findings.before(position)
        if mark is None:
            announce(self, _("There is no problem."))
            return
        self._move_caret(mark.start)
        marks = self.findings.marks
        place = _("Problem {index} of {count}, line {line}")
        place = place.format(index=marks.index(mark) + 1, count=len(marks), line=mark.line + 1)
        announce(self, f"{place}: {mark.words}")

    def suggest(self) -> None:
        """Show what can be written at the caret."""
        completion = complete(self.text, self.caret, self._catalogue)
        self._requested_at = completion.start if completion is not None else None
        self._offer(automatic=True)

    def _offer(self, *, automatic: bool) -> None:
        """Show, update or hide the completion at the caret.

        It opens by itself with `automatic` once a word has been started; requested by key, it stays to the word's end.
        """
        caret = self.caret
        completion = complete(self.text, caret, self._catalogue) if not self.textCursor().hasSelection() else None
        if completion is not None:
            prefix = self.text[completion.start : caret]
            if completion.start == self._requested_at or (automatic and completion.eager and prefix):
                finished = any(choice.word == prefix and not choice.after for choice in completion.choices)
                self.popup.offer(completion, self._caret_rect(), choose=not finished)
                return
        self._requested_at = None
        self.popup.hide()

    def _accept(self, choice: CompletionItem) -> None:
        """Insert a completion, and show what can follow."""
        completion = complete(self.text, self.caret, self._catalogue)
        self._requested_at = None
        if completion is None:
            return
        self._apply_user_edit(
            TextEdit(completion.start, self.text[completion.start : completion.end], choice.word + choice.after)
        )
        following = complete(self.text, self.caret, self._catalogue) if choice.after else None
        if following is not None and following.eager:
            self.popup.offer(following, self._caret_rect(), choose=False)

    def _caret_rect(self) -> QRect:
        """Return the caret's rectangle in global coordinates."""
        rect = self.cursorRect()
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def open_find(self) -> None:
        """Show the find bar with the selected text."""
        selected = self.textCursor().selectedText()
        self.find_bar.show()
        self._lay_out()
        if selected and "\u2029" not in selected:
            self.find_bar.field.setText(selected)
        self.find_bar.field.selectAll()
        self.find_bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._select_first_match()

    def close_find(self) -> None:
        """Hide the find bar and focus the text."""
        self.find_bar.hide()
        self._search_pattern = self.find_bar.pattern
        self._lay_out()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewport().update()

    def find_next(self, *, forwards: bool) -> None:
        """Select the next or the previous match, wrapping around."""
        matches = self._matches()
        if not matches:
            return
        start, end = sorted(self.selection())
        if forwards:
            place = next((place for place in matches if place[0] >= end), matches[0])
        else:
            place = next((place for place in reversed(matches) if place[1] <= start), matches[-1])
        self.select(*place)
        self.find_bar.show_count(matches.index(place), len(matches))

    def _select_first_match(self) -> None:
        """Select the first match from the caret on."""
        self._search_pattern = self.find_bar.pattern
        matches = self._matches()
        start = min(self.selection())
        index = next((index for index, place in enumerate(matches) if place[0] >= start), 0 if matches else -1)
        if matches:
            self.select(*matches[index])
        self.find_bar.show_count(index, len(matches))
        self.viewport().update()

    def _matches(self) -> list[tuple[int, int]]:
        pattern = self._search_pattern
        return [match.span() for match in pattern.finditer(self.text)] if pattern is not None else []


def _combination(event: QKeyEvent) -> str:
    """Return a key with its modifiers, such as `Ctrl+Space`; which Enter it is makes no difference."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(int(key) | modifiers.value).toString(QKeySequence.SequenceFormat.PortableText)
