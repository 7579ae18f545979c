"""What the system itself has to bring, and how it is brought: with apt-get, where that is at home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Need:
    """One thing of the system's own that the program stands on, and the Debian package that brings it.

    `look` is a library's soname, a program's name, or a file's path. Without an `optional` one the program still runs.
    """

    look: str
    debian: str
    optional: bool = False


# Proven one by one on a bare Debian 12: Qt's wheels bring everything else themselves.
QT = (
    Need("libglib-2.0.so.0", "libglib2.0-0"),
    Need("libGL.so.1", "libgl1"),
    Need("libEGL.so.1", "libegl1"),
    Need("libdbus-1.so.3", "libdbus-1-3"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0"),
)
VOICE = (Need("libespeak-ng.so.1", "libespeak-ng1", optional=True),)
TEST_RIG = (
    Need("Xvfb", "xvfb"),
    Need("xauth", "xauth"),
    Need("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core", optional=True),
    Need("pulseaudio", "pulseaudio"),
    Need("xdotool", "xdotool"),
    Need("openbox", "openbox"),
    Need("dbus-daemon", "dbus-daemon"),
    Need("espeak-ng", "espeak-ng"),
    Need("desktop-file-validate", "desktop-file-utils", optional=True),
    Need("appstreamcli", "appstream", optional=True),
    Need("update-mime-database", "shared-mime-info", optional=True),
    Need("gio", "libglib2.0-bin", optional=True),
    Need("flatpak-builder", "flatpak-builder", optional=True),
    Need("groff", "groff-base", optional=True),
    Need("man", "man-db", optional=True),
    Need("zsh", "zsh", optional=True),
    Need("fish", "fish", optional=True),
    Need("lintian", "lintian", optional=True),
)
PROOF_RIG = (Need("debootstrap", "debootstrap"), Need("unshare", "util-linux"), *TEST_RIG)
# A Python at home in /usr is Debian's or its kin's, which keep its library in a package apart.
LIBPYTHON = f"libpython3.{sys.version_info.minor}"
PACKAGE_RIG = (
    *([Need(f"{LIBPYTHON}.so.1.0", LIBPYTHON)] if sys.base_prefix == "/usr" else []),
    Need("objdump", "binutils"),
    Need("patchelf", "patchelf"),
    Need("dpkg-shlibdeps", "dpkg-dev", optional=True),
)


def find(need: Need) -> str | None:
    """Return the file that answers a need, or None. The loader is asked for a library: it knows where it looks."""
    if need.look.startswith("/"):
        return need.look if Path(need.look).exists() else None
    if ".so." not in need.look:
        return shutil.which(need.look)
    import ctypes  # noqa: PLC0415 - 10 ms that a second start does not need

    try:
        ctypes.CDLL(need.look)
    except OSError:
        return None
    mapped = (line.split(maxsplit=5)[-1] for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines())
    return next((path for path in mapped if Path(path).name.startswith(need.look)), need.look)


def missing(needs: Iterable[Need], found: dict[str, str | None]) -> list[Need]:
    """Return the needs that nothing answers, and note in `found` which file answers each of the others.

    A file noted earlier is only looked at. An optional need noted as None was told to the person once, and is left.
    """
    absent = []
    for need in needs:
        noted = found.get(need.look)
        if (noted and Path(noted).exists()) or (need.optional and need.look in found and not noted):
            continue
        if path := find(need):
            found[need.look] = path
        else:
            absent.append(need)
    return absent


def apt_commands(packages: Sequence[str], *, root: bool, can_ask: bool) -> tuple[list[str], list[str]]:
    """Return the command that installs Debian packages, and the one that brings apt's lists up to date."""
    sudo = [] if root else ["sudo"] if can_ask else ["sudo", "-n"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    return [*apt, "install", "-y", "--no-install-recommends", *packages], [*apt, "update"]


def advice(needs: Sequence[Need], manager: str | None) -> str:
    """Return what to type for what is missing, for the package manager that the system has."""
    if manager == "apt-get":
        return "As root, type: apt-get install " + " ".join(debian_packages(needs))
    if manager in {"dnf", "zypper"}:  # both take what a package provides in place of its name
        return f"Type: sudo {manager} install " + " ".join(rpm_name(need.look) for need in needs)
    return "Install them with your system's package manager: " + ", ".join(need.look for need in needs)


def debian_packages(needs: Iterable[Need]) -> list[str]:
    """Return the Debian packages that answer some needs, each once."""
    return list(dict.fromkeys(need.debian for need in needs))


def rpm_name(look: str) -> str:
    """Return what rpm systems call a library, a font or a program."""
    if ".so." in look:
        return f"'{look}()(64bit)'"
    return "dejavu-sans-fonts" if look.startswith("/") else f"/usr/bin/{look}"


def install_with_apt(packages: Sequence[str]) -> bool:
    """Install Debian packages as root or through sudo; return whether that worked."""
    root = os.geteuid() == 0
    if not root and shutil.which("sudo") is None:
        return False
    say(f"Installing with apt-get{'' if root else ' (through sudo)'}: {' '.join(packages)}")
    install, update = apt_commands(packages, root=root, can_ask=sys.stdin is not None and sys.stdin.isatty())
    # Lists that are missing or old make the first try fail; updating them each time would cost more than a second try.
    if subprocess.run(install, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
        return True
    subprocess.run(update, check=False, stdout=subprocess.DEVNULL)
    return subprocess.run(install, check=False, stdout=subprocess.DEVNULL).returncode == 0


def see_to(needs: Iterable[Need], found: dict[str, str | None]) -> None:
    """Install what is missing where apt-get is at home; elsewhere say what to type, and stop unless it is optional."""
    absent = missing(needs, found)
    if not absent:
        return
    manager = next((name for name in ("apt-get", "dnf", "zypper") if shutil.which(name)), None)
    if manager == "apt-get" and install_with_apt(debian_packages(absent)):
        absent = missing(absent, found)
    if absent:
        say("Missing on this system: " + ", ".join(need.look for need in absent) + ". " + advice(absent, manager))
    if not all(need.optional for need in absent):
        sys.exit(1)
    found.update({need.look: None for need in absent})


def say(words: str) -> None:
    """Tell the person something, beside whatever the app prints."""
    print(words, file=sys.stderr, flush=True)


def stop(words: str) -> NoReturn:
    """Tell the person why nothing can go on, and end."""
    say(words)
    sys.exit(1)
