"""Write a PNG with every exercise's figure."""

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
    """Write a PNG of every exercise that has a figure, its key poses side by side.

    Needs no window or screen: where no application runs, it makes one for the fonts. Raises Problem where the file
    cannot be written.
    """
    application = QGuiApplication.instance() or QGuiApplication([_NAME_OF_PROGRAM, "-platform", "offscreen"])
    colours = DARK if dark else LIGHT
    drawn = sorted(
        (exercise for exercise in catalogue.values() if exercise.poses is not None), key=lambda exercise: exercise.name
    )
    rows = -(-len(drawn) // columns)
    image = QImage(columns * _CELL[0], max(1, rows) * _CELL[1], QImage.Format.Format_RGB32)
    image.fill(colours.canvas)
    painter = QPainter(image)
    for index, exercise in enumerate(drawn):
        cell = QRectF(index % columns * _CELL[0], index // columns * _CELL[1], *_CELL)
        _cell(painter, cell.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), exercise, colours)
    painter.end()
    del application  # needed while text was painted
    content = QBuffer()
    writer = QImageWriter(content, QByteArray(b"png"))
    writer.setCompression(100)
    writer.write(image)
    try:
        # Not written by Qt, to which a path is text.
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
