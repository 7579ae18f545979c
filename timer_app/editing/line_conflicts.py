"""Lines that do not fit where they stand, told to whoever writes the session: what they need, and what there is."""

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
    """A line that was shortened or left out for want of time, in a `sentence`, with its interval and that one's step.

    `minor` is what was to be expected and costs nothing that counts: the announcement of an exercise has lost the end
    of how it is done, or a tone has given way.
    """

    interval: int
    step: StepPath
    sentence: str
    minor: bool


def find_conflicts(timeline: Timeline, dropped: Iterable[Dropped]) -> tuple[LineConflict, ...]:
    """Return what does not fit, in the order of the session; of numbers that are counted, one of each interval."""
    found: list[LineConflict] = []
    counted: set[tuple[int, LineKind]] = set()
    for line in sorted(dropped, key=lambda line: line.interval):
        if line.kind in _COUNTED:
            if (line.interval, line.kind) in counted:
                continue
            counted.add((line.interval, line.kind))
        interval = timeline.intervals[line.interval]
        found.append(LineConflict(line.interval, interval.step, _sentence(interval, line), _minor(line)))
    return tuple(found)


def by_step(found: Iterable[LineConflict]) -> Mapping[StepPath, tuple[str, ...]]:
    """Return the sentences of each step that are worth telling; what is the same in every set is said once."""
    told: dict[StepPath, dict[str, None]] = {}
    for line in found:
        if not line.minor:
            told.setdefault(line.step, {})[line.sentence] = None
    return {step: tuple(sentences) for step, sentences in told.items()}


def markers_by_interval(found: Iterable[LineConflict]) -> Mapping[int, str]:
    """Return the sentences of each interval that is worth a sign on the drawing, one below the other."""
    told: dict[int, list[str]] = {}
    for line in found:
        if not line.minor:
            told.setdefault(line.interval, []).append(line.sentence)
    return {interval: "\n".join(sentences) for interval, sentences in told.items()}


def _minor(line: Dropped) -> bool:
    """Whether only a tone is missing, or only the end of how to get into position: what comes next is still told."""
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
    """Return what an interval is in a sentence, with its length."""
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
    """Return what a line is for, as its sentence begins."""
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
