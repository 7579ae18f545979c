"""The user's options for starting a session: the first step, swaps, and how the back feels before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    # Types alone: their modules are loaded when they are first needed.
    from timer_app.definition.exercise_swap import Swaps
    from timer_app.definition.model import StepPath


class StartOptions(Struct, frozen=True):
    """`step` is the path of the step to begin with, empty for the first; `comfort` is 0 to 10, None if left out.

    `swaps` are the exercises that are done today in place of those in the session.
    """

    step: StepPath = ()
    comfort: int | None = None
    swaps: Swaps = field(default_factory=dict)
