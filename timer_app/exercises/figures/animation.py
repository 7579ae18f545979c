"""Animate figures: from a moment of a rep to a body in space."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.exercises.figures.model import Figure, KeyPose
from timer_app.exercises.figures.skeleton import Body, Stance, blend, embody, solve_pose
from timer_app.exercises.model import Tempo

PREVIEW = Tempo(1_500, 1_200, 1_500)
"""The pace at which a movement without one of its own is shown before it begins."""
BREATH: Milliseconds = 5_000
"""One breath, in and out: twelve a minute, those of a calm adult."""
_PREVIEW_PAUSE: Milliseconds = 900
_EASE_OF_CYCLE = 0.5


class Scene(Struct, frozen=True):
    """The body, and the partner's if there is one, at one moment."""

    body: Body
    partner: Body | None


class Motion:
    """A figure's movement: `at(0)` is its start and `at(1)` the end of its way up, or of a whole round of a cycle."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self._stances = _stances(figure.poses)
        self._partner = _stances(figure.partner)

    @property
    def keys(self) -> tuple[Scene, ...]:
        """The key poses."""
        count = len(self._stances)
        return tuple(self.at(index / (count if self.cyclic else count - 1)) for index in range(count))

    @property
    def cyclic(self) -> bool:
        """Whether the movement goes round."""
        return self.figure.cycle is not None

    def at(self, position: float) -> Scene:
        """Return the figure at a position from 0 to 1, or beyond for a cycle."""
        body = embody(_along(self._stances, position, cyclic=self.cyclic))
        partner = embody(_along(self._partner, position, cyclic=self.cyclic)) if self._partner else None
        return Scene(body, partner)

    def lifting(self, progress: float) -> float:
        """Return the position at a progress of the way up, from 0 to 1."""
        return progress / 2 if self.cyclic else progress

    def holding(self) -> float:
        """Return the position at the top."""
        return 0.5 if self.cyclic else 1.0

    def lowering(self, progress: float) -> float:
        """Return the position at a progress of the way down, from 0 to 1."""
        return 0.5 + progress / 2 if self.cyclic else 1.0 - progress

    def whole(self, progress: float) -> float:
        """Return the position at a progress of a rep without phases, from 0 to 1: up, a short hold, and down."""
        if self.cyclic:
            return progress
        return min(1.0, progress / 0.42) if progress < 0.55 else max(0.0, (1.0 - progress) / 0.45)

    def paced(self, elapsed: Milliseconds) -> float:
        """Return the position after `elapsed` where nothing sets the pace: a cycle repeats, a hold stays."""
        cycle = self.figure.cycle
        return elapsed / cycle if cycle is not None else min(1.0, elapsed / PREVIEW.lift)

    def preview(self, elapsed: Milliseconds, tempo: Tempo | None) -> float:
        """Return the position in a preview that repeats the movement at the usual pace."""
        if self.figure.cycle is not None:
            return elapsed / (tempo.rep if tempo is not None else self.figure.cycle)
        pace = tempo if tempo is not None and tempo.phased else PREVIEW
        hold = min(pace.hold, PREVIEW.hold)
        lower = pace.lower or pace.lift
        into = elapsed % (pace.lift + hold + lower + _PREVIEW_PAUSE)
        if into < pace.lift:
            return into / pace.lift
        if into < pace.lift + hold:
            return 1.0
        return max(0.0, 1.0 - (into - pace.lift - hold) / lower)


def breath_at(elapsed: Milliseconds) -> float:
    """Return how full the chest is after `elapsed`, from 0 (breathed out) to 1: a little faster in than out."""
    part = (elapsed % BREATH) / BREATH
    inward = 0.42
    return _ease(part / inward) if part < inward else 1 - _ease((part - inward) / (1 - inward))


def _stances(poses: Sequence[KeyPose]) -> tuple[Stance, ...]:
    return tuple(solve_pose(pose) for pose in poses)


def _ease(part: float) -> float:
    return (1 - cos(pi * part)) / 2


def _along(stances: Sequence[Stance], position: float, *, cyclic: bool) -> Stance:
    """Return the stance at a position: eased at each key pose, and half as much in a cycle."""
    if cyclic:
        scaled = position % 1.0 * len(stances)
        index = min(int(scaled), len(stances) - 1)
        part = scaled - index
        part += (_ease(part) - part) * _EASE_OF_CYCLE
        return blend(stances[index], stances[(index + 1) % len(stances)], part)
    scaled = max(0.0, min(1.0, position)) * (len(stances) - 1)
    index = min(int(scaled), len(stances) - 2)
    return blend(stances[index], stances[index + 1], _ease(scaled - index))
