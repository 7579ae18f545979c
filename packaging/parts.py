"""Whose work is in the frozen program: every file of it belongs to a part with a version and a licence.

A file that belongs to nobody known ends the build. What the parts do not tell themselves stands in `parts.toml`.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path, PurePath
from typing import Any

from addresses import read_addresses
from freeze import FOLDER, NAME, Frozen
from packaging.utils import canonicalize_name

from timer_app import __version__

ROOT = FOLDER.parent
TABLE: Mapping[str, Any] = tomllib.loads((FOLDER / "parts.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the program: whose it is, under what licence (an SPDX expression), and which files are its.

    `source` is where its sources can be had, `text` the text of its licence. Ours may have no addresses yet.
    """

    name: str
    version: str
    licence: str
    copyright: str
    home: str
    source: str
    purl: str
    text: str
    files: tuple[str, ...] = ()


def parts_of(frozen: Frozen) -> list[Part]:
    """Return the parts of a frozen program, ours first. Raises LookupError for a file that nobody is known to own."""
    files: dict[Part, set[str]] = {}
    started_by = [(path.name, _starter()) for path in frozen.folder.glob("timer-app*") if path.is_file()]
    for name, source in [*started_by, *frozen.sources]:
        for part in _owners(name, source):
            files.setdefault(part, set()).add(name)
    found = [replace(part, files=tuple(sorted(names))) for part, names in files.items()]
    return sorted(found, key=lambda part: (part.name != NAME, part.name.lower()))


def is_gpl(licence: str) -> bool:
    """Tell whether an SPDX expression leaves no choice but the GPL, with no exception for what is made with it."""
    choices = [choice.strip("() ") for choice in licence.split(" OR ")]
    return all(re.match(r"A?GPL", choice) and " WITH " not in choice for choice in choices)


def _owners(name: str, source: Path) -> Iterator[Part]:
    """Yield the part that a file belongs to, and those that are compiled into it."""
    if (found := _distributions_by_file().get(str(source))) is not None:
        key = canonicalize_name(found.name)
        yield _within(key, PurePath(name).name, found.version) or _from_pypi(found)
        if source.suffix in {".so", ".pyd"}:
            yield from (_foreign(row, row["version"]) for row in TABLE["inside"] if row["of"] == key)
    elif name == "base_library.zip" or _is_pythons(source):
        yield _python()
    elif source.is_relative_to(ROOT):
        yield _ours()
    else:
        yield _debians(source)


def _within(key: str, file: str, version: str) -> Part | None:
    """Return the part whose file it is although a distribution of somebody else brings it, or None."""
    for row in TABLE["within"]:
        if row["of"] == key and (match := re.fullmatch(row["files"], file)):
            return _foreign(row, match.groupdict().get("version") or version)
    return None


@cache
def _distributions_by_file() -> dict[str, Distribution]:
    return {os.path.normpath(file.locate()): each for each in distributions() for file in each.files or ()}


def _starter() -> Path:
    """Return a file of PyInstaller's, whose starter each frozen program is an edition of."""
    return Path(str(distribution("pyinstaller").locate_file("PyInstaller/__init__.py"))).resolve()


def _is_pythons(source: Path) -> bool:
    own = [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")]
    if sys.base_prefix != "/usr":
        own.append(Path(sys.base_prefix).resolve())
    return source.name.startswith("libpython") or any(source.resolve().is_relative_to(folder) for folder in own)


@cache
def _ours() -> Part:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    where = read_addresses()
    return Part(
        NAME,
        __version__,
        "MIT",
        "The Guided Session Timer authors",
        where.homepage or where.source,
        where.source or where.homepage,
        f"pkg:generic/{NAME}@{__version__}",
        text,
    )


@cache
def _python() -> Part:
    version = platform.python_version()
    holder, home = "2001 Python Software Foundation", "https://www.python.org/"
    source = "https://www.python.org/downloads/source/"
    return Part(
        "Python",
        version,
        "Python-2.0.1",
        holder,
        home,
        source,
        f"pkg:generic/python@{version}",
        licence_text("Python-2.0.1"),
    )


def _from_pypi(found: Distribution) -> Part:
    """Return the part that a package from PyPI is. Raises LookupError when its licence is not known."""
    name, version, metadata = canonicalize_name(found.name), found.version, dict(found.metadata.json)
    row = TABLE["distributions"].get(name, {})
    licence = str(row.get("licence") or metadata.get("license_expression") or "")
    if not licence or "copyright" not in row:
        raise LookupError(f"the licence and the holder of {name} are wanted in parts.toml")
    home, source = _places(metadata)
    texts = [
        Path(str(file.locate()))
        for file in found.files or ()
        if re.search(r"dist-info/.*(LICEN[CS]E|COPYING)", str(file))
    ]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(texts)) or licence_text(licence)
    return Part(found.name, version, licence, row["copyright"], home, source, f"pkg:pypi/{name}@{version}", text)


def _places(metadata: Mapping[str, Any]) -> tuple[str, str]:
    """Return a distribution's home page and where its sources are, as far as it names them."""
    named = [line.split(", ", 1) for line in metadata.get("project_url", [])]
    urls = {label.lower().replace("-", "").replace(" ", ""): url for label, url in named}
    home = urls.get("homepage") or metadata.get("home_page") or next(iter(urls.values()), "")
    source = next((urls[key] for key in ("source", "sourcecode", "repository", "github", "code") if key in urls), home)
    return home, source


def _foreign(row: Mapping[str, str], version: str) -> Part:
    slug = re.sub(r"\W+", "-", row["name"].lower()).strip("-")
    purl = f"pkg:generic/{slug}@{version}"
    text = licence_text(row["licence"])
    return Part(row["name"], version, row["licence"], row["copyright"], row["home"], row["source"], purl, text)


@cache
def _debians(source: Path) -> Part:
    """Return the part that a file of the system's is, which must be a Debian one. Raises LookupError for others."""
    package = _asked("dpkg-query", "--search", str(source)) or _asked("dpkg-query", "--search", f"/usr{source}")
    package = package.partition(":")[0]
    row = next((licence for name, licence in TABLE["debian"].items() if package.startswith(name)), None)
    if row is None:
        raise LookupError(f"whose work is {source}? Packages of the system's are listed in parts.toml.")
    version, home = _asked("dpkg-query", "--show", "--showformat=${Version}\n${Homepage}\n", package).splitlines()
    text = Path(f"/usr/share/doc/{package}/copyright").read_text(encoding="utf-8")
    holders = re.findall(r"^Copyright: *(\S.*)", text, re.MULTILINE)
    holder = holders[0] if holders else "see the text of the licence"
    return Part(package, version, row, holder, home, home, f"pkg:deb/debian/{package}@{version}", text)


def _asked(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return ""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def licence_text(licence: str) -> str:
    """Return the text of a licence that we keep; LGPL-3.0 adds to GPL-3.0, whose text belongs to it."""
    names = [licence, "GPL-3.0-only"] if licence == "LGPL-3.0-only" else [licence]
    return "\n".join((FOLDER / "licences" / f"{name}.txt").read_text(encoding="utf-8") for name in names)
