"""`timer-app run --no-window`: a session in this terminal."""

from __future__ import annotations

import sys
from argparse import Namespace

from timer_app.cli.keyboard import keyboard
from timer_app.cli.output import print_error, print_lines
from timer_app.cli.resume_prompt import offer_resume
from timer_app.cli.run_display import DeferredProblems, follow, is_terminal
from timer_app.conductor.snapshot import Status
from timer_app.conductor.start_run import conduct, plan_run
from timer_app.context import AppContext
from timer_app.i18n import _
from timer_app.presentation.formatting import clock_time
from timer_app.presentation.run_outcome import repeated_text
from timer_app.problems import Problem
from timer_app.timeline.intervals import IntervalKind


def run(context: AppContext, options: Namespace) -> int:
    """Run the session until it ends. Raises Problem."""
    plan = plan_run(context.last_session() if options.last else context.session(options.session), context.catalogue)
    problem = context.loaded_settings.problem
    if problem is not None:
        print_error(problem)
    with keyboard(sys.stdin) as keys:
        if plan.timeline.open_intervals and not keys.available:
            raise Problem(
                _("This session has steps that wait for you to say that they are done."),
                _("Run it in a terminal with a keyboard, or in the window."),
            )
        plan, interrupted = offer_resume(context, plan, keys, sys.stdout)
        report, deferred = context.on_problem, DeferredProblems(context.on_problem)
        context.on_problem = deferred.add
        conductor = conduct(plan, context.playback, context.current_settings, interrupted)
        if (
            interrupted is not None
            and conductor.timeline.intervals[conductor.state.index].kind is not IntervalKind.SETUP
        ):
            # Nobody is in position yet.
            conductor.pause()
        try:
            status = follow(conductor, keys, sys.stdout, rewrite=is_terminal(sys.stdout), deferred=deferred)
        finally:
            context.on_problem = report
    spent = clock_time(conductor.snapshot().spent)
    if status is Status.COMPLETED:
        print_lines(_("Complete: {spent}. Well done.").format(spent=spent))
    else:
        print_lines(_("Stopped after {spent}. What you did is kept.").format(spent=spent))
    if repeated := repeated_text(conductor.state):
        print_lines(repeated)
    return 0
