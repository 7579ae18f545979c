"""Schedule the cues of a session that may be paused, skipped through and extended.

Lines are placed interval by interval, with the clips that are there; when more have arrived, or an interval gets
longer, what has not begun is placed again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.definition.model import HalfWay
from timer_app.exercises.model import Catalogue
from timer_app.player.state import Ending, PlayerState
from timer_app.settings import Talk
from timer_app.sound.ports import Cue, Voice
from timer_app.timeline.cue_lines import CueLine, LineKind, Sound
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.phrases import Phrases
from timer_app.timeline.placement import ToneLengths, by_interval, interval_length, place_interval
from timer_app.timeline.script import script, texts

AHEAD: Milliseconds = 300_000
"""How far ahead cues are given, at the least, in milliseconds: five minutes, which no stall of the window outlasts."""

_SPOKEN_ONCE = frozenset({LineKind.NEXT, LineKind.SWITCH, LineKind.GO, LineKind.HALF, LineKind.LAST_SET})
"""Kinds that are not repeated in an interval that is extended."""


class CueScheduler:
    """Cues of one session, from its script and the clips that the voice has."""

    def __init__(
        self,
        timeline: Timeline,
        *,
        phrases: Phrases,
        catalogue: Catalogue,
        talk: Talk,
        voice: Voice,
        tone_lengths: ToneLengths,
    ) -> None:
        self._timeline = timeline
        self._phrases = phrases
        self._catalogue = catalogue
        self._talk = talk
        self._voice = voice
        self._tone_lengths = tone_lengths
        self._lines = by_interval(script(timeline, phrases, catalogue, talk))
        self._given: dict[int, tuple[Sound, ...]] = {}
        self._until: Milliseconds | None = None
        self._arrived = threading.Event()

    def prepare(self, index: int) -> None:
        """Request the missing clips, from the interval at `index` on. Does not wait."""
        ahead = [line for number, lines in self._lines.items() if number >= index for line in lines]
        self._voice.prepare(texts(ahead), lambda _done, _total: self._arrived.set())

    def has_changes(self, now: Milliseconds) -> bool:
        """Return whether `cues` would give more than before: clips have arrived, or the scheduled ones run out soon."""
        if self._arrived.is_set():
            self._arrived.clear()
            return True
        return self._until is not None and self._until - now < AHEAD // 2

    def outro_length(self) -> Milliseconds:
        """Return for how many milliseconds sound goes on after the session's end."""
        return max((sound.end for sound in self._placed(len(self._timeline.intervals))), default=0)

    def cues(self, state: PlayerState, now: Milliseconds) -> tuple[Cue, ...]:
        """Return the cues from `now` on, at least `AHEAD` milliseconds far, up to the next open interval."""
        self._until = None
        if state.ended is Ending.COMPLETED:
            return tuple(_at(now, self._placed(len(self._timeline.intervals))))
        if not state.running:
            return ()
        return tuple(cue for cue in self._ahead(state, now) if cue.at >= now)

    def _ahead(self, state: PlayerState, now: Milliseconds) -> Iterator[Cue]:
        """Yield the cues of the interval in progress and of those after it, up to the first open one."""
        given = {state.index: self._current(state, now)}
        yield from _at(state.began, given[state.index])
        moment = state.due
        for index in range(state.index + 1, len(self._timeline.intervals) + 1):
            if moment is None:
                break
            if moment > now + AHEAD:
                self._until = moment
                break
            given[index] = self._placed(index)
            yield from _at(moment, given[index])
            length = interval_length(self._timeline, index)
            moment = None if length is None else moment + length
        self._given = given

    def _current(self, state: PlayerState, now: Milliseconds) -> tuple[Sound, ...]:
        """Return the sounds of the interval in progress: those that have begun as they are, the others placed again."""
        elapsed = state.elapsed(now)
        begun = tuple(sound for sound in self._given.get(state.index, ()) if sound.offset < elapsed)
        spoken_kinds = {sound.kind for sound in begun} & _SPOKEN_ONCE
        heard = {sound.words for sound in begun} & self._heard_once(state.index)
        free = max([elapsed, *(sound.end for sound in begun)])
        anew = tuple(
            sound
            for sound in self._placed(state.index, extra=state.extra)
            if sound.offset >= free and sound.kind not in spoken_kinds and sound.words not in heard
        )
        return (*begun, *anew)

    def _heard_once(self, index: int) -> frozenset[str]:
        """Return the words that are not repeated in an extended interval: form cues, and lines at half way.

        Lines that count back from the end are said again at their new moment, as the countdown is.
        """
        if index == len(self._timeline.intervals):
            return frozenset()
        interval = self._timeline.intervals[index]
        exercise = self._catalogue.get(interval.exercise or "")
        half_way = (line.line for line in interval.say if isinstance(line.at, HalfWay))
        return frozenset((*half_way, *(exercise.cues if exercise is not None else ())))

    def _placed(self, index: int, *, extra: Milliseconds = 0) -> tuple[Sound, ...]:
        """Return the sounds of the interval at `index`, extended by `extra`, with the clips that are there now."""
        length = interval_length(self._timeline, index)
        lines = self._lines[index]
        if extra and length is not None:
            length += extra
            lines = self._lines_when_longer(index, length)
        lengths = self._voice.lengths(text for line in lines for text in line.variants)
        return place_interval(length, lines, lengths, self._tone_lengths).sounds

    def _lines_when_longer(self, index: int, length: Milliseconds) -> list[CueLine]:
        """Return the lines of an interval extended to `length`, where its countdown and its half are moved."""
        intervals = self._timeline.intervals
        longer = replace(intervals[index], length=length)
        timeline = replace(self._timeline, intervals=(*intervals[:index], longer, *intervals[index + 1 :]))
        return by_interval(script(timeline, self._phrases, self._catalogue, self._talk))[index]


def _at(moment: Milliseconds, sounds: Iterable[Sound]) -> Iterator[Cue]:
    for sound in sounds:
        yield Cue(moment + sound.offset, sound.words, sound.tone)
