"""Check the write-ahead log for commits that SQLite would drop.

After a crash SQLite reads the log up to the first frame with a wrong checksum and silently drops what follows. So the
log is checked before SQLite opens it. A log that was cut off at the end of a commit is sound here: `last_write_marker`
detects that. The format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from typing import NamedTuple

from timer_app.atomic_write import read_whole

_HEADER = Struct(">8I")
_FRAME = Struct(">6I")
_MAGIC = 0x377F0682
_FORMAT = 3_007_000
_WORD = 1 << 32
_LONGEST = 1 << 30
_FORMER_LOGS = 1 << 16
"""How many former logs may have left frames behind, the first salt of each one lower than the next's: our choice."""


class _WalFrame(NamedTuple):
    ends_commit: int
    salts: tuple[int, int]
    sum: tuple[int, int]
    summed: bytes


def log_of(file: Path) -> Path:
    """Return the path of a history's log."""
    return side_file(file, "-wal")


def side_file(file: Path, side: str) -> Path:
    """Return the path of a file that SQLite keeps beside a history, with symbolic links resolved."""
    real = Path(os.path.realpath(file))
    return real.with_name(real.name + side)


def has_cut_log(file: Path) -> bool:
    """Return whether the log has commits that SQLite would drop. Raises OSError."""
    try:
        log = read_whole(log_of(file), _LONGEST)
        # A log that changes is being written by a program: it is no log of a crash.
        return is_cut(log) and read_whole(log_of(file), _LONGEST) == log
    except FileNotFoundError:
        return False


def is_cut(log: bytes) -> bool:
    """Return whether a log has commits that SQLite would drop.

    Frames at the end that were not committed, and remains of a former log, are normal.
    """
    if len(log) <= _HEADER.size:
        return False
    magic, version, page, _number, *rest = _HEADER.unpack_from(log)
    salts, checksum = (rest[0], rest[1]), (rest[2], rest[3])
    words = Struct(">2I" if magic & 1 else "<2I")
    running = _sum(log[: _HEADER.size - 8], words, (0, 0))
    if magic & ~1 != _MAGIC or version != _FORMAT or running != checksum or not 512 <= page <= 65_536:
        return True
    whole = True
    for frame in _frames(log, page):
        if whole and frame.salts == salts:
            running = _sum(frame.summed, words, running)
            whole = running == frame.sum
        else:
            whole = False
        if not whole and _is_of_this_log(frame, salts):
            return True
    return False


def _is_of_this_log(frame: _WalFrame, salts: tuple[int, int]) -> bool:
    """Return whether a frame that SQLite does not read ended a commit of this log, or has damaged salts."""
    if frame.salts == salts:
        return frame.ends_commit != 0
    return not 0 < (salts[0] - frame.salts[0]) % _WORD <= _FORMER_LOGS


def _frames(log: bytes, page: int) -> Iterator[_WalFrame]:
    """Yield the complete frames in order."""
    length = _FRAME.size + page
    for start in range(_HEADER.size, len(log) - length + 1, length):
        _page, ends_commit, *rest = _FRAME.unpack_from(log, start)
        summed = log[start : start + 8] + log[start + _FRAME.size : start + length]
        yield _WalFrame(ends_commit, (rest[0], rest[1]), (rest[2], rest[3]), summed)


def _sum(content: bytes, words: Struct, before: tuple[int, int]) -> tuple[int, int]:
    """Return SQLite's running checksum, over whole pairs of words."""
    first, second = before
    for low, high in words.iter_unpack(content):
        first = (first + low + second) % _WORD
        second = (second + high + first) % _WORD
    return first, second
