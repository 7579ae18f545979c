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
        self._groups = tuple(tuple((item, self._action(item)) for item in group) for group in groups)

    def claims(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to an action, also to one that is disabled."""
        pressed = QKeySequence(QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, _key(event)))
        return any(pressed in action.shortcuts() for group in self._groups for _doing, action in group)

    def refresh(self) -> None:
        """Enable the actions that are possible now."""
        for group in self._groups:
            for item, action in group:
                action.setEnabled(bool(item.possible()))

    def menu(self) -> QMenu:
        """Return a menu of all actions."""
        self.refresh()
        menu = QMenu(self._widget)
        for group in self._groups:
            if not menu.isEmpty():
                menu.addSeparator()
            menu.addActions([action for _doing, action in group])
        return menu

    def _action(self, item: StepAction) -> QAction:
        action = QAction(item.text, self._widget)
        action.setShortcuts([QKeySequence(key) for key in item.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: item.act() if item.possible() else None)
        self._widget.addAction(action)
        return action


def _key(event: QKeyEvent) -> Qt.Key:
    return Qt.Key(event.key())
