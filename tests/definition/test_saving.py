"""Saving a session: the file is the old one or the new one, never a mixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.definition.test_parser import EXAMPLE
from timer_app.definition.serializer import save_text
from timer_app.problems import Problem


def test_saving_writes_the_whole_text_in_a_folder_that_may_be_new(tmp_path: Path) -> None:
    file = tmp_path / "own" / "x.session.yaml"
    save_text(EXAMPLE, file)
    assert file.read_text(encoding="utf-8") == EXAMPLE


def test_saving_where_nothing_can_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be saved"):
        save_text("x", tmp_path / "file" / "x.session.yaml")
    with pytest.raises(Problem, match="cannot be saved"):
        save_text("x", tmp_path)
