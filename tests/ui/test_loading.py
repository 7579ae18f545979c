from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from timer_app.ui.loading import HISTORY, Loading

ROOT = Path(__file__).parents[2]

# Prints what the History page needs besides what is loaded ahead.
LEFT_OVER = """
import sys
import timer_app.ui.main_window, timer_app.ui.library.page
from timer_app.ui.loading import HISTORY
from importlib import import_module
for name in HISTORY[:-1]:
    import_module(name)
before = set(sys.modules)
import_module(HISTORY[-1])
print(sorted(name for name in set(sys.modules) - before if name.startswith("timer_app")))
"""


def test_each_module_is_there_and_loaded_in_turn(qtbot: QtBot) -> None:
    assert all(find_spec(name) for name in HISTORY)
    owner = QObject()
    loading = Loading(HISTORY, owner)
    loading.start()
    qtbot.waitUntil(lambda: loading.done)
    assert set(HISTORY) <= sys.modules.keys()


def test_nothing_is_left_for_the_page_itself() -> None:
    command = [sys.executable, "-c", LEFT_OVER]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "['timer_app.ui.history.page']\n"
