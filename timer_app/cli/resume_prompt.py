"""A session that was interrupted, in the terminal: who runs it again is asked whether to go on with it."""

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

_PATIENCE = 0.25
"""Seconds of one wait for the answer, after which it is waited for anew: a Ctrl+C that came just before a wait began
does not end it."""


def settle_interrupted(
    context: AppContext, wanted: RunPlan, keys: Keys, out: TextIO
) -> tuple[RunPlan, RunRecord | None]:
    """Return what to run, and the interrupted run that it goes on with, None for a session from its start.

    Where the session that is wanted was interrupted today and somebody is at the keys, they are asked; on a no it is
    kept as stopped. Other interrupted sessions are left for their own next start, or the window's.
    """
    found = find_interrupted(context.history, context.catalogue, context.clock.wall()) if keys.are_there else None
    if found is None or not isinstance(found.plan, RunPlan) or found.plan.stem != wanted.stem:
        return wanted, None
    out.write(plain_line(offer(found.plan, found.run)) + " " + _("[Y/n]") + " ")
    out.flush()
    agreed = _agreed(keys)
    out.write((_("yes") if agreed else _("no")) + "\n")
    if agreed:
        return found.plan, found.run
    context.journal.end(found.run.begun.id, RunOutcome.STOPPED, context.clock.wall())
    return wanted, None


def _agreed(keys: Keys) -> bool:
    """Wait for the answer: Enter is a yes. Ctrl+C is neither, and ends the program with nothing changed."""
    while True:
        key = keys.wait(_PATIENCE).casefold()
        if key in ("\n", "\r", _("yes")[0]):
            return True
        if key == _("no")[0]:
            return False
