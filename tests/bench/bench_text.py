"""What a key costs in the text of a session: bench_text.py [LINES].

From the key to the painted text, in CPU milliseconds, for a file of so many lines (2,000) in a window of 1000x700: the
median and the slowest of 60 keys, in the middle of the file.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HEAD = "format: 1\nname: Many planks\nsteps:\n"
_TURNS = 60
STEP = "  - exercise: plank\n    hold: 1:00   # as long as it feels good\n    sets: 2\n    rest: 45s\n\n"


def main(lines: int) -> None:
    """Measure each kind of key and print it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from timer_app.definition.parser import check_session
    from timer_app.exercises.catalogue import load_catalogue
    from timer_app.paths import assets
    from timer_app.settings import Settings
    from timer_app.ui.editor.text.code_editor import CodeEditor
    from timer_app.ui.look.theme import Theme

    application = QApplication([])
    catalogue = load_catalogue(assets() / "exercises").catalogue
    edit = CodeEditor(Theme(application, Settings()))
    edit.resize(1000, 700)
    edit.show_catalogue(catalogue)
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    text = HEAD + STEP * ((lines - 3) // 5)
    begun = time.process_time()
    edit.show_text(text)
    application.processEvents()
    print(
        f"shown in {1_000 * (time.process_time() - begun):.0f} ms: {len(text) // 1024} KiB, {edit.line_count()} lines"
    )
    wrong = text.replace("plank", "plnk", 100)
    edit.show_findings(check_session(wrong, "x", catalogue)[:100])

    def measure(name: str, press: Callable[[], None], undo: Callable[[], None]) -> None:
        taken: list[float] = []
        for _turn in range(_TURNS):
            before = time.process_time()
            press()
            application.processEvents()
            taken.append(1_000 * (time.process_time() - before))
            undo()
            application.processEvents()
        print(f"{name}: median {statistics.median(taken):.1f} ms, at most {max(taken):.1f} ms")

    def key(code: Qt.Key) -> Callable[[], None]:
        return lambda: QTest.keyClick(edit, code)

    middle = (lines // 10) * 5 + 4
    nothing = lambda: None  # noqa: E731 - a key that needs no undoing
    for words, line, column in (("", middle, 99), ("🧘", middle, 99)):
        edit.show_text(text.replace("Many", f"Many {words}"))
        edit.go_to(line, column)
        kind = "with an emoji, " if words else ""
        measure(f"{kind}a letter in an exercise's id", key(Qt.Key.Key_E), key(Qt.Key.Key_Backspace))
        measure(f"{kind}the caret a line down", key(Qt.Key.Key_Down), nothing)
        edit.go_to(line + 4, 1)
        measure(f"{kind}the beginning of a key", key(Qt.Key.Key_S), key(Qt.Key.Key_Backspace))
        measure(f"{kind}a quote that is not closed", key(Qt.Key.Key_QuoteDbl), key(Qt.Key.Key_Backspace))
        measure(f"{kind}a line more", key(Qt.Key.Key_Return), key(Qt.Key.Key_Backspace))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
