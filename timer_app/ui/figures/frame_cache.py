"""The pictures that a moving figure has shown, kept so that the next rep shows them again instead of painting anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import ceil

from msgspec import Struct
from PySide6.QtGui import QColor, QPainter, QPixmap

MOST = 24 * 1024 * 1024
"""The most bytes that the pictures of one view take. On a page of 1920x1080 a picture is some 450 kilobytes large, so
that nearly all of a movement's sixty are kept."""

_DEPTH = 4
"""Bytes a pixel."""


class FrameLook(Struct, frozen=True):
    """What the kept pictures have in common.

    Width and height are logical pixels, of which each is `ratio` real ones; `ground` is the colour behind the figure as
    Qt packs it, and `figure` whatever else makes it look different.
    """

    width: int
    height: int
    ratio: float
    ground: int
    figure: Hashable


class Frames:
    """Keeps pictures until they look different or `most` bytes are full; what is beyond that is painted each time.

    Nothing is given up for a newer picture: a movement that goes round would lose each one just before it comes again.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._look: FrameLook | None = None
        self._kept: dict[Hashable, QPixmap] = {}

    @property
    def size(self) -> int:
        """How many bytes the kept pictures take."""
        return sum(map(_bytes, self._kept.values()))

    def frame(self, look: FrameLook, moment: Hashable, paint: Callable[[QPainter], None]) -> QPixmap:
        """Return the picture of a moment; `paint` paints it where it is not kept."""
        if look is not self._look and look != self._look:
            self._look = look
            self._kept.clear()
        kept = self._kept.get(moment)
        if kept is None:
            kept = _painted(look, paint)
            if (len(self._kept) + 1) * _bytes(kept) <= self._most:
                self._kept[moment] = kept
        return kept


def _painted(look: FrameLook, paint: Callable[[QPainter], None]) -> QPixmap:
    picture = QPixmap(ceil(look.width * look.ratio), ceil(look.height * look.ratio))
    picture.setDevicePixelRatio(look.ratio)
    picture.fill(QColor.fromRgba(look.ground))
    painter = QPainter(picture)
    paint(painter)
    painter.end()
    return picture


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _DEPTH
