"""Files that macOS hands to the running program: told once each, and nothing else is."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

HEAR = """
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from timer_app.ui.desktop.application import Application

application = Application("x")
application.file_requested.connect(print)
for event in (
    QFileOpenEvent("/somewhere/a plank.session.yaml"),
    QFileOpenEvent(QUrl("https://elsewhere.invalid/b.session.yaml")),
    QEvent(QEvent.Type.ApplicationPaletteChange),
    QFileOpenEvent(QUrl.fromLocalFile("/somewhere/ü.session.yaml")),
):
    application.sendEvent(application, event)
"""


def test_a_file_that_is_opened_is_told(tmp_path: Path) -> None:
    """In a process of its own: there can be one application in each, and the tests have one already."""
    ours = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", HEAR]
    done = subprocess.run(command, env=ours, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    assert (done.stdout.splitlines(), done.stderr) == (
        ["/somewhere/a plank.session.yaml", "/somewhere/ü.session.yaml"],
        "",
    )
