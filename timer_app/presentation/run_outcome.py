"""Summarise an ended session in texts and numbers."""

from __future__ import annotations

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.conductor.record_mapping import interval_record
from timer_app.history.records import IntervalOutcome
from timer_app.history.statistics.statistics import Streak
from timer_app.i18n import _, ngettext
from timer_app.player.state import Ending, Outcome, PlayerState
from timer_app.presentation import formatting
from timer_app.timeline.intervals import Interval, IntervalKind


class SummaryNumber(Struct, frozen=True):
    """A number of the summary: its name, what was done, and what was planned, empty where all was done."""

    name: str
    done: str
    planned: str


class CountQuestion(Struct, frozen=True):
    """Work whose count only the user knows: the interval's index, its name, and the count so far."""

    index: int
    name: str
    reps: int | None = None


class OutcomeView(Struct, frozen=True):
    """The summary of a session that has ended."""

    title: str
    what: str
    figures: tuple[SummaryNumber, ...]
    questions: tuple[CountQuestion, ...]


def outcome_view(state: PlayerState) -> OutcomeView:
    """Return the summary of an ended session."""
    complete = state.ended is Ending.COMPLETED
    return OutcomeView(
        title=_("Well done!") if complete and _any_work_done(state) else _("Good that you came."),
        what=" ".join(part for part in (_how_it_ended(state), repeated_text(state)) if part),
        figures=tuple(figure for figure in (_time(state), _sets(state), _reps(state)) if figure is not None),
        questions=tuple(
            CountQuestion(interval.index, _named(interval), past.reps)
            for interval, past in zip(state.timeline.intervals, state.past, strict=True)
            if interval.amrap and past is not None and past.outcome is not Outcome.SKIPPED
        ),
    )


def repeated_text(state: PlayerState) -> str:
    """Return a note about repeated work, empty where there was none."""
    done = zip(state.timeline.intervals, state.past, strict=True)
    if any(interval.works and past is not None and past.attempts > 1 for interval, past in done):
        return _("Where you went back, your best attempt counts.")
    return ""


def streak_text(streak: Streak) -> str:
    """Return the streak in a sentence; for the current week, the days done, if any."""
    if not streak.days and not streak.weeks:
        return ""
    days = ngettext("{n} day done this week", "{n} days done this week", streak.days).format(n=streak.days)
    if not streak.weeks:
        return _("{days}.").format(days=days)
    weeks = ngettext("{n} week in a row", "{n} weeks in a row", streak.weeks).format(n=streak.weeks)
    if not streak.days:
        return _("{weeks} at your aim.").format(weeks=weeks)
    return _("{days}, {weeks} at your aim.").format(days=days, weeks=weeks)


def _how_it_ended(state: PlayerState) -> str:
    text = _("{session} is done.")
    if state.ended is not Ending.COMPLETED:
        text = _("{session} stopped early; what you did is kept.")
    return text.format(session=state.timeline.name)


def _any_work_done(state: PlayerState) -> bool:
    return any(
        interval.works and past is not None and past.outcome is Outcome.DONE
        for interval, past in zip(state.timeline.intervals, state.past, strict=True)
    )


def _time(state: PlayerState) -> SummaryNumber:
    spent: Milliseconds = sum(past.spent for past in state.past if past is not None)
    done, planned = formatting.clock_time(spent), formatting.clock_time(state.timeline.total)
    at_least = state.timeline.open_intervals > 0
    return SummaryNumber(
        _("time"), done, "" if at_least or done == planned else _("of {planned}").format(planned=planned)
    )


def _sets(state: PlayerState) -> SummaryNumber | None:
    """Count sets, the two sides of one as one set; a set is done when all of its work is."""
    sets: dict[object, bool] = {}
    for interval, past in zip(state.timeline.intervals, state.past, strict=True):
        if interval.kind is IntervalKind.WORK:
            record = interval_record(interval, past) if past is not None else None
            key = (interval.step, interval.round, interval.set)
            done = record is not None and record.outcome is IntervalOutcome.DONE
            sets[key] = sets.get(key, True) and done
    return _counted(_("sets"), sum(sets.values()), len(sets))


def _reps(state: PlayerState) -> SummaryNumber | None:
    done = planned = 0
    for interval, past in zip(state.timeline.intervals, state.past, strict=True):
        if interval.kind is IntervalKind.WORK and interval.reps is not None:
            planned += interval.reps
            done += (interval_record(interval, past).actual_reps or 0) if past is not None else 0
    return _counted(_("reps"), done, planned)


def _counted(name: str, done: int, planned: int) -> SummaryNumber | None:
    if not planned:
        return None
    return SummaryNumber(name, str(done), "" if done == planned else _("of {planned}").format(planned=planned))


def _named(interval: Interval) -> str:
    detail = formatting.interval_detail(interval)
    return f"{interval.title} · {detail}" if detail else interval.title
