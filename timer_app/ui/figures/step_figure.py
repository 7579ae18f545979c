"""A small still figure of one step's exercise, beside the title of its session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.ui.support.services import Services
from timer_app.ui.widgets.layouts import margins

if TYPE_CHECKING:
    # What draws figures is loaded once the page has been in view for a moment.
    from timer_app.ui.figures.figure_view import FigureView

LATER = 700
"""Milliseconds after the page has come into view until figures are loaded: the page itself comes first."""

_SIZE = (172, 92)


class StepFigure(QWidget):
    """Shows how the exercise of a step looks, at its most telling moment; nothing where there is no drawing."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._wanted: str | None = None
        self._view: FigureView | None = None
        self._loading = QTimer(self, singleShot=True, interval=LATER)
        self._loading.timeout.connect(self.load)
        margins(QVBoxLayout(self), 0)
        services.theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_exercise(self, identifier: str | None) -> None:
        """Show an exercise of the catalogue, now or as soon as figures are loaded."""
        self._wanted = identifier
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the figures loaded in a moment."""
        super().showEvent(event)
        if self._view is None:
            self._loading.start()

    def load(self) -> None:
        """Load what draws figures, once."""
        from timer_app.ui.figures.figure_view import FigureView  # noqa: PLC0415 - see above

        layout = self.layout()
        if self._view is None and layout is not None:
            self._view = FigureView(self._services.theme)
            layout.addWidget(self._view)
            self._show()

    def _show(self) -> None:
        if self._view is not None:
            known = self._services.catalogue.get(self._wanted) if self._wanted is not None else None
            self._view.show_exercise(known)
            self._view.show_moment(None, 0.5)

    def _apply_theme(self) -> None:
        self.setFixedSize(*(self._services.theme.px(length) for length in _SIZE))
