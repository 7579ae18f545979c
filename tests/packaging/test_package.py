"""What people install, made in earnest: the frozen program, its parts, the Debian package. It takes a minute or two."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import debian
import parts
import pytest
import sbom
import smoke_test
from freeze import Frozen, freeze

EPOCH = 1_700_000_000
MOST = 110_000_000
"""The most bytes that the program may take up: our aim."""

RIG = ("objdump", "patchelf", "dpkg-shlibdeps", "lintian", "espeak-ng")


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(sys.platform != "linux" or not all(map(shutil.which, RIG)), reason=f"needs {', '.join(RIG)}")
def test_what_people_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DPKG_DEB_COMPRESSOR_LEVEL", "1")  # nobody downloads this one
    frozen = freeze(tmp_path / "out")
    nothing_in_it_is_superfluous(frozen)
    found = parts.parts_of(frozen)
    nobody_is_left_out(frozen, found)
    assert not [part.name for part in found if parts.is_gpl(part.licence)]
    deb = debian.build_deb(frozen, found, sbom.document(found, EPOCH), tmp_path / "out", EPOCH)
    lintian = subprocess.run(
        ["lintian", "--fail-on", "error,warning", deb], capture_output=True, text=True, check=False
    )
    assert lintian.returncode == 0, lintian.stdout
    depends = field(deb, "Depends")
    assert {"espeak-ng", "libxcb-cursor0", "libegl1", "libsqlite3-0"} <= {
        each.split()[0] for each in depends.split(", ")
    }
    root = tmp_path / "root"
    subprocess.run(["dpkg-deb", "--raw-extract", deb, root], check=True)
    the_sums_are_those_of_the_files(root)
    everything_is_of_one_time(deb)
    assert smoke_test.main([str(root / "usr" / "bin" / "timer-app")]) == 0


def nothing_in_it_is_superfluous(frozen: Frozen) -> None:
    files = [path for path in frozen.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) <= MOST
    names = " ".join(path.name.lower() for path in files)
    for word in (
        "quick",
        "qml",
        "gtk",
        "openssl",
        "libssl",
        "readline",
        "espeak-ng",
        "libqvnc",
        ".qm ",
        "tkinter",
        ".icns",
        "iso2022",
    ):
        assert word not in names, word
    for wanted in ("libqxcb.so", "libqwayland.so", "libqoffscreen.so", "libqminimal.so", "libqsvgicon.so"):
        assert wanted in names, wanted
    assert not [path for path in frozen.folder.rglob("*") if path.is_symlink() and not path.exists()]


def nobody_is_left_out(frozen: Frozen, found: list[parts.Part]) -> None:
    owned = {file for part in found for file in part.files}
    assert {name for name, _source in frozen.sources} <= owned
    inside = frozen.folder / "_internal"
    shipped = {str(path.relative_to(inside)) for path in inside.rglob("*") if path.is_file() and not path.is_symlink()}
    assert shipped <= owned
    assert {"Qt", "ICU", "Python", "LAME", "pyttsx3"} <= {part.name for part in found}


def field(deb: Path, name: str) -> str:
    return subprocess.run(["dpkg-deb", "--field", deb, name], capture_output=True, text=True, check=True).stdout.strip()


def the_sums_are_those_of_the_files(root: Path) -> None:
    lines = (root / "DEBIAN" / "md5sums").read_text(encoding="utf-8").splitlines()
    told = {name: md5 for md5, name in (line.split("  ", 1) for line in lines)}
    files = [path for path in (root / "usr").rglob("*") if path.is_file() and not path.is_symlink()]
    assert told == {str(path.relative_to(root)): hashlib.md5(path.read_bytes()).hexdigest() for path in files}


def everything_is_of_one_time(deb: Path) -> None:
    ours = {**os.environ, "TZ": "UTC"}
    listed = subprocess.run(["dpkg-deb", "--contents", deb], capture_output=True, text=True, check=True, env=ours)
    rows = [line.split(maxsplit=5) for line in listed.stdout.splitlines()]
    assert {row[1] for row in rows} == {"root/root"}
    assert max(f"{row[3]} {row[4]}" for row in rows) <= "2023-11-14 22:13"
