"""The voice of the session that is shown, rendered while the person looks at it, so that a start finds it ready."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from timer_app.settings import Talk
from timer_app.ui.support.background_task import BackgroundTask, carrier
from timer_app.ui.support.services import Services

if TYPE_CHECKING:
    # What finds the words is loaded once a session has been looked at for a moment.
    from timer_app.conductor.spoken_texts import Wording
    from timer_app.timeline.intervals import Timeline

REST = 400
"""Milliseconds for which a session is looked at before its voice is prepared: long enough to pass others by."""

LATE = 500
"""Milliseconds after which it is told how far the voice is; what is quicker needs no words."""


class VoicePreload(QObject):
    """Has the lines of one session rendered, off the screen's thread. What is rendered stays, whoever asks next.

    `told` carries how many of how many lines are there, once it has taken a while; `ended` comes at the end, or when
    it is given up. Nothing is done while nobody looks at the page, and nothing ticks while nothing is rendered.
    """

    told = Signal(int, int)
    ended = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._timeline: Timeline | None = None
        self._number = 0
        self._busy = False
        self._there = (0, 0)
        self._resting = QTimer(self, singleShot=True, interval=REST)
        self._resting.timeout.connect(self._find)
        self._late = QTimer(self, singleShot=True, interval=LATE)
        self._late.timeout.connect(self._tell)
        self._finding = BackgroundTask(self, self._find_words, self._prepare)
        self._arrived, self._finished = carrier(self, self._take), carrier(self, self._end)

    @property
    def busy(self) -> bool:
        """Whether lines are being rendered, or soon will be."""
        return self._busy or self._finding.busy or self._resting.isActive()

    def want(self, timeline: Timeline | None) -> None:
        """Prepare this session after a moment, in place of any other; None is for nothing to prepare."""
        self.give_up()
        self._timeline = timeline
        if timeline is not None:
            self._resting.start()

    def give_up(self) -> None:
        """Want no more lines: the person has gone on, or somebody else needs the voice."""
        self._resting.stop()
        self._late.stop()
        self._timeline = None
        self._number += 1
        if self._busy:
            self._busy = False
            self.ended.emit()

    def _find(self) -> None:
        if self._services.settings.value.talk not in (Talk.TONES, Talk.SILENT):
            self._finding.ask()

    def _find_words(self) -> tuple[Timeline | None, Wording | None]:
        """Find what will be said. On another thread."""
        from timer_app.conductor.spoken_texts import wording  # noqa: PLC0415 - not needed for the first page

        timeline = self._timeline
        if timeline is None:
            return None, None
        return timeline, wording(timeline, self._services.catalogue, self._services.settings.value.talk)

    def _prepare(self, found: tuple[Timeline | None, Wording | None]) -> None:
        timeline, words = found
        if words is None or timeline is not self._timeline or not words.texts:
            return
        number = self._number
        self._busy = True
        self._there = (0, len(words.texts))
        self._late.start()
        voice = self._services.voice
        voice.set_language(words.language)
        voice.prepare(words.texts, partial(self._arrived, number), partial(self._finished, number))

    def _take(self, number: int, there: int, wanted: int) -> None:
        """Take note of how far the voice is. After a change of voice it begins again by itself."""
        if number != self._number:
            return
        self._there = (there, wanted)
        if self._busy and not self._late.isActive():
            self._tell()

    def _tell(self) -> None:
        if self._busy:
            self.told.emit(*self._there)

    def _end(self, number: int) -> None:
        if number == self._number and self._busy:
            self._late.stop()
            self._busy = False
            self.ended.emit()
