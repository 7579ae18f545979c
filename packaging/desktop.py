"""What a Linux desktop wants to find of a program, below a root such as that of a package: desktop.py FOLDER.

Menu entry, description for software centres, file type, icons, manual page and completions. It needs no Qt.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

from addresses import Addresses, read_addresses
from command_tree import read_commands
from completions import COMPLETIONS
from manual import manual

from timer_app import __version__
from timer_app.paths import APP_ID

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICONS = {"guided-session-timer": APP_ID, "session": f"{APP_ID}-session"}
"""The icons by the names that they have here, and that they get."""


@dataclass(frozen=True, slots=True)
class Release:
    """A version, the day when it came out, and what a person notices of it; one that is not out yet is unreleased."""

    version: str
    day: date
    changes: tuple[str, ...]
    unreleased: bool = False


def install_tree(root: Path) -> None:
    """Write everything below root/usr/share. Raises FileNotFoundError when a part of the checkout is missing."""
    share = root / "usr" / "share"
    releases = read_releases((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), _today())
    _copy(HERE / "linux" / f"{APP_ID}.desktop", share / "applications")
    _copy(HERE / "linux" / f"{APP_ID}.xml", share / "mime" / "packages")
    source = (HERE / "linux" / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    _write(
        share / "metainfo" / f"{APP_ID}.metainfo.xml",
        with_releases(with_addresses(source, read_addresses()), releases).encode(),
    )
    for ours, theirs in ICONS.items():
        icons = share / "icons" / "hicolor"
        for size in SIZES:
            png = ROOT / "assets" / "icons" / ours / f"{size}.png"
            _copy(png, icons / f"{size}x{size}" / "apps", f"{theirs}.png")
        _copy(ROOT / "assets" / "icons" / f"{ours}.svg", icons / "scalable" / "apps", f"{theirs}.svg")
    program = read_commands()
    page = manual(program, __version__, releases[0].day).encode()
    _write(share / "man" / "man1" / "timer-app.1.gz", gzip.compress(page, 9, mtime=0))
    for place, completion in COMPLETIONS.items():
        _write(share / place, completion(program).encode())


def read_releases(changelog: str, today: date) -> list[Release]:
    """Return the releases of a changelog, newest first.

    What is under [Unreleased] counts as the version at hand, of today, unless that version is out already.
    """
    parts = re.split(r"^## \[([^]]+)\](?: - (\d{4}-\d{2}-\d{2}))?.*$", changelog, flags=re.MULTILINE)[1:]
    releases = [
        Release(__version__ if name == "Unreleased" else name, _day(day) or today, _changes(text), day is None)
        for name, day, text in zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
    ]
    out = {release.version for release in releases if not release.unreleased}
    return [release for release in releases if not (release.unreleased and release.version in out)]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _changes(text: str) -> tuple[str, ...]:
    """Return the points of a changelog's section as plain sentences."""
    points = re.findall(r"^- (.+(?:\n  .+)*)", text, re.MULTILINE)
    return tuple(" ".join(point.split()).replace("`", "") for point in points)


def with_releases(metainfo: str, releases: list[Release]) -> str:
    """Return the description for software centres with the releases put in where it has room for them."""
    return metainfo.replace("  <releases/>\n", "".join(_release_lines(releases)))


def with_addresses(metainfo: str, addresses: Addresses) -> str:
    """Return the description with the addresses that are set; without one for the pictures, there are none."""
    kinds = {"homepage": addresses.homepage, "bugtracker": addresses.issues, "vcs-browser": addresses.source}
    urls = [f'  <url type="{kind}">{escape(url)}</url>\n' for kind, url in kinds.items() if url]
    told = metainfo.replace("  <url/>\n", "".join(urls))
    if not addresses.pictures:
        return re.sub(r" *<screenshots>.*</screenshots>\n", "", told, flags=re.DOTALL)
    return re.sub(r"(<image [^>]*>)", rf"\1{escape(addresses.pictures.rstrip('/'))}/", told)


def _release_lines(releases: list[Release]) -> Iterator[str]:
    yield "  <releases>\n"
    for release in releases:
        kind = "development" if release.unreleased else "stable"
        yield f'    <release version="{escape(release.version)}" date="{release.day}" type="{kind}">\n'
        if release.changes:
            yield "      <description>\n        <ul>\n"
            yield from (f"          <li>{escape(change, quote=False)}</li>\n" for change in release.changes)
            yield "        </ul>\n      </description>\n"
        yield "    </release>\n"
    yield "  </releases>\n"


def _today() -> date:
    """Return the day that SOURCE_DATE_EPOCH says, so that a build can be repeated, or else today."""
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    return datetime.fromtimestamp(seconds, UTC).date()


def _copy(file: Path, folder: Path, name: str | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / (name or file.name))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder: python packaging/desktop.py FOLDER")
    install_tree(Path(sys.argv[1]))
