"""The editor's toolbar: back, title, undo and redo, form or text, try and save."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget

from timer_app.i18n import _
from timer_app.ui.look.theme import PAGE_WIDTH, Space, Theme, Type
from timer_app.ui.widgets.buttons import Button, IconButton
from timer_app.ui.widgets.labels import ElidedLabel, set_tip
from timer_app.ui.widgets.layouts import centre, column, margins

UNDO_KEY, REDO_KEY, SAVE_KEY, SWITCH_KEY = "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+S", "Ctrl+T"
_LEAST_TITLE = 150
"""Least width of the title before the buttons lose their text, in logical pixels at 100 % text size."""


class Toolbar(QFrame):
    """Show the title and the buttons of the editor. `tab_requested` carries whether the text is to be shown.

    The page has the shortcuts for undo, redo and saving, because the text handles its own.
    """

    tab_requested = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "bar")
        self.back = IconButton(theme, "back", _("Back to the sessions"), key="Esc", shortcut=False)
        self.title = ElidedLabel(theme, role=Type.TITLE)
        self.state = ElidedLabel(theme, role=Type.SMALL, tone="soft")
        self.undo = IconButton(theme, "undo", _("Undo"), key=UNDO_KEY, shortcut=False)
        self.redo = IconButton(theme, "redo", _("Redo"), key=REDO_KEY, shortcut=False)
        self.form_tab = self._tab(_("Form"), text=False)
        self.text_tab = self._tab(_("Text"), text=True)
        self.form_tab.setChecked(True)
        self._tabs = QButtonGroup(self)
        self._tabs.addButton(self.form_tab)
        self._tabs.addButton(self.text_tab)
        self.try_it = Button(theme, _("Try"), sign="play", tip=_("Try it from the chosen step; nothing is recorded"))
        self.save = Button(theme, _("Save"), role="primary", key=SAVE_KEY, shortcut=False)
        self._text_buttons: Sequence[Button] = (self.try_it, self.save)
        words = column(self.title, self.state)
        for label in (self.title, self.state):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        within = QWidget()
        centre(self, within, PAGE_WIDTH)
        layout = QHBoxLayout(within)
        margins(layout, Space.WIDE, Space.SMALL, spacing=Space.SMALL)
        layout.addWidget(self.back)
        layout.addSpacing(Space.SMALL)
        layout.addLayout(words, 1)
        for button in (self.undo, self.redo):
            layout.addWidget(button)
        layout.addSpacing(Space.SMALL)
        for tab in (self.form_tab, self.text_tab):
            layout.addWidget(tab)
        layout.addSpacing(Space.SMALL)
        layout.addWidget(self.try_it)
        layout.addWidget(self.save)

    def show_history(self, undo: str, redo: str) -> None:
        """Show what undo and redo would do; an empty text disables the button."""
        for button, name, what, key in (
            (self.undo, _("Undo"), undo, UNDO_KEY),
            (self.redo, _("Redo"), redo, REDO_KEY),
        ):
            words = _("{undo}: {what}").format(undo=name, what=what) if what else name
            if button.accessibleName() != words or button.isEnabled() != bool(what):
                button.setEnabled(bool(what))
                button.setAccessibleName(words)
                set_tip(button, words, key)

    def show_tab(self, *, text: bool) -> None:
        """Check the tab of the view that is shown."""
        (self.text_tab if text else self.form_tab).setChecked(True)

    def minimumSizeHint(self) -> QSize:
        """Return a size with room for the icons alone."""
        return QSize(320, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the text of the buttons where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Check the room again when a button's size has changed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        others = (self.back, self.undo, self.redo, self.form_tab, self.text_tab)
        used = sum(button.sizeHint().width() + Space.SMALL for button in others) + 2 * Space.WIDE + 3 * Space.SMALL
        needed = sum(button.full_width + Space.SMALL for button in self._text_buttons)
        small = self.width() < used + needed + self._theme.px(_LEAST_TITLE)
        for button in self._text_buttons:
            button.set_compact(compact=small)

    def _tab(self, words: str, *, text: bool) -> Button:
        tip = _("The session's file as text") if text else _("The session as steps with a form")
        tab = Button(self._theme, words, role="quiet", tip=tip, key=SWITCH_KEY, shortcut=False)
        tab.setCheckable(True)
        tab.clicked.connect(lambda: self.tab_requested.emit(text))
        return tab


def undo_keys() -> tuple[QKeySequence, QKeySequence, QKeySequence]:
    """Return the key for undo and both keys for redo."""
    return QKeySequence(UNDO_KEY), QKeySequence(REDO_KEY), QKeySequence("Ctrl+Y")
