"""Speak lines in the chosen voice, outside a session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from timer_app.clock import Milliseconds
from timer_app.i18n import _
from timer_app.sound.ports import Cue
from timer_app.ui.support.background_task import gui_thread_callback
from timer_app.ui.support.services import Services

_SOON: Milliseconds = 150
"""How far ahead the first line is scheduled, so that its beginning is not cut off."""


def speak(services: Services, texts: Sequence[str], pause: Milliseconds = 0) -> Milliseconds:
    """Speak the texts that are rendered, with a pause after each; return the total length, 0 for nothing to speak."""
    lengths = services.voice.lengths(texts)
    cues: list[Cue] = []
    start = _SOON
    for text in texts:
        if text in lengths:
            cues.append(Cue(services.clock.now() + start, words=text))
            start += lengths[text] + pause
    if not cues:
        return 0
    # A user who asks to hear a line should hear it; a session mutes itself at its start if it has to be silent.
    services.speaker.mute(muted=False)
    services.speaker.schedule(cues)
    return start


class VoicePreview(QObject):
    """Speak one line on request, or show a note where there is no voice."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._requested = ""
        self._rendered = gui_thread_callback(self, self._speak)

    def hear(self, text: str) -> None:
        """Speak `text` as soon as it is rendered, in place of any text before it."""
        self._requested = text
        self._services.voice.prepare([text], lambda _ready, _total: None, partial(self._rendered, text))

    def _speak(self, text: str) -> None:
        if text != self._requested:
            return
        self._requested = ""
        if not speak(self._services, [text]):
            self._services.messages.show_note(
                _("No voice could be heard."), _("Sessions go on with tones, and the words on screen.")
            )
