"""Where things stand: nothing overlaps, nothing leaves the page, and the ring is large enough for its number."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from timer_app.presentation.run_layout import Plan, arrange

sizes = st.tuples(st.integers(640, 3840), st.integers(480, 2160), st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0]))


def rectangles(size: tuple[int, int, float]) -> dict[str, QRect]:
    """Return the parts that stand side by side and never overlap, by their names."""
    at = arrange(*size)
    names = ("title", "detail", "tools", "ring", "exercise_panel", "upcoming", "bar", "times", "buttons")
    boxes = ((name, getattr(at, name)) for name in names)
    return {name: QRect(box.x, box.y, box.width, box.height) for name, box in boxes}


@given(sizes)
def test_nothing_overlaps(size: tuple[int, int, float]) -> None:
    parts = rectangles(size)
    overlapping = [(one, other) for one, other in combinations(parts, 2) if parts[one].intersects(parts[other])]
    assert overlapping == []


@given(sizes)
def test_everything_is_on_the_page_and_can_be_seen(size: tuple[int, int, float]) -> None:
    page = QRect(0, 0, size[0], size[1])
    for name, part in rectangles(size).items():
        assert page.contains(part), name
        assert part.width() >= 40, name
        assert part.height() >= 20, name


@given(sizes)
def test_the_ring_is_round_and_has_room_for_the_number(size: tuple[int, int, float]) -> None:
    width, height, _scale = size
    ring = arrange(*size).ring
    assert ring.width == ring.height
    if width >= height * 1.2:
        assert ring.height >= 0.55 * height


@pytest.mark.parametrize(
    ("width", "height", "scale", "plan"),
    [
        (1024, 700, 1.0, Plan.WIDE),
        (1920, 1080, 1.5, Plan.WIDE),
        (800, 600, 1.0, Plan.SIDE),
        (1024, 700, 2.0, Plan.SIDE),
        (700, 1200, 1.0, Plan.TALL),
    ],
)
def test_the_parts_stand_where_there_is_room(width: int, height: int, scale: float, plan: Plan) -> None:
    assert arrange(width, height, scale).plan is plan


def test_things_grow_with_the_text_and_with_the_window() -> None:
    usual = arrange(1024, 700, 1.0).unit
    assert usual == 1.0
    assert arrange(1024, 700, 1.5).unit == 1.5
    assert 1.5 < arrange(3840, 2160, 1.0).unit < 3.2
