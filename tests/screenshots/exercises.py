"""The states of the Exercises page, the settings and the help."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea

from tests.screenshots.scene import Scene, state
from tests.ui.stage import Stage
from timer_app.ui.exercises.page import ExercisesPage
from timer_app.ui.shell.reminders import PostureReminders

_OWN_EXERCISE = """id: wall-sit
name: Wall sit
trains: The thighs and the buttocks.
position: Back against a wall, knees bent as on a chair.
cues: [Weight in your heels, Keep breathing]
caution: Stand up when your knees hurt.
easier: knee-bends
"""


def _own_exercises(stage: Stage) -> None:
    folder = stage.paths.exercises
    folder.mkdir(parents=True)
    (folder / "wall-sit.yaml").write_text(_OWN_EXERCISE, encoding="utf-8")
    (folder / "squat.yaml").write_text("id: squat\nname: Squat\ntrains: [thighs]\n", encoding="utf-8")


def _exercises(scene: Scene, chosen: str) -> ExercisesPage:
    scene.window.show_page("exercises")
    page = scene.window.page_widget("exercises")
    assert isinstance(page, ExercisesPage)
    assert page.choose(chosen)
    scene.settle()
    scene.stage.clock.advance(1_900)
    page.detail.figure.refresh()
    return page


@state("exercises")
def _exercise(scene: Scene) -> None:
    _exercises(scene, "superman")


@state("exercises-below")
def _exercise_below(scene: Scene) -> None:
    bar = _exercises(scene, "plank").detail.scroller.verticalScrollBar()
    bar.setValue(bar.maximum())


@state("exercises-own", _own_exercises)
def _exercise_own(scene: Scene) -> None:
    _exercises(scene, "wall-sit")


@state("exercises-problems", _own_exercises)
def _exercise_problems(scene: Scene) -> None:
    _exercises(scene, "plank").problems_button.click()


@state("settings")
def _settings(scene: Scene) -> None:
    scene.window.show_page("settings")


@state("settings-below")
def _settings_below(scene: Scene) -> None:
    scene.window.show_page("settings")
    scene.settle()
    page = scene.window.page_widget("settings")
    assert isinstance(page, QScrollArea)
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())


@state("sessions-reminder")
def _reminder(scene: Scene) -> None:
    PostureReminders(scene.stage.services, scene.window)._remind()


@state("help")
def _help(scene: Scene) -> None:
    scene.window.show_page("help")
