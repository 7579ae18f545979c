"""From the mat: at every size of window and of text, the number is large and nothing is cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from tests.ui.run.conftest import Start
from tests.ui.run.rig import CIRCUIT, KNEES, PLANKS, PUSH_UPS, SUPERMAN, Rig
from timer_app.conductor.conductor import Conductor
from timer_app.definition.model import Step
from timer_app.settings import Settings
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.fit_label import SMALLEST, FitLabel, fits
from timer_app.ui.run.page import RunPage
from timer_app.ui.run.run_buttons import RunButton

SIZES = [(800, 600), (1024, 700), (1920, 1080), (3840, 2160)]
TEXTS = [100, 150, 200]
LOOKS = [
    *((width, height, percent) for width, height in SIZES for percent in TEXTS),
    # A screen of 1366×768 where the system's own text is set to 200 % and 150 %: the window's inside.
    (681, 371, 100),
    (895, 496, 100),
    (895, 496, 150),
]

MOMENTS: dict[str, tuple[tuple[Step, ...], int]] = {
    "setup with a side": (KNEES, 2_000),
    "hold": (PLANKS, 20_000),
    "rest": (PLANKS, 75_000),
    "reps with phases": (SUPERMAN, 12_500),
    "switch": (KNEES, 31_000),
    "open": (PUSH_UPS, 95_000),
    "rounds and sides": (CIRCUIT, 12_000),
}

COVERS: dict[str, Callable[[RunPage, Rig], None]] = {
    "keys": lambda page, _rig: page.keys_card.show(),
    "slept": lambda _page, rig: rig.sleep(10_000),
    "paused": lambda _page, rig: _pause_anew(rig),
    "stopping": lambda page, _rig: page.ask_to_stop(),
}

SEEN_IN_PLACE = (
    "title",
    "detail",
    "times",
    "ring",
    "bar",
    "exercise_panel",
    "upcoming",
    "back",
    "pause",
    "skip",
    "stop",
    "mute",
)


def _pause_anew(rig: Rig) -> None:
    rig.driver.do(Conductor.resume)
    rig.driver.do(Conductor.pause)


def cut_texts(page: RunPage) -> list[str]:
    """Every text on the page that does not wholly fit its place, or is too small to be read."""
    cut = []
    for label in page.findChildren(FitLabel):
        if label.isVisible() and label.text():
            flags = label._flags
            if not fits(label.font(), label.text(), label.width(), label.height(), flags):
                cut.append(label.text())
            if label.font().pixelSize() < 12:
                cut.append(f"small: {label.text()}")
    buttons = [button for button in page.findChildren(RunButton) if button.isVisible()]
    return cut + [button.text() for button in buttons if _cuts(button)]


def _cuts(button: RunButton) -> bool:
    size = button.text_size()
    return button.preferred_width(size) > button.width() + size * 0.7


@pytest.mark.parametrize(("width", "height", "percent"), LOOKS)
def test_the_number_is_large_and_nothing_is_cut(
    start: Start, theme: Theme, width: int, height: int, percent: int
) -> None:
    theme.use(Settings(text_percent=percent))
    cut: dict[str, list[str]] = {}
    whole = QRect(0, 0, width, height)
    for moment, (steps, at) in MOMENTS.items():
        page, rig = start(*steps, width=width, height=height)
        rig.go(at)
        assert page.ring.digits_height() >= 0.25 * height, moment
        assert page.ring.number_inside(), moment
        outside = [name for name in SEEN_IN_PLACE if not whole.contains(getattr(page, name).geometry())]
        if cut_texts(page) or outside:
            cut[moment] = [*cut_texts(page), *outside]
        assert page.exercise_panel.rect().contains(page.exercise_panel.badge.geometry()), moment
    assert cut == {}


@pytest.mark.parametrize(("width", "height", "percent"), LOOKS)
def test_long_counts_and_covers(start: Start, theme: Theme, width: int, height: int, percent: int) -> None:
    theme.use(Settings(text_percent=percent))
    page, rig = start(*CIRCUIT, width=width, height=height)
    while rig.conductor.snapshot().length != 150_000:
        rig.driver.do(Conductor.skip)
    assert page.ring.view is not None
    assert page.ring.view.number == "2:30"
    assert page.ring.digits_height() >= 0.25 * height
    assert page.ring.number_inside()
    cut = {}
    for state, act in COVERS.items():
        act(page, rig)
        cut[state] = cut_texts(page)
        for cover in (page.pause_overlay, page.stop_prompt):
            buttons = cover.findChildren(RunButton)
            cut[state] += [button.text() for button in buttons if not cover.rect().contains(button.geometry())]
    assert cut == {state: [] for state in COVERS}


def test_digits_do_not_move_while_they_count(start: Start) -> None:
    page, rig = start(*PLANKS)
    rig.go(12_000)
    fonts = set()
    for _second in range(55):
        rig.go(1_000)
        fonts.add(page.ring.ring_text.number_font.toString())
    assert len(fonts) == 1


def test_text_grows_and_shrinks_with_its_place(theme: Theme, qapp: QApplication) -> None:
    page = RunPage(theme)
    label = FitLabel(theme, page, wrap=True)
    label.setText("Six inches with scissor kicks")
    label.lay_out(QRect(0, 0, 1_000, 60), 24)
    assert label.font().pixelSize() == 24
    label.lay_out(QRect(0, 0, 200, 30), 24)
    assert SMALLEST <= label.font().pixelSize() < 24
    assert fits(label.font(), label.text(), 200, 30, label._flags)
    page.deleteLater()
