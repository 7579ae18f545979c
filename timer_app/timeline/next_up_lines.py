"""Next-up lines: each exercise is announced once before it, ending as the countdown begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timer_app.exercises.model import Catalogue
from timer_app.timeline.countdown import countdown
from timer_app.timeline.cue_lines import Align, CueLine, LineKind
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline
from timer_app.timeline.phrases import Noun, Phrase, Phrases

LONGEST_POSITION = 200
"""A description of more characters than this is not read aloud: it takes over 10 s, and is on the screen."""


def announcements(timeline: Timeline, phrases: Phrases, catalogue: Catalogue, *, explain: bool) -> Iterator[CueLine]:
    """Yield one next-up line for each pause that leads to work.

    Where rests and a setup follow one another, it is said in the longest of them, the later of two equals, where there
    is the most room. With `explain`, the first announcement of an exercise says how to get into position, if its work
    has not come before.
    """
    met: set[str] = set()
    latest: str | None = None
    pauses: list[Interval] = []
    for interval in timeline.intervals:
        if interval.kind in (IntervalKind.REST, IntervalKind.SETUP):
            pauses.append(interval)
            continue
        if interval.kind is IntervalKind.WORK:
            key = interval.exercise or interval.title
            if pauses:
                positions = _positions(interval, catalogue) if explain and key not in met else ()
                place = max(reversed(pauses), key=lambda pause: pause.length or 0)
                variants = _variants(timeline, interval, phrases, again=key == latest)
                yield _line(timeline, place, (*_with_position(variants, positions, phrases), *variants))
            met.add(key)
            latest = key
        pauses = []


def _line(timeline: Timeline, pause: Interval, variants: tuple[str, ...]) -> CueLine:
    before = timeline.intervals[pause.index - 1] if pause.index else None
    counts = countdown(pause, before)
    end = min(counts) if counts else pause.length or 0
    return CueLine(pause.index, LineKind.NEXT, 3, Align.ENDS_BY, at=end, latest=end, variants=variants)


def _variants(timeline: Timeline, work: Interval, phrases: Phrases, *, again: bool) -> tuple[str, ...]:
    """Return the announcement of `work`, from long to short; `again` is for a further set of the same exercise."""
    dose, short = _doses(timeline, work, phrases)
    on_side = Phrase.AGAIN_ON_SIDE if again else Phrase.NEXT_ON_SIDE
    phrase = Phrase.NEXT if work.side is None else on_side
    return phrases.variants(phrase, work.side, name=work.title, dose=dose, short=short)


def _with_position(variants: tuple[str, ...], positions: tuple[str, ...], phrases: Phrases) -> tuple[str, ...]:
    """Return an announcement with how to get into position, which the first time matters more than the exact dose."""
    return tuple(
        phrases.first(Phrase.FIRST_TIME, next=text, position=position)
        for position in positions
        for text in variants[:2]
    )


def _positions(work: Interval, catalogue: Catalogue) -> tuple[str, ...]:
    """Return how to get into position: the whole text and its first sentence, unless they are too long to say."""
    exercise = catalogue.get(work.exercise or "")
    written = work.about or (exercise.position if exercise is not None else "")
    whole = " ".join(written.split())
    first = re.split(r"(?<=[.!?]) ", whole, maxsplit=1)[0]
    return tuple(text for text in dict.fromkeys((whole, first)) if 0 < len(text) <= LONGEST_POSITION)


def _doses(timeline: Timeline, work: Interval, phrases: Phrases) -> tuple[str, str]:
    """Return the dose of work, in full and in brief."""
    if work.reps is None:
        if work.length is None:
            dose = phrases.first(Phrase.UNTIL_DONE)
            return dose, dose
        duration = phrases.duration(work.length)
        for_time = phrases.first(Phrase.FOR_TIME, duration=duration)
        return (phrases.first(Phrase.AMRAP, duration=duration) if work.amrap else for_time), for_time
    reps = phrases.counted(Noun.REPS, work.reps)
    brief = phrases.first(Phrase.IN_REPS, reps=reps)
    if work.length is None:
        return phrases.first(Phrase.OWN_PACE, reps=reps), brief
    held = timeline.intervals[work.index + 1 : work.index + 2]
    if held and held[0].kind is IntervalKind.LAST_REP_HOLD and held[0].length is not None:
        duration = phrases.duration(held[0].length)
        return phrases.first(Phrase.IN_REPS_THEN_HOLD, reps=reps, duration=duration), brief
    return brief, brief
