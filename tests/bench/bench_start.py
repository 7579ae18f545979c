"""How soon the window is there, against an empty PySide6 window: pairs in turn, and the median of their ratios."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from timer_app.paths import FOLDER

PAIRS = int(os.environ.get("BENCH_PAIRS", "31"))
SCRIPT = Path(__file__).with_name("first_paint.py")


def once(*arguments: str) -> dict[str, float]:
    """Return when the window, and its content, were painted, in ms after the process was started."""
    environment = os.environ | {"BENCH_STARTED": str(time.time_ns()), "PYTHONPATH": str(SCRIPT.parents[2])}
    # As on a person's computer, where the second start finds compiled modules.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    run = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return {what: float(when) for what, when in (line.split() for line in run.stdout.splitlines())}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "config", FOLDER, "settings.json")
        settings.parent.mkdir(parents=True)
        settings.write_text('{"welcomed": true}')
        once("app", folder), once("empty")
        pairs = [(once("app", folder), once("empty")) for _ in range(PAIRS)]
    for what in ("window", "content"):
        ours = [app[what] for app, _empty in pairs]
        theirs = [empty[what] for _app, empty in pairs]
        ratio = statistics.median(app[what] / empty[what] for app, empty in pairs)
        print(
            f"{what}: {statistics.median(ours):.0f} ms against {statistics.median(theirs):.0f} ms for an empty window, "
            f"median ratio {ratio:.2f} over {len(pairs)} pairs"
        )


if __name__ == "__main__":
    if "DISPLAY" not in os.environ and shutil.which("xvfb-run"):
        os.execvp("xvfb-run", ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24", sys.executable, __file__])
    main()
