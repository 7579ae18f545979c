"""What is truly heard of a session that a person leads: nothing over anything else, and nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pytest

from tests.conductor.test_conductor import TONES, Rig
from timer_app.conductor.conductor import Conductor
from timer_app.definition.model import ExerciseStep, FromEnd, FromStart, HalfWay, Hold, SayLine, Step, UntilDone

STEP = 50
OWN = (
    SayLine(FromStart(3_000), "Press the floor away from you"),
    SayLine(HalfWay(), "You are half way there"),
    SayLine(FromEnd(6_000), "Nearly done now"),
)
SESSION: tuple[Step, ...] = (
    ExerciseStep(Hold(40_000), "plank", sets=2, rest=12_000, say=OWN),
    ExerciseStep(UntilDone(), name="Push-up", sets=2, rest=8_000, say=OWN[:1]),
)
Strokes = Mapping[int, Callable[[Conductor], None]]


@dataclass(frozen=True)
class Sounded:
    """A sound: from when to when it was heard, in milliseconds from the session's start, and what it was."""

    begin: int
    end: int
    what: str


def listen(steps: tuple[Step, ...], strokes: Strokes, end: int) -> list[Sounded]:
    """Play a session with strokes at their moments, and return what a person in the room hears of it."""
    rig = Rig(steps)
    start = rig.clock.now()
    conductor = rig.begin()
    sounding: list[Sounded] = []
    for now in range(0, end, STEP):
        silenced = rig.speaker.calls.count("silence")
        if now in strokes:
            strokes[now](conductor)
        conductor.poll()
        if rig.speaker.calls.count("silence") > silenced:
            sounding = [Sounded(each.begin, min(each.end, now), each.what) for each in sounding]
        for cue in rig.speaker.cues:
            if now <= cue.at - start < now + STEP:
                length = TONES[cue.tone] if cue.tone else len(cue.words or "") * rig.voice.per_character
                sounding.append(Sounded(cue.at - start, cue.at - start + length, cue.words or f"[{cue.tone}]"))
        rig.clock.advance(STEP)
    return sounding


def overlapping(heard: list[Sounded]) -> list[tuple[Sounded, Sounded]]:
    return [(first, second) for first, second in pairwise(heard) if first.end > second.begin]


@pytest.mark.parametrize("first", range(0, 64_000, 1_750))
def test_ten_seconds_more_at_any_moment(first: int) -> None:
    heard = listen(SESSION, {first: Conductor.extend}, 90_000)
    assert overlapping(heard) == []
    until = 72_000 if first < 62_000 else 62_000
    # Up to the end of the rest behind the first plank, a line is said once; but what counts to the end is, anew.
    counted = {"three", "two", "one", "ten seconds left", "Nearly done now", "go"}
    times = Counter(each.what for each in heard if each.begin < until and each.what not in counted)
    assert {what: count for what, count in times.items() if count > 1 and not what.startswith("[")} == {}
    ends = [10_000, 50_000, 62_000]
    ends = [end + (10_000 if first < end else 0) for end in ends]
    for end in ends:
        assert [
            each.begin for each in heard if end - 3_500 < each.begin < end and each.what in ("three", "two", "one")
        ] == [
            end - 3_000,
            end - 2_000,
            end - 1_000,
        ]


@pytest.mark.parametrize("moment", [112_050, 113_000, 115_100, 116_500])
def test_done_while_something_is_said(moment: int) -> None:
    heard = listen(SESSION, {moment: Conductor.done}, 130_000)
    assert overlapping(heard) == []


@pytest.mark.parametrize("stroke", [Conductor.resume, Conductor.done])
def test_what_changes_nothing_cuts_nothing(stroke: Callable[[Conductor], None]) -> None:
    """As a headset's Play in a session that runs, and Enter in a step that the clock ends."""
    assert listen(SESSION, {4_000: stroke}, 20_000) == listen(SESSION, {}, 20_000)
