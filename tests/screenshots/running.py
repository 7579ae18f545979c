"""The states of a running session."""

from __future__ import annotations

from tests.screenshots.scene import Scene, state
from tests.ui.stage import Stage
from timer_app.conductor.conductor import Conductor
from timer_app.problems import SessionProblem
from timer_app.ui.run.run_pages import RunPages

NO_SOUND = SessionProblem(
    "There is nothing to play sound on. The session goes on without it.",
    "Connect headphones or a loudspeaker: the next sound uses what is there.",
)
NO_AWAKE = SessionProblem(
    "The screen may go dark during a session: this computer offers no way to keep it on.",
    "The voice goes on all the same. Longer times can be chosen in the system's own settings.",
)


def _run(scene: Scene, stem: str, seconds: float) -> RunPages:
    """Begin a session and go on to `seconds` after its start."""
    scene.window.start_session(scene.stage.services.library.find(stem))
    running = scene.window.running
    assert running is not None
    # Looks that are further apart than two seconds are taken for a computer that slept.
    for step in (*[1_000] * int(seconds), round(seconds % 1 * 1_000)):
        scene.stage.clock.advance(step)
        if running.driver is not None:
            running.driver.refresh()
    # Whether the computer at hand can keep its screen awake is no part of the picture.
    scene.settle()
    for banner in scene.window.banners.banners:
        banner.close_button.click()
    return running


@state("run-setup")
def _run_setup(scene: Scene) -> None:
    _run(scene, "superman-tens", 4.2)


@state("run-work")
def _run_work(scene: Scene) -> None:
    _run(scene, "superman-tens", 36.5)


@state("run-last-rep")
def _run_last_rep(scene: Scene) -> None:
    _run(scene, "superman-tens", 53.0)


@state("run-rest")
def _run_rest(scene: Scene) -> None:
    _run(scene, "superman-tens", 84.0)


@state("run-switch")
def _run_switch(scene: Scene) -> None:
    _run(scene, "knee-to-chest-holds", 32.5)


@state("run-paused")
def _run_paused(scene: Scene) -> None:
    driver = _run(scene, "planks-by-the-minute", 31.0).driver
    assert driver is not None
    driver.do(Conductor.pause)


@state("run-stopping")
def _run_stopping(scene: Scene) -> None:
    _run(scene, "planks-by-the-minute", 31.0).run_page.ask_to_stop()


@state("run-closing")
def _run_closing(scene: Scene) -> None:
    _run(scene, "planks-by-the-minute", 31.0)
    scene.window.close()


@state("run-finished")
def _run_finished(scene: Scene) -> None:
    _run(scene, "superman-tens", 292.0)


@state("run-notices")
def _run_notices(scene: Scene) -> None:
    _run(scene, "superman-tens", 36.5)
    for problem in (NO_SOUND, NO_AWAKE):
        scene.stage.messages.show_problem(problem)


@state("run-locked")
def _run_locked(scene: Scene) -> None:
    page = _run(scene, "superman-tens", 36.5).run_page
    page.lock_keys()
    page.input_lock.show_hint()


@state("run-keys")
def _run_keys(scene: Scene) -> None:
    _run(scene, "superman-tens", 36.5).run_page.keys_card.show()


def _with_a_count(stage: Stage) -> None:
    text = "format: 1\nname: Burpees\nsteps:\n  - {exercise: burpee, amrap: 30s, sets: 2, rest: 45s}\n"
    stage.add_demo_history()
    stage.add_file("burpees", text)


@state("run-count", _with_a_count)
def _run_count(scene: Scene) -> None:
    _run(scene, "burpees", 45.0).run_page.reps.type_digit(9)
