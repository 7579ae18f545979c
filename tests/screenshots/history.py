"""The states of the History page."""

from __future__ import annotations

from datetime import timedelta

from tests.screenshots.scene import Scene, state, with_nothing
from tests.ui.stage import Stage
from timer_app.problems import Problem


@state("history")
def _history(scene: Scene) -> None:
    scene.window.show_page("history")


@state("history-run")
def _history_run(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.choose(scene.history.model.rows[1].id)


def _with_yesterday(stage: Stage) -> None:
    stage.add_demo_history()
    stage.clock.set_wall(stage.services.history.runs(1)[0].started_at + timedelta(hours=14))


@state("sessions-morning-and-notice", _with_yesterday)
def _morning_and_notice(scene: Scene) -> None:
    _morning(scene)
    scene.stage.messages.show_problem(
        Problem("The history is not being saved: the disk is full.", "Free some space; what you do is kept until then.")
    )


@state("sessions-morning", _with_yesterday)
def _morning(scene: Scene) -> None:
    if scene.window.notifications.morning is None:
        scene.window.ask_next_morning()


@state("history-add")
def _history_add(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.tools.add.trigger()


@state("history-pause")
def _history_pause(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.tools.pause.trigger()


@state("history-pauses")
def _history_pauses(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.tools.pauses_action.trigger()


@state("history-days")
def _history_days(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.filter.ask_days()


@state("history-numbers")
def _history_numbers(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.overview.trend_box.as_numbers.click()
    scene.history.overview.bars.setFocus()


@state("history-exercises")
def _history_exercises(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.views.buttons[1].click()


@state("history-exercise")
def _history_exercise(scene: Scene) -> None:
    _history_exercises(scene)
    scene.settle()
    scene.history.exercises.open_chart(scene.history.exercises.exercises.index(2))


@state("history-comfort")
def _history_comfort(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.views.buttons[2].click()


@state("history-empty", with_nothing)
def _history_empty(scene: Scene) -> None:
    scene.window.show_page("history")
