"""The question whether to resume an interrupted session."""

from __future__ import annotations

from timer_app.conductor.conductor import RunPlan, resume_index
from timer_app.history.records import RunRecord
from timer_app.i18n import _
from timer_app.presentation import formatting


def offer(again: RunPlan, run: RunRecord) -> str:
    """Return the question, such as `Go on with Superman, set 2 of 3? “Superman tens” was interrupted after 1:10.`."""
    interval = again.timeline.intervals[resume_index(again.timeline, run)]
    where = ", ".join(
        part for part in (interval.title, formatting.interval_detail(interval).replace(" · ", ", ")) if part
    )
    return _("Go on with {where}? “{session}” was interrupted after {length}.").format(
        where=where, session=run.begun.session, length=formatting.clock_time(run.actual)
    )
