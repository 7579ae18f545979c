from __future__ import annotations

from pathlib import Path

import pytest

from timer_app.editing.rename_session import rename
from timer_app.problems import Problem

TEXT = "# mine\nformat: 1\nname: Mine   # for Sundays\nsteps:\n  - {rest: 5s}\n"


def test_only_the_name_is_written_anew(tmp_path: Path) -> None:
    file = tmp_path / "mine.session.yaml"
    file.write_bytes(TEXT.replace("\n", "\r\n").encode())
    rename(file, "Back: on Sunday")
    assert file.read_bytes() == TEXT.replace("Mine   #", "'Back: on Sunday' #").replace("\n", "\r\n").encode()


def test_a_file_that_is_no_yaml_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "mine.session.yaml"
    file.write_text(f'{TEXT}"')
    with pytest.raises(Problem, match="while the file has problems"):
        rename(file, "Back on Sunday")
    assert file.read_text() == f'{TEXT}"'
