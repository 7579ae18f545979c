"""How long the editor takes from a key to the picture: drawing, total, tree and form, in sessions of 100 steps.

Run it with `python3 packaging/dev.py bench tests/bench/bench_editor.py`. Processor time of this process, in
milliseconds; a frame of a screen with 60 pictures a second is 16.7 ms.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.ui.stage import Stage
from timer_app.editing.edited_session import new_for_editing
from timer_app.ui.editor.page import EditorPage
from timer_app.ui.shell.main_window import MainWindow

_HEAD = "format: 1\nname: Bench\nsteps:\n"
_PLAIN = "  - exercise: plank\n    hold: 30s\n    sets: 2\n    rest: 15s\n"
_LONG = (
    "  - exercise: superman\n    reps: 10\n    tempo: {lift: 1s, hold: 1s, lower: 2s}\n    last_rep_hold: 10s\n"
    "    sets: 3\n    rest: 45s\n"
)
TIMES = 40


def measure(act: Callable[[int], None]) -> list[float]:
    """Return the processor time of each of some repetitions, in milliseconds, without the first five."""
    spent = []
    for number in range(TIMES + 5):
        before = time.process_time()
        act(number)
        spent.append((time.process_time() - before) * 1000)
    return spent[5:]


def report(name: str, spent: list[float]) -> None:
    """Print a row of figures."""
    worst = max(spent)
    print(f"{name:58} median {statistics.median(spent):5.1f} ms, worst {worst:5.1f} ms")


def bench(name: str, step: str, stage: Stage) -> None:
    """Measure one session."""
    window = MainWindow(stage.services)
    window.resize(1120, 760)
    window.show()
    window.build()
    window.editing.open(new_for_editing(_HEAD + step * 100, stage.services.catalogue))
    page = window.page_widget("editor")
    assert isinstance(page, EditorPage)
    page.tree.choose([(50,)])
    app = stage.app
    app.processEvents()
    timeline = page.strip._timeline
    assert timeline is not None
    print(f"{name}: {len(timeline.intervals)} intervals")
    key = "reps" if "reps" in step else "hold"
    row = page.form.row(key)
    assert row is not None
    field = row.findChild(QLineEdit)
    assert field is not None

    def type_in_field(number: int) -> None:
        QTest.keyClick(field, Qt.Key.Key_Backspace if number % 2 else Qt.Key.Key_1)
        app.processEvents()

    def set_value(number: int) -> None:
        page.session.change(lambda by, now: by.set_values(now, (50,), {"sets": 2 + number % 2}), "Change", "x")

    def set_and_paint(number: int) -> None:
        set_value(number)
        app.processEvents()

    def move(number: int) -> None:
        page.session.change(lambda by, now: by.move(now, [(50 + number % 2,)], (52 if not number % 2 else 50,)), "Move")
        app.processEvents()

    def type_in_text(number: int) -> None:
        QTest.keyClick(page.code, Qt.Key.Key_Backspace if number % 2 else Qt.Key.Key_1)
        app.processEvents()

    field.setFocus()
    report("  a value changed, every view told", measure(set_value))
    report("  a value changed, every view told and painted", measure(set_and_paint))
    report("  a key in a field of the form, with its painting", measure(type_in_field))
    report("  a step moved, with its painting", measure(move))
    page.show_text(text=True)
    page.code.go_to(5, 14)
    app.processEvents()
    report("  a key in the text, with its painting", measure(type_in_text))
    page.session.close()
    window.close()
    app.processEvents()


def main() -> None:
    """Measure a plain session of 100 steps, and one in which each has nine intervals."""
    app = QApplication([])
    with TemporaryDirectory() as folder:
        stage = Stage(app, Path(folder))
        bench("100 planks of two sets", _PLAIN, stage)
        bench("100 supermans of three sets", _LONG, stage)
        stage.close()


if __name__ == "__main__":
    main()
