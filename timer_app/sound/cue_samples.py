"""The samples of a cue, at the volumes of the settings."""

from __future__ import annotations

from timer_app.settings import Settings
from timer_app.sound.pcm import scaled
from timer_app.sound.ports import Source
from timer_app.sound.tones import tone_pcm
from timer_app.timeline.cue_lines import Tone


def cue_samples(words: str | None, tone: Tone | None, source: Source, settings: Settings) -> bytes:
    """Return the samples of words or a tone, empty where there is no clip. Half the volume sounds half as loud."""
    if tone is not None:
        return scaled(tone_pcm(settings.tone_set, tone), settings.tone_volume**2)
    return scaled(source(words or "") or b"", settings.voice_volume**2)
