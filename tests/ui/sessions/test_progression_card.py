"""A longer hold proposed above the plan: taken, taken back, put off, and never more than it should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Front
from tests.ui.stage import Stage, add_clean_runs
from timer_app.definition.model import ExerciseStep, Hold
from timer_app.ui.sessions.progression_card import ProgressionCard
from timer_app.ui.shell.banners import Banner

PLANKS = "# Mine\nformat: 1\nname: Mine\nsteps:\n  - exercise: plank\n    hold: 30s   # half a minute\n    sets: 2\n"


def looked(front: Front) -> ProgressionCard:
    card = front.sessions.detail.growth
    front.qtbot.waitUntil(lambda: not card.busy)
    return card


@pytest.fixture
def front(open_window: Callable[[], Front], stage: Stage) -> Front:
    stage.add_file("mine", PLANKS)
    add_clean_runs(stage, "mine")
    made = open_window()
    made.open_sessions().choose("mine")
    return made


def told(front: Front, words: str) -> Banner:
    """Wait for a banner with these words in it."""
    front.qtbot.waitUntil(lambda: any(words in banner.notice.what for banner in front.window.banners.banners))
    return front.window.banners.banners[-1]


def hold(front: Front, stem: str, index: int = 0) -> int:
    library = front.window._services.library
    step = library.open(library.find(stem)).steps[index]
    assert isinstance(step, ExerciseStep)
    assert isinstance(step.work, Hold)
    return step.work.length // 1000


def test_it_asks_with_its_reason_beside_the_session(front: Front) -> None:
    card = looked(front)
    assert card.isVisible()
    assert card.question.text() == "Plank: 35 s instead of 30 s?"
    assert card.reason.text() == (
        "You have done it as planned three times, and your back was no worse the mornings after."
    )
    assert (card.yes.text(), card.later.text()) == ("Yes, 35 s", "Not now")
    assert card.yes.accessibleName().startswith("Yes, 35 s. Plank: 35 s instead of 30 s?")
    front.sessions.choose("desk-break")
    assert not card.isVisible()
    assert not looked(front).isVisible()
    front.sessions.choose("mine")
    assert looked(front).isVisible()


def test_yes_by_keyboard_changes_one_value_and_undo_gives_it_back(front: Front, stage: Stage) -> None:
    card = looked(front)
    file = stage.paths.sessions / "mine.session.yaml"
    card.yes.setFocus()
    QTest.keyClick(card.yes, Qt.Key.Key_Return)
    assert not card.isVisible()
    banner = told(front, "Plank is held for 35 s from now on.")
    assert file.read_text() == PLANKS.replace("30s", "35s")
    assert front.window.page == "sessions"
    assert not looked(front).isVisible()
    assert banner.action is not None
    banner.action.click()
    assert file.read_text() == PLANKS
    front.qtbot.waitUntil(lambda: not front.sessions._reading.busy)
    assert not looked(front).isVisible()


def test_a_shipped_session_is_changed_as_the_persons_own_copy(open_window: Callable[[], Front], stage: Stage) -> None:
    add_clean_runs(stage, "first-core")
    front = open_window()
    front.open_sessions().choose("first-core")
    card = looked(front)
    assert card.question.text() == "Knee plank: 15 s instead of 10 s?"
    card.yes.click()
    banner = told(front, "Knee plank is held for 15 s from now on.")
    own = stage.paths.sessions / "first-core.session.yaml"
    assert own.exists()
    front.qtbot.waitUntil(lambda: front.sessions.detail.entry is not None and not front.sessions.detail.entry.shipped)
    assert hold(front, "first-core", 1) == 15
    assert banner.action is not None
    banner.action.click()
    assert not own.exists()
    front.qtbot.waitUntil(lambda: front.sessions.detail.entry is not None and front.sessions.detail.entry.shipped)
    assert hold(front, "first-core", 1) == 10


def test_not_now_is_kept_for_two_weeks(front: Front, stage: Stage) -> None:
    card = looked(front)
    card.later.click()
    assert not card.isVisible()
    assert hold(front, "mine") == 30
    assert json.loads(stage.paths.answers.read_bytes())["answered"] == {"mine": "2026-03-14"}
    front.sessions.refresh()
    assert not looked(front).isVisible()
    stage.clock.set_wall(stage.clock.wall() + timedelta(days=14))
    front.sessions.refresh()
    front.qtbot.waitUntil(card.isVisible)


def test_an_answer_that_cannot_be_kept_is_told(front: Front, stage: Stage) -> None:
    card = looked(front)
    stage.paths.answers.mkdir(parents=True)
    card.later.click()
    told(front, "could not be kept")


def test_a_file_that_cannot_be_changed_is_told_and_nothing_is_remembered(front: Front, stage: Stage) -> None:
    card = looked(front)
    file = stage.paths.sessions / "mine.session.yaml"
    file.write_text(PLANKS.replace("30s", "45s"))
    card.yes.click()
    told(front, "has changed meanwhile")
    assert "45s" in file.read_text()
    assert not stage.paths.answers.exists()


def test_one_known_morning_is_told_as_one(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_file("mine", PLANKS)
    add_clean_runs(stage, "mine", mornings=1)
    front = open_window()
    front.open_sessions().choose("mine")
    assert looked(front).reason.text().endswith("your back was no worse the next morning.")


def test_a_damaged_history_proposes_nothing(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_file("mine", PLANKS)
    stage.paths.history.write_bytes(b"not a history at all" * 100)
    front = open_window()
    front.open_sessions().choose("mine")
    assert not looked(front).isVisible()


def test_a_file_from_elsewhere_gets_no_proposal(front: Front, stage: Stage) -> None:
    elsewhere = stage.folder / "mine.session.yaml"
    elsewhere.write_text(PLANKS)
    front.window.show_session(front.window._services.library.read(elsewhere))
    assert not looked(front).isVisible()
