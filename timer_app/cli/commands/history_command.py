"""`timer-app history`: list, sum up, export, import and check the history."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from timer_app.cli.output import print_json, print_lines
from timer_app.context import AppContext
from timer_app.history.errors import history_exists, rows_not_shown
from timer_app.history.exchange import export_formats, file_transfer
from timer_app.history.missing_file import raise_if_missing
from timer_app.history.statistics.comfort_stats import MOST_REST, ComfortGrouping
from timer_app.history.statistics.statistics import latest_day, streak, streak_of_minutes, week_of
from timer_app.i18n import _, ngettext
from timer_app.presentation.formatting import clock_time
from timer_app.problems import Problem

if TYPE_CHECKING:
    from timer_app.history.merge import MergeResult
    from timer_app.history.reader import History
    from timer_app.history.statistics.comfort_stats import Comfort, ComfortObservation, Mean
    from timer_app.history.statistics.exercise_progress import ExerciseProgress

_PATIENCE_SECONDS = 3600.0
"""The longest time of an import."""

_READING = (None, "list", "stats", "export", "backup")
"""The actions that read the history."""


def run(context: AppContext, options: Namespace) -> int:
    """Run an action of the history. Raises Problem, also where the history is missing."""
    if options.action in _READING or (options.action == "check" and options.file is None):
        raise_if_missing(context.paths.history, context.clock.wall())
    if context.history.has_unsaved_files:
        # Unsaved writes of the last start are part of the history.
        context.journal.flush(_PATIENCE_SECONDS)
    if (act := _ACTIONS.get(options.action)) is not None:
        return act(context, options)
    with context.history.without_invalid_rows() as (history, left_out):
        if left_out:
            context.on_problem(rows_not_shown(left_out))
        return _REPORTS[options.action or "list"](context, history, options)


def _list(_context: AppContext, history: History, options: Namespace) -> int:
    if options.json:
        return print_json(export_formats.runs_json(history.records()))
    runs = history.runs(limit=history.count())
    for run in runs:
        outcome = {
            "completed": _("completed"),
            "stopped": _("stopped"),
            "interrupted": _("interrupted"),
        }[run.outcome]
        when = run.started_at.strftime("%Y-%m-%d %H:%M")
        print_lines(f"{when}  {clock_time(run.actual):>8} / {clock_time(run.planned):<8}  {outcome:<12} {run.session}")
    if not runs:
        print_lines(_("Nothing yet. Your first session will be here."))
    return 0


def _stats(context: AppContext, history: History, options: Namespace) -> int:
    summary = _summary(context, history)
    comfort_by_grouping = {grouping: history.comfort_by(grouping) for grouping in ComfortGrouping}
    progress = history.progress()
    if options.json:
        return print_json(
            asdict(summary)
            | {
                "exercises": [_exercise_json(each) for each in progress],
                "comfort": {
                    grouping.value: [_observation_json(each) for each in observations]
                    for grouping, observations in comfort_by_grouping.items()
                },
            }
        )
    if not summary.runs:
        print_lines(_("Nothing yet. Your first session will be here."))
        return 0
    print_lines(*_summary_lines(summary))
    print_lines("")
    print_lines(f"{_('Exercise'):<28} {_('time'):>9} {_('longest hold'):>13} {_('reps'):>6}")
    for each in progress:
        hold = clock_time(each.total.longest_hold) if each.total.longest_hold else ""
        print_lines(
            f"{each.title:<28.28} {clock_time(each.total.time):>9} {hold:>13} {each.total.reps or '':>6}".rstrip()
        )
    for grouping, observations in comfort_by_grouping.items():
        _print_comfort(grouping, observations)
    if any(comfort_by_grouping.values()):
        print_lines("", _("In brackets: how many observations. What goes together need not be cause and effect."))
    return 0


class _Summary(Struct, frozen=True):
    """The sums of the history, with the fields of `--json`; `aim` has one key, `days` or `minutes` a week."""

    runs: int
    days: int
    minutes: float
    week: Mapping[str, float]
    aim: Mapping[str, int]
    streak_weeks: int


def _summary(context: AppContext, history: History) -> _Summary:
    """Return the sums and the streak."""
    chosen, today = context.current_settings, context.clock.wall().date()
    minutes, days, pauses = history.minutes_by_day(date.min, latest_day(today)), history.days_done(), history.pauses()
    by_days = streak(days, chosen.weekly_aim_days, today, pauses)
    aim_minutes = chosen.weekly_aim_minutes
    weeks = streak_of_minutes(minutes, aim_minutes, today, pauses).weeks if aim_minutes else by_days.weeks
    return _Summary(
        runs=history.count(),
        days=len(days),
        minutes=round(sum(minutes.values()), 3),
        week={
            "days": by_days.days,
            "minutes": round(sum(spent for day, spent in minutes.items() if week_of(day) == week_of(today)), 3),
        },
        aim={"minutes": aim_minutes} if aim_minutes else {"days": chosen.weekly_aim_days},
        streak_weeks=weeks,
    )


def _summary_lines(summary: _Summary) -> list[str]:
    ((unit, aim),) = summary.aim.items()
    weeks = summary.streak_weeks
    of_week = {"days": _("This week: {done} of {aim} days."), "minutes": _("This week: {done} of {aim} minutes.")}[unit]
    return [
        _("{runs} runs on {days} days, {minutes} minutes in all.").format(
            runs=summary.runs, days=summary.days, minutes=round(summary.minutes)
        ),
        of_week.format(done=round(summary.week[unit]), aim=aim),
        ngettext("{n} week in a row met the aim.", "{n} weeks in a row met the aim.", weeks).format(n=weeks),
    ]


def _print_comfort(grouping: ComfortGrouping, observations: tuple[ComfortObservation, ...]) -> None:
    """Print comfort by groups, each mean with its number of observations."""
    if not observations:
        return
    title = {
        ComfortGrouping.SESSION: _("Back comfort beside the session"),
        ComfortGrouping.EXERCISE: _("Back comfort beside the exercise"),
        ComfortGrouping.REST: _("Back comfort beside days of rest before"),
        ComfortGrouping.TAG: _("Back comfort beside your tags"),
    }[grouping]
    print_lines("")
    print_lines(f"{title:<38} {_('before'):>12} {_('after'):>12} {_('change'):>12} {_('next day'):>12}")
    for each in observations:
        comfort = each.comfort
        cells = (
            _mean(comfort.before),
            _mean(comfort.after),
            _mean(comfort.change, sign="+"),
            _mean(comfort.next_morning),
        )
        print_lines(f"{_label(grouping, each):<38.38} " + " ".join(f"{cell:>12}" for cell in cells))


def _label(grouping: ComfortGrouping, each: ComfortObservation) -> str:
    if grouping is ComfortGrouping.TAG:
        return f"{each.key}: {each.label}"
    if grouping is ComfortGrouping.REST:
        days = int(each.key)
        if days >= MOST_REST:
            return _("{n} days or more").format(n=MOST_REST)
        return ngettext("{n} day", "{n} days", days).format(n=days)
    return each.label


def _mean(mean: Mean, sign: str = "") -> str:
    return "" if mean.value is None else f"{mean.value:{sign}.1f} ({mean.observations})"


def _exercise_json(each: ExerciseProgress) -> dict[str, object]:
    return {
        "exercise": each.exercise,
        "title": each.title,
        "runs": each.total.runs,
        "seconds": each.total.time / 1000,
        "longest_hold_seconds": each.total.longest_hold / 1000,
        "reps": each.total.reps,
        "weeks": [
            {
                "week": monday.isoformat(),
                "runs": done.runs,
                "seconds": done.time / 1000,
                "longest_hold_seconds": done.longest_hold / 1000,
                "reps": done.reps,
            }
            for monday, done in each.weeks
        ],
    }


def _observation_json(each: ComfortObservation) -> dict[str, object]:
    comfort: Comfort = each.comfort
    return {
        "key": each.key,
        "label": each.label,
        "runs": comfort.runs,
        "before": _mean_json(comfort.before),
        "after": _mean_json(comfort.after),
        "change": _mean_json(comfort.change),
        "next_morning": _mean_json(comfort.next_morning),
    }


def _mean_json(mean: Mean) -> dict[str, object]:
    return {"observations": mean.observations, "mean": mean.value}


def _export(context: AppContext, history: History, options: Namespace) -> int:
    records = () if (options.csv, options.intervals, options.ics) == (None, None, None) else history.records()
    for file in filter(None, (options.csv, options.intervals, options.ics, options.json_file)):
        file_transfer.check_target(context.paths.history, file, replace=True)
    for file, lines in (
        (options.csv, export_formats.runs_csv),
        (options.intervals, export_formats.intervals_csv),
        (options.ics, export_formats.calendar),
    ):
        if file is not None:
            file_transfer.write_lines(file, lines(records))
            print_lines(file)
    if options.json_file is not None:
        file_transfer.write_document(context.paths.history, options.json_file)
        print_lines(options.json_file)
    if not any((options.csv, options.intervals, options.ics, options.json_file)):
        raise Problem(
            _("It was not said what to export."),
            _("For example: timer-app history export --json history.json"),
        )
    return 0


def _import(context: AppContext, options: Namespace) -> int:
    merged: list[MergeResult] = []
    if options.action == "restore" and options.replace:
        context.journal.replace_with(options.file, merged.append)
    else:
        context.journal.import_file(options.file, merged.append, restore_deleted=options.action == "restore")
    if not context.journal.flush(_PATIENCE_SECONDS) or not merged:
        # The journal has reported why.
        return 1
    print_lines(*merged[0].describe())
    return 0


def _new(context: AppContext, _options: Namespace) -> int:
    file = context.paths.history
    if file.exists():
        raise history_exists(file)
    context.journal.create_new()
    if not context.journal.flush(_PATIENCE_SECONDS):
        # The journal has reported why.
        return 1
    print_lines(_("A new history was begun: {file}").format(file=file))
    return 0


def _backup(context: AppContext, options: Namespace) -> int:
    file_transfer.check_target(context.paths.history, options.file, replace=False)
    file_transfer.write_backup(context.paths.history, options.file)
    print_lines(options.file)
    return 0


def _check(context: AppContext, options: Namespace) -> int:
    is_own = options.file is None
    checked = file_transfer.check_file(context.paths.history) if is_own else file_transfer.check_copy(options.file)
    print_lines(*checked.findings)
    if checked.findings:
        print_lines(
            _("The history is damaged. The next start puts it aside and offers the newest sound safety copy.")
            if is_own
            else _("{file} is damaged, or is no history: what is in it cannot be restored.").format(file=options.file)
        )
        return 1
    if checked.invalid_rows:
        print_lines(*checked.invalid_rows)
        print_lines(
            _("The next start sets this aside, in a file beside the history. The rest of it is as it should be.")
            if is_own
            else _("This cannot be shown, so the file is not imported. Restored, the rest of it comes back.")
        )
        return 1
    print_lines(ngettext("{n} run, nothing wrong.", "{n} runs, nothing wrong.", checked.runs).format(n=checked.runs))
    return 0


_REPORTS: Mapping[str, Callable[[AppContext, History, Namespace], int]] = {
    "list": _list,
    "stats": _stats,
    "export": _export,
}
_ACTIONS: Mapping[str, Callable[[AppContext, Namespace], int]] = {
    "import": _import,
    "new": _new,
    "backup": _backup,
    "restore": _import,
    "check": _check,
}
