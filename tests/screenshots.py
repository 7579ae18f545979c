"""Take a picture of every page in every state, in both appearances and several sizes.

    python -m tests.screenshots FOLDER [PART…]

A picture is called STATE-THEME-SIZE.png; with PARTs only those whose name has one of them in it are taken. It needs a
screen, a virtual one will do. Another state is another function in the registry, marked with `@state`.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QThreadPool
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea

from tests import screenshots_editor, screenshots_form, screenshots_tree, screenshots_whole_editor
from tests.screenshots_parts import PARTS
from tests.ui.stage import Stage, add_clean_runs
from timer_app.conductor.opening import conduct, programme
from timer_app.conductor.sound_file import Progress
from timer_app.problems import Problem
from timer_app.settings import Appearance, Settings
from timer_app.ui.exercises.page import ExercisesPage
from timer_app.ui.history.page import HistoryPage
from timer_app.ui.library.page import SessionsPage
from timer_app.ui.main_window import MainWindow
from timer_app.ui.reminding import Reminding
from timer_app.ui.running import Running
from timer_app.ui.theme import Theme

_LOOKS = (
    (Appearance.LIGHT, 1024, 700, 100),
    (Appearance.DARK, 1024, 700, 100),
    (Appearance.LIGHT, 1920, 1080, 100),
    (Appearance.DARK, 1920, 1080, 100),
    (Appearance.LIGHT, 800, 600, 100),
    (Appearance.DARK, 800, 600, 100),
    (Appearance.LIGHT, 1024, 700, 150),
    (Appearance.DARK, 800, 600, 150),
)


@dataclass(slots=True)
class Scene:
    """The window on its stage. `prepare` fills the folders before the window is made; `act` brings the state about."""

    stage: Stage
    window: MainWindow

    def settle(self) -> None:
        """Wait until what goes on beside the window is done and all of it is painted."""
        for _turn in range(4):
            QThreadPool.globalInstance().waitForDone(5_000)
            self.stage.app.processEvents()

    @property
    def sessions(self) -> SessionsPage:
        """The Sessions page."""
        page = self.window.page_widget("sessions")
        assert isinstance(page, SessionsPage)
        return page

    @property
    def history(self) -> HistoryPage:
        """The History page."""
        page = self.window.page_widget("history")
        assert isinstance(page, HistoryPage)
        return page


@dataclass(frozen=True, slots=True)
class State:
    """Something to take a picture of."""

    name: str
    act: Callable[[Scene], None]
    prepare: Callable[[Stage], None]
    welcomed: bool


STATES: list[State] = []


def _with_history(stage: Stage) -> None:
    stage.add_demo_history()


def _with_nothing(stage: Stage) -> None:
    """Leave everything as on the first day."""


def state(
    name: str, prepare: Callable[[Stage], None] = _with_history, *, welcomed: bool = True
) -> Callable[[Callable[[Scene], None]], Callable[[Scene], None]]:
    """Register a function that brings a state about, under the name that its pictures get."""

    def register(act: Callable[[Scene], None]) -> Callable[[Scene], None]:
        STATES.append(State(name, act, prepare, welcomed))
        return act

    return register


def _broken(stage: Stage) -> None:
    stage.add_demo_history()
    stage.add_broken_file()


@state("sessions")
def _sessions(scene: Scene) -> None:
    scene.sessions.choose("superman-tens")
    scene.sessions.detail.step_figure.load()


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
    scene.sessions.detail.preparing.told.emit(12, 40)


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
    scene.sessions.detail.growth._looking.ask()


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
    scene.stage.messages.tell(
        Problem("The history is not being saved: the disk is full.", "Free some space; what you do is kept until then.")
    )
    scene.stage.messages.offer("“Superman tens” of yesterday was deleted.", "Undo", lambda: None)


@state("welcome", _with_nothing, welcomed=False)
def _welcome(scene: Scene) -> None:
    """Show the first start as it is."""


@state("history")
def _history(scene: Scene) -> None:
    scene.window.show_page("history")


@state("history-run")
def _history_run(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.choose(scene.history.model.runs[1].id)


def _with_yesterday(stage: Stage) -> None:
    stage.add_demo_history()
    stage.clock.set_wall(stage.services.history.runs(1)[0].started_at + timedelta(hours=14))


@state("sessions-morning", _with_yesterday)
def _morning(scene: Scene) -> None:
    if scene.window.morning is None:
        scene.window._ask_for_the_morning()


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


@state("history-comfort")
def _history_comfort(scene: Scene) -> None:
    scene.window.show_page("history")
    scene.settle()
    scene.history.views.buttons[2].click()


@state("history-empty", _with_nothing)
def _history_empty(scene: Scene) -> None:
    scene.window.show_page("history")


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
    page.detail.figure.look()
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
    Reminding(scene.stage.services, scene.window)._remind()


@state("help")
def _help(scene: Scene) -> None:
    scene.window.show_page("help")


def _run(scene: Scene, stem: str, seconds: float) -> Running:
    """Begin a session and go on to `seconds` after its start."""
    scene.window.start_session(scene.stage.services.library.find(stem))
    running = scene.window.running
    assert running is not None
    # Looks that are further apart than two seconds are taken for a computer that slept.
    for step in (*[1_000] * int(seconds), round(seconds % 1 * 1_000)):
        scene.stage.clock.advance(step)
        if running.bridge is not None:
            running.bridge.look()
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
    bridge = _run(scene, "planks-by-the-minute", 31.0).bridge
    assert bridge is not None
    bridge.pause()


@state("run-stopping")
def _run_stopping(scene: Scene) -> None:
    _run(scene, "planks-by-the-minute", 31.0).run_page.ask_to_stop()


@state("run-finished")
def _run_finished(scene: Scene) -> None:
    _run(scene, "superman-tens", 292.0)


@state("run-locked")
def _run_locked(scene: Scene) -> None:
    page = _run(scene, "superman-tens", 36.5).run_page
    page.lock_keys()
    page.veil.tell()


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


def _interrupted(stage: Stage) -> None:
    """Leave a session in its second set, as a power cut would."""
    stage.clock.set_wall(stage.clock.wall() - timedelta(minutes=10))
    wanted = programme(stage.services.library.find("superman-tens"), stage.services.catalogue)
    conductor = conduct(wanted, stage.services.stage, stage.settings)
    for _second in range(120):
        stage.clock.advance(1_000)
        conductor.look()
    stage.journal.flush()


@state("sessions-going-on", _interrupted)
def _going_on(scene: Scene) -> None:
    scene.window._look_for_interrupted()
    scene.settle()


@state("drop")
def _drop(scene: Scene) -> None:
    file = scene.stage.folder / "sent-by-a-friend.session.yaml"
    scene.stage.folder.mkdir(exist_ok=True)
    text = scene.stage.services.library.find("evening-unwind").text()
    file.write_text(text, encoding="utf-8")
    scene.window.dropping.take([file])


for _name, _show in PARTS.items():
    state(_name)(lambda scene, show=_show: show(scene.stage, scene.window))  # type: ignore[misc]
for _module in (screenshots_editor, screenshots_form, screenshots_tree, screenshots_whole_editor):
    for _name, _act in _module.STATES:
        state(_name, _with_nothing)(_act)


def pictures(parts: list[str]) -> Iterator[tuple[State, Appearance, int, int, int, str]]:
    """Return what there is to take, with the name of each picture; those of one look follow one another."""
    for look, width, height, percent in _LOOKS:
        for shown in STATES:
            larger = f"-{percent}" if percent != 100 else ""
            name = f"{shown.name}-{look}-{width}x{height}{larger}"
            if not parts or any(part in f"{name}.png" for part in parts):
                yield shown, look, width, height, percent, name


def picture_of(window: MainWindow) -> QPixmap:
    """Return the window as it is on screen, with a dialog of its own on top of it."""
    picture = window.grab()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            painter = QPainter(picture)
            painter.setOpacity(0.35)
            painter.fillRect(picture.rect(), window.palette().shadow())
            painter.setOpacity(1)
            place = picture.rect().center() - dialog.rect().center()
            painter.drawPixmap(place, dialog.grab())
            painter.end()
    return picture


class Homes:
    """The person's folders behind the pictures: each kind is made once, and every picture gets a copy of it."""

    def __init__(self, app: QApplication, theme: Theme, folder: Path) -> None:
        self._app = app
        self._theme = theme
        self._folder = folder
        self._made: dict[Callable[[Stage], None], Path] = {}

    def copy(self, prepare: Callable[[Stage], None]) -> Path:
        """Return folders of their own as `prepare` fills them, with the library read already."""
        if prepare not in self._made:
            first = self._made[prepare] = self._folder / f"kind-{len(self._made)}"
            stage = Stage(self._app, first, theme=self._theme)
            prepare(stage)
            stage.services.library.refresh()
            stage.close()
        home = self._folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._made[prepare], home)
        return home


def put_away(window: MainWindow) -> None:
    """Free a window and all that is in it: no event loop runs here that would, and each change of look asks them all.

    What is left on the way in circles is collected too.
    """
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def take(app: QApplication, folder: Path, parts: list[str]) -> int:
    """Take the pictures and return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    # One for all: a second would take the first one's text for the system's own.
    theme = Theme(app, Settings())
    taken = 0
    with tempfile.TemporaryDirectory() as homes_folder:
        homes = Homes(app, theme, Path(homes_folder))
        for shown, look, width, height, percent, name in pictures(parts):
            home = homes.copy(shown.prepare)
            settings = replace(Settings(), appearance=look, text_percent=percent, welcomed=shown.welcomed)
            stage = Stage(app, home, settings, theme=theme)
            window = MainWindow(stage.services)
            window.resize(width, height)
            window.show()
            # The first paint furnishes the window, and comes when the screen is ready for it.
            QTest.qWaitForWindowExposed(window, 5_000)
            while not window.page:
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            scene = Scene(stage, window)
            scene.settle()
            shown.act(scene)
            scene.settle()
            picture_of(window).save(str(folder / f"{name}.png"))
            taken += 1
            put_away(window)
            stage.close()
    return taken


def main() -> int:
    """Take the pictures into the folder that the command line names."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    app = QApplication(sys.argv[:1])
    taken = take(app, Path(sys.argv[1]), sys.argv[2:])
    print(f"{taken} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
