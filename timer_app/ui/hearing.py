"""Hear a line in the voice that is chosen: rendered off the screen's thread, then spoken once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from timer_app.sound.ports import Cue
from timer_app.ui.background import carry
from timer_app.ui.services import Services

_SOON = 150
"""How many milliseconds ahead the line is scheduled, so that its beginning is not cut off."""


class Hearing(QObject):
    """Speaks one line on request. `ended` carries whether there was a voice to speak it."""

    ended = Signal(bool)
    _arrived = Signal(str)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._wanted = ""
        self._arrived.connect(self._speak, Qt.ConnectionType.QueuedConnection)

    def hear(self, text: str) -> None:
        """Speak `text` as soon as its clip is there; returns at once."""
        self._wanted = text
        self._services.voice.prepare([text], lambda _there, _wanted: None, lambda: carry(self._arrived, text))

    def _speak(self, text: str) -> None:
        if text != self._wanted:
            return
        self._wanted = ""
        spoken = text in self._services.voice.lengths([text])
        if spoken:
            # Who asks to hear it wants to hear it; a session that begins mutes itself where that is wished for.
            self._services.speaker.mute(muted=False)
            self._services.speaker.schedule([Cue(self._services.clock.now() + _SOON, words=text)])
        self.ended.emit(spoken)
