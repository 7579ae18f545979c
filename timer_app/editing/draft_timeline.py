"""A draft as it would be played: what is drawn and added up while it is written.

A step that is not sound just now is drawn as it last was: the drawing does not jump with each slip of the hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.definition import format_fields
from timer_app.definition.duration_totals import MAX_INTERVALS, DurationTotals, measure_step
from timer_app.definition.model import DEFAULT_SETUP, Session, Step, StepPath
from timer_app.editing.draft_parser import Draft
from timer_app.exercises.model import Catalogue
from timer_app.schema.table_reader import Key, Report
from timer_app.timeline.compile import compile_session
from timer_app.timeline.intervals import Timeline


class DraftTimeline(Struct, frozen=True):
    """`timeline` is None where nothing can be played.

    `lengths` tells how long each step takes in all, with its setup, its rests and the rounds that it is in; open
    intervals count as 0. `steps` are those of the session's own list, as they are drawn.
    """

    timeline: Timeline | None
    lengths: Mapping[StepPath, Milliseconds]
    steps: tuple[Step | None, ...] = ()
    setup: Milliseconds = DEFAULT_SETUP


NOTHING = DraftTimeline(None, lengths=MappingProxyType({}))


def overview(draft: Draft, catalogue: Catalogue, before: DraftTimeline = NOTHING) -> DraftTimeline:
    """Return what a draft comes to, as far as it can be told; `before` is what it came to the last time."""
    session = draft.session
    if session is not None:
        timeline = compile_session(session, catalogue, like=_alike(session, before))
        return DraftTimeline(timeline, lengths=_lengths(timeline), steps=session.steps, setup=session.setup)
    steps = tuple(draft.step((index,)) for index in range(len(draft.pieces)))
    if len(steps) == len(before.steps):
        steps = tuple(step or last for step, last in zip(steps, before.steps, strict=True))
    sound = _within_limits([(index, step) for index, step in enumerate(steps) if step is not None], draft, catalogue)
    if not sound:
        return NOTHING
    made = Session("", tuple(step for _index, step in sound), setup=_setup(draft))
    timeline = compile_session(made, catalogue, like=_alike(made, before) if len(sound) == len(steps) else None)
    if len(sound) < len(steps):
        places = [index for index, _step in sound]
        intervals = tuple(replace(each, step=(places[each.step[0]], *each.step[1:])) for each in timeline.intervals)
        timeline = replace(timeline, intervals=intervals)
    return DraftTimeline(timeline, lengths=_lengths(timeline), steps=steps, setup=made.setup)


def _alike(session: Session, before: DraftTimeline) -> tuple[int, Timeline] | None:
    """Return how many steps at its beginning a session has in common with what was drawn before, and that timeline."""
    if before.timeline is None or None in before.steps or before.setup != session.setup:
        return None
    pairs = zip(session.steps, before.steps, strict=False)
    same = sum(1 for _pair in takewhile(lambda pair: pair[0] is pair[1] or pair[0] == pair[1], pairs))
    return same, before.timeline


def _within_limits(sound: list[tuple[int, Step]], draft: Draft, catalogue: Catalogue) -> list[tuple[int, Step]]:
    """Return the first steps that together have no more intervals than a session may have."""
    total, setup = DurationTotals(), _setup(draft)
    for number, (_index, step) in enumerate(sound):
        total += measure_step(step, setup, catalogue)
        if total.intervals > MAX_INTERVALS:
            return sound[:number]
    return sound


def _lengths(timeline: Timeline) -> dict[StepPath, Milliseconds]:
    lengths: dict[StepPath, Milliseconds] = {}
    for interval in timeline.intervals:
        for end in range(1, len(interval.step) + 1):
            path = interval.step[:end]
            lengths[path] = lengths.get(path, 0) + (interval.length or 0)
    return lengths


def _setup(draft: Draft) -> Milliseconds:
    """Return the time to get into position that a draft says, or the usual one where it says none that counts."""
    key: Key[Milliseconds] = format_fields.SETUP
    node = draft.head.get(key.name) if draft.head is not None else None
    length = key.kind.read(node, key.name, Report("")) if node is not None else None
    return DEFAULT_SETUP if length is None else length
