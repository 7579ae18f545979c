"""Freeze the program with PyInstaller into one folder that needs no Python, with nothing in it that is not used.

What is left out is decided here, what PyInstaller is told stands in `timer-app.spec`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeAlias

Entry: TypeAlias = tuple[str, str, str]
"""One file as PyInstaller lists it: its place in the program, where it comes from, and its kind."""

FOLDER = Path(__file__).resolve().parent
NAME = "guided-session-timer"
WORK = "work"
"""Where all is kept that is made on the way."""

SOURCES = "sources.json"
STRIP = sys.platform == "linux"

LEFT_OUT_MODULES = [
    # Of the East Asian codecs only this one: Python loads the others before anything in a locale such as zh_CN.GBK.
    "_codecs_iso2022",
    "_hashlib",  # OpenSSL's hashes; Python has its own of those that are used
    "_uuid",  # libuuid; Python makes what is asked of it itself
    "_ssl",  # nothing is ever fetched
    "asyncio",
    "attr",  # msgspec reads its classes where it is installed
    "attrs",
    "distutils",
    "doctest",
    "lib2to3",
    "multiprocessing",
    "pdb",
    "pydoc",
    "readline",  # the GPL's, and nobody types lines
    "setuptools",
    "ssl",
    "tkinter",
    "typing_extensions",
    "unittest",
    "xml",
    "yaml._yaml",  # libyaml: the program reads with the parser in Python, which no nesting brings down
]

LEFT_OUT_HOOKS = {"pyi_rth_inspect", "pyi_rth_pyside6"} if sys.platform == "linux" else set()
"""What PyInstaller would run at each start and for each worker, 0.2 s of loading Qt and zipfile.

PySide6's wheels find their own plugins, and the variables that the hook sets would reach every program that is opened
from the window.
"""

KEPT_PLUGINS = frozenset(
    {
        "qxcb",
        "qwayland",
        "qwindows",
        "qcocoa",
        "qoffscreen",
        "qminimal",
        "qsvgicon",
        "qsvg",
        "qxdgdesktopportal",
        "qmacstyle",
        "qmodernwindowsstyle",
        "xdg-shell",
        "adwaita",
        "bradient",
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    }
)
"""The plugins of Qt that are kept: platforms, SVG, the system's dialogs, frames on Wayland, dead and foreign keys."""

BROUGHT_ALONG = re.compile(
    r"lib(xcb-(cursor|icccm|image|keysyms|render-util|util)|xkbcommon-x11|ffi|sqlite3|bz2|lzma)\.so\b.*"
)
"""What else lies in Debian's folders and is taken along: what other systems lack, or have under another number."""

SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/")


@dataclass(frozen=True, slots=True)
class Frozen:
    """The program in one folder, and for each thing in it the file that it was made from."""

    folder: Path
    sources: tuple[tuple[str, Path], ...]

    @property
    def program(self) -> Path:
        """The file that starts it."""
        return self.folder / ("timer-app.exe" if sys.platform == "win32" else "timer-app")


def freeze(into: Path) -> Frozen:
    """Freeze the program into a folder of its own below `into`, in place of what was there."""
    into.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(into / NAME, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(into), "--workpath", str(into / WORK), str(FOLDER / "timer-app.spec")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "0"})  # so that a build can be repeated
    frozen = read_frozen(into)
    if sys.platform == "linux":
        _forget_folders(frozen.folder)
    return frozen


def _forget_folders(folder: Path) -> None:
    """Have no library look into a folder of the computer that it was compiled on."""
    for path in folder.rglob("*.so*"):
        asked = subprocess.run(["patchelf", "--print-rpath", path], capture_output=True, text=True, check=True)
        places = asked.stdout.strip().split(":")
        relative = [place for place in places if not place.startswith("/")]
        if relative != places:
            subprocess.run(["patchelf", "--set-rpath", ":".join(relative), path], check=True)


def read_frozen(into: Path) -> Frozen:
    """Return what was frozen into `into` earlier."""
    sources = json.loads((into / WORK / SOURCES).read_text(encoding="utf-8"))
    return Frozen(into / NAME, tuple((name, Path(source)) for name, source in sources))


def catalogues(package: Path) -> list[tuple[str, str]]:
    """Return the translations of the program's own texts, as PyInstaller wants them: file and folder."""
    return [(str(file), str(file.parent.relative_to(package.parent))) for file in package.glob("locale/*/*/*.mo")]


def chosen_binaries(entries: Iterable[Entry], needs: Callable[[str], Iterable[str | None]]) -> list[Entry]:
    """Return the libraries and plugins that stay.

    Of Qt only those libraries stay that something else that stays is linked to; `needs` tells what a file is linked to.
    """
    kept = [entry for entry in entries if not _is_unused_plugin(entry[0]) and not _is_the_systems(entry)]
    library = {PurePath(name).name: source for name, source, kind in kept if _is_qt_library(name) and kind != "SYMLINK"}
    reached: set[str] = set()
    ahead = [source for name, source, kind in kept if not _is_qt_library(name) and kind != "SYMLINK"]
    while ahead:
        for needed in needs(ahead.pop()):
            name = PurePath(needed or "").name
            if name in library and name not in reached:
                reached.add(name)
                ahead.append(library[name])
    return [entry for entry in kept if not _is_qt_library(entry[0]) or PurePath(entry[0]).name in reached]


def chosen_datas(entries: Iterable[Entry], binaries: Sequence[Entry]) -> list[Entry]:
    """Return the other files that stay.

    These are none of Qt's own translations, no link to a library that has gone, and no icon in the form that Windows or
    macOS wants of a program: it is in the program, the bundle or the installer by then.
    """
    there = {name for name, _source, _kind in binaries}
    return [
        (name, source, kind)
        for name, source, kind in entries
        if "translations" not in PurePath(name).parts
        and not _is_spare(PurePath(name))
        and PurePath(name).suffix not in {".icns", ".ico"}
        and (kind != "SYMLINK" or _leads_to(name, source, there))
    ]


def _is_spare(path: PurePath) -> bool:
    """Tell whether a file is of a package's description, and not what says its name and version."""
    return any(part.endswith(".dist-info") for part in path.parts) and path.name != "METADATA"


def _leads_to(link: str, target: str, there: Collection[str]) -> bool:
    return str(PurePath(link).parent / target) in there


def _is_unused_plugin(name: str) -> bool:
    path = PurePath(name)
    return "plugins" in path.parts and path.stem.removeprefix("lib") not in KEPT_PLUGINS


def _is_qt_library(name: str) -> bool:
    return re.fullmatch(r"(lib)?(Qt6\w+|icu\w+|Qt\w+)(\.so[.\d]*|\.dll|\.\d+\.dylib)?", PurePath(name).name) is not None


def _is_the_systems(entry: Entry) -> bool:
    """Tell whether a library is one that every Linux desktop, or the Debian package's dependencies, bring."""
    name, source, kind = entry
    if kind != "BINARY" or not source.startswith(SYSTEM_FOLDERS):
        return False
    return not PurePath(name).name.startswith("libpython") and BROUGHT_ALONG.fullmatch(PurePath(name).name) is None
