"""The form: what is typed in it becomes the text that one would write by hand, and nothing moves meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.editor.form_rig import ALT, HEAD, PLANK, SUPERMAN, Desk, Key, click, show
from tests.ui.stage import Stage
from timer_app.ui.editor.form.field_rows import FlagRow, ListRow, TextLineRow, TextRow, TypedRow

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")


@pytest.fixture
def desk(stage: Stage, qtbot: QtBot) -> Iterator[Desk]:
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
def test_what_is_typed_becomes_what_one_would_write(desk: Desk, text: str, name: str, typed: str, after: str) -> None:
    desk.open(text)
    desk.type(name, typed)
    assert after in desk.text
    assert desk.document.draft.session is not None
    part = desk.row(name).focus_parts[0]
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
def test_the_session_itself_has_a_form(desk: Desk, name: str, typed: str, after: str) -> None:
    desk.open(PLANK, ())
    desk.type(name, typed)
    assert after in desk.text
    assert desk.document.draft.session is not None


def test_typing_in_one_field_is_one_step_of_undo(desk: Desk) -> None:
    desk.type("hold", "1:15")
    desk.type("sets", "12")
    desk.document.undo()
    assert desk.text == PLANK.replace("30s", "1:15")
    desk.document.undo()
    assert desk.text == PLANK


def test_the_caret_and_the_focus_stay_while_one_types(desk: Desk) -> None:
    desk.open(HEAD + "  - name: Wall sit\n    hold: 30s\n")
    row = desk.row("name")
    assert isinstance(row, TextLineRow)
    row.line.setFocus()
    row.line.setCursorPosition(4)
    QTest.keyClicks(row.line, " and  ")
    assert row.line.text() == "Wall and   sit"
    assert row.line.cursorPosition() == 10
    assert "name: Wall and   sit\n" in desk.text
    row.line.end(False)  # noqa: FBT003 - Qt's own argument
    QTest.keyClicks(row.line, " ")
    assert row.line.text() == "Wall and   sit "
    assert row.line.cursorPosition() == 15
    assert desk.form.focusWidget() is row.line


def test_several_lines_are_typed(desk: Desk) -> None:
    row = desk.row("about")
    assert isinstance(row, TextRow)
    row.box.setFocus()
    QTest.keyClicks(row.box, "Long")
    QTest.keyClick(row.box, Key.Key_Return)
    QTest.keyClicks(row.box, "and calm")
    assert row.box.text() == "Long\nand calm"
    step = desk.document.draft.session
    assert step is not None
    assert "    about: |-\n      Long\n      and calm\n" in desk.text
    desk.document.undo()
    desk.go_to((0,))
    assert row.box.text() == ""


def test_an_empty_field_takes_its_key_out_and_a_needed_one_stays_and_is_told_of(desk: Desk) -> None:
    desk.open(PLANK + "    sets: 3\n")
    desk.type("sets", "")
    assert desk.text == PLANK
    desk.type("hold", "")
    assert "hold: ''" in desk.text
    assert desk.row("hold").trouble.text == "The value is empty. Write 60s, 1:00 or 1m."


@pytest.mark.parametrize(
    ("name", "typed", "problem"),
    [
        ("hold", "a bit", '"a bit" is not a duration. Write 60s, 1:00 or 1m.'),
        ("sets", "many", '"many" is not a whole number. Write a whole number from 1 to 1000.'),
        ("sets", "0", "0 is out of range. Write a whole number from 1 to 1000."),
    ],
)
def test_a_wrong_value_stays_and_is_told_of_beside_its_field(desk: Desk, name: str, typed: str, problem: str) -> None:
    desk.type(name, typed)
    row = desk.row(name)
    assert isinstance(row, TypedRow)
    assert row.typed.text() == typed
    assert row.trouble.text == problem
    assert row.trouble.isVisible()
    assert row.typed.property("wrong")
    assert row.typed.accessibleDescription().endswith(problem)
    desk.form.head.change.setFocus()
    assert row.typed.text() == typed
    desk.type(name, "2")
    assert not row.trouble.isVisible()
    assert not row.typed.property("wrong")


# Choosing


def test_the_kind_of_work_changes_with_the_arrow_keys(desk: Desk) -> None:
    hold = desk.segment("work", "hold")
    hold.setFocus()
    QTest.keyClick(hold, Key.Key_Right)
    assert desk.text == PLANK.replace("hold: 30s", "reps: 10")
    reps = desk.segment("work", "reps")
    assert reps.hasFocus()
    assert reps.isChecked()
    QTest.keyClick(reps, Key.Key_Right)
    assert desk.text == PLANK.replace("hold: 30s", "until_done: true")
    QTest.keyClick(desk.segment("work", "until_done"), Key.Key_Right)
    assert desk.text == PLANK.replace("hold: 30s", "amrap: 1:00")
    assert desk.document.draft.session is not None


def test_the_pace_and_the_hold_after_it_are_there_for_reps_alone(desk: Desk) -> None:
    assert "pace" not in desk.names()
    desk.take("work", "reps")
    assert "last_rep_hold" not in desk.names()
    desk.take("pace", "rep")
    assert "    reps: 10\n    rep: 4s\n" in desk.text
    assert "last_rep_hold" in desk.names()
    desk.take("pace", "tempo")
    assert "    tempo: {lift: 2s, lower: 2s}\n" in desk.text
    desk.take("pace", "usual")
    assert desk.text == PLANK.replace("hold: 30s", "reps: 10")
    assert "last_rep_hold" not in desk.names()


def test_both_sides_are_switched_on_and_off(desk: Desk) -> None:
    row = desk.row("each_side")
    assert isinstance(row, FlagRow)
    assert "switch" not in desk.names()
    click(row.switch)
    desk.type("switch", "8s")
    desk.take("first_side", "right")
    assert desk.text == PLANK + "    each_side: true\n    first_side: right\n    switch: 8s\n"
    desk.take("first_side", "left")
    assert "first_side" not in desk.text
    row.switch.setFocus()
    QTest.keyClick(row.switch, Key.Key_Space)
    assert desk.text == PLANK
    assert "switch" not in desk.names()


def test_the_order_of_rounds_is_shuffled(desk: Desk) -> None:
    desk.open(HEAD + "  - rounds: 2\n    steps:\n      - rest: 5s\n")
    row = desk.row("shuffle")
    assert isinstance(row, FlagRow)
    click(row.switch)
    assert "    shuffle: true\n" in desk.text
    assert "list of steps" in desk.form.head.about.text()


def test_a_level_is_chosen_and_a_wrong_one_is_there_to_see(desk: Desk) -> None:
    desk.open(PLANK.replace("name: Back", "name: Back\nlevel: gentel"), ())
    row = desk.row("level")
    assert isinstance(row, ListRow)
    assert row.choice.currentText() == "“gentel”"
    assert "Did you mean gentle?" in row.trouble.text
    row.choice.setFocus()
    QTest.keyClick(row.choice, Key.Key_Up)
    assert "level: advanced\n" in desk.text
    QTest.keyClick(row.choice, Key.Key_Home)
    assert desk.text == PLANK


def test_a_rest_between_sets_is_there_for_several_sets_alone(desk: Desk) -> None:
    assert "rest" not in desk.names()
    desk.type("sets", "2")
    assert "rest" in desk.names()
    desk.type("rest", "15s")
    desk.type("sets", "1")
    desk.type("rest", "")
    assert "rest" not in desk.text
    assert "rest" in desk.names()
    QTest.keyClicks(desk.row("rest").editor, "5")
    assert "    rest: 5s\n" in desk.text
    QTest.keyClick(desk.row("rest").editor, Key.Key_Backspace)
    desk.form.head.change.setFocus()
    assert "rest" not in desk.names()


def test_an_exercise_is_made_ones_own(desk: Desk) -> None:
    desk.open(SUPERMAN)
    click(desk.form.head.own)
    assert "  - name: Superman\n" in desk.text
    assert "about: " in desk.text
    assert "tempo: " in desk.text
    row = desk.row("name")
    assert isinstance(row, TextLineRow)
    assert row.line.hasFocus()
    assert row.line.selectedText() == "Superman"


def test_what_does_not_belong_is_shown_and_taken_out(desk: Desk) -> None:
    desk.open(PLANK + "    sids: both\n    reps: 5\n")
    stray = desk.form._strays[0]
    assert stray.isVisible()
    assert stray.label.text() == "sids: both"
    assert '"sids" is not a key here' in stray.trouble.text
    assert "cannot stand together" in desk.row("reps").trouble.text
    click(stray.button)
    desk.type("reps", "")
    assert desk.text == PLANK
    assert not stray.isVisible()


# What is said


def test_lines_are_added_typed_and_taken_out(desk: Desk) -> None:
    lines = desk.form.lines
    click(lines.add)
    assert desk.text.endswith("    say:\n      - {at: half, line: ''}\n")
    assert lines.rows[0].words.hasFocus()
    QTest.keyClicks(lines.rows[0].words, "Half way, stay long")
    assert desk.text.endswith("      - {at: half, line: 'Half way, stay long'}\n") or desk.text.endswith(
        '      - {at: half, line: "Half way, stay long"}\n'
    )
    QTest.keyClick(lines.rows[0].words, Key.Key_Return)
    assert len(lines.rows) == 2
    assert lines.rows[1].words.hasFocus()
    QTest.keyClicks(lines.rows[1].words, "Let go")
    lines.rows[1].at.setFocus()
    lines.rows[1].at.selectAll()
    QTest.keyClicks(lines.rows[1].at, "-10s")
    assert desk.text.endswith("      - {at: -10s, line: Let go}\n")
    assert desk.document.draft.session is not None
    QTest.keyClick(lines.rows[0].words, Key.Key_Delete, ALT)
    assert desk.text == PLANK + "    say:\n      - {at: -10s, line: Let go}\n"
    assert lines.rows[0].at.hasFocus()
    click(lines.rows[0].remove)
    assert desk.text == PLANK
    assert lines.add.hasFocus()


def test_a_moment_is_chosen_from_its_menu(desk: Desk) -> None:
    desk.open(PLANK + "    say:\n      - {at: half, line: Half way}\n")
    row = desk.form.lines.rows[0]
    menu = row.moments.menu()
    menu.actions()[2].trigger()
    assert "{at: -10s, line: Half way}" in desk.text
    assert row.at.selectedText() == "10"
    QTest.keyClicks(row.at, "5")
    assert "{at: -5s, line: Half way}" in desk.text


def test_a_moment_is_tidied_once_it_is_left(desk: Desk) -> None:
    desk.open(PLANK + "    say:\n      - {at: half, line: Half way}\n")
    row = desk.form.lines.rows[0]
    row.at.setFocus()
    row.at.selectAll()
    QTest.keyClicks(row.at, "-1m30")
    assert row.at.text() == "-1m30"
    assert "{at: -1:30, line: Half way}" in desk.text
    row.words.setFocus()
    assert row.at.text() == "-1:30"


def test_a_line_with_a_wrong_moment_says_so(desk: Desk) -> None:
    desk.open(PLANK + "    say:\n      - {at: soon, line: Half way}\n      - Hello\n")
    first, second = desk.form.lines.rows
    assert '"soon" is not a moment' in first.trouble.text
    assert first.at.property("wrong")
    assert not second.at.isVisible()
    assert second.raw.text() == "Hello"
    click(second.remove)
    assert "Hello" not in desk.text


def test_lines_with_too_little_room_are_told_of(desk: Desk) -> None:
    assert not desk.form.lines.conflict_card.isVisible()
    desk.form.show_conflicts(["This line takes 4.1 s, the rest is 3 s"])
    assert desk.form.lines.conflict_card.isVisible()
    desk.form.show_conflicts([])
    assert not desk.form.lines.conflict_card.isVisible()
