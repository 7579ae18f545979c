"""Write down for flatpak-builder what it has to fetch: packaging/flatpak/python-parts.json, from the lock.

Where each file lies is asked of pip, so this wants a connection, and what is written is not kept: it names an index.
Qt and PySide6 come with the base that the recipe stands on.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LOCK = FOLDER / "requirements.lock"
WRITTEN = FOLDER / "flatpak" / "python-parts.json"
PYTHON = "3.13"
"""The Python of the runtime that the recipe names."""

ARCHITECTURES = ("x86_64", "aarch64")
OF_THE_BASE = re.compile(r"(pyside6|shiboken6)", re.IGNORECASE)


def main() -> int:
    """Write the module; raises CalledProcessError when pip cannot tell."""
    entries = wanted(LOCK.read_text(encoding="utf-8"))
    files = {architecture: locate(entries, architecture) for architecture in ARCHITECTURES}
    WRITTEN.write_text(json.dumps(module(files), indent=2) + "\n", encoding="utf-8")
    return 0


def wanted(lock: str) -> str:
    """Return a lock without what the base brings."""
    entries = re.split(r"\n(?=\S)", lock)
    return "\n".join(entry for entry in entries if not OF_THE_BASE.match(entry))


def locate(lock: str, architecture: str) -> dict[str, str]:
    """Return for each file that pip would take for an architecture its address and its SHA-256."""
    platforms = ["manylinux2014", *(f"manylinux_2_{minor}" for minor in range(17, 43))]
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "wanted.lock"
        part.write_text(lock, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--dry-run",
            "--ignore-installed",
            "--quiet",
            "--report",
            "-",
        ]
        command += ["--no-deps", "--require-hashes", "--python-version", PYTHON, "--target", folder, "-r", str(part)]
        command += [f"--platform={platform}_{architecture}" for platform in platforms]
        # Nothing is known of this computer's own index settings: whoever builds it has others.
        quiet = {key: value for key, value in os.environ.items() if not re.match(r"PIP_.*(INDEX|FIND_LINKS)", key)}
        quiet["PIP_CONFIG_FILE"] = os.devnull
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=quiet).stdout
    found = [each["download_info"] for each in json.loads(told)["install"]]
    return {each["url"]: each["archive_info"]["hashes"]["sha256"] for each in found}


def module(files: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """Return the module that installs files, each for the architectures that want it."""
    urls = sorted({url for each in files.values() for url in each})
    sources = []
    for url in urls:
        having = [architecture for architecture, each in files.items() if url in each]
        sha256 = next(each[url] for each in files.values() if url in each)
        only = {} if len(having) == len(files) else {"only-arches": having}
        sources.append({"type": "file", "url": url, "sha256": sha256, **only})
    names = " ".join(sorted(_names(urls)))
    install = (
        'pip3 install --no-index --no-deps --no-build-isolation --find-links="file://${PWD}" --prefix="${FLATPAK_DEST}"'
    )
    return {
        "name": "python-parts",
        "buildsystem": "simple",
        "build-commands": [f"{install} {names}"],
        "sources": sources,
    }


def _names(urls: Iterable[str]) -> set[str]:
    """Return the distributions that files are of."""
    return {re.split(r"-\d", url.rpartition("/")[2])[0].replace("_", "-").lower() for url in urls}


if __name__ == "__main__":
    sys.exit(main())
