"""Export a timeline and its sound plan as readable text and as JSON values."""

from __future__ import annotations

from typing import TypeAlias

from timer_app.clock import Milliseconds
from timer_app.definition.model import where
from timer_app.i18n import _
from timer_app.timeline.cue_lines import Dropped, LineKind, Sound, SoundPlan, Tone
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline

Json: TypeAlias = dict[str, object]
"""An object of a JSON document. Keys may be added, and are never changed."""

JSON_FORMAT = 1


def describe(timeline: Timeline, separator: str = " · ") -> str:
    """Return a timeline in a line: `0:10 work Plank 1/3 · 1:10 rest · …`, with its end as the last entry."""
    entries = [f"{_clock(interval.start)} {_interval(interval)}" for interval in timeline.intervals]
    return separator.join([*entries, f"{_clock(timeline.total)} {_('end')}"])


def describe_script(timeline: Timeline, plan: SoundPlan) -> str:
    """Return the sounds of each interval in lines: when, how long, what; and what was left out, and why."""
    out: list[str] = []
    for index, interval in enumerate((*timeline.intervals, None)):
        start = timeline.total if interval is None else interval.start
        out.append(f"{_clock(start)} {_('end') if interval is None else _interval(interval)}")
        out += [f"    {_sound(start, sound)}" for sound in plan.of(index)]
        out += [f"    {_dropped(dropped)}" for dropped in plan.dropped if dropped.interval == index]
    return "\n".join(out)


def timeline_json(timeline: Timeline) -> Json:
    """Return a timeline as the command line's JSON has it; lengths are in seconds."""
    return {
        "format": JSON_FORMAT,
        "name": timeline.name,
        "total_seconds": _seconds(timeline.total),
        "open_intervals": timeline.open_intervals,
        "intervals": [_interval_json(interval) for interval in timeline.intervals],
    }


def script_json(timeline: Timeline, plan: SoundPlan) -> Json:
    """Return a sound plan as the command line's JSON has it: sounds with their times in seconds, and dropped lines.

    A sound after the end has the index one past the last interval.
    """
    return {
        "sounds": [_sound_json(timeline, sound) for sound in plan.sounds],
        "dropped": [_dropped_json(dropped) for dropped in plan.dropped],
    }


def _interval(interval: Interval) -> str:
    parts = [_kind(interval.kind)]
    if interval.kind is not IntervalKind.REST or interval.title != _("Rest"):
        parts.append(interval.title)
    if interval.works and interval.sets is not None and interval.sets > 1:
        parts.append(f"{interval.set}/{interval.sets}")
    if interval.side is not None:
        parts.append(_("left") if interval.side == "left" else _("right"))
    if interval.kind is IntervalKind.WORK and interval.reps is not None:
        pace = "" if interval.tempo is None else " @ " + _("{seconds} s").format(seconds=_seconds(interval.tempo.rep))
        parts.append(f"× {interval.reps}{pace}")
    if interval.is_open:
        parts.append(_("(open)"))
    return " ".join(parts)


def _kind(kind: IntervalKind) -> str:
    return {
        IntervalKind.SETUP: _("setup"),
        IntervalKind.WORK: _("work"),
        IntervalKind.LAST_REP_HOLD: _("last rep hold"),
        IntervalKind.SWITCH: _("switch"),
        IntervalKind.REST: _("rest"),
    }[kind]


def _tone(tone: Tone) -> str:
    return {
        Tone.COUNT: _("count tone"),
        Tone.GO: _("go tone"),
        Tone.REST: _("rest tone"),
        Tone.REP: _("rep tone"),
        Tone.HALF: _("half-way tone"),
        Tone.DONE: _("end tone"),
    }[tone]


def _line_kind(kind: LineKind) -> str:
    return {
        LineKind.COUNT: _("countdown"),
        LineKind.GO: _("go"),
        LineKind.REP: _("rep"),
        LineKind.SWITCH: _("switch"),
        LineKind.REST: _("rest"),
        LineKind.NEXT: _("what comes next"),
        LineKind.SAY: _("own line"),
        LineKind.HALF: _("half way"),
        LineKind.TEN: _("ten seconds left"),
        LineKind.FORM: _("form cue"),
        LineKind.LAST_SET: _("last set"),
        LineKind.END: _("end"),
    }[kind]


def _sound(start: Milliseconds, sound: Sound) -> str:
    heard = _tone(sound.tone) if sound.tone is not None else f"“{sound.words}”"
    return _("{start} for {seconds} s: {heard}").format(
        start=_clock(start + sound.offset, exact=True), seconds=_seconds(sound.length), heard=heard
    )


def _dropped(dropped: Dropped) -> str:
    """Return what did not fit, and why: "this line takes 4.1 s, the rest is 3 s" in the words of any interval."""
    line = f"“{dropped.words}”" if dropped.words else _("a tone ({kind})").format(kind=_line_kind(dropped.kind))
    why = _("{line} takes {needed} s, and {free} s are free").format(
        line=line, needed=_seconds(dropped.needed), free=_seconds(dropped.free)
    )
    if dropped.shortened_to is None:
        return _("left out: {why}").format(why=why)
    return _("shortened to “{words}”: {why}").format(words=dropped.shortened_to, why=why)


def _clock(length: Milliseconds, *, exact: bool = False) -> str:
    """Return a length as `1:10` or `1:02:03`; with `exact`, or where it is no whole second, with its thousandths."""
    seconds, thousandths = divmod(length, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    whole = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{whole}.{thousandths:03}" if exact or thousandths else whole


def _seconds(length: Milliseconds) -> int | float:
    """Return a length in seconds: a whole number where it is one."""
    return length // 1000 if length % 1000 == 0 else length / 1000


def _interval_json(interval: Interval) -> Json:
    return {
        "index": interval.index,
        "kind": interval.kind.value,
        "start": _seconds(interval.start),
        "seconds": None if interval.length is None else _seconds(interval.length),
        "exercise": interval.exercise,
        "title": interval.title,
        "set": interval.set,
        "sets": interval.sets,
        "side": None if interval.side is None else interval.side.value,
        "round": interval.round,
        "rounds": interval.rounds,
        "reps": interval.reps,
        "rep_seconds": None if interval.tempo is None else _seconds(interval.tempo.rep),
        "step": where(interval.step),
    }


def _sound_json(timeline: Timeline, sound: Sound) -> Json:
    after = sound.interval == len(timeline.intervals)
    start = timeline.total if after else timeline.intervals[sound.interval].start
    return {
        "start": _seconds(start + sound.offset),
        "seconds": _seconds(sound.length),
        "interval": sound.interval,
        "kind": _published(sound.kind),
        "words": sound.words,
        "tone": None if sound.tone is None else sound.tone.value,
    }


def _published(kind: LineKind) -> str:
    """Return a kind as the JSON has it, where the tone on a rest's start is of "next"."""
    return (LineKind.NEXT if kind is LineKind.REST else kind).value


def _dropped_json(dropped: Dropped) -> Json:
    return {
        "interval": dropped.interval,
        "kind": _published(dropped.kind),
        "words": dropped.words or None,
        "needed_seconds": _seconds(dropped.needed),
        "free_seconds": _seconds(dropped.free),
        "shortened_to": dropped.shortened_to,
    }
