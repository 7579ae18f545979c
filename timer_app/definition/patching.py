"""Changing an author's text in as few places as a change of its session needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from timer_app.definition import tables
from timer_app.definition.layout import Edit, Kept, Layout, Part, Pen
from timer_app.definition.matching import match
from timer_app.definition.model import ExerciseStep, RestStep, Rounds, SayLine, Session, Step
from timer_app.definition.outline import say_outline, session_outline, step_outline
from timer_app.fields import Key
from timer_app.yaml_tree import Items, Pairs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Sort(Generic[T]):
    """How the items of a list are compared, changed and written."""

    kin: Callable[[T], object]
    patch: Callable[[Pairs, T, T], list[Edit]]
    fresh: Callable[[T], str]


def patch_text(text: str, root: Pairs, old: Session, new: Session, pen: Pen) -> str:
    """Return a text that defines `new`, changed as little as can be from one that defines `old`.

    `root` is the tree of `text`, whose lines all end in the way of Unix. Raises CannotPatch where that cannot be.
    """
    layout = Layout(text, pen)
    patcher = _Patcher(layout, pen)
    edits = layout.entries(root, tables.SESSION_KEYS, session_outline(old), session_outline(new))
    edits += patcher.steps(root, old.steps, new.steps, "\n")
    return layout.apply(edits, 0, len(text))


class _Patcher:
    def __init__(self, layout: Layout, pen: Pen) -> None:
        self._layout = layout
        self._pen = pen

    def steps(self, node: Pairs, old: Sequence[Step], new: Sequence[Step], blank: str) -> list[Edit]:
        """Return the edits of the steps in a mapping; `blank` goes between them where nothing shows what does."""
        sort: _Sort[Step] = _Sort(_kin, self._step, lambda step: self._pen.item(step_outline(step), _inner(step), 0))
        return self._list(_value(node, tables.STEPS), old, new, sort, blank)

    def _step(self, node: Pairs, old: Step, new: Step) -> list[Edit]:
        before, after = dict(step_outline(old)), dict(step_outline(new))
        edits: list[Edit] = []
        keys: tuple[Key[object], ...] = tables.ROUNDS_KEYS
        if isinstance(old, Rounds):
            edits = self.steps(node, old.steps, cast("Rounds", new).steps, "")
        else:
            new_say = cast("ExerciseStep | RestStep", new).say
            keys = tables.EXERCISE_KEYS if isinstance(old, ExerciseStep) else tables.REST_KEYS
            say = node.get(tables.SAY.name)
            if old.say and new_say and isinstance(say, Items) and not (say.flow and len(old.say) != len(new_say)):
                del before[tables.SAY.name], after[tables.SAY.name]
                edits = self._says(say, old.say, new_say)
        return edits + self._layout.entries(node, keys, before, after)

    def _says(self, node: Items, old: Sequence[SayLine], new: Sequence[SayLine]) -> list[Edit]:
        sort: _Sort[SayLine] = _Sort(
            lambda line: line.at,
            lambda node, old, new: self._layout.entries(node, tables.SAY_KEYS, say_outline(old), say_outline(new)),
            lambda line: self._pen.item(say_outline(line), (), 0),
        )
        return self._list(node, old, new, sort, "")

    def _list(self, node: Items, old: Sequence[T], new: Sequence[T], sort: _Sort[T], blank: str) -> list[Edit]:
        """Return the edits that take the items of a list from `old` to `new`."""
        parts: list[Part] = [
            Kept(origin, sort.patch(cast("Pairs", node.nodes[origin]), old[origin], item))
            if origin is not None
            else sort.fresh(item)
            for origin, item in zip(match(old, new, sort.kin), new, strict=True)
        ]
        return self._layout.arrange(node, parts, blank)


def _kin(step: Step) -> object:
    """Return what stays the same in a step that is changed."""
    if isinstance(step, ExerciseStep):
        return step.exercise or step.name
    return type(step), step.name if isinstance(step, RestStep) else None


def _inner(step: Step) -> tuple[Step, ...]:
    return step.steps if isinstance(step, Rounds) else ()


def _value(node: Pairs, key: Key[object]) -> Items:
    return cast("Items", node.get(key.name))  # of a text that reads as a session
