"""What the editor's form costs while one types: bench_form.py [STEPS].

In a session of so many steps (100), the reps of one are typed anew: the form is told of each new draft. It prints the
processor time of what the form has, of showing it, and of painting it, and that of going to another step.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

STEP = """  - exercise: superman
    reps: {reps}
    tempo: {{lift: 1s}}
    sets: 3
    rest: 30s
    each_side: true
    say:
      - {{at: 5s, line: Up}}
      - {{at: half, line: Down}}
"""
ROUNDS = 100


def cost(act: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that something takes."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1_000


def main(steps: int) -> None:
    """Measure and print."""
    from PySide6.QtWidgets import QApplication

    from tests.ui.stage import Stage
    from timer_app.editing.draft_parser import DraftReader
    from timer_app.editing.form.builder import form_of
    from timer_app.ui.editor.form.step_form import StepForm

    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(application, Path(folder) / "home")
        catalogue = stage.services.catalogue
        reader = DraftReader("bench", catalogue)
        form = StepForm(stage.services)
        form.resize(430, 700)
        form.show()
        middle = steps // 2
        for case, typed in (("right", "{number}"), ("wrong", "x{number}")):
            made: list[float] = []
            shown: list[float] = []
            painted: list[float] = []
            for number in range(10, 10 + ROUNDS):
                reps = [typed.format(number=number) if index == middle else "10" for index in range(steps)]
                text = "format: 1\nname: Back\nsteps:\n" + "".join(STEP.format(reps=count) for count in reps)
                draft = reader.read(text)
                made.append(cost(lambda: form_of(draft, (middle,), catalogue)))  # noqa: B023 - called at once
                shown.append(cost(lambda: form.show_draft(draft, (middle,))))  # noqa: B023 - called at once
                painted.append(cost(application.processEvents))
            print(f"{case}: form {median(made):.2f} ms, shown {median(shown):.2f} ms, painted {median(painted):.2f} ms")
        gone = [cost(lambda: form.show_draft(draft, (index,))) for index in range(steps)]  # noqa: B023 - called at once
        print(f"another step: shown {median(gone):.2f} ms")
        form.close()
        stage.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
