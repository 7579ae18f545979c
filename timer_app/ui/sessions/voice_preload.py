"""Render the voice of the selected session in advance, so that it is ready when the session starts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from timer_app.settings import Talk
from timer_app.ui.support.background_task import gui_thread_callback
from timer_app.ui.support.latest_task import LatestTask
from timer_app.ui.support.services import Services

if TYPE_CHECKING:
    # What finds the words is loaded once a session has been selected for a moment.
    from timer_app.conductor.spoken_texts import Wording
    from timer_app.timeline.intervals import Timeline

DELAY = 400
"""Milliseconds for which a session is selected before its voice is rendered: long enough to pass others by."""

_LATE = 500
"""Milliseconds before progress is shown."""


class VoicePreload(QObject):
    """Render the lines of one session on the voice's thread; they stay rendered.

    `progressed` carries how many of how many lines are ready, once it has taken a while; `ended` is emitted at the
    end, or when it is cancelled.
    """

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._number = 0
        self._rendering = False
        self._progress = (0, 0)
        self._late = QTimer(self, singleShot=True, interval=_LATE)
        self._late.timeout.connect(self._emit_progress)
        self._words = LatestTask(self, self._find_words, self._render, DELAY)
        self._rendered, self._finished = (
            gui_thread_callback(self, self._set_progress),
            gui_thread_callback(self, self._end),
        )

    @property
    def busy(self) -> bool:
        """Whether lines are being rendered, or soon will be."""
        return self._rendering or self._words.busy

    def request(self, timeline: Timeline | None) -> None:
        """Render this session after a moment, in place of any other; None renders nothing."""
        self.cancel()
        if timeline is not None:
            self._words.request(timeline)

    def cancel(self) -> None:
        """Render no more lines: another session was selected, or something else needs the voice."""
        self._words.cancel()
        self._number += 1
        self._end(self._number)

    def _find_words(self, timeline: Timeline, _cancelled: Callable[[], bool]) -> Wording | None:
        """Return the lines of the session; runs on another thread."""
        talk = self._services.settings.value.talk
        if talk in (Talk.TONES, Talk.SILENT):
            return None
        from timer_app.conductor.spoken_texts import wording  # noqa: PLC0415 - not needed for the first page

        return wording(timeline, self._services.catalogue, talk)

    def _render(self, _timeline: Timeline, words: Wording) -> None:
        if not words.texts:
            return
        number = self._number
        self._rendering = True
        self._progress = (0, len(words.texts))
        self._late.start()
        voice = self._services.voice
        voice.set_language(words.language)
        voice.prepare(words.texts, partial(self._rendered, number), partial(self._finished, number))

    def _set_progress(self, number: int, ready: int, total: int) -> None:
        """Note how many lines are ready. After a change of voice it starts again."""
        if number == self._number:
            self._progress = (ready, total)
            if not self._late.isActive():
                self._emit_progress()

    def _emit_progress(self) -> None:
        if self._rendering:
            self.progressed.emit(*self._progress)

    def _end(self, number: int) -> None:
        if number == self._number and self._rendering:
            self._late.stop()
            self._rendering = False
            self.ended.emit()
