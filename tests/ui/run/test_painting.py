"""What the run page paints while only time passes: no more than what moves, and the same as if it painted all."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.run.conftest import Start
from tests.ui.run.rig import KNEES, PLANKS, PUSH_UPS, SUPERMAN
from timer_app.definition.model import ExerciseStep, Hold, Reps
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_view import RingView
from timer_app.settings import Appearance, Settings
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.page import RunPage


def test_only_the_moving_piece_of_the_ring_is_painted_between_seconds(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, rig = start(*PLANKS)
    qtbot.waitExposed(page)
    rig.go(10_000 + 30_050)
    QApplication.processEvents()
    asked: list[int] = []
    monkeypatch.setattr(page.ring, "update", lambda rect: asked.append(rect.width() * rect.height()))
    rig.go(100)
    assert len(asked) == 1
    assert asked[0] < 0.02 * page.ring.width() * page.ring.height()


def test_a_new_second_paints_the_number_and_the_ring_s_end(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, rig = start(*PLANKS)
    qtbot.waitExposed(page)
    rig.go(10_000 + 30_000)
    QApplication.processEvents()
    wholes: list[RingView] = []
    written: list[str] = []
    monkeypatch.setattr(page.ring, "_paint_remaining", lambda _painter, view: wholes.append(view))
    monkeypatch.setattr(page.ring.ring_text, "paint", lambda _painter, view, _region: written.append(view.number))
    for _tenth in range(20):
        rig.go(100)
        QApplication.processEvents()
    assert (wholes, written) == ([], ["29", "28"])


def test_a_rep_s_next_word_leaves_the_number_alone(start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page, rig = start(*SUPERMAN)
    qtbot.waitExposed(page)
    rig.go(10_000 + 8_900)
    QApplication.processEvents()
    number = page.ring.rect().center()
    asked: list[QRegion] = []
    monkeypatch.setattr(page.ring, "update", lambda what: asked.append(QRegion(what)))
    before = page.ring.view
    rig.go(200)
    after = page.ring.view
    assert before is not None
    assert after is not None
    assert (before.number, before.under, after.number, after.under) == ("3", ("of 10", "lift"), "3", ("of 10", "hold"))
    assert asked
    assert not any(region.contains(number) for region in asked)


def test_a_ring_without_room_takes_whatever_is_written(start: Start) -> None:
    page, rig = start(*SUPERMAN)
    rig.go(12_000)
    view = page.ring.view
    assert view is not None
    page.ring.resize(1, 1)
    for number, under in (("1:40", ("minutes", "left")), ("7", ("of 10", "hold")), ("8", ("of 10", "lift"))):
        page.ring.show_view(replace(view, number=number, under=under))
        shown = page.ring.view
        assert shown is not None
        assert shown.number == number


def test_words_that_come_to_lie_over_the_ring_leave_no_trace(start: Start, qtbot: QtBot) -> None:
    page, rig = start(*SUPERMAN)
    qtbot.waitExposed(page)
    rig.go(12_000)
    QApplication.processEvents()
    view = page.ring.view
    assert view is not None
    for under in (("of 10", "hold it for as long as you like, and longer"), ("of 10", "hold"), ("of 10", "lift")):
        page.ring.show_view(replace(view, under=under))
        QApplication.processEvents()
        assert_alike(page)


def test_the_bar_is_full_up_to_its_head_and_pale_beyond_it(start: Start, qtbot: QtBot, theme: Theme) -> None:
    page, rig = start(*PLANKS)
    rig.go(10_000 + 60_000 + 60_000 + 60_000 + 60_000 + 30_000)
    for settings, width in (
        (Settings(appearance=Appearance.LIGHT), 1024),
        (Settings(appearance=Appearance.DARK), 1024),
        (Settings(), 900),
    ):
        theme.use(settings)
        page.resize(width, 700)
        picture = page.bar.grab().toImage()
        shades, foot = theme.colours.phase(Phase.WORK), picture.height() - 6
        head = round(rig.conductor.snapshot().spent / rig.conductor.timeline.total * picture.width())
        assert picture.pixelColor(head - 20, foot) == shades.accent
        assert picture.pixelColor(head + 20, foot) == shades.track


def rows_of(image: QImage) -> list[bytes]:
    row, pixels = image.bytesPerLine(), bytes(image.constBits())
    return [pixels[start : start + row] for start in range(0, len(pixels), row)]


MINUTES = (ExerciseStep(Hold(150_000), name="March"),)
MANY = (ExerciseStep(Reps(25), exercise="superman"),)


@pytest.mark.parametrize("steps", [PLANKS, SUPERMAN, KNEES, PUSH_UPS, MINUTES, MANY])
def test_what_is_painted_piece_by_piece_is_what_is_painted_as_a_whole(
    start: Start, qtbot: QtBot, steps: tuple[ExerciseStep, ...]
) -> None:
    page, rig = start(*steps)
    qtbot.waitExposed(page)
    rig.go(9_000)
    for picture in range(60):
        rig.clock.advance(237)
        rig.driver.timer.timeout.emit()
        QApplication.processEvents()
        if picture % 6 == 5:
            assert_alike(page)


def assert_alike(page: RunPage) -> None:
    """Assert that what is on the screen is what would be there if all were painted anew."""
    pieces = page.screen().grabWindow(page.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    whole = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = zip(rows_of(pieces), rows_of(whole), strict=True)
    differ = [abs(a - b) for one, other in rows if one != other for a, b in zip(one, other, strict=True)]
    # Along the seam of two pieces an edge may be a shade softer.
    assert max(differ, default=0) < 100
    assert sum(one > 24 for one in differ) < 600


def test_moving_paints_nothing_but_what_moves(start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page, rig = start(*PLANKS)
    qtbot.waitExposed(page)
    rig.go(12_000)
    QApplication.processEvents()
    painted: list[str] = []
    for widget in (page, page.title, page.detail, page.times, page.upcoming, page.exercise_panel.badge):
        name = type(widget).__name__
        monkeypatch.setattr(widget, "paintEvent", lambda _event, name=name: painted.append(name))
    rig.clock.advance(300)
    rig.driver.timer.timeout.emit()
    QApplication.processEvents()
    assert painted == []
