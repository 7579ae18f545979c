"""The form: how one gets about in it, what it says of texts that cannot be told, and that it is for everybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.editor.form_rig import CONTROL, HEAD, PLANK, SUPERMAN, FormRig, Key, click, show
from tests.ui.stage import Stage
from timer_app.editing.form.model import FormKind
from timer_app.settings import Settings
from timer_app.ui.editor.form.field_rows import TypedRow

pytestmark = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")


@pytest.fixture
def rig(stage: Stage, qtbot: QtBot) -> Iterator[FormRig]:
    made = show(stage, qtbot)
    yield made
    made.form.close()


# Getting about


def test_tab_goes_from_top_to_bottom_through_everything(rig: FormRig) -> None:
    rig.open(
        SUPERMAN + "    tempo: {lift: 1s}\n    sets: 2\n    each_side: true\n    say:\n      - {at: 5s, line: Up}\n"
    )
    QApplication.processEvents()
    rig.form.header.change.setFocus()
    places: list[tuple[int, int]] = []
    seen: list[QWidget] = []
    while True:
        part = rig.form.focusWidget()
        assert part is not None
        if part in seen:
            break
        seen.append(part)
        if part not in (rig.form.footer.hear, rig.form.footer.begin):
            place = part.mapTo(rig.form.page.content, QPoint(0, part.height() // 2))
            places.append((place.y(), place.x()))
        QTest.keyClick(part, Key.Key_Tab)
    assert places == sorted(places)
    assert seen[-2:] == [rig.form.footer.hear, rig.form.footer.begin]
    checked = [segment for row in (rig.row("work"), rig.row("pace")) for segment in row.focus_parts]
    left_out = [
        part
        for part in rig.form.findChildren(QWidget)
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part not in seen
    ]
    assert [part for part in left_out if part not in checked and not isinstance(part, QLineEdit)] == []


def test_escape_leaves_and_undo_is_the_windows(rig: FormRig) -> None:
    undone: list[bool] = []
    QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), rig.form, lambda: undone.append(True))
    rig.type("about", "x")
    QTest.keyClick(rig.row("about").editor, Key.Key_Z, CONTROL)
    QTest.keyClick(rig.row("about").editor, Key.Key_Escape)
    rig.type("hold", "1")
    QTest.keyClick(rig.row("hold").editor, Key.Key_Z, CONTROL)
    QTest.keyClick(rig.row("hold").editor, Key.Key_Escape)
    assert rig.asked == ["left", "left"]
    assert undone == [True, True]


def test_the_buttons_ask(rig: FormRig) -> None:
    click(rig.form.header.change)
    click(rig.form.footer.hear)
    click(rig.form.footer.begin)
    QTest.keyClick(rig.form, Key.Key_E, CONTROL)
    QTest.keyClick(rig.form, Key.Key_L, CONTROL)
    QTest.keyClick(rig.form, Key.Key_Return, CONTROL)
    assert rig.asked == [(what, (0,)) for what in ("exercise", "hear", "try", "exercise", "hear", "try")]


def test_a_finding_leads_to_its_field(rig: FormRig) -> None:
    rig.open(SUPERMAN + "    tempo: {lift: soon}\n    say:\n      - {at: soon, line: ''}\n")
    for place, part in (
        ("steps[0].reps", rig.row("reps").editor),
        ("steps[0].tempo.lift", rig.row("tempo.lift").editor),
        ("steps[0].tempo", rig.row("pace").focus_parts[0]),
        ("steps[0].say[0].at", rig.form.lines.rows[0].at),
        ("steps[0].say[0].line", rig.form.lines.rows[0].words),
        ("steps[0].say[7]", rig.form.lines.add),
        ("steps[0].exercise", rig.form.header.change),
        ("steps[0]", rig.form.header.change),
    ):
        rig.form.show_field(place)
        assert part.hasFocus(), place
    rig.open(PLANK + "    say: Hello\n")
    rig.form.show_field("steps[0].say")
    assert rig.form.stray_rows[0].button.hasFocus()


def test_the_focus_begins_at_how_much_there_is(rig: FormRig) -> None:
    rig.form.focus_first()
    row = rig.row("hold")
    assert isinstance(row, TypedRow)
    assert row.typed.hasFocus()
    QTest.keyClicks(row.typed, "45")
    assert "hold: 45s\n" in rig.text
    rig.go_to(())
    rig.form.focus_first()
    assert rig.row("name").editor.hasFocus()


def test_another_step_of_the_same_sort_uses_the_same_fields(rig: FormRig) -> None:
    rig.open(PLANK + "  - exercise: side-plank\n    hold: 20s\n    sets: 2\n")
    before = rig.row("hold")
    rig.go_to((1,))
    assert rig.row("hold") is before
    assert rig.form.header.title.text() == "Side plank"
    assert before.editor.property("text") == "20s"
    rig.go_to(())
    assert not before.isVisible()
    assert rig.row("name").isVisible()


# Texts that cannot be parsed


def test_a_broken_text_has_to_be_mended_first(rig: FormRig) -> None:
    rig.open(PLANK + "  - {")
    form = rig.form
    assert form.notice.isVisible()
    assert rig.row("hold").isVisible()
    assert form.notice.label.text().startswith("The text has to be mended first. Line 6:")
    assert not form.body.isEnabled()
    form.focus_first()
    assert not form.row("hold") or not form.row("hold").editor.hasFocus()  # type: ignore[union-attr]
    click(form.notice.button)
    assert rig.asked == [("text", *form.form.mark)]
    rig.open(PLANK)
    assert not form.notice.isVisible()
    assert form.body.isEnabled()


def test_what_is_no_step_says_so(rig: FormRig) -> None:
    rig.open(PLANK + "  - Plank\n", (1,))
    assert rig.form.form.kind is FormKind.NOTHING
    assert rig.form.notice.label.text().startswith("This is no step yet.")
    click(rig.form.notice.button)
    assert rig.asked == [("text", 6, 5)]
    assert not rig.form.footer.isEnabled()
    assert not rig.form.body.isVisible()
    rig.go_to((0,))
    assert rig.form.footer.isEnabled()


# For everybody


def test_every_control_has_a_name_and_a_tooltip(rig: FormRig) -> None:
    said = "    say:\n      - {at: 5s, line: Up}\n"
    for text, path in (
        (SUPERMAN + "    tempo: {lift: 1s}\n    sets: 2\n    each_side: true\n" + said, (0,)),
        (PLANK + "    sids: 1\n", (0,)),
        (HEAD + "  - rest: 30s\n", (0,)),
        (HEAD + "  - rounds: 2\n    steps:\n      - rest: 5s\n", (0,)),
        (PLANK, ()),
    ):
        rig.open(text, path)
        for part in rig.form.findChildren(QWidget):
            inside = isinstance(part, QLineEdit) and part.objectName() == "qt_spinbox_lineedit"
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not inside:
                assert part.accessibleName(), (path, part)
                assert part.toolTip() or part.accessibleDescription(), (path, part)
        for row in rig.form.shown_rows:
            assert row.label.buddy() is row.editor
            for hint in (row.field.hint, row.field.default):
                assert hint in row.focus_parts[0].accessibleDescription()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_wider_than_a_small_window_has_room_for(
    stage: Stage, rig: FormRig, qtbot: QtBot, percent: int
) -> None:
    stage.services.theme.use(Settings(text_percent=percent))
    said = "    say:\n      - {at: 5s, line: Up}\n"
    for text, path in (
        (SUPERMAN + "    tempo: {lift: 1s}\n    sets: many\n    each_side: true\n" + said, (0,)),
        (PLANK + "    sids: 1\n", (0,)),
        (HEAD + "  - rounds: 2\n    rest: 5s\n    steps:\n      - rest: 5s\n", (0,)),
        (PLANK, ()),
    ):
        rig.open(text, path)
        rig.form.resize(QSize(430, 460))
        qtbot.waitUntil(rig.fits)
        assert rig.form.width() == 430
