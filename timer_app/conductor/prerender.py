"""The whole sound of a session before it is played: for showing its script, and for a sound file of it."""

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

_LOOK = 0.2
"""How often a rehearsal looks whether it is still wanted, in seconds."""


class Cancelled(Exception):  # noqa: N818 - the person's wish, no error
    """The person does not want the rehearsal any more."""


def rehearse(
    timeline: Timeline,
    *,
    catalogue: Catalogue,
    settings: Settings,
    voice: Voice,
    progress: Callable[[int, int], None] = lambda _there, _wanted: None,
    unwanted: Callable[[], bool] = lambda: False,
) -> SoundPlan:
    """Return all that will be heard in a session, once every line that can be spoken has been rendered.

    It waits for the voice, so it has no place on the screen's thread; `progress(there, wanted)` is called on another
    thread meanwhile. With no voice there are tones alone. Raises Unwanted soon after `unwanted` has returned True, and
    Problem when a bug of ours has ended the voice's thread: that is told in a report of its own.
    """
    said = wording(timeline, catalogue, settings.talk)
    voice.set_language(said.language)
    rendered = threading.Event()
    voice.prepare(said.texts, progress, rendered.set)
    while not rendered.wait(_LOOK):
        if unwanted():
            raise Cancelled
        if not voice.at_work and not rendered.is_set():
            raise Problem(
                _("The voice has stopped working, so not every line could be spoken."),
                _("Start the program again, and try once more."),
            )
    return place(timeline, said.lines, voice.lengths(said.texts), tone_lengths(settings.tone_set))
