"""Loop an exercise's figure while it is visible."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from timer_app.clock import Clock
from timer_app.definition.model import Side
from timer_app.exercises.model import Exercise
from timer_app.ui.figures.figure_view import FigureView
from timer_app.ui.look.theme import Theme

FRAME = 40
"""Milliseconds between two frames: 25 a second, as in films."""


class FigurePreview(FigureView):
    """A figure that loops its reps or its hold; it stops while hidden, and with reduced motion."""

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__(theme)
        self._clock = clock
        self._begun = clock.now()
        self._in_reps = False
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self.refresh)
        theme.changed.connect(self._update_timer)

    @property
    def running(self) -> bool:
        """Whether the animation runs."""
        return self._timer.isActive()

    def show_exercise(self, exercise: Exercise | None, side: Side | None = None) -> None:
        """Show an exercise's figure, and restart its movement."""
        super().show_exercise(exercise, side)
        self._begun = self._clock.now()
        self._in_reps = exercise is not None and exercise.tempo is not None
        self._update_timer()

    def refresh(self) -> None:
        """Show the current frame."""
        elapsed = self._clock.now() - self._begun
        if self._in_reps:
            self.show_preview(elapsed)
        else:
            self.show_held(elapsed)

    def showEvent(self, event: QShowEvent) -> None:
        """Start the animation."""
        super().showEvent(event)
        self._update_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the animation."""
        super().hideEvent(event)
        self._timer.stop()

    def _update_timer(self) -> None:
        if self.moves and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()
