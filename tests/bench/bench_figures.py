"""Measure what a figure costs: getting it ready, working out a moment, and painting it.

    python -m tests.bench.bench_figures

Prints milliseconds of processor time: the median over the exercises of each one's fastest, and the dearest exercise.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).parents[2]

from PySide6.QtCore import QRectF  # noqa: E402 - after the platform is chosen
from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: E402

from timer_app.exercises.catalogue import load_catalogue  # noqa: E402
from timer_app.ui.figures.scene import Drawing, drawing_of  # noqa: E402
from timer_app.ui.look.theme import LIGHT  # noqa: E402

ROOM = QRectF(0, 0, 420, 320)
LOOKS = 150


def fastest(work: Callable[[int], object]) -> float:
    """Return the processor time of the fastest of many runs, in milliseconds."""
    best = float("inf")
    for look in range(LOOKS):
        start = time.thread_time()
        work(look)
        best = min(best, time.thread_time() - start)
    return best * 1_000


def painting(drawing: Drawing) -> float:
    """Return what working out and painting one moment takes."""
    image = QImage(420, 320, QImage.Format.Format_RGB32)
    image.fill(LIGHT.canvas)
    painter = QPainter(image)

    def paint(look: int) -> None:
        scene = drawing.motion.at(look % 30 / 30)
        drawing.paint(painter, ROOM, scene, LIGHT.figure, breath=0.5)

    took = fastest(paint)
    painter.end()
    return took


def main() -> None:
    """Measure and print."""
    application = QGuiApplication(["bench"])
    catalogue = load_catalogue(ROOT / "assets" / "exercises").catalogue
    start = time.process_time()
    drawings = {one.id: drawing for one in catalogue.values() if (drawing := drawing_of(one)) is not None}
    print(f"ready        {(time.process_time() - start) * 1_000 / len(drawings):.2f} ms each, {len(drawings)} figures")
    paints = {name: painting(drawing) for name, drawing in drawings.items()}
    dearest = max(paints, key=paints.__getitem__)
    print(f"paint        {median(paints.values()):.2f} ms, dearest {paints[dearest]:.2f} ({dearest})")
    moments = [fastest(lambda look, one=drawing: one.motion.at(look / LOOKS)) for drawing in drawings.values()]  # type: ignore[misc]
    print(f"of it moving {median(moments):.2f} ms")
    application.quit()


if __name__ == "__main__":
    main()
