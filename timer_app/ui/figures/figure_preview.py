"""A figure that shows over and over how an exercise is done, while it is in view."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from timer_app.clock import Clock
from timer_app.definition.model import Side
from timer_app.exercises.model import Exercise
from timer_app.ui.figures.figure_view import FigureView
from timer_app.ui.look.theme import Theme

FRAME = 40
"""Milliseconds between two looks at the clock: 25 a second, as in films."""


class FigurePreview(FigureView):
    """A figure that does its reps, or breathes in its hold; it stands still out of view, or where motion is reduced."""

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__(theme)
        self._clock = clock
        self._begun = clock.now()
        self._in_reps = False
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self.look)
        theme.changed.connect(self._run)

    @property
    def running(self) -> bool:
        """Whether the figure is being moved."""
        return self._timer.isActive()

    def show_exercise(self, exercise: Exercise | None, side: Side | None = None) -> None:
        """Show an exercise's figure, and begin its movement anew."""
        super().show_exercise(exercise, side)
        self._begun = self._clock.now()
        self._in_reps = exercise is not None and exercise.tempo is not None
        self._run()

    def look(self) -> None:
        """Show the figure as it is now."""
        elapsed = self._clock.now() - self._begun
        if self._in_reps:
            self.show_preview(elapsed)
        else:
            self.show_held(elapsed)

    def showEvent(self, event: QShowEvent) -> None:
        """Move on once it is in view."""
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still out of view."""
        super().hideEvent(event)
        self._timer.stop()

    def _run(self) -> None:
        if self.moves and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()
