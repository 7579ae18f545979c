"""Ask in the terminal whether to resume an interrupted session."""

from __future__ import annotations

from typing import TextIO

from timer_app.cli.keyboard import Keys
from timer_app.conductor.conductor import RunPlan
from timer_app.conductor.interrupted_run import find_interrupted
from timer_app.context import AppContext
from timer_app.history.records import RunOutcome, RunRecord
from timer_app.i18n import _
from timer_app.plain_text import plain_line
from timer_app.presentation.resume_text import offer

_WAIT_SECONDS = 0.25
"""Seconds of one wait for the answer, after which it is repeated: a Ctrl+C just before a wait does not end it."""


def offer_resume(context: AppContext, plan: RunPlan, keys: Keys, out: TextIO) -> tuple[RunPlan, RunRecord | None]:
    """Return the plan to run, and the interrupted run that it resumes, None for a session from its start.

    Asks only where this session was interrupted today and there is a keyboard; after a no it is recorded as stopped.
    Other interrupted sessions are left for their own next start, or the window's.
    """
    interrupted = find_interrupted(context.history, context.catalogue, context.clock.wall()) if keys.available else None
    if interrupted is None or not isinstance(interrupted.plan, RunPlan) or interrupted.plan.stem != plan.stem:
        return plan, None
    out.write(plain_line(offer(interrupted.plan, interrupted.run)) + " " + _("[Y/n]") + " ")
    out.flush()
    accepted = _confirm(keys)
    out.write((_("yes") if accepted else _("no")) + "\n")
    if accepted:
        return interrupted.plan, interrupted.run
    context.journal.end(interrupted.run.begun.id, RunOutcome.STOPPED, context.clock.wall())
    return plan, None


def _confirm(keys: Keys) -> bool:
    """Wait for yes or no; Enter is a yes. Ctrl+C ends the program with nothing changed."""
    while True:
        key = keys.wait(_WAIT_SECONDS).casefold()
        if key in ("\n", "\r", _("yes")[0]):
            return True
        if key == _("no")[0]:
            return False
