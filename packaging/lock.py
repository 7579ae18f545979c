"""Lock the versions of everything that is installed from PyPI, with the hashes of every file of each release.

Standard library only. The resolver (uv) is fetched into a folder that is thrown away. It looks at every system and at
Python 3.11 and newer at once, and knows nothing of this computer's own index settings. Its own lock names the index in
each line, and is ignored by git; what is kept are its exports, which any pip can install from.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
HEADER = "# Written by: python3 packaging/dev.py lock\n"

LOCKS = {
    "requirements.lock": [],
    "requirements-package.lock": ["--group", "package"],
    "requirements-test.lock": ["--group", "test"],
}
"""Each lock, and what it holds beside what the app itself needs."""


def main(args: Sequence[str]) -> int:
    """Choose the newest allowed versions, once for all locks, and write these; arguments go to `uv lock`."""
    with tempfile.TemporaryDirectory() as name:
        tool = Path(name)
        venv.create(tool, with_pip=True)
        scripts = tool / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([str(scripts / "python"), "-m", "pip", "install", "--quiet", "uv"], check=True)
        _uv(scripts / "uv", "lock", "--upgrade", *args)
        export = ["export", "--frozen", "--no-emit-project", "--no-header", "--no-annotate"]
        texts = {lock: HEADER + _uv(scripts / "uv", *export, *group) for lock, group in LOCKS.items()}
    for lock, text in texts.items():
        (FOLDER / lock).write_text(text, encoding="utf-8")
    return 0


def _uv(uv: Path, *args: str) -> str:
    """Return what uv prints for this project, with no index but PyPI."""
    quiet = {key: value for key, value in os.environ.items() if not re.match(r"(UV|PIP)_.*(INDEX|FIND_LINKS)", key)}
    command = [str(uv), "--quiet", "--no-config", "--project", str(FOLDER.parent), *args]
    return subprocess.run(command, check=True, env=quiet, stdout=subprocess.PIPE, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
