#!/usr/bin/env python3
"""Set up, start, check and measure the Guided Session Timer from a checkout, with nothing but Python itself.

Standard library only. What is set up is remembered in `.venv/set-up.json`, so that a second start asks neither pip nor
the system's packages: it compares a hash and looks whether a dozen files are still there.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this line is what tells the owner of an older Python
    sys.exit("The Guided Session Timer needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from needs import PACKAGE_RIG, PROOF_RIG, QT, TEST_RIG, VOICE, Need, install_with_apt, say, see_to, stop

HELP = """\
Guided Session Timer, from a checkout. Each command first sets up what it needs (the first time takes a minute or two).

  python3 packaging/dev.py run [ARGS…]         start the app; ARGS are timer-app's own (run --help names them)
  python3 packaging/dev.py test                run every check, as CI does
  python3 packaging/dev.py test quick          the same without the long fault runs
  python3 packaging/dev.py test changed        the linters, and of the quick tests those that your change can reach
  python3 packaging/dev.py test ARGS…          of the tests only those that pytest chooses: test tests/player -k pause
  python3 packaging/dev.py bench [SCRIPT…]     measure: each script of tests/bench/ in turn, or those named
  python3 packaging/dev.py screenshots FOLDER  save a picture of every screen; words after FOLDER choose among them
  python3 packaging/dev.py package [FOLDER]    make what people install on this system, in FOLDER (dist)
  python3 packaging/dev.py prove DEB [FOLDER]  try a Debian package in a bare Debian, as root; pictures go to FOLDER
  python3 packaging/dev.py lock                choose the newest allowed versions, and lock them with their hashes

The parts live in .venv; delete that folder to begin anew."""

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.json"
RUN_LOCK = ROOT / "packaging" / "requirements.lock"
PACKAGE_LOCK = ROOT / "packaging" / "requirements-package.lock"
TEST_LOCK = ROOT / "packaging" / "requirements-test.lock"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


# The parts from PyPI


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the last set-up did: with which Python, which locks (name and hash), and where each need was found."""

    python: str
    locks: dict[str, str]
    found: dict[str, str | None]


def read_stamp(path: Path) -> SetUp:
    """Read what the last set-up wrote; a stamp that is missing or damaged means that nothing is set up."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return SetUp(str(data["python"]), dict(data["locks"]), dict(data["found"]))
    except (OSError, ValueError, KeyError, TypeError):
        return SetUp("", {}, {})


def write_stamp(path: Path, stamp: SetUp) -> None:
    """Write what this set-up did, whole or not at all."""
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps({"python": stamp.python, "locks": stamp.locks, "found": stamp.found}), encoding="utf-8")
    part.replace(path)


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def still_true(locks: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the locks whose files in `folder` are still those that were installed."""
    return {name: sha for name, sha in locks.items() if (folder / name).exists() and digest(folder / name) == sha}


def set_up(lock: Path, needs: Sequence[Need]) -> None:
    """Bring the virtual environment and the system to what a lock and some needs ask for. Quiet when they are there."""
    stamp = read_stamp(STAMP)
    found = dict(stamp.found)
    if sys.platform == "linux":
        see_to(needs, found)
    whole = PYTHON.exists() and stamp.python in {"", str(PYTHON.resolve())} and not is_of_uv(VENV)
    locks = still_true(stamp.locks, lock.parent) if whole else {}
    if lock.name not in locks:
        if not whole or not PYTHON.with_name("pip.exe" if WINDOWS else "pip").exists():
            make_venv()
        install(lock)
        locks[lock.name] = digest(lock)
    if (now := SetUp(str(PYTHON.resolve()), locks, found)) != read_stamp(STAMP):  # which a new environment has not
        write_stamp(STAMP, now)


def is_of_uv(venv: Path) -> bool:
    """Tell whether `uv run` has filled the environment, with versions that it chose; it puts the project in as well."""
    places = (venv / "Lib" / "site-packages", *venv.glob("lib/python*/site-packages"))
    return any(next(place.glob("guided_session_timer-*.dist-info"), None) for place in places)


def make_venv() -> None:
    """Make the virtual environment, in place of one that is broken or of another Python."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):  # Debian keeps them apart
        package = f"python3.{sys.version_info.minor}-venv"
        if shutil.which("apt-get") is None or not install_with_apt([package]):
            stop(f"Python's venv is missing. On Debian or Ubuntu type, as root: apt-get install {package}")
    say("Setting up in .venv (once)…")
    if subprocess.run(
        [sys.executable, "-P", "-m", "venv", "--clear", str(VENV)], check=False, stdout=sys.stderr
    ).returncode:
        stop("The virtual environment could not be made; what Python said is above.")


def install(lock: Path) -> None:
    """Install exactly what a lock names, each file checked against its hash."""
    say("Fetching the locked parts (100 MB the first time)…")
    command = [str(PYTHON), "-P", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--require-hashes", "-r", str(lock)]
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode:
        stop("The parts could not be installed; what pip said is above. Is there a connection to the package index?")


# Starting the app

SPEAKING = frozenset({"run", "show", "export"})  # those that ask the voice how long a line takes


def sub_command(args: Sequence[str]) -> str:
    """Return the first word that is neither an option nor an option's value; the empty text when there is none."""
    words = iter(args)
    for word in words:
        if word == "--data-dir":
            next(words, None)  # its folder
        elif not word.startswith("-"):
            return word
    return ""


def opens_window(args: Sequence[str]) -> bool:
    """Tell whether timer-app would open a window with these arguments."""
    if {"-h", "--help", "--version"} & set(args):
        return False
    command = sub_command(args)
    if command == "run":
        return "--no-window" not in args
    return command in {"", "open"} or command.endswith((".yaml", ".yml"))


def needs_of(args: Sequence[str]) -> tuple[Need, ...]:
    """Return what the system has to bring for these arguments of timer-app."""
    if opens_window(args):
        return QT + VOICE
    if sub_command(args) == "exercises" and any(word.startswith("--sheet") for word in args):
        return QT  # it draws, though nothing is seen
    speaks = sub_command(args) in SPEAKING and not {"-h", "--help", "--version"} & set(args)
    return VOICE if speaks else ()


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Tell whether Qt will find something to draw on: a screen, or a platform that needs none, such as offscreen."""
    if platform != "linux" or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return True
    return environment.get("QT_QPA_PLATFORM", "").split(":")[0] not in {"", "xcb", "wayland", "wayland-egl"}


def run(args: Sequence[str]) -> int:
    """Start the app in place of this process."""
    if opens_window(args) and not has_display(os.environ, sys.platform):
        stop(
            "No window can open here, for there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). Without a "
            "window: timer-app run planks-by-the-minute --no-window\n(from this checkout: python3 packaging/dev.py "
            "run run planks-by-the-minute --no-window)"
        )
    set_up(RUN_LOCK, needs_of(args))
    # The folder that it is typed in may be one of downloads: nothing in it is to be taken for a part of the program.
    command = [str(PYTHON), "-P", "-m", "timer_app", *args]
    if not WINDOWS:  # where exec would return to the prompt before the app has ended
        os.execve(command[0], command, environment())
    return subprocess.run(command, check=False, env=environment()).returncode


def environment(**extra: str) -> dict[str, str]:
    """Return this process's environment with the checkout on Python's path."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, **extra}


# Checking, measuring, looking

FULLY_COVERED = ("definition", "editing", "timeline", "player")
QUICK, CHANGED = "quick", "changed"
NOT_SLOW = ("-m", "not slow")


def on_all_cores() -> list[str]:
    """Return pytest's arguments for running on every core, and on two workers where there is only one."""
    return ["-n", "auto" if (os.cpu_count() or 1) > 1 else "2", "--dist", "worksteal"]


def checks(args: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return each check's name and command.

    With arguments pytest runs what they choose; without, all of it. `quick` leaves out the long fault runs, `changed`
    what the change at hand cannot reach as well.
    """
    python, tool = str(PYTHON), "lint-imports.exe" if WINDOWS else "lint-imports"
    pytest = [python, "-m", "pytest"]
    rows = [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("lint-imports", [str(PYTHON.with_name(tool)), "--no-logo"]),
    ]
    if args and args[0] == CHANGED:
        affected = [python, str(ROOT / "packaging" / "affected.py"), *on_all_cores(), *NOT_SLOW]
        return [*rows, ("pytest", [*affected, *args[1:]])]
    if args and list(args) != [QUICK]:
        return [*rows, ("pytest", [*pytest, *args])]
    return [
        *rows,
        ("pytest", [*pytest, *on_all_cores(), *(NOT_SLOW if args else ())]),
        (f"every branch of {', '.join(FULLY_COVERED)}", [*pytest, *measured()]),
    ]


def measured() -> list[str]:
    """Return pytest's arguments for measuring the rooms whose every branch is to be taken, by their own tests.

    Measuring takes two and a half times as long, so only what counts is measured: a branch that is taken each time, and
    not one that hypothesis may happen to find.
    """
    tests = [f"tests/{room}" for room in FULLY_COVERED]
    rooms = [f"--cov=timer_app/{room}" for room in FULLY_COVERED]
    plain = ["-m", "not slow and not hypothesis"]
    return [*tests, *on_all_cores(), *plain, *rooms, "--cov-branch", "--cov-fail-under=100"]


def test(args: Sequence[str]) -> int:
    """Run every check, whatever the ones before it said, and name at the end those that failed."""
    set_up(TEST_LOCK, QT + VOICE + TEST_RIG + PACKAGE_RIG)
    failed, ours = [], environment(QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    # Python is started some hundred times, so what it compiles is kept: beside the parts, where it is in nobody's way.
    ours.pop("PYTHONDONTWRITEBYTECODE", None)
    ours.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "bytecode"))
    for name, command in checks(args):
        print(f"\n== {name}", flush=True)
        if subprocess.run(command, check=False, cwd=ROOT, env=ours).returncode:
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEvery check passed.", flush=True)
    return 1 if failed else 0


def bench(args: Sequence[str]) -> int:
    """Run each script of tests/bench/ in turn, or those named; each prints its own figures."""
    set_up(TEST_LOCK, QT + VOICE + TEST_RIG)
    scripts = args or sorted(str(path) for path in (ROOT / "tests" / "bench").glob("bench_*.py"))
    ours = environment(QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    return max((subprocess.run([str(PYTHON), path], check=False, env=ours).returncode for path in scripts), default=0)


def screenshots(args: Sequence[str]) -> int:
    """Save pictures to a folder: of every screen, or of those whose names hold one of the words after it."""
    if not args:
        stop("Name the folder for the pictures: python3 packaging/dev.py screenshots FOLDER")
    set_up(TEST_LOCK, QT + VOICE + TEST_RIG)
    command = [str(PYTHON), str(ROOT / "packaging" / "virtual_display.py"), "tests.screenshots", *args]
    return subprocess.run(command, check=False, env=environment()).returncode


def package(args: Sequence[str]) -> int:
    """Freeze the program for this system, and pack it in the forms that this system's people expect."""
    set_up(PACKAGE_LOCK, QT + PACKAGE_RIG)
    command = [str(PYTHON), str(ROOT / "packaging" / "package.py"), *args]
    return subprocess.run(command, check=False, env=environment()).returncode


def prove(args: Sequence[str]) -> int:
    """Install, try, look at and remove a Debian package, in a bare system that is thrown away."""
    set_up(PACKAGE_LOCK, QT + PROOF_RIG)
    command = [str(PYTHON), str(ROOT / "packaging" / "prove_deb.py"), *args]
    return subprocess.run(command, check=False, env=environment()).returncode


def lock(args: Sequence[str]) -> int:
    """Choose and lock versions."""
    return subprocess.run([sys.executable, str(ROOT / "packaging" / "lock.py"), *args], check=False).returncode


COMMANDS = {
    "run": run,
    "test": test,
    "bench": bench,
    "screenshots": screenshots,
    "package": package,
    "prove": prove,
    "lock": lock,
}


def main(argv: Sequence[str]) -> int:
    """Do one command; with none, or for help, teach them."""
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(HELP)
        return 0
    if argv[0] not in COMMANDS:
        say(f"There is no command {argv[0]!r}.\n\n{HELP}")
        return 2
    try:
        return COMMANDS[argv[0]](argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
