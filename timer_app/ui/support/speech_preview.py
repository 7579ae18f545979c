"""Hear lines in the voice that is chosen: rendered off the screen's thread, then spoken once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from timer_app.clock import Milliseconds
from timer_app.sound.ports import Cue
from timer_app.ui.support.background_task import carrier
from timer_app.ui.support.services import Services

_SOON: Milliseconds = 150
"""How far ahead the first line is scheduled, so that its beginning is not cut off."""


def speak(services: Services, texts: Sequence[str], pause: Milliseconds = 0) -> Milliseconds:
    """Speak those texts whose clips are there, one after the other, and return how long that takes from now.

    There is a `pause` after each. It is 0 where there is nothing to speak.
    """
    lengths = services.voice.lengths(texts)
    cues: list[Cue] = []
    start = _SOON
    for text in texts:
        if text in lengths:
            cues.append(Cue(services.clock.now() + start, words=text))
            start += lengths[text] + pause
    if not cues:
        return 0
    # Who asks to hear it wants to hear it; a session that begins mutes itself where that is wished for.
    services.speaker.mute(muted=False)
    services.speaker.schedule(cues)
    return start


class VoicePreview(QObject):
    """Speaks one line on request. `ended` carries whether there was a voice to speak it."""

    ended = Signal(bool)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._wanted = ""
        self._arrived = carrier(self, self._speak)

    def hear(self, text: str) -> None:
        """Speak `text` as soon as its clip is there; returns at once."""
        self._wanted = text
        self._services.voice.prepare([text], lambda _there, _wanted: None, partial(self._arrived, text))

    def _speak(self, text: str) -> None:
        if text != self._wanted:
            return
        self._wanted = ""
        self.ended.emit(speak(self._services, [text]) > 0)
