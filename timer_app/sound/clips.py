"""Clips: spoken texts, made even in length and loudness, and kept where they are found again.

A clip is 48 kHz, mono, signed 16-bit PCM. It is kept in the cache folder in a file of its own, under a key of all that
its sound depends on, with its length and a checksum: a damaged one is forgotten and made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import tempfile
import threading
import zlib
from array import array
from collections import OrderedDict
from pathlib import Path
from typing import Final

from timer_app.atomic_write import make_folder, open_file, read_whole
from timer_app.clock import Milliseconds
from timer_app.sound.pcm import FRAME_BYTES, RATE, fade, milliseconds

TREATMENT = 1
"""The version of what is done to a rendering. A change of it makes all clips anew."""

# A trim at 0.5 % of the peak (46 dB below it) keeps the soft consonants and drops the engines' silence; the margins
# keep the breath of a first and last sound, and leave room for the fades.
_SILENT: Final = 0.005
_MARGIN_BEFORE: Final[Milliseconds] = 5
_MARGIN_AFTER: Final[Milliseconds] = 15
_FADE_IN: Final[Milliseconds] = 3
_FADE_OUT: Final[Milliseconds] = 10
_PEAK: Final = 23_198  # 3 dB below full scale

_HEAD = struct.Struct("<8sII")
_MAGIC: Final = b"GSTCLIP1"
_DISK_LIMIT: Final = 100 * 1024 * 1024
_MEMORY_LIMIT: Final = 16 * 1024 * 1024

LONGEST: Final = 32 * 1024 * 1024
"""The largest clip, or rendering, that is read, in bytes: more than five minutes of speech."""


def treat(wav: bytes) -> bytes:
    """Return the clip of a WAV file: mono, trimmed of silence, with short fades, its peak evened, resampled once.

    Empty when there is nothing but silence in it. Raises ValueError when it is not a WAV file that can be read.
    """
    import miniaudio  # noqa: PLC0415 - 100 ms that a program without a voice does not need

    try:
        info = miniaudio.wav_get_info(wav)
        sound = miniaudio.decode(wav, miniaudio.SampleFormat.SIGNED16, 1, info.sample_rate)
    except miniaudio.MiniaudioError as error:
        raise ValueError(f"not a WAV file: {error}") from error
    samples = _trimmed(sound.samples, info.sample_rate)
    if not samples:
        return b""
    gain = _PEAK / _peak(samples)
    even = array("h", [int(sample * gain) for sample in samples])
    mono = miniaudio.SampleFormat.SIGNED16
    clip = miniaudio.convert_frames(mono, 1, info.sample_rate, even.tobytes(), mono, 1, RATE)
    return fade(bytes(clip), _FADE_IN, _FADE_OUT)


def _peak(samples: array[int]) -> int:
    loudest, lowest = max(samples, default=0), min(samples, default=0)
    return max(loudest, -lowest)


def _trimmed(samples: array[int], rate: int) -> array[int]:
    """Cut the silence off both ends, but for the margins. Empty when all of it is silence."""
    peak = _peak(samples)
    # Eight steps of a 16-bit sample are no voice, whatever the file's own loudness.
    if peak <= 8:
        return array("h")
    floor = max(8, int(peak * _SILENT))
    first = next(at for at, sample in enumerate(samples) if abs(sample) > floor)
    last = len(samples) - next(at for at, sample in enumerate(reversed(samples)) if abs(sample) > floor)
    return samples[max(0, first - _MARGIN_BEFORE * rate // 1000) : last + _MARGIN_AFTER * rate // 1000]


def clip_key(text: str, *, engine: str, driver: str, voice: str, rate: int) -> str:
    """Return the name that a clip is kept under: a digest of all that its sound depends on.

    `engine` is pyttsx3's version, `driver` its driver; `rate` is in words a minute.
    """
    matters = json.dumps([TREATMENT, RATE, engine, driver, voice, rate, text])
    return hashlib.sha256(matters.encode()).hexdigest()[:40]


class ClipStore:
    """Clips by their keys: on disk below 100 MB, the least recently used forgotten first, and a few in memory.

    It may be used from any thread. Where the disk takes nothing, clips stay in memory for as long as the program runs.
    """

    def __init__(self, folder: Path, disk_limit: int = _DISK_LIMIT, memory_limit: int = _MEMORY_LIMIT) -> None:
        self._folder = folder
        self._disk_limit = disk_limit
        self._memory_limit = memory_limit
        self._lock = threading.Lock()
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        self._held = 0
        self._homeless: dict[str, bytes] = {}
        self._lengths: dict[str, Milliseconds] = {}

    def length(self, key: str) -> Milliseconds | None:
        """Return how long a clip lasts, rounded up to a whole millisecond, or None when it is not there.

        At first it looks at the head of the file and at its size alone; `load` checks the rest.
        """
        known = self._lengths.get(key)
        if known is None:
            known = self._length_on_disk(key)
            if known is not None:
                self._lengths[key] = known
        return known

    def load(self, key: str) -> bytes | None:
        """Return a clip after checking the whole of it, or None; a damaged one is deleted."""
        with self._lock:
            clip = self._memory.get(key) or self._homeless.get(key)
            if key in self._memory:
                self._memory.move_to_end(key)
        if clip is not None:
            return clip
        file = self._file(key)
        try:
            content = read_whole(file, LONGEST)
        except OSError:
            self._lengths.pop(key, None)
            return None
        clip = _sound_clip(content)
        if clip is None:
            self._lengths.pop(key, None)
            _forget(file)
            return None
        _touch(file)
        self._remember(key, clip)
        return clip

    def store(self, key: str, clip: bytes) -> OSError | None:
        """Keep a clip. Returns the error when the disk did not take it; it is then kept in memory."""
        frames = len(clip) // FRAME_BYTES
        content = _HEAD.pack(_MAGIC, frames, zlib.crc32(clip)) + clip
        self._lengths[key] = milliseconds(clip)
        try:
            self._write(self._file(key), content)
        except OSError as error:
            with self._lock:
                self._homeless[key] = clip
            return error
        self._remember(key, clip)
        return None

    def tidy(self) -> None:
        """Forget the least recently used clips until all are below nine tenths of the limit, if they are above it."""
        try:
            with os.scandir(self._folder) as found:
                ages = sorted((entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in found)
        except OSError:
            return
        total = sum(size for _, size, _ in ages)
        if total <= self._disk_limit:
            return
        for _, size, path in ages:
            if total <= self._disk_limit * 9 // 10:
                return
            file = Path(path)
            self._lengths.pop(file.stem, None)
            _forget(file)
            total -= size

    def _length_on_disk(self, key: str) -> Milliseconds | None:
        try:
            with open_file(self._file(key)) as source:
                head = source.read(_HEAD.size)
                size = os.fstat(source.fileno()).st_size
        except OSError:
            return None
        if len(head) != _HEAD.size:
            return None
        magic: bytes
        frames: int
        magic, frames, _ = _HEAD.unpack(head)
        if magic != _MAGIC or size != _HEAD.size + frames * FRAME_BYTES:
            return None
        return -(-frames * 1000 // RATE)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.clip"

    def _write(self, file: Path, content: bytes) -> None:
        """Write whole or not at all. The checksum finds what a power cut damages: so nobody waits for the disk."""
        make_folder(self._folder)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            Path(name).replace(file)
        except OSError:
            _forget(Path(name))
            raise

    def _remember(self, key: str, clip: bytes) -> None:
        with self._lock:
            self._held += len(clip) - len(self._memory.pop(key, b""))
            self._memory[key] = clip
            while self._held > self._memory_limit:
                self._held -= len(self._memory.popitem(last=False)[1])


def _sound_clip(content: bytes) -> bytes | None:
    """Return the clip in a file's content when its head, length and checksum agree."""
    if len(content) < _HEAD.size:
        return None
    magic, frames, checksum = _HEAD.unpack_from(content)
    clip = content[_HEAD.size :]
    if magic != _MAGIC or len(clip) != frames * FRAME_BYTES or zlib.crc32(clip) != checksum:
        return None
    return clip


def _forget(file: Path) -> None:
    """Delete a file of the cache, or leave it to the next time."""
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return


def _touch(file: Path) -> None:
    """Mark a clip as used now, where the folder lets us."""
    try:
        os.utime(file)
    except OSError:
        return
