"""Files of code lie in the folder that the program is started in, such as one of downloads: they are never run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import dev
import pytest

from timer_app.search_path import trusted_path

ROOT = Path(__file__).parents[2]
PLANTED = (
    "json.py",
    "pyttsx3.py",
    "dataclasses.py",
    "sitecustomize.py",
    "timer_app/__init__.py",
    "timer_app/__main__.py",
)
SCRIPT = "import sys; from timer_app.cli import main; sys.exit(main())"
"""What the installed `timer-app` does, started with no folder of its own."""


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Return a folder whose files of code each leave a trace where they are run."""
    folder = tmp_path / "downloads"
    for name in PLANTED:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"open({str(tmp_path / 'traces')!r}, 'a').write({name!r} + '\\n')\n")
    return folder


def run_there(folder: Path, command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Have a session read out by the voice, by a program that is started in a folder."""
    words = ["--data-dir", str(folder.parent / "data"), "show", "superman-tens", "--script"]
    return subprocess.run(
        [*command, *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def traces(folder: Path) -> str:
    file = folder.parent / "traces"
    return file.read_text() if file.exists() else ""


def started_by_dev(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], dict[str, str]]:
    """Return the command and the environment of `dev.py run`."""
    started: list[tuple[list[str], dict[str, str]]] = []

    def start(_file: str, command: list[str], environment: dict[str, str]) -> None:
        started.append((command, environment))
        sys.exit(0)

    monkeypatch.setattr(dev, "set_up", lambda *_all: None)
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    monkeypatch.setattr(os, "execve", start)
    with pytest.raises(SystemExit):
        dev.run([])
    return started[0]


needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


@needs_espeak
@pytest.mark.parametrize("rest", ["", os.pathsep], ids=["as it is", "ends in nothing"])
def test_the_installed_program_and_its_voice_run_none_of_them(downloads: Path, rest: str) -> None:
    """To Python an empty entry of PYTHONPATH, easily come by, is the current folder."""
    (downloads / "sitecustomize.py").unlink()
    done = run_there(downloads, [sys.executable, "-P", "-c", SCRIPT], {**os.environ, "PYTHONPATH": f"{ROOT}{rest}"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "Superman" in done.stdout
    assert traces(downloads) == ""


@needs_espeak
def test_dev_run_runs_none_of_them(downloads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command, environment = started_by_dev(monkeypatch)
    done = run_there(downloads, command, environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Superman" in done.stdout
    assert traces(downloads) == ""


@needs_espeak
def test_as_a_module_it_leaves_the_current_folder_alone(downloads: Path) -> None:
    """Python itself looks for the module in the current folder first, so it must not be there itself."""
    shutil.rmtree(downloads / "timer_app")
    done = run_there(downloads, [sys.executable, "-m", "timer_app"], {**os.environ, "PYTHONPATH": str(ROOT)})
    assert (done.returncode, done.stderr) == (0, "")
    assert "Superman" in done.stdout
    assert traces(downloads) == ""


def test_the_programs_own_folder_is_looked_into_wherever_it_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert trusted_path(["", ".", "lib", str(ROOT), "/usr/lib/python3"]) == [str(ROOT)] * 3 + ["/usr/lib/python3"]


def test_a_folder_of_pythons_own_is_looked_into_wherever_it_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    library = str(Path(os.__file__).parent)
    monkeypatch.chdir(library)
    assert trusted_path(["", library]) == [library]


def test_the_current_folder_is_not_looked_into_by_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    names = ["", ".", "lib", str(tmp_path / "here"), str(tmp_path / "link"), str(tmp_path / "nowhere"), str(tmp_path)]
    assert trusted_path(names) == [str(tmp_path / "nowhere"), str(tmp_path)]


def test_where_the_current_folder_is_gone_only_whole_paths_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert trusted_path(["", "lib", str(tmp_path)]) == [str(tmp_path)]
