"""What is written in a session, an exercise or a note is shown as it is written: never read as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QCompleter, QLabel, QWidget

import timer_app
from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.conductor.record_mapping import interval_record
from timer_app.history.records import RunBegun, RunOutcome, RunRecord, Tag, TagKind
from timer_app.player.state import Outcome, Past
from timer_app.problems import Problem
from timer_app.timeline.compile import compile_session
from timer_app.ui.editor.page import EditorPage
from timer_app.ui.exercises.page import ExercisesPage
from timer_app.ui.widgets.labels import plain_tip

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

BOLD = "<b>Bold</b><img src=p.png>"
EXERCISE = f"""\
id: odd
name: {BOLD} squat
trains: {BOLD}
position: {BOLD}
cues: ["{BOLD}", Breathe]
caution: {BOLD}
"""
SESSION = f"""\
format: 1
name: {BOLD} session
about: {BOLD} about
tags: ["{BOLD}"]
steps:
  - exercise: odd
    hold: 30s
    about: {BOLD}
    say: [{{at: half, line: "{BOLD}"}}]
  - {{name: "{BOLD} sit", reps: 5}}
  - {{rest: 10s, name: "{BOLD} sip"}}
  - rounds: 2
    steps:
      - {{exercise: plank, hold: 10s}}
"""
_READ = re.compile(r"\.setHtml\(|\.insertHtml\(|\.appendHtml\(|RichText|AutoText|QTextBrowser|QInputDialog")
_TIPS = re.compile(r"\.setToolTip\(|QToolTip\.showText\(|\.setWhatsThis\(|\.setStatusTip\(")


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("Plank · 1:00", "Plank · 1:00"),
        ("Squat & hold", "Squat & hold"),
        ("<b>Bold</b> & <i>brave</i>", "<p>&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;i&gt;brave&lt;/i&gt;</p>"),
        ("a < b\nc", "<p>a &lt; b<br>c</p>"),
        ("Sit &lt; stand", "<p>Sit &amp;lt; stand</p>"),
        ("gnp\u202eevil", r"gnp\u202eevil"),
        ("<b>\u202eevil", r"<p>&lt;b&gt;\u202eevil</p>"),
    ],
)
def test_what_looks_like_html_is_shown_as_it_is_written(text: str, tip: str) -> None:
    assert plain_tip(text) == tip


def test_every_tooltip_goes_through_one_place() -> None:
    root = Path(timer_app.__file__).parent
    for file in sorted(root.rglob("*.py")):
        found = _READ.search(file.read_text(encoding="utf-8"))
        assert found is None, f"{file}: {found}"
        if file != root / "ui" / "widgets" / "labels.py":
            found = _TIPS.search(file.read_text(encoding="utf-8"))
            assert found is None, f"{file}: use set_tip or show_tip"


def add_session(stage: Stage) -> None:
    stage.add_file("odd", SESSION)
    stage.add_file("<b>broken<b>", f"format: 1\nname: {BOLD}\n'{BOLD}': {BOLD}\nsteps:\n  - exercise: '{BOLD}'\n")
    library = stage.services.library
    library.refresh()
    timeline = compile_session(library.open(library.find("odd")), library.catalogue)
    started = stage.clock.wall().replace(hour=1)
    begun = RunBegun("a", f"{BOLD} session", "odd", SESSION, "0" * 64, timeline.total, started)
    intervals = tuple(interval_record(each, Past(Outcome.DONE, each.length or 0)) for each in timeline.intervals)
    tags = tuple(Tag(kind, BOLD) for kind in TagKind)
    stage.journal.add_run(RunRecord(begun, started, RunOutcome.COMPLETED, intervals, 5, 6, 7, BOLD, tags=tags))
    assert stage.journal.flush()


def tips(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    """Yield the tooltips of everything in a model."""
    above = parent or QModelIndex()
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.StatusTipRole):
            yield str(index.data(role) or "")
        yield from tips(model, index)


def told(root: QWidget) -> Iterator[tuple[QObject, str]]:
    """Yield what is told of each widget in a window that Qt could take for HTML."""
    for widget in (root, *root.findChildren(QWidget)):
        for text in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
            yield widget, text
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            yield widget, widget.text()
        if isinstance(widget, (QAbstractItemView, QComboBox)) and widget.model() is not None:
            yield from ((widget, text) for text in tips(widget.model()))
    for completer in root.findChildren(QCompleter):
        yield from ((completer, text) for text in tips(completer.model()))


def look() -> int:
    """Look at every window for HTML that somebody has written; return how often it stands there as it was written."""
    found = 0
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.grab()  # a label tells in its tooltip what there was no room for when it was painted
            for teller, text in told(window):
                assert not re.search("<(?!/?p>|br>)", text), (teller, text)
                found += "&lt;b&gt;" in text
    return found


@pytest.fixture
def odd(open_window: Callable[[], Front]) -> Front:
    front = open_window()
    front.window.resize(800, 600)
    front.open_sessions()
    return front


@pytest.fixture
def stage(stage: Stage) -> Iterator[Stage]:
    """Return a stage with HTML wherever somebody can write something."""
    stage.close()
    stage.paths.exercises.mkdir(parents=True)
    (stage.paths.exercises / "odd.yaml").write_text(EXERCISE, encoding="utf-8")
    made = Stage(stage.app, stage.folder, theme=stage.theme)
    add_session(made)
    yield made
    made.close()


def test_sessions(odd: Front) -> None:
    odd.sessions.choose("odd")
    look()
    odd.sessions.choose("<b>broken<b>")
    look()


def test_the_filters_by_what_was_written(odd: Front) -> None:
    for action in odd.sessions.tags_menu.actions():
        action.trigger()
    assert "&lt;b&gt;" in odd.sessions.tags_button.toolTip()
    look()


def test_messages(odd: Front, stage: Stage) -> None:
    stage.messages.show_problem(Problem(f"{BOLD} " * 20, BOLD))
    stage.messages.show_offer(BOLD, BOLD, lambda: None)
    look()


def test_the_editor(odd: Front, stage: Stage) -> None:
    odd.window.editing.edit(stage.services.library.find("odd"))
    page = odd.window.page_widget("editor")
    assert isinstance(page, EditorPage)
    for place in ((), (0,), (1,), (2,), (3,), (3, 0)):
        page.tree.choose((place,) if place else ())
        page.choose_path(place)
        assert look()
    page.show_text(text=True)
    look()
    page.show_text(text=False)
    page.session.change(lambda steps, draft: steps.remove(draft, [(2,)]), BOLD)
    assert "&lt;b&gt;" in page.bar.undo.toolTip()
    look()


def test_a_broken_session_in_the_editor(odd: Front, stage: Stage) -> None:
    odd.window.editing.edit(stage.services.library.find("<b>broken<b>"))
    page = odd.window.page_widget("editor")
    assert isinstance(page, EditorPage)
    assert look()
    page.choose_path((0,))
    assert look()


def test_history(odd: Front) -> None:
    history = odd.open_history()
    assert history.choose("a")
    look()
    for button in history.views.buttons:
        button.click()
        odd.read_again()
        look()


def test_exercises(odd: Front) -> None:
    odd.window.show_page("exercises")
    page = odd.window.page_widget("exercises")
    assert isinstance(page, ExercisesPage)
    assert page.choose("odd")
    look()


def test_a_run(odd: Front, stage: Stage) -> None:
    odd.window.start_session(stage.services.library.find("odd"))
    running = odd.window.running
    assert running is not None
    assert running.driver is not None
    for _second in range(150):
        look()
        stage.clock.advance(1_000)
        running.driver.refresh()
    look()
