"""Speak the lines of one step, one after the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from timer_app.clock import Milliseconds
from timer_app.definition.model import StepPath
from timer_app.editing.step_preview_lines import preview_lines
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.ui.support.services import Services
from timer_app.ui.support.speech_preview import speak

PAUSE: Milliseconds = 400
"""The silence after each line, in place of the rest of the step."""


class StepPlayer(QObject):
    """Speak the lines of a step on request. `ended` carries whether there was anything to hear, also when stopped."""

    ended = Signal(bool)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._playing = QTimer(self, singleShot=True)
        self._playing.timeout.connect(lambda: self._end(heard=True))

    @property
    def playing(self) -> bool:
        """Whether lines are being spoken."""
        return self._playing.isActive()

    def hear(self, timeline: Timeline, plan: SoundPlan, path: StepPath) -> None:
        """Start to speak the lines of the step or rounds at `path`, in place of any others.

        `plan` is the timeline's prerendered plan.
        """
        self.stop()
        length = speak(self._services, preview_lines(timeline, plan, path), PAUSE)
        if length:
            self._playing.start(length)
        else:
            self._end(heard=False)

    def stop(self) -> None:
        """Stop, if lines are being spoken."""
        if self.playing:
            self._playing.stop()
            self._services.speaker.silence()
            self._end(heard=True)

    def _end(self, *, heard: bool) -> None:
        self.ended.emit(heard)
