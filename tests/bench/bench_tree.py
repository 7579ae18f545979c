"""Measure what it takes to show a draft in the editor's tree of steps after a key was pressed.

    python -m tests.bench.bench_tree

Prints milliseconds of processor time, the median of 200 drafts: of a hundred steps in one list, of a hundred in rounds
of nine, with a step that has a problem, and with a step that comes and goes at the top.
"""

from __future__ import annotations

import os
import time
from statistics import median

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from tests.ui.editor.tree_rig import Rig, lengths_of
from timer_app.settings import Settings
from timer_app.ui.look.theme import Theme

_DRAFTS = 200
_HEAD = "format: 1\nname: Long\nsteps:\n"
_FLAT = _HEAD + "".join(f"  - exercise: plank\n    hold: {number + 5}s\n" for number in range(100))
_ROUNDS = "  - rounds: 2\n    steps:\n"
_NESTED = _HEAD + "".join(
    _ROUNDS + "".join(f"      - exercise: plank\n        hold: {ten * 10 + one + 5}s\n" for one in range(9))
    for ten in range(10)
)


def measure(app: QApplication, rig: Rig, texts: tuple[str, str]) -> tuple[float, float]:
    """Return what showing one of two texts after the other takes, and what painting it takes after that."""
    drafts = [(draft, lengths_of(draft)) for draft in map(rig.reader.read, texts)]
    shown, painted = [], []
    for number in range(_DRAFTS):
        start = time.thread_time()
        rig.tree.show_draft(*drafts[number % 2])
        between = time.thread_time()
        app.processEvents()
        shown.append(between - start)
        painted.append(time.thread_time() - between)
    return median(shown) * 1_000, median(painted) * 1_000


def main() -> None:
    """Measure and print."""
    app = QApplication(["bench"])
    theme = Theme(app, Settings())
    theme.apply_to_system()
    rig = Rig(theme)
    rig.window.show()
    app.processEvents()
    wrong = _FLAT.replace("hold: 60s", "hold: soon")
    for what, texts in {
        "one list": (_FLAT, _FLAT.replace("hold: 54s", "hold: 30s")),
        "in rounds": (_NESTED, _NESTED.replace("hold: 53s", "hold: 30s")),
        "with a problem": (wrong, wrong.replace("hold: 54s", "hold: 30s")),
        "a step comes or goes": (_FLAT, _FLAT.replace("steps:\n", "steps:\n  - rest: 5s\n")),
    }.items():
        shown, painted = measure(app, rig, texts)
        print(f"{what:20}  show {shown:5.2f} ms  paint {painted:5.2f} ms")


if __name__ == "__main__":
    main()
