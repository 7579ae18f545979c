"""The Debian package: the frozen program below /usr/lib, what a desktop wants to find, and what Debian asks of both.

What Debian has itself is not in it but among its dependencies, so that its security updates reach the program too.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import textwrap
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from addresses import read_addresses
from desktop import Release, install_tree, read_releases
from freeze import NAME, WORK, Frozen
from parts import ROOT, Part, licence_text

from timer_app import __version__

REVISION = "1"
NOBODY = "The Guided Session Timer authors <nobody@localhost>"
"""Whom a package names that is not for release: dpkg wants somebody."""

ALSO_NEEDED = ("espeak-ng", "libasound2 | libpulse0")
"""What the program stands on without being linked to it: the voice's engine, and a way to a loudspeaker."""

SUMMARY = "timer for exercise sessions, with a countdown and spoken cues"
DESCRIPTION = """\
Follow a timed session from the mat: a countdown that can be read from three metres, and a voice that says what comes
next and ends on its mark. Eighteen sessions and fifty-five drawn exercises are there to begin with; sessions of one's
own are text files.

What was done is kept on this computer and nowhere else. The program never opens a network connection."""

IN_COMMON_LICENSES = {
    "GPL-2.0-or-later": "GPL-2",
    "GPL-3.0-only": "GPL-3",
    "LGPL-2.0-or-later": "LGPL-2",
    "LGPL-3.0-only": "LGPL-3",
    "LGPL-3.0-or-later": "LGPL-3",
    "MPL-2.0": "MPL-2.0",
}
"""The licences whose texts every Debian system has, and what they are called there."""

OVERRIDES = f"""\
# Compiled by PyInstaller, Qt and Python's own makers, as they are in their releases.
{NAME}: hardening-no-pie [usr/lib/{NAME}/timer-app]
# Modules of Python that ask nothing of the C library, and tables with no code in them.
{NAME}: library-not-linked-against-libc *
{NAME}: shared-library-lacks-prerequisites *
# The program's libraries lie in a folder of its own, beside those that ask for them.
{NAME}: custom-library-search-path RUNPATH *
# Debian's own build of Python has it in there; where another Python was frozen, this is not needed.
{NAME}: embedded-library expat [usr/lib/{NAME}/_internal/libpython*]
# Made for this system by us, and not uploaded to Debian.
{NAME}: initial-upload-closes-no-bugs *
"""


UNRELEASED = f"""\
# The project has no address yet, so this package is for trying it on the computer that it was made on.
{NAME}: bogus-mail-host *
{NAME}: bogus-mail-host-in-debian-changelog *
"""


def build_deb(frozen: Frozen, parts: Sequence[Part], sbom: str, into: Path, epoch: int) -> Path:
    """Build the package below `into` and return its file; `epoch`, in seconds, is the time of all that is in it."""
    root = into / WORK / "deb"
    shutil.rmtree(root, ignore_errors=True)
    program = root / "usr" / "lib" / NAME
    shutil.copytree(frozen.folder, program, symlinks=True)
    debians = [part for part in parts if part.purl.startswith("pkg:deb/")]
    for name in {file for part in debians for file in part.files}:
        (program / "_internal" / name).unlink()
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "timer-app").symlink_to(f"../lib/{NAME}/timer-app")
    install_tree(root)
    _document(root, [part for part in parts if part not in debians], sbom, epoch)
    _tidy(root)
    depends = ", ".join([*_linked(program, into), *ALSO_NEEDED])
    _describe(root, depends)
    version = f"{__version__}-{REVISION}"
    file = into / f"{NAME}_{version}_{_architecture()}.deb"
    ours = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(file)]
    subprocess.run(command, check=True, env=ours, stdout=subprocess.DEVNULL)
    return file


def _document(root: Path, parts: Sequence[Part], sbom: str, epoch: int) -> None:
    """Write what is told about the package: copyright, changes, the list of parts, what lintian need not say."""
    folder = root / "usr" / "share" / "doc" / NAME
    folder.mkdir(parents=True)
    (folder / "copyright").write_text(copyright_file(parts), encoding="utf-8")
    (folder / "sbom.cdx.json").write_text(sbom, encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    today = datetime.fromtimestamp(epoch, UTC)
    _gzip(folder / "changelog.gz", changes)
    _gzip(folder / "changelog.Debian.gz", debian_changelog(read_releases(changes, today.date()), today))
    overrides = root / "usr" / "share" / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    named = OVERRIDES if read_addresses().maintainer else OVERRIDES + UNRELEASED
    overrides.write_text(named, encoding="utf-8")


def debian_changelog(releases: Iterable[Release], today: datetime) -> str:
    """Return the changes in Debian's form, newest first; what is not out yet is of `today`."""
    entries = []
    for release in releases:
        day = datetime.combine(release.day, today.time(), UTC)
        points = "\n".join(
            textwrap.fill(change, 78, initial_indent="  * ", subsequent_indent="    ") for change in release.changes
        )
        head = f"{NAME} ({release.version}-{REVISION}) stable; urgency=medium"
        entries.append(f"{head}\n\n{points or '  * New release.'}\n\n -- {_maintainer()}  {format_datetime(day)}\n")
    return "\n".join(entries)


def copyright_file(parts: Sequence[Part]) -> str:
    """Return the file `copyright` in Debian's form (DEP-5): who owns what, and under which terms, ours first."""
    source = [f"Source: {parts[0].source}"] if parts[0].source else []
    lines = ["Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"]
    lines += [f"Upstream-Name: {NAME}", *source]
    for part in parts:
        ours = part.name == NAME
        lines += ["", f"Files: {'*' if ours else ' '.join(_patterns(part))}", f"Copyright: {part.copyright}"]
        lines += [f"License: {_short_name(part)}"]
        lines += [f"Comment: {part.name} {part.version}" + (f"; sources: {part.source}" if part.source else "")]
    told = set()
    for part in parts:
        if (name := _short_name(part)) not in told:
            told.add(name)
            lines += ["", f"License: {name}", *_indented(_terms(part))]
    return "\n".join(lines) + "\n"


def _patterns(part: Part) -> list[str]:
    """Return where in the package a part is: its files, or what its modules are packed into."""
    there = [f"usr/lib/{NAME}/_internal/{file}" for file in part.files if "/" in file or ".so" in file]
    return there or [f"usr/lib/{NAME}/timer-app"]


def _short_name(part: Part) -> str:
    """Return what a licence is called: MIT and its like name their holders, so each part's is one of its own."""
    exception = part.licence.replace(" WITH ", " with ").replace("Bootloader-exception", "Bootloader exception")
    return (
        exception
        if part.licence in IN_COMMON_LICENSES or " " in exception
        else f"{part.licence}~{part.name.split()[0]}"
    )


def _terms(part: Part) -> str:
    licence, _, exception = part.licence.partition(" WITH ")
    if (common := IN_COMMON_LICENSES.get(licence)) is None:
        return part.text
    pointer = f"On Debian systems the full text is in /usr/share/common-licenses/{common}."
    return f"{pointer}\n\n{licence_text(exception)}" if exception else pointer


def _indented(text: str) -> list[str]:
    return [f" {line.rstrip()}" if line.strip() else " ." for line in text.strip().splitlines()]


def _describe(root: Path, depends: str) -> None:
    """Write what dpkg is told: the control file, and a sum of each file."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-path.lstat().st_size // 1024) for path in root.rglob("*"))
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}"
        for path in files
    ]
    description = "\n".join(f" {line}" if line else " ." for line in _folded(DESCRIPTION))
    fields = {
        "Package": NAME,
        "Version": f"{__version__}-{REVISION}",
        "Section": "misc",
        "Priority": "optional",
        "Architecture": _architecture(),
        "Maintainer": _maintainer(),
        "Installed-Size": str(size),
        "Depends": depends,
        "Homepage": read_addresses().homepage,
        "Description": f"{SUMMARY}\n{description}",
    }
    folder = root / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text(
        "".join(f"{name}: {value}\n" for name, value in fields.items() if value), encoding="utf-8"
    )
    (folder / "md5sums").write_text("\n".join(sums) + "\n", encoding="utf-8")
    for path in folder.iterdir():
        path.chmod(0o644)


def _maintainer() -> str:
    return read_addresses().maintainer or NOBODY


def _folded(text: str) -> list[str]:
    paragraphs = [textwrap.wrap(paragraph, 78) for paragraph in text.split("\n\n")]
    return [line for number, lines in enumerate(paragraphs) for line in ([""] if number else []) + lines]


def _linked(program: Path, into: Path) -> list[str]:
    """Return Debian's packages that the program's files are linked to, as dpkg-shlibdeps finds them."""
    files = [path for path in program.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)]
    work = into / WORK / "shlibdeps"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    control = f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\nDescription: {SUMMARY}\n"
    (work / "debian" / "control").write_text(control, encoding="utf-8")
    own = sorted({str(path.parent.absolute()) for path in files})
    command = ["dpkg-shlibdeps", "-O", "--warnings=0", "--ignore-missing-info", *(f"-l{folder}" for folder in own)]
    command += [f"-e{path.absolute()}" for path in sorted(files)]
    asked = subprocess.run(command, cwd=work, check=True, capture_output=True, text=True)
    return asked.stdout.strip().removeprefix("shlibs:Depends=").split(", ")


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _tidy(root: Path) -> None:
    """Give everything the permissions that Debian wants."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or (path.name.startswith("timer-app") and path.parent.name == NAME)
            path.chmod(0o755 if runs else 0o644)


def _architecture() -> str:
    return subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()


def _gzip(file: Path, text: str) -> None:
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
