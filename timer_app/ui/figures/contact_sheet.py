"""A picture of every exercise's figure, for whoever draws them and for the documentation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QImageWriter, QPainter

from timer_app.atomic_write import write_atomically
from timer_app.exercises.model import Catalogue, Exercise
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.figures.scene import drawing_of
from timer_app.ui.look.theme import DARK, LIGHT, Colours

_NAME_OF_PROGRAM = "timer-app"
_COLUMNS = 4
_CELL = (480, 260)
_NAME = 30
_MARGIN = 14


def write_sheet(catalogue: Catalogue, out: Path, *, dark: bool = False, columns: int = _COLUMNS) -> None:
    """Write a PNG of every exercise that is drawn, its key poses side by side.

    Needs neither a window nor a screen: where no application runs, it makes one for the letters. Raises Problem where
    the picture cannot be written.
    """
    application = QGuiApplication.instance() or QGuiApplication([_NAME_OF_PROGRAM, "-platform", "offscreen"])
    colours = DARK if dark else LIGHT
    drawn = sorted((one for one in catalogue.values() if one.poses is not None), key=lambda one: one.name)
    rows = -(-len(drawn) // columns)
    image = QImage(columns * _CELL[0], max(1, rows) * _CELL[1], QImage.Format.Format_RGB32)
    image.fill(colours.canvas)
    painter = QPainter(image)
    for index, exercise in enumerate(drawn):
        cell = QRectF(index % columns * _CELL[0], index // columns * _CELL[1], *_CELL)
        _cell(painter, cell.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), exercise, colours)
    painter.end()
    del application  # it had to stay while letters were painted
    content = QBuffer()
    writer = QImageWriter(content, QByteArray(b"png"))
    writer.setCompression(100)
    writer.write(image)
    try:
        # Not by Qt, to which a path is text.
        write_atomically(out, bytes(content.data().data()))
    except OSError as error:
        raise Problem(
            _("The picture cannot be written to {file}.").format(file=out), _("Choose a folder that you may write to.")
        ) from error


def _cell(painter: QPainter, cell: QRectF, exercise: Exercise, colours: Colours) -> None:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(18)
    painter.setFont(font)
    painter.setPen(colours.text)
    painter.drawText(cell, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, exercise.name)
    drawing = drawing_of(exercise)
    if drawing is not None:
        drawing.paint_keys(painter, cell.adjusted(0, _NAME, 0, 0), colours.figure)
