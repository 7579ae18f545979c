"""Describe spoken lines that do not fit their interval, for the editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.model import StepPath
from timer_app.durations import format_duration
from timer_app.i18n import _
from timer_app.timeline.cue_lines import Dropped, LineKind
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline

_MINUTE: Milliseconds = 60_000
_TENTH: Milliseconds = 100
_SENTENCE_END = re.compile(r"[.!?] ")
_COUNTED = (LineKind.COUNT, LineKind.REP)


class LineConflict(Struct, frozen=True):
    """A line that was shortened or left out for lack of time, described by a `sentence`, with its interval and step.

    `minor` conflicts are expected: the announcement of an exercise lost the end of how it is done, or a tone is left
    out.
    """

    interval: int
    step: StepPath
    sentence: str
    minor: bool


def find_conflicts(timeline: Timeline, dropped: Iterable[Dropped]) -> tuple[LineConflict, ...]:
    """Return the conflicts in the order of the session; of counted numbers, one for each interval."""
    conflicts: list[LineConflict] = []
    counted: set[tuple[int, LineKind]] = set()
    for line in sorted(dropped, key=lambda line: line.interval):
        if line.kind in _COUNTED:
            if (line.interval, line.kind) in counted:
                continue
            counted.add((line.interval, line.kind))
        interval = timeline.intervals[line.interval]
        conflicts.append(LineConflict(line.interval, interval.step, _sentence(interval, line), _minor(line)))
    return tuple(conflicts)


def by_step(conflicts: Iterable[LineConflict]) -> Mapping[StepPath, tuple[str, ...]]:
    """Return the sentences of each step, without minor conflicts, each once."""
    collected: dict[StepPath, dict[str, None]] = {}
    for line in conflicts:
        if not line.minor:
            collected.setdefault(line.step, {})[line.sentence] = None
    return {step: tuple(sentences) for step, sentences in collected.items()}


def markers_by_interval(conflicts: Iterable[LineConflict]) -> Mapping[int, str]:
    """Return the sentences to mark on each interval, without minor conflicts, one a line."""
    collected: dict[int, list[str]] = {}
    for line in conflicts:
        if not line.minor:
            collected.setdefault(line.interval, []).append(line.sentence)
    return {interval: "\n".join(sentences) for interval, sentences in collected.items()}


def _minor(line: Dropped) -> bool:
    """Return whether only a tone, or only the end of how to get into position, is missing."""
    if line.shortened_to is None:
        return not line.words
    return line.kind is LineKind.NEXT and _SENTENCE_END.search(line.shortened_to) is not None


def _sentence(interval: Interval, line: Dropped) -> str:
    what = (
        _("{kind}, “{words}”,").format(kind=_kind(line.kind), words=line.words)
        if line.words
        else _("The tone for “{kind}”").format(kind=_kind(line.kind))
    )
    why = _("{what} takes {needed} s, and there is room for {free} s in {place}").format(
        what=what,
        needed=f"{-(-line.needed // _TENTH) / 10:g}",
        place=_place(interval),
        free=f"{line.free // _TENTH / 10:g}",
    )
    if line.shortened_to is not None:
        return _("{why}, so “{words}” is said instead.").format(why=why, words=line.shortened_to)
    return (_("{why}, so it is not said.") if line.words else _("{why}, so it is left out.")).format(why=why)


def _place(interval: Interval) -> str:
    """Return an interval as part of a sentence, with its length."""
    if interval.length is None:
        return _("this open step")
    words = {
        IntervalKind.SETUP: _("the {length} to get ready"),
        IntervalKind.WORK: _("the {length} of work"),
        IntervalKind.LAST_REP_HOLD: _("the last rep, held {length}"),
        IntervalKind.SWITCH: _("the {length} to change sides"),
        IntervalKind.REST: _("the rest of {length}"),
    }[interval.kind]
    return words.format(length=_length(interval.length))


def _length(length: Milliseconds) -> str:
    return format_duration(length) if length >= _MINUTE else _("{seconds} s").format(seconds=f"{length / 1_000:g}")


def _kind(kind: LineKind) -> str:
    """Return the purpose of a line, as the beginning of a sentence."""
    return {
        LineKind.COUNT: _("The countdown"),
        LineKind.GO: _("The start"),
        LineKind.REP: _("The number of a rep"),
        LineKind.SWITCH: _("The change of sides"),
        LineKind.REST: _("The start of the rest"),
        LineKind.NEXT: _("What comes next"),
        LineKind.SAY: _("Your own line"),
        LineKind.HALF: _("The half"),
        LineKind.TEN: _("The last ten seconds"),
        LineKind.FORM: _("A form cue"),
        LineKind.LAST_SET: _("The last set"),
        LineKind.END: _("The end"),
    }[kind]
