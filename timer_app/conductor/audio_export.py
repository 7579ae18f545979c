"""Export a session as a sound file, from its timeline to the file on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.conductor.prerender import Cancelled, prerender
from timer_app.exercises.model import Catalogue
from timer_app.settings import Settings
from timer_app.sound.mixdown import OPEN_LENGTH, Mix, mixdown
from timer_app.sound.ports import HeardVoice
from timer_app.timeline.intervals import Timeline


class Progress(Struct, frozen=True):
    """Progress of an export: the lines spoken so far and in all, and how much of the file is written, from 0 to 1."""

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
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Milliseconds:
    """Write the sound of a session into `out`, a WAV or an MP3 file by its ending, and return its length.

    Open intervals last `open_length` milliseconds. It takes seconds, so call it on a worker thread; `progress` is
    called on that thread and on the voice's. Raises Cancelled soon after `is_cancelled` has returned True, and Problem
    when the file cannot be written: then there is no file.
    """

    def spoken(done: int, total: int) -> None:
        progress(Progress(done, total))

    def written(part: float) -> None:
        if is_cancelled():
            raise Cancelled
        progress(Progress(1, 1, part))

    plan = prerender(
        timeline, catalogue=catalogue, settings=settings, voice=voice, progress=spoken, is_cancelled=is_cancelled
    )
    lengths = {interval.index: open_length for interval in timeline.intervals if interval.is_open}
    mix = Mix(plan, timeline, voice.clip, settings, lengths)
    mixdown(mix, out, written)
    return mix.total()
