"""The phase of an interval: what its colour, shape and word are chosen by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timer_app.timeline.intervals import IntervalKind


class Phase(StrEnum):
    """What the colours of a moment are chosen by."""

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
"""By the words of `IntervalKind`, which is not loaded for the first paint."""


def phase_of(kind: IntervalKind) -> Phase:
    """Return the phase that an interval of this kind is shown as."""
    return _PHASES[kind]
