"""Mix a whole session down to one sound file, much faster than it plays."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from msgspec import Struct, field

from timer_app.atomic_write import replacing
from timer_app.clock import Milliseconds
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.cue_samples import cue_samples
from timer_app.sound.id3 import Chapter, id3_tag
from timer_app.sound.pcm import FRAME_BYTES, RATE, frames
from timer_app.sound.ports import Source
from timer_app.timeline.cue_lines import Sound, SoundPlan
from timer_app.timeline.intervals import Interval, Timeline

OPEN_LENGTH: Final[Milliseconds] = 60_000
"""How long an open interval lasts in a file."""

# Speech at 64 kbit/s in one channel is clear; an hour takes 29 MB.
_KBPS: Final = 64
_QUALITY: Final = 7
_CHUNK: Final = RATE * FRAME_BYTES


def file_size(length: Milliseconds, kind: str) -> int:
    """Return how many bytes a sound file of `length` milliseconds takes, roughly; `kind` is `mp3` or `wav`."""
    a_second = _KBPS * 1000 // 8 if kind == "mp3" else RATE * FRAME_BYTES
    return length * a_second // 1000


class _Sink(Protocol):
    def write(self, pcm: bytes) -> None: ...


class Mix(Struct, frozen=True):
    """The contents of a sound file.

    `source` gives the clips; a text without one is left out. `lengths` are those of open intervals by their index, in
    milliseconds; others last `OPEN_LENGTH`.
    """

    plan: SoundPlan
    timeline: Timeline
    source: Source
    settings: Settings = field(default_factory=Settings)
    lengths: Mapping[int, Milliseconds] = field(default_factory=dict)

    def starts(self) -> tuple[Milliseconds, ...]:
        """Return when each interval starts in the file, and last when the session ends."""
        moments = [0]
        for interval in self.timeline.intervals:
            moments.append(moments[-1] + self._length(interval))
        return tuple(moments)

    def total(self) -> Milliseconds:
        """Return the length of the file: the session, and what is said after it."""
        starts = self.starts()
        return max([starts[-1], *(starts[sound.interval] + sound.end for sound in self.plan.sounds)])

    def chapters(self) -> tuple[Chapter, ...]:
        """Return one chapter for each step of the session, as often as it comes."""
        starts = self.starts()
        chapters = []
        for _step, group in groupby(self.timeline.intervals, key=lambda interval: interval.step):
            intervals = list(group)
            first = next((interval for interval in intervals if interval.works), intervals[0])
            chapters.append(Chapter(starts[intervals[0].index], starts[intervals[-1].index + 1], first.title))
        return tuple(chapters)

    def pieces(self) -> Iterator[bytes]:
        """Yield the samples from the start to the end, in pieces of at most a second or one clip."""
        starts = self.starts()
        position = 0
        timed = sorted(((starts[sound.interval] + sound.offset, sound) for sound in self.plan.sounds), key=_moment)
        for at, sound in timed:
            yield from _silence(frames(at) - position)
            position = max(position, frames(at))
            pcm = cue_samples(sound.words, sound.tone, self.source, self.settings)
            yield pcm
            position += len(pcm) // FRAME_BYTES
        yield from _silence(frames(self.total()) - position)

    def _length(self, interval: Interval) -> Milliseconds:
        if interval.length is not None:
            return interval.length
        return self.lengths.get(interval.index, OPEN_LENGTH)


def mixdown(mix: Mix, out: Path, progress: Callable[[float], None] | None = None) -> None:
    """Write a session as the sound file `out`, a WAV or an MP3 file by its ending.

    `progress` is called with the part written, from 0 to 1, about once for ten seconds of sound; what it raises ends
    the work. The file is written whole or not at all. Raises Problem when it cannot be written, or is of another kind.
    """
    kinds = {".wav": _wav, ".mp3": _mp3}
    kind = kinds.get(out.suffix.lower())
    if kind is None:
        raise Problem(_("{} is not a kind of sound file that can be made.").format(out.name), _("Use .wav or .mp3."))
    try:
        with replacing(out) as file, kind(mix, file) as sink:
            _write_pieces(mix, sink, progress or (lambda _part: None))
    except OSError as error:
        raise _unwritable(out, error) from error


def _write_pieces(mix: Mix, sink: _Sink, progress: Callable[[float], None]) -> None:
    total = max(1, frames(mix.total()) * FRAME_BYTES)
    written = reported = 0
    for piece in mix.pieces():
        sink.write(piece)
        written += len(piece)
        if written - reported >= 10 * _CHUNK:
            reported = written
            progress(min(1.0, written / total))
    progress(1.0)


def _silence(count: int) -> Iterator[bytes]:
    second = bytes(_CHUNK)
    for _whole in range(count // RATE):
        yield second
    if count > 0:
        yield bytes(count % RATE * FRAME_BYTES)


def _moment(timed: tuple[Milliseconds, Sound]) -> Milliseconds:
    return timed[0]


class _Wav:
    def __init__(self, file: wave.Wave_write) -> None:
        self._file = file

    def write(self, pcm: bytes) -> None:
        self._file.writeframesraw(pcm)


@contextmanager
def _wav(_mix: Mix, file: BinaryIO) -> Iterator[_Sink]:
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(FRAME_BYTES)
        out.setframerate(RATE)
        yield _Wav(out)


@contextmanager
def _mp3(mix: Mix, file: BinaryIO) -> Iterator[_Sink]:
    try:
        import lameenc  # noqa: PLC0415 - only for those who want such a file
    except ImportError as error:
        what = _("This installation cannot make MP3 files.")
        raise Problem(what, _("Choose a name that ends in .wav, or install lameenc.")) from error
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE)
    encoder.set_bit_rate(_KBPS)
    encoder.set_quality(_QUALITY)

    class _Mp3:
        def write(self, pcm: bytes) -> None:
            file.write(encoder.encode(pcm))

    file.write(id3_tag(mix.timeline.name, mix.chapters()))
    yield _Mp3()
    file.write(encoder.flush())


def _unwritable(out: Path, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    return Problem(
        _("{file} cannot be written: {reason}.").format(file=out, reason=reason),
        _("Choose another folder, or make room on the disk."),
    )
