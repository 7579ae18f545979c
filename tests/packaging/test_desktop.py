"""What the program gives to a Linux desktop: whole, of one name throughout, and right in the eyes of its checkers."""

import configparser
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import desktop
import pytest

from timer_app import __version__
from timer_app.cli.parser import parse
from timer_app.definition.library import SUFFIX
from timer_app.paths import APP_ID

ROOT = Path(__file__).resolve().parents[2]
TYPE = "application/x-guided-session-timer+yaml"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder usr/share of a root that everything was written into."""
    root = tmp_path_factory.mktemp("root")
    desktop.install_tree(root)
    return root / "usr" / "share"


@pytest.fixture
def entry(share: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment] # the names of the keys keep their capitals
    parser.read(share / "applications" / f"{APP_ID}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.fixture
def metainfo(share: Path) -> ET.Element:
    return ET.parse(share / "metainfo" / f"{APP_ID}.metainfo.xml").getroot()


@pytest.fixture
def file_type(share: Path) -> ET.Element:
    (found,) = ET.parse(share / "mime" / "packages" / f"{APP_ID}.xml").getroot()
    return found


def checked(command: Sequence[str], **environment: str) -> str:
    """Return what a program of the desktop's says; the test is skipped where it is not installed."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    ours = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    done = subprocess.run(command, env=ours, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_everything_is_where_a_desktop_looks_for_it(share: Path) -> None:
    sizes = (16, 22, 24, 32, 48, 64, 128, 256, 512)
    names = (APP_ID, f"{APP_ID}-session")
    assert {path.relative_to(share).as_posix() for path in share.rglob("*") if path.is_file()} == {
        f"applications/{APP_ID}.desktop",
        f"metainfo/{APP_ID}.metainfo.xml",
        f"mime/packages/{APP_ID}.xml",
        "man/man1/timer-app.1.gz",
        "bash-completion/completions/timer-app",
        "zsh/vendor-completions/_timer-app",
        "fish/vendor_completions.d/timer-app.fish",
        *(f"icons/hicolor/{size}x{size}/apps/{name}.png" for size in sizes for name in names),
        *(f"icons/hicolor/scalable/apps/{name}.svg" for name in names),
    }


def png_size(file: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    return width, height


def test_each_icon_has_the_size_of_its_folder(share: Path) -> None:
    for file in (share / "icons").rglob("*.png"):
        assert "x".join(map(str, png_size(file))) == file.parent.parent.name


def test_it_is_written_without_any_library_and_twice_the_same(share: Path, tmp_path: Path) -> None:
    written = []
    for root in (tmp_path / "one", tmp_path / "two"):
        command = [sys.executable, "-E", "-S", str(ROOT / "packaging" / "desktop.py"), str(root)]
        subprocess.run(command, check=True, timeout=60, cwd=tmp_path, env={"SOURCE_DATE_EPOCH": "1700000000"})
        files = {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        written.append(files)
    assert written[0] == written[1]
    assert len(written[0]) == sum(path.is_file() for path in share.rglob("*"))


def test_one_name_leads_from_each_to_the_others(
    entry: configparser.SectionProxy, metainfo: ET.Element, file_type: ET.Element
) -> None:
    assert entry["Icon"] == entry["StartupWMClass"] == metainfo.findtext("id") == metainfo.findtext("icon") == APP_ID
    assert metainfo.findtext("launchable") == f"{APP_ID}.desktop"
    icon = file_type.find(f"{MIME}icon")
    assert icon is not None
    assert icon.get("name") == f"{APP_ID}-session"
    assert entry["MimeType"] == f"{TYPE};"
    assert (file_type.get("type"), metainfo.findtext("provides/mediatype")) == (TYPE, TYPE)


def test_a_double_click_starts_what_there_is(entry: configparser.SectionProxy, file_type: ET.Element) -> None:
    assert entry["Exec"] == f"{entry['TryExec']} open %F" == "timer-app open %F"
    assert parse(["open", "a.session.yaml", "b.session.yaml"]).session == ["a.session.yaml", "b.session.yaml"]
    glob = file_type.find(f"{MIME}glob")
    assert glob is not None
    assert glob.get("pattern") == f"*{SUFFIX}"
    assert int(glob.get("weight", "50")) > 50


def test_what_the_menu_offers_besides_is_understood(share: Path) -> None:
    text = (share / "applications" / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    assert re.findall(r"^\[Desktop Action (\w+)\]$", text, re.MULTILINE) == ["last"]
    assert "\nActions=last;\n" in text
    assert text.count("\nExec=timer-app run --last\n") == 1
    asked = parse(["run", "--last"])
    assert (asked.command, asked.last, asked.session, asked.no_window) == ("run", True, None, False)


def test_the_entry_is_valid(share: Path) -> None:
    assert checked(["desktop-file-validate", str(share / "applications" / f"{APP_ID}.desktop")]) == ""


def test_the_description_for_software_centres_is_valid(share: Path) -> None:
    said = checked(["appstreamcli", "validate", "--no-net", str(share / "metainfo" / f"{APP_ID}.metainfo.xml")])
    assert "Validation was successful" in said


def test_the_description_says_what_is_there(metainfo: ET.Element) -> None:
    words = " ".join(metainfo.itertext())
    assert ("Eighteen sessions" in words) == (len(list((ROOT / "sessions").glob("*.session.yaml"))) == 18)
    assert ("fifty-five exercises" in words) == (len(list((ROOT / "assets" / "exercises").glob("*.yaml"))) == 55)


def test_each_picture_in_the_description_is_in_the_docs() -> None:
    source = ET.parse(ROOT / "packaging" / "linux" / f"{APP_ID}.metainfo.xml")
    images = list(source.iterfind("screenshots/screenshot/image"))
    assert images
    for image in images:
        size = (int(image.get("width", "0")), int(image.get("height", "0")))
        assert png_size(ROOT / "docs" / (image.text or "")) == size


def test_the_releases_are_those_of_the_changelog(metainfo: ET.Element) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    told = [release.get("version") for release in metainfo.iterfind("releases/release")]
    assert told[0] == __version__
    released = re.findall(r"^## \[(\d[^]]*)\]", changelog, re.MULTILINE)
    assert [version for version in told if version in released] == released
    points = [" ".join(item.itertext()) for item in metainfo.iterfind("releases/release/description/ul/li")]
    assert len(points) == len(re.findall(r"^- ", changelog, re.MULTILINE))


CHANGES = """# Changelog

## [Unreleased]

### Added

- A thing,
  in two lines, with `code` & <signs>.

### Fixed

- Another.

## [0.0.2] - 2026-03-04

- The second.

## [0.0.1] - 2026-01-02

Nothing to tell.
"""


def test_a_changelog_reads_as_releases() -> None:
    today = date(2026, 5, 6)
    release = desktop.Release
    assert desktop.read_releases(CHANGES, today) == [
        release(__version__, today, ("A thing, in two lines, with code & <signs>.", "Another."), unreleased=True),
        release("0.0.2", date(2026, 3, 4), ("The second.",)),
        release("0.0.1", date(2026, 1, 2), ()),
    ]
    written = desktop.with_releases("<component>\n  <releases/>\n</component>\n", desktop.read_releases(CHANGES, today))
    releases = list(ET.fromstring(written).iterfind("releases/release"))
    assert [(one.get("version"), one.get("date"), one.get("type")) for one in releases] == [
        (__version__, "2026-05-06", "development"),
        ("0.0.2", "2026-03-04", "stable"),
        ("0.0.1", "2026-01-02", "stable"),
    ]
    assert releases[0].findtext("description/ul/li") == "A thing, in two lines, with code & <signs>."


def test_what_is_written_down_for_the_next_version_waits_for_it() -> None:
    changelog = f"## [Unreleased]\n\n- More.\n\n## [{__version__}] - 2026-01-02\n\n- This.\n"
    (release,) = desktop.read_releases(changelog, date(2026, 5, 6))
    assert (release.version, release.day, release.changes) == (__version__, date(2026, 1, 2), ("This.",))


# Double clicks: the system's own file types with ours among them

KNOWN = """
import json, sys
from PySide6.QtCore import QMimeDatabase
known = QMimeDatabase().mimeTypeForFile(sys.argv[1])
print(json.dumps([known.name(), known.iconName(), known.comment(), known.inherits("text/plain")]))
"""


@pytest.fixture
def data(share: Path, tmp_path: Path) -> str:
    """The data folders of a system on which the program is installed."""
    for name in ("mime", "applications"):
        shutil.copytree(share / name, tmp_path / "share" / name)
    checked(["update-mime-database", str(tmp_path / "share" / "mime")], PKGSYSTEM_ENABLE_FSYNC="0")
    return f"{tmp_path / 'share'}:/usr/share"


@pytest.fixture
def session_file(tmp_path: Path) -> str:
    return str(shutil.copy(ROOT / "sessions" / "planks-by-the-minute.session.yaml", tmp_path))


@pytest.mark.skipif(not Path("/usr/share/mime/mime.cache").exists(), reason="the system knows no file types")
def test_a_session_file_is_known_as_one(data: str, session_file: str, tmp_path: Path) -> None:
    ours = {**os.environ, "XDG_DATA_DIRS": data, "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-c", KNOWN]
    told = [
        json.loads(subprocess.run([*command, file], env=ours, check=True, capture_output=True, timeout=60).stdout)
        for file in (session_file, str(tmp_path / "other.yaml"))
    ]
    assert told[0] == [TYPE, f"{APP_ID}-session", "Guided exercise session", True]
    assert told[1][0] in {"application/yaml", "application/x-yaml"}


@pytest.mark.skipif(not Path("/usr/share/mime/mime.cache").exists(), reason="the system knows no file types")
def test_the_desktop_opens_a_session_file_with_the_program(
    data: str, session_file: str, tmp_path: Path, share: Path
) -> None:
    ours = {"XDG_DATA_DIRS": data, "XDG_DATA_HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "home")}
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "timer-app").write_text("#!/bin/sh\n")
    (programs / "timer-app").chmod(0o755)
    ours["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"  # TryExec looks whether it is there
    told = checked(["gio", "info", "-a", "standard::content-type", session_file], **ours)
    assert f"standard::content-type: {TYPE}" in told
    checked(["update-desktop-database", str(tmp_path / "share" / "applications")])
    assert f"Default application for “{TYPE}”: {APP_ID}.desktop" in checked(["gio", "mime", TYPE], **ours)
