"""At any size of the system's text, what there is to press is within the commonest laptop's screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from virtual_display import display

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.screen


@contextmanager
def window_manager(screen: str) -> Iterator[None]:
    """Let windows on a display have frames for a while, and be maximised."""
    command = ["openbox", "--sm-disable", "--startup", "echo ready"]
    ours = os.environ | {"DISPLAY": screen}
    with subprocess.Popen(command, env=ours, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as openbox:
        assert openbox.stdout is not None
        try:
            assert any(line == "ready\n" for line in openbox.stdout)
            yield
        finally:
            openbox.terminate()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_all_there_is_to_press_is_within_the_screen(tmp_path: Path, percent: int) -> None:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    with display("1366x768x24") as screen, window_manager(screen):
        ours = os.environ | {"PYTHONPATH": str(ROOT), "QT_FONT_DPI": str(96 * percent // 100)}
        ours |= {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-m", "tests.journeys.fitting", "fit", str(tmp_path)]
        done = subprocess.run(command, cwd=tmp_path, env=ours, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
