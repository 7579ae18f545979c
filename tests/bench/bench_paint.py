"""What the page of a running session costs: bench_paint.py [STEPS] [SECONDS].

STEPS is `hold` (a minute of planks, the usual), `reps` (supermen with their figure's tempo) or `rest`. It measures
the page in a window of 900x700 on a virtual display: as it runs by itself, with 10 and with 30 pictures a second,
with less motion, and minimised, each for so many seconds (20) after it has run for a while.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from timer_app.conductor.conductor import Conductor

if TYPE_CHECKING:
    from timer_app.conductor.snapshot import Snapshot

CASES = ("usual", "10 Hz", "30 Hz", "less motion", "minimised")
WARM_UP = 9_000
"""Milliseconds until two reps are done, and each breath of a hold was shown: all the figure's pictures are painted."""


def each(milliseconds: float) -> Callable[[object], float]:
    """Return a frame interval that never changes."""
    return lambda _now: milliseconds


def main(steps: str, seconds: float) -> None:
    """Measure every case and print it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    import tests.ui.run.rig as rigs
    from timer_app.clock import SystemClock
    from timer_app.exercises.catalogue import load_catalogue
    from timer_app.paths import assets
    from timer_app.settings import Settings
    from timer_app.ui.look.theme import Theme
    from timer_app.ui.run.page import RunPage

    rigs.__dict__["ManualClock"] = SystemClock
    rigs.CATALOGUE = load_catalogue(assets() / "exercises").catalogue
    application = QApplication([])
    theme = Theme(application, Settings())
    chosen = {"hold": rigs.PLANKS, "reps": rigs.SUPERMAN, "rest": rigs.PLANKS}[steps]
    for case in CASES:
        theme.use(Settings(reduced_motion=case == "less motion"))
        rig = rigs.Rig(*chosen, setup=1_000)
        page = RunPage(theme)
        window = QMainWindow()
        window.setCentralWidget(page)
        window.resize(900, 700)
        window.show()
        page.play(rig.driver)
        frame_interval: Callable[[Snapshot], float] = partial(page.panels.frame_interval, 1.0)
        if case.endswith(" Hz"):
            frame_interval = each(1_000 / int(case.removesuffix(" Hz")))
            rig.driver.start(frame_interval)
        if steps == "rest":
            rig.driver.do(Conductor.skip)
            rig.driver.do(Conductor.skip)
        if case == "minimised":
            window.showMinimized()

        def begin(
            case: str = case, rig: rigs.Rig = rig, frame_interval: Callable[[Snapshot], float] = frame_interval
        ) -> None:
            used, wall = time.process_time(), time.clock_gettime(time.CLOCK_MONOTONIC)

            def end() -> None:
                passed = time.clock_gettime(time.CLOCK_MONOTONIC) - wall
                cost = 100 * (time.process_time() - used) / passed
                pictures = 1_000 / frame_interval(rig.conductor.snapshot())
                print(f"{steps}, {case}: {cost:.2f} % of a core, {pictures:.1f} pictures a second where they move")
                application.quit()

            QTimer.singleShot(round(seconds * 1_000), end)

        QTimer.singleShot(WARM_UP, begin)
        application.exec()
        rig.driver.do(Conductor.stop)
        window.close()
        window.deleteLater()


if __name__ == "__main__":
    if "DISPLAY" not in os.environ and shutil.which("xvfb-run"):
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24", sys.executable, "-m", "tests.bench.bench_paint"]
        os.execvp("xvfb-run", [*screen, *sys.argv[1:]])
    wanted = [*sys.argv[1:], *("hold", "20")[len(sys.argv) - 1 :]]
    main(wanted[0], float(wanted[1]))
