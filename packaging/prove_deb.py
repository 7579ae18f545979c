"""Prove a Debian package in a Debian that has nothing else in it: prove_deb.py DEB [FOLDER].

As root, with debootstrap and Xvfb: a minimal system is made in a folder that is thrown away, the package is installed
with apt, tried as a person of that system would, looked at on a screen, and removed again. Each line that is printed is
something that was seen; pictures of the windows go to FOLDER (dist/proof). It takes some minutes, seven on a busy
machine with two cores, most of them for fetching and unpacking Debian. `packaging/dev.py prove` sets up what this
needs, and starts it.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import wave
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from smoke_test import LOUD, SESSION, TRIALS, Program, level
from virtual_display import display

SUITE, MIRROR = "bookworm", "http://deb.debian.org/debian"
NAME = "guided-session-timer"
PERSON, HOME = "1000:1000", "/home/person"
HOMES = ("home/person/", "root/")
"""Where those who ran the program keep their own things: the person, and root, who ran the smoke test."""

ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
PATIENCE = 90.0
"""How long a window may take to appear and to be painted, in seconds."""

PASSING = ("proc", "dev", "tmp", "var/log", "var/cache", "var/lib/apt", "var/lib/dpkg", "etc/ld.so.cache")
"""What a system writes for itself whatever is installed: it is not compared."""


class Unproven(Exception):  # noqa: N818 - it ends the proof with a sentence
    """Something was not as it should be; the text says what."""


@dataclass(frozen=True, slots=True)
class System:
    """A system in a folder; what runs in it sees nothing else of the disk but the folders that are shared."""

    root: Path
    shared: tuple[str, ...] = ()

    def command(self, *words: str, user: str = "0:0", **more: str) -> list[str]:
        """Return the command that runs some words inside; its mounts are its own, and go when it ends."""
        mounts = [f"mount -t proc proc {self.root}/proc", f"mount -t tmpfs tmpfs {self.root}/dev/shm"]
        mounts += [f"mkdir -p {self.root}{each} && mount --bind {each} {self.root}{each}" for each in self.shared]
        home = {"HOME": HOME if user == PERSON else "/root"}
        settings = [f"{name}={value}" for name, value in (ENVIRONMENT | home | more).items()]
        inside = ["chroot", f"--userspec={user}", str(self.root), "env", "-i", "-C", home["HOME"], *settings, *words]
        return ["unshare", "--mount", "sh", "-ec", "\n".join([*mounts, f'exec {shlex.join(inside)} "$@"']), "inside"]

    def run(self, *words: str, user: str = "0:0", **more: str) -> str:
        """Run something inside and return what it printed. Raises Unproven when it fails."""
        command = self.command(*words, user=user, **more)
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise Unproven(f"{shlex.join(words)} ended with {done.returncode}: {done.stderr or done.stdout}")
        return done.stdout

    def files(self) -> set[str]:
        """Return all files, links and folders of the system, but for what it writes for itself."""
        found = set()
        for folder, folders, files in os.walk(self.root):
            here = Path(folder).relative_to(self.root)
            folders[:] = [name for name in folders if str(here / name) not in PASSING]
            found |= {str(here / name) for name in [*folders, *files] if str(here / name) not in PASSING}
        return found


def prove(deb: Path, pictures: Path, root: Path) -> None:
    """Go through the whole life of the package on a new system in the folder `root`. Raises Unproven."""
    pictures.mkdir(parents=True, exist_ok=True)
    system = bare(root)
    before = system.files()
    told("a bare system", f"{SUITE}, {len(packages(system))} packages, {len(before)} files")
    installed = install(system, deb)
    run_through(system)
    listen(system)
    try_everything(system)
    look(system, pictures)
    remove(system, before, installed)


def bare(root: Path) -> System:
    """Make a minimal system with a person in it."""
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", SUITE, str(root), MIRROR], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Unproven(f"debootstrap ended with {made.returncode}: {made.stdout[-1000:]}{made.stderr[-1000:]}")
    for file in ("etc/resolv.conf", "etc/hosts"):
        shutil.copyfile(f"/{file}", root / file)
    system = System(root)
    system.run("useradd", "--create-home", "--home-dir", HOME, "--uid", "1000", "person")
    system.run("apt-get", "-qq", "update")
    return system


def packages(system: System) -> set[str]:
    """Return the names of what is installed."""
    return set(system.run("dpkg-query", "--show", "--showformat=${db:Status-Abbrev}${Package}\n").split("ii ")) - {""}


def install(system: System, deb: Path) -> set[str]:
    """Install the package with apt, and return the files that are its own."""
    had = packages(system)
    shutil.copyfile(deb, system.root / "tmp" / deb.name)
    system.run("apt-get", "install", "-y", "--no-install-recommends", f"/tmp/{deb.name}")
    more = len(packages(system) - had)
    system.run("espeak-ng", "--version")
    told("installed", f"{deb.name} and {more - 1} packages that it asks for, espeak-ng among them")
    owned = {line.lstrip("/") for line in system.run("dpkg", "--listfiles", NAME).splitlines()}
    return {name for name in owned if not (system.root / name).is_dir() or (system.root / name).is_symlink()}


def run_through(system: System) -> None:
    """Run a session in a hurry, as the person."""
    words = ["timer-app", "run", "planks-by-the-minute", "--no-window", "--speed", "60"]
    told(shlex.join(words), system.run(*words, user=PERSON).strip().splitlines()[-1])


def listen(system: System) -> None:
    """Make a sound file as the person, and measure whether each spoken line is in it."""
    file = f"{HOME}/planks.wav"
    system.run("timer-app", "export", "planks-by-the-minute", "--sound", file, user=PERSON)
    script = system.run("timer-app", "show", "planks-by-the-minute", "--script", "--json", user=PERSON)
    lines = [sound for sound in json.loads(script)["sounds"] if sound["words"]]
    with wave.open(str(system.root / file.lstrip("/"))) as sound:
        rate, samples = sound.getframerate(), array("h", sound.readframes(sound.getnframes()))
    levels = [level(samples, rate, each["start"], each["start"] + each["seconds"]) for each in lines]
    if not levels or min(levels) < LOUD:
        raise Unproven(f"of {len(lines)} spoken lines the softest is at {min(levels, default=0):.0f}")
    told("timer-app export … --sound", f"{len(lines)} spoken lines are heard, the softest at {min(levels):.0f}")


def try_everything(system: System) -> None:
    """Go through the smoke test, with the program in there and the looking out here."""
    with tempfile.TemporaryDirectory(prefix="smoke-test-") as folder:
        sharing = System(system.root, (folder,))
        program = Program(tuple(sharing.command("timer-app")), Path(folder))
        for trial in TRIALS:
            told(f"smoke test: {trial.__name__.replace('_', ' ')}", trial(program))
        (system.root / folder.lstrip("/")).rmdir()


def look(system: System, pictures: Path) -> None:
    """Open the window and a file on a screen, and keep a picture of each."""
    file = system.root / HOME.lstrip("/") / "mine.session.yaml"
    file.write_text(SESSION.replace("Smoke", "A session of my own"), encoding="utf-8")
    sharing = System(system.root, ("/tmp/.X11-unix",))
    with display("1280x900x24") as screen:
        for picture, words in (("window.png", []), ("file.png", [f"{HOME}/mine.session.yaml"])):
            command = sharing.command("timer-app", *words, user=PERSON, DISPLAY=screen)
            with running(command):
                title = painted(screen, pictures / picture)
            told(shlex.join(["timer-app", *words]), f"opened {title!r}: {pictures / picture}")
    shutil.rmtree(system.root / "tmp" / ".X11-unix")


@contextmanager
def running(command: Sequence[str]) -> Iterator[None]:
    """Let a program run for a while, and end it with all that it started."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as one:
        try:
            yield
        finally:
            os.killpg(one.pid, signal.SIGTERM)


def painted(screen: str, picture: Path) -> str:
    """Wait until a window is there and changes no more; keep its picture, and return its title."""
    ours, end, before = {**os.environ, "DISPLAY": screen}, time.monotonic() + PATIENCE, b""
    find = ["xdotool", "search", "--onlyvisible", "--name", "."]
    grab = "import sys; from PySide6.QtGui import QGuiApplication as A; a = A([])\n"
    grab += "sys.exit(not a.primaryScreen().grabWindow(0).save(sys.argv[1]))"
    while time.monotonic() < end:
        windows = subprocess.run(find, env=ours, capture_output=True, text=True, check=False).stdout.split()
        if windows:
            seen = {**ours, "QT_QPA_PLATFORM": "xcb"}
            subprocess.run([sys.executable, "-c", grab, str(picture)], env=seen, check=True)
            if (now := picture.read_bytes()) == before:
                return subprocess.check_output(["xdotool", "getwindowname", windows[0]], env=ours, text=True).strip()
            before = now
        threading.Event().wait(1.0)
    raise Unproven(f"no window was there and still after {PATIENCE:.0f} s")


def remove(system: System, before: set[str], installed: set[str]) -> None:
    """Remove the package, then what it had brought along, and see that nothing is left but what the person made."""
    system.run("apt-get", "remove", "-y", NAME)
    left = sorted(name for name in installed if os.path.lexists(system.root / name))
    if left:
        raise Unproven(f"apt remove left {left}")
    told("apt remove", f"all {len(installed)} files of the package are gone")
    system.run("apt-get", "autoremove", "-y", "--purge")
    after = system.files()
    more = sorted(name for name in after - before if not name.startswith(HOMES))
    data = system.root / HOME.lstrip("/") / ".local" / "share" / NAME
    kept = sorted(path.name for path in data.iterdir()) if data.is_dir() else []
    if more or before - after or "history.sqlite" not in kept:
        raise Unproven(f"too many: {more}; too few: {sorted(before - after)}; the person's: {kept}")
    told("apt autoremove", f"the system is as before; the person still has {', '.join(kept)}")


def told(what: str, seen: str) -> None:
    """Print one thing that was seen, and when."""
    print(f"{time.monotonic() - START:5.0f} s  {what}: {seen}", flush=True)


START = time.monotonic()


def main(args: Sequence[str]) -> int:
    """Prove the package that is named. Returns 0, or 1 with the first thing that was not as it should be."""
    if os.geteuid() != 0 or not args:
        print("As root: packaging/dev.py prove DEB [FOLDER]")
        return 2
    pictures = Path(args[1]) if len(args) > 1 else Path("dist") / "proof"
    with tempfile.TemporaryDirectory(prefix="prove-deb-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "root"
        try:
            prove(Path(args[0]), pictures, root)
        except Unproven as error:
            print(f"Not proven: {error}", flush=True)
            return 1
    print("Proven.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
