"""Prerender the speech of a draft on another thread, some time after each change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from timer_app.conductor.prerender import Cancelled, prerender
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.ui.support.latest_task import LatestTask
from timer_app.ui.support.services import Services

_DELAY = 400
"""Milliseconds without a change until a draft is rendered: typing a word is one change."""


def render_job(
    services: Services, owner: QObject, done: Callable[[Timeline, SoundPlan], None]
) -> LatestTask[Timeline, SoundPlan]:
    """Return the task that renders the timeline requested last; `done` gets it with its `SoundPlan`.

    It uses the voice: anything else that needs the voice has to cancel it first.
    """

    def render(timeline: Timeline, cancelled: Callable[[], bool]) -> SoundPlan | None:
        try:
            return prerender(
                timeline,
                catalogue=services.catalogue,
                settings=services.settings.value,
                voice=services.voice,
                is_cancelled=cancelled,
            )
        except Cancelled:
            return None

    return LatestTask(owner, render, done, _DELAY)
