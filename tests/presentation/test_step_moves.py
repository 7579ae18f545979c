"""Where a step lands that is let go over a row, as a picture of the places."""

from __future__ import annotations

import pytest

from timer_app.definition.model import StepPath
from timer_app.presentation.step_moves import Edge, Landing, landing, stays, within_itself

LISTS = {(): 3, (1,): 2, (1, 1): 1, (2,): 0}
"""A step; two rounds of a step and rounds of one step; empty rounds."""


@pytest.mark.parametrize(
    ("row", "height", "level", "landed"),
    [
        ((), 0.9, 0, Landing((0,), (), Edge.BOTTOM)),
        ((0,), 0.1, 0, Landing((0,), (0,), Edge.TOP)),
        ((0,), 0.9, 5, Landing((1,), (0,), Edge.BOTTOM)),
        ((1,), 0.1, 0, Landing((1,), (1,), Edge.TOP)),
        ((1,), 0.5, 0, Landing((1, 2), (1,), Edge.WHOLE)),
        ((1,), 0.9, 0, Landing((1, 0), (1,), Edge.BOTTOM)),
        ((1, 0), 0.9, 0, Landing((1, 1), (1, 0), Edge.BOTTOM)),
        ((1, 1, 0), 0.9, 2, Landing((1, 1, 1), (1, 1, 0), Edge.BOTTOM)),
        ((1, 1, 0), 0.9, 1, Landing((1, 2), (1, 1, 0), Edge.BOTTOM)),
        ((1, 1, 0), 0.9, 0, Landing((2,), (1, 1, 0), Edge.BOTTOM)),
        ((1, 1, 0), 0.1, 0, Landing((1, 1, 0), (1, 1, 0), Edge.TOP)),
        ((2,), 0.5, 0, Landing((2, 0), (2,), Edge.WHOLE)),
        ((2,), 0.9, 0, Landing((3,), (2,), Edge.BOTTOM)),
    ],
)
def test_the_part_of_the_row_and_the_depth_of_the_mouse_decide(
    row: StepPath, height: float, level: int, landed: Landing
) -> None:
    assert landing(row, height, level, LISTS, ()) == landed


def test_below_folded_rounds_is_after_them() -> None:
    assert landing((1,), 0.9, 0, LISTS, [(1,)]) == Landing((2,), (1,), Edge.BOTTOM)


def test_nothing_lands_in_itself() -> None:
    assert within_itself([(0,), (1,)], (1, 1, 0))
    assert not within_itself([(0,), (1,)], (1,))
    assert not within_itself([(1, 0)], (1, 1))


@pytest.mark.parametrize(
    ("moved", "at", "same"),
    [
        ([(1,)], (1,), True),
        ([(1,)], (2,), True),
        ([(1,)], (0,), False),
        ([(0,), (1,)], (1,), True),
        ([(0,), (1,)], (3,), False),
        ([(0,), (2,)], (1,), False),
        ([(0,)], (1, 0), False),
        ([(1, 0)], (1,), False),
    ],
)
def test_what_is_there_already_stays(moved: list[StepPath], at: StepPath, same: bool) -> None:
    assert stays(moved, at) is same
