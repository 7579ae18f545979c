"""Themed buttons, each with an accessible name and a tooltip that shows its key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton

from timer_app.ui.look.icons import icon
from timer_app.ui.look.theme import Theme, Type
from timer_app.ui.widgets.labels import set_tip

_ICON = 18


def _click_on(button: QAbstractButton, key: str) -> None:
    """Let a key click a button at once; a button's own shortcut waits for a tenth of a second."""
    QShortcut(QKeySequence(key), button, button.click)


class Button(QPushButton):
    """A button with words on it.

    `role` is empty, `primary` for the one thing to do on a page, `quiet`, or `row` for text at the left. `key` is shown
    in the tooltip and made a shortcut, unless `shortcut` is False because the key is handled elsewhere.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        role: str = "",
        sign: str = "",
        tip: str = "",
        key: str = "",
        shortcut: bool = True,
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._role = role
        self._sign = sign
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if role:
            self.setProperty("role", role)
        set_tip(self, tip or text.replace("&", ""), key)
        if key and shortcut:
            _click_on(self, key)
        self._words = text
        self.setAccessibleName(text.replace("&", ""))
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    @property
    def full_width(self) -> int:
        """The width in logical pixels of the button with its text."""
        missing = self.fontMetrics().horizontalAdvance(self._words) if not self.text() else 0
        return self.sizeHint().width() + missing

    def set_compact(self, *, compact: bool) -> None:
        """Show the icon alone, or the text too."""
        text = "" if compact and self._sign else self._words
        if text != self.text():
            self.setText(text)

    def _apply_theme(self) -> None:
        self.setFont(self._theme.font(Type.STRONG))
        if self._sign:
            colours = self._theme.colours
            self.setIcon(icon(self._sign, colours.on_accent if self._role == "primary" else colours.text))
            self.setIconSize(QSize(self._theme.px(_ICON), self._theme.px(_ICON)))


class IconButton(QToolButton):
    """A button with an icon alone; `name` is its accessible name and its tooltip."""

    def __init__(self, theme: Theme, sign: str, name: str, *, key: str = "", shortcut: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._sign = sign
        self.setProperty("role", "icon")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        set_tip(self, name, key)
        if key and shortcut:
            _click_on(self, key)
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        self.setIcon(icon(self._sign, self._theme.colours.text))
        self.setIconSize(QSize(self._theme.px(20), self._theme.px(20)))


class MenuButton(IconButton):
    """A button with an icon alone that opens a menu; drawn as pressed while `checked`."""

    def __init__(self, theme: Theme, sign: str, name: str) -> None:
        super().__init__(theme, sign, name)
        self.setCheckable(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
