"""Rewrite a session's text with another name or other exercises; the rest stays as its author wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from timer_app.definition import format_fields
from timer_app.definition.exercise_swap import Swaps, swap_step
from timer_app.definition.model import ExerciseStep, StepPath
from timer_app.definition.to_mapping import Value, step_outline
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.step_operations import StepOperations
from timer_app.exercises.model import Catalogue


def renamed(text: str, name: str, catalogue: Catalogue) -> str:
    """Return the text of the session under another name."""
    return _with_values(text, {(): {format_fields.NAME.name: name}}, catalogue)


def with_swaps(text: str, swaps: Swaps, catalogue: Catalogue) -> str:
    """Return the text of the session as `swapped` makes it. Raises Problem if a step no longer exists."""
    draft = DraftReader("", catalogue).read(_unix(text))
    values: dict[StepPath, Mapping[str, Value | None]] = {}
    for path, exercise in swaps.items():
        step = draft.step(path)
        new = step_outline(swap_step(step, exercise, catalogue))
        old = step_outline(cast("ExerciseStep", step))  # else it has raised
        values[path] = {key: new.get(key) for key in {**old, **new} if old.get(key) != new.get(key)}
    return _with_values(text, values, catalogue)


def _with_values(text: str, values: Mapping[StepPath, Mapping[str, Value | None]], catalogue: Catalogue) -> str:
    """Return a session's text with other values in some of its steps, and the same line ends."""
    reader = DraftReader("", catalogue)
    operations = StepOperations(reader)
    now = _unix(text)
    for path, changed in values.items():
        now = operations.set_values(reader.read(now), path, changed).text
    return now.replace("\n", "\r\n") if "\r\n" in text else now


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
