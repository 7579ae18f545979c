"""The keys of the text of a session file, and its menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from timer_app.definition.text_edit import TextEdit
from timer_app.editing.text import line_commands
from timer_app.i18n import _

Command = Callable[[], object]


class EditorCommands(Protocol):
    """What keys and menu entries do in a text editor."""

    @property
    def undo_requested(self) -> SignalInstance:
        """Emitted when undo is asked for."""

    @property
    def redo_requested(self) -> SignalInstance:
        """Emitted when redo is asked for."""

    def edit_lines(self, edit: Callable[[str, int, int], TextEdit | None]) -> bool:
        """Change the selected lines; return whether there was something to change."""

    def go_home(self, *, select: bool) -> None:
        """Move the caret to the first word of its line, or to the line's start."""

    def leave(self, *, forwards: bool) -> None:
        """Move the focus to the next or the previous control."""

    def go_to_problem(self, *, forwards: bool) -> None:
        """Move the caret to the next or the previous problem."""

    def suggest(self) -> None:
        """Show what can be written at the caret."""

    def open_find(self) -> None:
        """Show the find bar."""

    def find_next(self, *, forwards: bool) -> None:
        """Select the next or the previous match."""


def combination(event: QKeyEvent) -> str:
    """Return a key with its modifiers, such as `Ctrl+Space`; which Enter it is makes no difference."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(int(key) | modifiers.value).toString(QKeySequence.SequenceFormat.PortableText)


def commands(edit: EditorCommands) -> dict[str, Command]:
    """Return what each key does. On a Mac, `Ctrl` is the Command key, and `Meta` the one called Control there."""
    break_line = partial(edit.edit_lines, line_commands.break_line)
    comment = partial(edit.edit_lines, line_commands.toggle_comment)
    leave, leave_back = partial(edit.leave, forwards=True), partial(edit.leave, forwards=False)
    return {
        "Ctrl+Z": edit.undo_requested.emit,
        "Ctrl+Shift+Z": edit.redo_requested.emit,
        "Ctrl+Y": edit.redo_requested.emit,
        "Return": break_line,
        "Shift+Return": break_line,
        "Home": partial(edit.go_home, select=False),
        "Shift+Home": partial(edit.go_home, select=True),
        "Tab": partial(edit.edit_lines, line_commands.indent),
        "Shift+Tab": partial(edit.edit_lines, line_commands.outdent),
        "Ctrl+Tab": leave,
        "Ctrl+Shift+Tab": leave_back,
        "Meta+Tab": leave,
        "Meta+Shift+Tab": leave_back,
        "Ctrl+/": comment,
        # Where the slash needs the shift key.
        "Ctrl+Shift+/": comment,
        "Ctrl+Space": edit.suggest,
        "Meta+Space": edit.suggest,
        "Alt+Up": partial(edit.edit_lines, partial(line_commands.move_lines, up=True)),
        "Alt+Down": partial(edit.edit_lines, partial(line_commands.move_lines, up=False)),
        "Ctrl+F": edit.open_find,
        "F3": partial(edit.find_next, forwards=True),
        "Shift+F3": partial(edit.find_next, forwards=False),
        "F8": partial(edit.go_to_problem, forwards=True),
        "Shift+F8": partial(edit.go_to_problem, forwards=False),
    }


def menu(edit: EditorCommands, view: QPlainTextEdit) -> QMenu:
    """Return the menu of the text in `view`, which frees itself when it closes."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    selected = view.textCursor().hasSelection()
    entries: tuple[tuple[str, str, Command, bool] | None, ...] = (
        (_("Undo"), "Ctrl+Z", edit.undo_requested.emit, True),
        (_("Redo"), "Ctrl+Shift+Z", edit.redo_requested.emit, True),
        None,
        (_("Cut"), "Ctrl+X", view.cut, selected),
        (_("Copy"), "Ctrl+C", view.copy, selected),
        (_("Paste"), "Ctrl+V", view.paste, view.canPaste()),
        (_("Select all"), "Ctrl+A", view.selectAll, not view.document().isEmpty()),
        None,
        (_("Comment out"), "Ctrl+/", partial(edit.edit_lines, line_commands.toggle_comment), True),
        (_("What can be written here"), "Ctrl+Space", edit.suggest, True),
        (_("Find"), "Ctrl+F", edit.open_find, True),
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
