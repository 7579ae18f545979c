"""Render the icons from their drawings: icons.py, after a drawing in assets/icons/ was changed.

The pictures are kept beside the drawings, so that whoever packages the program needs no Qt for it. Small sizes have
drawings of their own, with fewer and bolder strokes.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "assets" / "icons"

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Those that the icon theme specification has folders for, and desktops ask for."""

DRAWINGS: Mapping[str, Mapping[int, str]] = {
    "guided-session-timer": {16: "guided-session-timer-16", 32: "guided-session-timer-24", 512: "guided-session-timer"},
    "session": {24: "session-16", 512: "session"},
}
"""For each icon, the largest size that each of its drawings is meant for."""

WINDOWS_SIZES = (16, 24, 32, 48, 64, 256)

MACOS_KINDS = {
    "icp4": 16,
    "icp5": 32,
    "ic11": 32,
    "ic12": 64,
    "ic07": 128,
    "ic13": 256,
    "ic08": 256,
    "ic14": 512,
    "ic09": 512,
    "ic10": 1024,
}
"""The sizes of an .icns file by their names in it, as Apple's iconutil writes them; ic11 to ic14 are the fine ones."""

MACOS_FILL = 0.86
"""On macOS an icon leaves room around itself: 824 of 1024 pixels are filled, where our drawing fills 240 of 256."""


def drawing(icon: str, size: int) -> Path:
    """Return the drawing that an icon has for a size in pixels."""
    name = next((name for largest, name in DRAWINGS[icon].items() if size <= largest), icon)
    return ICONS / f"{name}.svg"


def render(icon: str, size: int, fill: float = 1.0) -> QImage:
    """Return an icon in a size in pixels, of which its drawing fills a share."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    margin = size * (1 - fill) / 2
    QSvgRenderer(str(drawing(icon, size))).render(painter, QRectF(margin, margin, size * fill, size * fill))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return an image as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the description wants bytes, which Qt does not take
    return bytes(data.data())


def bitmap(image: QImage) -> bytes:
    """Return an image as the part of an .ico file that every Windows reads: bottom row first, with an empty mask."""
    size = image.width()
    upright = bytes(image.constBits())
    rows = [upright[y * size * 4 : (y + 1) * size * 4] for y in reversed(range(size))]
    mask = bytes((size + 31) // 32 * 4 * size)
    pixels = b"".join(rows)
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0)
    return header + pixels + mask


def ico(images: Iterable[QImage]) -> bytes:
    """Return an .ico file: the largest size packed as a PNG, the others as bitmaps."""
    parts = [(image.width(), png(image) if image.width() == 256 else bitmap(image)) for image in images]
    directory = struct.pack("<HHH", 0, 1, len(parts))
    offset = len(directory) + 16 * len(parts)
    for size, part in parts:
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(part), offset)
        offset += len(part)
    return directory + b"".join(part for _size, part in parts)


def icns() -> bytes:
    """Return the program's .icns file, which is a row of PNG files, each behind its kind and its length."""
    parts = [
        (kind.encode(), png(render("guided-session-timer", size, MACOS_FILL))) for kind, size in MACOS_KINDS.items()
    ]
    body = b"".join(kind + struct.pack(">I", len(data) + 8) + data for kind, data in parts)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def write(folder: Path) -> None:
    """Write every picture below a folder."""
    for icon in DRAWINGS:
        (folder / icon).mkdir(parents=True, exist_ok=True)
        for size in SIZES:
            (folder / icon / f"{size}.png").write_bytes(png(render(icon, size)))
        (folder / f"{icon}.ico").write_bytes(ico(render(icon, size) for size in WINDOWS_SIZES))
    (folder / "guided-session-timer.icns").write_bytes(icns())


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv)
    write(ICONS)
