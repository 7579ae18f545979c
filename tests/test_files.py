"""Files that are replaced whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from timer_app.files import replacing, write_atomically


def test_a_new_file_gets_its_content_its_folder_and_the_usual_permissions(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "file.txt"
    write_atomically(file, b"content")
    plain = tmp_path / "plain.txt"
    plain.touch()
    assert file.read_bytes() == b"content"
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_atomically(file, b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o640)


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


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").touch()
    with pytest.raises(OSError, match="in-the-way"):
        write_atomically(tmp_path / "in-the-way" / "file.txt", b"")
