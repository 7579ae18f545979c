"""The editor as a whole: every view shows the same document, whatever it was changed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.conductor.conductor import Conductor
from timer_app.definition.templates import empty_text
from timer_app.definition.text_edit import TextEdit
from timer_app.editing.autosave import UnsavedWork
from timer_app.editing.step_operations import StepResult
from timer_app.ui.editor.page import EditorPage
from timer_app.ui.editor.picker.dialog import ExercisePicker

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = """\
format: 1
name: Mine   # and nobody else's
steps:
  # first
  - exercise: plank
    hold: 30s

  - rounds: 2
    steps:
      - {name: Wall sit, hold: 45s}
      - {rest: 20s}
"""


class Rig:
    """The window with the editor in it, on one's own session."""

    def __init__(self, front: Front, stage: Stage) -> None:
        self.front, self.stage, self.qtbot = front, stage, front.qtbot
        self.file = stage.add_file("mine", TEXT)
        stage.services.library.refresh()
        front.window.editing.edit(stage.services.library.find("mine"))

    @property
    def page(self) -> EditorPage:
        page = self.front.window.page_widget("editor")
        assert isinstance(page, EditorPage)
        return page

    @property
    def text(self) -> str:
        assert self.page.session.document is not None
        return self.page.session.document.text

    def field(self, name: str) -> QLineEdit:
        row = self.page.form.row(name)
        assert row is not None
        found = row.findChild(QLineEdit)
        assert found is not None
        return found

    def type_in(self, name: str, words: str) -> None:
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)

    def press(self, key: Qt.Key, hold: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.front.window.activateWindow()
        self.qtbot.waitUntil(self.front.window.isActiveWindow)
        QTest.keyClick(self.front.window.focusWidget(), key, hold)

    def answer(self, words: str) -> None:
        next(button for button in self.page.choice_bar.answers if button.text() == words).click()


@pytest.fixture
def rig(open_window: Callable[[], Front], stage: Stage) -> Rig:
    front = open_window()
    front.window.activateWindow()
    front.qtbot.waitUntil(front.window.isActiveWindow)
    return Rig(front, stage)


def test_every_view_shows_the_session(rig: Rig) -> None:
    page = rig.page
    assert rig.front.window.page == "editor"
    assert not rig.front.window.header.isVisible()
    assert page.bar.title.text() == "Mine"
    assert page.bar.state.text() == "3:10 · saved"
    page.show_text(text=True)
    assert page.code.text == TEXT
    assert not page.bar.save.isEnabled()
    assert not page.problems.isVisible()


def test_what_is_typed_in_the_form_stands_in_the_text_at_once_and_the_total_with_it(rig: Rig) -> None:
    rig.page.tree.choose([(0,)])
    rig.type_in("hold", "1:00")
    assert rig.text == TEXT.replace("hold: 30s", "hold: 1:00")
    rig.page.show_text(text=True)
    assert rig.page.code.text == rig.text
    assert rig.page.bar.state.text() == "3:40 · not saved yet"


def test_what_is_typed_in_the_text_stands_in_the_form_at_once(rig: Rig) -> None:
    page = rig.page
    page.tree.choose([(0,)])
    page.show_text(text=True)
    page.code.go_to(6, 13)
    QTest.keyClicks(page.code, "0")
    assert "hold: 300s" in rig.text
    assert rig.field("hold").text() == "300s"
    page.show_text(text=False)
    assert page.tree.current == (0,)


def test_undo_goes_back_through_form_and_text(rig: Rig) -> None:
    page = rig.page
    page.tree.choose([(0,)])
    rig.type_in("hold", "1:00")
    page.show_text(text=True)
    page.code.go_to(1, 1)
    QTest.keyClicks(page.code, "#")
    rig.press(Key.Key_Z, CONTROL)
    assert rig.text == TEXT.replace("hold: 30s", "hold: 1:00")
    page.show_text(text=False)
    rig.press(Key.Key_Z, CONTROL)
    assert rig.text == TEXT
    assert not page.unsaved
    rig.press(Key.Key_Y, CONTROL)
    assert "1:00" in rig.text
    assert page.bar.undo.isEnabled()
    assert page.bar.undo.accessibleName().startswith("Undo: ")


def test_a_click_on_the_drawing_chooses_the_step_in_every_view(rig: Rig, qtbot: QtBot) -> None:
    page = rig.page
    page.strip.step_requested.emit((1, 0))
    assert page.tree.current == (1, 0)
    assert page.form.form.path == (1, 0)


def test_a_broken_text_holds_the_form_and_says_where(rig: Rig) -> None:
    page = rig.page
    page.show_text(text=True)
    page.code.go_to(2, 7)
    QTest.keyClicks(page.code, '"')
    assert page.problems.isVisible()
    assert "1 problem" in page.problems.count.text()
    page.show_text(text=False)
    assert not page.tree.isEnabled()
    page.problems.next.click()
    assert page.shows_text
    assert page.bar.title.text() == "Mine"
    rig.press(Key.Key_Z, CONTROL)
    assert not page.problems.isVisible()
    assert page.tree.isEnabled()


def test_a_problem_leads_to_its_field(rig: Rig) -> None:
    page = rig.page
    page.tree.choose([(1, 0)])
    rig.type_in("hold", "soon")
    page.tree.choose([(0,)])
    assert "soon" in page.problems.what.text()
    page.problems.next.click()
    assert page.tree.current == (1, 0)
    focused = rig.front.window.focusWidget()
    assert isinstance(focused, QWidget)
    assert rig.page.form.row("hold") in (focused.parent(), focused.parentWidget())


def test_steps_are_copied_as_text_and_pasted_from_anywhere(rig: Rig) -> None:
    page = rig.page
    page.tree.choose([(0,)])
    page.tree.setFocus()
    rig.press(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "# first\n- exercise: plank\n  hold: 30s\n"
    QGuiApplication.clipboard().setText("- rest: 7s\n- {exercise: cobra, hold: 15s}\n")
    rig.press(Key.Key_V, CONTROL)
    assert "  - rest: 7s\n\n  - {exercise: cobra, hold: 15s}\n" in rig.text
    assert page.tree.chosen == ((1,), (2,))
    QGuiApplication.clipboard().setText("a letter to somebody")
    before = rig.text
    rig.press(Key.Key_V, CONTROL)
    assert rig.text == before
    assert "no steps" in rig.front.window.banners.banners[-1].notice.what
    page.tree.choose([(1,)])
    rig.press(Key.Key_X, CONTROL)
    assert QGuiApplication.clipboard().text() == "- rest: 7s\n"
    assert "rest: 7s" not in rig.text


def test_an_exercise_is_added_in_its_usual_dose_and_exchanged_for_another(rig: Rig) -> None:
    page = rig.page
    page.tree.choose([(0,)])
    page.tree.setFocus()
    rig.press(Key.Key_Insert)
    picker = rig.front.window.findChild(ExercisePicker)
    assert picker is not None
    picker.search.setText("cobra")
    picker.add.click()
    assert "  - exercise: cobra\n    hold: 15s\n" in rig.text
    assert page.tree.current == (1,)
    page.form.exercise_requested.emit((1,))
    other = next(each for each in rig.front.window.findChildren(ExercisePicker) if each.isVisible())
    other.search.setText("child")
    other.add.click()
    assert "exercise: childs-pose" in rig.text
    assert "cobra" not in rig.text


def test_a_line_is_added_changed_and_taken_out(rig: Rig) -> None:
    page = rig.page
    page.tree.choose([(0,)])
    page.form.line_added.emit((0,))
    assert "    say:\n      - {at: half, line: ''}\n" in rig.text
    page.form.line_requested.emit((0,), 0, {"line": "Long and calm"}, "Change line", "x")
    assert "{at: half, line: Long and calm}" in rig.text
    page.form.line_removed.emit((0,), 0)
    assert "say" not in rig.text


def test_it_is_saved_by_its_key_and_the_comments_are_there(rig: Rig) -> None:
    page = rig.page
    page.tree.choose([(0,)])
    rig.type_in("hold", "1:00")
    rig.press(Key.Key_S, CONTROL)
    assert rig.file.read_text() == TEXT.replace("hold: 30s", "hold: 1:00")
    assert page.bar.state.text() == "3:40 · saved"
    page.bar.back.click()
    assert rig.front.window.page == "sessions"


def test_leaving_and_closing_ask_once_what_is_not_saved(rig: Rig) -> None:
    page, window = rig.page, rig.front.window
    page.tree.choose([(0,)])
    rig.type_in("hold", "1:00")
    page.go_back()
    assert page.choice_bar.isVisible()
    assert window.page == "editor"
    page.go_back()
    assert not page.choice_bar.isVisible()
    window.close()
    assert window.isVisible()
    rig.answer("Don't save")
    assert not window.isVisible()
    assert rig.file.read_text() == TEXT


def test_closing_in_a_try_ends_it_and_asks_what_is_not_saved(rig: Rig) -> None:
    page, window = rig.page, rig.front.window
    page.tree.choose([(0,)])
    rig.type_in("hold", "1:00")
    page.bar.try_it.click()
    assert window.page == "run"
    assert not window.close()
    assert window.page == "editor"
    assert page.choice_bar.isVisible()
    assert window.running is not None
    assert window.running.driver is None
    window.close_unasked()
    assert window.close()


def test_discarded_changes_are_restored_on_request(rig: Rig) -> None:
    page, window = rig.page, rig.front.window
    page.tree.choose([(0,)])
    rig.type_in("hold", "1:00")
    page.go_back()
    rig.answer("Don't save")
    assert window.page == "sessions"
    offer = window.banners.banners[-1].notice
    assert offer.act is not None
    offer.act()
    assert window.page == "editor"
    assert "1:00" in rig.text
    assert page.unsaved


def test_another_session_waits_until_this_one_is_dealt_with(rig: Rig) -> None:
    page, window = rig.page, rig.front.window
    page.tree.choose([(0,)])
    rig.type_in("hold", "1:00")
    window.editing.edit_new(empty_text("Another"))
    assert page.bar.title.text() == "Mine"
    rig.answer("Save")
    assert page.bar.title.text() == "Another"
    assert "1:00" in rig.file.read_text()


def test_a_shipped_session_is_saved_as_ones_own(rig: Rig) -> None:
    rig.front.window.editing.edit(rig.stage.services.library.find("planks-by-the-minute"))
    page = rig.page
    assert "came with the program" in page.bar.state.text()
    page.tree.choose([(0,)])
    rig.type_in("sets", "4")
    page.bar.save.click()
    assert "sets: 4" in (rig.stage.paths.sessions / "planks-by-the-minute.session.yaml").read_text()


def test_a_new_session_invites_and_does_not_complain(rig: Rig) -> None:
    rig.front.window.editing.edit_new(empty_text("Fresh"))
    page = rig.page
    assert not page.problems.isVisible()
    assert not page.strip.isVisible()
    assert page.bar.save.isEnabled()
    assert not page.bar.try_it.isEnabled()


def test_trying_leaves_no_trace_in_the_history(rig: Rig) -> None:
    page, window = rig.page, rig.front.window
    page.tree.choose([(1, 0)])
    page.bar.try_it.click()
    assert window.page == "run"
    running = window.running
    assert running is not None
    assert running.driver is not None
    assert running.driver.conductor.timeline.intervals[running.driver.conductor.state.index].step == (1, 0)
    running.driver.do(Conductor.stop)
    rig.qtbot.waitUntil(lambda: window.page == "editor")
    rig.stage.journal.close()
    assert rig.stage.services.history.runs() == ()


def test_unsaved_work_is_kept_when_the_program_ends_without_a_word(rig: Rig, qtbot: QtBot) -> None:
    rig.page.tree.choose([(0,)])
    rig.type_in("hold", "1:00")
    rig.page.session.save_draft()
    drafts = UnsavedWork(rig.stage.paths.drafts)
    qtbot.waitUntil(lambda: [kept.title for kept in drafts.all()] == ["Mine"])


def test_the_file_as_another_program_left_it_is_a_choice(rig: Rig, qtbot: QtBot) -> None:
    page = rig.page
    rig.file.write_text(TEXT.replace("30s", "40s"))
    qtbot.waitUntil(page.choice_bar.isVisible)
    assert "changed by another program" in page.choice_bar.what.text()
    rig.answer("Take what is there")
    assert "40s" in rig.text
    page.show_text(text=True)
    assert page.code.text == rig.text
    rig.page.tree.choose([(0,)])
    assert rig.field("hold").text() == "40s"


def test_every_control_has_a_name_and_a_hint(rig: Rig) -> None:
    page = rig.page
    page.tree.choose([(0,)])
    for button in page.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName() or button.text()
            assert button.toolTip() or button.text()
    for part in (page.tree, page.strip, page.code):
        assert part.accessibleName()


def test_the_lines_of_the_chosen_step_alone_are_marked_in_the_text(rig: Rig) -> None:
    page = rig.page
    page.show_text(text=True)
    lines = TEXT.splitlines()
    for path, first, last in (
        ((0,), "  - exercise: plank", "    hold: 30s"),
        ((1,), "  - rounds: 2", "      - {rest: 20s}"),
        ((1, 0), "      - {name: Wall sit, hold: 45s}", "      - {name: Wall sit, hold: 45s}"),
    ):
        page.choose_path(path)
        assert page.code._tinted == range(lines.index(first), lines.index(last) + 1)


def test_a_text_without_steps_shows_its_other_problems(rig: Rig) -> None:
    page = rig.page

    def write(text: str) -> None:
        page.session.change(lambda _by, now: StepResult(text, (TextEdit(0, now.text, text),)), "Change")

    for text, visible in (
        ("format: 1\nname: A\nsteps: soon\n", True),
        ("format: 1\nname: A\nlevel: soft\nsteps: []\n", True),
        ("format: 1\nname: A\nsteps: []\n", False),
    ):
        write(text)
        assert page.problems.isVisible() == visible
