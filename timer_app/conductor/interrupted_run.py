"""A session that was interrupted, as by a power cut: what there is to go on with at the next start."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from timer_app.conductor.conductor import RunPlan
from timer_app.conductor.start_run import is_done, programme_again
from timer_app.exercises.model import Catalogue
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome, RunRecord
from timer_app.problems import Problem

OFFERED_FOR = timedelta(hours=12)
"""How long after its start a session is still worth going on with: our choice, the same day."""


class Interrupted(Struct, frozen=True):
    """An interrupted run, and what it was going to be: a programme, or why there can be none.

    Where nobody is to be asked, it is kept with `outcome`.
    """

    run: RunRecord
    again: RunPlan | Problem | None
    outcome: RunOutcome = RunOutcome.INTERRUPTED


def find_interrupted(history: History, catalogue: Catalogue, since: datetime) -> Interrupted | None:
    """Return the newest run without an end that was begun before `since`, None when there is none.

    While a program plays, as in another terminal, there is none: it may be that program's. While the end of a session
    may still be taken in, there is none either, nor in a history that cannot be read: others tell about that.
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
    again = _programme_of(run, catalogue)
    if isinstance(again, RunPlan) and is_done(again.timeline, run):
        # Interrupted between the end of its last interval and its own.
        return Interrupted(run, None, RunOutcome.COMPLETED)
    recent = timedelta() <= since - run.begun.started_at <= OFFERED_FOR
    return Interrupted(run, again if recent else None)


def _programme_of(run: RunRecord, catalogue: Catalogue) -> RunPlan | Problem:
    try:
        return programme_again(run, catalogue)
    except Problem as problem:
        return problem
