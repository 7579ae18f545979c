"""The editor in a real window, driven by keys and clicks through the X server, and the files read afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_window import go
from timer_app.definition.parser import read_session
from timer_app.exercises.catalogue import load_catalogue
from timer_app.paths import assets, shipped_sessions, user_paths

pytestmark = [pytest.mark.screen, pytest.mark.timeout(240)]

MINE = "format: 1\nname: Mine   # and nobody else's\nsteps:\n  - {name: A, hold: 10s}\n  # then\n  - rest: 5s\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "settings.json").write_text('{"welcomed": true}')
    sessions = user_paths(tmp_path).sessions
    sessions.mkdir(parents=True)
    (sessions / "mine.session.yaml").write_text(MINE)
    return tmp_path


def saved(home: Path, stem: str = "mine") -> str:
    return (user_paths(home).sessions / f"{stem}.session.yaml").read_text()


def test_runner_core_is_built_from_nothing_with_keys_and_mouse(home: Path) -> None:
    go("runner core", home, "tests.journeys.editing", patience=200)
    catalogue = load_catalogue(assets() / "exercises").catalogue
    shipped = (shipped_sessions() / "runner-core.session.yaml").read_text(encoding="utf-8")
    made = read_session(saved(home, "runner-core-2"), "made", catalogue)
    assert made == read_session(shipped, "shipped", catalogue)


def test_five_planks_and_a_childs_pose_are_made_and_run(home: Path) -> None:
    go("five planks", home, "tests.journeys.editing")
    assert "hold: 30s\n    sets: 5\n    rest: 15s\n" in saved(home, "my-session")


def test_a_text_is_broken_and_mended_and_the_form_waits_meanwhile(home: Path) -> None:
    go("break and mend", home, "tests.journeys.editing")
    assert saved(home) == MINE + "  - rest: 12s"


def test_what_was_not_saved_is_there_again_after_a_power_cut(home: Path) -> None:
    go("power cut", home, "tests.journeys.editing", killed=True)
    assert saved(home) == MINE
    go("go on", home, "tests.journeys.editing")
    assert saved(home) == MINE.replace("Mine   #", "Mine and longer #")
    assert not list((home / "state" / "drafts").glob("*.json"))
