"""How the person wants to begin a session: where, and how their back feels before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # A type alone: what it comes from is loaded when it is first wanted.
    from timer_app.definition.model import StepPath


@dataclass(frozen=True, slots=True)
class Beginning:
    """`step` is the path of the step to begin with, empty for the first; `comfort` is 0 to 10, None if left out."""

    step: StepPath = ()
    comfort: int | None = None
