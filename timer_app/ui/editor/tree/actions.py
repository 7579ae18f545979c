"""The actions on selected steps, with their keys, in the tree and in its menu."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

HEAR_KEY, TRY_KEY = "Ctrl+L", "Ctrl+Return"


class StepAction(Struct, frozen=True):
    """An action: its text, its keys, what it does, and whether it is possible now."""

    text: str
    keys: tuple[str, ...]
    act: Callable[[], object]
    possible: Callable[[], object]


class Actions:
    """The actions of a widget, in groups; keys work while the widget itself has the focus."""

    def __init__(self, widget: QWidget, groups: tuple[tuple[StepAction, ...], ...]) -> None:
        self._widget = widget
        self._groups = tuple(tuple((doing, self._action(doing)) for doing in group) for group in groups)

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to an action, also to one that is disabled."""
        pressed = QKeySequence(QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, _key(event)))
        return any(pressed in action.shortcuts() for group in self._groups for _doing, action in group)

    def refresh(self) -> None:
        """Enable the actions that are possible now."""
        for group in self._groups:
            for doing, action in group:
                action.setEnabled(bool(doing.possible()))

    def menu(self) -> QMenu:
        """Return a menu of all actions."""
        self.refresh()
        menu = QMenu(self._widget)
        for group in self._groups:
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions([action for _doing, action in group])
        return menu

    def _action(self, doing: StepAction) -> QAction:
        action = QAction(doing.text, self._widget)
        action.setShortcuts([QKeySequence(key) for key in doing.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: doing.act() if doing.possible() else None)
        self._widget.addAction(action)
        return action


def _key(event: QKeyEvent) -> Qt.Key:
    return Qt.Key(event.key())
