"""Scripts of small sessions, as the tests write and read them."""

from __future__ import annotations

from tests.timeline.strategies import CATALOGUE, TONES
from timer_app.clock import Milliseconds
from timer_app.definition.model import (
    ExerciseStep,
    Hold,
    Session,
    Step,
)
from timer_app.exercises.model import Catalogue
from timer_app.settings import Talk
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import Lengths, LineKind, SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.phrase_parser import load_phrases
from timer_app.timeline.phrases import Phrases
from timer_app.timeline.placement import ToneLengths, place
from timer_app.timeline.script import script, texts

ENGLISH = load_phrases("en")


def compiled(*steps: Step, setup: Milliseconds = 0) -> Timeline:
    return compile_session(Session("Test", steps, setup=setup), CATALOGUE)


def hold(length: Milliseconds, exercise: str | None = None, **changes: object) -> ExerciseStep:
    return ExerciseStep(Hold(length), exercise=exercise, name=None if exercise else "Sit", **changes)  # type: ignore[arg-type]


def written(timeline: Timeline, index: int, *kinds: LineKind, talk: Talk = Talk.FULL) -> str:
    """The lines of one interval as text: `0 go · 7000 three` by their marks, with their longest variant."""
    lines = script(timeline, ENGLISH, CATALOGUE, talk)
    return " · ".join(
        f"{line.at} {line.variants[0] if line.variants else f'[{line.tone}]'}"
        for line in lines
        if line.interval == index and (not kinds or line.kind in kinds)
    )


def variants(timeline: Timeline, kind: LineKind, talk: Talk = Talk.FULL) -> list[tuple[int, tuple[str, ...]]]:
    lines = script(timeline, ENGLISH, CATALOGUE, talk)
    return [(line.interval, line.variants) for line in lines if line.kind is kind and line.variants]


def spoken(timeline: Timeline, talk: Talk = Talk.FULL) -> SoundPlan:
    """Place a session's script in a voice that takes 60 ms a letter."""
    lengths = {text: 60 * len(text) for text in texts(script(timeline, ENGLISH, CATALOGUE, talk))}
    return plan_sounds(timeline, ENGLISH, CATALOGUE, talk, lengths, TONES)


def plan_sounds(  # noqa: PLR0917 - a session, what is said of it, and how long that takes
    timeline: Timeline,
    phrases: Phrases,
    catalogue: Catalogue,
    talk: Talk,
    lengths: Lengths,
    tone_lengths: ToneLengths,
) -> SoundPlan:
    """Return all that will be heard in a session. `lengths` are of the clips that are there now."""
    return place(timeline, script(timeline, phrases, catalogue, talk), lengths, tone_lengths)
