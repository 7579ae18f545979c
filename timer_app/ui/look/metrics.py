"""Distances, corner radii and control sizes in logical pixels, at text of 100 %."""

from __future__ import annotations


class Space:
    """Distances in logical pixels, from hair to page."""

    HAIR = 2
    TIGHT = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24
    PAGE = 32


class Radius:
    """Corner radii in logical pixels."""

    SMALL = 6
    CONTROL = 10
    CARD = 16


FOCUS_WIDTH = 2
"""The thickness of the focus ring in logical pixels."""

CONTROL_HEIGHT = 38
"""The least height of a button or a field in logical pixels, at text of 100 %."""
