"""The phase of an interval, which selects its colour, shape and word."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timer_app.timeline.intervals import IntervalKind


class Phase(StrEnum):
    """A phase of a session."""

    WORK = "work"
    REST = "rest"
    SETUP = "setup"
    SWITCH = "switch"
    DONE = "done"


_PHASES: Mapping[str, Phase] = {
    "work": Phase.WORK,
    "last_rep_hold": Phase.WORK,
    "rest": Phase.REST,
    "setup": Phase.SETUP,
    "switch": Phase.SWITCH,
}
"""By the values of `IntervalKind`, which is not loaded for the first paint."""


def phase_of(kind: IntervalKind) -> Phase:
    """Return the phase of an interval kind."""
    return _PHASES[kind]
