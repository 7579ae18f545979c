"""The states of the editor's form of which pictures are taken."""

from __future__ import annotations

from collections.abc import Callable

from tests.screenshots.scene import Scene
from timer_app.definition.model import StepPath
from timer_app.editing.draft_parser import DraftReader
from timer_app.ui.editor.form.step_form import StepForm

_TEXT = """format: 1
name: Sore back morning
about: A few minutes on the floor, before the first coffee.
level: gentle
tags: [back, morning]
setup: 15s
steps:
  - exercise: superman
    reps: 10
    tempo: {lift: 1s, hold: 1s, lower: 2s}
    last_rep_hold: 10s
    sets: 3
    rest: 45s
    say:
      - {at: half, line: "Half way, breathe out slowly"}
      - {at: -10s, line: Ten seconds, stay long}
  - exercise: side-plank
    hold: 20s
    each_side: true
    switch: 8s
    sets: 2
    rest: 30s
  - rest: 1:00
    name: Drink of water
  - rounds: 3
    rest: 45s
    steps:
      - {exercise: bird-dog, reps: 8, each_side: true}
      - exercise: push-up
        until_done: true
  - name: Wall sit
    about: Back flat on the wall, knees at a right angle.
    hold: 45s
"""

_WRONG = """format: 1
name: Sore back morning
level: gentel
steps:
  - exercise: plnk
    hold: sixty
    reps: 10
    rep: 4s
    sets: many
    sids: both
    rest: 30s
    say:
      - {at: 15, line: Knees over ankles}
      - {at: soon, line: ""}
"""


def _show(scene: Scene, text: str, path: StepPath) -> StepForm:
    """Lay a form over the right side of the window, as wide as the editor gives it."""
    form = StepForm(scene.stage.services, scene.window)
    room = scene.window.rect()
    # The editor's tree takes what is left, and a bar above both.
    room.setLeft(room.width() - max(430, round(room.width() * 0.58)))
    form.setGeometry(room.adjusted(0, 64, -8, -8))
    catalogue = scene.stage.services.catalogue
    form.show_draft(DraftReader("x", catalogue).read(text), path)
    form.show()
    form.header.figure.load()
    return form


def _reps(scene: Scene) -> None:
    _show(scene, _TEXT, (0,)).focus_first()


def _lines(scene: Scene) -> None:
    form = _show(scene, _TEXT, (0,))
    form.show_conflicts(["“Ten seconds, stay long” takes 4.1 s, and there are 3 s: it is left out."])
    scene.settle()
    form.show_field("steps[0].say[1].line")


def _hold(scene: Scene) -> None:
    _show(scene, _TEXT, (1,))


def _rest(scene: Scene) -> None:
    _show(scene, _TEXT, (2,))


def _rounds(scene: Scene) -> None:
    _show(scene, _TEXT, (3,))


def _open(scene: Scene) -> None:
    _show(scene, _TEXT, (3, 1))


def _own(scene: Scene) -> None:
    _show(scene, _TEXT, (4,))


def _session(scene: Scene) -> None:
    _show(scene, _TEXT, ())


def _problems(scene: Scene) -> None:
    _show(scene, _WRONG, (0,)).show_field("steps[0].hold")


def _problems_below(scene: Scene) -> None:
    form = _show(scene, _WRONG, (0,))
    scene.settle()
    form.show_field("steps[0].say[1].at")


def _broken(scene: Scene) -> None:
    form = _show(scene, _TEXT, (1,))
    form.show_draft(DraftReader("x", scene.stage.services.catalogue).read(_TEXT + "  - hold: {"), (1,))


STATES: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("form-reps", _reps),
    ("form-lines", _lines),
    ("form-hold", _hold),
    ("form-rest", _rest),
    ("form-rounds", _rounds),
    ("form-open", _open),
    ("form-own", _own),
    ("form-session", _session),
    ("form-problems", _problems),
    ("form-problems-below", _problems_below),
    ("form-broken", _broken),
)
