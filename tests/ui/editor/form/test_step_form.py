"""The form: what is typed in it becomes the text that one would write by hand, and nothing moves meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.editor.form_rig import ALT, HEAD, PLANK, SUPERMAN, FormRig, Key, click, show
from tests.ui.stage import Stage
from timer_app.ui.editor.form.field_rows import FlagRow, ListRow, TextLineRow, TextRow, TypedRow

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")


@pytest.fixture
def rig(stage: Stage, qtbot: QtBot) -> Iterator[FormRig]:
    made = show(stage, qtbot)
    yield made
    made.form.close()


# Typing


@pytest.mark.parametrize(
    ("text", "name", "typed", "after"),
    [
        (PLANK, "hold", "1m30", "    hold: 1:30\n"),
        (PLANK, "hold", "90", "    hold: 1:30\n"),
        (PLANK, "hold", "1,5", "    hold: 1.5s\n"),
        (PLANK, "sets", "3", "    hold: 30s\n    sets: 3\n"),
        (PLANK, "setup", "0", "    hold: 30s\n    setup: 0s\n"),
        (PLANK, "about", "Long and calm", "    about: Long and calm\n    hold: 30s\n"),
        (SUPERMAN, "reps", "12", "    reps: 12\n"),
        (SUPERMAN, "last_rep_hold", "10", "    reps: 10\n    last_rep_hold: 10s\n"),
        (SUPERMAN + "    rep: 4s\n", "rep", "3", "    reps: 10\n    rep: 3s\n"),
        (
            SUPERMAN + "    tempo: {lift: 1s, lower: 2s}\n",
            "tempo.hold",
            "2s",
            "    tempo: {lift: 1s, hold: 2s, lower: 2s}\n",
        ),
        (PLANK + "    sets: 2\n", "rest", "45s", "    sets: 2\n    rest: 45s\n"),
        (PLANK + "    each_side: true\n", "switch", "8s", "    each_side: true\n    switch: 8s\n"),
        (HEAD + "  - {exercise: burpee, amrap: 1:00}\n", "amrap", "2m", "amrap: 2m}\n"),
        (HEAD + "  - name: Wall\n    hold: 30s\n", "name", "Wall sit, flat", "  - name: Wall sit, flat\n"),
        (HEAD + "  - rest: 30s\n", "rest", "1 min", "  - rest: 1 min\n"),
        (HEAD + "  - rest: 30s\n", "name", "Drink of water", "  - rest: 30s\n    name: Drink of water\n"),
        (HEAD + "  - rounds: 2\n    steps:\n      - rest: 5s\n", "rounds", "4", "  - rounds: 4\n    steps:\n"),
        (
            HEAD + "  - rounds: 2\n    steps:\n      - rest: 5s\n",
            "rest",
            "45s",
            "  - rounds: 2\n    rest: 45s\n    steps:\n",
        ),
    ],
)
def test_what_is_typed_becomes_what_one_would_write(rig: FormRig, text: str, name: str, typed: str, after: str) -> None:
    rig.open(text)
    rig.type(name, typed)
    assert after in rig.text
    assert rig.document.draft.session is not None
    part = rig.row(name).focus_parts[0]
    assert part.hasFocus()
    assert isinstance(part, QPlainTextEdit) or typed == desk_text(part)


def desk_text(part: QWidget) -> str:
    assert isinstance(part, QWidget)
    text = part.property("text")
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize(
    ("name", "typed", "after"),
    [
        ("name", "Back on Sunday", "name: Back on Sunday\n"),
        ("about", "For Sundays", "about: For Sundays\n"),
        ("tags", "back, core", "tags: [back, core]\n"),
        ("language", "de", "language: de\n"),
        ("setup", "20", "setup: 20s\n"),
    ],
)
def test_the_session_itself_has_a_form(rig: FormRig, name: str, typed: str, after: str) -> None:
    rig.open(PLANK, ())
    rig.type(name, typed)
    assert after in rig.text
    assert rig.document.draft.session is not None


def test_typing_in_one_field_is_one_step_of_undo(rig: FormRig) -> None:
    rig.type("hold", "1:15")
    rig.type("sets", "12")
    rig.document.undo()
    assert rig.text == PLANK.replace("30s", "1:15")
    rig.document.undo()
    assert rig.text == PLANK


def test_the_caret_and_the_focus_stay_while_one_types(rig: FormRig) -> None:
    rig.open(HEAD + "  - name: Wall sit\n    hold: 30s\n")
    row = rig.row("name")
    assert isinstance(row, TextLineRow)
    row.line.setFocus()
    row.line.setCursorPosition(4)
    QTest.keyClicks(row.line, " and  ")
    assert row.line.text() == "Wall and   sit"
    assert row.line.cursorPosition() == 10
    assert "name: Wall and   sit\n" in rig.text
    row.line.end(False)  # noqa: FBT003 - Qt's own argument
    QTest.keyClicks(row.line, " ")
    assert row.line.text() == "Wall and   sit "
    assert row.line.cursorPosition() == 15
    assert rig.form.focusWidget() is row.line


def test_several_lines_are_typed(rig: FormRig) -> None:
    row = rig.row("about")
    assert isinstance(row, TextRow)
    row.box.setFocus()
    QTest.keyClicks(row.box, "Long")
    QTest.keyClick(row.box, Key.Key_Return)
    QTest.keyClicks(row.box, "and calm")
    assert row.box.text() == "Long\nand calm"
    step = rig.document.draft.session
    assert step is not None
    assert "    about: |-\n      Long\n      and calm\n" in rig.text
    rig.document.undo()
    rig.go_to((0,))
    assert row.box.text() == ""


def test_an_empty_field_removes_its_key_and_a_required_one_shows_a_problem(rig: FormRig) -> None:
    rig.open(PLANK + "    sets: 3\n")
    rig.type("sets", "")
    assert rig.text == PLANK
    rig.type("hold", "")
    assert "hold: ''" in rig.text
    assert rig.row("hold").problem_label.text == "The value is empty. Write 60s, 1:00 or 1m."


@pytest.mark.parametrize(
    ("name", "typed", "problem"),
    [
        ("hold", "a bit", '"a bit" is not a duration. Write 60s, 1:00 or 1m.'),
        ("sets", "many", '"many" is not a whole number. Write a whole number from 1 to 1000.'),
        ("sets", "0", "0 is out of range. Write a whole number from 1 to 1000."),
    ],
)
def test_a_wrong_value_stays_and_shows_a_problem_at_its_field(
    rig: FormRig, name: str, typed: str, problem: str
) -> None:
    rig.type(name, typed)
    row = rig.row(name)
    assert isinstance(row, TypedRow)
    assert row.typed.text() == typed
    assert row.problem_label.text == problem
    assert row.problem_label.isVisible()
    assert row.typed.property("wrong")
    assert row.typed.accessibleDescription().endswith(problem)
    rig.form.header.change.setFocus()
    assert row.typed.text() == typed
    rig.type(name, "2")
    assert not row.problem_label.isVisible()
    assert not row.typed.property("wrong")


# Choosing


def test_the_kind_of_work_changes_with_the_arrow_keys(rig: FormRig) -> None:
    hold = rig.segment("work", "hold")
    hold.setFocus()
    QTest.keyClick(hold, Key.Key_Right)
    assert rig.text == PLANK.replace("hold: 30s", "reps: 10")
    reps = rig.segment("work", "reps")
    assert reps.hasFocus()
    assert reps.isChecked()
    QTest.keyClick(reps, Key.Key_Right)
    assert rig.text == PLANK.replace("hold: 30s", "until_done: true")
    QTest.keyClick(rig.segment("work", "until_done"), Key.Key_Right)
    assert rig.text == PLANK.replace("hold: 30s", "amrap: 1:00")
    assert rig.document.draft.session is not None


def test_the_pace_and_the_hold_after_it_are_there_for_reps_alone(rig: FormRig) -> None:
    assert "pace" not in rig.names()
    rig.take("work", "reps")
    assert "last_rep_hold" not in rig.names()
    rig.take("pace", "rep")
    assert "    reps: 10\n    rep: 4s\n" in rig.text
    assert "last_rep_hold" in rig.names()
    rig.take("pace", "tempo")
    assert "    tempo: {lift: 2s, lower: 2s}\n" in rig.text
    rig.take("pace", "usual")
    assert rig.text == PLANK.replace("hold: 30s", "reps: 10")
    assert "last_rep_hold" not in rig.names()


def test_both_sides_are_switched_on_and_off(rig: FormRig) -> None:
    row = rig.row("each_side")
    assert isinstance(row, FlagRow)
    assert "switch" not in rig.names()
    click(row.switch)
    rig.type("switch", "8s")
    rig.take("first_side", "right")
    assert rig.text == PLANK + "    each_side: true\n    first_side: right\n    switch: 8s\n"
    rig.take("first_side", "left")
    assert "first_side" not in rig.text
    row.switch.setFocus()
    QTest.keyClick(row.switch, Key.Key_Space)
    assert rig.text == PLANK
    assert "switch" not in rig.names()


def test_the_order_of_rounds_is_shuffled(rig: FormRig) -> None:
    rig.open(HEAD + "  - rounds: 2\n    steps:\n      - rest: 5s\n")
    row = rig.row("shuffle")
    assert isinstance(row, FlagRow)
    click(row.switch)
    assert "    shuffle: true\n" in rig.text
    assert "list of steps" in rig.form.header.about.text()


def test_a_level_is_chosen_and_a_wrong_one_is_there_to_see(rig: FormRig) -> None:
    rig.open(PLANK.replace("name: Back", "name: Back\nlevel: gentel"), ())
    row = rig.row("level")
    assert isinstance(row, ListRow)
    assert row.choice.currentText() == "“gentel”"
    assert "Did you mean gentle?" in row.problem_label.text
    row.choice.setFocus()
    QTest.keyClick(row.choice, Key.Key_Up)
    assert "level: advanced\n" in rig.text
    QTest.keyClick(row.choice, Key.Key_Home)
    assert rig.text == PLANK


def test_a_rest_between_sets_is_there_for_several_sets_alone(rig: FormRig) -> None:
    assert "rest" not in rig.names()
    rig.type("sets", "2")
    assert "rest" in rig.names()
    rig.type("rest", "15s")
    rig.type("sets", "1")
    rig.type("rest", "")
    assert "rest" not in rig.text
    assert "rest" in rig.names()
    QTest.keyClicks(rig.row("rest").editor, "5")
    assert "    rest: 5s\n" in rig.text
    QTest.keyClick(rig.row("rest").editor, Key.Key_Backspace)
    rig.form.header.change.setFocus()
    assert "rest" not in rig.names()


def test_an_exercise_is_made_ones_own(rig: FormRig) -> None:
    rig.open(SUPERMAN)
    click(rig.form.header.own)
    assert "  - name: Superman\n" in rig.text
    assert "about: " in rig.text
    assert "tempo: " in rig.text
    row = rig.row("name")
    assert isinstance(row, TextLineRow)
    assert row.line.hasFocus()
    assert row.line.selectedText() == "Superman"


def test_what_does_not_belong_is_shown_and_taken_out(rig: FormRig) -> None:
    rig.open(PLANK + "    sids: both\n    reps: 5\n")
    stray = rig.form.stray_rows[0]
    assert stray.isVisible()
    assert stray.label.text() == "sids: both"
    assert '"sids" is not a key here' in stray.problem_label.text
    assert "cannot stand together" in rig.row("reps").problem_label.text
    click(stray.button)
    rig.type("reps", "")
    assert rig.text == PLANK
    assert not stray.isVisible()


# What is said


def test_lines_are_added_typed_and_taken_out(rig: FormRig) -> None:
    lines = rig.form.lines
    click(lines.add)
    assert rig.text.endswith("    say:\n      - {at: half, line: ''}\n")
    assert lines.rows[0].words.hasFocus()
    QTest.keyClicks(lines.rows[0].words, "Half way, stay long")
    assert rig.text.endswith("      - {at: half, line: 'Half way, stay long'}\n") or rig.text.endswith(
        '      - {at: half, line: "Half way, stay long"}\n'
    )
    QTest.keyClick(lines.rows[0].words, Key.Key_Return)
    assert len(lines.rows) == 2
    assert lines.rows[1].words.hasFocus()
    QTest.keyClicks(lines.rows[1].words, "Let go")
    lines.rows[1].at.setFocus()
    lines.rows[1].at.selectAll()
    QTest.keyClicks(lines.rows[1].at, "-10s")
    assert rig.text.endswith("      - {at: -10s, line: Let go}\n")
    assert rig.document.draft.session is not None
    QTest.keyClick(lines.rows[0].words, Key.Key_Delete, ALT)
    assert rig.text == PLANK + "    say:\n      - {at: -10s, line: Let go}\n"
    assert lines.rows[0].at.hasFocus()
    click(lines.rows[0].remove)
    assert rig.text == PLANK
    assert lines.add.hasFocus()


def test_a_moment_is_chosen_from_its_menu(rig: FormRig) -> None:
    rig.open(PLANK + "    say:\n      - {at: half, line: Half way}\n")
    row = rig.form.lines.rows[0]
    menu = row.moments.menu()
    menu.actions()[2].trigger()
    assert "{at: -10s, line: Half way}" in rig.text
    assert row.at.selectedText() == "10"
    QTest.keyClicks(row.at, "5")
    assert "{at: -5s, line: Half way}" in rig.text


def test_a_moment_is_tidied_once_it_is_left(rig: FormRig) -> None:
    rig.open(PLANK + "    say:\n      - {at: half, line: Half way}\n")
    row = rig.form.lines.rows[0]
    row.at.setFocus()
    row.at.selectAll()
    QTest.keyClicks(row.at, "-1m30")
    assert row.at.text() == "-1m30"
    assert "{at: -1:30, line: Half way}" in rig.text
    row.words.setFocus()
    assert row.at.text() == "-1:30"


def test_a_line_with_a_wrong_moment_says_so(rig: FormRig) -> None:
    rig.open(PLANK + "    say:\n      - {at: soon, line: Half way}\n      - Hello\n")
    first, second = rig.form.lines.rows
    assert '"soon" is not a moment' in first.problem_label.text
    assert first.at.property("wrong")
    assert not second.at.isVisible()
    assert second.raw.text() == "Hello"
    click(second.remove)
    assert "Hello" not in rig.text


def test_lines_with_too_little_time_are_shown(rig: FormRig) -> None:
    assert not rig.form.lines.conflict_card.isVisible()
    rig.form.show_conflicts(["This line takes 4.1 s, the rest is 3 s"])
    assert rig.form.lines.conflict_card.isVisible()
    rig.form.show_conflicts([])
    assert not rig.form.lines.conflict_card.isVisible()
