"""Saving a session: the file is the old one or the new one, and untouched where nothing changes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.definition.strategies import CATALOGUE
from tests.definition.test_reading import EXAMPLE
from timer_app.definition.reading import read_session
from timer_app.definition.writing import save_session, save_text
from timer_app.problems import Problem

EXAMPLE_SESSION = read_session(EXAMPLE, "x", CATALOGUE)


def test_saving_keeps_what_the_author_wrote(tmp_path: Path) -> None:
    file = tmp_path / "own" / "x.session.yaml"
    written = save_session(EXAMPLE_SESSION, file)
    assert read_session(file.read_bytes(), "x", CATALOGUE) == EXAMPLE_SESSION
    assert file.read_text(encoding="utf-8") == written
    file.write_bytes(EXAMPLE.encode())
    save_session(replace(EXAMPLE_SESSION, name="Y"), file)
    assert file.read_text(encoding="utf-8") == EXAMPLE.replace("name: Runner core", "name: Y")


def test_saving_what_is_there_does_not_touch_the_file(tmp_path: Path) -> None:
    file = tmp_path / "x.session.yaml"
    file.write_bytes(EXAMPLE.encode())
    before = file.stat()
    save_session(EXAMPLE_SESSION, file)
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_saving_over_what_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "x.session.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    save_session(EXAMPLE_SESSION, file)
    assert read_session(file.read_bytes(), "x", CATALOGUE) == EXAMPLE_SESSION


def test_saving_where_nothing_can_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be saved"):
        save_text("x", tmp_path / "file" / "x.session.yaml")
    with pytest.raises(Problem, match="cannot be saved"):
        save_session(EXAMPLE_SESSION, tmp_path)


def test_the_writer_of_yaml_is_loaded_only_to_write() -> None:
    code = "import sys, timer_app.definition.writing; print('ruamel.yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
