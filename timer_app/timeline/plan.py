"""The sound plan of a session: its script, in its places."""

from __future__ import annotations

from timer_app.exercises.model import Catalogue
from timer_app.settings import Talk
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.lines import Lengths, SoundPlan
from timer_app.timeline.phrases import Phrases
from timer_app.timeline.placement import ToneLengths, place
from timer_app.timeline.script import script


def plan_sounds(  # noqa: PLR0917 - a session, what is said of it, and how long that takes
    timeline: Timeline,
    phrases: Phrases,
    catalogue: Catalogue,
    talk: Talk,
    lengths: Lengths,
    tone_lengths: ToneLengths,
) -> SoundPlan:
    """Return all that will be heard in a session. `lengths` are of the clips that are there now."""
    return place(timeline, script(timeline, phrases, catalogue, talk), lengths, tone_lengths)
