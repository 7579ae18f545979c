"""The recipes for what cannot be run here: they can be read, name what there is, and agree with the program."""

import configparser
import json
import plistlib
import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flatpak_sources
import macos
import pytest
import yaml

from timer_app import __version__
from timer_app.paths import APP_ID

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def read_yaml(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # `on` stays a word


# Flatpak


@pytest.fixture
def flatpak() -> Any:
    return read_yaml(PACKAGING / "flatpak" / f"{APP_ID}.yaml")


def test_the_flatpak_is_called_as_the_program_is(flatpak: Any) -> None:
    assert flatpak["id"] == APP_ID
    assert flatpak["command"] == "timer-app"


def test_the_flatpak_may_do_what_it_needs_and_no_more(flatpak: Any) -> None:
    assert set(flatpak["finish-args"]) == {
        "--socket=wayland",
        "--socket=fallback-x11",
        "--share=ipc",
        "--device=dri",
        "--socket=pulseaudio",
        "--talk-name=org.freedesktop.ScreenSaver",
        "--talk-name=org.freedesktop.Notifications",
    }


@pytest.mark.skipif(shutil.which("flatpak-builder") is None, reason="flatpak-builder is not installed")
def test_flatpak_builder_reads_the_recipe_whole(flatpak: Any, tmp_path: Path) -> None:
    recipe = shutil.copy(PACKAGING / "flatpak" / f"{APP_ID}.yaml", tmp_path)
    parts = flatpak_sources.module(FILES)
    (tmp_path / flatpak_sources.WRITTEN.name).write_text(json.dumps(parts))
    done = subprocess.run(
        ["flatpak-builder", "--show-manifest", recipe], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    read = json.loads(done.stdout)
    assert set(read) == set(flatpak)
    assert (read["id"], read["finish-args"]) == (flatpak["id"], flatpak["finish-args"])
    for understood, written in zip(read["modules"], flatpak["modules"], strict=True):
        assert set(understood) == set(parts if isinstance(written, str) else written)


def test_the_flatpak_is_made_of_pinned_sources_and_of_this_checkout(flatpak: Any) -> None:
    folder = PACKAGING / "flatpak"
    ours = [module for module in flatpak["modules"] if not isinstance(module, str)]
    assert [module for module in flatpak["modules"] if isinstance(module, str)] == [flatpak_sources.WRITTEN.name]
    for source in [source for module in ours for source in module["sources"]]:
        if source["type"] == "git":
            assert re.fullmatch(r"[0-9a-f]{40}", source["commit"])
        else:
            assert (folder / source["path"]).resolve() == ROOT
    commands = " ".join(command for module in ours for command in module.get("build-commands", ()))
    scripts = re.findall(r"packaging/\S+", commands)
    assert len(scripts) == 2
    assert all((ROOT / script).is_file() for script in scripts)


FILES = {
    "x86_64": {
        "https://index.example/a_b-1.0-cp313-cp313-x.whl": "aa",
        "https://index.example/c-2.0-py3-none-any.whl": "cc",
    },
    "aarch64": {"https://index.example/a_b-1.0.tar.gz": "ab", "https://index.example/c-2.0-py3-none-any.whl": "cc"},
}


def test_each_kind_of_computer_fetches_the_files_that_are_its_own() -> None:
    made: Any = flatpak_sources.module(FILES)
    assert made["build-commands"][0].endswith(" a-b c")
    assert [(source["url"][22:], source["sha256"], source.get("only-arches")) for source in made["sources"]] == [
        ("a_b-1.0-cp313-cp313-x.whl", "aa", ["x86_64"]),
        ("a_b-1.0.tar.gz", "ab", ["aarch64"]),
        ("c-2.0-py3-none-any.whl", "cc", None),
    ]


def test_the_flatpak_has_its_qt_from_the_base_and_all_else_from_the_lock(flatpak: Any) -> None:
    assert flatpak["base"] == "io.qt.PySide.BaseApp"
    assert flatpak["base-version"] == flatpak["runtime-version"]
    lock = flatpak_sources.LOCK.read_text(encoding="utf-8")
    names = re.compile(r"^([\w.-]+)==", re.MULTILINE)
    left = set(names.findall(flatpak_sources.wanted(lock)))
    assert set(names.findall(lock)) - left == {"pyside6-essentials", "shiboken6"}


# Windows


@pytest.fixture
def installer() -> str:
    return (PACKAGING / "windows" / "installer.iss").read_text(encoding="utf-8")


@pytest.fixture
def setup(installer: str) -> configparser.SectionProxy:
    (section,) = re.findall(r"^\[Setup\]$.*?(?=^\[)", installer, re.MULTILINE | re.DOTALL)
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(section)
    return parser["Setup"]


def entries(installer: str, section: str) -> Iterator[dict[str, str]]:
    """Return the rows of a section of an Inno Setup script, each as its parameters."""
    (body,) = re.findall(rf"^\[{section}\]$(.*?)(?=^\[|\Z)", installer, re.MULTILINE | re.DOTALL)
    for row in body.strip().splitlines():
        if not row.startswith(";"):
            pairs = re.findall(r"(\w+): (\"(?:[^\"]|\"\")*\"|[^;]+)(?:; |$)", row)
            assert "; ".join(f"{name}: {value}" for name, value in pairs) == row
            yield {name: value.removeprefix('"').removesuffix('"') for name, value in pairs}


def test_the_installer_keeps_its_identity(setup: configparser.SectionProxy) -> None:
    """Windows takes an installer with another one for another program, and leaves the old one beside it."""
    assert setup["AppId"] == "{{" + str(uuid.uuid5(uuid.NAMESPACE_DNS, APP_ID)).upper() + "}"


def test_the_installer_is_for_one_person_and_asks_for_no_rights(
    installer: str, setup: configparser.SectionProxy
) -> None:
    assert setup["PrivilegesRequired"] == "lowest"
    assert {row["Root"] for row in entries(installer, "Registry")} == {"HKA"}


def test_the_installer_names_what_there_is(installer: str, setup: configparser.SectionProxy) -> None:
    named = [setup["LicenseFile"], setup["SetupIconFile"], *(row["Source"] for row in entries(installer, "Files"))]
    ours = [path for path in named if path.startswith("{#Checkout}")]
    assert len(ours) == 3
    for path in ours:
        assert (ROOT / path.removeprefix("{#Checkout}\\").replace("\\", "/")).is_file()


def test_the_installer_never_touches_what_is_the_persons(installer: str) -> None:
    assert "[UninstallDelete]" not in installer
    assert "[UninstallRun]" not in installer
    places = [
        row.get("Name") or row["DestDir"] for name in ("InstallDelete", "Files") for row in entries(installer, name)
    ]
    assert all(place.startswith("{app}") for place in places)
    assert "{autopf}" in installer.partition("DefaultDirName=")[2].splitlines()[0]


def test_the_installer_offers_the_program_for_yaml_without_taking_it(installer: str) -> None:
    keys = {row["Subkey"]: row for row in entries(installer, "Registry")}
    assert "Software\\Classes\\.yaml" not in keys
    assert keys["Software\\Classes\\.yaml\\OpenWithProgids"]["Flags"] == "uninsdeletevalue"
    commands = [row["ValueData"] for key, row in keys.items() if key.endswith("command")]
    assert commands == ['""{app}\\{#Window}"" open ""%1""'] * 2


# macOS


def test_the_bundle_tells_of_itself_what_is_true() -> None:
    told = plistlib.loads(plistlib.dumps(macos.info_plist()))
    assert re.fullmatch(r"[A-Za-z0-9.-]+", told["CFBundleIdentifier"])
    assert told["CFBundleIdentifier"].replace("-", "_") == APP_ID
    assert told["LSBackgroundOnly"] is False
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == __version__
    (files,) = told["CFBundleDocumentTypes"]
    assert (files["LSItemContentTypes"], files["LSHandlerRank"]) == (["public.yaml"], "Alternate")


@pytest.mark.parametrize(
    ("tags", "least"),
    [
        (["cp310-abi3-macosx_13_0_universal2"], "13.0"),
        (["cp310-abi3-macosx_14_0_universal2"], "14.0"),
        (["cp310-abi3-macosx_13_0_arm64", "cp310-abi3-macosx_12_3_x86_64"], "12.3"),
        (["cp310-abi3-manylinux_2_34_x86_64"], ""),
    ],
)
def test_the_bundle_asks_for_the_system_that_its_qt_asks_for(tags: list[str], least: str) -> None:
    wheel = "Wheel-Version: 1.0\n" + "".join(f"Tag: {tag}\n" for tag in tags)
    assert macos.info_plist(wheel)["LSMinimumSystemVersion"] == least


def test_the_bundle_is_made_with_the_programs_name_and_icon() -> None:
    options = macos.bundle_options()
    assert (options["name"], options["version"]) == ("Guided Session Timer.app", __version__)
    assert options["bundle_identifier"] == macos.info_plist()["CFBundleIdentifier"]
    assert Path(str(options["icon"])).is_file()


def test_the_disk_image_shows_the_program_and_where_it_goes(tmp_path: Path) -> None:
    bundle = tmp_path / "dist" / "x.app"
    (bundle / "Contents" / "MacOS").mkdir(parents=True)
    (bundle / "Contents" / "MacOS" / "timer-app").write_text("the program")
    (bundle / "Contents" / "Frameworks").symlink_to("MacOS")
    shown = tmp_path / "shown"
    shown.mkdir()
    macos.stage(bundle, shown)
    assert {path.name for path in shown.iterdir()} == {"Guided Session Timer.app", "Applications"}
    assert (shown / "Applications").readlink() == Path("/Applications")
    copied = shown / "Guided Session Timer.app" / "Contents"
    assert (copied / "MacOS" / "timer-app").read_text() == "the program"
    assert (copied / "Frameworks").is_symlink()


@pytest.mark.parametrize(
    "recipe",
    [
        f"packaging/flatpak/{APP_ID}.yaml",
        "packaging/windows/installer.iss",
        "packaging/macos.py",
    ],
)
def test_what_was_never_run_says_so(recipe: str) -> None:
    assert "NOT RUN YET" in (ROOT / recipe).read_text(encoding="utf-8")
