"""The project's addresses: in one file, in whatever is packaged once they are set, and nowhere invented."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import debian
import desktop
import pytest
import release
from addresses import FILE, Addresses, read_addresses
from metadata_hook import AddressHook

from timer_app import __version__
from timer_app.paths import APP_ID

ROOT = Path(__file__).resolve().parents[2]
OWNER = APP_ID.split(".")[2]
SET = Addresses(
    homepage="https://timer.example/",
    source=f"https://github.com/{OWNER.replace('_', '-')}/timer",
    issues="https://timer.example/issues?a=1&b=2",
    pictures="https://timer.example/files/",
    maintainer="Somebody <somebody@timer.example>",
)
CHANGELOG = f"""\
# Changelog

## [Unreleased]

## [{__version__}] - 2026-01-02

### Added

- A thing.

## [0.0.1] - 2025-01-01
"""
METAINFO = (ROOT / "packaging" / "linux" / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")


def test_the_file_is_read_and_knows_no_other_names(tmp_path: Path) -> None:
    assert set(read_addresses().missing) <= {"homepage", "source", "issues", "pictures", "maintainer"}
    other = tmp_path / "addresses.toml"
    other.write_text('homepage = "https://timer.example/"\n')
    assert read_addresses(other) == Addresses(homepage="https://timer.example/")
    other.write_text('home = "https://timer.example/"\n')
    with pytest.raises(TypeError, match="home"):
        read_addresses(other)


def test_no_other_file_names_an_address_of_the_project() -> None:
    command = ["git", "grep", "-lE", r"github\.io/|noreply|https://[a-z.]*github\.com/guided", "--", ":!tests"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30).stdout
    assert set(found.split()) <= {FILE.relative_to(ROOT).as_posix()}


def test_one_address_can_be_asked_for() -> None:
    command = [sys.executable, str(ROOT / "packaging" / "addresses.py"), "homepage"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert said.stdout == f"{read_addresses().homepage}\n"


def test_the_wheel_names_those_that_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    metadata: dict[str, object] = {}
    AddressHook(str(ROOT), {}).update(metadata)
    assert metadata == {"urls": read_addresses().urls}
    assert Addresses(source="https://timer.example/").urls == {"Source": "https://timer.example/"}


def test_software_centres_are_told_those_that_are_set() -> None:
    told = ET.fromstring(desktop.with_addresses(METAINFO, SET))
    assert {url.get("type"): url.text for url in told.iterfind("url")} == {
        "homepage": SET.homepage,
        "bugtracker": SET.issues,
        "vcs-browser": SET.source,
    }
    images = [image.text or "" for image in told.iterfind("screenshots/screenshot/image")]
    assert len(images) == 5
    assert all(re.fullmatch(r"https://timer\.example/files/[a-z]+\.png", image) for image in images)
    bare = ET.fromstring(desktop.with_addresses(METAINFO, Addresses()))
    assert (bare.find("url"), bare.find("screenshots")) == (None, None)
    assert len(bare) == len(told) - 4


def test_a_debian_package_names_somebody_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    for addresses, named in ((SET, SET.maintainer), (Addresses(), debian.NOBODY)):
        monkeypatch.setattr(debian, "read_addresses", lambda addresses=addresses: addresses)
        assert debian._maintainer() == named


def test_nothing_keeps_a_release_back_that_is_whole() -> None:
    assert list(release.hindrances(f"v{__version__}", CHANGELOG, SET)) == []
    assert release.notes(CHANGELOG, __version__) == "### Added\n\n- A thing."


@pytest.mark.parametrize(
    ("tag", "changelog", "addresses", "told"),
    [
        ("v99.0.0", CHANGELOG, SET, "The tag is v99.0.0"),
        (f"v{__version__}", CHANGELOG.replace(__version__, "99.0.0"), SET, "CHANGELOG.md tells nothing"),
        (f"v{__version__}", CHANGELOG.replace(" - 2026-01-02", ""), SET, "CHANGELOG.md tells nothing"),
        (
            f"v{__version__}",
            CHANGELOG.replace("[Unreleased]\n", "[Unreleased]\n\n- More.\n"),
            SET,
            "CHANGELOG.md still has changes",
        ),
        (
            f"v{__version__}",
            CHANGELOG,
            Addresses(SET.homepage, SET.source, SET.issues, SET.pictures),
            "The project's maintainer is not set",
        ),
        (
            f"v{__version__}",
            CHANGELOG,
            Addresses(SET.homepage, "https://github.com/else/x", SET.issues, SET.pictures, SET.maintainer),
            f"{APP_ID} is not a name that",
        ),
    ],
)
def test_a_release_is_kept_back(tag: str, changelog: str, addresses: Addresses, told: str) -> None:
    (hindrance,) = release.hindrances(tag, changelog, addresses)
    assert hindrance.startswith(told)


@pytest.mark.parametrize(
    ("source", "agrees"),
    [
        ("https://github.com/a-b/c", True),
        ("https://github.com/A-B/any.thing/", True),
        ("https://github.com/ab/c", False),
        ("https://gitlab.com/a-b/c", False),
        ("https://github.com/a-b", False),
    ],
)
def test_an_id_belongs_to_the_repository_that_it_names(source: str, agrees: bool) -> None:
    assert release.is_home_of("io.github.a_b.Program", source) is agrees


def test_the_script_refuses_and_says_all_that_is_missing() -> None:
    command = [sys.executable, "-E", "-S", str(ROOT / "packaging" / "release.py"), "v0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout) == (1, "")
    for name in read_addresses().missing:
        assert f"The project's {name} is not set in assets/addresses.toml." in done.stderr
