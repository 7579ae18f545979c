"""The signs on buttons: each is drawn from its file in the colour that is asked for, sharp at every size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from pytestqt.qtbot import QtBot

from timer_app.paths import assets
from timer_app.ui.look.icons import icon, paint_icon

SIGNS = sorted((assets() / "icons" / "signs").glob("*.svg"), key=lambda file: file.name)


def drawn(name: str, colour: QColor, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(0, 0, side, side), colour)
    painter.end()
    return image


def opaque(image: QImage) -> set[tuple[int, int, int]]:
    """Return the colours of the pixels that are wholly covered."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {(each.red(), each.green(), each.blue()) for each in pixels if each.alpha() == 255}


@pytest.mark.parametrize("file", SIGNS, ids=lambda file: file.stem)
def test_a_sign_has_the_colour_that_is_asked_for_and_no_other(qtbot: QtBot, file: Path) -> None:
    assert opaque(drawn(file.stem, QColor(20, 120, 90), 48)) == {(20, 120, 90)}
    assert opaque(drawn(file.stem, QColor(240, 200, 10), 96)) == {(240, 200, 10)}
    assert opaque(drawn(file.stem, QColor(20, 120, 90, 128), 48)) == set()


def test_an_icon_that_is_disabled_is_paler(qtbot: QtBot) -> None:
    sign = icon("pause", QColor(0, 0, 0))
    able, disabled = (
        sign.pixmap(QSize(24, 24), mode).toImage().pixelColor(8, 12).alpha()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert able == 255
    assert 100 < disabled < 130
