"""The spoken lines of one step, for its preview in the editor."""

from __future__ import annotations

from collections.abc import Iterator

from timer_app.definition.model import StepPath
from timer_app.timeline.cue_lines import LineKind, SoundPlan
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline

_REPS_HEARD = 2
"""How many counted reps are played. The first rep has the start's word."""


def preview_lines(timeline: Timeline, plan: SoundPlan, path: StepPath) -> tuple[str, ...]:
    """Return the spoken lines of a step, or of all steps in its rounds, in order and each once.

    The countdown is left out, and all but the first counted reps.
    """
    intervals = (interval for interval in timeline.intervals if interval.step[: len(path)] == path)
    return tuple(dict.fromkeys(line for interval in intervals for line in _lines(interval, plan)))


def _lines(interval: Interval, plan: SoundPlan) -> Iterator[str]:
    numbers = 0
    for sound in plan.of(interval.index):
        if sound.words is None or sound.kind is LineKind.COUNT:
            continue
        if sound.kind is LineKind.REP and interval.kind is IntervalKind.WORK:
            numbers += 1
            if numbers > _REPS_HEARD:
                continue
        yield sound.words
