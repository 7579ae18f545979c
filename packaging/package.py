"""Make what people install, on the system that this runs on: package.py [FOLDER], by default dist/.

Everywhere the program in one folder, and the list of what is in it; on Linux an archive of both, on Debian and its kin
a package as well. `packaging/dev.py package` sets up what this needs, and starts it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, only this folder is on it

from freeze import NAME, WORK, Frozen, freeze  # noqa: E402
from parts import Part, is_gpl, parts_of  # noqa: E402
from sbom import document  # noqa: E402

from timer_app import __version__  # noqa: E402

READ_ME = """\
Guided Session Timer {version}

Start timer-app in this folder: with no words it opens the window, and `timer-app --help` tells the rest.
The voice is espeak-ng's: install that with your system's package manager. In share/ there are the menu entry, the
icons, the manual page and the completions, for /usr/local/share or ~/.local/share. licences/ and sbom.cdx.json tell
whose work is in here.

To remove the program, delete this folder. What you did is in ~/.local/share/guided-session-timer.
"""


def main(args: Sequence[str]) -> int:
    """Make everything that this system can make, and print the size of each."""
    into = Path(args[0]) if args else ROOT / "dist"
    made_at = release_time()
    frozen = freeze(into)
    parts = parts_of(frozen)
    if forbidden := [part.name for part in parts if is_gpl(part.licence)]:
        sys.exit(f"Under the GPL, and not to be shipped: {', '.join(forbidden)}")
    sbom = document(parts, made_at)
    (into / f"{NAME}-{__version__}.cdx.json").write_text(sbom, encoding="utf-8")
    _tell(frozen.folder)
    if sys.platform == "linux":
        _tell(build_archive(frozen, parts, sbom, into, made_at))
    if shutil.which("dpkg-deb") and shutil.which("dpkg-shlibdeps"):
        from debian import build_deb  # noqa: PLC0415 - only where Debian's tools are

        within = [part for part in parts if not part.purl.startswith("pkg:deb/")]
        _tell(build_deb(frozen, parts, document(within, made_at), into, made_at))
    return 0


def build_archive(frozen: Frozen, parts: Sequence[Part], sbom: str, into: Path, epoch: int) -> Path:
    """Pack the folder, with what a desktop wants to find, and the licences of all parts."""
    from desktop import install_tree  # noqa: PLC0415 - only where there is such a desktop

    top = f"{NAME}-{__version__}"
    tree = into / WORK / "archive" / top
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(frozen.folder, tree, symlinks=True)
    install_tree(tree)
    (tree / "usr" / "share").rename(tree / "share")
    (tree / "usr").rmdir()
    (tree / "README.txt").write_text(READ_ME.format(version=__version__), encoding="utf-8")
    (tree / "sbom.cdx.json").write_text(sbom, encoding="utf-8")
    (tree / "licences").mkdir()
    for part in parts:
        (tree / "licences" / f"{part.name.replace(' ', '-')}.txt").write_text(part.text, encoding="utf-8")
    file = into / f"{top}-linux-{os.uname().machine}.tar.xz"
    with tarfile.open(file, "w:xz") as archive:
        for path in [tree, *sorted(tree.rglob("*"))]:
            entry = archive.gettarinfo(str(path), str(path.relative_to(tree.parent)))
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = epoch, 0, 0, "root", "root"
            with path.open("rb") if entry.isreg() else open(os.devnull, "rb") as content:  # noqa: PTH123
                archive.addfile(entry, content)
    return file


def release_time() -> int:
    """Return the time that all files get: what SOURCE_DATE_EPOCH says, or that of the last commit, or now."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(asked.stdout.strip() or time.time())


def _tell(made: Path) -> None:
    """Print a file's or a folder's size, in millions of bytes."""
    files = [path for path in made.rglob("*") if path.is_file() and not path.is_symlink()] if made.is_dir() else [made]
    print(f"{sum(path.stat().st_size for path in files) / 1e6:7.1f} MB  {made}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
