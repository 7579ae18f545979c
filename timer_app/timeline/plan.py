"""The sound plan of a session: its script, in its places."""

from __future__ import annotations

from dataclasses import replace

from timer_app.clock import Milliseconds
from timer_app.exercises.model import Catalogue
from timer_app.settings import Talk
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.lines import Lengths, SoundPlan
from timer_app.timeline.phrases import Phrases
from timer_app.timeline.placement import ToneLengths, interval_length, place, place_interval
from timer_app.timeline.script import script


def plan_sounds(  # noqa: PLR0917 - a session, what is said of it, and how long that takes
    timeline: Timeline,
    phrases: Phrases,
    catalogue: Catalogue,
    talk: Talk,
    lengths: Lengths,
    tone_lengths: ToneLengths,
) -> SoundPlan:
    """Return all that will be heard in a session. `lengths` are of the clips that are there now."""
    return place(timeline, script(timeline, phrases, catalogue, talk), lengths, tone_lengths)


def plan_interval(  # noqa: PLR0917 - as plan_sounds, for one interval
    timeline: Timeline,
    index: int,
    phrases: Phrases,
    catalogue: Catalogue,
    talk: Talk,
    lengths: Lengths,
    tone_lengths: ToneLengths,
    *,
    extra: Milliseconds = 0,
) -> SoundPlan:
    """Return what will be heard in the interval at `index` alone, made longer by `extra` milliseconds.

    One past the last interval stands for the session's end. An open interval stays open.
    """
    lengthened = _lengthened(timeline, index, extra)
    lines = [line for line in script(lengthened, phrases, catalogue, talk) if line.interval == index]
    return place_interval(interval_length(lengthened, index), lines, lengths, tone_lengths)


def _lengthened(timeline: Timeline, index: int, extra: Milliseconds) -> Timeline:
    """Return a timeline with one interval made longer; the starts of the others are not moved."""
    intervals = list(timeline.intervals)
    if index < len(intervals) and (length := intervals[index].length) is not None:
        intervals[index] = replace(intervals[index], length=length + extra)
    return replace(timeline, intervals=tuple(intervals))
