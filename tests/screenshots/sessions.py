"""The states of the Sessions page, and of what comes above it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from tests.screenshots.scene import Scene, state, with_nothing
from tests.ui.stage import Stage, add_clean_runs
from timer_app.conductor.audio_export import Progress
from timer_app.conductor.start_run import conduct, plan_run
from timer_app.problems import Problem
from timer_app.ui.shell.resume_offer import InterruptedRunOffer


def _broken(stage: Stage) -> None:
    stage.add_demo_history()
    stage.add_broken_file()


@state("sessions")
def _sessions(scene: Scene) -> None:
    scene.sessions.choose("superman-tens")
    scene.sessions.detail.step_figure.load()


@state("sessions-not-asked")
def _not_asked(scene: Scene) -> None:
    if scene.window.notifications.morning is not None:
        scene.window.notifications.morning.later.click()
    _sessions(scene)


@state("sessions-left-out")
def _left_out(scene: Scene) -> None:
    scene.sessions.choose("runner-core")
    plan = scene.sessions.detail.plan
    plan.setFocus()
    for number in (1, 2):
        plan.plan.setData(plan.plan.index(number), Qt.CheckState.Unchecked, int(Qt.ItemDataRole.CheckStateRole))
    plan.setCurrentIndex(plan.plan.index(2))


_UNTIL_DONE = """format: 1
name: Evening floor, at my own pace
level: gentle
steps:
  - {exercise: cat-cow, until_done: true}
  - {exercise: plank, hold: 40s, sets: 2, rest: 20s}
  - {exercise: childs-pose, until_done: true}
"""


@state("sessions-preparing")
def _preparing(scene: Scene) -> None:
    scene.sessions.choose("superman-tens")
    scene.sessions.detail.voice_preload.progressed.emit(12, 40)


def _with_own(stage: Stage) -> None:
    stage.add_demo_history()
    stage.add_copy("superman-tens", "superman-tens")
    stage.add_file("until-done", _UNTIL_DONE)


@state("sessions-own", _with_own)
def _own(scene: Scene) -> None:
    scene.sessions.choose("until-done")


def _with_clean_runs(stage: Stage) -> None:
    add_clean_runs(stage, "first-core")


@state("sessions-growth", _with_clean_runs)
def _growth(scene: Scene) -> None:
    scene.sessions.choose("first-core")
    # It looks after a moment of its own; a picture need not wait for that.
    scene.sessions.detail.growth._search.start()


@state("sessions-growth-taken", _with_clean_runs)
def _growth_taken(scene: Scene) -> None:
    _growth(scene)
    scene.settle()
    scene.sessions.detail.growth.yes.click()


@state("sound-file", _with_own)
def _sound_file(scene: Scene) -> None:
    _own(scene)
    plan = scene.sessions.detail.plan.plan
    plan.setData(plan.index(0), Qt.CheckState.Unchecked, int(Qt.ItemDataRole.CheckStateRole))
    scene.sessions.detail.sound_file.click()


@state("sound-file-in-work")
def _sound_file_in_work(scene: Scene) -> None:
    scene.sessions.choose("runner-core")
    scene.sessions.detail.sound_file.click()
    dialog = scene.sessions.detail.sound_dialog
    assert dialog is not None
    dialog.show_progress(Progress(31, 118))


@state("sessions-swapped")
def _swapped(scene: Scene) -> None:
    scene.sessions.choose("runner-core")
    view = scene.sessions.detail.plan
    view.plan.swap((1,), "knee-plank")
    view.plan.swap((2,), "bird-dog")
    view.setFocus()
    view.setCurrentIndex(view.plan.index(3))
    scene.sessions.detail.step_figure.load()


@state("sessions-broken", _broken)
def _broken_file(scene: Scene) -> None:
    scene.sessions.choose("sore-back-morning")


@state("sessions-empty-search")
def _empty_search(scene: Scene) -> None:
    scene.sessions.search.setText("swimming")


@state("sessions-message")
def _message(scene: Scene) -> None:
    scene.stage.messages.show_problem(
        Problem("The history is not being saved: the disk is full.", "Free some space; what you do is kept until then.")
    )
    scene.stage.messages.show_offer("“Superman tens” of yesterday was deleted.", "Undo", lambda: None)


@state("welcome", with_nothing, welcomed=False)
def _welcome(scene: Scene) -> None:
    """Show the first start as it is."""


def _interrupted(stage: Stage) -> None:
    """Leave a session in its second set, as a power cut would."""
    stage.clock.set_wall(stage.clock.wall() - timedelta(minutes=10))
    wanted = plan_run(stage.services.library.find("superman-tens"), stage.services.catalogue)
    conductor = conduct(wanted, stage.services.playback, stage.settings)
    for _second in range(120):
        stage.clock.advance(1_000)
        conductor.poll()
    stage.journal.flush()


@state("sessions-going-on", _interrupted)
def _going_on(scene: Scene) -> None:
    InterruptedRunOffer(scene.stage.services, scene.window).start()
    scene.settle()


@state("drop")
def _drop(scene: Scene) -> None:
    file = scene.stage.folder / "sent-by-a-friend.session.yaml"
    scene.stage.folder.mkdir(exist_ok=True)
    text = scene.stage.services.library.find("evening-unwind").text()
    file.write_text(text, encoding="utf-8")
    scene.window.file_drop.import_files([file])
