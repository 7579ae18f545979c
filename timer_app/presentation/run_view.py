"""Compute what the run page shows from a snapshot: texts, the number and the ring."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.conductor.snapshot import RepPhase, Snapshot
from timer_app.definition.model import Side
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.presentation.phase import Phase, phase_of
from timer_app.timeline.intervals import Interval, IntervalKind

HAND_TURN: Milliseconds = 60_000
"""The period of the hand that replaces the ring in open work: once a minute, as on any clock."""

_MOST_SECONDS = 99
"""The most seconds shown as one number: two digits can be larger than minutes and seconds."""


class Shape(StrEnum):
    """The shape of the ring, which distinguishes phases without colour."""

    FILLED = "filled"
    HOLLOW = "hollow"
    DASHED = "dashed"
    HALVES = "halves"


_SHAPES = {
    IntervalKind.WORK: Shape.FILLED,
    IntervalKind.LAST_REP_HOLD: Shape.FILLED,
    IntervalKind.REST: Shape.HOLLOW,
    IntervalKind.SETUP: Shape.DASHED,
    IntervalKind.SWITCH: Shape.HALVES,
}


class RingView(Struct, frozen=True):
    """The ring and the number in it.

    `fraction` is what is left of the ring, 1 to 0, or in open work the position of the hand, 0 to 1. `under` are the
    lines below the number. `marks` divide the ring, one for each rep; 0 for none. `spoken` is the text for a screen
    reader, and `seconds` of `of_seconds` the value.
    """

    phase: Phase
    shape: Shape
    number: str
    under: tuple[str, ...]
    fraction: float
    hand: bool
    marks: int
    side: Side | None
    spoken: str
    seconds: int
    of_seconds: int


class UpcomingEntry(Struct, frozen=True):
    """An entry of the upcoming card: its name, and its amount with the side or the set."""

    phase: Phase
    name: str
    amount: str


class RunView(Struct, frozen=True):
    """The run page at one moment. `side` is None where there are no sides."""

    phase: Phase
    shape: Shape
    word: str
    title: str
    detail: str
    side: Side | None
    side_words: str
    hint: str
    ring: RingView
    upcoming: tuple[UpcomingEntry, ...]
    times: str
    is_open: bool


def run_view(now: Snapshot, interval: Interval) -> RunView:
    """Return the view of a session in `interval`."""
    return RunView(
        phase=phase_of(interval.kind),
        shape=_SHAPES[interval.kind],
        word=phase_word(interval),
        title=interval.title,
        detail=_detail(interval),
        side=interval.side,
        side_words=_arrow_words(interval),
        hint=now.hint or (_("Take your time. Press Enter, or Done, when you are done.") if interval.is_open else ""),
        ring=_ring(now, interval),
        upcoming=tuple(_upcoming_entry(later) for later in now.upcoming[:3]),
        times=_times(now),
        is_open=interval.is_open,
    )


def ring_fraction(elapsed: Milliseconds, length: Milliseconds | None) -> float:
    """Return the fraction of the ring left, 1 to 0, or in open work the position of the hand, 0 to 1."""
    if length is None:
        return elapsed % HAND_TURN / HAND_TURN
    return max(0.0, min(1.0, 1 - elapsed / length)) if length else 0.0


def visible_state(now: Snapshot) -> tuple[object, ...]:
    """Return all that the view depends on but for what moves: where it is equal, only the ring differs."""
    rep = (now.rep.number, now.rep.phase) if now.rep is not None else None
    seconds = (now.seconds, now.elapsed // 1_000, now.spent // 1_000, -(-now.left // 1_000))
    return now.index, seconds, rep, now.length, now.status, now.muted, now.hint


def status_line(view: RunView) -> str:
    """Return the state of a session in one line, such as `Work: Plank · 45 seconds` or `Rest · 18 seconds`."""
    name = view.title if view.title == view.word else _("{phase}: {name}").format(phase=view.word, name=view.title)
    return _("{name} · {number}").format(name=name, number=view.ring.spoken)


def phase_word(interval: Interval) -> str:
    """Return the word for an interval's kind."""
    return {
        IntervalKind.SETUP: _("Get ready"),
        IntervalKind.WORK: _("Work"),
        IntervalKind.LAST_REP_HOLD: _("Hold"),
        IntervalKind.SWITCH: _("Switch"),
        IntervalKind.REST: _("Rest"),
    }[interval.kind]


def announcement(interval: Interval) -> str:
    """Return the announcement of an interval that begins: `Work: Plank, set 1 of 3, left side, 1:00`."""
    parts = [_("{phase}: {name}").format(phase=phase_word(interval), name=interval.title)]
    if interval.kind is IntervalKind.REST and interval.title == formatting.kind(IntervalKind.REST):
        parts = [phase_word(interval)]
    if interval.kind is not IntervalKind.SWITCH:
        parts.append(_detail(interval))
    parts += [_side_words(interval), amount(interval)]
    return ", ".join(part for part in parts if part)


def amount(interval: Interval) -> str:
    """Return the amount of an interval: `10 reps`, `0:45`, `until done`."""
    if interval.reps is not None and interval.kind is IntervalKind.WORK:
        return ngettext("{count} rep", "{count} reps", interval.reps).format(count=interval.reps)
    if interval.length is None:
        return _("until done")
    return formatting.clock_time(interval.length)


def number_text(seconds: int) -> str:
    """Return a countdown as text: `45`, from 100 seconds on `1:40`."""
    return str(seconds) if seconds <= _MOST_SECONDS else formatting.clock_time(seconds * 1_000)


def widest(text: str) -> str:
    """Return the template of a number's width: that of `7` and `45` is two digits."""
    return "".join("0" if char.isdigit() else char for char in text.rjust(2, "0"))


def _detail(interval: Interval) -> str:
    turn = ""
    if interval.round is not None and interval.rounds is not None:
        turn = _("round {number} of {count}").format(number=interval.round, count=interval.rounds)
    return " · ".join(part for part in (_set(interval), turn) if part)


def _set(interval: Interval) -> str:
    if interval.sets is None or interval.sets == 1 or interval.set is None:
        return ""
    return _("set {number} of {count}").format(number=interval.set, count=interval.sets)


def _side_words(interval: Interval) -> str:
    if interval.side is None:
        return ""
    if interval.kind is IntervalKind.SETUP:
        return _("left side first") if interval.side is Side.LEFT else _("right side first")
    return _("left side") if interval.side is Side.LEFT else _("right side")


def _arrow_words(interval: Interval) -> str:
    if interval.side is None:
        return ""
    if interval.kind is IntervalKind.SETUP:
        return _("left first") if interval.side is Side.LEFT else _("right first")
    return formatting.side(interval.side)


def _ring(now: Snapshot, interval: Interval) -> RingView:
    number, under = _number(now, interval)
    length = now.length
    if length is None or now.remaining is None:
        seconds, of_seconds = now.elapsed // 1_000, 0
    else:
        seconds, of_seconds = -(-now.remaining // 1_000), -(-length // 1_000)
    return RingView(
        phase=phase_of(interval.kind),
        shape=_SHAPES[interval.kind],
        number=number,
        under=under,
        fraction=ring_fraction(now.elapsed, length),
        hand=length is None,
        marks=now.rep.count if now.rep is not None and length == interval.length else 0,
        side=interval.side,
        spoken=" ".join((number, *under)),
        seconds=seconds,
        of_seconds=of_seconds,
    )


def _number(now: Snapshot, interval: Interval) -> tuple[str, tuple[str, ...]]:
    """Return the number and the lines below it."""
    if now.rep is not None:
        of = _("of {count}").format(count=now.rep.count)
        return str(now.rep.number), (of,) if now.rep.phase is None else (of, rep_phase_word(now.rep.phase))
    if interval.is_open and interval.reps is not None:
        return str(interval.reps), (ngettext("rep", "reps", interval.reps), _("your pace"))
    if now.seconds is None:
        return formatting.clock_time(now.elapsed // 1_000 * 1_000), (_("so far"),)
    if now.seconds > _MOST_SECONDS:
        return number_text(now.seconds), (_("minutes"),)
    return number_text(now.seconds), (ngettext("second", "seconds", now.seconds),)


def rep_phase_word(phase: RepPhase) -> str:
    """Return the word for a part of a rep."""
    return {RepPhase.LIFT: _("lift"), RepPhase.HOLD: _("hold"), RepPhase.LOWER: _("lower")}[phase]


def _upcoming_entry(later: Interval) -> UpcomingEntry:
    name, detail = later.title, _side_words(later) or _set(later)
    if later.kind is IntervalKind.LAST_REP_HOLD:
        name, detail = _("Hold the last rep"), ""
    elif later.kind is IntervalKind.SWITCH:
        name = _("Change sides")
    return UpcomingEntry(phase_of(later.kind), name, " · ".join(part for part in (amount(later), detail) if part))


def _times(now: Snapshot) -> str:
    """Return the session's time done and left, rounded like the countdown."""
    done = formatting.clock_time(now.spent // 1_000 * 1_000)
    left = formatting.clock_time(-(-now.left // 1_000) * 1_000)
    if now.left_is_open and not now.left:
        return _("{done} done").format(done=done)
    if now.left_is_open:
        return _("{done} done · at least {left} left").format(done=done, left=left)
    return _("{done} done · {left} left").format(done=done, left=left)
