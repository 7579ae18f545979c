"""PySide6 6.12.0 dies on Python 3.11 after some 5,000 calls that return None: no locked version may."""

import os
import subprocess
import sys

CODE = """
from PySide6.QtCore import QObject
thing = QObject()
for number in range(20_000):
    thing.setObjectName("n")
print("alive after", number + 1)
"""


def test_twenty_thousand_calls_that_return_none() -> None:
    ours = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CODE], env=ours, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "alive after 20000\n", "")
