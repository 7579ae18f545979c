"""Write the script: the lines of each interval, with their moments, before they are placed.

The constants decide what is counted, what is announced, and how often the voice speaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from timer_app.clock import Milliseconds
from timer_app.definition.model import FromEnd, FromStart, SayLine
from timer_app.exercises.model import Catalogue
from timer_app.settings import Talk
from timer_app.timeline.countdown import SECOND, countdown, marks_its_start
from timer_app.timeline.cue_lines import Align, CueLine, LineKind, Tone
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline
from timer_app.timeline.next_up_lines import announcements
from timer_app.timeline.phrases import Phrase, Phrases
from timer_app.timeline.verbosity import EXPLAINS, at_verbosity

CUED_FROM: Milliseconds = 20_000
TEN_FROM: Milliseconds = 30_000
HALF_FROM: Milliseconds = 40_000
CUE_EVERY: Milliseconds = 30_000
"""At most one form cue in this time: our choice, so that the voice stays pleasant."""
STANDS_IN: Milliseconds = 2_000
"""An author's line this near to "half way" or "ten seconds left" replaces it."""
RINGS_FROM: Milliseconds = 5_000
"""In a shorter pause the next-up line is more important than the tone on its start."""
MINUTES_FROM: Milliseconds = 120_000
"""From this length on the session's duration is said at its end in whole minutes."""


def script(timeline: Timeline, phrases: Phrases, catalogue: Catalogue, talk: Talk) -> tuple[CueLine, ...]:
    """Return all lines of a session, by interval and earliest moment."""
    writer = _Writer(timeline, phrases, catalogue)
    lines = [
        *(line for interval in timeline.intervals for line in writer.interval(interval)),
        *announcements(timeline, phrases, catalogue, explain=talk in EXPLAINS),
        *writer.end(),
    ]
    lines.sort(key=lambda line: (line.interval, line.earliest, line.importance))
    return at_verbosity(lines, talk)


def texts(lines: Iterable[CueLine]) -> tuple[str, ...]:
    """Return every text of a script once, in the order in which they will be needed."""
    return tuple(dict.fromkeys(text for line in lines for text in line.variants))


class _Writer:
    """Writes the lines of one interval after the other, and rotates the form cues."""

    def __init__(self, timeline: Timeline, phrases: Phrases, catalogue: Catalogue) -> None:
        self._timeline = timeline
        self._phrases = phrases
        self._catalogue = catalogue
        self._turns: Counter[str] = Counter()

    def interval(self, interval: Interval) -> Iterator[CueLine]:
        before = self._timeline.intervals[interval.index - 1] if interval.index else None
        yield from self._counts(interval, before)
        yield from _author_lines(interval)
        if interval.kind is IntervalKind.WORK:
            yield self._go(interval, before)
            yield from self._last_set(interval)
            yield from self._reps(interval)
        elif interval.kind is IntervalKind.LAST_REP_HOLD:
            yield _on_start(interval, LineKind.REP, 2, self._phrases.variants(Phrase.HOLD), Tone.GO)
        elif interval.kind is IntervalKind.SWITCH:
            variants = self._phrases.variants(Phrase.SWITCH, interval.side) if interval.side else ()
            yield _on_start(interval, LineKind.SWITCH, 2, variants, Tone.REST)
        elif marks_its_start(interval, before):
            # With eyes closed, the end of a hold too short to be counted out would pass unheard.
            importance = 2 if (interval.length or 0) >= RINGS_FROM else 4
            yield _on_start(interval, LineKind.REST, importance, (), Tone.REST)
        if interval.works and interval.tempo is None and interval.length is not None:
            yield from self._inside_hold(interval, interval.length)

    def end(self) -> Iterator[CueLine]:
        """Yield the last line, after the last interval, where time is not bounded."""
        total = self._timeline.total
        if total >= MINUTES_FROM:
            total = (total + 30 * SECOND) // (60 * SECOND) * 60 * SECOND
        if self._timeline.open_intervals:
            variants = self._phrases.variants(Phrase.END_OPEN)
        else:
            variants = self._phrases.variants(Phrase.END, duration=self._phrases.duration(total))
        index = len(self._timeline.intervals)
        yield CueLine(index, LineKind.END, 4, Align.BEGINS_AT, at=0, variants=variants, tone=Tone.DONE)

    def _counts(self, interval: Interval, before: Interval | None) -> Iterator[CueLine]:
        # "Nine, ten, three, two, one" would confuse: beside spoken reps the countdown is tones, and gives way to them.
        beside_reps = interval.works and interval.tempo is not None
        for number, at in enumerate(countdown(interval, before), start=1):
            yield CueLine(
                interval.index,
                LineKind.COUNT,
                importance=3 if beside_reps else 1,
                align=Align.BEGINS_AT,
                at=at,
                earliest=at,
                latest=at + SECOND,
                variants=() if beside_reps else (self._phrases.number(number),),
                tone=Tone.COUNT,
                exact=True,
                together=True,
            )

    def _go(self, interval: Interval, before: Interval | None) -> CueLine:
        """Return the line on the start of work; in reps it replaces the first number, and ends before the second."""
        turned = before is not None and before.works and interval.side not in (None, before.side)
        phrase, side = (Phrase.GO_ON_SIDE, interval.side) if turned else (Phrase.GO, None)
        latest = interval.tempo.rep if interval.tempo is not None else None
        return _on_start(interval, LineKind.GO, 1, self._phrases.variants(phrase, side), Tone.GO, latest=latest)

    def _last_set(self, interval: Interval) -> Iterator[CueLine]:
        sets = interval.sets or 1
        if sets > 1 and interval.set == sets and not self._in_same_set(interval):
            variants = self._phrases.variants(Phrase.LAST_SET)
            yield CueLine(
                interval.index, LineKind.LAST_SET, 4, Align.BEGINS_AT, at=0, variants=variants, slip=3 * SECOND
            )

    def _in_same_set(self, interval: Interval) -> bool:
        """Whether the work before is the other side of the same set."""
        earlier = reversed(self._timeline.intervals[: interval.index])
        work = next((each for each in earlier if each.kind is IntervalKind.WORK), None)
        return work is not None and (work.step, work.round, work.set) == (interval.step, interval.round, interval.set)

    def _reps(self, interval: Interval) -> Iterator[CueLine]:
        if interval.tempo is None:
            return
        rep = interval.tempo.rep
        for number in range(2, (interval.reps or 1) + 1):
            at = (number - 1) * rep
            yield CueLine(
                interval.index,
                LineKind.REP,
                importance=2,
                align=Align.BEGINS_AT,
                at=at,
                earliest=at,
                latest=at + rep,
                variants=(self._phrases.number(number),),
                tone=Tone.REP,
                exact=True,
                together=True,
            )

    def _inside_hold(self, interval: Interval, length: Milliseconds) -> Iterator[CueLine]:
        own = [_moment(line, length) for line in interval.say]
        half, ten = length // 2, length - 10 * SECOND
        if length >= HALF_FROM and not _near(half, own):
            variants = self._phrases.variants(Phrase.HALF)
            yield CueLine(
                interval.index, LineKind.HALF, 4, Align.BEGINS_AT, half, half, None, variants, Tone.HALF, slip=SECOND
            )
        if length >= TEN_FROM and not _near(ten, own):
            variants = self._phrases.variants(Phrase.TEN)
            yield CueLine(interval.index, LineKind.TEN, 4, Align.BEGINS_AT, ten, ten, None, variants, slip=SECOND // 2)
        if length >= CUED_FROM:
            yield from self._form_cues(interval, length)

    def _form_cues(self, interval: Interval, length: Milliseconds) -> Iterator[CueLine]:
        """Yield form cues in turn, evenly spread, clear of the half and of the end."""
        exercise = self._catalogue.get(interval.exercise or "")
        cues = exercise.cues if exercise is not None else ()
        count = min(max(1, length // CUE_EVERY), len(cues))
        for number in range(count):
            at = length * (3 * number + 1) // (3 * count)
            cue = cues[self._turns[interval.exercise or ""] % len(cues)]
            self._turns[interval.exercise or ""] += 1
            slip = length // (3 * count)
            yield CueLine(interval.index, LineKind.FORM, 5, Align.BEGINS_AT, at, at, None, (cue,), slip=slip)


def _on_start(
    interval: Interval,
    kind: LineKind,
    importance: int,
    variants: tuple[str, ...],
    tone: Tone,
    *,
    latest: Milliseconds | None = None,
) -> CueLine:
    return CueLine(
        interval.index, kind, importance, Align.BEGINS_AT, 0, 0, latest, variants=variants, tone=tone, exact=True
    )


def _author_lines(interval: Interval) -> Iterator[CueLine]:
    """Yield the author's lines; in an open interval only those that count from its start."""
    for line in interval.say:
        if interval.length is None and not isinstance(line.at, FromStart):
            continue
        at = _moment(line, interval.length or 0)
        yield CueLine(
            interval.index, LineKind.SAY, 3, Align.BEGINS_AT, at, at, None, variants=(line.line,), slip=SECOND
        )


def _moment(line: SayLine, length: Milliseconds) -> Milliseconds:
    """Return where an author's line begins, in milliseconds from the start of an interval of `length`."""
    if isinstance(line.at, FromStart):
        return line.at.offset
    if isinstance(line.at, FromEnd):
        return length - line.at.offset
    return length // 2


def _near(at: Milliseconds, moments: Iterable[Milliseconds]) -> bool:
    return any(abs(at - moment) <= STANDS_IN for moment in moments)
