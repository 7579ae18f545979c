"""The icons: rendered from the drawings as they are now, whole in every container, and on the window itself."""

import struct
from pathlib import Path

import icons
import pytest
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication

ALL = [(icon, size) for icon in icons.DRAWINGS for size in icons.SIZES]


def flat(image: QImage) -> bytes:
    flattened = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # kept: its bytes are its own
    return bytes(flattened.constBits())


def difference(one: QImage, other: QImage) -> float:
    """Return the mean difference of two images' channels, of 255; what is clear has no colour."""
    first, second = flat(one), flat(other)
    assert len(first) == len(second)
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) / len(first)


@pytest.mark.parametrize(("icon", "size"), ALL)
def test_the_pictures_are_those_of_the_drawings(qapp: QApplication, icon: str, size: int) -> None:
    kept = QImage(str(icons.ICONS / icon / f"{size}.png"))
    assert (kept.width(), kept.height()) == (size, size)
    assert difference(kept, icons.render(icon, size)) < 0.5, "run: python packaging/icons.py"


@pytest.mark.parametrize("icon", icons.DRAWINGS)
def test_the_picture_has_clear_corners_and_something_in_it(qapp: QApplication, icon: str) -> None:
    for size in icons.SIZES:
        image = icons.render(icon, size)
        assert image.pixelColor(0, 0).alpha() < 128
        assert image.pixelColor(size // 2, size // 2).alpha() == 255


@pytest.mark.parametrize("icon", icons.DRAWINGS)
def test_the_windows_icon_reads_back_in_every_size(qapp: QApplication, icon: str) -> None:
    reader = QImageReader(str(icons.ICONS / f"{icon}.ico"), b"ico")
    assert reader.imageCount() == len(icons.WINDOWS_SIZES)
    for index, size in enumerate(icons.WINDOWS_SIZES):
        assert reader.jumpToImage(index)
        assert difference(reader.read(), icons.render(icon, size)) < 0.5


def pictures(file: Path) -> dict[str, QImage]:
    """Return the pictures of an .icns file by their kinds."""
    data = file.read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8]) == (len(data),)
    found, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at + 4 : at + 8])
        found[data[at : at + 4].decode()] = QImage.fromData(data[at + 8 : at + length])
        at += length
    return found


def test_the_macos_icon_reads_back_in_every_size(qapp: QApplication) -> None:
    found = pictures(icons.ICONS / "guided-session-timer.icns")
    assert {kind: image.width() for kind, image in found.items()} == icons.MACOS_KINDS


def test_the_macos_icon_leaves_the_room_that_macos_wants(qapp: QApplication) -> None:
    image = pictures(icons.ICONS / "guided-session-timer.icns")["ic10"]
    filled = [x for x in range(1024) if image.pixelColor(x, 512).alpha() > 128]
    assert abs(filled[0] - 100) <= 4
    assert abs(filled[-1] - 923) <= 4
