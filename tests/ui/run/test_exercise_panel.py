"""The figure beside the ring, which does what is to be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.run import rig as rigs
from tests.ui.run.conftest import Start
from tests.ui.run.rig import KNEES, PUSH_UPS, SUPERMAN
from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.model import Catalogue
from timer_app.paths import assets
from timer_app.settings import Settings
from timer_app.ui.look.theme import Theme


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    index: Path = tmp_path_factory.mktemp("index") / "exercises.json"
    return load_catalogue(assets() / "exercises", index=index).catalogue


@pytest.fixture(autouse=True)
def real_exercises(shipped: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rigs, "CATALOGUE", shipped)


def test_the_figure_moves_in_time_with_the_rep(start: Start) -> None:
    page, rig = start(*SUPERMAN, width=1920, height=1080)
    rig.go(10_000)
    positions = []
    for wait in (0, 500, 500, 1_000, 1_000, 1_000):
        rig.go(wait)
        positions.append(round(page.exercise_panel.figure.position, 2))
    assert not page.exercise_panel.figure.isHidden()
    assert positions[0] == positions[5] == 0
    assert positions[2] == positions[3] == 1
    assert 0 < positions[1] < 1
    assert 0 < positions[4] < 1


def test_the_figure_is_turned_to_the_side(start: Start) -> None:
    page, rig = start(*KNEES, width=1920, height=1080)
    rig.go(12_000)
    left = page.exercise_panel.figure.mirrored
    rig.go(25_000)
    assert (left, page.exercise_panel.figure.mirrored) == (True, False)


@pytest.mark.parametrize(("width", "height"), [(900, 700), (1024, 700), (1366, 768), (1920, 1080), (800, 1000)])
def test_the_figure_stands_clear_of_the_words(start: Start, width: int, height: int) -> None:
    page, rig = start(*KNEES, width=width, height=height)
    for _turn in range(4):
        rig.go(11_000)
        panel = page.exercise_panel
        others = (panel.badge, panel.hint) if panel.arrow.isHidden() else (panel.badge, panel.hint, panel.arrow)
        assert not panel.figure.isHidden()
        assert panel.rect().contains(panel.figure.geometry())
        assert not any(panel.figure.geometry().intersects(other.geometry()) for other in others)


def test_there_is_no_figure_for_work_of_ones_own(start: Start) -> None:
    page, rig = start(*PUSH_UPS, width=1920, height=1080)
    rig.go(2_000)
    assert page.exercise_panel.figure.isHidden()


def test_a_small_page_keeps_its_words(start: Start) -> None:
    page, rig = start(*SUPERMAN, width=800, height=600)
    rig.go(12_000)
    assert page.exercise_panel.figure.isHidden()
    assert page.exercise_panel.hint.width() == page.exercise_panel.width()


def test_in_a_hold_the_figure_is_drawn_twice_a_second(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    page, rig = start(*KNEES, width=1920, height=1080)
    rig.go(12_000)
    drawn: list[None] = []
    monkeypatch.setattr(page.exercise_panel.figure, "update", lambda: drawn.append(None))
    for _look in range(20):
        rig.go(100)
    assert len(drawn) == 4


def test_with_less_motion_the_figure_is_still_and_the_page_refreshed_once_a_second(start: Start, theme: Theme) -> None:
    page, rig = start(*SUPERMAN, width=1920, height=1080)
    theme.use(Settings(reduced_motion=True))
    rig.go(12_000)
    assert rig.wait == 1_000
    assert not page.exercise_panel.figure.moves
