"""How the person wants to begin a session: where, and how their back feels before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    # Types alone: what they come from is loaded when it is first wanted.
    from timer_app.definition.exercise_swap import Swaps
    from timer_app.definition.model import StepPath


class StartOptions(Struct, frozen=True):
    """`step` is the path of the step to begin with, empty for the first; `comfort` is 0 to 10, None if left out.

    `swaps` are the exercises that are done today in place of those that the author wrote.
    """

    step: StepPath = ()
    comfort: int | None = None
    swaps: Swaps = field(default_factory=dict)
