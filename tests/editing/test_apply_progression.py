"""A longer hold in a session file: one value changed, a shipped session as the person's own copy, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from timer_app.definition.model import ExerciseStep, Hold, StepPath
from timer_app.definition.parser import read_session
from timer_app.editing.apply_progression import AppliedProgression, lengthen_hold, revert
from timer_app.editing.session_file import ChangedMeanwhile
from timer_app.exercises.catalogue import load_catalogue
from timer_app.paths import assets, shipped_sessions
from timer_app.problems import Problem

CATALOGUE = load_catalogue(assets() / "exercises").catalogue
TEXT = """# For Sundays
format: 1
name: Sunday
steps:
  - rest: 10s
  - rounds: 2   # twice
    steps:
      - {exercise: cobra, hold: 15s}
      # The one that counts
      - exercise: plank
        hold: 0:30   # half a minute
        sets: 2
"""
PLANK = ExerciseStep(Hold(30_000), "plank", sets=2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "own" / "sunday.session.yaml"
    made.parent.mkdir()
    made.write_bytes(TEXT.replace("\n", "\r\n").encode())
    return made


def longer(
    file: Path, own: Path, *, path: StepPath = (1, 1), step: ExerciseStep = PLANK, shipped: bool
) -> AppliedProgression:
    return lengthen_hold(file, path, step, 35_000, catalogue=CATALOGUE, own=own, shipped=shipped)


def test_one_value_changes_and_every_comment_stays(file: Path) -> None:
    before = file.read_bytes()
    applied = longer(file, file.parent, shipped=False)
    assert applied.file == file
    assert file.read_bytes() == before.replace(b"0:30  ", b"35s   ")
    revert(applied)
    assert file.read_bytes() == before


def test_a_shipped_session_becomes_a_copy_of_its_name_which_goes_again(tmp_path: Path) -> None:
    shipped, own = shipped_sessions() / "runner-core.session.yaml", tmp_path / "sessions"
    before = shipped.read_bytes()
    session = read_session(before, "runner-core", CATALOGUE)
    side_plank = session.steps[5]
    assert isinstance(side_plank, ExerciseStep)
    assert side_plank.exercise == "side-plank"
    applied = longer(shipped, own, path=(5,), step=side_plank, shipped=True)
    assert applied.file == own / shipped.name
    changed = read_session(applied.file.read_bytes(), "runner-core", CATALOGUE)
    assert [was == now for was, now in zip(session.steps, changed.steps, strict=True)].count(False) == 1
    assert shipped.read_bytes() == before
    revert(applied)
    assert list(own.iterdir()) == []


@pytest.mark.parametrize("path", [(0,), (1, 0), (1,), (1, 7), (9,), (0, 0)])
def test_a_step_that_is_another_by_now_is_left_alone(file: Path, path: StepPath) -> None:
    before = file.read_bytes()
    with pytest.raises(Problem, match="has changed meanwhile"):
        longer(file, file.parent, path=path, shipped=False)
    assert file.read_bytes() == before


def test_a_file_with_problems_is_left_alone(file: Path) -> None:
    file.write_text("format: 1\nname: Sunday\n")
    with pytest.raises(Problem, match="has changed meanwhile"):
        longer(file, file.parent, shipped=False)


@pytest.mark.parametrize("shipped", [False, True])
def test_what_was_written_meanwhile_is_not_taken_back(tmp_path: Path, file: Path, shipped: bool) -> None:
    applied = longer(file, tmp_path / "copies", shipped=shipped)
    applied.file.write_text("theirs\n")
    with pytest.raises(ChangedMeanwhile):
        revert(applied)
    assert applied.file.read_text() == "theirs\n"


def test_a_copy_that_cannot_be_deleted_is_told(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    applied = longer(file, tmp_path / "copies", shipped=True)

    def refuse(_file: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(Problem, match="cannot be deleted: Permission denied"):
        revert(applied)
