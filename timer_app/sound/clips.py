"""Clips: spoken texts as samples, trimmed and normalised, in a cache on the disk.

A clip is 48 kHz, mono, signed 16-bit PCM. Each has a file of its own in the cache folder, named by a key of all that
its sound depends on, with its length and a checksum: a damaged one is deleted and rendered again.
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
"""The version of the processing in `treat`. A change of it renders all clips again."""

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
    """Return the clip of a WAV file: mono, trimmed of silence, with short fades, normalised, resampled once.

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
    """Cut the silence off both ends, but for the margins; empty when all of it is silence."""
    peak = _peak(samples)
    # Eight steps of a 16-bit sample are no voice, whatever the file's own loudness.
    if peak <= 8:
        return array("h")
    floor = max(8, int(peak * _SILENT))
    first = next(at for at, sample in enumerate(samples) if abs(sample) > floor)
    last = len(samples) - next(at for at, sample in enumerate(reversed(samples)) if abs(sample) > floor)
    return samples[max(0, first - _MARGIN_BEFORE * rate // 1000) : last + _MARGIN_AFTER * rate // 1000]


def clip_key(text: str, *, engine: str, driver: str, voice: str, rate: int) -> str:
    """Return the key of a clip: a digest of all that its sound depends on.

    `engine` is pyttsx3's version, `driver` its driver; `rate` is in words a minute.
    """
    content = json.dumps([TREATMENT, RATE, engine, driver, voice, rate, text])
    return hashlib.sha256(content.encode()).hexdigest()[:40]


class ClipStore:
    """A cache of clips by key: on disk up to 100 MB, evicting the least recently used, and a few in memory.

    Thread-safe. A clip that the disk does not take stays in memory until the program ends.
    """

    def __init__(self, folder: Path, disk_limit: int = _DISK_LIMIT, memory_limit: int = _MEMORY_LIMIT) -> None:
        self._folder = folder
        self._disk_limit = disk_limit
        self._memory_limit = memory_limit
        self._lock = threading.Lock()
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        self._memory_size = 0
        self._unsaved: dict[str, bytes] = {}
        self._lengths: dict[str, Milliseconds] = {}

    def length(self, key: str) -> Milliseconds | None:
        """Return how long a clip lasts in milliseconds, rounded up, or None when it is not there.

        It checks only the head of the file and its size; `load` checks the rest.
        """
        length = self._lengths.get(key)
        if length is None:
            length = self._length_on_disk(key)
            if length is not None:
                self._lengths[key] = length
        return length

    def load(self, key: str) -> bytes | None:
        """Return a clip after checking the whole of it, or None; a damaged one is deleted."""
        with self._lock:
            clip = self._memory.get(key) or self._unsaved.get(key)
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
        clip = _checked_clip(content)
        if clip is None:
            self._lengths.pop(key, None)
            _delete(file)
            return None
        _touch(file)
        self._remember(key, clip)
        return clip

    def store(self, key: str, clip: bytes) -> OSError | None:
        """Store a clip. Return the error when the disk did not take it; it then stays in memory."""
        frames = len(clip) // FRAME_BYTES
        content = _HEAD.pack(_MAGIC, frames, zlib.crc32(clip)) + clip
        self._lengths[key] = milliseconds(clip)
        try:
            self._write(self._file(key), content)
        except OSError as error:
            with self._lock:
                self._unsaved[key] = clip
            return error
        self._remember(key, clip)
        return None

    def evict(self) -> None:
        """If the clips exceed the limit, delete the least recently used until they fill nine tenths of it."""
        try:
            with os.scandir(self._folder) as entries:
                ages = sorted((entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in entries)
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
            _delete(file)
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
        """Write whole or not at all, without fsync: the checksum finds what a power cut damages."""
        make_folder(self._folder)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            Path(name).replace(file)
        except OSError:
            _delete(Path(name))
            raise

    def _remember(self, key: str, clip: bytes) -> None:
        with self._lock:
            self._memory_size += len(clip) - len(self._memory.pop(key, b""))
            self._memory[key] = clip
            while self._memory_size > self._memory_limit:
                self._memory_size -= len(self._memory.popitem(last=False)[1])


def _checked_clip(content: bytes) -> bytes | None:
    """Return the clip in a file's content when its head, length and checksum agree, else None."""
    if len(content) < _HEAD.size:
        return None
    magic, frames, checksum = _HEAD.unpack_from(content)
    clip = content[_HEAD.size :]
    if magic != _MAGIC or len(clip) != frames * FRAME_BYTES or zlib.crc32(clip) != checksum:
        return None
    return clip


def _delete(file: Path) -> None:
    """Delete a file of the cache, if possible."""
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return


def _touch(file: Path) -> None:
    """Mark a clip as used now, if possible."""
    try:
        os.utime(file)
    except OSError:
        return
