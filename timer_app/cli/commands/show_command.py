"""`timer-app show`: what will happen in a session, interval by interval."""

from __future__ import annotations

from argparse import Namespace

from timer_app.cli.output import print_json, print_lines
from timer_app.cli.progress_bar import progress_bar
from timer_app.cli.session_text import interval_title, interval_word, length_text
from timer_app.conductor.prerender import prerender
from timer_app.conductor.start_run import plan_run
from timer_app.context import AppContext
from timer_app.i18n import _
from timer_app.presentation.formatting import clock_time
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.text_export import describe_script, script_json, timeline_json


def run(context: AppContext, options: Namespace) -> int:
    """Print the intervals, or with `--script` what is said, and when. Raises Problem."""
    timeline = plan_run(context.session(options.session), context.catalogue).timeline
    document = timeline_json(timeline)
    if options.script:
        with progress_bar(_("Rendering the voice")) as progress:
            plan = prerender(
                timeline,
                catalogue=context.catalogue,
                settings=context.current_settings,
                voice=context.voice,
                progress=progress,
            )
        if not options.json:
            print_lines(*describe_script(timeline, plan).split("\n"))
            return 0
        document |= script_json(timeline, plan)
    if options.json:
        return print_json(document)
    print_lines(*_table(timeline))
    return 0


def _table(timeline: Timeline) -> list[str]:
    """Return a session as lines: when each interval begins, how long it takes, what it is for, and its title."""
    rows = [timeline.name + " · " + length_text(timeline.total, timeline.open_intervals)]
    for interval in timeline.intervals:
        length = _("open") if interval.length is None else clock_time(interval.length)
        reps = _("{reps} reps").format(reps=interval.reps) if interval.reps and interval.works else ""
        title = interval_title(interval) if interval.exercise or interval.title != interval_word(interval.kind) else ""
        words = "  ".join(word for word in (f"{interval_word(interval.kind):<10}", title, reps) if word)
        rows.append(f"{clock_time(interval.start):>8}  {length:>8}  {words}".rstrip())
    return rows
