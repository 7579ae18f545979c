"""Find the run that was interrupted, as by a power cut, to offer resuming it at the next start."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from timer_app.conductor.conductor import RunPlan
from timer_app.conductor.start_run import is_done, plan_resumed_run
from timer_app.exercises.model import Catalogue
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome, RunRecord
from timer_app.problems import Problem

OFFERED_FOR = timedelta(hours=12)
"""How long after its start a run may be resumed: our choice, the same day."""


class Interrupted(Struct, frozen=True):
    """An interrupted run with the plan to resume it, or the problem why it cannot be resumed.

    Where `plan` is None the user is not asked, and the run gets `outcome`.
    """

    run: RunRecord
    plan: RunPlan | Problem | None
    outcome: RunOutcome = RunOutcome.INTERRUPTED


def find_interrupted(history: History, catalogue: Catalogue, since: datetime) -> Interrupted | None:
    """Return the newest run without an end that was begun before `since`, None when there is none.

    None as well while another process is recording, for the run may be that one's; while the history has not caught
    up with its journal; and where the history cannot be read, which is reported elsewhere.
    """
    if history.is_playing() or history.has_unsaved_files:
        return None
    try:
        run = history.unfinished()
    except Problem:
        return None
    if run is None or run.begun.started_at >= since:
        return None
    if not run.intervals:
        return Interrupted(run, None)
    plan = _plan_of(run, catalogue)
    if isinstance(plan, RunPlan) and is_done(plan.timeline, run):
        # Interrupted between the end of its last interval and its own.
        return Interrupted(run, None, RunOutcome.COMPLETED)
    recent = timedelta() <= since - run.begun.started_at <= OFFERED_FOR
    return Interrupted(run, plan if recent else None)


def _plan_of(run: RunRecord, catalogue: Catalogue) -> RunPlan | Problem:
    try:
        return plan_resumed_run(run, catalogue)
    except Problem as problem:
        return problem
