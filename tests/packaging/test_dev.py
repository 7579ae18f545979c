"""What the set-up script decides, without setting anything up."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import needs
import pytest

ROOT = Path(__file__).resolve().parents[2]
DEV = str(ROOT / "packaging" / "dev.py")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "run planks-by-the-minute",
        "open planks-by-the-minute",
        "my.session.yaml",
        "--data-dir list",  # the folder is called list; no sub-command is named
        "--data-dir here run superman-tens --speed 20",
    ],
)
def test_a_window_opens(dev: ModuleType, line: str) -> None:
    assert dev.opens_window(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "list",
        "show planks-by-the-minute --json",
        "check a.session.yaml b.session.yaml",
        "new x",
        "schema",
        "export x.ics",
        "import x.zip",
        "history list --json",
        "exercises plank",
        "tset",  # the app says what is wrong with a word that it does not know
        "run planks-by-the-minute --no-window",
        "run --no-window planks-by-the-minute",
        "--data-dir here run planks-by-the-minute --no-window --speed 20",
        "--data-dir here list",
        "--data-dir=here list",
        "--help",
        "run --help",
        "--version",
    ],
)
def test_no_window_opens(dev: ModuleType, line: str) -> None:
    assert not dev.opens_window(line.split())
    assert not set(dev.QT) & set(dev.needs_of(line.split()))


def test_every_command_of_the_app_is_known_to_open_a_window_or_not(dev: ModuleType) -> None:
    from timer_app.cli.parser import COMMANDS

    assert {name for name in COMMANDS if dev.opens_window([name])} == {"open", "run"}
    windowless = ["list", "show", "check", "new", "schema", "import", "export", "exercises", "history"]
    assert set(COMMANDS) == {"open", "run", *windowless}


def test_the_voice_is_seen_to_where_something_is_spoken_or_measured(dev: ModuleType) -> None:
    assert dev.needs_of(["run", "x", "--no-window"]) == dev.VOICE
    assert dev.needs_of(["show", "x"]) == dev.VOICE
    assert dev.needs_of(["list"]) == ()
    assert dev.needs_of(["exercises", "--sheet", "x.png"]) == dev.QT
    assert dev.needs_of(["run", "--help"]) == ()
    assert dev.needs_of([]) == dev.QT + dev.VOICE


@pytest.mark.parametrize(
    ("environment", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_seen(dev: ModuleType, environment: dict[str, str], platform: str, there: bool) -> None:
    assert dev.has_display(environment, platform) is there


def test_no_display_is_said_in_a_sentence_and_nothing_is_set_up(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "set_up", lambda *_: pytest.fail("set up, though no window can open"))
    said: list[str] = []
    monkeypatch.setattr(needs, "say", said.append)
    with pytest.raises(SystemExit) as ended:
        dev.run(["run", "planks-by-the-minute"])
    assert ended.value.code == 1
    assert "no display" in said[0]
    assert "timer-app run planks-by-the-minute --no-window" in said[0]


class Rig:
    """A checkout of its own in a folder, with every step that would reach outside only noted down."""

    def __init__(self, dev: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.dev = dev
        self.steps: list[str] = []
        self.lock = folder / "requirements.lock"
        self.lock.write_text("a==1\n")
        self.stamp = folder / "venv" / "set-up.json"
        self.python = folder / "venv" / "bin" / "python"
        monkeypatch.setattr(dev, "STAMP", self.stamp)
        monkeypatch.setattr(dev, "VENV", folder / "venv")
        monkeypatch.setattr(dev, "PYTHON", self.python)
        monkeypatch.setattr(dev, "make_venv", self._make_venv)
        monkeypatch.setattr(dev, "install", lambda lock: self.steps.append(f"install {lock.name}"))

    def _make_venv(self) -> None:
        self.steps.append("venv")
        shutil.rmtree(self.dev.VENV, ignore_errors=True)
        self.python.parent.mkdir(parents=True)
        for name in ("python", "pip", "pip.exe"):
            self.python.with_name(name).touch()

    def set_up(self) -> list[str]:
        self.steps.clear()
        self.dev.set_up(self.lock, ())
        return list(self.steps)


@pytest.fixture
def rig(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    return Rig(dev, tmp_path, monkeypatch)


def test_the_second_start_does_nothing(rig: Rig) -> None:
    assert rig.set_up() == ["venv", "install requirements.lock"]
    written = rig.stamp.stat().st_mtime_ns
    assert rig.set_up() == []
    assert rig.stamp.stat().st_mtime_ns == written


def test_a_changed_lock_is_installed_into_the_same_environment(rig: Rig) -> None:
    rig.set_up()
    rig.lock.write_text("a==2\n")
    assert rig.set_up() == ["install requirements.lock"]


def test_a_lock_installed_earlier_and_changed_since_is_installed_again(rig: Rig) -> None:
    rig.set_up()
    rig.lock.write_text("a==2\n")
    other = rig.lock.with_name("requirements-test.lock")
    other.write_text("a==2\nb==1\n")
    rig.dev.set_up(other, ())
    rig.lock.write_text("a==2\n")
    assert rig.set_up() == ["install requirements.lock"]
    assert rig.set_up() == []


def test_an_environment_of_another_python_is_made_anew(rig: Rig) -> None:
    rig.set_up()
    data = json.loads(rig.stamp.read_text())
    rig.stamp.write_text(json.dumps({**data, "python": "/usr/bin/python3.10"}))
    assert rig.set_up() == ["venv", "install requirements.lock"]


def test_an_environment_that_was_not_finished_is_made_anew(rig: Rig) -> None:
    rig.set_up()
    rig.stamp.unlink()
    rig.python.with_name("pip").unlink()
    rig.python.with_name("pip.exe").unlink()
    assert rig.set_up() == ["venv", "install requirements.lock"]


def test_an_environment_whose_python_is_gone_is_made_anew(rig: Rig) -> None:
    rig.set_up()
    rig.python.unlink()
    assert rig.set_up() == ["venv", "install requirements.lock"]


@pytest.mark.parametrize("folder", ["lib/python3.11/site-packages", "Lib/site-packages"])
def test_an_environment_that_uv_has_filled_is_made_anew(rig: Rig, folder: str) -> None:
    rig.set_up()
    (rig.dev.VENV / folder / "guided_session_timer-0.1.0.dist-info").mkdir(parents=True)
    assert rig.set_up() == ["venv", "install requirements.lock"]
    assert rig.set_up() == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"python": "x"}', '{"python": 1, "locks": 2, "found": 3}', "\xff"]
)
def test_a_damaged_stamp_means_nothing_is_set_up(dev: ModuleType, tmp_path: Path, text: str) -> None:
    stamp = tmp_path / "set-up.json"
    stamp.write_text(text, encoding="latin-1")
    assert dev.read_stamp(stamp) == dev.SetUp("", {}, {})
    assert dev.read_stamp(tmp_path / "none") == dev.SetUp("", {}, {})


def test_a_stamp_is_read_as_it_was_written(dev: ModuleType, tmp_path: Path) -> None:
    stamp = dev.SetUp("/usr/bin/python3.11", {"a.lock": "0f"}, {"libGL.so.1": "/lib/libGL.so.1", "libx.so.1": None})
    dev.write_stamp(tmp_path / "set-up.json", stamp)
    assert dev.read_stamp(tmp_path / "set-up.json") == stamp
    assert [path.name for path in tmp_path.iterdir()] == ["set-up.json"]


def test_every_check_runs_and_those_that_failed_are_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    good, bad = (
        [sys.executable, "-c", "print('looked')"],
        [sys.executable, "-c", "print('looked'); raise SystemExit(3)"],
    )
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.setattr(dev, "checks", lambda _: [("first", bad), ("second", good), ("third", bad)])
    assert dev.test([]) == 1
    printed = capfd.readouterr().out
    assert printed.count("looked") == 3
    assert printed.endswith("Failed: first, third.\n")
    monkeypatch.setattr(dev, "checks", lambda _: [("second", good)])
    assert dev.test([]) == 0


def test_what_the_checks_compile_is_kept_beside_the_parts(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    look = "import sys; sys.exit(sys.dont_write_bytecode or not sys.pycache_prefix.endswith('bytecode'))"
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.setattr(dev, "checks", lambda _: [("look", [sys.executable, "-c", look])])
    assert dev.test([]) == 0


def test_the_full_run_measures_coverage_and_a_chosen_one_does_not(dev: ModuleType) -> None:
    full, chosen = dict(dev.checks([])), dict(dev.checks(["-k", "plank"]))
    assert {"ruff check", "ruff format", "mypy", "lint-imports", "pytest"} == set(chosen)
    assert chosen["pytest"][-2:] == ["-k", "plank"]
    assert "-m" not in full["pytest"][3:]
    (measured,) = [full[name] for name in full.keys() - chosen.keys()]
    assert "--cov-fail-under=100" in measured
    for room in ("definition", "editing", "timeline", "player"):
        assert {f"tests/{room}", f"--cov=timer_app/{room}"} <= set(measured)


def test_the_quick_run_leaves_out_the_long_fault_runs_and_nothing_else(dev: ModuleType) -> None:
    full, quick = dict(dev.checks([])), dict(dev.checks(["quick"]))
    assert quick.pop("pytest") == [*full.pop("pytest"), "-m", "not slow"]
    assert quick == full


def test_the_changed_run_checks_the_style_of_all_and_tests_what_is_reached(dev: ModuleType) -> None:
    quick, changed = dict(dev.checks(["quick"])), dict(dev.checks(["changed", "-x"]))
    command = changed.pop("pytest")
    assert changed.items() <= quick.items()
    assert Path(command[1]) == ROOT / "packaging" / "affected.py"
    assert command[2:] == [*quick["pytest"][3:], "-x"]


@pytest.mark.parametrize(("cores", "workers"), [(None, "2"), (1, "2"), (2, "auto"), (16, "auto")])
def test_every_core_is_used_and_two_workers_at_least(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, cores: int | None, workers: str
) -> None:
    monkeypatch.setattr(dev.os, "cpu_count", lambda: cores)
    for name, command in dev.checks([]):
        if "pytest" in command:
            assert command[command.index("-n") + 1] == workers, name


def test_the_script_teaches_and_refuses_what_it_does_not_know() -> None:
    for args in ([], ["--help"]):
        taught = subprocess.run([sys.executable, DEV, *args], capture_output=True, text=True, check=True, timeout=30)
        for command in ("run", "test", "bench", "screenshots", "package", "prove", "lock"):
            assert f"packaging/dev.py {command}" in taught.stdout
    refused = subprocess.run([sys.executable, DEV, "tset"], capture_output=True, text=True, check=False, timeout=30)
    assert refused.returncode == 2
    assert "'tset'" in refused.stderr
