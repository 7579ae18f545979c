"""Format lengths, dates, levels and steps for display."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from timer_app.clock import Milliseconds
from timer_app.definition.model import Amrap, ExerciseStep, Hold, Level, Reps, RestStep, Rounds, Side, Step
from timer_app.exercises.model import Catalogue, Tempo
from timer_app.history.records import IntervalOutcome, RunOutcome, TagKind
from timer_app.i18n import _, ngettext
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline

_SECOND = 1_000
_MINUTE = 60 * _SECOND


def clock_time(length: Milliseconds) -> str:
    """Return a length as a clock shows it: `0:45`, `5:10`, `1:02:03`, rounded to the nearest second."""
    seconds = (max(0, length) + _SECOND // 2) // _SECOND
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def about_minutes(length: Milliseconds) -> str:
    """Return a length roughly: `45 s`, `5 min`, `1 h 5 min`."""
    if length < _MINUTE:
        return _("{seconds} s").format(seconds=max(0, round(length / _SECOND)))
    minutes = round(length / _MINUTE)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    if not minutes:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def brief(length: Milliseconds) -> str:
    """Return a short length as a plan shows it: `6 s`, `1.5 s`, `1:00`."""
    if length < _MINUTE:
        seconds = length / _SECOND
        return _("{seconds} s").format(seconds=f"{seconds:.1f}".removesuffix(".0"))
    return clock_time(length)


def total(timeline: Timeline) -> str:
    """Return a timeline's whole length: `17:20`, or `at least 17:20` where the user ends some of it."""
    if timeline.open_intervals:
        return _("at least {length}").format(length=clock_time(timeline.total))
    return clock_time(timeline.total)


def level(value: Level) -> str:
    """Return the name of a level."""
    return {
        Level.GENTLE: _("gentle"),
        Level.BEGINNER: _("beginner"),
        Level.REGULAR: _("regular"),
        Level.ADVANCED: _("advanced"),
    }[value]


def side(value: Side) -> str:
    """Return the name of a side."""
    return _("left") if value is Side.LEFT else _("right")


def kind(value: IntervalKind) -> str:
    """Return the name of an interval's kind."""
    return {
        IntervalKind.SETUP: _("Get ready"),
        IntervalKind.WORK: _("Work"),
        IntervalKind.LAST_REP_HOLD: _("Hold the last rep"),
        IntervalKind.SWITCH: _("Change sides"),
        IntervalKind.REST: _("Rest"),
    }[value]


def run_outcome(value: RunOutcome) -> str:
    """Return how a run ended, in a word or two."""
    return {
        RunOutcome.COMPLETED: _("completed"),
        RunOutcome.STOPPED: _("stopped early"),
        RunOutcome.INTERRUPTED: _("interrupted"),
    }[value]


def interval_outcome(value: IntervalOutcome) -> str:
    """Return how an interval ended, in a word or two."""
    return {
        IntervalOutcome.DONE: _("done"),
        IntervalOutcome.SKIPPED: _("skipped"),
        IntervalOutcome.CUT_SHORT: _("cut short"),
    }[value]


def step_title(step: Step, catalogue: Catalogue) -> str:
    """Return the title of a step."""
    match step:
        case RestStep(name=name):
            return name or _("Rest")
        case Rounds(count=count):
            return ngettext("{count} round", "{count} rounds", count).format(count=count)
        case ExerciseStep(exercise=exercise, name=name):
            catalogued = catalogue.get(exercise) if exercise is not None else None
            return name or (catalogued.name if catalogued is not None else exercise or "")


def step_detail(step: Step, catalogue: Catalogue) -> str:
    """Return the amount of a step: `2 × 1:00, rest 45 s`."""
    match step:
        case RestStep(length=length):
            return brief(length)
        case Rounds(rest=rest, shuffle=shuffle):
            parts = [_("rest {length}").format(length=brief(rest))] if rest else []
            return ", ".join([*parts, *([_("in another order each time")] if shuffle else [])])
        case ExerciseStep():
            return ", ".join(_exercise_parts(step, catalogue))


def _exercise_parts(step: ExerciseStep, catalogue: Catalogue) -> Iterable[str]:
    amount = _amount(step, catalogue)
    yield f"{step.sets} × {amount}" if step.sets > 1 else amount
    if isinstance(step.work, Reps) and step.work.last_rep_hold:
        yield _("last one held {length}").format(length=brief(step.work.last_rep_hold))
    if step.each_side:
        yield _("each side")
    if step.rest and step.sets > 1:
        yield _("rest {length}").format(length=brief(step.rest))


def _amount(step: ExerciseStep, catalogue: Catalogue) -> str:
    match step.work:
        case Hold(length):
            return brief(length)
        case Reps(count, tempo):
            catalogued = catalogue.get(step.exercise) if step.exercise is not None else None
            pace: Tempo | None = tempo or (catalogued.tempo if catalogued is not None else None)
            if pace is None:
                return _("{count} at your own pace").format(count=count)
            return _("{count} × {length}").format(count=count, length=brief(pace.rep)) if step.sets == 1 else str(count)
        case Amrap(length):
            return _("as many as you can in {length}").format(length=brief(length))
        case _:
            return _("until you say done")


def interval_detail(interval: Interval) -> str:
    """Return the set, side and round of an interval: `set 2 of 3 · left`."""
    parts = []
    if interval.sets is not None and interval.sets > 1 and interval.set is not None:
        parts.append(_("set {number} of {count}").format(number=interval.set, count=interval.sets))
    if interval.side is not None:
        parts.append(side(interval.side))
    if interval.round is not None and interval.rounds is not None:
        parts.append(_("round {number} of {count}").format(number=interval.round, count=interval.rounds))
    return " · ".join(parts)


def ago(then: date, today: date) -> str:
    """Return how long ago a day was, `today`, `yesterday`, `3 days ago`, `2 weeks ago`."""
    days = (today - then).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
    if days < 60:
        weeks = days // 7
        return ngettext("{n} week ago", "{n} weeks ago", weeks).format(n=weeks)
    months = days // 30
    if months < 24:
        return ngettext("{n} month ago", "{n} months ago", months).format(n=months)
    years = days // 365
    return ngettext("{n} year ago", "{n} years ago", years).format(n=years)


def _month(number: int) -> str:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[number - 1]


def weekday(day: date) -> str:
    """Return the name of a day of the week."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day.weekday()]


def day_name(day: date, today: date) -> str:
    """Return a day as a heading: `Today`, `Yesterday`, `Monday 9 March`, with the year if not the current one."""
    days = (today - day).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    if day.year == today.year:
        return _("{weekday} {day} {month}").format(weekday=weekday(day), day=day.day, month=_month(day.month))
    return _("{day} {month} {year}").format(day=day.day, month=_month(day.month), year=day.year)


def short_day(day: date) -> str:
    """Return a day in short: `9 Mar 2026`."""
    return _("{day} {month} {year}").format(day=day.day, month=short_month(day.month), year=day.year)


def moment(when: datetime) -> str:
    """Return a date and local time in full: `Saturday 14 March 2026, 18:30`."""
    return _("{weekday} {day} {month} {year}, {time}").format(
        weekday=weekday(when.date()), day=when.day, month=_month(when.month), year=when.year, time=f"{when:%H:%M}"
    )


def week(monday: date) -> str:
    """Return a week by its Monday: `Week of 9 Mar`."""
    return _("Week of {day} {month}").format(day=monday.day, month=short_month(monday.month))


def tag_kind(value: TagKind) -> str:
    """Return the name of a tag's kind."""
    return {
        TagKind.SLEEP: _("Sleep"),
        TagKind.SHOES: _("Shoes"),
        TagKind.SURFACE: _("Surface"),
        TagKind.HELPED: _("What helped"),
    }[value]


def short_month(number: int) -> str:
    """Return a month's short name, 1 being January."""
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )[number - 1]
