"""Files that are written whole or not at all, for their owner alone, and read without waiting for what is no file."""

from __future__ import annotations

import os
import re
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from timer_app import atomic_write
from timer_app.atomic_write import (
    MAX_BYTES,
    make_folder,
    open_file,
    read_start,
    read_whole,
    replacing,
    restrict_to_owner,
    unreadable,
    write_atomically,
    write_new,
)

posix = pytest.mark.skipif(os.name == "nt", reason="rights, pipes and links of POSIX systems")


def mode(file: Path) -> int:
    return stat.S_IMODE(file.lstat().st_mode)


@pytest.fixture(params=[0o022, 0o000, 0o077])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@posix
@pytest.mark.usefixtures("_umask")
def test_a_new_file_and_every_folder_that_it_needs_are_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "file.txt"
    write_atomically(file, b"content")
    assert file.read_bytes() == b"content"
    assert [mode(path) for path in (file, file.parent, file.parent.parent)] == [0o600, 0o700, 0o700]


@posix
@pytest.mark.parametrize("usual", [0o640, 0o644, 0o600, 0o400])
@pytest.mark.usefixtures("_umask")
def test_an_old_file_keeps_its_permissions(tmp_path: Path, usual: int) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"old")
    file.chmod(usual)
    write_atomically(file, b"new")
    assert (file.read_bytes(), mode(file)) == (b"new", usual)


def test_what_goes_wrong_leaves_the_old_file_and_no_trace(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"old")

    def break_off() -> None:
        with replacing(file) as out:
            out.write(b"half of")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_takes_no_others_place(tmp_path: Path) -> None:
    write_new(tmp_path / "file.txt", b"first")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "file.txt", b"second")
    assert (tmp_path / "file.txt").read_bytes() == b"first"


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").touch()
    with pytest.raises(OSError, match="in-the-way"):
        write_atomically(tmp_path / "in-the-way" / "file.txt", b"")
    make_folder(tmp_path)


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / ("é" * 120 + ".yaml")
    write_atomically(file, b"content")
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@posix
def test_through_a_link_its_target_is_written_and_the_link_stays(tmp_path: Path) -> None:
    dotfiles = tmp_path / "dotfiles"
    dotfiles.mkdir()
    (dotfiles / "settings.json").write_bytes(b"old")
    (dotfiles / "settings.json").chmod(0o644)
    (tmp_path / "first.json").symlink_to("dotfiles/settings.json")
    (tmp_path / "second.json").symlink_to("first.json")
    write_atomically(tmp_path / "second.json", b"new")
    assert (tmp_path / "second.json").is_symlink()
    assert (tmp_path / "first.json").is_symlink()
    assert ((dotfiles / "settings.json").read_bytes(), mode(dotfiles / "settings.json")) == (b"new", 0o644)
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(
        ["dotfiles", "settings.json", "first.json", "second.json"]
    )


@posix
def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "settings.json").symlink_to("dotfiles/settings.json")
    write_atomically(tmp_path / "settings.json", b"new")
    assert (tmp_path / "settings.json").is_symlink()
    assert (tmp_path / "dotfiles" / "settings.json").read_bytes() == b"new"


@posix
@pytest.mark.parametrize("target", ["away/settings.json", "settings.json"])
def test_a_link_that_leads_nowhere_is_told_and_stays(tmp_path: Path, target: str) -> None:
    link = tmp_path / "settings.json"
    link.symlink_to(target)
    with pytest.raises(FileNotFoundError) as told:
        write_atomically(link, b"new")
    assert told.value.strerror == "settings.json is a link to a place that is not there"
    assert link.is_symlink()
    assert list(tmp_path.iterdir()) == [link]


@posix
def test_a_folder_that_is_a_link_to_nothing_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "sessions").symlink_to("dotfiles")
    with pytest.raises(FileNotFoundError, match="sessions is a link to a place that is not there"):
        write_atomically(tmp_path / "sessions" / "mine.session.yaml", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["sessions"]


def pipe(file: Path) -> None:
    os.mkfifo(file)


def door(file: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(file))


def device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def folder(file: Path) -> None:
    file.mkdir()


@posix
@pytest.mark.parametrize("make", [pipe, door, device, folder])
def test_what_is_no_file_is_neither_read_nor_written_over(
    tmp_path: Path, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name must be short
    file = Path("file.txt")
    make(file)
    before = file.lstat()
    for read in (read_whole, open_file, lambda file: read_start(file, 1)):
        with pytest.raises(OSError):  # noqa: PT011 - which one differs, and none has waited
            read(file)
    with pytest.raises(OSError, match=r"it is a folder|it is not a file"):
        write_atomically(file, b"new")
    assert file.lstat() == before


def test_no_more_is_read_than_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"12345")
    assert (read_start(file, 3), read_start(file, 9)) == (b"123", b"12345")
    assert read_whole(file, 5) == b"12345"
    with pytest.raises(OSError, match="it is larger than 0 KiB"):
        read_whole(file, 4)
    os.truncate(file, 2 << 30)
    with pytest.raises(OSError, match="it is larger than 256 KiB") as told:
        read_whole(file, MAX_BYTES)
    assert str(unreadable(file, told.value)).startswith("file.txt cannot be read: it is larger than 256 KiB.")
    with pytest.raises(OSError, match="it is larger than 16 MiB"):
        read_whole(file, 16 << 20)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="a file whose size nobody knows")
def test_a_file_that_is_larger_than_it_says_is_read_no_further(tmp_path: Path) -> None:
    maps = Path("/proc/self/maps")
    assert maps.stat().st_size == 0
    with pytest.raises(OSError, match="larger"):
        read_whole(maps, 100)


@posix
def test_what_was_open_to_others_is_kept_to_its_owner(tmp_path: Path) -> None:
    wide, open_folder, link = tmp_path / "wide", tmp_path / "folder", tmp_path / "link"
    target = tmp_path / "target"
    for file, usual in ((wide, 0o664), (target, 0o644)):
        file.touch()
        file.chmod(usual)
    open_folder.mkdir()
    open_folder.chmod(0o755)
    link.symlink_to(target)
    for path in (wide, open_folder, link, tmp_path / "missing"):
        restrict_to_owner(path)
    assert [mode(path) for path in (wide, open_folder, target)] == [0o600, 0o700, 0o644]


def test_nothing_is_read_or_written_past_this_module() -> None:
    """Another way in would wait for a pipe, another way out would be open to everybody."""
    past = re.compile(r'\.(read_bytes|write_bytes|write_text|mkdir)\(|\.read_text\((encoding|\))|\bopen\("(?!rb\+)')
    package = Path(atomic_write.__file__).parent
    found = {
        f"{module.relative_to(package)}: {line.strip()}"
        for module in package.rglob("*.py")
        for line in module.read_text(encoding="utf-8").splitlines()
        if past.search(line)
        and module.name not in ("atomic_write.py", "voice_worker.py")  # the voice's process writes for itself
    }
    assert found == set()
