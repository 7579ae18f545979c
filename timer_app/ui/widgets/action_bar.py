"""What can be done with what a card shows, along its lower edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from timer_app.ui.look.theme import Space
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.layouts import margins

_LEAST = 28
"""The least width of a button with a sign alone, in logical pixels; WCAG 2.2 (2.5.8) asks for 24."""


class ActionBar(QWidget):
    """The main button on the left, a note beside it, and other buttons on the right, which lose their words in need.

    `spare`, where there is one, is the last of all, and gives way where there is no room for it even so.
    """

    def __init__(
        self, main: Button | None, note: QLabel, others: Sequence[Button], *, spare: Button | None = None
    ) -> None:
        super().__init__()
        self._spare = spare
        self._main = main
        self._small = False
        self._note = note
        self._others = others
        layout = self._layout = QHBoxLayout(self)
        margins(layout, Space.PAGE, Space.MEDIUM, spacing=Space.SMALL)
        if main is not None:
            layout.addWidget(main)
            layout.addSpacing(Space.SMALL)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(note, 1)
        for button in (*others, spare) if spare is not None else others:
            layout.addWidget(button)

    def minimumSizeHint(self) -> QSize:
        """Return a size at which the buttons have lost their words."""
        return QSize(240, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the words off the buttons on the right where there is no room for them."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again when a button has come, gone or grown."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        main = self._main.sizeHint().width() if self._main is not None and self._main.isVisibleTo(self) else 0
        shown = [button for button in self._others if button.isVisibleTo(self)]
        if self._spare is not None:
            shown.append(self._spare)
        wanted = sum(button.full_width + Space.SMALL for button in shown)
        note = self._note.fontMetrics().horizontalAdvance(self._note.text())
        small = main + note + wanted + 2 * Space.PAGE + Space.PAGE > self.width()
        for button in shown:
            button.be_small(small=small)
            # Where even the signs have no room they come closer, and the main button keeps its words.
            button.setMinimumWidth(_LEAST if small else 0)
        if self._spare is not None:
            least = main + sum(button.sizeHint().width() + Space.TIGHT for button in shown)
            self._spare.setVisible(not small or least + 2 * Space.LARGE + Space.SMALL <= self.width())
        if small != self._small:
            # Only then: a layout that is told anything asks to be looked at again.
            self._small = small
            across = Space.LARGE if small else Space.PAGE
            margins(self._layout, across, Space.MEDIUM, spacing=Space.TIGHT if small else Space.SMALL)
