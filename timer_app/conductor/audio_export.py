"""A whole session as a sound file, from its timeline to the file on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.conductor.prerender import Cancelled, rehearse
from timer_app.exercises.model import Catalogue
from timer_app.settings import Settings
from timer_app.sound.mixdown import OPEN_LENGTH, Mix, mixdown
from timer_app.sound.ports import HeardVoice
from timer_app.timeline.intervals import Timeline


class Progress(Struct, frozen=True):
    """How far a sound file is: so many of so many lines spoken, and from 0 to 1 of the file written."""

    spoken: int = 0
    lines: int = 0
    written: float = 0.0

    @property
    def share(self) -> float:
        """How much of all the work is done, from 0 to 1; speaking and writing each count as half of it."""
        return (self.spoken / self.lines if self.lines else 0.0) / 2 + self.written / 2


def make_sound_file(
    timeline: Timeline,
    out: Path,
    *,
    catalogue: Catalogue,
    settings: Settings,
    voice: HeardVoice,
    open_length: Milliseconds = OPEN_LENGTH,
    progress: Callable[[Progress], None] = lambda _progress: None,
    unwanted: Callable[[], bool] = lambda: False,
) -> Milliseconds:
    """Write a session as it will sound into `out`, a WAV or an MP3 file by its ending, and return its length.

    Intervals that only the person ends last `open_length` milliseconds. It takes seconds, so it has no place on the
    screen's thread; `progress` is called on this thread and on the voice's. Raises Unwanted soon after `unwanted` has
    returned True, and Problem when the file cannot be written: then there is no file.
    """

    def spoken(there: int, wanted: int) -> None:
        progress(Progress(there, wanted))

    def written(part: float) -> None:
        if unwanted():
            raise Cancelled
        progress(Progress(1, 1, part))

    plan = rehearse(timeline, catalogue=catalogue, settings=settings, voice=voice, progress=spoken, unwanted=unwanted)
    lengths = {interval.index: open_length for interval in timeline.intervals if interval.is_open}
    mix = Mix(plan, timeline, voice.clip, settings, lengths)
    mixdown(mix, out, written)
    return mix.total()
