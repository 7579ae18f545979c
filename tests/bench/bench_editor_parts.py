"""What the editor's parts cost: the picker opened and searched, the timeline of 2,000 intervals drawn, as CPU time."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.stage import Stage
from timer_app.definition.model import ExerciseStep, Hold, Session
from timer_app.settings import Settings
from timer_app.timeline.compile import compile_session
from timer_app.ui.editor.picker.dialog import ExercisePicker
from timer_app.ui.editor.preview.timeline_strip import TimelineStrip
from timer_app.ui.look.theme import Theme

TIMES = 25


def cost(work: Callable[[], object]) -> float:
    """Return the median CPU time of some work, in milliseconds."""
    taken = []
    for _time in range(TIMES):
        before = time.process_time()
        work()
        taken.append((time.process_time() - before) * 1000)
    return statistics.median(taken)


def measure_picker(app: QApplication, stage: Stage, window: QWidget) -> None:
    def opened() -> None:
        picker = ExercisePicker(stage.services, window)
        picker.show()
        app.processEvents()
        picker.close()
        picker.deleteLater()

    opened()
    print(f"picker: opened and painted in {cost(opened):.1f} ms")
    picker = ExercisePicker(stage.services, window)
    picker.show()
    typed = ("p", "pl", "pla", "plan", "plank", "")

    def searched() -> None:
        for text in typed:
            picker.search.setText(text)
            app.processEvents()

    print(f"picker: a letter typed and shown in {cost(searched) / len(typed):.1f} ms")
    picker.close()


def measure_strip(theme: Theme, steps: int, sets: int, width: int) -> None:
    every = tuple(ExerciseStep(Hold(10_000 + n), name=f"{n}", sets=sets, rest=4_000) for n in range(steps))
    timeline = compile_session(Session("Long", every), {})
    strip = TimelineStrip(theme)
    strip.resize(width, strip.sizeHint().height())
    strip.show_timeline(timeline)
    strip.mark_step((1,))
    picture = QImage(strip.size(), QImage.Format.Format_ARGB32_Premultiplied)

    def changed() -> None:
        strip.show_timeline(timeline)
        strip.render(picture)

    again, anew = cost(lambda: strip.render(picture)), cost(changed)
    print(f"timeline: {len(timeline.intervals)} intervals on {width} px: {again:.2f} ms painted, {anew:.1f} ms changed")


def main() -> None:
    app = QApplication([])
    theme = Theme(app, Settings())
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(app, Path(folder), theme=theme)
        window = QWidget()
        window.resize(1024, 700)
        window.show()
        measure_picker(app, stage, window)
        stage.close()
    for steps, sets in ((100, 2), (100, 10)):
        for width in (900, 1_900):
            measure_strip(theme, steps, sets, width)


if __name__ == "__main__":
    main()
