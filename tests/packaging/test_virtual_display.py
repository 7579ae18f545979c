"""The virtual display: a module run on it has a screen of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = str(ROOT / "packaging" / "virtual_display.py")

LOOK = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
size = app.primaryScreen().size()
print(app.platformName(), size.width(), size.height(), *sys.argv[1:])
sys.exit(7)
"""


@pytest.mark.screen
@pytest.mark.parametrize("size", ["1920 1200", "1366 768"])
def test_a_module_runs_on_a_screen_of_its_own(tmp_path: Path, size: str) -> None:
    (tmp_path / "look.py").write_text(LOOK, encoding="utf-8")
    ours = {**os.environ, "PYTHONPATH": str(tmp_path), "DISPLAY": ":no-such-screen"}
    if size != "1920 1200":
        ours["VIRTUAL_SCREEN"] = f"{size.replace(' ', 'x')}x24"
    command = [sys.executable, SCRIPT, "look", "pictures"]
    done = subprocess.run(command, env=ours, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (7, f"xcb {size} pictures\n"), done.stderr
