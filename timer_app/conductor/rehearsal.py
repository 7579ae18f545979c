"""The whole sound of a session before it is played: for showing its script, and for a sound file of it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from timer_app.exercises.model import Catalogue
from timer_app.settings import Settings
from timer_app.sound.ports import Voice
from timer_app.sound.tones import tone_lengths
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.lines import SoundPlan
from timer_app.timeline.phrase_file import load_phrases
from timer_app.timeline.placement import place
from timer_app.timeline.script import script, texts


def rehearse(
    timeline: Timeline,
    *,
    catalogue: Catalogue,
    settings: Settings,
    voice: Voice,
    progress: Callable[[int, int], None],
) -> SoundPlan:
    """Return all that will be heard in a session, once every line that can be spoken has been rendered.

    It waits for the voice, so it has no place on the screen's thread; `progress(there, wanted)` is called on another
    thread meanwhile. With no voice there are tones alone.
    """
    phrases = load_phrases(timeline.language)
    # A language with no phrases of its own is spoken in English, and by an English voice.
    voice.set_language(phrases.language)
    lines = script(timeline, phrases, catalogue, settings.talk)
    rendered = threading.Event()
    voice.prepare(texts(lines), progress, rendered.set)
    rendered.wait()
    return place(timeline, lines, voice.lengths(texts(lines)), tone_lengths(settings.tone_set))
