"""Lock the versions of everything that is installed from PyPI, with the hashes of every file of each release.

Standard library only. The resolver (uv) is fetched into a folder that is thrown away. It looks at every system and at
Python 3.11 and newer at once, and knows nothing of this computer's own index settings.
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
PROJECT = FOLDER.parent / "pyproject.toml"
HEADER = "# Written by: python3 packaging/dev.py lock\n"

LOCKS = {
    "requirements.lock": [],
    "requirements-package.lock": ["--group", "package"],
    "requirements-test.lock": ["--group", "test"],
}
"""Each lock, and what it holds beside what the app itself needs."""

# pyttsx3 asks for all of pyobjc on macOS, some 170 packages; its driver imports Foundation and AppKit alone, which
# pyproject.toml names itself (pyobjc-framework-Cocoa).
LEFT_OUT = "pyobjc\n"


def resolve(uv: Path, folder: Path, name: str, more: Sequence[str]) -> str:
    """Return the text of one lock, resolved from pyproject.toml."""
    left_out = folder / "left-out.txt"
    left_out.write_text(LEFT_OUT, encoding="utf-8")
    out = folder / name
    command = [str(uv), "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--only-binary", ":all:", "--no-emit-index-url", "--no-header", "--no-annotate"]
    command += ["--excludes", str(left_out), "--output-file", str(out), *more, str(PROJECT)]
    quiet = {key: value for key, value in os.environ.items() if not re.match(r"(UV|PIP)_.*(INDEX|FIND_LINKS)", key)}
    subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)
    return HEADER + out.read_text(encoding="utf-8")


def main() -> int:
    """Write the locks; each repeats the choices of those before it and adds its own tools."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "tool", with_pip=True)
        scripts = folder / "tool" / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([str(scripts / "python"), "-m", "pip", "install", "--quiet", "uv"], check=True)
        kept: list[str] = []
        texts = {}
        for lock, group in LOCKS.items():
            texts[lock] = resolve(scripts / "uv", folder, lock, [*group, *kept])
            kept += ["--constraint", str(folder / lock)]
    for lock, text in texts.items():
        (FOLDER / lock).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
