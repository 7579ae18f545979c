"""What the system has to bring is found, and what to do is said, without anything being installed."""

import shutil
import sys
from pathlib import Path
from typing import Any

import needs
import pytest


def test_apt_as_root() -> None:
    install, update = needs.apt_commands(["libgl1", "libegl1"], root=True, can_ask=False)
    assert install[0] == "env"
    assert install[-4:] == ["-y", "--no-install-recommends", "libgl1", "libegl1"]
    assert update[-1] == "update"


def test_apt_through_sudo_asks_only_where_somebody_can_answer() -> None:
    asking, _ = needs.apt_commands(["libgl1"], root=False, can_ask=True)
    silent, update = needs.apt_commands(["libgl1"], root=False, can_ask=False)
    assert asking[:2] == ["sudo", "env"]
    assert silent[:3] == ["sudo", "-n", "env"]
    assert update[:3] == ["sudo", "-n", "env"]


def test_what_to_type_where_the_script_may_not_install() -> None:
    some = [*needs.QT[:2], needs.QT[1], needs.TEST_RIG[0], needs.TEST_RIG[2]]
    assert needs.advice(some, "apt-get") == "As root, type: apt-get install libglib2.0-0 libgl1 xvfb fonts-dejavu-core"
    assert needs.advice(some[:2], "dnf") == "Type: sudo dnf install 'libglib-2.0.so.0()(64bit)' 'libGL.so.1()(64bit)'"
    assert needs.advice(some[3:], "zypper") == "Type: sudo zypper install /usr/bin/Xvfb dejavu-sans-fonts"
    assert needs.advice(some[:1], None).endswith("libglib-2.0.so.0")


@pytest.mark.skipif(sys.platform != "linux", reason="asks the loader of Linux")
def test_a_library_is_found_where_the_loader_finds_it() -> None:
    path = needs.find(needs.Need("libz.so.1", "zlib1g"))
    assert path is not None
    assert Path(path).is_file()
    assert Path(path).name.startswith("libz.so.1")
    assert needs.find(needs.Need("libnowhere-at-all.so.7", "none")) is None


def test_a_program_and_a_file_are_found(tmp_path: Path) -> None:
    assert needs.find(needs.Need("no-such-program", "none")) is None
    assert needs.find(needs.Need(str(tmp_path), "none")) == str(tmp_path)
    assert needs.find(needs.Need(str(tmp_path / "font.ttf"), "none")) is None


def test_a_file_noted_earlier_is_only_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "libsomething.so.1"
    library.touch()
    need = needs.Need("libsomething.so.1", "libsomething1")
    searched: list[Any] = []
    monkeypatch.setattr(needs, "find", searched.append)
    assert needs.missing([need], {need.look: str(library)}) == []
    assert searched == []
    library.unlink()
    assert needs.missing([need], {need.look: str(library)}) == [need]
    assert searched == [need]


def test_what_is_found_is_noted(tmp_path: Path) -> None:
    here, gone = needs.Need(str(tmp_path), "here"), needs.Need(str(tmp_path / "gone"), "gone")
    found: dict[str, str | None] = {}
    assert needs.missing([here, gone], found) == [gone]
    assert found == {here.look: here.look}


def test_an_optional_need_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need = needs.Need(str(tmp_path / "gone"), "gone", optional=True)
    said: list[str] = []
    monkeypatch.setattr(needs, "say", said.append)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    found: dict[str, str | None] = {}
    needs.see_to([need], found)
    needs.see_to([need], found)
    assert len(said) == 1


def test_what_is_needed_and_cannot_be_installed_stops_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(needs, "say", said.append)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None)
    with pytest.raises(SystemExit):
        needs.see_to([needs.Need("libnowhere-at-all.so.7", "none")], {})
    assert said[-1].endswith("Type: sudo dnf install 'libnowhere-at-all.so.7()(64bit)'")
