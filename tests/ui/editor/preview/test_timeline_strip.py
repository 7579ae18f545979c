"""The drawn timeline of the editor: clicked, walked with the keys, marked where lines do not fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.timeline.strategies import compiled, sessions
from timer_app.definition.model import ExerciseStep, Hold, RestStep, Rounds, Session, Step, StepPath, UntilDone
from timer_app.presentation.session_bars import Bar, bar_at, bars, merged
from timer_app.presentation.strip_geometry import Stretch, belongs, steps_in_order, stretches, ticks
from timer_app.timeline.compile import compile_session
from timer_app.timeline.intervals import Timeline
from timer_app.ui.editor.preview.timeline_strip import TimelineStrip
from timer_app.ui.look.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

Key = Qt.Key
PLANK = ExerciseStep(Hold(30_000), name="Plank", sets=2, rest=10_000)
ROUNDS = Rounds(2, (ExerciseStep(Hold(20_000), name="Bridge"), RestStep(10_000)))
STEPS = (PLANK, RestStep(60_000, "Drink of water"), ROUNDS)
WALK: tuple[StepPath, ...] = ((0,), (1,), (2, 0), (2, 1))


def timeline(*steps: Step, setup: int = 10_000) -> Timeline:
    return compile_session(Session("A session", steps, setup=setup), {})


class Drawn:
    """A strip 800 pixels wide, and the steps that it asked for."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.strip = TimelineStrip(theme)
        qtbot.addWidget(self.strip)
        self.strip.resize(800, self.strip.sizeHint().height())
        self.strip.show_timeline(timeline(*STEPS))
        self.asked: list[StepPath] = []
        self.strip.step_requested.connect(self.asked.append)
        self.strip.show()

    def place(self, interval: int) -> QPoint:
        """Return the middle of an interval's bar."""
        bar, room = self.strip.bars[interval], self.strip.bars_rect()
        across = room.left() + (bar.left + bar.right) / 2 * room.width()
        return QPoint(round(across), round(room.center().y()))

    def click(self, interval: int) -> None:
        QTest.mouseClick(self.strip, Qt.MouseButton.LeftButton, pos=self.place(interval))

    def picture(self) -> QImage:
        return self.strip.grab().toImage()


@pytest.fixture
def drawn(theme: Theme, qtbot: QtBot) -> Drawn:
    return Drawn(theme, qtbot)


def test_a_click_asks_for_the_step_of_the_bar(drawn: Drawn) -> None:
    for interval in range(len(drawn.strip.bars)):
        drawn.click(interval)
    assert drawn.asked == [interval.step for interval in timeline(*STEPS).intervals]
    QTest.mouseClick(drawn.strip, Qt.MouseButton.RightButton, pos=drawn.place(0))
    assert len(drawn.asked) == len(timeline(*STEPS).intervals)


def test_the_keys_walk_from_step_to_step(drawn: Drawn) -> None:
    for _step in range(6):
        QTest.keyClick(drawn.strip, Key.Key_Right)
    assert tuple(drawn.asked) == WALK
    for _step in range(6):
        QTest.keyClick(drawn.strip, Key.Key_Left)
    assert tuple(drawn.asked[4:]) == tuple(reversed(WALK[:-1]))
    QTest.keyClick(drawn.strip, Key.Key_End)
    QTest.keyClick(drawn.strip, Key.Key_Home)
    assert tuple(drawn.asked[-2:]) == (WALK[-1], WALK[0])


def test_walking_begins_where_the_chosen_rounds_begin_and_leaves_other_keys_alone(drawn: Drawn) -> None:
    drawn.strip.mark_step((2,))
    QTest.keyClick(drawn.strip, Key.Key_Right)
    assert drawn.asked == [(2, 1)]
    QTest.keyClick(drawn.strip, Key.Key_PageDown)
    QTest.keyClick(drawn.strip, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert drawn.asked == [(2, 1)]
    drawn.strip.mark_step(None)
    QTest.keyClick(drawn.strip, Key.Key_Left)
    assert drawn.asked[-1] == (2, 1)


def test_nothing_to_show_is_nothing_to_choose(drawn: Drawn) -> None:
    drawn.strip.mark_step((0,))
    drawn.strip.show_timeline(None)
    QTest.keyClick(drawn.strip, Key.Key_Right)
    QTest.mouseClick(drawn.strip, Qt.MouseButton.LeftButton, pos=QPoint(300, 20))
    assert drawn.asked == []
    assert drawn.strip.text_at(300) == ""
    assert drawn.strip.accessibleDescription() == ""
    drawn.picture()


def test_a_screen_reader_finds_a_slider_over_the_steps(drawn: Drawn) -> None:
    strip = drawn.strip
    found = QAccessible.queryAccessibleInterface(strip)
    assert found is not None
    assert found.role() == QAccessible.Role.Slider
    assert found.text(QAccessible.Text.Name).startswith("The session drawn: 3:40 in all")
    strip.mark_step((2, 0))
    numbers = found.valueInterface()
    assert (numbers.currentValue(), numbers.minimumValue(), numbers.maximumValue()) == (3, 1, 4)
    assert found.text(QAccessible.Text.Description) == "Bridge, from 2:20"
    strip.mark_step((1,))
    assert found.text(QAccessible.Text.Description) == "Drink of water, from 1:20"
    strip.mark_step((9,))
    assert found.text(QAccessible.Text.Description) == ""


def test_the_chosen_step_is_ringed_wherever_it_comes(drawn: Drawn) -> None:
    before = drawn.picture()
    drawn.strip.mark_step((2, 0))
    drawn.picture()
    rings = drawn.strip.rings
    assert rings is not None
    assert len(rings) == 2
    assert drawn.picture() != before
    drawn.strip.mark_step((2,))
    drawn.picture()
    assert drawn.strip.rings is not None
    assert len(drawn.strip.rings) == 1
    drawn.strip.mark_step(None)
    assert drawn.picture() == before


def test_a_sign_below_the_bar_and_the_sentence_in_its_tooltip(drawn: Drawn, theme: Theme) -> None:
    before = drawn.picture()
    strip = drawn.strip
    assert strip.text_at(drawn.place(1).x()) == "Plank · set 1 of 2 · 0:30, from 0:10"
    strip.show_marks({1: "“Half way” was left out.", 99: "of another timeline"})
    after = drawn.picture()
    ink, below = QColor(theme.colours.warning.ink), round(strip.bars_rect().bottom()) + 4
    column = drawn.place(1).x()
    changed = [
        (x, y)
        for x in range(after.width())
        for y in range(after.height())
        if after.pixelColor(x, y) != before.pixelColor(x, y)
    ]
    assert changed
    assert {x for x, _y in changed} <= set(range(column - 10, column + 10))
    assert min(y for _x, y in changed) >= below - 2
    assert any(after.pixelColor(x, y) == ink for x, y in changed)
    assert strip.text_at(drawn.place(1).x()).endswith("from 0:10\n“Half way” was left out.")
    assert strip.text_at(drawn.place(2).x()).count("\n") == 0


def test_marks_stay_while_only_lengths_change(drawn: Drawn) -> None:
    drawn.strip.show_marks({1: "too long"})
    longer = ExerciseStep(Hold(45_000), name="Plank", sets=2, rest=10_000)
    drawn.strip.show_timeline(timeline(longer, *STEPS[1:]))
    assert drawn.strip.text_at(drawn.place(1).x()).endswith("too long")
    drawn.strip.show_timeline(timeline(longer))
    assert "too long" not in drawn.strip.text_at(drawn.place(1).x())


def test_words_of_a_session_are_no_html_in_a_tooltip(theme: Theme, qtbot: QtBot) -> None:
    strip = TimelineStrip(theme)
    qtbot.addWidget(strip)
    strip.show_timeline(timeline(ExerciseStep(Hold(60_000), name="<b>Bold</b>"), setup=0))
    strip.resize(400, 100)
    assert strip.text_at(200).startswith("<b>Bold</b> · ")


def test_it_keeps_its_height_where_there_is_little_room(drawn: Drawn) -> None:
    drawn.strip.grab()
    assert drawn.strip.minimumHeight() == 0
    assert drawn.strip.minimumSizeHint().height() == drawn.strip.sizeHint().height() > 80


def test_ticks_are_round_and_stand_where_their_moment_is() -> None:
    row = bars(timeline(ExerciseStep(Hold(5 * 60_000), name="Walk"), setup=0))
    assert [(tick.at, round(tick.across, 3)) for tick in ticks(row, 0.1)] == [
        (minute * 60_000, minute / 5) for minute in range(6)
    ]
    assert [tick.at for tick in ticks(row, 0.3)] == [0, 120_000, 240_000]
    assert [tick.at for tick in ticks(bars(timeline(*STEPS)), 0.2)] == [0, 60_000, 120_000, 180_000]
    still = timeline(ExerciseStep(UntilDone(), name="Push-up"), setup=0)
    assert ticks(bars(still), 0.1) == ()
    assert ticks((), 0.1) == ()


def test_an_open_interval_has_room_and_takes_no_time() -> None:
    row = bars(timeline(ExerciseStep(UntilDone(), name="A"), ExerciseStep(Hold(20_000), name="B"), setup=0))
    assert [(tick.at, tick.across) for tick in ticks(row, 0.2)] == [(0, 0.5), (10_000, 0.75), (20_000, 1.0)]


@given(sessions, st.floats(0.02, 1.0))
def test_ticks_never_lie_on_each_other(session: Session, least: float) -> None:
    placed = ticks(bars(compiled(session)), least)
    for one, two in pairwise(placed):
        assert two.across - one.across >= least
        assert two.at > one.at
    assert all(0 <= tick.across <= 1.000001 for tick in placed)


@given(sessions, st.integers(1, 2_000))
@settings(deadline=None)
def test_merged_bars_cover_what_the_bars_cover_in_no_more_pieces_than_pixels(session: Session, width: int) -> None:
    row = bars(compiled(session))
    drawn = merged(row, width)
    assert len(drawn) <= min(len(row), width + 1)
    edges = {bar.left for bar in row} | {bar.right for bar in row}
    assert (drawn[0].left, drawn[-1].right) == (row[0].left, row[-1].right)
    assert all(one.right == pytest.approx(two.left) for one, two in pairwise(drawn))
    assert {bar.left for bar in drawn} <= edges
    for bar in row:
        if (bar.right - bar.left) * width >= 2:
            assert bar in drawn


def test_bars_that_can_be_seen_are_all_drawn() -> None:
    row = bars(timeline(*STEPS))
    assert merged(row, 800) == row
    thin = merged(row, 1)
    assert len(thin) == 1
    assert thin[0].interval.title == "Drink of water"


@pytest.mark.parametrize(("across", "index"), [(0.0, 0), (0.999, -1), (1.0, None), (-0.1, None)])
def test_what_is_drawn_at_a_place(across: float, index: int | None) -> None:
    row = bars(timeline(*STEPS))
    assert bar_at(row, across) == (None if index is None else row[index])
    assert bar_at((), across) is None


def test_neighbours_of_one_step_are_one_stretch() -> None:
    row: tuple[Bar, ...] = bars(timeline(*STEPS, setup=0))
    assert stretches(row, (0,), 0.01) == (Stretch(0.0, row[2].right),)
    assert len(stretches(row, (2, 0), 0.01)) == 2
    assert len(stretches(row, (2, 0), 1.0)) == 1
    assert stretches(row, (7,), 0.01) == ()
    assert belongs((2, 0), (2,))
    assert not belongs((2,), (2, 0))
    assert steps_in_order(timeline(*STEPS)) == WALK
