"""The locks: what they pin, for whom, and that they tell nothing of the computer that wrote them."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "packaging" / "requirements.lock"
PACKAGE = ROOT / "packaging" / "requirements-package.lock"
TEST = ROOT / "packaging" / "requirements-test.lock"
LOCKS = pytest.mark.parametrize("lock", [RUN, PACKAGE, TEST], ids=["run", "package", "test"])
SYSTEMS = {"linux": ("Linux", "posix"), "win32": ("Windows", "nt"), "darwin": ("Darwin", "posix")}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
COMPUTERS = [(system, python) for system in SYSTEMS for python in PYTHONS]


def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def entries(lock: Path) -> list[str]:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def requirement(entry: str) -> Requirement:
    return Requirement(entry.split("--hash", maxsplit=1)[0].strip())


def holds(marker: Marker | None, system: str, python: str) -> bool:
    platform, os_name = SYSTEMS[system]
    environment = {
        "sys_platform": system,
        "platform_system": platform,
        "os_name": os_name,
        "python_version": python,
        "python_full_version": f"{python}.4",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return marker is None or marker.evaluate(environment)


def pins(lock: Path, system: str, python: str) -> dict[str, str]:
    wanted = [r for r in map(requirement, entries(lock)) if holds(r.marker, system, python)]
    names = [canonicalize_name(r.name) for r in wanted]
    assert len(names) == len(set(names)), "a package is pinned twice for one computer"
    return {canonicalize_name(r.name): str(r.specifier) for r in wanted}


def declared(group: str) -> list[Requirement]:
    lines = project()["project"]["dependencies"] if group == "run" else project()["dependency-groups"][group]
    included = [each for line in lines if isinstance(line, dict) for each in declared(line["include-group"])]
    return included + [Requirement(line) for line in lines if isinstance(line, str)]


@LOCKS
def test_every_entry_is_one_version_with_hashes(lock: Path) -> None:
    assert entries(lock)
    for entry in entries(lock):
        assert re.fullmatch(r"==[\w.]+", str(requirement(entry).specifier)), entry
        assert re.findall(r"--hash=sha256:([0-9a-f]{64})\b", entry), entry


@LOCKS
def test_a_lock_names_no_place(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host|file:| @ |^/", text, re.MULTILINE)


@pytest.mark.parametrize(("system", "python"), COMPUTERS)
def test_what_is_declared_is_locked_for_every_computer(system: str, python: str) -> None:
    for group, lock in (("run", RUN), ("package", PACKAGE), ("test", TEST)):
        pinned = pins(lock, system, python)
        for wanted in declared(group):
            if holds(wanted.marker, system, python):
                assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)].removeprefix("==")), wanted


@pytest.mark.parametrize(("system", "python"), COMPUTERS)
def test_what_is_tested_and_packaged_is_what_the_app_runs_with(system: str, python: str) -> None:
    assert pins(RUN, system, python).items() <= pins(PACKAGE, system, python).items()
    assert pins(PACKAGE, system, python).items() <= pins(TEST, system, python).items()


@LOCKS
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_qt_that_dies_never_meets_the_python_it_dies_on(lock: Path, system: str) -> None:
    assert pins(lock, system, "3.11")["pyside6-essentials"] != "==6.12.0"
    for wanted in declared("run"):
        if wanted.name == "PySide6-Essentials" and holds(wanted.marker, system, "3.11"):
            assert not wanted.specifier.contains("6.12.0")


@pytest.mark.parametrize(("system", "python"), COMPUTERS)
def test_qt_and_its_binding_are_of_one_version(system: str, python: str) -> None:
    pinned = pins(RUN, system, python)
    assert pinned["pyside6-essentials"] == pinned["shiboken6"]


def test_of_pyobjc_only_what_the_voice_imports_is_installed() -> None:
    assert project()["tool"]["uv"]["exclude-dependencies"] == ["pyobjc"]
    for lock in (RUN, PACKAGE, TEST):
        assert {name for name in pins(lock, "darwin", "3.13") if "pyobjc" in name} == {
            "pyobjc-core",
            "pyobjc-framework-cocoa",
        }


def test_the_lock_of_uv_itself_is_not_kept_for_it_names_an_index() -> None:
    command = ["git", "ls-files", "uv.lock", "**/uv.lock"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30).stdout == ""


def test_a_command_is_called_as_the_package_is_so_that_uvx_finds_it() -> None:
    scripts = project()["project"]["scripts"]
    assert scripts[project()["project"]["name"]] == scripts["timer-app"]
