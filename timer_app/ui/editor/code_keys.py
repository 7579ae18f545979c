"""The keys of the text of a session file, and its menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from timer_app.editing import lines
from timer_app.i18n import _

if TYPE_CHECKING:
    from timer_app.ui.editor.code_edit import CodeEdit

Command = Callable[[], object]


def combination(event: QKeyEvent) -> str:
    """Return a key with its modifiers, such as `Ctrl+Space`; which Enter it is makes no difference."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(int(key) | modifiers.value).toString(QKeySequence.SequenceFormat.PortableText)


def commands(edit: CodeEdit) -> dict[str, Command]:
    """Return what each key does. On a Mac, `Ctrl` is the Command key, and `Meta` the one called Control there."""
    break_line = partial(edit.edit_lines, lines.break_line)
    comment = partial(edit.edit_lines, lines.toggle_comment)
    leave, leave_back = partial(edit.leave, forwards=True), partial(edit.leave, forwards=False)
    return {
        "Ctrl+Z": edit.undo_wanted.emit,
        "Ctrl+Shift+Z": edit.redo_wanted.emit,
        "Ctrl+Y": edit.redo_wanted.emit,
        "Return": break_line,
        "Shift+Return": break_line,
        "Home": partial(edit.go_home, select=False),
        "Shift+Home": partial(edit.go_home, select=True),
        "Tab": partial(edit.edit_lines, lines.indent),
        "Shift+Tab": partial(edit.edit_lines, lines.outdent),
        "Ctrl+Tab": leave,
        "Ctrl+Shift+Tab": leave_back,
        "Meta+Tab": leave,
        "Meta+Shift+Tab": leave_back,
        "Ctrl+/": comment,
        # Where the slash needs the shift key.
        "Ctrl+Shift+/": comment,
        "Ctrl+Space": edit.suggest,
        "Meta+Space": edit.suggest,
        "Alt+Up": partial(edit.edit_lines, partial(lines.move_lines, up=True)),
        "Alt+Down": partial(edit.edit_lines, partial(lines.move_lines, up=False)),
        "Ctrl+F": edit.open_find,
        "F3": partial(edit.find_next, forwards=True),
        "Shift+F3": partial(edit.find_next, forwards=False),
        "F8": partial(edit.go_to_problem, forwards=True),
        "Shift+F8": partial(edit.go_to_problem, forwards=False),
    }


def menu(edit: CodeEdit) -> QMenu:
    """Return the text's menu, which frees itself when it closes."""
    shown = QMenu(edit)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    selected = edit.textCursor().hasSelection()
    entries: tuple[tuple[str, str, Command, bool] | None, ...] = (
        (_("Undo"), "Ctrl+Z", edit.undo_wanted.emit, True),
        (_("Redo"), "Ctrl+Shift+Z", edit.redo_wanted.emit, True),
        None,
        (_("Cut"), "Ctrl+X", edit.cut, selected),
        (_("Copy"), "Ctrl+C", edit.copy, selected),
        (_("Paste"), "Ctrl+V", edit.paste, edit.canPaste()),
        (_("Select all"), "Ctrl+A", edit.selectAll, bool(edit.text)),
        None,
        (_("Comment out"), "Ctrl+/", partial(edit.edit_lines, lines.toggle_comment), True),
        (_("What can be written here"), "Ctrl+Space", edit.suggest, True),
        (_("Find"), "Ctrl+F", edit.open_find, True),
    )
    for entry in entries:
        if entry is None:
            shown.addSeparator()
            continue
        words, key, do, enabled = entry
        action = shown.addAction(words)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked, do=do: do())
    return shown
