"""Show a small static figure of a step's exercise beside its session's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.ui.support.services import Services
from timer_app.ui.widgets.layouts import margins

if TYPE_CHECKING:
    # Loaded once the page has been visible for a moment.
    from timer_app.ui.figures.figure_view import FigureView

LATER = 700
"""Milliseconds from the page being shown until figures are loaded, after the page itself."""

_SIZE = (172, 92)


class StepFigure(QWidget):
    """Show the exercise of a step at half a rep; nothing where it has no drawing."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._exercise_id: str | None = None
        self._view: FigureView | None = None
        self._loading = QTimer(self, singleShot=True, interval=LATER)
        self._loading.timeout.connect(self.load)
        margins(QVBoxLayout(self), 0)
        services.theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_exercise(self, identifier: str | None) -> None:
        """Show an exercise of the catalogue, once figures are loaded."""
        self._exercise_id = identifier
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Load figures after a delay."""
        super().showEvent(event)
        if self._view is None:
            self._loading.start()

    def load(self) -> None:
        """Load the modules that draw figures, once."""
        from timer_app.ui.figures.figure_view import FigureView  # noqa: PLC0415 - see above

        layout = self.layout()
        if self._view is None and layout is not None:
            self._view = FigureView(self._services.theme)
            layout.addWidget(self._view)
            self._show()

    def _show(self) -> None:
        if self._view is not None:
            exercise = self._services.catalogue.get(self._exercise_id) if self._exercise_id is not None else None
            self._view.show_exercise(exercise)
            self._view.show_moment(None, 0.5)

    def _apply_theme(self) -> None:
        self.setFixedSize(*(self._services.theme.px(length) for length in _SIZE))
