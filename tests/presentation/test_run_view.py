"""What the run page says, with nothing painted."""

from __future__ import annotations

import pytest

from tests.ui.run.rig import CIRCUIT, KNEES, PLANKS, PUSH_UPS, SUPERMAN, Rig
from timer_app.definition.model import Side, Step
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_view import RunView, Shape, announcement, number_text, run_view, widest
from timer_app.timeline.intervals import Interval

# The rig's driver has a timer, which needs an application.
pytestmark = pytest.mark.usefixtures("qapp")


def view_at(*steps: Step, at: int) -> RunView:
    rig = Rig(*steps)
    rig.go(at)
    now = rig.conductor.snapshot()
    assert now.interval is not None
    return run_view(now, now.interval)


@pytest.mark.parametrize(
    ("steps", "at", "number", "under"),
    [
        (PLANKS, 0, "10", ("seconds",)),
        (PLANKS, 1, "10", ("seconds",)),
        (PLANKS, 9_000, "1", ("second",)),
        (PLANKS, 9_999, "1", ("second",)),
        (PLANKS, 10_000, "60", ("seconds",)),
        (SUPERMAN, 10_000, "1", ("of 10", "lift")),
        (SUPERMAN, 11_000, "1", ("of 10", "hold")),
        (SUPERMAN, 12_000, "1", ("of 10", "lower")),
        (SUPERMAN, 14_000, "2", ("of 10", "lift")),
        (SUPERMAN, 50_000, "10", ("seconds",)),
        (PUSH_UPS, 10_000 + 83_000, "1:23", ("so far",)),
    ],
)
def test_the_number_at_a_moment(steps: tuple[Step, ...], at: int, number: str, under: tuple[str, ...]) -> None:
    ring = view_at(*steps, at=at).ring
    assert (ring.number, ring.under) == (number, under)


def test_long_countdowns_are_minutes_and_seconds() -> None:
    assert [number_text(seconds) for seconds in (150, 100, 99, 60, 9)] == ["2:30", "1:40", "99", "60", "9"]


def test_a_number_keeps_its_room_while_its_digits_change() -> None:
    assert widest("7") == widest("45") == "00"
    assert widest("2:30") == widest("1:11") == "0:00"


@pytest.mark.parametrize(
    ("steps", "at", "phase", "shape", "word"),
    [
        (PLANKS, 0, Phase.SETUP, Shape.DASHED, "Get ready"),
        (PLANKS, 10_000, Phase.WORK, Shape.FILLED, "Work"),
        (PLANKS, 70_000, Phase.REST, Shape.HOLLOW, "Rest"),
        (SUPERMAN, 50_000, Phase.WORK, Shape.FILLED, "Hold"),
        (KNEES, 30_000, Phase.SWITCH, Shape.HALVES, "Switch"),
    ],
)
def test_a_phase_has_a_word_a_colour_and_a_shape(
    steps: tuple[Step, ...], at: int, phase: Phase, shape: Shape, word: str
) -> None:
    view = view_at(*steps, at=at)
    assert (view.phase, view.shape, view.word) == (phase, shape, word)


@pytest.mark.parametrize(
    ("at", "side", "words"),
    [
        (0, Side.LEFT, "left first"),
        (10_000, Side.LEFT, "left"),
        (30_000, Side.RIGHT, "right"),
        (35_000, Side.RIGHT, "right"),
    ],
)
def test_the_side_is_the_users(at: int, side: Side, words: str) -> None:
    view = view_at(*KNEES, at=at)
    assert (view.side, view.side_words) == (side, words)


def test_there_is_no_side_where_there_are_none() -> None:
    view = view_at(*PLANKS, at=0)
    assert (view.side, view.side_words) == (None, "")


@pytest.mark.parametrize(("at", "fraction"), [(10_000, 1.0), (40_000, 0.5), (55_000, 0.25), (69_999, 1 / 60_000)])
def test_the_ring_runs_down(at: int, fraction: float) -> None:
    assert view_at(*PLANKS, at=at).ring.fraction == pytest.approx(fraction)


def test_in_open_work_a_hand_goes_round_once_a_minute() -> None:
    ring = view_at(*PUSH_UPS, at=10_000 + 75_000).ring
    assert ring.hand
    assert ring.fraction == pytest.approx(0.25)


def test_reps_divide_the_ring_until_the_set_is_extended() -> None:
    rig = Rig(*SUPERMAN)
    rig.go(12_000)
    before, interval = rig.conductor.snapshot(), rig.conductor.state.interval
    assert interval is not None
    rig.conductor.extend()
    after = rig.conductor.snapshot()
    assert [run_view(now, interval).ring.marks for now in (before, after)] == [10, 0]


def test_the_times_are_in_step_with_the_countdown() -> None:
    rig = Rig(*PLANKS)
    for wait, times in ((0, "0:00 done · 5:10 left"), (400, "0:00 done · 5:10 left"), (600, "0:01 done · 5:09 left")):
        rig.go(wait)
        now = rig.conductor.snapshot()
        assert now.interval is not None
        assert run_view(now, now.interval).times == times


def test_what_is_left_is_at_least_so_much_where_the_user_ends_a_step() -> None:
    assert view_at(*PUSH_UPS, at=0).times == "0:00 done · at least 2:00 left"


def test_what_is_next_goes_up_to_the_next_work() -> None:
    assert [(later.name, later.amount) for later in view_at(*PLANKS, at=10_000).upcoming] == [
        ("Rest", "1:00"),
        ("Plank", "1:00 · set 2 of 3"),
    ]
    assert [(later.name, later.amount) for later in view_at(*SUPERMAN, at=10_000).upcoming] == [
        ("Hold the last rep", "0:10")
    ]
    assert [(later.name, later.amount) for later in view_at(*KNEES, at=10_000).upcoming] == [
        ("Change sides", "0:05 · right side"),
        ("Knee-to-chest hold", "0:20 · right side"),
    ]


def test_sets_and_rounds_are_shown() -> None:
    assert view_at(*CIRCUIT, at=10_000).detail == "set 1 of 2 · round 1 of 3"
    assert view_at(*PLANKS, at=70_000).detail == ""


def test_an_open_step_says_how_it_ends() -> None:
    assert view_at(*PUSH_UPS, at=10_000).hint == "Take your time. Press Enter, or Done, when you are done."
    assert view_at(*PLANKS, at=10_000).hint == "Squeeze your buttocks"


def test_what_a_screen_reader_says_of_each_interval() -> None:
    def said(*steps: Step) -> list[str]:
        intervals: tuple[Interval, ...] = Rig(*steps).conductor.timeline.intervals
        return [announcement(interval) for interval in intervals[:5]]

    assert said(*KNEES) == [
        "Get ready: Knee-to-chest hold, set 1 of 2, left side first, 0:10",
        "Work: Knee-to-chest hold, set 1 of 2, left side, 0:20",
        "Switch: Knee-to-chest hold, right side, 0:05",
        "Work: Knee-to-chest hold, set 1 of 2, right side, 0:20",
        "Work: Knee-to-chest hold, set 2 of 2, left side, 0:20",
    ]
    assert said(*SUPERMAN)[1:4] == [
        "Work: Superman, set 1 of 3, 10 reps",
        "Hold: Superman, set 1 of 3, 0:10",
        "Rest, 0:45",
    ]
    assert said(*PUSH_UPS)[1] == "Work: Push-up, set 1 of 2, until done"
