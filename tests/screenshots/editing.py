"""The states of the editor as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtTest import QTest

from tests.screenshots.scene import Scene
from timer_app.definition.templates import empty_text
from timer_app.editing.autosave import Unsaved, UnsavedWork
from timer_app.ui.editor.page import EditorPage
from timer_app.ui.shell.unsaved_recovery import UnsavedWorkRecovery

_TIGHT = """format: 1
name: Back on Sunday
about: A quiet one before breakfast.
steps:
  - exercise: plank
    hold: 40s
    sets: 3
    rest: 3s
    say:
      - {at: half, line: "Half way, and breathe out as slowly as you can, again and again"}
  - rounds: 3
    rest: 20s
    steps:
      - {exercise: bird-dog, reps: 8, rep: 6s, each_side: true}
      - {exercise: side-plank, hold: 20s, each_side: true}
  - {name: Wall sit, hold: 45s}
  - {rest: 1:00, name: Drink of water}
"""


def _editor(scene: Scene, stem: str) -> EditorPage:
    scene.window.editing.edit(scene.stage.services.library.find(stem))
    page = scene.window.page_widget("editor")
    assert isinstance(page, EditorPage)
    scene.settle()
    return page


def _own(scene: Scene, text: str = _TIGHT) -> EditorPage:
    scene.stage.add_file("sunday", text)
    scene.stage.services.library.refresh()
    return _editor(scene, "sunday")


def _session(scene: Scene) -> None:
    _editor(scene, "runner-core")


def _step(scene: Scene) -> None:
    page = _editor(scene, "runner-core")
    page.tree.choose([(2,)])
    page.form.header.figure.load()


def _rounds(scene: Scene) -> None:
    page = _own(scene)
    page.tree.choose([(1, 0)])
    page.form.header.figure.load()


def _squeezed(scene: Scene) -> None:
    page = _own(scene)
    page.tree.choose([(0,)])
    page.form.header.figure.load()
    page.sound_preview._render_job._delay.timeout.emit()
    scene.settle()
    scene.settle()


def _problems(scene: Scene) -> None:
    page = _own(scene, _TIGHT.replace("hold: 40s", "hold: forty").replace("bird-dog", "bird-dig"))
    page.problems.go_to_next()
    page.form.header.figure.load()


def _broken(scene: Scene) -> None:
    page = _own(scene)
    page.show_text(text=True)
    page.code.go_to(6, 1)
    QTest.keyClicks(page.code, '"')
    page.show_text(text=False)


def _text(scene: Scene) -> None:
    page = _own(scene)
    page.tree.choose([(1,)])
    page.show_text(text=True)


def _new(scene: Scene) -> None:
    scene.window.editing.edit_new(empty_text("My session"))


def _leaving(scene: Scene) -> None:
    page = _own(scene)
    page.session.change(lambda by, now: by.remove(now, [(0,)]), "Delete")
    page.close_prompt.close()


def _meanwhile(scene: Scene) -> None:
    page = _own(scene)
    scene.stage.add_file("sunday", _TIGHT.replace("40s", "50s"))
    page.session.check_disk()


def _recovering(scene: Scene) -> None:
    kept = Unsaved("a", "Back on Sunday", _TIGHT, datetime(2026, 3, 1, tzinfo=UTC))
    UnsavedWork(scene.stage.paths.drafts).save(kept)
    again = UnsavedWorkRecovery(scene.stage.services, scene.window)
    again.start()


def _menu(scene: Scene) -> None:
    page = scene.sessions
    page.choose("runner-core")
    page.new_button.click()


def _renaming(scene: Scene) -> None:
    scene.stage.add_file("sunday", _TIGHT)
    page = scene.sessions
    page.choose_when_read("sunday")
    scene.settle()
    page.file_actions.rename()


STATES: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("editing-session", _session),
    ("editing-step", _step),
    ("editing-rounds", _rounds),
    ("editing-squeezed", _squeezed),
    ("editing-problems", _problems),
    ("editing-broken", _broken),
    ("editing-text", _text),
    ("editing-new", _new),
    ("editing-leaving", _leaving),
    ("editing-meanwhile", _meanwhile),
    ("editing-recovering", _recovering),
    ("sessions-renaming", _renaming),
)
