"""The archive for any Linux, made of a folder as small as can be."""

import sys
import tarfile
from pathlib import Path

import package
import pytest
from freeze import Frozen
from parts import Part

from timer_app import __version__

EPOCH = 1_700_000_000
TOP = f"guided-session-timer-{__version__}"


@pytest.mark.skipif(sys.platform != "linux", reason="an archive for Linux")
def test_the_archive_holds_the_program_and_what_belongs_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "guided-session-timer"
    (folder / "_internal").mkdir(parents=True)
    (folder / "timer-app").write_text("#!/bin/sh\n")
    (folder / "timer-app").chmod(0o755)
    (folder / "_internal" / "libb.so").symlink_to("lib/libb.so")
    part = Part("A part", "1.0", "MIT", "Somebody", "https://a", "https://b", "pkg:generic/a@1.0", "Do as you like.\n")
    archive = package.build_archive(Frozen(folder, ()), [part], "{}\n", tmp_path, EPOCH)
    with tarfile.open(archive) as packed:
        entries = {entry.name: entry for entry in packed.getmembers()}
        read_me, licence = packed.extractfile(f"{TOP}/README.txt"), packed.extractfile(f"{TOP}/licences/A-part.txt")
        assert read_me is not None
        assert __version__ in read_me.read().decode()
        assert licence is not None
        assert licence.read() == b"Do as you like.\n"
    assert entries[f"{TOP}/timer-app"].mode & 0o111
    assert entries[f"{TOP}/_internal/libb.so"].linkname == "lib/libb.so"
    assert f"{TOP}/sbom.cdx.json" in entries
    assert f"{TOP}/share/man/man1/timer-app.1.gz" in entries
    assert f"{TOP}/usr" not in entries
    assert {(entry.mtime, entry.uid, entry.gid) for entry in entries.values()} == {(EPOCH, 0, 0)}


def test_the_time_of_everything_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert package.release_time() == 1_234_567_890
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert package.release_time() > EPOCH
