"""Run a module on a virtual display that nobody else sees: virtual_display.py MODULE [ARGS…].

Xvfb picks a free display itself, and ends with the module.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

SCREEN = "1920x1200x24"
"""The size and depth of the display, where the environment's VIRTUAL_SCREEN names no other."""


@contextmanager
def display(screen: str = SCREEN) -> Iterator[str]:
    """Start a display for a while, and give its name, such as `:1`."""
    read, write = os.pipe()
    server = ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp"]
    with subprocess.Popen(server, pass_fds=[write], stderr=subprocess.DEVNULL) as xvfb:
        os.close(write)
        try:
            with os.fdopen(read, encoding="ascii") as pipe:
                number = pipe.readline().strip()  # empty when Xvfb ended without a display
            if not number:
                sys.exit("Xvfb, the virtual display, did not start.")
            yield f":{number}"
        finally:
            xvfb.terminate()


def run(module: str, args: Sequence[str]) -> int:
    """Run a module with the display as its only screen; return its exit code."""
    with display(os.environ.get("VIRTUAL_SCREEN", SCREEN)) as name:
        screen = {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        command = [sys.executable, "-P", "-m", module, *args]
        return subprocess.run(command, check=False, env={**os.environ, **screen}).returncode


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:]))
