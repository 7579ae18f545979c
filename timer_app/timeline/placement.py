"""Place lines in time, so that no two are heard at once.

Lines are placed by importance, so that a less important line never moves a more important one. Each tries its variants
from long to short in the time that is still free, then its tone; what does not fit is left out and reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.timeline.cue_lines import Align, CueLine, Dropped, Lengths, Sound, SoundPlan, Tone
from timer_app.timeline.intervals import Timeline

GAP: Milliseconds = 120
"""The silence around a line without `exact`. Shorter, two sentences run into one; our choice, by ear."""

_ENDLESS: Milliseconds = 10**12
"""Later than any session: the end of an open interval."""

ToneLengths = Mapping[Tone, Milliseconds]
"""How long each tone sounds, in milliseconds. Others cannot be played."""


def place(timeline: Timeline, lines: Iterable[CueLine], lengths: Lengths, tone_lengths: ToneLengths) -> SoundPlan:
    """Place every line of a session. `lengths` are those of the existing clips; other texts cannot be said."""
    plans = [
        place_interval(interval_length(timeline, index), unplaced, lengths, tone_lengths)
        for index, unplaced in sorted(by_interval(lines).items())
    ]
    return SoundPlan(
        tuple(sound for plan in plans for sound in plan.sounds),
        tuple(dropped for plan in plans for dropped in plan.dropped),
    )


def by_interval(lines: Iterable[CueLine]) -> defaultdict[int, list[CueLine]]:
    """Return the lines of each interval."""
    grouped: defaultdict[int, list[CueLine]] = defaultdict(list)
    for line in lines:
        grouped[line.interval].append(line)
    return grouped


def interval_length(timeline: Timeline, index: int) -> Milliseconds | None:
    """Return an interval's length in milliseconds: None when it is open, and after the session's end."""
    return timeline.intervals[index].length if index < len(timeline.intervals) else None


def place_interval(
    length: Milliseconds | None, lines: Iterable[CueLine], lengths: Lengths, tone_lengths: ToneLengths
) -> SoundPlan:
    """Place the lines of one interval of `length` milliseconds, None for an open one."""
    room = _Room(_ENDLESS if length is None else length)
    clips = _Clips(lengths, tone_lengths)
    sounds: list[Sound] = []
    dropped: list[Dropped] = []
    for unit in _units(lines):
        placed, left_out = _place_unit(unit, room, clips)
        sounds += placed
        dropped += left_out
    return SoundPlan(tuple(sorted(sounds, key=lambda sound: sound.offset)), tuple(dropped))


class _Span(Struct, frozen=True):
    """A span of free time: where a line could begin (or end), and how much room it would have."""

    edge: Milliseconds
    room: Milliseconds


@dataclass(slots=True)
class _Room:
    """The time of one interval, and the reserved parts of it."""

    end: Milliseconds
    reserved: tuple[tuple[Milliseconds, Milliseconds], ...] = ()

    def reserve(self, start: Milliseconds, length: Milliseconds) -> None:
        self.reserved = tuple(sorted((*self.reserved, (start, start + length))))

    def find(self, line: CueLine, length: Milliseconds) -> Milliseconds | None:
        """Return where a sound of `length` milliseconds begins, or None when it does not fit."""
        for span in self._spans(line):
            if length <= span.room:
                return span.edge if line.align is Align.BEGINS_AT else span.edge - length
        return None

    def free(self, line: CueLine) -> Milliseconds:
        """Return the length of the longest sound that would fit, in milliseconds."""
        return max((span.room for span in self._spans(line)), default=0)

    def _spans(self, line: CueLine) -> Iterator[_Span]:
        """Yield the spans that a line may use, the best first."""
        gap = 0 if line.exact else GAP
        first = max(0, line.earliest)
        last = self.end if line.latest is None else min(self.end, line.latest)
        edges = [first - gap, *(edge for reserved in self.reserved for edge in reserved), last + gap]
        free = [
            (max(first, begin + gap), min(last, end - gap)) for begin, end in zip(edges[::2], edges[1::2], strict=True)
        ]
        return _beginnings(line, free) if line.align is Align.BEGINS_AT else _endings(line, free)


def _beginnings(line: CueLine, free: list[tuple[Milliseconds, Milliseconds]]) -> Iterator[_Span]:
    slip = 0 if line.exact else line.slip
    for begin, end in free:
        edge = max(begin, line.at)
        if edge < end and (slip is None or edge <= line.at + slip):
            yield _Span(edge, end - edge)


def _endings(line: CueLine, free: list[tuple[Milliseconds, Milliseconds]]) -> Iterator[_Span]:
    for begin, end in reversed(free):
        edge = min(end, line.at)
        if begin < edge:
            yield _Span(edge, edge - begin)


class _Clips(Struct, frozen=True):
    """The lengths of the clips and tones that can be played."""

    lengths: Lengths
    tones: ToneLengths

    def words(self, line: CueLine) -> list[tuple[str, Milliseconds]]:
        """Return the line's variants that have a clip, with their lengths, from long to short."""
        return [(text, self.lengths[text]) for text in line.variants if text in self.lengths]


def _units(lines: Iterable[CueLine]) -> list[list[CueLine]]:
    """Return the units that are placed together, the most important first, then those with the least choice."""
    units: dict[object, list[CueLine]] = {}
    for number, line in enumerate(lines):
        units.setdefault((line.kind, line.importance) if line.together else number, []).append(line)
    return sorted(units.values(), key=lambda unit: _urgency(unit[0]))


def _urgency(line: CueLine) -> tuple[int, bool, bool, Milliseconds]:
    return (line.importance, not line.exact, line.align is Align.ENDS_BY, line.at)


def _place_unit(unit: list[CueLine], room: _Room, clips: _Clips) -> tuple[list[Sound], list[Dropped]]:
    """Place a unit in words or as tones, and report the lines that were shortened or left out."""
    before = room.reserved
    dropped: list[Dropped] = []
    for voiced in (True, False):
        placed: list[Sound] = []
        for line in unit:
            sound = _as_words(line, room, clips) if voiced else _as_tone(line, room, clips)
            dropped += _shortened(line, sound, room, clips) if voiced else _silent_tone(line, sound, room, clips)
            if sound is not None:
                room.reserve(sound.offset, sound.length)
                placed.append(sound)
        if len(placed) == len(unit):
            return placed, dropped
        room.reserved = before
    return [], dropped


def _as_words(line: CueLine, room: _Room, clips: _Clips) -> Sound | None:
    """Return the longest variant that fits as a sound, or None."""
    for text, length in clips.words(line):
        offset = room.find(line, length)
        if offset is not None:
            return Sound(line.interval, offset, length, line.kind, line.importance, words=text)
    return None


def _as_tone(line: CueLine, room: _Room, clips: _Clips) -> Sound | None:
    """Return the line's tone as a sound, or None when it has none, or no room."""
    if line.tone is None or line.tone not in clips.tones:
        return None
    length = clips.tones[line.tone]
    offset = room.find(line, length)
    if offset is None:
        return None
    return Sound(line.interval, offset, length, line.kind, line.importance, tone=line.tone)


def _shortened(line: CueLine, sound: Sound | None, room: _Room, clips: _Clips) -> Iterator[Dropped]:
    """Yield the report of a line that is not said in its longest variant."""
    shortened_to = None if sound is None else sound.words
    for text, needed in clips.words(line)[:1]:
        if text != shortened_to:
            yield Dropped(line.interval, line.kind, text, needed, room.free(line), shortened_to)


def _silent_tone(line: CueLine, sound: Sound | None, room: _Room, clips: _Clips) -> Iterator[Dropped]:
    """Yield the report of a tone without room, unless the words of its line were reported already."""
    if sound is None and line.tone is not None and line.tone in clips.tones and not clips.words(line):
        yield Dropped(line.interval, line.kind, "", clips.tones[line.tone], room.free(line))
