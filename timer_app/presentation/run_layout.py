"""Compute the layout of the run page for any window size.

The number has priority: all else gives way until it is large enough to be read from the mat.
"""

from __future__ import annotations

from enum import StrEnum
from math import pow as power

from msgspec import Struct

NUMBER_SHARE = 0.27
"""The minimum height of the digits as a share of the page's: a quarter of the window's and a margin."""

_LOW = 400
"""On a page lower than this, in units, the margins are smaller, for the sake of the number."""


class Plan(StrEnum):
    """The arrangement of the parts: on both sides of the ring, on one side, or below it."""

    WIDE = "wide"
    SIDE = "side"
    TALL = "tall"


class Box(Struct, frozen=True):
    """A rectangle in logical pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to its right."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height


class RunLayout(Struct, frozen=True):
    """The boxes of the parts, and `unit`, the scale of lengths and text on this page.

    `upcoming` is the card of what is next. `aside` is all beside the ring: help opens there, so that the number stays
    visible.
    """

    plan: Plan
    unit: float
    title: Box
    detail: Box
    tools: Box
    ring: Box
    exercise_panel: Box
    upcoming: Box
    aside: Box
    bar: Box
    times: Box
    buttons: Box


def arrange(width: int, height: int, scale: float) -> RunLayout:
    """Return the layout of a page of this size, with text of `scale` (1.0 is 100 %)."""
    unit = _unit(width, height, scale)
    low = height / unit < _LOW
    pad = 8 if low else max(12, round(min(width, height) * 0.024))
    gap = 6 if low else max(8, round(pad * 0.75))
    title, detail, tools = _header(width, height, unit, pad, gap)
    buttons_height = round(20 * unit + (16 if low else 24))
    buttons = Box(pad, height - pad - buttons_height, width - 2 * pad, buttons_height)
    bar_height = round(20 * unit + 6)
    times_width = min(round(262 * unit), round(width * 0.46))
    bar_top = buttons.y - gap - bar_height
    bar = Box(pad, bar_top, width - 2 * pad - times_width - gap, bar_height)
    times = Box(bar.right + gap, bar_top, times_width, bar_height)
    top = max(tools.bottom, detail.bottom) + gap
    middle = Box(pad, top, width - 2 * pad, bar_top - gap - top)
    plan, ring, exercise_panel, upcoming, aside = _middle(middle, unit, pad)
    return RunLayout(plan, unit, title, detail, tools, ring, exercise_panel, upcoming, aside, bar, times, buttons)


def _unit(width: int, height: int, scale: float) -> float:
    """Return the scale of lengths: proportional to the text, and less than proportional to the window."""
    window = max(1.0, min(width / 1024, height / 700))
    return max(1.0, min(scale * power(window, 0.75), height / 290, width / 380))


def _header(width: int, height: int, unit: float, pad: int, gap: int) -> tuple[Box, Box, Box]:
    tool = round(20 * unit + (14 if height / unit < _LOW else 22))
    tools_width = min(round(3 * (tool + gap) + 124 * unit), round(width * 0.46))
    tools = Box(width - pad - tools_width, pad, tools_width, tool)
    room = tools.x - gap - pad
    if height / unit >= 480:
        title = Box(pad, pad, room, round(46 * unit))
        return title, Box(pad, title.bottom, room, round(24 * unit)), tools
    title = Box(pad, pad, round(room * 0.62), tool)
    return title, Box(title.right + gap, pad, room - title.width - gap, tool), tools


def _middle(middle: Box, unit: float, pad: int) -> tuple[Plan, Box, Box, Box, Box]:
    room = pad * 2
    side = min(middle.height, middle.width)
    if (middle.width - side - 2 * room) / 2 >= 190 * unit:
        column = (middle.width - side - 2 * room) // 2
        ring = Box(middle.x + column + room, middle.y, side, side)
        exercise_panel = Box(middle.x, middle.y, column, middle.height)
        upcoming = Box(ring.right + room, middle.y, column, middle.height)
        return Plan.WIDE, ring, exercise_panel, upcoming, upcoming
    if middle.width - middle.height >= 150 * unit:
        ring = Box(middle.x, middle.y, side, side)
        aside = Box(ring.right + pad, middle.y, middle.right - ring.right - pad, middle.height)
        upper = round(aside.height * 0.56)
        exercise_panel = Box(aside.x, aside.y, aside.width, upper)
        upcoming = Box(aside.x, exercise_panel.bottom + pad, aside.width, aside.height - upper - pad)
        return Plan.SIDE, ring, exercise_panel, upcoming, aside
    side = min(middle.width, round(middle.height * 0.68))
    ring = Box(middle.x + (middle.width - side) // 2, middle.y, side, side)
    aside = Box(middle.x, ring.bottom + pad, middle.width, middle.bottom - ring.bottom - pad)
    half = (aside.width - pad) // 2
    exercise_panel = Box(aside.x, aside.y, half, aside.height)
    upcoming = Box(exercise_panel.right + pad, aside.y, aside.width - half - pad, aside.height)
    return Plan.TALL, ring, exercise_panel, upcoming, aside
