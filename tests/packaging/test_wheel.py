"""What `pip install` gets: a wheel made from the source archive, with the sessions and assets inside."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def build(target: str, source: Path, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=110)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked source archive."""
    folder = tmp_path_factory.mktemp("archive")
    made = build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))
    # By the program tar: Python 3.11.2, which Debian 12 has, knows no filter, and 3.12 warns where none is given.
    subprocess.run(["tar", "-xf", str(made), "-C", str(folder)], check=True, timeout=60)
    (top,) = folder.iterdir()
    return top


@pytest.fixture(scope="module")
def installed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, made from the source archive: what lands in site-packages."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(build("wheel", archive, tmp_path_factory.mktemp("wheel"))) as wheel:
        wheel.extractall(folder)
    return folder


def files(folder: Path) -> set[str]:
    tracked = subprocess.run(
        ["git", "ls-files", folder.name], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )
    return set(tracked.stdout.splitlines())


def test_the_wheel_finds_its_sessions_and_assets(installed: Path, tmp_path: Path) -> None:
    code = "from timer_app import paths; print(paths.shipped_sessions()); print(paths.assets())"
    command = [sys.executable, "-c", code]
    found = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    sessions, assets = map(Path, found.stdout.splitlines())
    assert sessions.is_relative_to(installed)
    assert assets.is_relative_to(installed)
    for name in files(ROOT / "sessions") | files(ROOT / "assets"):
        assert (sessions.parent / name).is_file(), name


def test_the_wheel_starts_as_timer_app(installed: Path) -> None:
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "timer-app = timer_app.cli:main" in points.read_text(encoding="utf-8")


def test_the_wheel_holds_the_program_and_nothing_else(installed: Path) -> None:
    tops = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"timer_app"}
    for name in files(ROOT / "timer_app"):
        assert (installed / name).is_file(), name
    (licences,) = installed.glob("*.dist-info/licenses")
    assert (licences / "LICENSE").is_file()


def test_the_source_archive_can_be_set_up_and_tested(archive: Path) -> None:
    for name in (
        "packaging/dev.py",
        "packaging/requirements.lock",
        "packaging/requirements-test.lock",
        "pyproject.toml",
    ):
        assert (archive / name).is_file(), name
    assert any((archive / "tests").rglob("test_*.py"))
