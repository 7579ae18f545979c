"""Render every spoken line of a session ahead, for its script and for a sound file of it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from timer_app.conductor.spoken_texts import wording
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.ports import Voice
from timer_app.sound.tones import tone_lengths
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.placement import place

_POLL = 0.2
"""How often cancellation is checked, in seconds."""


class Cancelled(Exception):  # noqa: N818 - the user's wish, no error
    """The user has cancelled the rendering."""


def prerender(
    timeline: Timeline,
    *,
    catalogue: Catalogue,
    settings: Settings,
    voice: Voice,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> SoundPlan:
    """Return the sound plan of a session, once every line that can be spoken has been rendered.

    It waits for the voice, so call it on a worker thread; `progress(done, total)` is called on another thread
    meanwhile. With no voice there are tones alone. Raises Cancelled soon after `is_cancelled` has returned True, and
    Problem when a bug has ended the voice's thread, which has a report of its own.
    """
    spoken = wording(timeline, catalogue, settings.talk)
    voice.set_language(spoken.language)
    rendered = threading.Event()
    voice.prepare(spoken.texts, progress, rendered.set)
    while not rendered.wait(_POLL):
        if is_cancelled():
            raise Cancelled
        if not voice.is_alive and not rendered.is_set():
            raise Problem(
                _("The voice has stopped working, so not every line could be spoken."),
                _("Start the program again, and try once more."),
            )
    return place(timeline, spoken.lines, voice.lengths(spoken.texts), tone_lengths(settings.tone_set))
