"""The timeline and the lengths of a draft while it is being edited.

A step with a problem is shown as it last was, so that the drawing does not jump while one types.
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

    `lengths` are the total lengths of the steps in milliseconds, with setup, rests and all rounds; open intervals count
    as 0. `steps` are those of the session's own list, as they are drawn.
    """

    timeline: Timeline | None
    lengths: Mapping[StepPath, Milliseconds]
    steps: tuple[Step | None, ...] = ()
    setup: Milliseconds = DEFAULT_SETUP


NOTHING = DraftTimeline(None, lengths=MappingProxyType({}))


def overview(draft: Draft, catalogue: Catalogue, before: DraftTimeline = NOTHING) -> DraftTimeline:
    """Return the timeline of a draft as far as it is valid; `before` is the one returned last."""
    session = draft.session
    if session is not None:
        timeline = compile_session(session, catalogue, reuse=_alike(session, before))
        return DraftTimeline(timeline, lengths=_lengths(timeline), steps=session.steps, setup=session.setup)
    steps = tuple(draft.step((index,)) for index in range(len(draft.pieces)))
    if len(steps) == len(before.steps):
        steps = tuple(step or last for step, last in zip(steps, before.steps, strict=True))
    valid = _within_limits([(index, step) for index, step in enumerate(steps) if step is not None], draft, catalogue)
    if not valid:
        return NOTHING
    playable = Session("", tuple(step for _index, step in valid), setup=_setup(draft))
    timeline = compile_session(
        playable, catalogue, reuse=_alike(playable, before) if len(valid) == len(steps) else None
    )
    if len(valid) < len(steps):
        places = [index for index, _step in valid]
        intervals = tuple(replace(each, step=(places[each.step[0]], *each.step[1:])) for each in timeline.intervals)
        timeline = replace(timeline, intervals=intervals)
    return DraftTimeline(timeline, lengths=_lengths(timeline), steps=steps, setup=playable.setup)


def _alike(session: Session, before: DraftTimeline) -> tuple[int, Timeline] | None:
    """Return the number of leading steps unchanged since the timeline before, and that timeline."""
    if before.timeline is None or None in before.steps or before.setup != session.setup:
        return None
    pairs = zip(session.steps, before.steps, strict=False)
    unchanged = sum(1 for _pair in takewhile(lambda pair: pair[0] is pair[1] or pair[0] == pair[1], pairs))
    return unchanged, before.timeline


def _within_limits(valid: list[tuple[int, Step]], draft: Draft, catalogue: Catalogue) -> list[tuple[int, Step]]:
    """Return as many of the first steps as the limit of intervals allows."""
    total, setup = DurationTotals(), _setup(draft)
    for number, (_index, step) in enumerate(valid):
        total += measure_step(step, setup, catalogue)
        if total.intervals > MAX_INTERVALS:
            return valid[:number]
    return valid


def _lengths(timeline: Timeline) -> dict[StepPath, Milliseconds]:
    lengths: dict[StepPath, Milliseconds] = {}
    for interval in timeline.intervals:
        for end in range(1, len(interval.step) + 1):
            path = interval.step[:end]
            lengths[path] = lengths.get(path, 0) + (interval.length or 0)
    return lengths


def _setup(draft: Draft) -> Milliseconds:
    """Return the setup time of a draft in milliseconds, or the default if it has no valid one."""
    key: Key[Milliseconds] = format_fields.SETUP
    node = draft.head.get(key.name) if draft.head is not None else None
    length = key.kind.read(node, key.name, Report("")) if node is not None else None
    return DEFAULT_SETUP if length is None else length
