"""The fields for lengths and numbers: typed as people type, stepped with the keys, and never in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.look.test_theme import BOTH, contrast
from timer_app.ui.editor.form.text_inputs import mark_wrong
from timer_app.ui.look.theme import Colours, Theme
from timer_app.ui.widgets.count_field import CountField
from timer_app.ui.widgets.duration_field import DurationField
from timer_app.ui.widgets.typed_field import TypedField

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Form:
    """A window with a field for each sort, and what they emitted."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.hold = DurationField(theme, "Hold")
        self.rest = DurationField(theme, "Rest", zero=True)
        self.sets = CountField(theme, "Sets")
        self.emitted: list[str] = []
        layout = QVBoxLayout(self.window)
        for field in (self.hold, self.rest, self.sets):
            layout.addWidget(field)
            field.edited.connect(self.emitted.append)
            field.editing_finished.connect(lambda: self.emitted.append("finished"))
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.focus(self.hold)

    def focus(self, field: TypedField) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        assert field.hasFocus()

    def wheel(self, field: TypedField, turn: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        place = QPointF(field.rect().center())
        event = QWheelEvent(
            place,
            field.mapToGlobal(place),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's own order of arguments
        )
        QApplication.sendEvent(field, event)
        return event.isAccepted()


@pytest.fixture
def form(theme: Theme, qtbot: QtBot) -> Form:
    return Form(theme, qtbot)


def test_every_keystroke_tells_the_text_for_the_file_and_leaving_tidies_the_field(form: Form) -> None:
    QTest.keyClicks(form.hold, "1m30")
    assert form.emitted == ["1s", "1m", "1:03", "1:30"]
    assert form.hold.text() == "1m30"
    assert form.hold.value() == 90_000
    form.focus(form.rest)
    assert form.hold.text() == "1:30"
    assert form.emitted[4:] == ["finished"]


@pytest.mark.parametrize("typed", ["90", "90s", "1:30", "1m30", "1 min 30 s", "1m30s"])
def test_a_minute_and_a_half_in_many_ways(form: Form, typed: str) -> None:
    QTest.keyClicks(form.hold, typed)
    QTest.keyClick(form.hold, Key.Key_Return)
    assert form.hold.value() == 90_000


def test_a_number_alone_gets_its_unit_once_it_is_typed(form: Form) -> None:
    QTest.keyClicks(form.hold, "15")
    assert form.hold.text() == "15"
    assert form.emitted == ["1s", "15s"]
    form.focus(form.rest)
    assert form.hold.text() == "15s"
    form.hold.show_text("15")
    form.focus(form.hold)
    form.focus(form.rest)
    assert form.hold.text() == "15"  # as somebody wrote it


def test_a_wrong_text_stays_and_is_told_as_it_is(form: Form) -> None:
    QTest.keyClicks(form.hold, "a bit")
    form.focus(form.rest)
    assert form.hold.text() == "a bit"
    assert form.hold.value() is None
    assert form.emitted[-2:] == ["a bit", "finished"]
    QTest.keyClick(form.hold, Key.Key_Up)
    assert form.hold.text() == "a bit"


def test_nothing_is_settled_where_nothing_was_edited(form: Form) -> None:
    form.hold.show_text("1m30")
    QTest.keyClick(form.hold, Key.Key_Return)
    form.focus(form.rest)
    assert form.emitted == []
    assert form.hold.text() == "1m30"


def test_the_keys_step(form: Form) -> None:
    form.hold.show_text("8s")
    for key, held, text in (
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, "9s"),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, "10s"),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, "15s"),
        (Key.Key_Down, Qt.KeyboardModifier.NoModifier, "10s"),
        (Key.Key_Up, SHIFT, "40s"),
        (Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, "1:10"),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, "40s"),
        (Key.Key_Down, SHIFT, "10s"),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, "1s"),
    ):
        QTest.keyClick(form.hold, key, held)
        assert form.hold.text() == text
    assert form.emitted == ["9s", "10s", "15s", "10s", "40s", "1:10", "40s", "10s", "1s"]
    QTest.keyClick(form.hold, Key.Key_Down)
    assert form.hold.text() == "1s"
    QTest.keyClick(form.rest, Key.Key_Down)
    assert form.rest.text() == "30s"


def test_nought_is_for_where_it_is_allowed(form: Form) -> None:
    for field, value in ((form.hold, None), (form.rest, 0)):
        field.show_text("0")
        assert field.value() == value
    form.rest.show_text("1s")
    QTest.keyClick(form.rest, Key.Key_Down)
    assert form.rest.text() == "0s"


def test_stepping_begins_at_the_default_where_nothing_is_typed(form: Form) -> None:
    form.rest.show_default(10_000, "10s, the session's")
    assert form.rest.lineEdit().placeholderText() == "10s, the session's"
    assert form.rest.value() is None
    QTest.keyClick(form.rest, Key.Key_Up)
    assert form.rest.text() == "15s"
    form.rest.selectAll()
    QTest.keyClick(form.rest, Key.Key_Delete)
    assert form.emitted[-1] == ""


def test_the_wheel_steps_in_the_focus_alone(form: Form) -> None:
    form.hold.show_text("30s")
    form.rest.show_text("30s")
    assert form.wheel(form.hold, 120)
    assert form.wheel(form.hold, 120, SHIFT)
    assert form.wheel(form.hold, -120)
    assert form.hold.text() == "1:00"
    assert not form.wheel(form.rest, 120)
    assert form.rest.text() == "30s"


def test_numbers_step_by_one_or_ten_within_their_bounds(form: Form) -> None:
    form.focus(form.sets)
    QTest.keyClick(form.sets, Key.Key_Up)
    assert form.sets.text() == "1"
    QTest.keyClick(form.sets, Key.Key_Up)
    QTest.keyClick(form.sets, Key.Key_PageUp)
    assert form.sets.text() == "12"
    QTest.keyClick(form.sets, Key.Key_Down, SHIFT)
    QTest.keyClick(form.sets, Key.Key_Down, SHIFT)
    assert form.sets.text() == "1"
    form.sets.show_text("three")
    assert form.sets.value() is None
    form.sets.show_text("1001")
    assert form.sets.value() is None


def test_the_menus_steps_are_the_keys_steps(form: Form) -> None:
    form.hold.show_text("30s")
    form.hold.stepUp()
    assert form.hold.text() == "35s"
    form.hold.stepBy(-10)
    assert form.hold.text() == "5s"


def test_what_is_being_typed_is_left_alone_while_it_means_the_same(form: Form) -> None:
    QTest.keyClicks(form.hold, "1m30")
    QTest.keyClick(form.hold, Key.Key_Left)
    form.hold.show_text("1:30")
    assert (form.hold.text(), form.hold.lineEdit().cursorPosition()) == ("1m30", 3)
    form.hold.show_text("45s")
    assert form.hold.text() == "45s"
    form.focus(form.rest)
    form.hold.show_text("1m30")
    assert form.hold.text() == "1m30"


def test_undo_is_the_windows(form: Form) -> None:
    undone: list[bool] = []
    QShortcut(QKeySequence("Ctrl+Z"), form.window, lambda: undone.append(True))
    QTest.keyClicks(form.hold, "30")
    QTest.keyClick(form.hold, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    assert form.hold.text() == "30"
    QTest.keyClick(form.hold, Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert form.hold.text() == "30"


def test_keys_with_alt_are_for_others(form: Form) -> None:
    moved: list[bool] = []
    QShortcut(QKeySequence("Alt+Up"), form.window, lambda: moved.append(True))
    form.hold.show_text("30s")
    QTest.keyClick(form.hold, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert moved == [True]
    QTest.keyClick(form.hold, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert form.hold.text() == "30s"


def test_a_screen_reader_finds_a_spin_box_with_its_value(form: Form) -> None:
    form.hold.show_text("1m30")
    interface = QAccessible.queryAccessibleInterface(form.hold)
    assert interface is not None
    assert interface.role() == QAccessible.Role.SpinBox
    assert interface.text(QAccessible.Text.Name) == "Hold"
    assert interface.text(QAccessible.Text.Value) == "1m30"
    numbers = interface.valueInterface()
    assert (numbers.currentValue(), numbers.minimumValue(), numbers.maximumValue()) == (90.0, 0.1, 14_400.0)
    form.rest.show_default(0, "0s, no rest")
    assert form.rest.accessibleDescription() == "0s, no rest"


def test_the_text_has_room(form: Form) -> None:
    for field, text in ((form.hold, "1 min 30 s"), (form.sets, "100000")):
        field.resize(field.sizeHint())
        line = field.lineEdit()
        room = line.width() - line.textMargins().left() - line.textMargins().right()
        assert line.fontMetrics().horizontalAdvance(text) < room


def test_a_wrong_field_is_framed_until_it_is_right(form: Form) -> None:
    before = form.rest.grab().toImage()
    mark_wrong(form.rest, wrong=True)
    assert form.rest.grab().toImage() != before
    mark_wrong(form.rest, wrong=False)
    assert form.rest.grab().toImage() == before


@BOTH
def test_the_frame_of_what_is_wrong_is_seen(colours: Colours) -> None:
    assert contrast(colours.warning.ink, colours.surface) >= 3
    assert contrast(colours.warning.ink, colours.warning.fill) >= 3
    assert contrast(colours.focus, colours.warning.fill) >= 3
    assert contrast(colours.text_soft, colours.warning.fill) >= 4.5
