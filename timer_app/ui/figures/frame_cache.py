"""Cache the painted frames of a moving figure for the next rep."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import ceil

from msgspec import Struct
from PySide6.QtGui import QColor, QPainter, QPixmap

MOST = 24 * 1024 * 1024
"""The maximum bytes of one view's frames. On a page of 1920x1080 a frame takes some 450 kilobytes, so that nearly all
of a movement's sixty are cached."""

_DEPTH = 4
"""Bytes a pixel."""


class FrameKey(Struct, frozen=True):
    """What the cached frames have in common.

    Width and height are logical pixels, each of `ratio` real ones; `ground` is the background colour as Qt packs it,
    and `figure` all else that the appearance depends on.
    """

    width: int
    height: int
    ratio: float
    ground: int
    figure: Hashable


class Frames:
    """Cache frames until the key changes, up to `most` bytes; the others are painted each time.

    No frame is evicted for a newer one: a cyclic movement would lose each just before it is needed again.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._key: FrameKey | None = None
        self._frames: dict[Hashable, QPixmap] = {}

    @property
    def size(self) -> int:
        """The bytes of the cached frames."""
        return sum(map(_bytes, self._frames.values()))

    def frame(self, key: FrameKey, moment: Hashable, paint: Callable[[QPainter], None]) -> QPixmap:
        """Return the frame of a moment; `paint` paints it where it is not cached."""
        if key is not self._key and key != self._key:
            self._key = key
            self._frames.clear()
        picture = self._frames.get(moment)
        if picture is None:
            picture = _painted(key, paint)
            if (len(self._frames) + 1) * _bytes(picture) <= self._most:
                self._frames[moment] = picture
        return picture


def _painted(key: FrameKey, paint: Callable[[QPainter], None]) -> QPixmap:
    picture = QPixmap(ceil(key.width * key.ratio), ceil(key.height * key.ratio))
    picture.setDevicePixelRatio(key.ratio)
    picture.fill(QColor.fromRgba(key.ground))
    painter = QPainter(picture)
    paint(painter)
    painter.end()
    return picture


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _DEPTH
