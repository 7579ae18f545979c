"""The bar of buttons along the lower edge of a card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from timer_app.ui.look.theme import Space
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.layouts import margins

_LEAST = 28
"""The least width of a button with an icon alone, in logical pixels; WCAG 2.2 (2.5.8) asks for 24."""


class ActionBar(QWidget):
    """The main button on the left, a note beside it, and secondary buttons on the right, compact where space is short.

    `spare`, the last button, is hidden where there is no room for it even then.
    """

    def __init__(
        self, main: Button | None, note: QLabel, secondary: Sequence[Button], *, spare: Button | None = None
    ) -> None:
        super().__init__()
        self._spare = spare
        self._main = main
        self._compact = False
        self._note = note
        self._secondary = secondary
        layout = self._layout = QHBoxLayout(self)
        margins(layout, Space.PAGE, Space.MEDIUM, spacing=Space.SMALL)
        if main is not None:
            layout.addWidget(main)
            layout.addSpacing(Space.SMALL)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(note, 1)
        for button in (*secondary, spare) if spare is not None else secondary:
            layout.addWidget(button)

    def minimumSizeHint(self) -> QSize:
        """Return a size at which the buttons are compact."""
        return QSize(240, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the buttons on the right compact where space is short."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit again when a button was shown, hidden or resized."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        main = self._main.sizeHint().width() if self._main is not None and self._main.isVisibleTo(self) else 0
        shown = [button for button in self._secondary if button.isVisibleTo(self)]
        if self._spare is not None:
            shown.append(self._spare)
        needed = sum(button.full_width + Space.SMALL for button in shown)
        note = self._note.fontMetrics().horizontalAdvance(self._note.text())
        compact = main + note + needed + 2 * Space.PAGE + Space.PAGE > self.width()
        for button in shown:
            button.set_compact(compact=compact)
            # Where space is short even for icons they move closer, and the main button keeps its text.
            button.setMinimumWidth(_LEAST if compact else 0)
        if self._spare is not None:
            least = main + sum(button.sizeHint().width() + Space.TIGHT for button in shown)
            self._spare.setVisible(not compact or least + 2 * Space.LARGE + Space.SMALL <= self.width())
        if compact != self._compact:
            # Only on a change: setting margins posts another LayoutRequest.
            self._compact = compact
            across = Space.LARGE if compact else Space.PAGE
            margins(self._layout, across, Space.MEDIUM, spacing=Space.TIGHT if compact else Space.SMALL)
